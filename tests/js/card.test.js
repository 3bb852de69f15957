import assert from "node:assert/strict";
import { test } from "node:test";

import { closeUpOf } from "../../static/js/card/close-up.js";
import {
  activationFormula, biasGradient, deltaFormula, plainUpdate, sumFormula, weightNumbers, weightSymbols,
} from "../../static/js/card/formulas.js";
import { barsIn } from "../../static/js/draw/strip.js";
import { plainText } from "../../static/js/formula/mathml.js";
import { useCatalogue } from "../../static/js/i18n.js";

/** @typedef {import("../../static/js/frame.js").Frame} Frame */
/** @typedef {import("../../static/js/store.js").Selection} Selection */

useCatalogue({});
const SIGNALS = "source,z,a,slope,da,delta,contribution";
const ROOMY = { terms: 12, symbols: true };
const TIGHT = { terms: 1, symbols: false };

/**
 * A frame that says something of one selection.
 * @param {string} selected
 * @param {number} batch
 * @param {Record<string, number[][]>} tensors
 */
function frameOf(selected, batch, tensors) {
  return /** @type {Frame} */ (/** @type {unknown} */ ({
    metadata: { selected, signals: SIGNALS },
    scalar: () => batch,
    shape: (/** @type {string} */ name) => [tensors[name].length, tensors[name][0].length],
    tensor: (/** @type {string} */ name) => Float32Array.from(tensors[name].flat()),
  }));
}

/** @type {Selection} */
const WEIGHT = { kind: "weight", layer: 1, from: 0, to: 1 };
/** @type {Selection} */
const UNIT = { kind: "neuron", layer: 1, unit: 1 };

/**
 * Two examples of a weight, of a batch of so many.
 * @param {number} batch
 */
function weight(batch) {
  const rows = [[0.5, 0, 0, 1, 0, -0.25, -0.0625], [-2, 0, 0, 1, 0, 0.75, -0.75]];
  const closeUp = closeUpOf(frameOf("1,0,1", batch, { selected: rows }), WEIGHT);
  assert.ok(closeUp);
  return closeUp;
}

test("a frame about something else says nothing of the selection", () => {
  const frame = frameOf("1,0,1", 2, { selected: [[0, 0, 0, 0, 0, 0, 0]] });
  assert.ok(closeUpOf(frame, WEIGHT));
  assert.equal(closeUpOf(frame, { ...WEIGHT, from: 1 }), null);
  assert.equal(closeUpOf(frame, UNIT), null);
  assert.ok(closeUpOf(frameOf("1,,1", 1, { selected: [[]] }), UNIT));
});

test("rows beyond a short batch, and examples beyond those sent, are none", () => {
  assert.equal(weight(1).examples, 1);
  assert.equal(weight(2).examples, 2);
  assert.equal(weight(200).examples, 2);
  assert.deepEqual(weight(2).contributions, [-0.0625, -0.75]);
});

test("a weight's gradient is the mean of its examples' products", () => {
  assert.equal(plainText(weightSymbols(2)), "∂L/∂wij=1/2∑ai·δj");
  assert.equal(
    plainText(weightNumbers(weight(2), 0, -0.8125, ROOMY)),
    "=1/2(0.500·(−0.250)+(−2.000)·0.750)=−0.813",
  );
});

test("one example needs no mean, and no brackets around its product", () => {
  assert.equal(plainText(weightSymbols(1)), "∂L/∂wij=ai·δj");
  assert.equal(plainText(weightNumbers(weight(1), 0, -0.125, ROOMY)), "=0.500·(−0.250)=−0.125");
});

test("where there is no room the chosen example's product stays, with dots for the others", () => {
  assert.equal(
    plainText(weightNumbers(weight(2), 1, -0.8125, TIGHT)),
    "=1/2(…+(−2.000)·0.750)=−0.813",
  );
  assert.equal(
    plainText(weightNumbers(weight(200), 0, -0.01, ROOMY)),
    "=1/200(0.500·(−0.250)+(−2.000)·0.750+…)=−0.0100",
  );
});

test("a hidden neuron: its sum, its activation, and what came back times its slope", () => {
  const frame = frameOf("1,,1", 1, {
    selected: [[1, 0.75, 0.635, 0.597, 0.1, 0.0597, 0.0597]],
    incoming: [[0.5], [-1], [0.25]],
    incoming_a: [[2, 0.5]],
    outgoing: [[0.5], [-0.25]],
    outgoing_delta: [[0.4, 0.4]],
  });
  const closeUp = closeUpOf(frame, UNIT);
  assert.ok(closeUp);
  const subject = { activation: "tanh", output: false, loss: "bce", outputs: 1 };
  assert.equal(
    plainText(sumFormula(closeUp, 0, ROOMY)),
    "z=∑w·a+b=0.500·2.000+(−1.000)·0.500+0.250=0.750",
  );
  assert.equal(plainText(sumFormula(closeUp, 0, { terms: 0, symbols: false })), "z=0.750");
  assert.equal(plainText(activationFormula(closeUp, 0, subject)), "a=tanh(0.750)=0.635");
  assert.equal(
    plainText(deltaFormula(closeUp, 0, subject, ROOMY)),
    "δi=(∑jwijδj)·φ′(z)=(0.500·0.400+(−0.250)·0.400)·0.597=0.0597",
  );
});

test("an output begins with the derivative of its own loss", () => {
  const frame = frameOf("1,,1", 1, {
    selected: [[1, 0.5, 0.5, 1, -0.35, -0.35, -0.35]],
    answer: [[1, 0.65]],
  });
  const closeUp = closeUpOf(frame, UNIT);
  assert.ok(closeUp);
  const said = (/** @type {string} */ loss, /** @type {number} */ outputs) =>
    plainText(deltaFormula(closeUp, 0, { activation: "linear", output: true, loss, outputs }, ROOMY));
  assert.equal(said("softmax", 2), "δ=(softmax(z)−y)·φ′(z)=(0.650−1)·1.000=−0.350");
  assert.equal(said("half-squared", 1), "δ=(a−y)·φ′(z)=(0.500−1)·1.000=−0.350");
  assert.equal(said("mse", 2), "δ=1/2·(2(a−y))·φ′(z)=1/2·(2·(0.500−1))·1.000=−0.350");
  assert.equal(
    plainText(activationFormula(closeUp, 0, { activation: "linear", output: true, loss: "mse", outputs: 1 })),
    "a=z=0.500",
  );
});

test("the update is minus the rate times the gradient, in symbols where there is room", () => {
  const numbers = { gradient: -0.5, update: 0.015 };
  assert.equal(plainText(plainUpdate("w", 0.03, numbers, true)), "Δw=−η·∂L/∂w=−0.03·(−0.500)=0.0150");
  assert.equal(plainText(plainUpdate("b", 0.03, numbers, false)), "Δb=−0.03·(−0.500)=0.0150");
  assert.equal(plainText(biasGradient(10, 0.25)), "∂L/∂b=1/10∑δ=0.250");
});

test("bars fill the strip, but are never broader than a few examples need", () => {
  assert.ok(barsIn(204, 64).step * 64 <= 204);
  assert.ok(barsIn(204, 1).bar < 20);
  assert.ok(barsIn(60, 64).bar >= 1);
});
