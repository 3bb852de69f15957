import assert from "node:assert/strict";
import { test } from "node:test";

import { exists, neuronIndex, parameterIndex, selectedIndex } from "../../static/js/parameters.js";

const SHAPE = [2, 4, 2, 1];

test("a layer's block is its weights row by row, then its biases", () => {
  assert.equal(parameterIndex(SHAPE, 1, 1, 3), 7);
  assert.equal(parameterIndex(SHAPE, 1, 2, 0), 8);
  assert.equal(parameterIndex(SHAPE, 2, 0, 0), 12);
  assert.equal(parameterIndex(SHAPE, 3, 2, 0), 24);
});

test("a neuron's parameter is its bias, and an input has none", () => {
  assert.equal(selectedIndex(SHAPE, { kind: "neuron", layer: 3, unit: 0 }), 24);
  assert.equal(selectedIndex(SHAPE, { kind: "neuron", layer: 0, unit: 1 }), -1);
  assert.equal(neuronIndex(SHAPE, 3, 0), 6);
});

test("a selection outlives only the networks that still have it", () => {
  assert.ok(exists(SHAPE, { kind: "weight", layer: 1, from: 1, to: 3 }));
  assert.ok(!exists([2, 3, 1], { kind: "weight", layer: 1, from: 1, to: 3 }));
  assert.ok(!exists([2, 1], { kind: "neuron", layer: 2, unit: 0 }));
});
