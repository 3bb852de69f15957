/** The optimizer's lines of the update: what it remembers, and the step that it makes of it. */

import { gettext } from "../../i18n.js";
import { format } from "../../scales.js";
import {
  brackets, frac, gradient, hat, mi, mn, mo, plain, root, row, sup, value,
} from "../../formula/mathml.js";
import {
  equation, eta, fixed, letter, moves, number, old, optimizer, ownEta, rate, rest, said, step, used,
} from "./line.js";

/** @typedef {import("./line.js").LineOf} LineOf */
/** @typedef {import("./line.js").At} At */
/** @typedef {import("../../formula/mathml.js").Piece} Piece */

/**
 * What an optimizer remembers of the gradients.
 * @typedef {object} Memory
 * @property {string} name
 * @property {Piece} symbol
 * @property {number} keep the share of it that stays
 * @property {string} keepSymbol
 * @property {string} words
 * @property {boolean} blend whether the new one comes in with the rest of that share, or whole
 * @property {boolean} squared
 */

/**
 * keep · before + now
 * @param {At} at
 * @param {Memory} rule
 */
function memoryLine(at, { name, symbol, keep, keepSymbol, words, blend, squared }) {
  const now = used(at);
  const square = (/** @type {Piece} */ part) => (squared ? sup(part, mn("2")) : part);
  const weight = (/** @type {Piece} */ share) => (blend ? [share, mo("·")] : []);
  const result = number(at, `update.${name}`);
  return said(
    words,
    equation(
      symbol,
      row(
        mi(keepSymbol), symbol, mo("+"),
        ...weight(brackets(mn("1"), mo("−"), mi(keepSymbol))), square(now.symbol),
      ),
      row(
        fixed(keep), mo("·"), plain(number(at, `before.${name}`), "factor"), mo("+"),
        ...weight(rest(keep)), square(gradient(now.number, "factor")),
      ),
      plain(result),
    ),
    format(result),
  );
}

/** @type {LineOf} */
const velocityLine = (at) =>
  memoryLine(at, {
    name: "velocity",
    symbol: mi("v"),
    keep: optimizer(at).momentum,
    keepSymbol: "μ",
    words: gettext("its velocity: part of what it had, plus the new gradient."),
    blend: false,
    squared: false,
  });

/** @type {LineOf} */
function aheadLine(at) {
  const now = used(at);
  const ahead = number(at, "update.ahead");
  return said(
    gettext("the gradient plus the velocity that stays."),
    equation(
      mi("d"),
      row(now.symbol, mo("+"), mi("μ"), mi("v")),
      row(
        gradient(now.number), mo("+"), fixed(optimizer(at).momentum),
        mo("·"), plain(number(at, "update.velocity"), "factor"),
      ),
      plain(ahead),
    ),
    format(ahead),
  );
}

/** @type {LineOf} */
const meanSquareLine = (at) =>
  memoryLine(at, {
    name: "mean_square",
    symbol: mi("r"),
    keep: optimizer(at).rho,
    keepSymbol: "ρ",
    words: gettext("a running mean of its squared gradients."),
    blend: true,
    squared: true,
  });

/** @type {LineOf} */
const firstMomentLine = (at) =>
  memoryLine(at, {
    name: "m",
    symbol: mi("m"),
    keep: optimizer(at).beta1,
    keepSymbol: "β₁",
    words: gettext("a running mean of its gradients: the direction."),
    blend: true,
    squared: false,
  });

/** @type {LineOf} */
const secondMomentLine = (at) =>
  memoryLine(at, {
    name: "v",
    symbol: mi("v"),
    keep: optimizer(at).beta2,
    keepSymbol: "β₂",
    words: gettext("a running mean of its squared gradients: the size."),
    blend: true,
    squared: true,
  });

/** @type {LineOf} */
function countLine(at) {
  const t = number(at, "update.t");
  return said(
    gettext("Adam counts its updates."),
    equation(
      mi("t"),
      row(mi("t"), mo("+"), mn("1")),
      row(fixed(number(at, "before.t")), mo("+"), mn("1")),
      fixed(t),
    ),
    `t = ${format(t, "plain")}`,
  );
}

/**
 * m̂ and v̂: what began at zero is made larger.
 * @param {At} at
 * @param {"m"|"v"} name
 * @param {string} symbol
 * @param {number} keep
 */
function correctedLine(at, name, symbol, keep) {
  const result = number(at, `update.${name}_hat`);
  const t = fixed(number(at, "update.t"));
  return said(
    name === "m"
      ? gettext("that mean began at zero; this makes up for it.")
      : gettext("the same for the mean of the squares."),
    equation(
      hat(mi(name)),
      frac(mi(name), row(mn("1"), mo("−"), sup(mi(symbol), mi("t")))),
      frac(plain(number(at, `update.${name}`)), row(mn("1"), mo("−"), sup(fixed(keep), t))),
      plain(result),
    ),
    format(result),
  );
}

