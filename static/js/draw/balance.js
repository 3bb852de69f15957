/** How much of what pulls one way is undone by what pulls the other way. */

import { crisp } from "./axis.js";
import { FONT } from "./curves.js";

/** @typedef {import("../palette.js").Colours} Colours */
/** What is above zero, what is below, and what both come to. */
/** @typedef {{above: number, below: number, sum: number}} Balance */

export const BALANCE_PX = 30;

const BAR = { above_px: 6, below_px: 16, height_px: 7 };
const TIP_PX = 4;

/**
 * All above zero laid out to the right, all below back from there: what is left over is the gradient.
 * @param {CanvasRenderingContext2D} context
 * @param {{left: number, right: number, top: number}} place
 * @param {Balance} balance
 * @param {Colours} palette
 */
export function drawBalance(context, { left, right, top }, { above, below, sum }, palette) {
  const [low, high] = [Math.min(0, sum), Math.max(above, 0)];
  if (!Number.isFinite(high - low) || high === low) return;
  const per = (right - left - 2 * TIP_PX) / (high - low);
  const x = (/** @type {number} */ value) => left + TIP_PX + (value - low) * per;
  context.fillStyle = palette.gradientPositive;
  context.fillRect(x(0), top + BAR.above_px, above * per, BAR.height_px);
  context.fillStyle = palette.gradientNegative;
  context.fillRect(x(sum), top + BAR.below_px, -below * per, BAR.height_px);
  context.strokeStyle = palette.soft;
  context.lineWidth = 1;
  context.beginPath();
  for (const at of [0, sum]) {
    context.moveTo(crisp(x(at)), top + 3);
    context.lineTo(crisp(x(at)), top + 26);
  }
  context.stroke();
  context.fillStyle = palette.ink;
  context.beginPath();
  context.moveTo(x(sum), top + 24);
  context.lineTo(x(sum) - TIP_PX, top + 30);
  context.lineTo(x(sum) + TIP_PX, top + 30);
  context.fill();
  context.font = FONT;
  context.fillStyle = palette.soft;
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.fillText("+", left - 5, top + BAR.above_px + 4);
  context.fillText("−", left - 5, top + BAR.below_px + 4);
}
