/** A bar for each example of a batch, from zero on, and how much of them cancels. */

import { colours } from "../palette.js";
import { axisOf, crisp, scaleOf } from "./axis.js";
import { BALANCE_PX, drawBalance } from "./balance.js";
import { FONT } from "./curves.js";

/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {import("../palette.js").Colours} Colours */
/** @typedef {import("./axis.js").Axis} Axis */
/** @typedef {import("./balance.js").Balance} Balance */
/**
 * @typedef {object} BarScene
 * @property {number[]} values in the order of the bars
 * @property {number} own the bar of the example that is walked through, or −1
 * @property {"gradient"|"plain"} kind
 * @property {number|null} mean a line across
 * @property {Balance|null} balance
 * @property {Theme} theme
 */
/**
 * @typedef {object} BarPlace
 * @property {Axis} axis
 * @property {number} pitch from one bar to the next
 * @property {(bar: number) => number} x its left edge
 * @property {(value: number) => number} y
 * @property {number} left
 * @property {number} right
 * @property {number} top
 * @property {number} bottom
 */

const TICK_PX = 22;
const GAP_PX = 5;
const MARGIN = { left: 44, right: 4, top: 9, bottom: 6 };
const BAR = { most_px: 32, gap_px: 2 };
const OWN_PX = 4;

/**
 * @param {BarScene} scene
 * @param {number} width
 * @param {number} height
 * @returns {BarPlace}
 */
export function placeBars({ values, balance }, width, height) {
  const [right, top] = [width - MARGIN.right, MARGIN.top];
  const bottom = height - MARGIN.bottom - (balance ? BALANCE_PX : 0);
  const axis = axisOf([0, ...values], Math.max(2, Math.floor((bottom - top) / TICK_PX)));
  const left = Math.max(MARGIN.left, axis.width_px + GAP_PX + 3);
  const pitch = Math.min(BAR.most_px, (right - left) / values.length);
  return {
    axis, left, right, top, bottom, pitch,
    x: (bar) => left + bar * pitch,
    y: scaleOf(axis, bottom, top),
  };
}

/**
 * The bar under a place of the picture.
 * @param {BarScene} scene
 * @param {BarPlace} place
 * @param {number} x
 * @returns {number} or −1
 */
export function barAt({ values }, { left, pitch }, x) {
  const bar = Math.floor((x - left) / pitch);
  return bar >= 0 && bar < values.length ? bar : -1;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{width: number, height: number}} size
 * @param {BarScene} scene
 * @param {number} cursor the bar that is looked at, or −1
 */
export function drawBars(context, { width, height }, scene, cursor) {
  const place = placeBars(scene, width, height);
  const palette = colours(scene.theme);
  drawScale(context, place, palette);
  const gap = place.pitch > 3 * BAR.gap_px ? BAR.gap_px : 0;
  const zero = place.y(0);
  for (const [bar, value] of scene.values.entries()) {
    if (!Number.isFinite(value)) continue;
    const y = place.y(value);
    const looked = bar === cursor || bar === scene.own;
    context.globalAlpha = looked || scene.kind === "gradient" ? 1 : 0.6;
    context.fillStyle = colourOf(value, scene.kind, looked, palette);
    // Whole pixels, or the edges of many thin bars would shimmer.
    const [left, right] = [Math.round(place.x(bar)), Math.round(place.x(bar + 1))];
    const size = Math.max(1, Math.abs(zero - y));
    context.fillRect(left, Math.min(y, zero), Math.max(1, right - left - gap), size);
    context.globalAlpha = 1;
  }
  if (scene.mean !== null && Number.isFinite(scene.mean)) drawMean(context, place, scene.mean, palette);
  if (scene.own >= 0) drawOwn(context, place, scene, palette);
  if (cursor >= 0) drawCursor(context, place, cursor, palette);
  if (scene.balance) drawBalance(context, { ...place, top: height - BALANCE_PX }, scene.balance, palette);
}

/**
 * @param {number} value
 * @param {BarScene["kind"]} kind
 * @param {boolean} looked
 * @param {Colours} palette
 */
function colourOf(value, kind, looked, palette) {
  if (kind === "plain" || value === 0) return looked ? palette.ink : palette.soft;
  return value > 0 ? palette.gradientPositive : palette.gradientNegative;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {BarPlace} place
 * @param {Colours} palette
 */
function drawScale(context, { axis, left, right, y }, palette) {
  context.font = FONT;
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.lineWidth = 1;
  for (const { value, label } of axis.ticks) {
    const at = crisp(y(value));
    context.strokeStyle = value === 0 ? palette.soft : palette.line;
    context.beginPath();
    context.moveTo(left, at);
    context.lineTo(right, at);
    context.stroke();
    context.fillStyle = palette.soft;
    context.fillText(label, left - GAP_PX, at);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {BarPlace} place
 * @param {number} mean
 * @param {Colours} palette
 */
function drawMean(context, { left, right, y }, mean, palette) {
  const at = crisp(y(mean));
  context.setLineDash([5, 3]);
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.4;
  context.beginPath();
  context.moveTo(left, at);
  context.lineTo(right, at);
  context.stroke();
  context.setLineDash([]);
}

/**
 * A small triangle points at the example that is walked through.
 * @param {CanvasRenderingContext2D} context
 * @param {BarPlace} place
 * @param {BarScene} scene
 * @param {Colours} palette
 */
function drawOwn(context, place, { own, values }, palette) {
  const x = place.x(own) + place.pitch / 2;
  const value = values[own];
  const down = value < 0;
  const y = (Number.isFinite(value) ? place.y(value) : place.y(0)) + (down ? 2 : -2);
  const away = down ? OWN_PX + 1 : -OWN_PX - 1;
  context.fillStyle = palette.ink;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x - OWN_PX, y + away);
  context.lineTo(x + OWN_PX, y + away);
  context.fill();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {BarPlace} place
 * @param {number} cursor
 * @param {Colours} palette
 */
function drawCursor(context, { x, pitch, top, bottom }, cursor, palette) {
  const width = Math.max(3, Math.round(pitch));
  const left = crisp(x(cursor) + (pitch - width) / 2);
  context.strokeStyle = palette.ink;
  context.lineWidth = 1;
  context.strokeRect(left, top - 2.5, width - 1, bottom - top + 5);
}
