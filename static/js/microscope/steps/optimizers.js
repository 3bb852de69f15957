/** The lines of the update for one parameter: every optimizer, clipping and penalty by its own rule. */

import { gettext, ngettext } from "../../i18n.js";
import { scheduleLabels } from "../../labels.js";
import { format } from "../../scales.js";
import {
  apart, brackets, frac, gradient, gradientSymbol, hat, lossBy, marked, mi, mn, mo, plain, root, row, sub, sup, text, value, valueSymbol,
} from "../mathml.js";
import { sum } from "../sums.js";
import { meanOf } from "./forward.js";

/** @typedef {import("../mathml.js").Piece} Piece */
/** @typedef {import("../mathml.js").Place} Place */
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
function number({ reading, chosen }, name) {
  const array = reading.dissection.tensor(name);
  return array.length === 1 ? array[0] : array[chosen.index];
}

/** @param {At} at */
const rate = ({ reading }) => reading.dissection.scalar("learning_rate");
/** @param {At} at */
const optimizer = ({ reading }) => reading.experiment.optimizer;
/** w or b @param {At} at */
const letter = ({ chosen }) => valueSymbol(chosen.bias ? "b" : "w");
/** @param {At} at */
const old = (at) => at.reading.dissection.tensor("parameters")[at.chosen.index];
/** @param {number} one */
const fixed = (one) => mn(format(one, "plain"));
/** 1 − β @param {number} share */
const rest = (share) => brackets(mn("1"), mo("−"), fixed(share));
const g = () => gradientSymbol("g");
const gClipped = () => sub(g(), text(gettext("clipped")));
const eta = () => mi("η");
const step = () => mi("s");
/** @param {At} at */
const moves = (at) => row(mi("Δ"), letter(at));

