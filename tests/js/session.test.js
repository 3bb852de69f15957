import assert from "node:assert/strict";
import { test } from "node:test";

import { Session } from "../../static/js/session.js";
import { Store } from "../../static/js/store.js";

/** A session whose commands are kept, with the server's part played by the test. */
function meet() {
  /** @type {any[]} */
  const sent = [];
  /** @type {any[]} */
  const links = [];
  /** @type {any[]} */
  const resets = [];
  /** @type {any[]} */
  const refusals = [];
  const store = new Store(/** @type {any} */ ({ experiment: { noise: 0 }, run: 0, playing: false }));
  const session = new Session(store, (command) => sent.push(command) > 0, {
    onLink: (link, how) => links.push([link, how]),
    onReset: (because) => resets.push(because),
    onFaultyLink() {},
    onRefused: (problems) => refusals.push(problems),
    onFresh() {},
    onExport() {},
  });
  /** @param {any} event */
  const answer = (event) =>
    session.receive({ event: "configured", run: 1, shape: [2, 1], activations: [], ...event });
  return { session, store, sent, links, resets, refusals, answer };
}

test("without a link it says hello, with one it opens it", () => {
  const { session, sent } = meet();
  session.open("");
  session.open("noise=5");

  assert.deepEqual(sent, [
    { command: "hello", id: 1 },
    { command: "open", link: "noise=5", id: 2 },
  ]);
});

test("what is asked for shows at once, and what the server answers replaces it", () => {
  const { session, store, answer } = meet();
  session.change(/** @type {any} */ ({ noise: 7 }), false);
  assert.equal(store.state.experiment.noise, 7);
  answer({ id: 1, experiment: { noise: 5 }, link: "noise=5" });

  assert.equal(store.state.experiment.noise, 5);
});

test("of changes made while one is under way only the newest goes out", () => {
  const { session, store, sent, answer } = meet();
  for (const noise of [1, 2, 3]) session.change(/** @type {any} */ ({ noise }), true);
  assert.equal(sent.length, 1);
  answer({ id: 1, experiment: { noise: 1 }, link: "noise=1" });

  assert.deepEqual(sent.map(({ experiment }) => experiment.noise), [1, 3]);
  assert.equal(store.state.experiment.noise, 3);
});

test("a refusal goes back to what the server last agreed to", () => {
  const { session, store, refusals, answer } = meet();
  answer({ experiment: { noise: 5 }, link: "noise=5" });
  session.change(/** @type {any} */ ({ noise: 99 }), false);
  session.receive({ event: "refused", id: 1, problems: [{ field: "noise", message: "no" }] });

  assert.equal(store.state.experiment.noise, 5);
  assert.equal(refusals.length, 1);
});

test("a change adds a link to the browser's history; a slider on its way and back replace it", () => {
  const { session, links, answer } = meet();
  session.open("");
  answer({ id: 1, experiment: {}, link: "a" });
  session.change(/** @type {any} */ ({ noise: 1 }), false);
  answer({ id: 2, experiment: {}, link: "b" });
  session.change(/** @type {any} */ ({ noise: 2 }), true);
  answer({ id: 3, experiment: {}, link: "c" });

  assert.deepEqual(links, [["a", "replace"], ["b", "push"], ["c", "replace"]]);
});

test("a reset is told with its reasons, but not the first beginning", () => {
  const { resets, answer } = meet();
  answer({ experiment: {}, link: "", reset: true, because: [] });
  answer({ experiment: {}, link: "", run: 2, reset: true, because: ["layers"] });

  assert.deepEqual(resets, [["layers"]]);
});

test("after a cut, what was playing plays on once the server has taken the checkpoint", () => {
  const { session, store, sent, answer } = meet();
  const pace = { unit: "epoch", rate: 1 };
  store.set(/** @type {any} */ ({ playing: true, pace }));
  session.interrupted();
  session.resume();
  assert.deepEqual(sent, []);
  answer({ experiment: {}, link: "", because: ["checkpoint"], reset: false });

  assert.deepEqual(sent, [{ command: "play", pace, id: 1 }]);
});

test("a checkpoint that is refused leaves the link to start from", () => {
  const { session, store, sent } = meet();
  store.set(/** @type {any} */ ({ link: "noise=5", playing: true }));
  session.resume();
  session.receive({ event: "refused", problems: [] });

  assert.deepEqual(sent, [{ command: "open", link: "noise=5", id: 1 }]);
  assert.equal(store.state.playing, false);
});

test("what was answered last is known, be it refused, and after a cut nothing is awaited", () => {
  const { session, store, answer } = meet();
  const id = session.send({ command: "set" });
  assert.ok((store.state.answered ?? 0) < id);
  session.receive({ event: "state", id, playing: false });
  assert.equal(store.state.answered, id);
  session.receive({ event: "state", playing: true });
  assert.equal(store.state.answered, id);

  const refused = session.send({ command: "set" });
  session.receive({ event: "refused", id: refused, problems: [] });
  assert.equal(store.state.answered, refused);
  answer({ id: session.send({ command: "hello" }), experiment: {}, link: "" });
  const lost = session.send({ command: "set" });
  session.interrupted();
  assert.equal(store.state.answered, lost);
});

test("a trial is believed at once, and answers to earlier commands do not end it", () => {
  const { session, store, sent } = meet();
  const frame = { scalar: (/** @type {string} */ name) => ({ step: 4, train_loss: 0.5 })[name] };
  store.set(/** @type {any} */ ({ frame, trial: null }));
  session.send({ command: "checkpoint" });
  session.trial("begin");
  session.trial("begin");
  assert.deepEqual(sent.at(-1), { command: "trial", action: "begin", id: 2 });
  assert.deepEqual(store.state.trial, { step: 4, train_loss: 0.5 });
  session.receive({ event: "state", id: 1, playing: false, trial: null });
  assert.notEqual(store.state.trial, null);
  session.receive({ event: "state", id: 2, playing: false, trial: { step: 4, train_loss: 0.25 } });

  assert.equal(store.state.trial?.train_loss, 0.25);
});

test("what a slider has still to ask for is not asked after an undo", () => {
  const { session, store, sent, answer } = meet();
  store.set(/** @type {any} */ ({ trial: { step: 0, train_loss: 1 }, frame: null }));
  session.change(/** @type {any} */ ({ noise: 1 }), true);
  session.change(/** @type {any} */ ({ noise: 2 }), true);
  session.trial("undo");
  answer({ id: 1, experiment: { noise: 1 }, link: "" });
  answer({ id: 2, experiment: { noise: 0 }, link: "" });

  assert.deepEqual(sent.map(({ command }) => command), ["configure", "trial"]);
  assert.equal(store.state.experiment.noise, 0);
});
