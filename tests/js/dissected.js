/** Committed answers of the server for the tests of what the microscope says of them. */

import { readFileSync } from "node:fs";

import { Dissection, Walk } from "../../static/js/dissection.js";
import { decode } from "../../static/js/frame.js";
import { Reading } from "../../static/js/microscope/reading.js";

/** @typedef {import("../../static/js/store.js").State} State */
/** @typedef {"lesson"|"cross-entropy"|"adam"|"hand"|"xor-example"|"xor-batch"|"ten-example"|"ten-batch"} Name */

const XOR = {
  shape: [2, 2, 1],
  activations: ["sigmoid", "linear"],
  experiment: { loss: "bce", features: ["x", "y"], optimizer: { name: "sgd" } },
};
const TEN = {
  shape: [2, 4, 2, 1],
  activations: ["tanh", "tanh", "linear"],
  experiment: {
    loss: "bce",
    features: ["x", "y"],
    optimizer: { name: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  },
};

/** What the server was asked with: tests/vectors/dissections/write.py. */
const RUNS = {
  "xor-example": XOR,
  "xor-batch": XOR,
  "ten-example": TEN,
  "ten-batch": TEN,
  hand: {
    shape: [1, 1],
    activations: ["linear"],
    experiment: { loss: "mse", features: ["x"], optimizer: { name: "sgd" } },
  },
  lesson: {
    shape: [1, 1],
    activations: ["linear"],
    experiment: { loss: "mse", features: ["x"], optimizer: { name: "sgd" } },
  },
  "cross-entropy": {
    shape: [2, 2, 1],
    activations: ["sigmoid", "linear"],
    experiment: { loss: "bce", features: ["x", "y"], optimizer: { name: "sgd" } },
  },
  adam: {
    shape: [2, 3, 1],
    activations: ["relu", "tanh"],
    experiment: {
      loss: "half-squared",
      features: ["x", "y"],
      optimizer: { name: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      clipping: { name: "norm", limit: 0.1 },
      regularization: "L2",
      regularization_rate: 0.01,
    },
  },
};

/** @param {Name} name */
export function dissected(name) {
  const file = new URL(`../vectors/dissections/${name}.safetensors`, import.meta.url);
  return new Dissection(decode(new Uint8Array(readFileSync(file)).buffer), RUNS[name].shape);
}

/**
 * A reader at a place of a walk.
 * @param {Name} name
 * @param {number} position stages done
 * @param {{grain?: State["grain"], selection?: State["selection"]}} [view]
 */
export function readingAt(name, position, { grain = "term", selection = null } = {}) {
  const { activations, experiment } = RUNS[name];
  const state = {
    experiment: /** @type {any} */ ({ schedule: { name: "constant" }, clipping: { name: "none" }, regularization: "none", ...experiment }),
    activations,
    selection,
    grain,
  };
  return new Reading(state, new Walk(dissected(name), position));
}

/**
 * The numbers that a formula prints, in their order; subscripts and shapes are none.
 * @param {import("../../static/js/formula/mathml.js").Piece|string} part
 * @returns {string[]}
 */
export function numbersOf(part) {
  if (typeof part === "string") return [];
  const digits = part.parts.join("");
  if (part.tag !== "mn" || part.kind?.includes("shape")) return part.parts.flatMap(numbersOf);
  return /\d[.·]/.test(digits) || (digits === "0" && part.kind) ? [digits] : [];
}
