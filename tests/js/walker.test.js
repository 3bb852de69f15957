import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { decode } from "../../static/js/frame.js";
import { Walker } from "../../static/js/microscope/walker.js";
import { Store } from "../../static/js/store.js";

const lesson = () => {
  const file = new URL("../vectors/dissections/lesson.safetensors", import.meta.url);
  return decode(new Uint8Array(readFileSync(file)).buffer);
};

/**
 * A close-up as the server makes it.
 * @param {any} choice
 */
const closeup = (choice) =>
  /** @type {any} */ ({
    metadata: { choice: JSON.stringify(choice) },
    has: () => false,
    scalar: (/** @type {string} */ name) => (name === "run" ? 1 : 0),
  });

/** @param {number} step @param {number} [weight] */
const frame = (step, weight = 2) => ({
  scalar: (/** @type {string} */ name) => (name === "step" ? step : 0),
  tensor: () => [weight, -1],
});

/** A page whose server answers nothing by itself; what is sent is kept. */
function begin(patch = {}) {
  const store = new Store(
    /** @type {any} */ ({
      grain: "term",
      walk: null,
      traced: null,
      walking: false,
      walkPace: 1,
      selection: null,
      status: "open",
      run: 1,
      shape: [1, 1],
      playing: false,
      frame: frame(0),
      experiment: {},
      ...patch,
    }),
  );
  /** @type {any[]} */
  const sent = [];
  const app = /** @type {any} */ ({
    store,
    send: (/** @type {any} */ command) => sent.push(command),
    redraw() {},
  });
  return { store, sent, walker: new Walker(app) };
}

/**
 * Where a walk is, more is asked of what it has come to.
 * @param {any} patch
 */
function walking(patch = {}) {
  const page = begin(patch);
  page.walker.receive(lesson());
  answerAll(page);
  page.sent.length = 0;
  return page;
}

/**
 * Answers what is asked more closely, until nothing more is.
 * @param {{sent: any[], walker: Walker}} page
 */
function answerAll({ sent, walker }) {
  while (walker.asking) {
    const { neuron, weight } = sent.at(-1);
    walker.receiveCloseup(closeup({ neuron, weight }));
  }
}

test("turning the dial down pauses and asks for one dissection", () => {
  const { store, sent } = begin({ grain: null, playing: true });
  store.set({ grain: "phase" });
  assert.deepEqual(sent.map(({ command }) => command), ["pause", "dissect"]);
});

test("while an answer is under way nothing more is asked, and an outdated one is not shown", () => {
  const { store, sent, walker } = begin();
  const at = () => store.state.walk?.position;
  assert.equal(sent.length, 1);
  store.set({ frame: frame(0, 2.5) });
  store.set({ frame: frame(0, 3) });
  assert.equal(sent.length, 1);
  walker.receive(lesson());
  assert.deepEqual(sent.map(({ command }) => command), ["dissect", "dissect"]);
  assert.equal(at(), undefined);
  walker.receive(lesson());
  assert.equal(at(), 0);
});

test("of an update that stands only close-ups are asked, of one that changed all anew", () => {
  const page = walking();
  const { store, sent } = page;
  const commands = () => sent.splice(0).map(({ command }) => command);
  store.set({ frame: frame(0) });
  assert.deepEqual(commands(), []);
  store.set({ selection: { kind: "weight", layer: 1, from: 0, to: 0 } });
  answerAll(page);
  assert.deepEqual(commands(), ["closeup"]);
  assert.deepEqual(store.state.walk?.dissection.choice.weight, [1, 0, 0]);
  store.set({ experiment: /** @type {any} */ ({}), frame: frame(0) });
  assert.deepEqual(commands(), ["dissect"]);
});

test("another example is another dissection", () => {
  const { store, sent } = walking();
  store.set({ traced: "first" });
  assert.deepEqual(sent.map(({ command, example }) => [command, example]), [["dissect", "first"]]);
});

test("on and back by the grain; a phase at a time besides", () => {
  const { store, walker } = walking();
  const at = () => store.state.walk?.position;
  walker.next();
  walker.next();
  assert.equal(at(), 2);
  walker.previous();
  assert.equal(at(), 1);
  walker.finish();
  assert.equal(at(), 3);
  walker.finish();
  assert.equal(at(), 5);
  walker.restart();
  assert.equal(at(), 3);
});

test("what the walk has come to is what more is asked of", () => {
  const { store, sent, walker } = walking();
  /** @type {Record<string, any>} */
  const asked = {};
  while (!store.state.walk?.atEnd) {
    walker.next();
    answerAll({ sent, walker });
    asked[store.state.walk?.stage?.act ?? ""] ??= sent.at(-1)?.weight;
  }
  assert.deepEqual([asked.dW, asked.db], [[1, 0, 0], [1, null, 0]]);
  assert.deepEqual(sent.at(-1).neuron, [1, 0]);
});

test("what is selected is asked of in place of that", () => {
  const { store, sent } = walking();
  store.set({ selection: { kind: "weight", layer: 1, from: 0, to: 0 } });
  assert.deepEqual([sent.at(-1).neuron, sent.at(-1).weight], [[1, 0], [1, 0, 0]]);
});

test("past the end the update is made", () => {
  const { store, sent, walker } = walking({ grain: "phase" });
  for (let phase = 0; phase < 4; phase += 1) walker.next();
  assert.equal(store.state.walk?.atEnd, true);
  answerAll({ sent, walker });
  sent.length = 0;
  walker.next();
  walker.next();
  assert.deepEqual(sent, [{ command: "step", unit: "batch", count: 1 }]);
  store.set({ frame: frame(0) });
  walker.next();
  assert.equal(sent.length, 2);
});

test("a step over the border waits for no close-up, and is made once", () => {
  const { sent, walker } = walking({ grain: "phase" });
  for (let phase = 0; phase < 4; phase += 1) walker.next();
  assert.equal(walker.asking, true);
  walker.next();
  walker.next();
  assert.equal(sent.filter(({ command }) => command === "step").length, 1);
});

test("an edit in the same update keeps the place, another update begins at its start", () => {
  const { store, walker } = walking();
  walker.finish();
  walker.receive(lesson());
  assert.equal(store.state.walk?.position, 3);
  const later = lesson();
  const { scalar } = later;
  later.scalar = (name) => (name === "step" ? 1 : scalar.call(later, name));
  store.set({ frame: frame(1) });
  while (walker.asking) walker.receive(later);
  assert.equal(store.state.walk?.position, 0);
});

test("a refusal is kept from the reader unless the example was their own", () => {
  const { store, walker } = walking({ traced: 7 });
  assert.equal(walker.refused("dissect"), true);
  assert.equal(store.state.traced, "first");
  store.set({ traced: [1, 2, 3] });
  assert.equal(walker.refused("dissect"), false);
  assert.equal(walker.refused("set"), false);
});

test("back at whole updates there is no walk", () => {
  const { store } = walking();
  store.set({ walking: true });
  store.set({ grain: null });
  assert.equal(store.state.walk, null);
  assert.equal(store.state.walking, false);
});
