import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { findingsIn } from "../../static/js/findings/found.js";
import { AWAY_MS, GOES_MS, STANDS_MS, Standing } from "../../static/js/findings/standing.js";
import { decode } from "../../static/js/frame.js";
import { headlineOf, placedHeadline } from "../../static/js/microscope/diagnosis.js";

/** @typedef {import("../../static/js/dissection.js").Finding} Finding */

/** @type {Finding} */
const DEAD = { ailment: "dead", layer: 1, unit: 2, measure: 0 };
/** @type {Finding} */
const VANISHING = { ailment: "vanishing", layer: 1, unit: null, measure: 1e-5 };
const FRAME_MS = 50;

/**
 * Frames of ten examples each, one every FRAME_MS.
 * @param {Finding[][]} frames
 * @param {{rows?: number, enough?: number, standing?: Standing, from_ms?: number, step?: number}} [options]
 */
function shownAfter(frames, { rows = 10, enough = 10, standing = new Standing(), from_ms = 0, step = 0 } = {}) {
  return frames.map((findings, i) => {
    const now_ms = from_ms + i * FRAME_MS;
    standing.take(findings, { step: step + i, rows }, now_ms);
    return standing.settle(enough, now_ms).findings.length;
  });
}

/** @param {number} count @param {Finding[]} findings */
const frames = (count, findings) => Array.from({ length: count }, () => findings);
const WHILE = STANDS_MS / FRAME_MS;

test("a finding counts when all frames of a while have shown it", () => {
  const shown = shownAfter(frames(WHILE + 2, [DEAD]));
  assert.deepEqual(shown.slice(0, WHILE), new Array(WHILE).fill(0));
  assert.deepEqual(shown.slice(WHILE), [1, 1]);
});

test("one frame without it, and the while begins anew", () => {
  const shown = shownAfter([...frames(WHILE, [DEAD]), [], ...frames(WHILE, [DEAD])]);
  assert.equal(Math.max(...shown), 0);
});

test("a finding that comes and goes with the batches is never shown", () => {
  const shown = shownAfter(Array.from({ length: 400 }, (_, i) => (i % 8 === 0 ? [] : [DEAD])));
  assert.equal(Math.max(...shown), 0);
});

test("once it counts, a missing frame does not take it away, but a while without it does", () => {
  const standing = new Standing();
  shownAfter(frames(WHILE + 1, [DEAD]), { standing });
  const from_ms = 2 * STANDS_MS;
  const blink = shownAfter([[], ...frames(40, [DEAD])], { standing, from_ms, step: 50 });
  assert.equal(Math.min(...blink), 1);
  const gone = shownAfter(frames(40, []), { standing, from_ms: from_ms + 41 * FRAME_MS, step: 100 });
  assert.equal(gone.indexOf(0), AWAY_MS / FRAME_MS);
  assert.equal(Math.max(...gone.slice(gone.indexOf(0))), 0);
});

test("what only comes now and then any more goes too", () => {
  const standing = new Standing();
  shownAfter(frames(WHILE + 1, [DEAD]), { standing });
  const half = Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? [] : [DEAD]));
  const shown = shownAfter(half, { standing, from_ms: STANDS_MS + FRAME_MS, step: 50 });
  assert.equal(shown.indexOf(0), GOES_MS / FRAME_MS);
  assert.equal(shown.at(-1), 0);
});

test("a paused frame's finding counts by itself after a while, and the page is told when", () => {
  const standing = new Standing();
  standing.take([DEAD, VANISHING], { step: 0, rows: 10 }, 100);
  assert.deepEqual(standing.settle(10, 100), { findings: [], next_ms: 100 + STANDS_MS });
  const { findings, next_ms } = standing.settle(10, 100 + STANDS_MS);
  assert.deepEqual(findings, [VANISHING, DEAD]);
  assert.equal(next_ms, Infinity);
});

test("frames know whether their findings came to count in the frames about them", () => {
  const standing = new Standing();
  /** @param {number} step @param {Finding[]} findings */
  const take = (step, findings) => {
    const stretches = standing.take(findings, { step, rows: 10 }, step * FRAME_MS);
    standing.settle(10, step * FRAME_MS);
    return stretches[0];
  };
  const short = take(0, [DEAD]);
  take(1, []);
  const first = take(2, [DEAD]);
  assert.equal(first.counted, false);
  for (let i = 0; i < WHILE; i += 1) take(3 + i, [DEAD]);
  assert.deepEqual([short.counted, first.counted], [false, true]);
});

test("a batch of few examples shows nothing alone: as many as enough must have shown it", () => {
  const slow = { rows: 1, enough: 10 };
  const shown = shownAfter(frames(WHILE + 1, [DEAD]), { rows: 1, enough: WHILE + 1 });
  assert.deepEqual([shown.at(-2), shown.at(-1)], [0, 1]);
  const standing = new Standing();
  for (let i = 0; i < 50; i += 1) standing.take([DEAD], { step: 3, rows: 1 }, i * FRAME_MS);
  assert.deepEqual(standing.settle(slow.enough, 5000), { findings: [], next_ms: Infinity });
});

test("within one update the examples that were looked at are counted once", () => {
  const standing = new Standing();
  for (let rows = 1; rows <= 5; rows += 1) standing.take([DEAD], { step: 3, rows }, 0);
  assert.equal(standing.settle(6, 5000).findings.length, 0);
  assert.equal(standing.settle(5, 5000).findings.length, 1);
});

test("a frame's bytes are findings, with the ratio of the layers", () => {
  const bytes = readFileSync(new URL("../vectors/frames/frame.safetensors", import.meta.url));
  const frame = decode(new Uint8Array(bytes).buffer);
  frame.tensor("layer_ailments").set([3, 0]);
  frame.tensor("unit_ailments").set([0, 1, 2]);
  const [layers, columns] = frame.shape("statistics");
  const column = frame.metadata.statistics.split(",").indexOf("delta_ratio");
  assert.equal(layers, 2);
  assert.deepEqual(findingsIn(frame, [2, 2, 1]), [
    { ailment: "vanishing", layer: 1, unit: null, measure: frame.tensor("statistics")[column] },
    { ailment: "dead", layer: 1, unit: 1, measure: null },
    { ailment: "saturated", layer: 2, unit: 0, measure: null },
  ]);
  frame.tensor("layer_ailments").set([0, 4]);
  frame.tensor("statistics")[columns + column] = Infinity;
  assert.equal(findingsIn(frame, [2, 2, 1]).find(({ unit }) => unit === null)?.measure, null);
});

test("a headline says the place only where nothing else does", () => {
  const group = { ...DEAD, units: [2] };
  assert.deepEqual(headlineOf(group), { long: "dead, no gradient gets through", short: "dead" });
  assert.deepEqual(placedHeadline(group, [2, 4, 1]), {
    long: "hidden 1, neuron 3: dead, no gradient gets through",
    short: "hidden 1, neuron 3: dead",
  });
});
