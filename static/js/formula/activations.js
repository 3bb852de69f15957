/** The formulas of the activations and of their slopes, in symbols and with a number filled in. */

import { brackets, frac, mi, mn, mo, root, row, sup } from "./mathml.js";

/** @typedef {import("./mathml.js").Piece} Piece */
/** @typedef {{z: Piece, a: Piece, sign: number}} Filling z and a as symbols or as numbers; z's sign */

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
  relu: ({ z }) => call("max", mn("0"), mo(","), z),
  tanh: ({ z }) => call("tanh", z),
  sigmoid: ({ z }) => logistic(z),
  linear: ({ z }) => z,
  "leaky-relu": ({ z }) => call("max", mn("0.01"), mo("·"), z, mo(","), z),
  elu: ({ z, sign }) => (sign > 0 ? z : row(power(z), mo("−"), mn("1"))),
  gelu: ({ z }) =>
    row(mn("½"), z, brackets(mn("1"), mo("+"), mi("tanh"), brackets(
      root(frac(mn("2"), mi("π"))), brackets(z, mo("+"), mn("0.0447"), sup(z, mn("3")))))),
  silu: ({ z }) => frac(z, row(mn("1"), mo("+"), power(minus(z)))),
  softplus: ({ z }) => call("ln", mn("1"), mo("+"), power(z)),
  sine: ({ z }) => call("sin", z),
  step: ({ z, sign }) => row(mn(sign < 0 ? "0" : "1"), mo(","), z, mo(sign < 0 ? "<" : "≥"), mn("0")),
};

/** @type {Record<string, (filling: Filling) => Piece>} */
const SLOPES = {
  relu: ({ z, sign }) => row(mn(sign > 0 ? "1" : "0"), mo(","), z, mo(sign > 0 ? ">" : "≤"), mn("0")),
  tanh: ({ a }) => row(mn("1"), mo("−"), sup(a, mn("2"))),
  sigmoid: ({ a }) => row(a, mo("·"), brackets(mn("1"), mo("−"), a)),
  linear: () => mn("1"),
  "leaky-relu": ({ z, sign }) =>
    row(mn(sign > 0 ? "1" : "0.01"), mo(","), z, mo(sign > 0 ? ">" : "≤"), mn("0")),
  elu: ({ z, sign }) => (sign > 0 ? row(mn("1"), mo(","), z, mo(">"), mn("0")) : power(z)),
  silu: ({ z, a }) =>
    row(mi("σ"), brackets(z), mo("·"), brackets(mn("1"), mo("+"), z, mo("−"), a)),
  softplus: ({ z }) => logistic(z),
  sine: ({ z }) => call("cos", z),
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
