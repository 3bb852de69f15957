/** What a gradient check says: pure, from the server's message to a verdict, rows and CSV. */

import { selectionAt } from "../parameters.js";

/** @typedef {import("../frame.js").Frame} Frame */
/** @typedef {import("../store.js").Selection} Selection */

/** Right code stays below this away from kinks (engine/gradcheck.py); a mistake goes far beyond. */
export const MOST_ERROR = 1e-5;

/**
 * @typedef {object} Verdict
 * @property {"agree"|"differ"|"kinks"|"huge"} kind kinks and huge: nothing could be compared,
 *   because every parameter is at a kink, or because the loss is too large for a number
 * @property {number} run
 * @property {number} step
 * @property {number} rows examples that the gradient is the mean over
 * @property {number} error the largest relative one away from kinks; NaN where all are at kinks
 * @property {number} worst its parameter, or -1
 * @property {number} kinks parameters at a kink
 * @property {number} size all parameters
 */

/**
 * @param {Frame} message of the kind "gradcheck"
 * @returns {Verdict}
 */
export function verdictOf(message) {
  const error = message.scalar("largest_error");
  const worst = message.scalar("worst");
  const kinks = message.tensor("at_kink");
  return {
    kind: kindOf(worst, error),
    run: message.scalar("run"),
    step: message.scalar("step"),
    rows: message.scalar("rows"),
    error,
    worst,
    kinks: kinks.filter((crossed) => crossed === 1).length,
    size: kinks.length,
  };
}

/**
 * @param {number} worst
 * @param {number} error
 * @returns {Verdict["kind"]}
 */
function kindOf(worst, error) {
  if (worst < 0) return "kinks";
  if (!Number.isFinite(error)) return "huge";
  return error <= MOST_ERROR ? "agree" : "differ";
}

/** @typedef {"place"|"analytic"|"numeric"|"error"} Column */

/**
 * The parameters in the order of a column: by place as they stand, by numbers the largest first.
 * Those at kinks stand behind the others when errors are compared.
 * @param {Frame} message
 * @param {Column} column
 * @returns {number[]} positions of parameters
 */
export function orderBy(message, column) {
  const order = Array.from(message.tensor("analytic"), (_, i) => i);
  if (column === "place") return order;
  const values = message.tensor(column === "error" ? "relative_error" : column);
  const kinks = message.tensor("at_kink");
  const last = (/** @type {number} */ i) => (column === "error" ? kinks[i] : 0);
  return order.sort((i, j) => last(i) - last(j) || Math.abs(values[j]) - Math.abs(values[i]) || i - j);
}

/**
 * Everything as comma-separated values with all their digits. Indices are the protocol's: layers
 * count from 1, units from 0, and a bias comes from nowhere.
 * @param {Frame} message
 * @param {number[]} shape
 * @returns {string}
 */
export function toCsv(message, shape) {
  const names = ["analytic", "numeric", "relative_error", "at_kink"];
  const columns = names.map((name) => message.tensor(name));
  const rows = Array.from(columns[0], (_, i) => {
    const place = selectionAt(shape, i);
    const where =
      place.kind === "weight"
        ? ["W", place.layer, place.from, place.to]
        : ["b", place.layer, "", place.unit];
    return [...where, ...columns.map((column) => column[i])].join(",");
  });
  return `${["parameter", "layer", "from", "to", ...names].join(",")}\n${rows.join("\n")}\n`;
}