/** The gradient that the optimizer gets. @param {At} at */
function used(at) {
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
function equation(symbol, formula, numbers, result) {
  const parts = [formula, numbers, result].filter((part) => part !== null);
  return [row(symbol, ...parts.flatMap((part) => [mo("="), part]))];
}

/**
 * @param {string} words
 * @param {Piece[]} formula
 * @param {string} result
 * @returns {Said}
 */
const said = (words, formula, result) => ({ words, formula, result });

/** @type {LineOf} */
function gradientLine(at) {
  const { dissection, averaged, rows } = at.reading;
  const mean = number(at, "update.gradient");
  const own = dissection.tensor("share")[at.chosen.index];
  const symbol = lossBy(letter(at));
  const whole = row(g(), mo("="), votes(at) ?? (rows > 1 ? meanOf(at.reading, symbol) : symbol), mo("="), gradient(mean));
  const ownRow = row(text(gettext("this example")), text("\u2002"), symbol, mo("="), gradient(own));
  const result = `g = ${format(mean)}`;
  if (averaged || (rows === 1 && !dissection.outside)) {
    const words = ngettext(
      "its gradient, of the batch's one example.",
      "its gradient, the mean over the batch of %(n)s.",
      rows,
    );
    return said(words, [whole], result);
  }
  const words = dissection.outside
    ? gettext("the mean over the batch; this example has no say.")
    : gettext("the mean of what all %(n)s examples ask for.", { n: rows });
  return said(words, [ownRow, whole], result);
}

/**
 * What each example adds to the gradient, where the server was asked for this very parameter.
 * @param {At} at
 */
function votes({ reading, chosen, room }) {
  const { dissection, selection } = reading;
  if (!chosen.picked || !selection || !dissection.has("contributions")) return null;
  const from = selection.kind === "weight" ? selection.from : null;
  const to = selection.kind === "weight" ? selection.to : selection.unit;
  const asked = JSON.stringify([selection.layer, from, to]);
  if (JSON.stringify(dissection.choice.weight) !== asked) return null;
  const each = dissection.tensor("contributions");
  const place = dissection.scalar("place");
  const term = (/** @type {number} */ i) =>
    i === place ? marked("traced", gradient(each[i], "factor")) : gradient(each[i], i > 0 ? "factor" : "alone");
  return sum(each.length, term, { newest: Math.max(place, 0), room: Math.max(1, room - 1), done: true });
}

/** @type {LineOf} */
function normLine(at) {
  const norm = number(at, "update.norm");
  return said(
    gettext("first the length of the whole gradient."),
    equation(row(mo("‖"), g(), mo("‖")), root(mo("∑"), sup(g(), mn("2"))), null, plain(norm)),
    `‖g‖ = ${format(norm)}`,
  );
}

/** @type {LineOf} */
function factorLine(at) {
  const factor = number(at, "update.factor");
  const { limit } = at.reading.experiment.clipping;
  const c = mi("c");
  return said(
    factor < 1
      ? gettext("longer than the limit, so all of it is scaled down.")
      : gettext("within the limit, so it stays as it is."),
    equation(
      c,
      row(mi("min"), brackets(mn("1"), mo(","), text(gettext("limit")), mo("/"), row(mo("‖"), g(), mo("‖")))),
      row(mi("min"), brackets(mn("1"), mo(","), fixed(limit), mo("/"), plain(number(at, "update.norm")))),
      plain(factor),
    ),
    `c = ${format(factor)}`,
  );
}

/** @type {LineOf} */
function clippedLine(at) {
  const { name, limit } = at.reading.experiment.clipping;
  const [before, after] = [number(at, "update.gradient"), number(at, "update.clipped")];
  const byNorm = name === "norm";
  return said(
    byNorm
      ? gettext("its gradient after clipping by norm.")
      : gettext("its gradient after clipping by value."),
    equation(
      gClipped(),
      byNorm ? row(mi("c"), mo("·"), g()) : row(mi("clip"), brackets(g(), mo(","), mo("±"), fixed(limit))),
      byNorm
        ? row(plain(number(at, "update.factor")), mo("·"), gradient(before, "factor"))
        : row(mi("clip"), brackets(gradient(before), mo(","), mo("±"), fixed(limit))),
      gradient(after),
    ),
    format(after),
  );
}

/** @type {LineOf} */
function rateLine(at) {
  const name = scheduleLabels()[at.reading.experiment.schedule.name];
  const base = at.reading.experiment.learning_rate;
  return said(
    gettext("the learning rate of this epoch, by the schedule (%(schedule)s).", { schedule: name }),
    [row(eta(), mo("="), plain(rate(at)), apart(gettext("of %(base)s", { base: format(base, "plain") })))],
    `η = ${format(rate(at))}`,
  );
}

/**
 * keep · before + now
 * @param {At} at
 * @param {{name: string, symbol: Piece, keep: number, keepSymbol: string, words: string, blend: boolean, squared: boolean}} rule
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
      row(mi(keepSymbol), symbol, mo("+"), ...weight(brackets(mn("1"), mo("−"), mi(keepSymbol))), square(now.symbol)),
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
      row(gradient(now.number), mo("+"), fixed(optimizer(at).momentum), mo("·"), plain(number(at, "update.velocity"), "factor")),
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
    equation(mi("t"), row(mi("t"), mo("+"), mn("1")), row(fixed(number(at, "before.t")), mo("+"), mn("1")), fixed(t)),
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
      sub(eta(), mi(at.chosen.bias ? "b" : "w")),
      frac(eta(), row(root(symbol), mo("+"), mi("ε"))),
      frac(plain(rate(at)), row(root(plain(number(at, `update.${name}`))), mo("+"), fixed(optimizer(at).epsilon))),
      plain(result),
    ),
    format(result),
  );
}

/** @param {At} at */
function stepFormula(at) {
  const now = used(at);
  const own = { symbol: sub(eta(), mi(at.chosen.bias ? "b" : "w")), name: "update.effective_rate" };
  const plainRate = { symbol: eta(), number: () => rate(at) };
  const ownRate = { symbol: own.symbol, number: () => number(at, own.name) };
  const moved = (/** @type {Piece} */ symbol, /** @type {string} */ name) => ({ symbol, number: number(at, name) });
  const [by, what] = {
    sgd: () => [plainRate, now],
    momentum: () => [plainRate, moved(mi("v"), "update.velocity")],
    nesterov: () => [plainRate, moved(mi("d"), "update.ahead")],
    rmsprop: () => [ownRate, now],
    adam: () => [ownRate, moved(hat(mi("m")), "update.m_hat")],
    adamw: () => [ownRate, moved(hat(mi("m")), "update.m_hat")],
  }[/** @type {"sgd"} */ (optimizer(at).name)]();
  const shown = what === now ? gradient(now.number, "factor") : plain(/** @type {{number: number}} */ (what).number, "factor");
  return {
    formula: row(mo("−"), by.symbol, mo("·"), what.symbol),
    numbers: row(mo("−"), plain(/** @type {{number: () => number}} */ (by).number(), "factor"), mo("·"), shown),
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
      row(mo("−"), plain(rate(at)), mo("·"), fixed(optimizer(at).weight_decay), mo("·"), value(old(at), "factor")),
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
function proposal(at, name) {
  const result = number(at, `update.${name}`);
  const symbol = name === "update" ? moves(at) : step();
  if (optimizer(at).name === "adamw") {
    const [moved, decay] = [number(at, "update.adam_step"), number(at, "update.decay")];
    return said(
      gettext("step and decay together."),
      equation(symbol, row(mi("u"), mo("+"), mi("d")), row(plain(moved), mo("+"), plain(decay, "factor")), plain(result)),
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

/** @type {LineOf} */
function pullLine(at) {
  const { regularization, regularization_rate: strength } = at.reading.experiment;
  const result = number(at, "update.pull");
  if (at.chosen.bias) {
    return said(
      gettext("the penalty spares biases."),
      equation(mi("p"), null, null, plain(result)),
      format(result),
    );
  }
  const isL1 = regularization === "L1";
  const shown = isL1 ? row(mi("sign"), brackets(value(old(at)))) : value(old(at), "factor");
  const symbol = isL1 ? row(mi("sign"), brackets(letter(at))) : letter(at);
  return said(
    isL1
      ? gettext("L1 pulls it towards zero, always by the same length.")
      : gettext("L2 pulls it towards zero, the more the larger it is."),
    equation(
      mi("p"),
      row(mo("−"), eta(), mi("λ"), symbol),
      row(mo("−"), plain(rate(at)), mo("·"), fixed(strength), mo("·"), shown),
      plain(result),
    ),
    format(result),
  );
}

/** @type {LineOf} */
function movedLine(at) {
  const result = number(at, "update.moved");
  return said(
    gettext("where the step alone would lead."),
    equation(
      row(letter(at), mo("+"), step()),
      null,
      row(value(old(at)), mo("+"), plain(number(at, "update.proposed"), "factor")),
      value(result),
    ),
    format(result),
  );
}

/** @type {LineOf} */
function deadLine(at) {
  const dead = number(at, "update.dead") === 1;
  return said(
    gettext("a weight that L1 pulls across zero stops there for good."),
    [
      row(
        plain(number(at, "update.moved")), mo("+"), plain(number(at, "update.pull"), "factor"), mo(":"),
        text(dead ? gettext("stops at zero") : gettext("does not cross zero")),
      ),
    ],
    dead ? gettext("stops at zero") : gettext("does not cross zero"),
  );
}

/** @type {LineOf} */
function updateLine(at) {
  const { dissection, experiment } = at.reading;
  if (!dissection.has("update.pull")) return proposal(at, "update");
  const result = number(at, "update.update");
  if (experiment.regularization === "L1" && number(at, "update.dead") === 1) {
    return said(
      gettext("it goes to zero and stays there."),
      equation(moves(at), row(mn("0"), mo("−"), letter(at)), row(mn("0"), mo("−"), value(old(at), "factor")), plain(result)),
      format(result),
    );
  }
  const [proposed, pull] = [number(at, "update.proposed"), number(at, "update.pull")];
  return said(
    gettext("the optimizer's step and the penalty's pull together."),
    equation(moves(at), row(step(), mo("+"), mi("p")), row(plain(proposed), mo("+"), plain(pull, "factor")), plain(result)),
    format(result),
  );
}

/** @type {LineOf} */
function newLine(at) {
  const result = number(at, "update.new_parameters");
  const change = number(at, "update.update");
  return said(
    change === 0
      ? gettext("it stays where it is: nothing asked it to move.")
      : gettext("now it moves, and all others with it."),
    equation(
      sub(letter(at), text(gettext("new"))),
      row(letter(at), mo("+"), moves(at)),
      row(value(old(at)), mo("+"), plain(change, "factor")),
      value(result),
    ),
    format(result),
  );
}

/** @type {Record<string, LineOf>} by the name that a line of the program assigns */
export const OPTIMIZER_LINES = {
  gradient: gradientLine,
  norm: normLine,
  factor: factorLine,
  clipped: clippedLine,
  learning_rate: rateLine,
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
  pull: pullLine,
  moved: movedLine,
  dead: deadLine,
  update: updateLine,
  new_parameters: newLine,
};
