import assert from "node:assert/strict";
import { test } from "node:test";

import {
  decades,
  format,
  gradientShade,
  gradientStrength,
  lossText,
  preciseLoss,
  superscript,
  ticks,
  weightWidth,
} from "../../static/js/scales.js";

test("a band grows evenly with the weight's size and then stays", () => {
  assert.equal(weightWidth(0), 1.5);
  assert.equal(weightWidth(-3), 12);
  assert.equal(weightWidth(400), 12);
  assert.equal(weightWidth(1.5), (1.5 + 12) / 2);
});

test("a gradient's strength is linear in its logarithm over eight decades", () => {
  assert.equal(gradientStrength(1), 1);
  assert.equal(gradientStrength(-1e3), 1);
  assert.ok(Math.abs(gradientStrength(-1e-4) - 0.5) < 1e-12);
  assert.equal(gradientStrength(1e-8), 0);
  assert.equal(gradientStrength(0), 0);
  assert.equal(gradientStrength(NaN), 0);
});

test("a shade keeps the order of strengths and both ends", () => {
  assert.equal(gradientShade(0), 0);
  assert.equal(gradientShade(1), 1);
  assert.ok(gradientShade(0.5) < gradientShade(0.6));
});

test("numbers are short, keep their sign and never round to nothing", () => {
  assert.equal(format(0), "0");
  assert.equal(format(-0.5), "−0.500");
  assert.equal(format(0.0512), "0.0512");
  assert.equal(format(12.345), "12.35");
  assert.equal(format(1234.5), "1235");
  assert.equal(format(-3.05e-5), "−3.05·10⁻⁵");
  assert.equal(format(2.5e7), "2.50·10⁷");
  assert.equal(format(0.03, "plain"), "0.03");
  assert.equal(format(10, "plain"), "10");
  assert.equal(format(Infinity), "∞");
  assert.equal(format(-Infinity), "−∞");
  assert.equal(format(NaN), "–");
});

test("losses are printed with three or more decimals, and powers of ten as everywhere", () => {
  assert.deepEqual([0, 0.0005, 12.3456, 0.00012, 3.5e6, NaN].map(lossText), [
    "0.000", "0.001", "12.346", "1.2·10⁻⁴", "3.5·10⁶", "–",
  ]);
  assert.deepEqual([0, 0.5, 12.3456, 0.000123456, null].map(preciseLoss), [
    "0.00000", "0.50000", "12.35", "1.235·10⁻⁴", "–",
  ]);
});

test("ticks are round, inside the range, and no more than asked", () => {
  assert.deepEqual(ticks(0, 1, 5), [0, 0.2, 0.4, 0.6000000000000001, 0.8, 1]);
  assert.deepEqual(ticks(0, 250, 5), [0, 50, 100, 150, 200, 250]);
  assert.deepEqual(ticks(3, 3, 5), [3]);
  for (const high of [0.003, 0.7, 13, 480, 1e6]) {
    const places = ticks(0, high, 4);
    assert.ok(places.length >= 2 && places.length <= 5, String(high));
    assert.ok(places.every((place) => place >= 0 && place <= high * (1 + 1e-9)));
  }
});

test("decades are whole powers between the ends", () => {
  assert.deepEqual(decades(0.0009, 1.1, 9), [-3, -2, -1, 0]);
  assert.deepEqual(decades(1e-8, 1, 3), [-8, -5, -2]);
  assert.equal(superscript(-12), "⁻¹²");
});
