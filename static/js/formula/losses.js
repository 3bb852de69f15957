/** The formulas of the losses and of their derivatives, in symbols and with numbers filled in. */

import { gettext } from "../i18n.js";
import { apart, brackets, mi, mn, mo, row, sub, sup, target, text, value, valueSymbol } from "./mathml.js";

/** @typedef {import("./mathml.js").Piece} Piece */
/** @typedef {{a: number, y: number, da: number, presented: number}} Output */

/** Losses that are a mean over the outputs, not a sum. */
export const MEAN_OVER_OUTPUTS = new Set(["mse", "huber", "bce", "hinge"]);

/**
 * @param {Output} output
 * @param {boolean} inBrackets
 */
function difference({ a, y }, inBrackets = true) {
  const parts = [value(a), mo("−"), target(y)];
  return inBrackets ? brackets(...parts) : row(...parts);
}

/** @param {Output} output */
const isNear = ({ a, y }) => Math.abs(a - y) <= 1;
/** The logarithm's name, clear of what stands beside it. */
const ln = () => row(text("\u2009"), mi("ln"), text("\u2009"));
/** @param {Piece} z */
const logistic = (z) => row(mi("σ"), brackets(z));

/**
 * One output's share of the example's loss, in numbers.
 * @type {Record<string, (output: Output) => Piece>}
 */
export const LOSS_TERMS = {
  "half-squared": (output) => row(mn("½"), sup(difference(output), mn("2"))),
  mse: (output) => sup(difference(output), mn("2")),
  huber: (output) =>
    isNear(output)
      ? row(mn("½"), sup(difference(output), mn("2")))
      : row(mo("|"), difference(output, false), mo("|"), mo("−"), mn("½")),
  bce: ({ a, y }) =>
    y > 0
      ? row(mo("−"), ln(), logistic(value(a)))
      : row(mo("−"), ln(), brackets(mn("1"), mo("−"), logistic(value(a)))),
  softmax: ({ presented }) => row(mo("−"), ln(), value(presented)),
  hinge: ({ a, y }) =>
    row(mi("max"), brackets(mn("0"), mo(","), mn("1"), mo("−"), target(y), mo("·"), value(a, "factor"))),
};

/** @type {Record<string, () => Piece>} the same in symbols */
export const LOSS_SYMBOLS = {
  "half-squared": () => row(mn("½"), squaredError()),
  mse: squaredError,
  huber: () => row(mi("Huber"), brackets(valueSymbol("a"), mo("−"), valueSymbol("y"))),
  bce: () =>
    row(mo("−"), mo("["), valueSymbol("y"), ln(), logistic(valueSymbol("z")), mo("+"),
      brackets(mn("1"), mo("−"), valueSymbol("y")), ln(),
      brackets(mn("1"), mo("−"), logistic(valueSymbol("z"))), mo("]")),
  softmax: () =>
    row(mo("−"), ln(), sub(row(mi("softmax"), brackets(valueSymbol("z"))), valueSymbol("y"))),
  hinge: () =>
    row(mi("max"), brackets(mn("0"), mo(","), mn("1"), mo("−"), valueSymbol("y"), valueSymbol("z"))),
};

function squaredError() {
  return sup(brackets(valueSymbol("a"), mo("−"), valueSymbol("y")), mn("2"));
}

/**
 * ∂L/∂a of one output: in symbols, and in numbers.
 * @type {Record<string, {symbols: () => Piece, numbers: (output: Output) => Piece}>}
 */
export const LOSS_DERIVATIVES = {
  "half-squared": {
    symbols: () => row(valueSymbol("a"), mo("−"), valueSymbol("y")),
    numbers: (output) => difference(output, false),
  },
  mse: {
    symbols: () => row(mn("2"), brackets(valueSymbol("a"), mo("−"), valueSymbol("y"))),
    numbers: (output) => row(mn("2"), mo("·"), difference(output)),
  },
  huber: {
    symbols: () =>
      row(mi("clip"), brackets(valueSymbol("a"), mo("−"), valueSymbol("y"), mo(","), mo("±"), mn("1"))),
    numbers: (output) => row(mi("clip"), brackets(difference(output, false), mo(","), mo("±"), mn("1"))),
  },
  bce: {
    symbols: () => row(logistic(valueSymbol("z")), mo("−"), valueSymbol("y")),
    numbers: ({ a, y }) => row(logistic(value(a)), mo("−"), target(y)),
  },
  softmax: {
    symbols: () => row(mi("softmax"), brackets(valueSymbol("z")), mo("−"), valueSymbol("y")),
    numbers: ({ presented, y }) => row(value(presented), mo("−"), target(y)),
  },
  hinge: {
    symbols: () => row(mo("−"), valueSymbol("y"), apart(gettext("if y z < 1, else 0"))),
    numbers: ({ a, y, da }) =>
      da !== 0
        ? row(mo("−"), target(y))
        : row(mn("0"), mo(","), target(y), mo("·"), value(a, "factor"), mo("≥"), mn("1")),
  },
};
