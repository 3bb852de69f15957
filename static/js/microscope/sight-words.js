/** What the picture shows of one neuron or weight, in words: the names that its buttons have in the walk. */

import { gettext } from "../i18n.js";
import { placeLabel } from "../labels.js";
import { neuronIndex, parameterIndex } from "../parameters.js";
import { format } from "../scales.js";

/** @typedef {import("../store.js").Selection} Selection */
/** @typedef {import("./reading.js").Reading} Reading */
/** @typedef {import("./sight.js").Sight} Sight */

/**
 * @param {Reading} reading
 * @param {Sight} sight
 * @param {Selection} selection
 * @returns {string}
 */
export function sightName(reading, sight, selection) {
  const { shape, experiment } = reading;
  const place = placeLabel(selection, shape, experiment.features);
  const what =
    selection.kind === "weight"
      ? gettext("Weight %(place)s", { place })
      : selection.layer === 0
        ? gettext("Input %(place)s", { place })
        : gettext("Neuron %(place)s", { place });
  const numbers =
    selection.kind === "weight"
      ? weightNumbers(reading, sight, selection)
      : neuronNumbers(reading, sight, selection);
  const told = numbers.length > 0 ? numbers.join(", ") : gettext("not reached yet");
  return gettext("%(what)s: %(numbers)s", { what, numbers: told });
}

/**
 * @param {Reading} reading
 * @param {Sight} sight
 * @param {Extract<Selection, {kind: "neuron"}>} selection
 * @returns {string[]}
 */
function neuronNumbers({ shape, last }, { nodes, loss, averaged }, { layer, unit }) {
  const letter = averaged ? "L" : "ℓ";
  const { z, a, da, delta } = nodes[layer === 0 ? unit : shape[0] + neuronIndex(shape, layer, unit)];
  if (layer === 0) return [`x = ${format(a ?? Number.NaN)}`];
  const numbers = [
    z && sumText("z", z),
    a !== null && `a = ${format(a)}`,
    layer === last && loss.targets && `y = ${format(loss.targets[unit], "plain")}`,
    layer === last && loss.value !== null && `${letter} = ${format(loss.value)}`,
    layer === last && loss.after !== null &&
      gettext("%(symbol)s after = %(value)s", { symbol: letter, value: format(loss.after) }),
    da && sumText("∂L/∂a", da),
    delta !== null && `δ = ${format(delta)}`,
  ];
  return present(numbers);
}

/**
 * @param {string} symbol
 * @param {import("./sight.js").Arrived} sum
 */
function sumText(symbol, { value, partial }) {
  return partial
    ? gettext("%(symbol)s so far %(value)s", { symbol, value: format(value) })
    : `${symbol} = ${format(value)}`;
}

/**
 * @param {Reading} reading
 * @param {Sight} sight
 * @param {Extract<Selection, {kind: "weight"}>} selection
 * @returns {string[]}
 */
function weightNumbers({ shape, dissection }, { lines }, { layer, from, to }) {
  const index = parameterIndex(shape, layer, from, to);
  const product = lines.flowed[index] && dissection.stage(dissection.arrivals.product[index] - 1).value;
  return present([
    `w = ${format(dissection.tensor("parameters")[index])}`,
    lines.flowed[index] > 0 && `w·a = ${format(product)}`,
    lines.gradient && lines.reached[index] > 0 && `∂L/∂w = ${format(lines.gradient[index])}`,
    lines.update && `Δw = ${format(lines.update[index])}`,
    lines.moved && gettext("new w = %(value)s", { value: format(lines.parameters[index]) }),
  ]);
}

/**
 * @param {(string|false|null)[]} numbers
 * @returns {string[]}
 */
function present(numbers) {
  return numbers.filter((number) => typeof number === "string");
}
