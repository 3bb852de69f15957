/** A run's mark in the chart: its letter, and the dashes of its curve. */

/** How A's and B's curves are drawn. */
export const DASHES = [[], [5, 4]];
export const TAG_PX = 12;

/**
 * A run's letter in a box whose border is drawn as its curve is.
 * @param {CanvasRenderingContext2D} context
 * @param {string} name
 * @param {number} x
 * @param {number} y
 * @param {string} ink
 * @param {number[]} dash
 */
export function drawTag(context, name, x, y, ink, dash) {
  context.strokeStyle = context.fillStyle = ink;
  context.lineWidth = 1;
  context.setLineDash(dash.map((length) => length / 2));
  context.strokeRect(x - TAG_PX / 2, y - TAG_PX / 2, TAG_PX, TAG_PX);
  context.setLineDash([]);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(name, x, y + 0.5);
}
