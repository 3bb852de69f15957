/** An activation's curve, with the examples on it, their mean, and the slope at one of them. */

import { colours } from "../palette.js";
import { format, ticks } from "../scales.js";
import { FONT } from "./curves.js";
import { traceMark } from "./marks.js";

/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {{z: number, a: number, slope: number, delta: number}} Point */
/**
 * @typedef {object} CurveScene
 * @property {ArrayLike<number>} curve z, a and slope of each of its points, z rising
 * @property {Point[]} points of the batch's examples
 * @property {Point|null} own the example that is walked through, once its z is there
 * @property {{z: number, a: number}|null} mean of the batch, where that is walked through
 * @property {boolean} sloped whether the slope is there by now
 * @property {boolean} signalled whether δ is there by now
 * @property {Theme} theme
 */
/** @typedef {{x: (z: number) => number, y: (a: number) => number, bottom: number, left: number, right: number, top: number}} CurvePlace */

const COLUMNS = 3;
const MARGIN = { left: 26, right: 14, top: 5, bottom: 15 };
const POINT = { own_px: 5, other_px: 2.6 };
const TANGENT_PX = 34;
const NEAR_PX = 12;
/** Room above and below the curve, as a share of its height. */
const PAD = 0.06;
/** Negative gradients are dashed here as they are in the network. */
const DASH = [4, 3];

/**
 * Where z and a stand in a box.
 * @param {CurveScene} scene
 * @param {number} width
 * @param {number} height
 * @returns {CurvePlace}
 */
export function placeCurve({ curve, own }, width, height) {
  const [left, right] = [MARGIN.left, width - MARGIN.right];
  const [top, bottom] = [MARGIN.top, height - MARGIN.bottom];
  const z = range(curve, 0, own?.z);
  const a = range(curve, 1, own?.a);
  const pad = PAD * (a.high - a.low) || 1;
  return {
    left, right, top, bottom,
    x: scale(z.low, z.high, left, right),
    y: scale(a.low - pad, a.high + pad, bottom, top),
  };
}

/**
 * @param {ArrayLike<number>} curve
 * @param {number} column
 * @param {number|undefined} extra a value that must be in it as well
 */
function range(curve, column, extra) {
  let [low, high] = [Infinity, -Infinity];
  const take = (/** @type {number} */ value) => {
    if (!Number.isFinite(value)) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  for (let i = column; i < curve.length; i += COLUMNS) take(curve[i]);
  if (extra !== undefined) take(extra);
  return { low, high };
}

/**
 * @param {number} low
 * @param {number} high
 * @param {number} from
 * @param {number} to
 */
function scale(low, high, from, to) {
  const per = high > low ? (to - from) / (high - low) : 0;
  return (/** @type {number} */ value) => from + (value - low) * per;
}

/**
 * The example under a place of the picture.
 * @param {CurveScene} scene
 * @param {CurvePlace} place
 * @param {number} x
 * @param {number} y
 * @returns {number} its index among the points, or −1
 */
export function pointAt({ points }, place, x, y) {
  let [best, nearest] = [-1, NEAR_PX];
  for (const [i, { z, a }] of points.entries()) {
    const away = Math.hypot(place.x(z) - x, place.y(a) - y);
    if (away < nearest) [best, nearest] = [i, away];
  }
  return best;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{width: number, height: number}} size
 * @param {CurveScene} scene
 * @param {number} cursor the point that is looked at, or −1
 */
export function drawCurve(context, { width, height }, scene, cursor) {
  const place = placeCurve(scene, width, height);
  drawAxes(context, place, scene);
  drawLine(context, place, scene);
  drawPoints(context, place, scene);
  if (scene.mean) drawMean(context, place, scene.mean, scene.theme);
  if (scene.own) drawOwn(context, place, scene, scene.own);
  if (cursor >= 0) drawCursor(context, place, scene.points[cursor], scene.theme);
}

/**
 * Both zero lines, and the numbers along z and a.
 * @param {CanvasRenderingContext2D} context
 * @param {CurvePlace} place
 * @param {CurveScene} scene
 */
function drawAxes(context, { left, right, top, bottom, x, y }, { curve, own, theme }) {
  const palette = colours(theme);
  const [z, a] = [range(curve, 0, own?.z), range(curve, 1, own?.a)];
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(left, crisp(y(0)));
  context.lineTo(right, crisp(y(0)));
  context.moveTo(crisp(x(0)), top);
  context.lineTo(crisp(x(0)), bottom);
  context.stroke();
  context.font = FONT;
  context.fillStyle = palette.soft;
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const tick of ticks(z.low, z.high, 5)) context.fillText(format(tick, "plain"), x(tick), bottom + 4);
  context.textAlign = "left";
  context.fillText("z", right + 5, bottom + 4);
  context.textAlign = "right";
  context.textBaseline = "middle";
  const pad = (PAD / 2) * (a.high - a.low);
  for (const tick of ticks(a.low - pad, a.high + pad, 3)) context.fillText(format(tick, "plain"), left - 5, y(tick));
}

