import assert from "node:assert/strict";
import { test } from "node:test";

import { History } from "../../static/js/history.js";

/**
 * A frame as the history reads it.
 * @param {number} step
 * @param {number} loss
 * @param {number[]} norms
 * @returns {any}
 */
function frame(step, loss, norms = [1e-2, 1e-3]) {
  /** @type {Record<string, number>} */
  const scalars = {
    step,
    epoch: Math.floor(step / 25),
    batch: step % 25,
    batches: 25,
    train_loss: loss,
    test_loss: loss + 1,
  };
  return {
    metadata: { statistics: "weight_norm,gradient_norm" },
    scalar: (/** @type {string} */ name) => scalars[name],
    shape: () => [norms.length, 2],
    tensor: () => Float32Array.from(norms.flatMap((norm) => [1, norm])),
  };
}

test("an hour of frames takes no more rows than a minute", () => {
  const history = new History();
  for (let step = 0; step < 55 * 3600; step += 1) history.push(frame(step, 1));
  assert.ok(history.length <= 1200, String(history.length));
  assert.ok(history.length >= 600);
  assert.equal(history.rows.at(-1)?.step, 55 * 3600 - 1);
  assert.equal(history.rows[0].step, 0);
});

test("thinning loses no peak of the loss", () => {
  const history = new History();
  for (let step = 0; step < 20_000; step += 1) history.push(frame(step, step === 7_777 ? 99 : 1));
  assert.equal(Math.max(...history.rows.map(({ trainRange }) => trainRange[1])), 99);
  assert.equal(Math.max(...history.rows.map(({ testRange }) => testRange[1])), 100);
});

test("a gradient's logarithm is kept, and a zero has none", () => {
  const history = new History();
  history.push(frame(0, 1, [1e-2, 0]));
  assert.ok(Math.abs(history.rows[0].gradients[0] + 2) < 1e-6);
  assert.equal(history.rows[0].gradients[1], -Infinity);
});

test("the same moment again replaces its row, as after an edit", () => {
  const history = new History();
  history.push(frame(3, 1));
  history.push(frame(3, 0.5));
  assert.equal(history.length, 1);
  assert.equal(history.rows[0].train, 0.5);
});

test("a run that goes on from an earlier moment forgets what came after it", () => {
  const history = new History();
  for (let step = 0; step < 10; step += 1) history.push(frame(step, 1));
  history.push(frame(4, 0.25));
  assert.deepEqual(
    history.rows.map(({ step }) => step),
    [0, 1, 2, 3, 4],
  );
  assert.equal(history.rows[4].train, 0.25);
});

test("a branch keeps the curve that was left as a ghost, and a new run has none", () => {
  const history = new History();
  for (let step = 0; step < 10; step += 1) history.push(frame(step, 1));
  history.branch();
  history.push(frame(4, 0.25));

  assert.equal(history.ghost.length, 10);
  assert.equal(history.length, 5);

  history.clear();

  assert.equal(history.ghost.length, 0);
});

test("the row at a time is the first that has reached it", () => {
  const history = new History();
  assert.equal(history.at(1), null);
  for (let step = 0; step < 100; step += 1) history.push(frame(step, 1));
  assert.equal(history.at(2)?.step, 50);
  assert.equal(history.at(-1)?.step, 0);
  assert.equal(history.at(1e9)?.step, 99);
});
