/** Which example is traced, where it stands, and what a reader may make of it. Pure. */

import { gettext, ngettext } from "../i18n.js";

/** @typedef {import("../dissection.js").Dissection} Dissection */
/** @typedef {import("../frame.js").Frame} Frame */
/** @typedef {import("../store.js").Traced} Traced */
/** @typedef {[x1: number, x2: number, target: number]} Example */
/** @typedef {"x1"|"x2"|"target"} Field */
/** @typedef {{title: string, aside: string, note: string}} Standing */

/** @type {Field[]} */
export const FIELDS = ["x1", "x2", "target"];

/** @returns {Record<Field, string>} */
export const fieldNames = () => ({ x1: "x₁", x2: "x₂", target: gettext("target") });

/**
 * The example that a dissection walks through.
 * @param {Dissection} dissection
 * @param {Frame} data
 * @returns {Example|null} null for the whole batch, and while other data are on their way
 */
export function exampleOf({ choice: { example } }, data) {
  if (Array.isArray(example)) return /** @type {Example} */ (example);
  const targets = data.tensor("targets");
  if (example === null || example >= targets.length) return null;
  const points = data.tensor("points");
  return [points[2 * example], points[2 * example + 1], targets[example]];
}

/**
 * Where what is traced stands in the batch, and whether the update learns from it.
 * @param {Dissection} dissection
 * @param {Frame} data
 * @returns {Standing}
 */
export function standingOf(dissection, data) {
  const { example } = dissection.choice;
  const [rows, place] = [dissection.scalar("rows"), dissection.scalar("place")];
  if (dissection.averaged) {
    return {
      title: gettext("The whole batch"),
      aside: ngettext("its %(n)s example", "mean of %(n)s examples", rows),
      note: "",
    };
  }
  if (Array.isArray(example)) {
    return {
      title: gettext("Your own example"),
      aside: "",
      note: gettext("A trial: the update does not learn from it."),
    };
  }
  if (place >= 0) {
    return {
      title: gettext("Example %(n)s", { n: place + 1 }),
      aside: rows === 1
        ? gettext("the only one of this batch")
        : gettext("of this batch’s %(n)s", { n: rows }),
      note: "",
    };
  }
  const tests = data.tensor("test")[example] === 1;
  return {
    title: tests ? gettext("Test example") : gettext("Another example"),
    aside: "",
    note: tests
      ? gettext("Row %(n)s of the data: no update ever learns from it.", { n: example + 1 })
      : gettext("Row %(n)s of the data, not in this batch: the update does not learn from it.", { n: example + 1 }),
  };
}

/**
 * What a target may be (docs/reference/protocol.md, "Data").
 * @param {number} classes
 * @returns {number[]}
 */
export function classLabels(classes) {
  return classes > 2 ? Array.from({ length: classes }, (_, k) => k) : [-1, 1];
}

/**
 * The example that an arrow key leads to: left and right through the batch, up and down through
 * all of the data.
 * @param {string} key
 * @param {number} row of the present one
 * @param {Int32Array|number[]} batch rows
 * @param {number[]} all rows that can be chosen, rising
 * @returns {number|null}
 */
export function nextRow(key, row, batch, all) {
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[key];
  if (!by) return null;
  const rows = key === "ArrowLeft" || key === "ArrowRight" ? [...batch] : all;
  const at = rows.indexOf(row);
  if (at < 0) return by > 0 ? rows[0] : rows[rows.length - 1];
  return rows[(at + by + rows.length) % rows.length];
}

/**
 * A number as people type it: with a real minus sign, or a comma for the point.
 * @param {string} text
 * @returns {number} NaN where it is none
 */
export function readNumber(text) {
  const plain = text.trim().replace("−", "-").replace(/^([^.,]*),([^.,]*)$/, "$1.$2");
  return plain === "" ? NaN : Number(plain);
}

/**
 * What is wrong with a typed number, by the name of its field; null where it will do.
 * @param {Field} field
 * @param {string} text
 * @param {[low: number, high: number]} limits
 * @returns {string|null}
 */
export function faultOf(field, text, [low, high]) {
  const number = readNumber(text);
  if (number >= low && number <= high) return null;
  return gettext("%(field)s: expected a number from %(low)s to %(high)s, got %(got)s.", {
    field: fieldNames()[field],
    low: String(low).replace("-", "−"),
    high,
    got: text.trim() === "" ? gettext("nothing") : `“${text.trim()}”`,
  });
}
