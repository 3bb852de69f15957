/** Backward in words and formulas: what came back, times the slope, is δ; and δ makes the gradients. */

import { gettext } from "../../i18n.js";
import { activationLabels } from "../../labels.js";
import { format } from "../../scales.js";
import { slopeFormula } from "../../formula/activations.js";
import {
  apart, bar, brackets, gradient, gradientSymbol, lossBy, mi, mn, mo, row, shaped, sub, sup, text,
  value, valueSymbol, vector,
} from "../../formula/mathml.js";
import { sum } from "../../formula/sums.js";
import { layerSymbol, listed, meanOf, ROOM_FOR_SYMBOLS, soFar, unitSymbol } from "./forward.js";
import { outputDerivative } from "./loss.js";

/** @typedef {import("../../formula/mathml.js").Piece} Piece */
/** @typedef {import("../reading.js").Reading} Reading */
/** @typedef {import("../../dissection.js").Stage} Stage */
/** @typedef {import("./forward.js").Step} Step */

/** @param {Reading} reading @param {number} layer @param {number} unit */
const lossByA = (reading, layer, unit) => lossBy(unitSymbol("a", reading, layer, unit));
/** @param {Reading} reading @param {number} layer @param {number} unit */
const deltaOf = (reading, layer, unit) => unitSymbol("δ", reading, layer, unit, gradientSymbol);
const slopeSymbol = () => row(sup(mi("φ"), mo("′")), brackets(valueSymbol("z")));

/**
 * One product of what comes back to a neuron; at the output the derivative of the loss.
 * @param {Reading} reading
 * @param {Stage} stage
 * @param {number} room
 * @returns {Step}
 */
export function cameBackStep(reading, stage, room) {
  const { layer, unit, term } = stage;
  const neuron = reading.neuron(layer, unit);
  const da = reading.signal("da", layer, unit);
  if (layer === reading.last) {
    return {
      words: gettext("Where the way back begins: how the loss changes when %(neuron)s does.", { neuron }),
      chunks: [outputDerivative(reading, unit)],
      said: `∂L/∂a = ${format(da)}`,
    };
  }
  const whole = term === reading.shape[layer + 1] - 1;
  const terms = cameBackTerms(reading, layer, unit, { newest: term, room });
  return {
    words: gettext("%(neuron)s gets its share back from %(next)s: the weight between them times its δ.", {
      neuron,
      next: reading.neuron(layer + 1, term),
    }),
    chunks: [
      row(lossByA(reading, layer, unit), mo("="), ...inSymbols(reading, room), terms),
      whole ? row(mo("="), gradient(da)) : soFar(gradient(stage.total)),
    ],
    said: whole
      ? `∂L/∂a = ${format(da)}`
      : gettext("%(value)s, so far %(total)s", {
          value: format(stage.value),
          total: format(stage.total),
        }),
  };
}

/**
 * Σ w·δ =, where there is room for it.
 * @param {Reading} reading
 * @param {number} room
 */
function inSymbols(reading, room) {
  if (room < ROOM_FOR_SYMBOLS) return [];
  const delta = reading.averaged ? bar(gradientSymbol("δ")) : gradientSymbol("δ");
  return [mo("∑"), valueSymbol("w"), mo("·"), delta, mo("=")];
}

/**
 * w · δ + w · δ + …
 * @param {Reading} reading
 * @param {number} layer
 * @param {number} unit
 * @param {{newest: number, room: number, done?: boolean}} how
 */
function cameBackTerms(reading, layer, unit, how) {
  const product = (/** @type {number} */ to) =>
    row(
      value(reading.parameter(layer + 1, unit, to), to > 0 ? "factor" : "alone"),
      mo("·"),
      gradient(reading.signal("delta", layer + 1, to), "factor"),
    );
  return sum(reading.shape[layer + 1], product, how);
}

/**
 * @param {Reading} reading
 * @param {Stage} stage
 * @returns {Step}
 */
export function slopeStep(reading, { layer, unit }) {
  const slope = reading.signal("slope", layer, unit);
  const name = activationLabels()[reading.activation(layer)];
  const neuron = reading.neuron(layer, unit);
  const said = `φ′(z) = ${format(slope)}`;
  if (reading.averaged) {
    return {
      words: gettext("Is %(neuron)s listening? The slope of its activation (%(name)s) at each example's z, and their mean.", {
        neuron,
        name,
      }),
      chunks: [row(meanOf(reading, slopeSymbol()), mo("="), value(slope))],
      said,
    };
  }
  return {
    words: gettext("Is %(neuron)s listening? The slope of its activation (%(name)s) where it stands now.", { neuron, name }),
    chunks: [slopeEquation(reading, layer, unit)],
    said,
  };
}

