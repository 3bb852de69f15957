/** What the lines of the update have in common: their quantities, symbols and equations. */

import { gettext } from "../../i18n.js";
import { format } from "../../scales.js";
import {
  brackets, gradientSymbol, mi, mn, mo, row, sub, text, valueSymbol,
} from "../../formula/mathml.js";

/** @typedef {import("../../formula/mathml.js").Piece} Piece */
/** @typedef {import("../reading.js").Reading} Reading */
/** @typedef {import("./update.js").Chosen} Chosen */
/** @typedef {{reading: Reading, chosen: Chosen, room: number}} At */
/** @typedef {{words: string, formula: Piece[], result: string}} Said */
/** @typedef {(at: At) => Said} LineOf */

/**
 * A quantity of the update, of the chosen parameter or of the whole.
 * @param {At} at
 * @param {string} name such as "update.m" or "before.m"
 */
export function number({ reading, chosen }, name) {
  const array = reading.dissection.tensor(name);
  return array.length === 1 ? array[0] : array[chosen.index];
}

/** @param {At} at */
export const rate = ({ reading }) => reading.dissection.scalar("learning_rate");
/** @param {At} at */
export const optimizer = ({ reading }) => reading.experiment.optimizer;
/** w or b @param {At} at */
export const letter = ({ chosen }) => valueSymbol(chosen.bias ? "b" : "w");
/** @param {At} at */
export const old = (at) => at.reading.dissection.tensor("parameters")[at.chosen.index];
/** @param {number} one */
export const fixed = (one) => mn(format(one, "plain"));
/** 1 − β @param {number} share */
export const rest = (share) => brackets(mn("1"), mo("−"), fixed(share));
export const g = () => gradientSymbol("g");
export const gClipped = () => sub(g(), text(gettext("clipped")));
export const eta = () => mi("η");
/** The learning rate of one parameter alone. @param {At} at */
export const ownEta = ({ chosen }) => sub(eta(), mi(chosen.bias ? "b" : "w"));
export const step = () => mi("s");
/** @param {At} at */
export const moves = (at) => row(mi("Δ"), letter(at));

/** The gradient that the optimizer gets. @param {At} at */
export function used(at) {
  const name = at.reading.dissection.has("update.clipped") ? "clipped" : "gradient";
  return { symbol: name === "clipped" ? gClipped() : g(), number: number(at, `update.${name}`) };
}

/**
 * symbol = formula = numbers = result
 * @param {Piece} symbol
 * @param {Piece|null} formula
 * @param {Piece|null} numbers
 * @param {Piece} result
 */
export function equation(symbol, formula, numbers, result) {
  const parts = [formula, numbers, result].filter((part) => part !== null);
  return [row(symbol, ...parts.flatMap((part) => [mo("="), part]))];
}

/**
 * @param {string} words
 * @param {Piece[]} formula
 * @param {string} result
 * @returns {Said}
 */
export const said = (words, formula, result) => ({ words, formula, result });
