/** An axis of a small chart: its range, its numbers, and the room that these need. */

import { format, ticks } from "../scales.js";

/**
 * @typedef {object} Axis
 * @property {number} low
 * @property {number} high
 * @property {{value: number, label: string}[]} ticks
 * @property {number} width_px of the longest label
 */

/** A digit of the charts' font, a little generously. */
const DIGIT_PX = 5.8;

/**
 * @param {Iterable<number>} values what the axis must reach; those that are not finite are left out
 * @param {number} most how many numbers stand at it
 * @param {number} [pad] room beyond the values on both sides, as a share of their range
 * @returns {Axis}
 */
export function axisOf(values, most, pad = 0) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) [low, high] = [0, 0];
  const beyond = pad * (high - low);
  const labelled = ticks(low - beyond / 2, high + beyond / 2, most).map((value) => ({
    value,
    label: format(value, "plain"),
  }));
  const longest = labelled.reduce((length, { label }) => Math.max(length, label.length), 0);
  return { low: low - beyond, high: high + beyond, ticks: labelled, width_px: longest * DIGIT_PX };
}

/**
 * Where a value of the axis stands between two places.
 * @param {Axis} axis
 * @param {number} from the place of its low end
 * @param {number} to
 * @returns {(value: number) => number}
 */
export function scaleOf({ low, high }, from, to) {
  const per = high > low ? (to - from) / (high - low) : 0;
  return (value) => (per === 0 ? (from + to) / 2 : from + (value - low) * per);
}

/** A place where a line of one pixel is sharp. @param {number} at */
export const crisp = (at) => Math.round(at) + 0.5;