/**
 * φ′(z) = its formula in symbols = in numbers = the slope
 * @param {Reading} reading
 * @param {number} layer
 * @param {number} unit
 */
function slopeEquation(reading, layer, unit) {
  const [z, a] = [reading.signal("z", layer, unit), reading.signal("a", layer, unit)];
  const slope = reading.signal("slope", layer, unit);
  const name = reading.activation(layer);
  const sign = Math.sign(z);
  const symbols = slopeFormula(name, { z: valueSymbol("z"), bare: valueSymbol("z"), a: valueSymbol("a"), sign });
  const numbers = slopeFormula(name, { z: value(z, "factor"), bare: value(z), a: value(a, "factor"), sign });
  const start = row(sup(mi("φ"), mo("′")), brackets(value(z)));
  if (!symbols || !numbers || symbols.tag === "mn") return row(start, mo("="), value(slope));
  const telling = ["tanh", "sigmoid", "silu", "softplus", "sine"].includes(name);
  return telling
    ? row(slopeSymbol(), mo("="), symbols, mo("="), numbers, mo("="), value(slope))
    : row(slopeSymbol(), mo("="), value(slope), apart(gettext("because")), lastComparison(numbers));
}

/**
 * Of "1, z > 0" the condition alone.
 * @param {Piece} formula
 */
function lastComparison(formula) {
  const parts = /** @type {Piece[]} */ (formula.parts);
  return formula.tag === "mrow" ? row(...parts.slice(2)) : formula;
}

/**
 * @param {Reading} reading
 * @param {Stage} stage
 * @returns {Step}
 */
export function deltaStep(reading, { layer, unit }) {
  const delta = reading.signal("delta", layer, unit);
  return {
    words: reading.averaged
      ? gettext("%(neuron)s: each example's ∂L/∂a times its own slope; δ is the mean of these.", {
          neuron: reading.neuron(layer, unit),
        })
      : gettext("What came back to %(neuron)s, times its slope: its error signal δ.", {
          neuron: reading.neuron(layer, unit),
        }),
    chunks: [deltaEquation(reading, layer, unit)],
    said: `δ = ${format(delta)}`,
  };
}

/**
 * δ = ∂L/∂a · φ′(z) = number · number = δ
 * @param {Reading} reading
 * @param {number} layer
 * @param {number} unit
 */
function deltaEquation(reading, layer, unit) {
  const symbol = deltaOf(reading, layer, unit);
  const delta = gradient(reading.signal("delta", layer, unit));
  const product = row(lossBy(valueSymbol("a")), mo("·"), slopeSymbol());
  if (reading.averaged) return row(symbol, mo("="), meanOf(reading, product), mo("="), delta);
  return row(
    symbol, mo("="), product,
    mo("="), gradient(reading.signal("da", layer, unit), "factor"),
    mo("·"), value(reading.signal("slope", layer, unit), "factor"),
    mo("="), delta,
  );
}

/**
 * The gradient of one weight, or of the bias.
 * @param {Reading} reading
 * @param {Stage} stage
 * @returns {Step}
 */
export function shareStep(reading, stage) {
  const { layer, unit, term } = stage;
  const bias = stage.act === "db";
  const share = reading.share(layer, term, unit);
  const neuron = reading.neuron(layer, unit);
  const words = bias
    ? gettext("The bias of %(neuron)s went in with a 1, so its gradient is δ itself.", { neuron })
    : gettext("The weight %(source)s → %(neuron)s: its gradient is what went in, times δ.", {
        source: reading.neuron(layer - 1, term),
        neuron,
      });
  return {
    words,
    chunks: [shareEquation(reading, layer, term, unit)],
    said: `${bias ? "∂L/∂b" : "∂L/∂w"} = ${format(share)}`,
  };
}

/**
 * ∂L/∂w = a · δ = number · number = gradient
 * @param {Reading} reading
 * @param {number} layer
 * @param {number} from
 * @param {number} to
 */
function shareEquation(reading, layer, from, to) {
  const bias = from === reading.shape[layer - 1];
  const share = gradient(reading.share(layer, from, to));
  const symbol = lossBy(valueSymbol(bias ? "b" : "w"));
  const product = bias ? gradientSymbol("δ") : row(valueSymbol("a"), mo("·"), gradientSymbol("δ"));
  if (reading.averaged) return row(symbol, mo("="), meanOf(reading, product), mo("="), share);
  const delta = reading.signal("delta", layer, to);
  if (bias) return row(symbol, mo("="), product, mo("="), share);
  return row(
    symbol, mo("="), product,
    mo("="), value(reading.signal("a", layer - 1, from), "factor"),
    mo("·"), gradient(delta, "factor"),
    mo("="), share,
  );
}

