/** Both losses on the same axes, each with its name at its end. */

import { drawCurve, drawLossAxis } from "../draw/curves.js";
import { colours } from "../palette.js";
import { DASHES, drawTag, TAG_PX } from "./tag.js";

/** @typedef {import("./drawing.js").Areas} Areas */
/** @typedef {import("./drawing.js").ChartScene} ChartScene */
/** @typedef {import("./drawing.js").Strand} Strand */
/** @typedef {{name: string, dash: number[], y: number}} Name */

const CROSS_PX = 4;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Areas} areas
 * @param {ChartScene} scene
 * @param {(epoch: number) => number} x
 */
export function drawLosses(context, areas, { strands, theme, logLoss, curve }, x) {
  const { ink } = colours(theme);
  const y = drawLossAxis(context, areas, scaleRows(strands), { theme, logLoss });
  /** @type {Name[]} */
  const names = [];
  for (const [who, { name, history, ended }] of strands.entries()) {
    const dash = DASHES[who];
    drawCurve(context, history.rows, curve, x, y, ink, dash);
    const last = history.rows.at(-1);
    if (!last || !Number.isFinite(last[curve])) continue;
    const [across, down] = [x(last.epoch), y(last[curve])];
    if (ended) {
      drawCross(context, across, down, ink);
      drawTag(context, name, across + CROSS_PX + TAG_PX, down, ink, dash);
    } else names.push({ name, dash, y: down });
  }
  for (const { name, dash, y: down } of parted(names, areas)) {
    drawTag(context, name, areas.right + 14, down, ink, dash);
  }
}

/**
 * The rows that the losses' scale is made for. One run that blew up would flatten the other, so it
 * may leave the scale upward.
 * @param {Strand[]} strands
 */
function scaleRows(strands) {
  const going = strands.filter(({ ended }) => !ended);
  return (going.length > 0 ? going : strands).flatMap(({ history }) => history.rows);
}

/**
 * Names that would cover one another are parted, in the order of the curves.
 * @param {Name[]} names
 * @param {Areas} areas
 * @returns {Name[]}
 */
function parted(names, { top, lossBottom }) {
  const pitch = TAG_PX + 5;
  const sorted = [...names].sort((one, other) => one.y - other.y);
  const overlap = sorted.length === 2 ? pitch - (sorted[1].y - sorted[0].y) : 0;
  return sorted.map((name, i) => {
    const y = name.y + (overlap > 0 ? (i - 0.5) * overlap : 0);
    const least = top + TAG_PX / 2 + i * pitch;
    const most = lossBottom - TAG_PX / 2 - (sorted.length - 1 - i) * pitch;
    return { ...name, y: Math.max(least, Math.min(most, y)) };
  });
}

/**
 * Where a run's numbers blew up.
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {string} ink
 */
function drawCross(context, x, y, ink) {
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x - CROSS_PX, y - CROSS_PX);
  context.lineTo(x + CROSS_PX, y + CROSS_PX);
  context.moveTo(x - CROSS_PX, y + CROSS_PX);
  context.lineTo(x + CROSS_PX, y - CROSS_PX);
  context.stroke();
}
