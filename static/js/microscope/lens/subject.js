/** What the lens is held over: which of its views fits the walk, which neuron, and which weight. */

import { parameterIndex } from "../../parameters.js";
import { furthest } from "../steps/update.js";
import { wholeGrain } from "../words.js";

/** @typedef {import("../../dissection.js").Walk} Walk */
/** @typedef {import("../../store.js").Selection} Selection */
/** @typedef {import("../reading.js").Reading} Reading */
/**
 * The activation of a neuron; the losses of the batch; what each example asks of a weight; the
 * update of a parameter.
 * @typedef {"curve"|"losses"|"votes"|"ledger"} View
 */
/** As the server is asked: layer from 1, and `from` null for the bias. */
/** @typedef {[layer: number, unit: number]} Neuron */
/** @typedef {[layer: number, from: number|null, to: number]} Weight */
/** @typedef {{neuron: Neuron, weight: Weight}} Subject */

/**
 * The view that fits where the walk stands, or what is selected.
 * @param {Reading} reading
 * @returns {View}
 */
export function viewOf({ walk, grain, selection }) {
  const { stage } = walk;
  if (stage?.phase === "update") return "ledger";
  if (stage?.phase === "loss") return "losses";
  if (selection?.layer && selection.kind === "weight") return "votes";
  const ofGradient = stage?.act === "dW" || stage?.act === "db";
  return ofGradient && wholeGrain(walk, grain) === "term" ? "votes" : "curve";
}

/**
 * The neuron and the weight that are looked at: what is selected, else what the walk has come to,
 * else the weight that moves most.
 * @param {Selection|null} selection
 * @param {Walk} walk
 * @returns {Subject}
 */
export function subjectOf(selection, { stage, coming, dissection }) {
  if (selection?.layer) return around(selection);
  const at = stage ?? coming;
  if (!at || at.layer === 0) return around(furthest(dissection.shape, dissection.tensor("update.update")));
  const { layer, unit, term, act } = at;
  const ofWeight = act === "dW" && term >= 0;
  return { neuron: [layer, unit], weight: [layer, ofWeight ? term : null, unit] };
}

/**
 * A weight with the neuron that it enters, a neuron with its bias.
 * @param {Selection} selection
 * @returns {Subject}
 */
function around(selection) {
  const { layer } = selection;
  if (selection.kind === "neuron") {
    return { neuron: [layer, selection.unit], weight: [layer, null, selection.unit] };
  }
  return { neuron: [layer, selection.to], weight: [layer, selection.from, selection.to] };
}

/**
 * @param {Weight} weight
 * @returns {Selection}
 */
export const asSelection = ([layer, from, to]) =>
  from === null ? { kind: "neuron", layer, unit: to } : { kind: "weight", layer, from, to };

/**
 * Where a weight or a bias stands among the parameters.
 * @param {number[]} shape
 * @param {Weight} weight
 */
export const indexOf = (shape, [layer, from, to]) =>
  parameterIndex(shape, layer, from ?? shape[layer - 1], to);
