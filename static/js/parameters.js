/** Where a weight, a bias or a neuron stands in a frame's flat arrays (docs/reference/protocol.md). */

/** @typedef {import("./store.js").Selection} Selection */

/**
 * Where W[from, to] stands: a layer's block is (n_in + 1, n_out) row by row, its last row is b.
 * @param {number[]} shape neurons in each layer, inputs first
 * @param {number} layer counts from 1
 * @param {number} from shape[layer - 1] names the bias
 * @param {number} to
 * @returns {number}
 */
export function parameterIndex(shape, layer, from, to) {
  let start = 0;
  for (let l = 1; l < layer; l += 1) start += (shape[l - 1] + 1) * shape[l];
  return start + from * shape[layer] + to;
}

/**
 * Where a neuron stands among those of layer 1 and on.
 * @param {number[]} shape
 * @param {number} layer counts from 1
 * @param {number} unit
 * @returns {number}
 */
export function neuronIndex(shape, layer, unit) {
  let start = 0;
  for (let l = 1; l < layer; l += 1) start += shape[l];
  return start + unit;
}

/**
 * The parameter that a selection edits: the weight, or the neuron's bias; -1 for an input.
 * @param {number[]} shape
 * @param {Selection} selection
 * @returns {number}
 */
export function selectedIndex(shape, selection) {
  if (selection.layer === 0) return -1;
  return selection.kind === "weight"
    ? parameterIndex(shape, selection.layer, selection.from, selection.to)
    : parameterIndex(shape, selection.layer, shape[selection.layer - 1], selection.unit);
}

/**
 * What stands at a place among the parameters: `selectedIndex` the other way round.
 * @param {number[]} shape
 * @param {number} index
 * @returns {Selection} a neuron for its bias
 */
export function selectionAt(shape, index) {
  let layer = 1;
  let rest = index;
  while (rest >= (shape[layer - 1] + 1) * shape[layer]) {
    rest -= (shape[layer - 1] + 1) * shape[layer];
    layer += 1;
  }
  const from = Math.floor(rest / shape[layer]);
  const to = rest % shape[layer];
  return from < shape[layer - 1]
    ? { kind: "weight", layer, from, to }
    : { kind: "neuron", layer, unit: to };
}

/**
 * The weight, or the bias, that a selection edits, as the protocol names it.
 * @param {Selection|null} selection
 * @returns {[layer: number, from: number|null, to: number]|null} null for an input
 */
export function selectedPlace(selection) {
  if (!selection || selection.layer === 0) return null;
  return selection.kind === "weight"
    ? [selection.layer, selection.from, selection.to]
    : [selection.layer, null, selection.unit];
}

/**
 * Whether a selection still names something after the network has changed.
 * @param {number[]} shape
 * @param {Selection} selection
 */
export function exists(shape, selection) {
  const { layer } = selection;
  if (layer >= shape.length) return false;
  return selection.kind === "neuron"
    ? selection.unit < shape[layer]
    : selection.from < shape[layer - 1] && selection.to < shape[layer];
}

/**
 * @param {Selection|null} one
 * @param {Selection|null} other
 */
export function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
