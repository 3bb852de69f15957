/** A reader's own points as text: lines of x₁, x₂ and target, as typed or pasted from a spreadsheet. */

import { gettext, ngettext } from "./i18n.js";

/** @typedef {[x1: number, x2: number, target: number]} Point */
/** @typedef {{line: number, point: Point}} Entry a point and its line, counted from 1 */

/**
 * What the points are for.
 * @typedef {object} Wish
 * @property {boolean} regression
 * @property {number[]} labels of the classes
 * @property {[low: number, high: number]} range of every number
 * @property {[fewest: number, most: number]} count
 */

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** How much of a wrong field is quoted. */
const QUOTED = 24;

/**
 * Reads all lines. Empty lines count for nothing; a first line without any number is a header.
 * @param {string} text
 * @param {Wish} wish
 * @returns {{entries: Entry[], faults: string[]}} faults in words, in the order of the lines
 */
export function readPoints(text, wish) {
  const lines = linesOf(text).map((line, i) => ({ line: i + 1, fields: fieldsOf(line) }));
  const filled = lines.filter(({ fields }) => fields.length > 0);
  if (filled.length > 0 && !filled[0].fields.some(isNumber)) filled.shift();
  /** @type {Entry[]} */
  const entries = [];
  /** @type {string[]} */
  const faults = [];
  const zeroIsBelow = zeroStandsForBelow(filled.map(({ fields }) => fields[2]), wish);
  for (const { line, fields } of filled) {
    const found = faultsOf(line, fields, wish, zeroIsBelow);
    faults.push(...found);
    if (found.length > 0) continue;
    const [x1, x2, target] = fields.map(Number);
    entries.push({ line, point: [x1, x2, zeroIsBelow && target === 0 ? -1 : target] });
  }
  const [, most] = wish.count;
  if (entries.length > most) {
    faults.unshift(
      gettext("Expected at most %(most)s points, got %(count)s.", { most, count: entries.length }),
    );
  }
  return { entries, faults };
}

/**
 * A line of the text for a point.
 * @param {Point} point
 */
export function writePoint(point) {
  return point.join(", ");
}

/**
 * The smallest number of classes that has all labels of the text, if the present number has not.
 * @param {string} text
 * @param {Record<string, number[]>} labelsOf by number of classes
 * @param {number} classes now
 * @returns {number}
 */
export function fittingClasses(text, labelsOf, classes) {
  const targets = linesOf(text).map((line) => fieldsOf(line)[2] ?? "");
  const used = new Set(targets.filter(isNumber).map(Number));
  const fits = (/** @type {number[]} */ labels) => [...used].every((label) => labels.includes(label));
  if (used.size === 0 || fits(labelsOf[classes]) || fits([0, 1])) return classes;
  const others = Object.entries(labelsOf).filter(([, labels]) => fits(labels));
  return others.length > 0 ? Number(others[0][0]) : classes;
}

/**
 * A point with its class under the labels of another number of classes: the first stays the first.
 * @param {Point} point
 * @param {number[]} before
 * @param {number[]} after
 * @returns {Point} a class that there is no more keeps its label, to be put right
 */
export function relabelled([x1, x2, target], before, after) {
  return [x1, x2, after[before.indexOf(target)] ?? target];
}

/** @param {string} text */
export function linesOf(text) {
  return text.split(/\r\n|\r|\n/);
}

/**
 * What stands between tabs or semicolons, else between commas, else between spaces. Where a comma
 * does not part fields it is a decimal one; a full-width comma or semicolon counts as its sister.
 * @param {string} line
 * @returns {string[]} without empty ones at the end
 */
function fieldsOf(line) {
  const plain = line.replaceAll("，", ",").replaceAll("；", ";").replaceAll("−", "-").trim();
  const parts = /[\t;]/.test(plain)
    ? plain.split(/[\t;]/).map((part) => part.replace(",", "."))
    : plain.split(plain.includes(",") ? "," : /\s+/);
  const fields = parts.map((part) => part.trim().replace(/^"(.*)"$/, "$1").trim());
  while (fields.at(-1) === "") fields.pop();
  return fields;
}

/** @param {string} field */
function isNumber(field) {
  return NUMBER.test(field);
}

/**
 * Many tables write two classes as 0 and 1; ours are −1 and 1.
 * @param {string[]} targets
 * @param {Wish} wish
 */
function zeroStandsForBelow(targets, { regression, labels }) {
  if (regression || labels.length !== 2) return false;
  const used = targets.filter((field) => field !== undefined && isNumber(field)).map(Number);
  return used.includes(0) && used.every((label) => label === 0 || label === 1);
}

/** @param {string} field */
function quoted(field) {
  return field.length > QUOTED ? `${field.slice(0, QUOTED - 1)}…` : field;
}

/** A number with a minus as it is printed. @param {number} number */
export function typeset(number) {
  return String(number).replace("-", "−");
}

/**
 * @param {number} line
 * @param {string[]} fields
 * @param {Wish} wish
 * @param {boolean} zeroIsBelow
 * @returns {string[]}
 */
function faultsOf(line, fields, { regression, labels, range }, zeroIsBelow) {
  if (fields.length !== 3) {
    const got = ngettext("%(n)s field", "%(n)s fields", fields.length);
    return [gettext("Line %(line)s: expected x₁, x₂ and the target, got %(got)s.", { line, got })];
  }
  const [low, high] = range;
  const names = ["x₁", "x₂", gettext("target")];
  const number = gettext("a number from %(low)s to %(high)s", { low: typeset(low), high });
  const known = zeroIsBelow ? [...labels, 0] : labels;
  const outside = (/** @type {string} */ field) => Number(field) < low || Number(field) > high;
  return fields.flatMap((got, i) => {
    const ofClass = i === 2 && !regression;
    const wrong = !isNumber(got) || (ofClass ? !known.includes(Number(got)) : outside(got));
    if (!wrong) return [];
    const expected = ofClass ? gettext("a class: %(choices)s", { choices: labels.map(typeset).join(", ") }) : number;
    return [
      gettext("Line %(line)s, %(field)s: expected %(expected)s, got “%(got)s”.", {
        line,
        field: names[i],
        expected,
        got: quoted(got),
      }),
    ];
  });
}
