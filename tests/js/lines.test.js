import assert from "node:assert/strict";
import { test } from "node:test";

import { Walk } from "../../static/js/dissection.js";
import { givenOfBatch, lineStates, piecesOf } from "../../static/js/microscope/lines.js";
import { dissected } from "./dissected.js";

/**
 * The texts of the lines in a state, at a stop of a grain.
 * @param {import("../../static/js/dissection.js").Grain} grain
 * @param {number} stop which of its stops, from 0; the start is −1
 * @param {import("../../static/js/microscope/lines.js").LineState} wanted
 */
function lines(grain, stop, wanted) {
  const dissection = dissected("cross-entropy");
  const position = stop < 0 ? 0 : dissection.tensor(`stops.${grain}`)[stop];
  const states = lineStates(new Walk(dissection, position), grain);
  return dissection.program.lines.filter((_, i) => states[i] === wanted).map(({ text }) => text);
}

test("at the start every line is to come, at the end every one but the last has run", () => {
  const { length } = dissected("cross-entropy").program.lines;
  assert.equal(lines("term", -1, "coming").length, length);
  const steps = dissected("cross-entropy").tensor("stops.term").length;
  assert.equal(lines("term", steps - 1, "ran").length, length - 1);
  assert.deepEqual(lines("term", steps - 1, "now"), ["loss_after = mean_loss(*split(new_parameters))"]);
});

test("a layer's step lights all its lines, a phase's all of the phase", () => {
  assert.deepEqual(lines("layer", 1, "now"), ["z[2] = a[1] @ W[2] + b[2]", "a[2] = linear(z[2])"]);
  assert.deepEqual(lines("layer", 1, "ran"), ["z[1] = a[0] @ W[1] + b[1]", "a[1] = sigmoid(z[1])"]);
  assert.equal(lines("phase", 0, "now").length, 4);
  assert.deepEqual(lines("phase", 1, "now").map((text) => text.split(" ")[0]), ["per_example", "loss"]);
});

test("a single product lights its line; one that is left half done for another has begun", () => {
  assert.deepEqual(lines("term", 0, "now"), ["z[1] = a[0] @ W[1] + b[1]"]);
  // Two products, the bias, and then the activation of the first of two neurons.
  assert.deepEqual(lines("term", 3, "now"), ["a[1] = sigmoid(z[1])"]);
  assert.deepEqual(lines("term", 3, "begun"), ["z[1] = a[0] @ W[1] + b[1]"]);
});

test("in the update each line is a step", () => {
  const dissection = dissected("adam");
  const stops = dissection.tensor("stops.neuron");
  const lit = [...stops].slice(-4).map((position) => {
    const states = lineStates(new Walk(dissection, position), "neuron");
    return dissection.program.lines.filter((_, i) => states[i] === "now").map(({ name }) => name);
  });
  assert.deepEqual(lit, [["pull"], ["update"], ["new_parameters"], ["loss_after"]]);
});

test("a line is taken apart without losing a character", () => {
  const text = "delta[2] = da[2] * slope[2]";
  const pieces = piecesOf(text);
  assert.equal(pieces.map((piece) => piece.text).join(""), text);
  assert.deepEqual(pieces[0], { text: "delta", kind: "name" });
  assert.equal(pieces.filter(({ kind }) => kind === "index").length, 3);
});

test("what the update takes from the batch's other examples is told apart", () => {
  const line = (/** @type {string} */ text) => ({ phase: 3, layer: 0, name: "gradient", text });
  const program = (/** @type {string} */ text) => ({ definitions: [], setup: [], lines: [line(text)] });
  assert.equal(givenOfBatch(program("gradient = (flatten(dW, db) + others) / batch_rows")), "others");
  assert.equal(givenOfBatch(program("gradient = batch_gradient")), "batch_gradient");
  assert.equal(givenOfBatch(program("gradient = flatten(dW, db)")), null);
});
