/** Where in the network the walk is: the neurons and lines of the step just taken. Pure. */

/** @typedef {import("../dissection.js").Grain} Grain */
/** @typedef {import("../dissection.js").Stage} Stage */
/** @typedef {import("../dissection.js").Walk} Walk */
/** @typedef {{layer: number, unit: number}} Spot unit −1: the whole layer */
/** @typedef {{layer: number, from: number, to: number}} Line from the number of units: the bias */
/** @typedef {Line & {value: number}} Product */
/** @typedef {Product & {left: number, right: number, act: Stage["act"]}} Current */
/** @typedef {(index: number) => number} Levels of a neuron's lines, by the unit at their other end */
/**
 * A step and its size.
 * @typedef {object} View
 * @property {Stage|null} stage
 * @property {Grain} grain
 * @property {Spot|null} spot
 * @property {number[]} shape
 */

/** How much a line is looked at: the rest of the network, the same sum, the step itself. */
export const LEVEL = { rest: 0, beside: 1, current: 2 };
/** More pulses than this no eye follows. */
const PULSES_MOST = 12;

/**
 * The neurons of the step just taken; null where it was in the whole network.
 * @param {Stage|null} stage
 * @param {Grain} grain
 * @param {number} last the output layer
 * @returns {Spot|null}
 */
export function spotOf(stage, grain, last) {
  if (!stage || stage.phase === "update" || grain === "phase") return null;
  if (stage.phase === "loss") return { layer: last, unit: -1 };
  return { layer: stage.layer, unit: grain === "layer" ? -1 : stage.unit };
}

/**
 * The level of each line.
 * @param {View} view
 * @returns {(layer: number, from: number, to: number) => number}
 */
export function levelRule({ stage, grain, spot, shape }) {
  if (!stage || !spot) return () => LEVEL.beside;
  if (stage.phase === "loss") return () => LEVEL.rest;
  const { into, outOf } = grain === "term" ? sidesOfTerm(stage) : sidesOfWhole(stage, grain);
  const at = (/** @type {number} */ layer, /** @type {number} */ unit) =>
    layer === spot.layer && (spot.unit < 0 || unit === spot.unit);
  return (layer, from, to) => {
    if (at(layer, to)) return into(from);
    return from < shape[layer - 1] && at(layer - 1, from) ? outOf(to) : LEVEL.rest;
  };
}

/**
 * Of a step of one product: the line that carries it, and the others of its sum.
 * @param {Stage} stage
 * @returns {{into: Levels, outOf: Levels}}
 */
function sidesOfTerm({ act, term }) {
  const one = (/** @type {number} */ index) => (index === term ? LEVEL.current : LEVEL.beside);
  switch (act) {
    case "came_back":
      return { into: none, outOf: one };
    case "slope":
    case "delta":
      return { into: none, outOf: () => LEVEL.beside };
    case "activation":
      return { into: () => LEVEL.beside, outOf: none };
    default:
      return { into: one, outOf: none };
  }
}

/**
 * Of a neuron's or a layer's step: what it took in, and backward the lines it came back through.
 * @param {Stage} stage
 * @param {Grain} grain
 * @returns {{into: Levels, outOf: Levels}}
 */
function sidesOfWhole({ phase }, grain) {
  const all = () => LEVEL.current;
  if (phase === "forward") return { into: all, outOf: none };
  return { into: all, outOf: grain === "neuron" ? all : () => LEVEL.beside };
}

const none = () => LEVEL.rest;

/**
 * The one product of a step, where it is on a line of the network.
 * @param {View} view
 * @returns {Current|null}
 */
export function currentOf({ stage, grain, shape }) {
  if (!stage || grain !== "term") return null;
  const line = lineOf(stage, shape);
  const { act, left, right, value } = stage;
  return line && { ...line, act, left, right, value };
}

/**
 * @param {Stage} stage
 * @param {number[]} shape
 * @returns {Line|null} null where the step is within a neuron, or between it and the loss
 */
function lineOf({ act, layer, unit, term }, shape) {
  switch (act) {
    case "term":
    case "bias":
    case "dW":
    case "db":
      return { layer, from: term, to: unit };
    case "came_back":
      return layer < shape.length - 1 ? { layer: layer + 1, from: unit, to: term } : null;
    default:
      return null;
  }
}

/**
 * The products that are in the sum already, when another joins it.
 * @param {Walk} walk
 * @param {View} view
 * @returns {Product[]}
 */
export function summedOf({ dissection, position }, { stage, grain, shape }) {
  const adds = stage !== null && ["term", "bias", "came_back"].includes(stage.act);
  if (!adds || grain !== "term") return [];
  // The products of a sum follow each other.
  return Array.from({ length: stage.term }, (_, term) => {
    const earlier = dissection.stage(position - 1 - stage.term + term);
    return { .../** @type {Line} */ (lineOf(earlier, shape)), value: earlier.value };
  });
}

/**
 * The lines along which the step's numbers came, and in which direction.
 * @typedef {object} Pulses
 * @property {"forward"|"back"} way
 * @property {Line[]} lines of the layer after the last, those between the outputs and the loss
 */

/**
 * @param {View} view
 * @returns {Pulses}
 */
export function pulsesOf({ stage, grain, spot, shape }) {
  const way = stage?.phase === "backward" ? "back" : "forward";
  if (!stage || !spot) return { lines: [], way };
  const last = shape.length - 1;
  if (stage.phase === "loss") return { lines: linesOutOf(shape, { layer: last, unit: -1 }), way };
  if (spot.unit < 0) return { lines: [], way };
  if (grain === "term") {
    const line = stage.layer === last && stage.act === "came_back" ? linesOutOf(shape, spot)[0] : lineOf(stage, shape);
    return { lines: line && line.from < shape[line.layer - 1] ? [line] : [], way };
  }
  return { lines: way === "back" ? linesOutOf(shape, spot) : linesInto(shape, spot), way };
}

/**
 * @param {number[]} shape
 * @param {Spot} spot
 * @returns {Line[]}
 */
function linesInto(shape, { layer, unit }) {
  const units = shape[layer - 1];
  if (units > PULSES_MOST) return [];
  return Array.from({ length: units }, (_, from) => ({ layer, from, to: unit }));
}

/**
 * @param {number[]} shape
 * @param {Spot} spot
 * @returns {Line[]}
 */
function linesOutOf(shape, { layer, unit }) {
  const froms = unit < 0 ? Array.from({ length: shape[layer] }, (_, from) => from) : [unit];
  const units = shape[layer + 1] ?? 1;
  if (units > PULSES_MOST) return [];
  return froms.flatMap((from) =>
    Array.from({ length: units }, (_, to) => ({ layer: layer + 1, from, to })),
  );
}
