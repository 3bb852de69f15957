/** Where the marks on neurons and layers stand, in px of the picture. */

/** @typedef {import("../layout.js").Layout} Layout */
/** @typedef {{x: number, y: number, size: number}} Spot */

const SIZE = { most_px: 14, least_px: 6, share: 0.5 };
/** On smaller marks no glyph can be told. */
export const GLYPH_LEAST_PX = 9;
/** Between a mark and the names beside it. */
const HEAD_GAP_PX = 2;

/**
 * A neuron's mark stands at its upper right corner.
 * @param {Layout} layout
 * @param {number} layer
 * @param {number} unit
 * @returns {Spot}
 */
export function neuronSpot(layout, layer, unit) {
  const { x, y, size } = nodeOf(layout, layer, unit);
  const side = Math.max(SIZE.least_px, Math.min(SIZE.most_px, size * SIZE.share));
  return { x: x + size / 2, y: y - size / 2, size: side };
}

/**
 * A layer's mark stands before the name of its activation; where names are too near to each other,
 * all stand at the upper left corner of their layer's first neuron.
 * @param {HTMLElement} place over the picture
 * @param {Layout} layout
 * @param {number} layer
 * @returns {Spot}
 */
export function layerSpot(place, layout, layer) {
  const { x, y, size } = nodeOf(layout, layer, 0);
  return headOf(place, layer) ?? { x: x - size / 2, y: y - size / 2, size: SIZE.most_px };
}

/**
 * @param {Layout} layout
 * @param {number} layer
 * @param {number} unit
 */
function nodeOf({ nodes }, layer, unit) {
  const node = nodes.find((one) => one.layer === layer && one.unit === unit);
  if (!node) throw new RangeError(`expected a neuron of the layout, got ${layer},${unit}`);
  return node;
}

/**
 * The place before the name of a layer's activation.
 * @param {HTMLElement} place
 * @param {number} layer
 * @returns {Spot|null} null where there is no room
 */
function headOf(place, layer) {
  const boxes = [...place.ownerDocument.querySelectorAll("#columns > :not(:first-child) > :last-child")].map(
    (name) => name.getBoundingClientRect(),
  );
  const own = boxes[layer - 1];
  const room_px = SIZE.most_px + 2 * HEAD_GAP_PX;
  if (!own || boxes.some(({ left }, i) => i > 0 && left - boxes[i - 1].right < room_px)) return null;
  const origin = place.getBoundingClientRect();
  return {
    x: own.left - origin.left - HEAD_GAP_PX - SIZE.most_px / 2,
    y: own.top + own.height / 2 - origin.top,
    size: SIZE.most_px,
  };
}
