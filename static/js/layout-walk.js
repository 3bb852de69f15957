/** Where the network's parts stand in the walk: with room for numbers, and for the loss. Pure. */

import { columnGap, LARGE_PX, nodeSize, place, rowPitch } from "./layout.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./layout.js").Sides} Sides */
/** @typedef {import("./layout.js").Stand} Stand */
/** @typedef {import("./layout.js").Wanted} Wanted */

/** Beside the inputs and the outputs: the numbers and the loss, or the loss alone. */
const WIDE_PX = { left: 64, right: 152 };
const NARROW_PX = { left: 56, right: 78 };
/** Below the last neurons, for what is written at their biases. */
const BENEATH_PX = 10;
const LOSS = { size_px: 26, margin_px: 28 };
/** What two numbers take of the room between columns, and one. */
const BETWEEN = { corners_px: 136, single_px: 44 };
/** What a number takes of the room below or above a neuron, and the ring on its other side. */
const ROW = { large: { number_px: 18, ring_px: 4 }, small: { number_px: 15, ring_px: 3 } };
const CORNERS = { pitch_px: 40, most_px: 36 };
/** A neuron has numbers above and below while that leaves it so large, or one while so large. */
const LEAST = { stacked_px: 26, single_px: 8 };

/**
 * @param {Wanted} wanted
 * @returns {Layout}
 */
export function layoutWalk(wanted) {
  const { shape, width } = wanted;
  const height = wanted.height - BENEATH_PX;
  const roomy = hasCorners(columnGap(shape, width, WIDE_PX));
  const sides = roomy ? WIDE_PX : NARROW_PX;
  const layout = place({ ...wanted, height }, sides, (units, gap) => stand(units, height, gap));
  layout.height = wanted.height;
  layout.loss = { x: width - LOSS.margin_px, y: height / 2, size: LOSS.size_px };
  return layout;
}

/** @param {number} gap between the columns */
function hasCorners(gap) {
  return gap - CORNERS.most_px >= BETWEEN.corners_px;
}

/**
 * A neuron with as many numbers as there is room for.
 * @param {number} units
 * @param {number} height
 * @param {number} gap between the columns
 * @returns {Stand}
 */
function stand(units, height, gap) {
  const size = nodeSize(units, height, gap);
  const pitch = rowPitch(units, height);
  if (hasCorners(gap) && pitch >= CORNERS.pitch_px) {
    return { size: Math.min(size, CORNERS.most_px), labels: "corners", lift: 0 };
  }
  const between = pitch - 2 * ROW.large.number_px;
  if (gap >= BETWEEN.single_px && between >= LEAST.stacked_px) {
    return { size: Math.floor(Math.min(size, between)), labels: "stacked", lift: 0 };
  }
  const large = pitch - ROW.large.number_px - ROW.large.ring_px > LARGE_PX;
  const { number_px, ring_px } = large ? ROW.large : ROW.small;
  const room = Math.floor(pitch - number_px - ring_px);
  if (gap < BETWEEN.single_px || room < LEAST.single_px) return { size, labels: "none", lift: 0 };
  const most = large ? room : Math.min(room, LARGE_PX);
  return { size: Math.min(size, most), labels: "single", lift: (number_px - ring_px) / 2 };
}
