import assert from "node:assert/strict";
import { test } from "node:test";

import { Moments } from "../../static/js/moments.js";
import { Store } from "../../static/js/store.js";

/**
 * A frame of its step alone, an epoch being ten of them.
 * @param {number} step
 * @returns {any}
 */
const frame = (step) => ({
  buffer: new ArrayBuffer(8),
  scalar: (/** @type {string} */ name) =>
    ({ step, epoch: Math.floor(step / 10), batch: step % 10, batches: 10 })[name],
});

function begin(steps = 30) {
  const store = new Store(/** @type {any} */ ({ frame: null, past: false }));
  const frames = Array.from({ length: steps }, (_, step) => frame(step));
  const archive = /** @type {any} */ ({
    cleared: 0,
    push() {},
    clear() {
      this.cleared += 1;
    },
    at: (/** @type {number} */ time) => frames[Math.min(steps - 1, Math.round(time * 10))] ?? null,
  });
  const moments = new Moments(store, archive);
  for (const each of frames) moments.take(each);
  return { store, moments, frames };
}

test("the newest frame is shown until a past one is asked for", () => {
  const { store, moments, frames } = begin();
  assert.equal(store.state.frame, frames[29]);
  moments.show(1.2);
  assert.equal(store.state.frame, frames[12]);
  assert.equal(store.state.past, true);
});

test("frames that come meanwhile do not push the past aside", () => {
  const { store, moments, frames } = begin();
  moments.show(0.5);
  const next = frame(30);
  moments.take(next);
  assert.equal(store.state.frame, frames[5]);
  moments.now();
  assert.equal(store.state.frame, next);
  assert.equal(store.state.past, false);
});

test("the last moment is now", () => {
  const { store, moments, frames } = begin();
  moments.show(1);
  moments.show(99);
  assert.equal(store.state.past, false);
  assert.equal(store.state.frame, frames[29]);
});

test("a command that changes the run leaves the past, a look does not", () => {
  const { store, moments } = begin();
  moments.show(1);
  moments.leaveFor("detail");
  moments.leaveFor("pause");
  assert.equal(store.state.past, true);
  moments.leaveFor("step");
  assert.equal(store.state.past, false);
});

test("it counts the updates that a moment lies back", () => {
  const { moments } = begin();
  assert.equal(moments.steps(), 0);
  moments.show(1.2);
  assert.equal(moments.steps(), 17);
});

test("a new run has no past", () => {
  const { store, moments } = begin();
  moments.show(1);
  moments.clear();
  assert.equal(store.state.past, false);
  assert.equal(moments.newest, null);
});
