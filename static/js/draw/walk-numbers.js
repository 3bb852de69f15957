/** Which numbers of the walk stand where in the picture, as text. Pure. */

import { LARGE_PX } from "../layout.js";
import { format } from "../scales.js";

/** @typedef {import("../layout.js").Labels} Labels */
/** @typedef {import("../microscope/sight.js").NodeSight} NodeSight */
/** @typedef {import("../microscope/spot.js").Current} Current */
/** @typedef {"z"|"a"|"da"|"delta"|"below"|"above"|"beside"} Slot */
/** @typedef {"value"|"above"|"below"|"zero"} Tone a value, or a gradient above, below or at zero */
/** @typedef {{symbol: string, value: string, tone: Tone}} Figure */
/** @typedef {{x: number, y: number, align: "left"|"right"|"center"}} Place px from the neuron's middle */

/** Forward below, backward above: what the numbers keep from their neuron's edges. */
const BESIDE_PX = 5;
const INSIDE_PX = 4;
const BENEATH_PX = { large: 11, small: 8 };

/**
 * Where a neuron's numbers stand: z and δ where lines come in, a and ∂L/∂a where they go out.
 * @param {number} size_px
 * @returns {Record<Slot, Place>}
 */
export function slots(size_px) {
  const half = size_px / 2;
  const beneath = half + (size_px > LARGE_PX ? BENEATH_PX.large : BENEATH_PX.small);
  const [side, row] = [half + BESIDE_PX, half - INSIDE_PX];
  return {
    z: { x: -side, y: row, align: "right" },
    a: { x: side, y: row, align: "left" },
    da: { x: side, y: -row, align: "left" },
    delta: { x: -side, y: -row, align: "right" },
    below: { x: 0, y: beneath, align: "center" },
    above: { x: 0, y: -beneath, align: "center" },
    beside: { x: side, y: 0, align: "left" },
  };
}

/**
 * A neuron's numbers as far as they have arrived and there is room for them.
 * @param {NodeSight} node
 * @param {Labels|"beside"} labels beside: the newest, where its column has no room for numbers
 * @returns {Partial<Record<Slot, Figure>>}
 */
export function nodeFigures(node, labels) {
  const z = node.z && value(node.z.partial ? "Σ" : "z", node.z.value);
  const a = node.a === null ? null : value(node.layer === 0 ? "" : "a", node.a);
  if (node.layer === 0) return labels === "beside" ? {} : there({ below: a });
  const da = node.da && gradient(node.da.partial ? "Σ" : "∂L/∂a", node.da.value);
  const delta = node.delta === null ? null : gradient("δ", node.delta);
  switch (labels) {
    case "corners":
      return there({ z, a, da, delta });
    case "stacked":
      return there({ below: a ?? z, above: delta ?? da });
    case "single":
      return there({ below: delta ?? da ?? a ?? z });
    case "beside":
      return there({ beside: delta ?? da ?? a ?? z });
    default:
      return {};
  }
}

/**
 * The product of a step, written out where there is room and the factors are its own: a mean of
 * products is not the product of the means.
 * @param {Current} current
 * @param {{averaged: boolean, roomy: boolean}} how
 * @returns {Figure}
 */
export function productFigure({ act, left, right, value: product }, { averaged, roomy }) {
  const factors = `${format(left)} · ${inBrackets(right)} = `;
  switch (act) {
    case "bias":
      return value("+ b", product);
    case "db":
      return gradient("∂L/∂b", product);
    case "dW":
      return roomy && !averaged
        ? gradient("a·δ", product, factors)
        : gradient("∂L/∂w", product);
    case "came_back":
      return roomy ? gradient("w·δ", product, factors) : gradient("w·δ", product);
    default:
      return roomy ? value("w·a", product, factors) : value("w·a", product);
  }
}

/**
 * A product that is in the sum already.
 * @param {Current["act"]} act of the step
 * @param {number} product
 */
export function summedFigure(act, product) {
  return act === "came_back" ? gradient("", product) : value("", product);
}

/**
 * @param {string} symbol
 * @param {number} number
 * @param {string} [before]
 * @returns {Figure}
 */
export function value(symbol, number, before = "") {
  return { symbol, value: before + format(number), tone: "value" };
}

/**
 * @param {string} symbol
 * @param {number} number
 * @param {string} [before]
 * @returns {Figure}
 */
function gradient(symbol, number, before = "") {
  const tone = number > 0 ? "above" : number < 0 ? "below" : "zero";
  return { symbol, value: before + format(number), tone };
}

/**
 * What the output should have been.
 * @param {number} y
 * @returns {Figure}
 */
export function targetFigure(y) {
  return { symbol: "y", value: format(y, "plain"), tone: "value" };
}

/** @param {number} number */
function inBrackets(number) {
  return number < 0 ? `(${format(number)})` : format(number);
}

/**
 * @template {string} K
 * @param {Record<K, Figure|null>} figures
 * @returns {Partial<Record<K, Figure>>} without those that are not there
 */
function there(figures) {
  const entries = /** @type {[K, Figure|null][]} */ (Object.entries(figures));
  return /** @type {Partial<Record<K, Figure>>} */ (
    Object.fromEntries(entries.filter(([, figure]) => figure !== null))
  );
}
