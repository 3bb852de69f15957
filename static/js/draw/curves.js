/** Curves over time: their axes, a loss as a line, and the names of a river's bands. */

import { gettext } from "../i18n.js";
import { colours } from "../palette.js";
import { decades, format, superscript, ticks } from "../scales.js";
import { drawAilment } from "./ailments.js";

/** @typedef {import("../history.js").Row} Row */
/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {import("./ailments.js").Ailment} Ailment */

export const FONT = "10px system-ui, sans-serif";
/** Numbers from here on do not fit beside an axis. */
const LONG = 1e7;

/**
 * The epochs along the bottom.
 * @param {CanvasRenderingContext2D} context
 * @param {{left: number, right: number, bottom: number}} areas
 * @param {number} end
 * @param {Theme} theme
 * @param {(epoch: number) => number} x
 */
export function drawTime(context, { left, right, bottom }, end, theme, x) {
  context.fillStyle = colours(theme).soft;
  context.textBaseline = "top";
  const places = ticks(0, end, Math.max(2, Math.floor((right - left) / 90)));
  for (const epoch of places) {
    context.textAlign = epoch === 0 ? "left" : "center";
    if (x(epoch) > right - 24) continue;
    context.fillText(round(epoch), x(epoch), bottom + 5);
  }
  context.textAlign = "left";
  context.fillText(gettext("epoch"), right + 6, bottom + 5);
}

/**
 * The grid and the numbers of the losses.
 * @param {CanvasRenderingContext2D} context
 * @param {{left: number, right: number, top: number, lossBottom: number}} areas
 * @param {Row[]} rows all that are to fit in
 * @param {{theme: Theme, logLoss: boolean}} scene
 * @returns {(loss: number) => number} where a loss stands
 */
export function drawLossAxis(context, { left, right, top, lossBottom }, rows, { theme, logLoss }) {
  const palette = colours(theme);
  const range = lossRange(rows, logLoss);
  const share = logLoss
    ? (/** @type {number} */ loss) => Math.log(loss / range.low) / Math.log(range.high / range.low)
    : (/** @type {number} */ loss) => (loss - range.low) / (range.high - range.low);
  const y = (/** @type {number} */ loss) =>
    lossBottom - Math.max(0, Math.min(1, share(loss))) * (lossBottom - top);
  context.lineWidth = 1;
  context.strokeStyle = palette.line;
  context.fillStyle = palette.soft;
  context.textAlign = "right";
  context.textBaseline = "middle";
  const most = Math.max(3, Math.floor((lossBottom - top) / 18));
  const marks = logLoss
    ? decades(range.low, range.high, most).map((exponent) => 10 ** exponent)
    : ticks(range.low, range.high, most);
  for (const mark of marks) {
    context.beginPath();
    context.moveTo(left, y(mark));
    context.lineTo(right, y(mark));
    context.stroke();
    const text = logLoss ? `10${superscript(Math.round(Math.log10(mark)))}` : round(mark);
    context.fillText(text, left - 6, y(mark));
  }
  return y;
}

/**
 * One loss over time; a row of many frames shows the lowest and highest of them.
 * @param {CanvasRenderingContext2D} context
 * @param {Row[]} rows
 * @param {"train"|"test"} which
 * @param {(epoch: number) => number} x
 * @param {(loss: number) => number} y
 * @param {string} colour
 * @param {number[]} dash
 */
export function drawCurve(context, rows, which, x, y, colour, dash) {
  const ranges = which === "train" ? "trainRange" : "testRange";
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.setLineDash(dash);
  context.beginPath();
  let pen = false;
  for (const row of rows) {
    const [low, high] = row[ranges];
    if (!Number.isFinite(low) || !Number.isFinite(high)) {
      pen = false;
      continue;
    }
    const across = x(row.epoch);
    if (pen) context.lineTo(across, y(high));
    else context.moveTo(across, y(high));
    if (low !== high) context.lineTo(across, y(low));
    context.lineTo(across, y(row[which]));
    pen = true;
  }
  context.stroke();
  context.setLineDash([]);
}

/**
 * @param {Row[]} rows
 * @param {boolean} logarithmic
 */
function lossRange(rows, logarithmic) {
  let [low, high] = [Infinity, 0];
  for (const { trainRange, testRange } of rows) {
    for (const value of [...trainRange, ...testRange]) {
      if (!Number.isFinite(value)) continue;
      high = Math.max(high, value);
      if (value > 0) low = Math.min(low, value);
    }
  }
  if (!logarithmic) return { low: 0, high: high > 0 ? high * 1.05 : 1 };
  if (!(high > 0)) return { low: 0.01, high: 1 };
  return { low: Math.min(low / 1.2, high / 10), high: high * 1.2 };
}

/**
 * The layers' names beside their bands of the river, and after a name what is wrong with its layer.
 * @param {CanvasRenderingContext2D} context
 * @param {{right: number, riverTop: number}} areas
 * @param {number} pitch
 * @param {{labels: string[], ailments?: (Ailment|undefined)[]}} names of each layer
 * @param {string} colour
 */
export function nameBands(context, { right, riverTop }, pitch, { labels, ailments = [] }, colour) {
  context.fillStyle = context.strokeStyle = colour;
  context.textAlign = "left";
  context.textBaseline = "middle";
  // Bands thinner than a line of text name only the first, the last and some between.
  const every = Math.max(1, Math.ceil(11 / pitch));
  for (const [layer, label] of labels.entries()) {
    if (layer % every !== 0) continue;
    const [x, y] = [right + 6, riverTop + (layer + 0.5) * pitch];
    context.fillText(label, x, y);
    const ailment = ailments[layer];
    if (ailment) drawAilment(context, ailment, { x: x + context.measureText(label).width + 10, y });
  }
}

/** @param {number} value */
function round(value) {
  const short = Number(value.toPrecision(4));
  return short >= LONG ? format(Number(value.toPrecision(1)), "plain") : String(short);
}
