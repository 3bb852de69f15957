/** Forward in words and formulas: a sum that grows product by product, then the activation. */

import { gettext } from "../../i18n.js";
import { activationLabels } from "../../labels.js";
import { format } from "../../scales.js";
import { activationFormula } from "../../formula/activations.js";
import {
  bar, brackets, mi, mn, mo, row, shaped, sub, sup, text, value, valueSymbol, vector,
} from "../../formula/mathml.js";
import { sum } from "../../formula/sums.js";

/** @typedef {import("../../formula/mathml.js").Piece} Piece */
/** @typedef {import("../reading.js").Reading} Reading */
/** @typedef {import("../../dissection.js").Stage} Stage */
/**
 * What is being computed now.
 * @typedef {object} Step
 * @property {string} words one sentence
 * @property {Piece[]} chunks the formula, in parts that may stand under each other
 * @property {string} said what came of it, for those who listen
 */

/**
 * A neuron's symbol, numbered where its layer has several; of means with a bar.
 * @param {string} name
 * @param {Reading} reading
 * @param {number} layer
 * @param {number} unit
 * @param {(name: string) => Piece} [symbol]
 */
export function unitSymbol(name, reading, layer, unit, symbol = valueSymbol) {
  const letter = reading.averaged ? bar(symbol(name)) : symbol(name);
  return reading.shape[layer] > 1 ? sub(letter, mn(String(unit + 1))) : letter;
}

/**
 * A layer's matrix, numbered above as in W⁽²⁾.
 * @param {string} name
 * @param {number} layer
 * @param {(name: string) => Piece} [symbol]
 */
export function layerSymbol(name, layer, symbol = valueSymbol) {
  return sup(symbol(name), brackets(mn(String(layer))));
}

/**
 * The products of a neuron's z up to one of them, and what they come to so far.
 * @param {Reading} reading
 * @param {Stage} stage act term or bias
 * @param {number} room how many terms may be written out
 * @returns {Step}
 */
export function termStep(reading, stage, room) {
  const { layer, unit, term } = stage;
  const neuron = reading.neuron(layer, unit);
  const z = row(unitSymbol("z", reading, layer, unit), mo("="), ...inSymbols(reading, room));
  const terms = zTerms(reading, layer, unit, { newest: term, room });
  if (stage.act === "bias") {
    const total = reading.signal("z", layer, unit);
    return {
      words: gettext("%(neuron)s adds its bias, which completes z.", { neuron }),
      chunks: [row(z, terms), row(mo("="), value(total))],
      said: `z = ${format(total)}`,
    };
  }
  const source = reading.neuron(layer - 1, term);
  return {
    words: gettext("%(neuron)s takes what comes from %(source)s: weight times value.", {
      neuron,
      source,
    }),
    chunks: [row(z, terms), soFar(value(stage.total))],
    said: gettext("%(value)s, so far %(total)s", {
      value: format(stage.value),
      total: format(stage.total),
    }),
  };
}

/** From so many terms on there is room for the sum in symbols, too. */
export const ROOM_FOR_SYMBOLS = 4;

/**
 * Σ w·a + b =, where there is room for it.
 * @param {Reading} reading
 * @param {number} room
 */
function inSymbols(reading, room) {
  if (room < ROOM_FOR_SYMBOLS) return [];
  const a = reading.averaged ? bar(valueSymbol("a")) : valueSymbol("a");
  return [mo("∑"), valueSymbol("w"), mo("·"), a, mo("+"), valueSymbol("b"), mo("=")];
}

/** @param {Piece} number */
export function soFar(number) {
  return row(text(gettext("so far")), text("\u00a0"), number);
}

/**
 * w · a + w · a + … + b
 * @param {Reading} reading
 * @param {number} layer
 * @param {number} unit
 * @param {{newest: number, room: number, done?: boolean}} how
 */
function zTerms(reading, layer, unit, how) {
  const count = reading.shape[layer - 1];
  const product = (/** @type {number} */ from) =>
    from === count
      ? value(reading.parameter(layer, from, unit), "factor")
      : row(
          value(reading.parameter(layer, from, unit), from > 0 ? "factor" : "alone"),
          mo("·"),
          value(reading.signal("a", layer - 1, from), "factor"),
        );
  return sum(count + 1, product, how);
}

/**
 * a = φ(z). Averages are none of averages, so of a batch it is said in words alone.
 * @param {Reading} reading
 * @param {Stage} stage
 * @returns {Step}
 */
export function activationStep(reading, { layer, unit }) {
  const neuron = reading.neuron(layer, unit);
  const a = reading.signal("a", layer, unit);
  const symbol = unitSymbol("a", reading, layer, unit);
  const name = activationLabels()[reading.activation(layer)];
  const said = `a = ${format(a)}`;
  if (reading.averaged) {
    return {
      words: gettext("%(neuron)s: each example's z goes through %(name)s by itself; then the mean.", {
        neuron,
        name,
      }),
      chunks: [row(symbol, mo("="), meanOf(reading, phi(valueSymbol("z")))), row(mo("="), value(a))],
      said,
    };
  }
  const linear = reading.activation(layer) === "linear";
  return {
    words: linear
      ? gettext("%(neuron)s is linear: it puts out z as it is.", { neuron })
      : gettext("%(neuron)s puts z through its activation, %(name)s.", { neuron, name }),
    chunks: [activated(reading, layer, unit)],
    said,
  };
}