/** @param {number} at */
const crisp = (at) => Math.round(at) + 0.5;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {CurvePlace} place
 * @param {CurveScene} scene
 */
function drawLine(context, { x, y }, { curve, theme }) {
  context.strokeStyle = colours(theme).ink;
  context.lineWidth = 1.4;
  context.lineJoin = "round";
  context.beginPath();
  for (let i = 0; i < curve.length; i += COLUMNS) {
    if (Number.isFinite(curve[i + 1])) context.lineTo(x(curve[i]), y(curve[i + 1]));
  }
  context.stroke();
}

/**
 * The batch's examples: filled where δ is above zero, hollow below, as the network's arrows are.
 * @param {CanvasRenderingContext2D} context
 * @param {CurvePlace} place
 * @param {CurveScene} scene
 */
function drawPoints(context, { x, y }, { points, signalled, theme }) {
  const palette = colours(theme);
  context.lineWidth = 1.2;
  for (const { z, a, delta } of points) {
    if (!Number.isFinite(z) || !Number.isFinite(a)) continue;
    const hue = delta > 0 ? palette.gradientPositive : palette.gradientNegative;
    const hollow = signalled && delta < 0;
    context.beginPath();
    traceMark(context, 0, x(z), y(a), POINT.other_px);
    context.fillStyle = hollow ? palette.paper : signalled && delta > 0 ? hue : palette.soft;
    context.strokeStyle = signalled && delta !== 0 ? hue : palette.paper;
    context.fill();
    context.stroke();
  }
}

/**
 * The means of z and of a: off the curve, for a mean of outputs is not the output of a mean.
 * @param {CanvasRenderingContext2D} context
 * @param {CurvePlace} place
 * @param {{z: number, a: number}} mean
 * @param {Theme} theme
 */
function drawMean(context, place, { z, a }, theme) {
  const palette = colours(theme);
  drawGuides(context, place, { z, a }, palette.soft);
  context.beginPath();
  traceMark(context, 3, place.x(z), place.y(a), POINT.own_px);
  context.fillStyle = palette.ink;
  context.strokeStyle = palette.paper;
  context.lineWidth = 1.5;
  context.fill();
  context.stroke();
}

/**
 * The example's own point; with its slope, in the hue and dash of its δ.
 * @param {CanvasRenderingContext2D} context
 * @param {CurvePlace} place
 * @param {CurveScene} scene
 * @param {Point} own
 */
function drawOwn(context, place, { sloped, signalled, theme }, own) {
  const palette = colours(theme);
  const [x, y] = [place.x(own.z), place.y(own.a)];
  if (!Number.isFinite(x) || !Number.isFinite(y)) return;
  drawGuides(context, place, own, palette.soft);
  const hue = own.delta > 0 ? palette.gradientPositive : palette.gradientNegative;
  const colour = signalled && own.delta !== 0 ? hue : palette.ink;
  if (sloped && Number.isFinite(own.slope)) {
    drawTangent(context, place, own, colour, signalled && own.delta < 0);
  }
  context.beginPath();
  traceMark(context, 0, x, y, POINT.own_px);
  context.fillStyle = own.a < 0 ? palette.negative : palette.positive;
  context.strokeStyle = palette.paper;
  context.lineWidth = 4;
  context.stroke();
  context.fill();
  context.strokeStyle = colour;
  context.lineWidth = 1.6;
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {CurvePlace} place
 * @param {Point} point
 * @param {string} colour
 * @param {boolean} dashed
 */
function drawTangent(context, place, { z, a, slope }, colour, dashed) {
  const [x, y] = [place.x(z), place.y(a)];
  const along = [place.x(z + 1) - x, place.y(a + slope) - y];
  const per = TANGENT_PX / Math.hypot(along[0], along[1]);
  context.setLineDash(dashed ? DASH : []);
  context.strokeStyle = colour;
  context.lineWidth = 2.4;
  context.beginPath();
  context.moveTo(x - along[0] * per, y - along[1] * per);
  context.lineTo(x + along[0] * per, y + along[1] * per);
  context.stroke();
  context.setLineDash([]);
}

/**
 * Thin lines from a point to the axes.
 * @param {CanvasRenderingContext2D} context
 * @param {CurvePlace} place
 * @param {{z: number, a: number}} point
 * @param {string} colour
 */
function drawGuides(context, { x, y, left, bottom }, { z, a }, colour) {
  context.setLineDash([1, 2]);
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(crisp(x(z)), y(a));
  context.lineTo(crisp(x(z)), bottom);
  context.moveTo(x(z), crisp(y(a)));
  context.lineTo(left, crisp(y(a)));
  context.stroke();
  context.setLineDash([]);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {CurvePlace} place
 * @param {{z: number, a: number}} point
 * @param {Theme} theme
 */
function drawCursor(context, { x, y }, { z, a }, theme) {
  context.strokeStyle = colours(theme).ink;
  context.lineWidth = 1.4;
  context.beginPath();
  context.arc(x(z), y(a), POINT.own_px + 3, 0, 2 * Math.PI);
  context.stroke();
}
