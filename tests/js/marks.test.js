import assert from "node:assert/strict";
import { test } from "node:test";

import { MARKS, traceMark } from "../../static/js/draw/marks.js";
import { colours } from "../../static/js/palette.js";

/**
 * The corners of a mark around (0, 0).
 * @param {number} kind
 * @param {number} radius
 */
function corners(kind, radius) {
  /** @type {number[][]} */
  const places = [];
  const add = (/** @type {number} */ x, /** @type {number} */ y) => void places.push([x, y]);
  traceMark({ moveTo: add, lineTo: add, arc() {}, closePath() {} }, kind, 0, 0, radius);
  return places;
}

test("each class has a mark of its own", () => {
  assert.equal(MARKS, colours("light").classes.length);
  const shapes = Array.from({ length: MARKS }, (_, kind) =>
    corners(kind, 1).flat().map((part) => part.toFixed(2)).join(" "),
  );
  assert.equal(new Set(shapes).size, MARKS);
});

test("marks are as large as the disc, so that no class weighs more than another", () => {
  for (let kind = 1; kind < MARKS; kind += 1) {
    const places = corners(kind, 2);
    const area = places.reduce((sum, [x, y], i) => {
      const [nextX, nextY] = places[(i + 1) % places.length];
      return sum + (x * nextY - nextX * y) / 2;
    }, 0);
    assert.ok(Math.abs(area / (Math.PI * 4) - 1) < 0.02, `${kind}: ${area}`);
  }
});
