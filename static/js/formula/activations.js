/** The formulas of the activations and of their slopes, in symbols and with a number filled in. */

import { brackets, frac, mi, mn, mo, root, row, sup } from "./mathml.js";

/** @typedef {import("./mathml.js").Piece} Piece */
/**
 * Symbols or numbers.
 * @typedef {object} Filling
 * @property {Piece} z in brackets where it is negative
 * @property {Piece} bare z for where it stands by itself
 * @property {Piece} a
 * @property {number} sign z's
 */

/** @param {Piece} exponent */
const power = (exponent) => sup(mi("e"), exponent);
/** @param {Piece} z */
const minus = (z) => row(mo("−"), z);
/**
 * @param {string} name
 * @param {...Piece} inside
 */
const call = (name, ...inside) => row(mi(name), brackets(...inside));
/** @param {Piece} z */
const logistic = (z) => frac(mn("1"), row(mn("1"), mo("+"), power(minus(z))));

/** @type {Record<string, (filling: Filling) => Piece>} */
const FUNCTIONS = {
  relu: ({ bare }) => call("max", mn("0"), mo(","), bare),
  tanh: ({ bare }) => call("tanh", bare),
  sigmoid: ({ z }) => logistic(z),
  linear: ({ bare }) => bare,
  "leaky-relu": ({ z, bare }) => call("max", mn("0.01"), mo("·"), z, mo(","), bare),
  elu: ({ z, bare, sign }) => (sign > 0 ? bare : row(power(z), mo("−"), mn("1"))),
  gelu: ({ z }) =>
    row(mn("½"), z, brackets(mn("1"), mo("+"), mi("tanh"), brackets(
      root(frac(mn("2"), mi("π"))), brackets(z, mo("+"), mn("0.0447"), sup(z, mn("3")))))),
  silu: ({ z }) => frac(z, row(mn("1"), mo("+"), power(minus(z)))),
  softplus: ({ z }) => call("ln", mn("1"), mo("+"), power(z)),
  sine: ({ bare }) => call("sin", bare),
  step: ({ bare, sign }) => row(mn(sign < 0 ? "0" : "1"), mo(","), bare, mo(sign < 0 ? "<" : "≥"), mn("0")),
};

/** @type {Record<string, (filling: Filling) => Piece>} */
const SLOPES = {
  relu: ({ bare, sign }) => row(mn(sign > 0 ? "1" : "0"), mo(","), bare, mo(sign > 0 ? ">" : "≤"), mn("0")),
  tanh: ({ a }) => row(mn("1"), mo("−"), sup(a, mn("2"))),
  sigmoid: ({ a }) => row(a, mo("·"), brackets(mn("1"), mo("−"), a)),
  linear: () => mn("1"),
  "leaky-relu": ({ bare, sign }) =>
    row(mn(sign > 0 ? "1" : "0.01"), mo(","), bare, mo(sign > 0 ? ">" : "≤"), mn("0")),
  elu: ({ z, bare, sign }) => (sign > 0 ? row(mn("1"), mo(","), bare, mo(">"), mn("0")) : power(z)),
  silu: ({ z, bare, a }) =>
    row(mi("σ"), brackets(bare), mo("·"), brackets(mn("1"), mo("+"), z, mo("−"), a)),
  softplus: ({ z }) => logistic(z),
  sine: ({ bare }) => call("cos", bare),
  step: () => mn("0"),
};

/**
 * φ(z) by the function's own formula.
 * @param {string} name of the activation
 * @param {Filling} filling
 */
export const activationFormula = (name, filling) => FUNCTIONS[name](filling);

/**
 * φ′(z) by its own formula; null where that is too long to be written here.
 * @param {string} name of the activation
 * @param {Filling} filling
 */
export const slopeFormula = (name, filling) => SLOPES[name]?.(filling) ?? null;
