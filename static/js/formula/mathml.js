/** Formulas as plain trees, made without a document, and their MathML. */

import { format } from "../scales.js";

/**
 * A part of a formula: an element of MathML, with a class that colours it.
 * @typedef {{tag: string, kind?: string, parts: (Piece|string)[]}} Piece
 */
/** Where a number stands: as a factor it gets brackets when it begins with a sign. */
/** @typedef {"alone"|"factor"} Place */

const MATH = "http://www.w3.org/1998/Math/MathML";
const TEXT_NODE = 3;

/**
 * @param {string} tag
 * @param {...(Piece|string)} parts
 * @returns {Piece}
 */
const piece = (tag, ...parts) => ({ tag, parts });

/** @param {...Piece} parts */
export const row = (...parts) => piece("mrow", ...parts);
/** @param {string} name */
export const mi = (name) => piece("mi", name);
/** @param {string} digits */
export const mn = (digits) => piece("mn", digits);
/** @param {string} sign */
export const mo = (sign) => piece("mo", sign);
/** @param {string} words */
export const text = (words) => piece("mtext", words);
/** Words with room on both sides. @param {string} words */
export const apart = (words) => text(`\u2002${words}\u2002`);
/** @type {(base: Piece, below: Piece) => Piece} */
export const sub = (base, below) => piece("msub", base, below);
/** @type {(base: Piece, above: Piece) => Piece} */
export const sup = (base, above) => piece("msup", base, above);
/** @type {(base: Piece, below: Piece) => Piece} */
export const under = (base, below) => piece("munder", base, below);
/** @type {(top: Piece, bottom: Piece) => Piece} */
export const frac = (top, bottom) => piece("mfrac", top, bottom);
/** @param {...Piece} parts */
export const root = (...parts) => piece("msqrt", ...parts);
/** @param {Piece} base a mean is written with a bar */
export const bar = (base) => piece("mover", base, mo("‾"));
/** @param {Piece} base */
export const hat = (base) => piece("mover", base, mo("^"));
/** @param {...Piece} parts */
export const brackets = (...parts) => row(mo("("), ...parts, mo(")"));

/**
 * The same with a class: value, gradient, newest, coming, traced.
 * @param {string} kind
 * @param {Piece} part
 * @returns {Piece}
 */
export function marked(kind, part) {
  return { ...part, kind: part.kind ? `${part.kind} ${kind}` : kind };
}

/** @param {string} name of a value: a, z, w, b, y */
export const valueSymbol = (name) => marked("value", mi(name));
/** @param {string} name of a gradient: δ */
export const gradientSymbol = (name) => marked("gradient", mi(name));

/**
 * @param {number} number
 * @param {Place} [place]
 * @returns {Piece}
 */
export function plain(number, place = "alone") {
  const digits = format(number);
  const long = digits.startsWith("−") || digits.includes("·");
  return place === "factor" && long ? brackets(mn(digits)) : mn(digits);
}

/**
 * A weight, a bias, what goes in or comes out.
 * @param {number} number
 * @param {Place} [place]
 */
export const value = (number, place) => marked("value", plain(number, place));

/**
 * A target, with no more digits than it has.
 * @param {number} number
 * @param {Place} [place]
 */
export function target(number, place = "factor") {
  const digits = mn(format(number, "plain"));
  return marked("value", place === "factor" && number < 0 ? brackets(digits) : digits);
}

/**
 * A gradient, in the hue of its sign.
 * @param {number} number
 * @param {Place} [place]
 */
export const gradient = (number, place) =>
  marked(number > 0 ? "gradient above" : number < 0 ? "gradient" : "gradient zero", plain(number, place));

/**
 * ∂top/∂bottom
 * @param {Piece} top
 * @param {Piece} bottom
 */
export const partial = (top, bottom) => frac(row(mo("∂"), top), row(mo("∂"), bottom));
/** ∂L by something. @param {Piece} bottom */
export const lossBy = (bottom) => marked("gradient", partial(mi("L"), bottom));

/**
 * Parts with a sign between each two of them.
 * @param {Piece[]} parts
 * @param {string} sign
 * @returns {Piece[]}
 */
export function joined(parts, sign) {
  return parts.flatMap((part, i) => (i > 0 ? [mo(sign), part] : [part]));
}

/**
 * A row vector, shortened in the middle.
 * @param {number[]} numbers
 * @param {(number: number) => Piece} show
 * @param {number} room how many numbers at most
 */
export function vector(numbers, show, room) {
  if (numbers.length === 1) return show(numbers[0]);
  const cells = numbers.map(show);
  if (cells.length > room) {
    const head = Math.max(1, room - 1);
    cells.splice(head, cells.length - head - 1, mo("…"));
  }
  const spaced = cells.flatMap((cell, i) => (i > 0 ? [text("\u2002"), cell] : [cell]));
  return row(mo("["), ...spaced, mo("]"));
}

/**
 * A matrix's name with its shape under it.
 * @param {Piece} name
 * @param {[rows: number, columns: number]} shape
 */
export const shaped = (name, [rows, columns]) => under(name, marked("shape", mn(`${rows}×${columns}`)));

/**
 * The numbers and signs of a formula, as they stand one after the other.
 * @param {Piece|string} part
 * @returns {string}
 */
export function plainText(part) {
  return typeof part === "string" ? part : part.parts.map(plainText).join("");
}

/**
 * @param {Document} document
 * @param {Piece} formula
 * @returns {Element}
 */
export function toMath(document, formula) {
  const math = document.createElementNS(MATH, "math");
  math.append(toElement(document, formula));
  return math;
}

/**
 * Shows another formula in the place of one: where only numbers differ, only they are written, so
 * that a formula can follow every frame.
 * @param {Element} element what `toMath` gave
 * @param {Piece} formula
 */
export function renew(element, formula) {
  renewPart(/** @type {Element} */ (element.firstChild), formula);
}

/**
 * @param {Element} element
 * @param {Piece} part
 */
function renewPart(element, part) {
  const { childNodes } = element;
  const alike = element.localName === part.tag && childNodes.length === part.parts.length;
  if (!alike) {
    element.replaceWith(toElement(element.ownerDocument, part));
    return;
  }
  const kind = part.kind ?? null;
  if (element.getAttribute("class") !== kind) {
    if (kind) element.setAttribute("class", kind);
    else element.removeAttribute("class");
  }
  part.parts.forEach((inner, i) => {
    const node = childNodes[i];
    if (typeof inner === "string") {
      if (node.nodeType !== TEXT_NODE) node.replaceWith(inner);
      else if (node.nodeValue !== inner) node.nodeValue = inner;
    } else if (node.nodeType === TEXT_NODE) {
      node.replaceWith(toElement(element.ownerDocument, inner));
    } else {
      renewPart(/** @type {Element} */ (node), inner);
    }
  });
}

/**
 * @param {Document} document
 * @param {Piece} part
 * @returns {Element}
 */
function toElement(document, { tag, kind, parts }) {
  const element = document.createElementNS(MATH, tag);
  if (kind) element.setAttribute("class", kind);
  element.append(...parts.map((part) => (typeof part === "string" ? part : toElement(document, part))));
  return element;
}
