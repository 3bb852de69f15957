import assert from "node:assert/strict";
import { test } from "node:test";

import { withPoints } from "../../static/js/experiment.js";
import { fittingClasses, readPoints, relabelled, writePoint } from "../../static/js/points.js";

const LABELS = { 2: [-1, 1], 3: [0, 1, 2], 4: [0, 1, 2, 3] };
/** @type {import("../../static/js/points.js").Wish} */
const TWO = { regression: false, labels: LABELS[2], range: [-100, 100], count: [1, 5000] };
const VALUES = { ...TWO, regression: true };

/**
 * @param {string} text
 * @param {import("../../static/js/points.js").Wish} [wish]
 */
const pointsOf = (text, wish = TWO) => {
  const { entries, faults } = readPoints(text, wish);
  assert.deepEqual(faults, []);
  return entries.map(({ point }) => point);
};

test("commas, semicolons, tabs and spaces part the fields, and lines may end as in any system", () => {
  const expected = [[1, -2.5, 1], [0.5, 3, -1]];
  for (const between of [",", ", ", ";", "\t", " ", "，", "；"]) {
    const lines = expected.map((point) => point.join(between));
    for (const end of ["\n", "\r\n", "\r"]) assert.deepEqual(pointsOf(lines.join(end)), expected);
  }
});

test("a comma is a decimal one where tabs or semicolons part the fields", () => {
  assert.deepEqual(pointsOf("1,5;-2,25;1\n0,5\t3\t-1"), [[1.5, -2.25, 1], [0.5, 3, -1]]);
});

test("a header, empty lines, quotes, empty last fields and a printed minus do no harm", () => {
  assert.deepEqual(pointsOf('x1,x2,label\n\n"1","2","−1",,\n  \n3,4,1\n'), [[1, 2, -1], [3, 4, 1]]);
});

test("a fault names its line and its field, what was expected and what came", () => {
  const { entries, faults } = readPoints("1,2,1\n3,cat,1\n4,5\n6,-900,1\n7,8,2\n,1,1", TWO);
  assert.deepEqual(entries, [{ line: 1, point: [1, 2, 1] }]);
  assert.deepEqual(faults, [
    "Line 2, x₂: expected a number from −100 to 100, got “cat”.",
    "Line 3: expected x₁, x₂ and the target, got 2 fields.",
    "Line 4, x₂: expected a number from −100 to 100, got “-900”.",
    "Line 5, target: expected a class: −1, 1, got “2”.",
    "Line 6, x₁: expected a number from −100 to 100, got “”.",
  ]);
});

test("words that JavaScript would take for numbers are none", () => {
  for (const word of ["Infinity", "NaN", "0x10", "1_000", "1e", "--1", "1.2.3"]) {
    assert.equal(readPoints(`1,1,1\n${word},1,1`, TWO).faults.length, 1, word);
  }
});

test("more points than a run takes are told at once", () => {
  const { faults } = readPoints("1,1,1\n".repeat(5001), TWO);
  assert.deepEqual(faults, ["Expected at most 5000 points, got 5001."]);
});

test("two classes written as 0 and 1 are read as −1 and 1, but a 0 among −1 and 1 is a fault", () => {
  assert.deepEqual(pointsOf("1,1,0\n2,2,1"), [[1, 1, -1], [2, 2, 1]]);
  assert.equal(readPoints("1,1,0\n2,2,1\n3,3,-1", TWO).faults.length, 1);
  assert.deepEqual(pointsOf("1,1,0\n2,2,1", VALUES), [[1, 1, 0], [2, 2, 1]]);
});

test("in regression the target is any number in the range", () => {
  assert.deepEqual(pointsOf("3,0,10", VALUES), [[3, 0, 10]]);
  assert.equal(readPoints("3,0,101", VALUES).faults.length, 1);
});

test("labels choose the smallest number of classes that has them, and change nothing without need", () => {
  assert.equal(fittingClasses("1,1,0\n1,1,2", LABELS, 2), 3);
  assert.equal(fittingClasses("1,1,3", LABELS, 2), 4);
  assert.equal(fittingClasses("1,1,-1\n1,1,1", LABELS, 3), 2);
  assert.equal(fittingClasses("1,1,0\n1,1,1", LABELS, 2), 2);
  assert.equal(fittingClasses("1,1,1", LABELS, 4), 4);
  assert.equal(fittingClasses("1,1,9", LABELS, 3), 3);
  assert.equal(fittingClasses("", LABELS, 3), 3);
});

test("with another number of classes the first class stays the first", () => {
  assert.deepEqual(relabelled([1, 2, -1], LABELS[2], LABELS[3]), [1, 2, 0]);
  assert.deepEqual(relabelled([1, 2, 1], LABELS[3], LABELS[2]), [1, 2, 1]);
  assert.deepEqual(relabelled([1, 2, 2], LABELS[3], LABELS[2]), [1, 2, 2]);
});

test("a point that is written and read again is the same to the last digit", () => {
  /** @type {import("../../static/js/points.js").Point} */
  const point = [0.1 + 0.2, -1e-7, 1];
  assert.deepEqual(pointsOf(writePoint(point)), [point]);
});

test("an experiment takes points with their classes and share", () => {
  const before = /** @type {any} */ ({ dataset: "circle", points: null, classes: 2, train_percent: 50, noise: 5 });
  assert.deepEqual(withPoints(before, [[3, 0, 10]], 2, 100), {
    ...before,
    dataset: "points",
    points: [[3, 0, 10]],
    train_percent: 100,
  });
});
