import assert from "node:assert/strict";
import { test } from "node:test";

import { flow, riverShades } from "../../static/js/draw/river.js";
import { colours, pixel, rgb } from "../../static/js/palette.js";

/**
 * @param {[epoch: number, gradients: number[]][]} moments
 * @param {number} end
 * @param {number} width
 */
function river(moments, end, width) {
  const layers = 2;
  const rows = /** @type {any} */ (moments.map(([epoch, gradients]) => ({ epoch, gradients })));
  const table = Uint32Array.from({ length: 64 }, (_, shade) => shade);
  const pixels = new Uint32Array(width * layers).fill(99);
  flow(rows, end, { width, layers, table, pixels });
  return [[...pixels.subarray(0, width)], [...pixels.subarray(width)]];
}

test("a row of the run has the columns between its neighbour's end and its own", () => {
  const [first, second] = river([[0, [0, 0]], [2, [0, -8]], [4, [-8, 0]]], 4, 4);
  assert.deepEqual(first, [63, 63, 0, 0]);
  assert.deepEqual(second, [0, 0, 63, 63]);
});

test("what is yet to come, and a run without frames, are as pale as no gradient", () => {
  assert.deepEqual(river([[0, [0, 0]], [2, [0, 0]]], 4, 4)[0], [63, 63, 0, 0]);
  assert.deepEqual(river([], 1, 3)[0], [0, 0, 0]);
});

test("a run that has only begun shows its first moment nowhere but at its start", () => {
  assert.deepEqual(river([[0, [0, 0]]], 1, 3)[0], [0, 0, 0]);
});

test("a gradient of 0 is as pale as one too small for the scale, a huge one as dark as 1", () => {
  const [first] = river([[0, [0, 0]], [1, [-Infinity, 0]], [2, [NaN, 0]], [3, [9, 0]]], 3, 3);
  assert.deepEqual(first, [0, 0, 63]);
});

test("the river runs from the colour of nothing to a gradient's own", () => {
  for (const theme of /** @type {const} */ (["light", "dark"])) {
    const { zero, gradientNegative } = colours(theme);
    const shades = riverShades(theme);
    assert.equal(shades[0], pixel(rgb(zero)));
    assert.equal(shades[63], pixel(rgb(gradientNegative)));
  }
});
