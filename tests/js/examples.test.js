import assert from "node:assert/strict";
import { test } from "node:test";

import {
  classLabels, exampleOf, faultOf, nextRow, readNumber, standingOf,
} from "../../static/js/microscope/examples.js";

/** Four examples, the last of which tests. */
const DATA = /** @type {any} */ ({
  tensor: (/** @type {string} */ name) =>
    ({
      points: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7),
      targets: Float32Array.of(-1, 1, -1, 1),
      test: Uint8Array.of(0, 0, 0, 1),
    })[name],
});

/**
 * @param {unknown} example
 * @param {number} place
 * @returns {any}
 */
const traced = (example, place = -1) => ({
  choice: { example },
  averaged: example === null,
  scalar: (/** @type {string} */ name) => ({ rows: 2, place })[name],
});

test("an example is that of its row, or the reader's own; the batch has none", () => {
  assert.deepEqual(exampleOf(traced(2), DATA), [4, 5, -1]);
  assert.deepEqual(exampleOf(traced([0.5, -1, 1]), DATA), [0.5, -1, 1]);
  assert.equal(exampleOf(traced(null), DATA), null);
  assert.equal(exampleOf(traced(4), DATA), null);
});

test("it is said where an example stands, and whether the update learns from it", () => {
  const said = (/** @type {any} */ dissection) => Object.values(standingOf(dissection, DATA)).join(" | ");
  assert.equal(said(traced(2, 1)), "Example 2 | of this batch’s 2 | ");
  assert.match(said(traced(1)), /^Another example \|  \| Row 2 of the data, not in this batch: the update does not learn/);
  assert.match(said(traced(3)), /^Test example .* Row 4 of the data: no update ever learns from it/);
  assert.match(said(traced([1, 1, 1])), /^Your own example .* A trial: the update does not learn/);
  assert.equal(said(traced(null)), "The whole batch | mean of 2 examples | ");
});

test("left and right go round the batch, up and down round the data", () => {
  const [batch, all] = [[7, 2, 5], [0, 1, 2, 3, 4, 5, 6, 7]];
  assert.equal(nextRow("ArrowRight", 7, batch, all), 2);
  assert.equal(nextRow("ArrowRight", 5, batch, all), 7);
  assert.equal(nextRow("ArrowLeft", 7, batch, all), 5);
  assert.equal(nextRow("ArrowDown", 7, batch, all), 0);
  assert.equal(nextRow("ArrowUp", 3, batch, all), 2);
  assert.equal(nextRow("ArrowRight", 4, batch, all), 7);
  assert.equal(nextRow("Enter", 4, batch, all), null);
});

test("numbers are read as people write them, and nothing else is", () => {
  assert.equal(readNumber(" −0.5 "), -0.5);
  assert.equal(readNumber("1,25"), 1.25);
  assert.equal(readNumber("2e-3"), 0.002);
  for (const text of ["", " ", "abc", "1,2,3", "1.2.3", "--1"]) assert.ok(Number.isNaN(readNumber(text)), text);
});

test("a fault names the field, what was expected and what came", () => {
  assert.equal(faultOf("x1", "100", [-100, 100]), null);
  assert.equal(faultOf("x2", "−100.5", [-100, 100]), "x₂: expected a number from −100 to 100, got “−100.5”.");
  assert.equal(faultOf("target", " ", [-100, 100]), "target: expected a number from −100 to 100, got nothing.");
  assert.match(faultOf("x1", "Infinity", [-100, 100]) ?? "", /^x₁: .*“Infinity”/);
});

test("two classes are −1 and 1, more are counted from 0", () => {
  assert.deepEqual(classLabels(2), [-1, 1]);
  assert.deepEqual(classLabels(4), [0, 1, 2, 3]);
});
