/** An activation's curve and its axes, with the examples of a batch on it. */

import { colours } from "../palette.js";
import { axisOf, crisp, scaleOf } from "./axis.js";
import { drawPoints } from "./curve-points.js";
import { FONT } from "./curves.js";

/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {import("./axis.js").Axis} Axis */
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
/**
 * @typedef {object} CurvePlace
 * @property {Axis} z
 * @property {Axis} a
 * @property {(z: number) => number} x
 * @property {(a: number) => number} y
 * @property {number} left
 * @property {number} right
 * @property {number} top
 * @property {number} bottom
 */

const COLUMNS = 3;
const TICKS = { z: 5, a: 3 };
const GAP_PX = 5;
const MARGIN = { left: 26, right: 14, top: 5, bottom: 15 };
const NEAR_PX = 12;
/** Room above and below the curve, as a share of its height. */
const PAD = 0.06;

/**
 * Where z and a stand in a box.
 * @param {CurveScene} scene
 * @param {number} width
 * @param {number} height
 * @returns {CurvePlace}
 */
export function placeCurve({ curve, own }, width, height) {
  const z = axisOf([...column(curve, 0), own?.z ?? NaN], TICKS.z);
  const a = axisOf([...column(curve, 1), own?.a ?? NaN], TICKS.a, PAD);
  const [left, right] = [Math.max(MARGIN.left, a.width_px + GAP_PX + 3), width - MARGIN.right];
  const [top, bottom] = [MARGIN.top, height - MARGIN.bottom];
  return { z, a, left, right, top, bottom, x: scaleOf(z, left, right), y: scaleOf(a, bottom, top) };
}

/**
 * @param {ArrayLike<number>} curve
 * @param {number} which
 */
function* column(curve, which) {
  for (let i = which; i < curve.length; i += COLUMNS) yield curve[i];
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
  drawAxes(context, place, scene.theme);
  drawLine(context, place, scene);
  drawPoints(context, place, scene, cursor);
}

/**
 * Both zero lines, and the numbers along z and a.
 * @param {CanvasRenderingContext2D} context
 * @param {CurvePlace} place
 * @param {Theme} theme
 */
function drawAxes(context, { z, a, left, right, top, bottom, x, y }, theme) {
  const palette = colours(theme);
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
  for (const { value, label } of z.ticks) context.fillText(label, x(value), bottom + 4);
  context.textAlign = "left";
  context.fillText("z", right + GAP_PX, bottom + 4);
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { value, label } of a.ticks) context.fillText(label, left - GAP_PX, y(value));
}

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