/** @type {LineOf} */
function effectiveRateLine(at) {
  const rms = at.reading.dissection.has("update.mean_square");
  const name = rms ? "mean_square" : "v_hat";
  const symbol = rms ? mi("r") : hat(mi("v"));
  const result = number(at, "update.effective_rate");
  return said(
    gettext("a rate of its own, smaller after large gradients."),
    equation(
      ownEta(at),
      frac(eta(), row(root(symbol), mo("+"), mi("ε"))),
      frac(
        plain(rate(at)),
        row(root(plain(number(at, `update.${name}`))), mo("+"), fixed(optimizer(at).epsilon)),
      ),
      plain(result),
    ),
    format(result),
  );
}

/**
 * What each optimizer's step is: by the learning rate or by the parameter's own, of the gradient or
 * of what it has made of that.
 * @type {Record<string, {ownRate: boolean, of: {symbol: Piece, quantity: string}|null}>}
 */
const STEPS = {
  sgd: { ownRate: false, of: null },
  momentum: { ownRate: false, of: { symbol: mi("v"), quantity: "update.velocity" } },
  nesterov: { ownRate: false, of: { symbol: mi("d"), quantity: "update.ahead" } },
  rmsprop: { ownRate: true, of: null },
  adam: { ownRate: true, of: { symbol: hat(mi("m")), quantity: "update.m_hat" } },
  adamw: { ownRate: true, of: { symbol: hat(mi("m")), quantity: "update.m_hat" } },
};

/** − rate · direction, in symbols and in numbers. @param {At} at */
function stepFormula(at) {
  const { ownRate, of } = STEPS[optimizer(at).name];
  const now = used(at);
  const by = ownRate ? number(at, "update.effective_rate") : rate(at);
  const direction = of
    ? plain(number(at, of.quantity), "factor")
    : gradient(now.number, "factor");
  return {
    formula: row(mo("−"), ownRate ? ownEta(at) : eta(), mo("·"), of ? of.symbol : now.symbol),
    numbers: row(mo("−"), plain(by, "factor"), mo("·"), direction),
  };
}

/** @type {LineOf} */
function adamStepLine(at) {
  const result = number(at, "update.adam_step");
  const { formula, numbers } = stepFormula(at);
  return said(
    gettext("Adam's step, against the gradient."),
    equation(mi("u"), formula, numbers, plain(result)),
    format(result),
  );
}

/** @type {LineOf} */
function decayLine(at) {
  const result = number(at, "update.decay");
  return said(
    gettext("the decay pulls it towards zero, apart from the gradient."),
    equation(
      mi("d"),
      row(mo("−"), eta(), mi("λ"), letter(at)),
      row(
        mo("−"), plain(rate(at)), mo("·"), fixed(optimizer(at).weight_decay),
        mo("·"), value(old(at), "factor"),
      ),
      plain(result),
    ),
    format(result),
  );
}

/**
 * The optimizer's step: what is added, or with a penalty what it proposes.
 * @param {At} at
 * @param {"proposed"|"update"} name
 */
export function proposal(at, name) {
  const result = number(at, `update.${name}`);
  const symbol = name === "update" ? moves(at) : step();
  if (optimizer(at).name === "adamw") {
    const [moved, decay] = [number(at, "update.adam_step"), number(at, "update.decay")];
    return said(
      gettext("step and decay together."),
      equation(
        symbol,
        row(mi("u"), mo("+"), mi("d")),
        row(plain(moved), mo("+"), plain(decay, "factor")),
        plain(result),
      ),
      format(result),
    );
  }
  const { formula, numbers } = stepFormula(at);
  return said(
    name === "update"
      ? gettext("the step, against the gradient.")
      : gettext("the optimizer's step, before the penalty."),
    equation(symbol, formula, numbers, plain(result)),
    format(result),
  );
}

/** @type {Record<string, LineOf>} by the name that a line of the program assigns */
export const OPTIMIZER_LINES = {
  velocity: velocityLine,
  ahead: aheadLine,
  mean_square: meanSquareLine,
  t: countLine,
  m: firstMomentLine,
  v: secondMomentLine,
  m_hat: (at) => correctedLine(at, "m", "β₁", optimizer(at).beta1),
  v_hat: (at) => correctedLine(at, "v", "β₂", optimizer(at).beta2),
  effective_rate: effectiveRateLine,
  adam_step: adamStepLine,
  decay: decayLine,
  proposed: (at) => proposal(at, "proposed"),
};
