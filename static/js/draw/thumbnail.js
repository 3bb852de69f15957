/** A data set in a few pixels, the right way up. */

import { colours } from "../palette.js";
import { fit } from "./canvas.js";
import { valueColour } from "./maps.js";

const REACH = 62;
const MARK_PX = 2;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number[][]} points [x1, x2, target] each, in tenths of a unit; the target is ±10, or ten
 *   times a class's number where there are more than two
 * @param {import("../palette.js").Theme} theme
 * @param {boolean} regression
 */
export function drawThumbnail(canvas, points, theme, regression) {
  const { context, width, height } = fit(canvas, window.devicePixelRatio || 1);
  context.clearRect(0, 0, width, height);
  const palette = colours(theme);
  const signed = regression || points.some(([, , target]) => target < 0);
  for (const [x1, x2, target] of points) {
    context.fillStyle = signed ? valueColour(target, 10, theme) : palette.classes[target / 10];
    const x = ((x1 + REACH) / (2 * REACH)) * width;
    const y = ((REACH - x2) / (2 * REACH)) * height;
    context.fillRect(x - MARK_PX / 2, y - MARK_PX / 2, MARK_PX, MARK_PX);
  }
}
