/** The loss in words and formulas: exactly what is optimized, and its mean over the batch. */

import {
  LOSS_DERIVATIVES, LOSS_SYMBOLS, LOSS_TERMS, MEAN_OVER_OUTPUTS,
} from "../../formula/losses.js";
import { brackets, frac, gradient, lossBy, marked, mi, mn, mo, plain, row } from "../../formula/mathml.js";
import { sum } from "../../formula/sums.js";
import { gettext, ngettext } from "../../i18n.js";
import { lossLabels } from "../../labels.js";
import { format } from "../../scales.js";
import { meanOf, unitSymbol } from "./forward.js";

/** @typedef {import("../../formula/losses.js").Output} Output */
/** @typedef {import("../../formula/mathml.js").Piece} Piece */
/** @typedef {import("../reading.js").Reading} Reading */
/** @typedef {import("./forward.js").Step} Step */
/**
 * The outputs of the one example that is walked through.
 * @param {Reading} reading
 * @returns {Output[]}
 */
function outputs(reading) {
  const presented = reading.dissection.tensor("presented");
  const { targets, last } = reading;
  const da = reading.signals("da", last);
  return reading
    .signals("a", last)
    .map((a, k) => ({ a, y: targets[k], da: da[k], presented: presented[k] }));
}

/**
 * The loss of what is walked through.
 * @param {Reading} reading
 * @param {number} room
 * @returns {Step}
 */
export function exampleLoss(reading, room) {
  const { loss } = reading.experiment;
  if (reading.averaged) return everyLoss(reading);
  const total = reading.dissection.scalar("loss");
  return {
    words: gettext("How wrong is this answer? The %(loss)s compares output and target.", {
      loss: lossLabels()[loss],
    }),
    chunks: [
      row(mi("ℓ"), mo("="), ...overOutputs(reading), LOSS_SYMBOLS[loss]()),
      row(mo("="), exampleTerms(reading, room), mo("="), plain(total)),
    ],
    said: format(total),
  };
}

/**
 * The losses of all examples in symbols, as the mean that the next step takes in numbers.
 * @param {Reading} reading
 * @returns {Step}
 */
function everyLoss(reading) {
  const { loss } = reading.experiment;
  const mean = reading.dissection.scalar("batch_loss");
  return {
    words: gettext("How wrong is each answer? The %(loss)s compares output and target, example by example.", {
      loss: lossLabels()[loss],
    }),
    chunks: [
      row(mi("L"), mo("="), meanOf(reading, row(...overOutputs(reading), LOSS_SYMBOLS[loss]()))),
      row(mo("="), plain(mean)),
    ],
    said: `L = ${format(mean)}`,
  };
}

/**
 * 1/K Σ or Σ, where there are several outputs.
 * @param {Reading} reading
 */
function overOutputs(reading) {
  const count = reading.shape[reading.last];
  const { loss } = reading.experiment;
  if (count === 1 || loss === "softmax") return [];
  const every = mo("∑");
  return MEAN_OVER_OUTPUTS.has(loss) ? [frac(mn("1"), mn(String(count))), every] : [every];
}

/**
 * @param {Reading} reading
 * @param {number} room
 */
function exampleTerms(reading, room) {
  const { loss } = reading.experiment;
  const all = outputs(reading);
  const counted = loss === "softmax" ? all.filter(({ y }) => y === 1) : all;
  const terms = sum(counted.length, (k) => LOSS_TERMS[loss](counted[k]), { newest: 0, room, done: true });
  return MEAN_OVER_OUTPUTS.has(loss) && all.length > 1
    ? row(frac(mn("1"), mn(String(all.length))), brackets(terms))
    : terms;
}

/**
 * The mean of the losses of all of the batch's examples: what the update makes smaller.
 * @param {Reading} reading
 * @param {number} room
 * @returns {Step}
 */
export function batchLoss(reading, room) {
  const { dissection, rows } = reading;
  const each = dissection.tensor("per_example");
  const place = dissection.scalar("place");
  const mean = dissection.scalar("batch_loss");
  const term = (/** @type {number} */ i) => (i === place ? marked("traced", plain(each[i])) : plain(each[i]));
  const terms = sum(each.length, term, { newest: Math.max(0, place), room: room + 1, done: true });
  const whole = rows > 1 ? row(frac(mn("1"), mn(String(rows))), mo("·"), brackets(terms)) : mi("ℓ");
  return {
    words: meanWords(reading),
    chunks: [
      row(mi("L"), mo("="), whole),
      row(mo("="), plain(mean)),
    ],
    said: `L = ${format(mean)}`,
  };
}

/** @param {Reading} reading */
function meanWords({ dissection, averaged, rows }) {
  if (dissection.outside) {
    return ngettext(
      "What is optimized is the mean over the batch of %(n)s example; this one is not in it.",
      "What is optimized is the mean over the batch of %(n)s examples; this one is not among them.",
      rows,
    );
  }
  // Chinese has one form for any number: that there is only one is said in words of its own.
  if (rows === 1) return gettext("The loss that is optimized: this example is the whole batch.");
  return averaged
    ? gettext("The loss that is optimized: the mean over the batch's %(n)s examples.", { n: rows })
    : gettext("The loss that is optimized: the mean over the batch's %(n)s examples; ours is marked.", { n: rows });
}

/**
 * The whole phase.
 * @param {Reading} reading
 * @param {number} room
 * @returns {Step}
 */
export function phaseLoss(reading, room) {
  const mean = batchLoss(reading, Math.max(1, room - 2));
  if (reading.averaged) return mean;
  const one = reading.dissection.scalar("loss");
  return {
    words: ngettext(
      "Loss: %(output)s was the answer, %(target)s the target. The mean over the batch of %(n)s is what counts.",
      "Loss: %(output)s was the answer, %(target)s the target. The mean over the batch of %(n)s is what counts.",
      reading.rows,
      {
        output: reading.signals("a", reading.last).map((a) => format(a)).join(", "),
        target: reading.targets.map((y) => format(y, "plain")).join(", "),
      },
    ),
    chunks: [row(mi("ℓ"), mo("="), exampleTerms(reading, 1), mo("="), plain(one)), ...mean.chunks],
    said: `${format(one)}; ${mean.said}`,
  };
}

/**
 * ∂L/∂a at the output: the derivative of the loss.
 * @param {Reading} reading
 * @param {number} unit
 * @returns {Piece}
 */
export function outputDerivative(reading, unit) {
  const { loss } = reading.experiment;
  const count = reading.shape[reading.last];
  const { symbols, numbers } = LOSS_DERIVATIVES[loss];
  const bracketed = (/** @type {Piece} */ part) =>
    share.length > 0 || reading.averaged ? brackets(part) : part;
  const da = reading.signal("da", reading.last, unit);
  const share = count > 1 && MEAN_OVER_OUTPUTS.has(loss) ? [frac(mn("1"), mn(String(count))), mo("·")] : [];
  const start = lossBy(unitSymbol("a", reading, reading.last, unit));
  if (reading.averaged) {
    return row(start, mo("="), meanOf(reading, row(...share, bracketed(symbols()))), mo("="), gradient(da));
  }
  return row(
    start, mo("="), ...share, bracketed(symbols()),
    mo("="), ...share, bracketed(numbers(outputs(reading)[unit])),
    mo("="), gradient(da),
  );
}
