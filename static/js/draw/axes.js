/** The axes of the plane. */

import { colours } from "../palette.js";

/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {{left: number, top: number, width: number, height: number}} Plane in CSS px */

/** The plane goes from −EXTENT to EXTENT both ways. */
export const EXTENT = 6;
const TICKS = [-6, -4, -2, 0, 2, 4, 6];
/** Numbers that would touch one another on a narrow map are fewer. */
const FEW_TICKS = [-6, 0, 6];
const NARROW_PX = 160;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Plane} plane
 * @param {Theme} theme
 */
export function drawAxes(context, { left, top, width, height }, theme) {
  const palette = colours(theme);
  context.fillStyle = palette.soft;
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.font = "10px system-ui, sans-serif";
  context.textBaseline = "middle";
  for (const tick of width < NARROW_PX ? FEW_TICKS : TICKS) {
    const share = (tick + EXTENT) / (2 * EXTENT);
    const text = String(tick).replace("-", "−");
    const edge = tick === EXTENT ? "right" : tick === -EXTENT ? "left" : "center";
    context.textAlign = /** @type {CanvasTextAlign} */ (edge);
    context.fillText(text, left + share * width, top + height + 9);
    context.textAlign = "right";
    const y = top + (1 - share) * height;
    context.fillText(text, left - 4, Math.max(top + 5, Math.min(top + height - 5, y)));
  }
}
