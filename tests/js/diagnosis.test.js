import assert from "node:assert/strict";
import { test } from "node:test";

import { groupsOf, sentenceOf } from "../../static/js/microscope/diagnosis.js";
import { remediesFor } from "../../static/js/microscope/remedies.js";

/** @typedef {import("../../static/js/microscope/diagnosis.js").Ailment} Ailment */

const SHAPE = [2, 8, 3, 1];
const FACTS = { offered: /** @type {any} */ ({ learning_rate: [0.001, 0.01, 0.03, 0.1] }), many_classes: ["blobs"] };

/** @param {Record<string, unknown>} [fields] */
const experiment = (fields = {}) => /** @type {any} */ ({
  problem: "classification",
  dataset: "circle",
  classes: 2,
  layers: [{ units: 8, activation: "relu" }, { units: 3, activation: "tanh" }],
  loss: "half-squared",
  initializer: { name: "playground", scale: 0.5 },
  parameters: null,
  clipping: { name: "none", limit: 1 },
  learning_rate: 0.03,
  hidden: [],
  ...fields,
});

/**
 * @param {Ailment} ailment
 * @param {number} layer
 * @param {number[]} [units]
 */
const group = (ailment, layer, units = []) => ({ ailment, layer, units, measure: 0.5 });

/**
 * @param {ReturnType<typeof group>} one
 * @param {Record<string, unknown>} [fields]
 */
const labels = (one, fields) => remediesFor(one, experiment(fields), FACTS).map(({ label }) => label);

test("neurons of a layer with the same ailment are one sentence, with the largest measure", () => {
  const groups = groupsOf([
    { ailment: "vanishing", layer: 1, unit: null, measure: 2e-4 },
    { ailment: "saturated", layer: 1, unit: 0, measure: 0.01 },
    { ailment: "saturated", layer: 1, unit: 4, measure: 0.03 },
    { ailment: "saturated", layer: 2, unit: 1, measure: 0.02 },
  ]);
  assert.deepEqual(groups.map(({ ailment, layer, units }) => [ailment, layer, units]), [
    ["vanishing", 1, []],
    ["saturated", 1, [0, 4]],
    ["saturated", 2, [1]],
  ]);
  assert.equal(groups[1].measure, 0.03);
});

test("a sentence names the neurons or the layer, and the measure", () => {
  assert.match(sentenceOf(group("dead", 1, [2]), SHAPE), /^hidden 1, neuron 3 is dead: its slope is 0/);
  assert.match(sentenceOf(group("saturated", 2, [0, 2]), SHAPE), /^hidden 2, neurons 1, 3 are saturated: .* hardly learn\.$/);
  assert.match(sentenceOf(group("dead", 1, [0, 1, 2, 3, 4]), SHAPE), /^hidden 1, 5 of 8 neurons are dead/);
  assert.match(sentenceOf(group("vanishing", 1), SHAPE), /hidden 1 is 0\.500 times the output/);
  assert.match(sentenceOf({ ...group("exploding", 1), measure: null }, SHAPE), /∞ times/);
  assert.match(sentenceOf(group("not_finite", 3), SHAPE), /output is no longer finite/);
});

test("each ailment has its remedies, each one change away", () => {
  assert.deepEqual(labels(group("dead", 1, [0])), ["leaky ReLU in hidden 1", "learning rate 0.01"]);
  assert.deepEqual(labels(group("saturated", 2, [0])), ["initialization He, uniform", "ReLU in hidden 2"]);
  assert.deepEqual(labels(group("saturated", 3, [0])), ["binary cross-entropy as the loss", "learning rate 0.01"]);
  assert.deepEqual(labels(group("exploding", 1)), [
    "clip the gradient at norm 1", "initialization He, uniform", "learning rate 0.01",
  ]);
  const sigmoid = { layers: [{ units: 2, activation: "sigmoid" }] };
  assert.deepEqual(labels(group("vanishing", 1), sigmoid), [
    "ReLU in all hidden layers", "initialization Glorot, uniform",
  ]);
});

test("a remedy changes what it says, and says whether a new network begins", () => {
  const [leaky, slower] = remediesFor(group("dead", 1, [0]), experiment(), FACTS);
  assert.deepEqual(leaky.experiment.layers.map(({ activation }) => activation), ["leaky-relu", "tanh"]);
  assert.equal(leaky.anew, true);
  assert.equal(slower.experiment.learning_rate, 0.01);
  assert.equal(slower.anew, false);
});

test("what is in use already, or hidden by the lecturer, is not offered", () => {
  assert.deepEqual(labels(group("dead", 1, [0]), { hidden: ["activation"] }), ["learning rate 0.01"]);
  assert.deepEqual(labels(group("dead", 1, [0]), { hidden: ["activation"], learning_rate: 0.001 }), []);
  const cut = { clipping: { name: "norm", limit: 0.5 }, initializer: { name: "he-uniform", scale: 0.5 } };
  assert.deepEqual(labels(group("exploding", 1), cut), ["learning rate 0.01"]);
});

test("with several classes a saturated output is led to softmax", () => {
  const blobs = { dataset: "blobs", classes: 3 };
  assert.equal(labels(group("saturated", 3, [0]), blobs)[0], "softmax cross-entropy as the loss");
});
