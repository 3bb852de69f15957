/** Formulas as MathML, made from the short texts that the engine's tables carry. */

import { figure, lowered } from "./answer.js";

/** @typedef {import("./answer.js").Name} Name */
/** @typedef {(letter: string) => Element|null} Fill what stands for a, b, y, A, B, Y or G */

const MATH = "http://www.w3.org/1998/Math/MathML";
const TOKEN = /\s+|\d+(?:\.\d+)?|[\p{Lu}\p{Ll}\p{Lo}]+|[⁻⁰¹²³⁴-⁹ᵀ]+|./gu;
const FUNCTIONS = new Set(["ln", "sin", "cos", "tanh", "max", "min", "softmax", "σ"]);
const SUPERSCRIPTS = { "²": "2", "³": "3", "ᵀ": "⊤" };

/**
 * An element of MathML.
 * @param {string} tag
 * @param {...(Element|string)} parts
 * @returns {Element}
 */
export function math(tag, ...parts) {
  const element = document.createElementNS(MATH, tag);
  element.append(...parts);
  return element;
}

/**
 * An element with a class, which colours it.
 * @param {string} kind such as "value", "gradient", "gradient plus strong"
 * @param {Element} element
 */
export function coloured(kind, element) {
  element.setAttribute("class", kind);
  return element;
}

/**
 * A gradient's number, in the hue of its sign.
 * @param {any} value
 * @param {number[]} shape
 * @param {"factor"|"alone"|"strong"} [place] strong: what a row comes to
 */
export function gradientMath(value, shape, place = "alone") {
  const sign = typeof value === "number" && value > 0 ? " plus" : "";
  const kind = `gradient${sign}${place === "strong" ? " strong" : ""}`;
  return coloured(kind, numberMath(value, shape, place === "factor" ? "factor" : "alone"));
}

/** @param {Name} name */
export function nameMath({ base, sub }) {
  const whole = /^[−\d]/.test(base) ? math("mn", base) : math("mi", base);
  // As signs of their own: without a font for formulas a browser hardly lowers them.
  return sub ? math("mrow", whole, math("mn", lowered(sub))) : whole;
}

/**
 * A number or a small matrix; a negative number gets brackets where it is a factor.
 * @param {any} value
 * @param {number[]} shape
 * @param {"factor"|"alone"} [place]
 */
export function numberMath(value, shape, place = "alone") {
  if (Array.isArray(value)) return matrixMath(value, shape);
  const text = figure(value, shape);
  const number = math("mn", text);
  return place === "factor" && text.startsWith("−")
    ? math("mrow", math("mo", "("), number, math("mo", ")"))
    : number;
}

/**
 * @param {any[]} value
 * @param {number[]} shape
 */
function matrixMath(value, shape) {
  if (!isListed(value, shape)) return math("mtext", figure(null, shape));
  const rows = Array.isArray(value[0]) ? value : [value];
  const table = math("mtable", ...rows.map((row) =>
    math("mtr", ...row.map((/** @type {number} */ cell) => math("mtd", math("mn", figure(cell)))))));
  // Brackets of the style sheet: not every system has a font whose own would grow.
  table.setAttribute("class", "matrix");
  return math("mrow", table);
}

/**
 * Whether a formula shows a value in numbers: one of its own, or a small matrix.
 * @param {any} value
 * @param {number[]} shape
 */
export function isListed(value, shape) {
  const [columns, rows = 1, ...more] = [...shape].reverse();
  return typeof value === "number" || (Array.isArray(value) && more.length === 0 && rows <= 3 && columns <= 4);
}

/**
 * ∂top/∂bottom
 * @param {Element} top
 * @param {Element} bottom
 */
export function partial(top, bottom) {
  return math("mfrac", math("mrow", math("mo", "∂"), top), math("mrow", math("mo", "∂"), bottom));
}

/**
 * A formula of the engine's tables, with its letters filled in.
 * @param {string} formula such as "b · a^(b − 1)"
 * @param {Fill} fill
 * @returns {Element} an mrow
 */
export function formulaMath(formula, fill) {
  const tokens = [...formula.matchAll(TOKEN)].map((match) => match[0]).filter((one) => one.trim());
  const row = math("mrow");
  let at = 0;

  /** One token, or a group in brackets after ^. @returns {Element} */
  function exponent() {
    if (tokens[at] !== "(") return atom(tokens[at++], fill);
    const inner = math("mrow");
    at += 1;
    for (let depth = 1; at < tokens.length; at += 1) {
      depth += Number(tokens[at] === "(") - Number(tokens[at] === ")");
      if (depth === 0) break;
      inner.append(atom(tokens[at], fill));
    }
    at += 1;
    return inner;
  }

  while (at < tokens.length) {
    const token = tokens[at];
    const last = row.lastElementChild;
    if (token === "^" && last) {
      at += 1;
      raise(last, exponent());
    } else if (token in SUPERSCRIPTS && last) {
      at += 1;
      const sign = SUPERSCRIPTS[/** @type {keyof typeof SUPERSCRIPTS} */ (token)];
      raise(last, math("mn", sign));
    } else {
      at += 1;
      row.append(atom(token, fill));
    }
  }
  return row;
}

/**
 * Puts an exponent on what stands there.
 * @param {Element} base
 * @param {Element} exponent
 */
function raise(base, exponent) {
  const power = math("msup");
  base.replaceWith(power);
  power.append(base, exponent);
}

/**
 * @param {string} token
 * @param {Fill} fill
 * @returns {Element}
 */
function atom(token, fill) {
  if (/^\d/.test(token)) return math("mn", token);
  if (/^[abyABYG]$/.test(token)) return fill(token) ?? math("mi", token);
  if (FUNCTIONS.has(token) || /^\p{L}$/u.test(token)) return math("mi", token);
  if (/^\p{L}/u.test(token)) return math("mtext", ` ${token} `);
  return math("mo", token);
}
