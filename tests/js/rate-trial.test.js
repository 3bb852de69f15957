import assert from "node:assert/strict";
import { test } from "node:test";

import { RateTrial } from "../../static/js/rate-trial.js";
import { Session } from "../../static/js/session.js";
import { Store } from "../../static/js/store.js";

/** @param {Record<string, unknown>} state what is not as in a trial that stands still */
function meet(state = {}) {
  /** @type {any[]} */
  const sent = [];
  const store = new Store(/** @type {any} */ ({
    experiment: { learning_rate: 0.03 },
    run: 1,
    playing: false,
    grain: null,
    diverged: null,
    trial: { step: 3, train_loss: 0.5 },
    ...state,
  }));
  const session = new Session(store, (command) => sent.push(command) > 0, {
    onLink() {},
    onReset() {},
    onFaultyLink() {},
    onRefused() {},
    onFresh() {},
    onExport() {},
  });
  const rates = new RateTrial(store, session);
  /** @param {number} rate */
  const choose = (rate) => rates.change(/** @type {any} */ ({ learning_rate: rate }));
  const commands = () => sent.map(({ command }) => command);
  return { rates, store, choose, commands, sent };
}

test("within a trial the next update is made with the rate that was chosen", () => {
  const { choose, commands, sent, store } = meet();

  assert.equal(choose(1), true);
  assert.deepEqual(commands(), ["configure", "step"]);
  assert.equal(sent[0].experiment.learning_rate, 1);
  assert.equal(store.state.experiment.learning_rate, 1);
});

test("another rate undoes that update and makes it anew, one after something else does not", () => {
  const { rates, choose, commands } = meet();
  choose(1);
  rates.heard("detail");
  choose(3);
  assert.deepEqual(commands(), ["configure", "step", "back", "configure", "step"]);
  rates.heard("set");
  choose(10);

  assert.deepEqual(commands().slice(5), ["configure", "step"]);
});

test("an update that could not be made is not undone", () => {
  const { choose, commands, store } = meet();
  choose(1);
  store.set({ diverged: /** @type {any} */ ({ step: 4 }) });
  choose(3);

  assert.deepEqual(commands(), ["configure", "step", "configure", "step"]);
});

test("elsewhere a rate is only set: without a trial, while it plays, in a walk; so are other fields", () => {
  for (const state of [{ trial: null }, { playing: true }, { grain: "phase" }]) {
    const { choose, commands } = meet(state);
    assert.equal(choose(1), false);
    assert.deepEqual(commands(), []);
  }
  assert.equal(meet().choose(0.03), false);
});
