import assert from "node:assert/strict";
import { test } from "node:test";

import { extentOf, gradientInk, gradientLook } from "../../static/js/graph/looks.js";
import { colours } from "../../static/js/palette.js";

test("an array has the sign that its numbers share, and the size of the largest", () => {
  assert.deepEqual(extentOf(-3), { size: 3, sign: -1 });
  assert.deepEqual(extentOf([[0, 2], [1, 0]]), { size: 2, sign: 1 });
  assert.deepEqual(extentOf([-1, 0]), { size: 1, sign: -1 });
  assert.deepEqual(extentOf([[1, -4]]), { size: 4, sign: null });
  assert.deepEqual(extentOf([0, -0]), { size: 0, sign: 0 });
  assert.equal(extentOf(null), null);
});

test("a negative gradient is dashed, a positive one and a mixed one are not", () => {
  assert.deepEqual([-1, 1, [1, -1], 0, null].map((one) => gradientLook(one, "light").dash !== "none"), [
    true, false, false, false, false,
  ]);
  assert.notEqual(gradientLook(-1, "light").line, gradientLook(1, "light").line);
});

test("what has no sign of its own is written in the soft ink", () => {
  for (const none of [0, null, [1, -1]]) assert.equal(gradientInk(none, "dark"), colours("dark").soft);
});
