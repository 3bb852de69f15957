/** The strip on the card: what each example of the batch adds to a gradient, as bars up and down. */

import { colours } from "../palette.js";
import { fitTo } from "./canvas.js";

/** @typedef {import("../palette.js").Theme} Theme */

/** Bars stand this far apart, where there is room, and are so broad at most. */
const GAP_PX = 1.5;
const BROADEST_PX = 18;
/** A bar of this breadth or more can be hollow: the second mark of what is below zero. */
const HOLLOW_FROM_PX = 4;
const LEAST_PX = 1;
/** The example that is chosen is underlined. */
const UNDERLINE_PX = 2;

/**
 * Where the bars stand.
 * @param {number} width
 * @param {number} count
 * @returns {{step: number, bar: number}} from one to the next, and a bar's breadth, in px
 */
export function barsIn(width, count) {
  const step = Math.min(width / Math.max(count, 1), BROADEST_PX + GAP_PX);
  return { step, bar: Math.max(step - GAP_PX, LEAST_PX) };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{width: number, height: number}} box of the canvas, in px
 * @param {{contributions: number[], chosen: number, theme: Theme}} what chosen: the example whose
 *   numbers are written out; a bar as high as the canvas is the largest contribution
 */
export function drawStrip(canvas, box, { contributions, chosen, theme }) {
  const { context, width, height } = fitTo(canvas, box, window.devicePixelRatio || 1);
  const palette = colours(theme);
  context.clearRect(0, 0, width, height);
  const largest = Math.max(...contributions.map(Math.abs).filter(Number.isFinite), 0);
  const { step, bar } = barsIn(width, contributions.length);
  const middle = Math.round(height / 2) - UNDERLINE_PX;
  if (contributions.length > 1) {
    context.fillStyle = palette.ink;
    context.fillRect(chosen * step, height - UNDERLINE_PX, bar, UNDERLINE_PX);
  }
  context.fillStyle = palette.soft;
  context.fillRect(0, middle - 0.5, step * contributions.length, 1);
  contributions.forEach((contribution, i) => {
    if (contribution === 0 || Number.isNaN(contribution)) return;
    const share = Number.isFinite(contribution) ? Math.abs(contribution) / largest : 1;
    const size = Math.max(share * (middle - 0.5), LEAST_PX);
    if (contribution > 0) {
      context.fillStyle = palette.gradientPositive;
      context.fillRect(i * step, middle - size, bar, size);
    } else if (bar < HOLLOW_FROM_PX) {
      context.fillStyle = palette.gradientNegative;
      context.fillRect(i * step, middle, bar, size);
    } else {
      context.fillStyle = palette.panel;
      context.strokeStyle = palette.gradientNegative;
      context.fillRect(i * step + 0.5, middle + 0.5, bar - 1, size - 0.5);
      context.strokeRect(i * step + 0.5, middle + 0.5, bar - 1, size - 0.5);
    }
  });
}
