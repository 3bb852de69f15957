/** The names that people read for the names that the protocol uses. */

import { gettext } from "./i18n.js";

/** @typedef {import("./store.js").Selection} Selection */

/** @returns {Record<string, string>} */
export const datasetLabels = () => ({
  circle: gettext("circle"),
  xor: gettext("exclusive or"),
  gauss: gettext("two Gaussians"),
  spiral: gettext("spiral"),
  moons: gettext("moons"),
  rings: gettext("rings"),
  checkerboard: gettext("checkerboard"),
  blobs: gettext("blobs"),
  "reg-plane": gettext("plane"),
  "reg-gauss": gettext("many Gaussians"),
  points: gettext("own points"),
});

/** @returns {Record<string, string>} */
export const activationLabels = () => ({
  relu: "ReLU",
  tanh: "tanh",
  sigmoid: "sigmoid",
  linear: gettext("linear"),
  "leaky-relu": "leaky ReLU",
  elu: "ELU",
  gelu: "GELU",
  silu: "SiLU",
  softplus: "softplus",
  sine: "sine",
  step: gettext("step function"),
});

/** @returns {Record<string, string>} */
export const lossLabels = () => ({
  "half-squared": gettext("½ squared error"),
  mse: gettext("mean squared error"),
  huber: "Huber",
  bce: gettext("binary cross-entropy"),
  softmax: gettext("softmax cross-entropy"),
  hinge: "hinge",
});

/** The losses as they are optimized; a is the output, y the target, n the batch. */
/** @returns {Record<string, string>} */
export const lossFormulas = () => ({
  "half-squared": "L = 1/n · Σ ½ (a − y)²",
  mse: "L = 1/n · Σ (a − y)²",
  huber: "L = 1/n · Σ { ½ (a − y)²  |a − y| ≤ 1;  |a − y| − ½ }",
  bce: "L = −1/n · Σ [ y ln σ(z) + (1 − y) ln(1 − σ(z)) ]",
  softmax: "L = −1/n · Σ ln softmax(z)ᵧ",
  hinge: "L = 1/n · Σ max(0, 1 − y z)",
});

/** @returns {Record<string, string>} */
export const optimizerLabels = () => ({
  sgd: "SGD",
  momentum: gettext("momentum"),
  nesterov: "Nesterov",
  rmsprop: "RMSProp",
  adam: "Adam",
  adamw: "AdamW",
});

/** @returns {Record<string, string>} */
export const regularizationLabels = () => ({ none: gettext("none"), L1: "L1", L2: "L2" });

/** @returns {Record<string, string>} */
export const scheduleLabels = () => ({
  constant: gettext("constant"),
  step: gettext("steps"),
  exponential: gettext("exponential"),
  cosine: gettext("cosine"),
  warmup: gettext("warm-up"),
});

/** @returns {Record<string, string>} */
export const clippingLabels = () => ({
  none: gettext("none"),
  norm: gettext("by norm"),
  value: gettext("by value"),
});

/** @returns {Record<string, string>} */
export const initializerLabels = () => ({
  playground: gettext("uniform ±0.5"),
  zeros: gettext("zeros"),
  normal: gettext("normal"),
  "glorot-uniform": gettext("Glorot, uniform"),
  "glorot-normal": gettext("Glorot, normal"),
  "he-uniform": gettext("He, uniform"),
  "he-normal": gettext("He, normal"),
});

/** The features as HTML-free text; subscripts and squares have their own characters. */
/** @type {Record<string, string>} */
export const FEATURE_LABELS = {
  x: "x₁",
  y: "x₂",
  xSquared: "x₁²",
  ySquared: "x₂²",
  xTimesY: "x₁x₂",
  sinX: "sin x₁",
  sinY: "sin x₂",
};

/**
 * @param {number} layer counts from 1; 0 is the inputs
 * @param {number} last the output layer
 * @returns {string}
 */
export function layerLabel(layer, last) {
  if (layer === 0) return gettext("inputs");
  return layer === last ? gettext("output") : gettext("hidden %(n)s", { n: layer });
}

/**
 * A neuron's name, counting from 1; an only output needs no number.
 * @param {number} layer
 * @param {number} unit 0-based
 * @param {number[]} shape
 * @param {string[]} features
 * @returns {string}
 */
export function neuronLabel(layer, unit, shape, features) {
  if (layer === 0) return FEATURE_LABELS[features[unit]] ?? "";
  const name = layerLabel(layer, shape.length - 1);
  if (layer === shape.length - 1 && shape[layer] === 1) return name;
  return gettext("%(layer)s, neuron %(n)s", { layer: name, n: unit + 1 });
}

/**
 * Where a selection is, in words.
 * @param {Selection} selection
 * @param {number[]} shape
 * @param {string[]} features
 * @returns {string}
 */
export function placeLabel(selection, shape, features) {
  if (selection.kind === "neuron") {
    return neuronLabel(selection.layer, selection.unit, shape, features);
  }
  const from = neuronLabel(selection.layer - 1, selection.from, shape, features);
  return `${from} → ${neuronLabel(selection.layer, selection.to, shape, features)}`;
}

/**
 * A weight or a bias with its place, in words.
 * @param {Selection} selection of layer 1 or on
 * @param {number[]} shape
 * @param {string[]} features
 * @returns {string}
 */
export function parameterLabel(selection, shape, features) {
  const place = placeLabel(selection, shape, features);
  return selection.kind === "weight"
    ? gettext("weight %(place)s", { place })
    : gettext("bias of %(place)s", { place });
}
