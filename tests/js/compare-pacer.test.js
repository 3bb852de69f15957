import assert from "node:assert/strict";
import { test } from "node:test";

import { Pacer } from "../../static/js/compare/pacer.js";

const UPDATES = { batches: 25, wholeEpochs: false };

/**
 * What falls due in a second of frames.
 * @param {import("../../static/js/store.js").Pace} pace
 * @param {boolean} wholeEpochs of 25 updates
 * @param {number} every_ms
 */
function inASecond(pace, wholeEpochs, every_ms = 20) {
  const pacer = new Pacer();
  pacer.start(0);
  let total = 0;
  for (let now_ms = 0; now_ms < 1000; now_ms += every_ms) {
    total += pacer.due(pace, now_ms, { batches: 25, wholeEpochs })?.count ?? 0;
  }
  return total;
}

test("so many updates a second fall due as the dial says, however often it is asked", () => {
  for (const rate of [1, 10, 100, 1000]) {
    const total = inASecond({ unit: "update", rate }, false);
    assert.ok(Math.abs(total - rate) <= Math.max(1, rate * 0.03), `${rate}: ${total}`);
  }
});

test("where only epochs meet, their pace is that of the updates in them", () => {
  assert.equal(inASecond({ unit: "update", rate: 100 }, true), 4);
});

test("what fell due while one of them was slow is let go after a quarter of a second", () => {
  const pacer = new Pacer();
  pacer.start(0);

  assert.equal(pacer.due({ unit: "update", rate: 100 }, 60_000, UPDATES)?.count, 26);
});

test("epochs a frame are asked for as they are", () => {
  assert.deepEqual(new Pacer().due({ unit: "epoch", rate: 7 }, 0, UPDATES), { unit: "epoch", count: 7 });
});

test("at full speed a stretch trains for about as long as a few frames", () => {
  for (const update_ms of [0.01, 0.1, 1]) {
    const pacer = new Pacer();
    for (let i = 0; i < 40; i += 1) pacer.met(pacer.updates * update_ms);
    const trained_ms = (pacer.due({ unit: "full" }, 0, { batches: 1, wholeEpochs: false })?.count ?? 0) * update_ms;

    assert.ok(trained_ms >= 10 && trained_ms <= 60, `${update_ms}: ${trained_ms}`);
  }
});

test("a stretch is at least an epoch or 32 updates, and at most what one command may ask for", () => {
  const pacer = new Pacer();
  const due = (/** @type {number} */ batches, wholeEpochs = false) =>
    pacer.due({ unit: "full" }, 0, { batches, wholeEpochs });
  for (let i = 0; i < 40; i += 1) pacer.met(500);
  assert.deepEqual(due(1), { unit: "update", count: 1 });
  assert.deepEqual(due(25), { unit: "update", count: 25 });
  assert.deepEqual(due(250), { unit: "update", count: 32 });
  assert.deepEqual(due(250, true), { unit: "epoch", count: 1 });
  for (let i = 0; i < 40; i += 1) pacer.met(1);
  assert.deepEqual(due(25), { unit: "update", count: 10_000 });
  assert.deepEqual(due(25, true), { unit: "epoch", count: 400 });
});