/** @param {Piece} z */
export const phi = (z) => row(mi("φ"), brackets(z));

/**
 * 1/n Σ of something that each example has.
 * @param {Reading} reading
 * @param {Piece} each
 */
export function meanOf(reading, each) {
  return row(
    { tag: "mfrac", parts: [mn("1"), mn(String(reading.rows))] },
    { tag: "munder", parts: [mo("∑"), text(gettext("examples"))] },
    each,
  );
}

/**
 * a = φ(z) = the function's formula in symbols = in numbers = a
 * @param {Reading} reading
 * @param {number} layer
 * @param {number} unit
 */
function activated(reading, layer, unit) {
  const [z, a] = [reading.signal("z", layer, unit), reading.signal("a", layer, unit)];
  const name = reading.activation(layer);
  const symbols = { z: valueSymbol("z"), bare: valueSymbol("z"), a: valueSymbol("a"), sign: Math.sign(z) };
  const numbers = { z: value(z, "factor"), bare: value(z), a: value(a, "factor"), sign: Math.sign(z) };
  const parts = [unitSymbol("a", reading, layer, unit), mo("="), phi(valueSymbol("z"))];
  if (name !== "linear") parts.push(mo("="), activationFormula(name, symbols));
  parts.push(mo("="), activationFormula(name, numbers));
  if (name !== "linear") parts.push(mo("="), value(a));
  return row(...parts);
}

/**
 * One whole neuron: its sum and its activation.
 * @param {Reading} reading
 * @param {Stage} stage
 * @param {number} room
 * @returns {Step}
 */
export function neuronForward(reading, stage, room) {
  const { layer, unit } = stage;
  const [z, a] = [reading.signal("z", layer, unit), reading.signal("a", layer, unit)];
  const terms = zTerms(reading, layer, unit, {
    newest: reading.shape[layer - 1],
    room: Math.max(1, room - 1),
    done: true,
  });
  const activation = activationStep(reading, stage);
  const out = reading.averaged
    ? row(unitSymbol("a", reading, layer, unit), mo("="), value(a))
    : row(unitSymbol("a", reading, layer, unit), mo("="), phi(value(z)), mo("="), value(a));
  return {
    words: gettext("%(neuron)s: the weighted sum of all that comes in, plus the bias; then %(name)s.", {
      neuron: reading.neuron(layer, unit),
      name: activationLabels()[reading.activation(layer)],
    }),
    chunks: [
      row(
        unitSymbol("z", reading, layer, unit), mo("="), ...inSymbols(reading, room), terms,
        mo("="), value(z),
      ),
      out,
    ],
    said: `z = ${format(z)}, ${activation.said}`,
  };
}

/**
 * One whole layer as matrices, with their shapes.
 * @param {Reading} reading
 * @param {Stage} stage
 * @param {number} room
 * @returns {Step}
 */
export function layerForward(reading, { layer }, room) {
  const [n, units] = [reading.shape[layer - 1], reading.shape[layer]];
  const mean = (/** @type {Piece} */ symbol) => (reading.averaged ? bar(symbol) : symbol);
  const [z, a] = [mean(layerSymbol("z", layer)), mean(layerSymbol("a", layer))];
  const numbers = (/** @type {"z"|"a"} */ name) =>
    vector(reading.signals(name, layer), value, Math.max(2, room - 1));
  return {
    words: gettext("%(layer)s: all its neurons at once, one product of matrices.", {
      layer: reading.layer(layer),
    }),
    chunks: [
      row(
        shaped(z, [1, units]),
        mo("="),
        shaped(mean(layerSymbol("a", layer - 1)), [1, n]),
        shaped(layerSymbol("W", layer), [n, units]),
        mo("+"),
        shaped(layerSymbol("b", layer), [1, units]),
        mo("="),
        numbers("z"),
      ),
      reading.averaged
        ? row(a, mo("="), numbers("a"))
        : row(a, mo("="), mi("φ"), brackets(layerSymbol("z", layer)), mo("="), numbers("a")),
    ],
    said: `a = ${reading.signals("a", layer).map((one) => format(one)).join(", ")}`,
  };
}

/**
 * The whole pass: what went in, and what came out.
 * @param {Reading} reading
 * @param {number} room
 * @returns {Step}
 */
export function phaseForward(reading, room) {
  const { last, shape } = reading;
  const out = reading.signals("a", last);
  return {
    words: gettext("Forward: %(inputs)s went in, layer by layer; the output is %(outputs)s.", {
      inputs: listed(reading.signals("a", 0)),
      outputs: listed(out),
    }),
    chunks: [
      row(
        shaped(layerSymbol("a", 0), [1, shape[0]]),
        mo("="),
        vector(reading.signals("a", 0), value, room),
      ),
      mo("→"),
      row(shaped(layerSymbol("a", last), [1, shape[last]]), mo("="), vector(out, value, room)),
    ],
    said: "",
  };
}

/** @param {number[]} numbers */
export function listed(numbers) {
  return numbers.map((number) => format(number)).join(", ");
}