/**
 * One whole neuron: what came back, δ, and its gradients.
 * @param {Reading} reading
 * @param {Stage} stage
 * @param {number} room
 * @returns {Step}
 */
export function neuronBackward(reading, { layer, unit }, room) {
  const n = reading.shape[layer - 1];
  const shares = Array.from({ length: n }, (_, from) => reading.share(layer, from, unit));
  const [da, delta] = [reading.signal("da", layer, unit), reading.signal("delta", layer, unit)];
  const terms = () =>
    cameBackTerms(reading, layer, unit, { newest: 0, room: Math.max(1, room - 3), done: true });
  const came = layer === reading.last ? [] : [...inSymbols(reading, room), terms(), mo("=")];
  const slope = value(reading.signal("slope", layer, unit), "factor");
  const times = reading.averaged ? [] : [gradient(da, "factor"), mo("·"), slope, mo("=")];
  const w = n > 1 ? sub(valueSymbol("w"), mi("i")) : valueSymbol("w");
  return {
    words: gettext("%(neuron)s: what came back, times its slope, is δ; δ times what went in are its gradients.", {
      neuron: reading.neuron(layer, unit),
    }),
    chunks: [
      row(lossByA(reading, layer, unit), mo("="), ...came, gradient(da)),
      row(deltaOf(reading, layer, unit), mo("="), ...times, gradient(delta)),
      row(lossBy(w), mo("="), vector(shares, gradient, Math.max(2, room - 2))),
    ],
    said: `∂L/∂a = ${format(da)}, δ = ${format(delta)}, ∂L/∂w = ${listed(shares)}`,
  };
}

/**
 * One whole layer as matrices, with their shapes.
 * @param {Reading} reading
 * @param {Stage} stage
 * @param {number} room
 * @returns {Step}
 */
export function layerBackward(reading, { layer }, room) {
  const { shape, last, averaged } = reading;
  const [n, units] = [shape[layer - 1], shape[layer]];
  const mean = (/** @type {Piece} */ symbol) => (averaged ? bar(symbol) : symbol);
  const delta = (/** @type {number} */ l) => layerSymbol("δ", l, gradientSymbol);
  const transposed = (/** @type {string} */ name, /** @type {number} */ l) =>
    sup(valueSymbol(name), row(brackets(mn(String(l))), mi("⊤")));
  const numbers = (/** @type {"da"|"delta"} */ name) =>
    vector(reading.signals(name, layer), gradient, Math.max(2, room - 2));
  const came =
    layer === last
      ? []
      : [shaped(mean(delta(layer + 1)), [1, shape[layer + 1]]),
         shaped(transposed("W", layer + 1), [shape[layer + 1], units]), mo("=")];
  const slopes =
    averaged || room < ROOM_FOR_SYMBOLS
      ? []
      : [lossBy(valueSymbol("a")), mo("⊙"), slopeSymbol(), mo("=")];
  const each = row(transposed("a", layer - 1), delta(layer));
  return {
    words: gettext("%(layer)s: what came back, times the slopes, is δ; aᵀ times δ are the layer's gradients.", {
      layer: reading.layer(layer),
    }),
    chunks: [
      row(lossBy(mean(layerSymbol("a", layer))), mo("="), ...came, numbers("da")),
      row(mean(delta(layer)), mo("="), ...slopes, numbers("delta")),
      averaged
        ? row(lossBy(layerSymbol("W", layer)), mo("="), meanOf(reading, each))
        : row(
            lossBy(layerSymbol("W", layer)), mo("="),
            shaped(transposed("a", layer - 1), [n, 1]), shaped(delta(layer), [1, units]),
          ),
    ],
    said: `δ = ${listed(reading.signals("delta", layer))}`,
  };
}

/**
 * The whole pass: what came back to the output, and what became of it.
 * @param {Reading} reading
 * @param {number} room
 * @returns {Step}
 */
export function phaseBackward(reading, room) {
  const { last } = reading;
  const share = [...reading.dissection.tensor("share")];
  const largest = share.reduce((most, one) => (Math.abs(one) > Math.abs(most) ? one : most), 0);
  return {
    words: gettext("Backward: %(da)s at the output went back layer by layer; all %(n)s weights and biases have their gradient.", {
      da: listed(reading.signals("da", last)),
      n: share.length,
    }),
    chunks: [
      row(lossBy(valueSymbol("a")), mo("="), vector(reading.signals("da", last), gradient, room)),
      mo("→"),
      row(text(gettext("the largest gradient")), text("\u00a0"), gradient(largest)),
    ],
    said: "",
  };
}
