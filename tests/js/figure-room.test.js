import assert from "node:assert/strict";
import { test } from "node:test";

import { makeRoom } from "../../static/js/draw/figure-room.js";

/**
 * @param {string} of
 * @param {number} x
 * @param {"left"|"right"} align
 * @param {string} value
 * @param {number} [y]
 */
const figure = (of, x, align, value, y = 10) =>
  /** @type {import("../../static/js/draw/walk-figures.js").PlacedFigure} */ ({
    of, kind: "figure", place: { x, y, align }, figure: { symbol: "δ", value, tone: "below" },
  });

const names = (/** @type {{of: string}[]} */ figures) => figures.map(({ of }) => of);
const nobody = () => false;

test("what came back gives way to the next neuron's δ where both do not fit", () => {
  const [long, short] = ["−2.55·10⁻¹⁰", "−0.026"];
  const pair = (/** @type {string} */ value) => [
    figure("2,1 da", 660, "left", value),
    figure("3,0 delta", 785, "right", value),
  ];
  assert.deepEqual(names(makeRoom(pair(long), nobody)), ["3,0 delta"]);
  assert.deepEqual(names(makeRoom(pair(short), nobody)), ["2,1 da", "3,0 delta"]);
});

test("numbers on other lines are in nobody's way", () => {
  const long = "−2.55·10⁻¹⁰";
  const two = [figure("2,1 da", 660, "left", long, 10), figure("3,0 delta", 785, "right", long, 40)];
  assert.equal(makeRoom(two, nobody).length, 2);
});

test("where the walk stands, the number stays", () => {
  const long = "−2.55·10⁻¹⁰";
  const two = [figure("2,1 da", 660, "left", long), figure("3,0 delta", 785, "right", long)];
  assert.deepEqual(names(makeRoom(two, (of) => of.startsWith("2,1 "))), ["2,1 da"]);
});
