import assert from "node:assert/strict";
import { test } from "node:test";

import { middleOf, wayOf } from "../../static/js/graph/shapes.js";

const box = (/** @type {number} */ x, /** @type {number} */ y) =>
  /** @type {any} */ ({ id: 0, x, y, width: 20, height: 10, head: 0, layer: 0, cells: false });
const line = (/** @type {[number, number][]} */ points) => /** @type {any} */ ({ from: 0, to: 1, edges: [0], points });

test("a line runs from the right side of its operand to the left side of its result", () => {
  assert.equal(wayOf(line([]), box(0, 0), box(100, 40), 0), "M10 0C50 0 50 40 90 40");
});

test("its middle lies on it, between the two bends where it has some", () => {
  assert.deepEqual(middleOf(line([]), box(0, 0), box(100, 40), 0), { x: 50, y: 20 });
  assert.deepEqual(middleOf(line([]), box(0, 0), box(100, 40), 1), { x: 50, y: 21.5 });
  assert.deepEqual(middleOf(line([[30, 50], [60, 70]]), box(0, 0), box(100, 40), 0), { x: 45, y: 60 });
});
