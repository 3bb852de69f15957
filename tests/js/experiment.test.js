import assert from "node:assert/strict";
import { test } from "node:test";

import * as experiments from "../../static/js/experiment.js";

const ORDER = ["x", "y", "xSquared"];
const base = /** @type {any} */ ({
  problem: "classification",
  dataset: "circle",
  points: null,
  classes: 2,
  features: ["x", "y"],
  layers: [
    { units: 4, activation: "tanh" },
    { units: 2, activation: "relu" },
  ],
  loss: "bce",
  view: { mode: "both", show_test: false, discretize: false, log_loss: false },
});
const choices = /** @type {any} */ ({
  dataset: { classification: ["circle", "blobs"], regression: ["reg-plane"] },
  loss: { classification: ["half-squared", "bce"], regression: ["half-squared"] },
});

test("features keep their order, and the last one cannot be taken away", () => {
  assert.deepEqual(experiments.toggleFeature(base, "xSquared", ORDER).features, ORDER);
  const one = experiments.toggleFeature(base, "y", ORDER);
  assert.deepEqual(one.features, ["x"]);
  assert.equal(experiments.toggleFeature(one, "x", ORDER), one);
});

test("a new layer has two neurons and the activation of the one before", () => {
  assert.deepEqual(experiments.addLayer(base, "tanh").layers.at(-1), { units: 2, activation: "relu" });
  const none = { ...base, layers: [] };
  assert.deepEqual(experiments.addLayer(none, "tanh").layers, [{ units: 2, activation: "tanh" }]);
});

test("one layer changes and the others stay", () => {
  const layers = experiments.withLayer(base, 1, { units: 5 }).layers;

  assert.deepEqual(layers, [{ units: 5, activation: "tanh" }, base.layers[1]]);
});

test("a shared activation is named only where all layers have it", () => {
  assert.equal(experiments.sharedActivation(base), "");
  assert.equal(experiments.sharedActivation(experiments.withActivation(base, "elu")), "elu");
});

test("another problem brings a data set and a loss that fit it", () => {
  const regression = experiments.withProblem(base, "regression", choices);

  assert.deepEqual([regression.dataset, regression.loss], ["reg-plane", "half-squared"]);
});

test("blobs begin with three classes, and other sets have two", () => {
  const blobs = experiments.withDataset(base, "blobs", ["blobs"]);

  assert.equal(blobs.classes, 3);
  assert.equal(experiments.withDataset(blobs, "circle", ["blobs"]).classes, 2);
});

test("no change touches the experiment it starts from", () => {
  const before = structuredClone(base);
  experiments.withView(base, { mode: "weights" });
  experiments.addLayer(base, "tanh");
  experiments.removeLayer(base);

  assert.deepEqual(base, before);
});

test("given weights go with another network or other starting weights, and stay otherwise", () => {
  const given = { ...base, parameters: [1, 2], weight_seed: 1, learning_rate: 0.1 };
  const left = (/** @type {any} */ after) => experiments.withFittingWeights(given, after).parameters;

  assert.deepEqual(left({ ...given, learning_rate: 0.3 }), [1, 2]);
  assert.deepEqual(left(experiments.withActivation(given, "elu")), [1, 2]);
  assert.equal(left(experiments.addLayer(given, "tanh")), null);
  assert.equal(left(experiments.toggleFeature(given, "xSquared", ORDER)), null);
  assert.equal(left({ ...given, weight_seed: 2 }), null);
  assert.equal(left({ ...given, loss: "softmax" }), null);
  assert.deepEqual(left({ ...given, weight_seed: 2, parameters: [3] }), [3]);
});
