/** A bar for each example of a batch, from zero on, and how much of them cancels. */

import { colours } from "../palette.js";
import { format, ticks } from "../scales.js";
import { FONT } from "./curves.js";

/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {import("../palette.js").Colours} Colours */
/**
 * @typedef {object} BarScene
 * @property {number[]} values in the order of the bars
 * @property {number} own the bar of the example that is walked through, or −1
 * @property {"gradient"|"plain"} kind
 * @property {number|null} mean a line across
 * @property {Balance|null} balance
 * @property {Theme} theme
 */
/** What is above zero, what is below, and what both come to. */
/** @typedef {{above: number, below: number, sum: number}} Balance */
/** @typedef {{x: (bar: number) => number, y: (value: number) => number, pitch: number, left: number, right: number, top: number, bottom: number}} BarPlace */

const MARGIN = { left: 44, right: 4, top: 9, bottom: 6 };
const BALANCE_PX = 30;
const BAR = { most_px: 22, gap_px: 2 };
const OWN_PX = 4;

/**
 * @param {BarScene} scene
 * @param {number} width
 * @param {number} height
 * @returns {BarPlace}
 */
export function placeBars({ values, balance }, width, height) {
  const [left, right, top] = [MARGIN.left, width - MARGIN.right, MARGIN.top];
  const bottom = height - MARGIN.bottom - (balance ? BALANCE_PX : 0);
  const finite = values.filter(Number.isFinite);
  const low = finite.reduce((least, value) => Math.min(least, value), 0);
  const high = finite.reduce((most, value) => Math.max(most, value), 0);
  const per = high > low ? (bottom - top) / (high - low) : 0;
  const pitch = Math.min(BAR.most_px, (right - left) / values.length);
  return {
    left, right, top, bottom, pitch,
    x: (bar) => left + bar * pitch,
    y: (value) => bottom - (value - low) * per,
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
  drawScale(context, place, scene, palette);
  const gap = place.pitch > 3 * BAR.gap_px ? BAR.gap_px : 0;
  const zero = place.y(0);
  for (const [bar, value] of scene.values.entries()) {
    if (!Number.isFinite(value)) continue;
    const y = place.y(value);
    const looked = bar === cursor || bar === scene.own;
    context.globalAlpha = looked || scene.kind === "gradient" ? 1 : 0.6;
    context.fillStyle = colourOf(value, scene.kind, looked, palette);
    const size = Math.max(1, Math.abs(zero - y));
    context.fillRect(place.x(bar) + gap / 2, Math.min(y, zero), Math.max(0.5, place.pitch - gap), size);
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
  if (kind === "plain") return looked ? palette.ink : palette.soft;
  return value > 0 ? palette.gradientPositive : palette.gradientNegative;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {BarPlace} place
 * @param {BarScene} scene
 * @param {Colours} palette
 */
function drawScale(context, { left, right, top, bottom, y }, { values }, palette) {
  const finite = values.filter(Number.isFinite);
  const low = finite.reduce((least, value) => Math.min(least, value), 0);
  const high = finite.reduce((most, value) => Math.max(most, value), 0);
  context.font = FONT;
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.lineWidth = 1;
  for (const tick of ticks(low, high, Math.max(2, Math.floor((bottom - top) / 22)))) {
    const at = Math.round(y(tick)) + 0.5;
    context.strokeStyle = tick === 0 ? palette.soft : palette.line;
    context.beginPath();
    context.moveTo(left, at);
    context.lineTo(right, at);
    context.stroke();
    context.fillStyle = palette.soft;
    context.fillText(format(tick, "plain"), left - 5, at);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {BarPlace} place
 * @param {number} mean
 * @param {Colours} palette
 */
function drawMean(context, { left, right, y }, mean, palette) {
  const at = Math.round(y(mean)) + 0.5;
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
  const width = Math.max(3, pitch);
  context.strokeStyle = palette.ink;
  context.lineWidth = 1;
  context.strokeRect(Math.round(x(cursor) + (pitch - width) / 2) + 0.5, top - 2.5, Math.round(width) - 1, bottom - top + 5);
}

/**
 * All above zero laid out to the right, all below back from there: what is left over is the gradient.
 * @param {CanvasRenderingContext2D} context
 * @param {Pick<BarPlace, "left"|"right"|"top">} place
 * @param {Balance} balance
 * @param {Colours} palette
 */
function drawBalance(context, { left, right, top }, { above, below, sum }, palette) {
  const [low, high] = [Math.min(0, sum), Math.max(above, 0)];
  if (!Number.isFinite(high - low) || high === low) return;
  const per = (right - left - 2 * OWN_PX) / (high - low);
  const x = (/** @type {number} */ value) => left + OWN_PX + (value - low) * per;
  context.fillStyle = palette.gradientPositive;
  context.fillRect(x(0), top + 6, above * per, 7);
  context.fillStyle = palette.gradientNegative;
  context.fillRect(x(sum), top + 16, -below * per, 7);
  context.strokeStyle = palette.soft;
  context.lineWidth = 1;
  context.beginPath();
  for (const at of [0, sum]) {
    context.moveTo(Math.round(x(at)) + 0.5, top + 3);
    context.lineTo(Math.round(x(at)) + 0.5, top + 26);
  }
  context.stroke();
  context.fillStyle = palette.ink;
  context.beginPath();
  context.moveTo(x(sum), top + 24);
  context.lineTo(x(sum) - OWN_PX, top + 30);
  context.lineTo(x(sum) + OWN_PX, top + 30);
  context.fill();
  context.font = FONT;
  context.fillStyle = palette.soft;
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.fillText("+", left - 5, top + 10);
  context.fillText("−", left - 5, top + 20);
}
