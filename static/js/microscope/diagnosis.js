/** The findings of a batch in words: which neurons or layers, what is wrong, and what helps. Pure. */

import { gettext, ngettext } from "../i18n.js";
import { layerLabel, neuronLabel } from "../labels.js";
import { format } from "../scales.js";

/** @typedef {import("../dissection.js").Finding} Finding */
/** @typedef {Finding["ailment"]} Ailment */
/**
 * Neurons of one layer with the same ailment, or a layer.
 * @typedef {{ailment: Ailment, layer: number, units: number[], measure: number|null}} Group
 */

/** For a line with little room, and for one with less. @typedef {{long: string, short: string}} Headline */

/** Of more neurons than these their number is said. */
const NAMED_AT_MOST = 4;

/**
 * Findings of the same kind in the same layer, put together.
 * @param {Finding[]} findings
 * @returns {Group[]} in the order of the findings
 */
export function groupsOf(findings) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const { ailment, layer, unit, measure } of findings) {
    const key = `${ailment} ${layer}`;
    const group = groups.get(key);
    if (!group) groups.set(key, { ailment, layer, units: unit === null ? [] : [unit], measure });
    else {
      if (unit !== null) group.units.push(unit);
      group.measure = Math.max(group.measure ?? 0, measure ?? 0);
    }
  }
  return [...groups.values()];
}

/**
 * One plain sentence.
 * @param {Group} group
 * @param {number[]} shape
 * @returns {string}
 */
export function sentenceOf({ ailment, layer, units, measure }, shape) {
  const where = whereOf(layer, units, shape);
  const size = measure === null ? "∞" : format(measure);
  switch (ailment) {
    case "dead":
      return ngettext(
        "%(where)s is dead: its slope is 0 for the whole batch, so it learns nothing.",
        "%(where)s are dead: their slope is 0 for the whole batch, so they learn nothing.",
        units.length,
        { where },
      );
    case "saturated":
      return ngettext(
        "%(where)s is saturated: most examples lie on the flat end of its curve, so it hardly learns.",
        "%(where)s are saturated: most examples lie on the flat end of their curve, so they hardly learn.",
        units.length,
        { where },
      );
    case "vanishing":
      return gettext("The gradient vanishes: δ in %(where)s is %(size)s times the output’s.", { where, size });
    case "exploding":
      return gettext("The gradient explodes: δ in %(where)s is %(size)s times the output’s.", { where, size });
    case "not_finite":
      return gettext("δ in %(where)s is no longer finite: a number grew beyond what can be held.", { where });
  }
}

/**
 * What it comes to, with the place.
 * @param {Group} group
 * @param {number[]} shape
 * @returns {Headline}
 */
export function placedHeadline(group, shape) {
  const where = whereOf(group.layer, group.units, shape);
  const at = (/** @type {string} */ what) => gettext("%(where)s: %(what)s", { where, what });
  const { long, short } = headlineOf(group);
  return { long: at(long), short: at(short) };
}

/**
 * The same where the place is named beside.
 * @param {Pick<Group, "ailment">} group
 * @returns {Headline}
 */
export const headlineOf = ({ ailment }) =>
  ({
    dead: { long: gettext("dead, no gradient gets through"), short: gettext("dead") },
    saturated: { long: gettext("saturated, hardly learning"), short: gettext("saturated") },
    vanishing: { long: gettext("the gradient vanishes here"), short: gettext("gradient vanishes") },
    exploding: { long: gettext("the gradient explodes here"), short: gettext("gradient explodes") },
    not_finite: { long: gettext("the numbers have become too large"), short: gettext("too large") },
  })[ailment];

/**
 * @param {number} layer
 * @param {number[]} units none for the layer itself
 * @param {number[]} shape
 */
function whereOf(layer, units, shape) {
  const name = layerLabel(layer, shape.length - 1);
  if (units.length === 0) return name;
  if (units.length === 1) return neuronLabel(layer, units[0], shape, []);
  if (units.length > NAMED_AT_MOST) {
    return gettext("%(layer)s, %(n)s of %(all)s neurons", { layer: name, n: units.length, all: shape[layer] });
  }
  const list = units.map((unit) => unit + 1).join(", ");
  return gettext("%(layer)s, neurons %(list)s", { layer: name, list });
}

/** Why it is so. @returns {Record<Ailment, string>} */
export const reasons = () => ({
  dead: gettext("What comes back is multiplied by the slope of the activation. Where the slope is 0 nothing is left, and no weight of the neuron gets a gradient. Only other inputs to it can wake it again."),
  saturated: gettext("Far out, tanh and sigmoid are flat: what comes back is multiplied by a slope near 0. Large weights drive neurons there."),
  vanishing: gettext("On its way back the gradient is multiplied by each layer’s weights and slopes. Where these are small it shrinks from layer to layer, and the first layers hardly learn."),
  exploding: gettext("On its way back the gradient is multiplied by each layer’s weights and slopes. Where these are large it grows from layer to layer, and one update goes much too far."),
  not_finite: gettext("Weights that are too large make numbers that are too large; after that nothing can be learned. A smaller step keeps away from there."),
});
