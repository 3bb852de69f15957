/** What the server answers, and how a node is called in words and formulas. */

import { format } from "../scales.js";

/** @typedef {{line: number, column: number, end_line: number, end_column: number}} Span */
/**
 * @typedef {object} Node
 * @property {number} id
 * @property {"variable"|"constant"|"result"} kind
 * @property {string|null} op
 * @property {string|null} symbol
 * @property {string|null} formula
 * @property {(number|null)[]} constants null for an open end of a clamp
 * @property {string|null} label
 * @property {string[]} names
 * @property {number[]} shape
 * @property {any} value
 * @property {any} gradient
 * @property {any} accumulated
 * @property {[number, number]|null} range
 * @property {number[]} parents
 * @property {Span|null} span
 * @property {(Span|null)[]|null} literals where its numbers are written, row by row
 */
/**
 * @typedef {object} Edge
 * @property {number} id
 * @property {number} from
 * @property {number} to
 * @property {number} operand
 * @property {string|null} formula
 * @property {any} local
 * @property {any} contribution
 * @property {number|null} arrival
 * @property {any} total
 */
/** @typedef {{root: number, nodes: Node[], edges: Edge[], forward: number[], backward: number[]}} Graph */
/** @typedef {{id: number|string, x: number, y: number, width: number, height: number, head: number, layer: number, cells: boolean}} Box head: the part before its numbers; cells: whether those are drawn as cells */
/** @typedef {{from: number|string, to: number|string, edges: number[], points: [number, number][]}} Line */
/** @typedef {{key: string, kind: "turns"|"chain", count: number, members: number[]}} Fold */
/**
 * @typedef {object} Drawing the layout: boxes and lines in px
 * @property {"full"|"light"} manner
 * @property {number} width
 * @property {number} height
 * @property {Box[]} boxes
 * @property {Line[]} lines
 * @property {Record<string, Fold>} folds
 * @property {boolean} foldable
 */
/** @typedef {Span & {kind: string, message: string}} Note */
/** @typedef {Span & {message: string, hint: string}} Fault */
/**
 * @typedef {object} Answer
 * @property {"plain"|"torch"|"micrograd"} dialect
 * @property {Graph|null} graph
 * @property {Drawing|null} picture
 * @property {{line: number, text: string}[]} printed
 * @property {Record<string, any>} grads
 * @property {any[]} passes
 * @property {Note[]} notes
 */
/** @typedef {{base: string, sub: string}} Name */

/**
 * What each node is called: its own name, with a number where several have it; else v for a result
 * and c for a mere number, or another letter where the program has that one, with a number or not,
 * counted from 1.
 * @param {Graph} graph
 * @returns {Name[]}
 */
export function nameNodes({ nodes }) {
  /** @type {Map<string, number>} */
  const bearers = new Map();
  for (const { label } of nodes) {
    if (label) bearers.set(label, (bearers.get(label) ?? 0) + 1);
  }
  /** @type {Map<string, number>} */
  const met = new Map();
  const labels = [...bearers.keys()];
  const [result, constant] = ["vunm", "ckpq"].map((letters) =>
    [...letters].find((letter) => !labels.some((label) => isNumbered(label, letter))) ?? letters);
  return nodes.map((node) => {
    if (node.label) {
      const number = (met.get(node.label) ?? -1) + 1;
      met.set(node.label, number);
      const alone = bearers.get(node.label) === 1;
      return { base: node.label, sub: alone ? "" : String(number) };
    }
    const base = node.kind === "constant" ? constant : result;
    const number = (met.get(base) ?? 0) + 1;
    met.set(base, number);
    return { base, sub: String(number) };
  });
}

/**
 * Whether a name could be read as a letter with a number: v, v2 or v_2.
 * @param {string} label
 * @param {string} letter
 */
function isNumbered(label, letter) {
  return label.startsWith(letter) && /^_?\d*$/.test(label.slice(letter.length));
}

/**
 * A name as plain text.
 * @param {Name} name
 */
export function plainName({ base, sub }) {
  return base + lowered(sub);
}

/**
 * Digits as small ones below the line.
 * @param {string} digits
 */
export function lowered(digits) {
  return [...digits].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
}

/**
 * A number, or what an array is.
 * @param {any} value number, nested lists, or null where it is too large to list
 * @param {number[]} [shape]
 * @returns {string}
 */
export function figure(value, shape = []) {
  if (typeof value === "number") {
    const text = format(value, "plain");
    return text.includes("·") ? format(value) : text;
  }
  if (shape.length > 0) return `[${shape.join("×")}]`;
  return "–";
}

/**
 * The index of a number, counted row by row, in each dimension.
 * @param {number} place
 * @param {number[]} shape
 */
export function indexOf(place, shape) {
  let left = place;
  return shape.reduceRight((index, size) => {
    const here = left % size;
    left = Math.floor(left / size);
    return [here, ...index];
  }, /** @type {number[]} */ ([]));
}
