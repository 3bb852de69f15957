/** What a frame shows to be wrong, read from its bytes. Pure. */

/** @typedef {import("../dissection.js").Finding} Finding */
/** @typedef {import("../frame.js").Frame} Frame */

/**
 * @param {Frame} frame
 * @param {number[]} shape neurons in each layer, inputs first
 * @returns {Finding[]} layer by layer, its own before its neurons'
 */
export function findingsIn(frame, shape) {
  const names = /** @type {Finding["ailment"][]} */ (frame.metadata.ailments.split(","));
  const [layers, units] = [frame.tensor("layer_ailments"), frame.tensor("unit_ailments")];
  const ratios = ratiosIn(frame);
  /** @type {Finding[]} */
  const findings = [];
  /** @param {number} code @param {number} layer @param {number|null} unit @param {number|null} measure */
  const note = (code, layer, unit, measure) => {
    if (code === 0) return;
    const ailment = names[code - 1];
    findings.push({ ailment, layer, unit, measure: measure !== null && Number.isFinite(measure) ? measure : null });
  };
  let neuron = 0;
  for (let layer = 1; layer < shape.length; layer += 1) {
    note(layers[layer - 1], layer, null, ratios(layer));
    for (let unit = 0; unit < shape[layer]; unit += 1, neuron += 1) {
      note(units[neuron], layer, unit, null);
    }
  }
  return findings;
}

/**
 * @param {Frame} frame
 * @returns {(layer: number) => number} how large δ is in a layer, beside the output's
 */
function ratiosIn(frame) {
  const [, columns] = frame.shape("statistics");
  const statistics = frame.tensor("statistics");
  const column = frame.metadata.statistics.split(",").indexOf("delta_ratio");
  return (layer) => statistics[(layer - 1) * columns + column];
}
