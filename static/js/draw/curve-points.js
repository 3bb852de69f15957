/** The examples on an activation's curve: those of the batch, the one that is followed, its slope. */

import { colours } from "../palette.js";
import { crisp } from "./axis.js";
import { traceMark } from "./marks.js";

/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {import("./curve.js").CurvePlace} CurvePlace */
/** @typedef {import("./curve.js").CurveScene} CurveScene */
/** @typedef {import("./curve.js").Point} Point */

const POINT = { own_px: 5, other_px: 2.6 };
const TANGENT_PX = 34;
/** Negative gradients are dashed here as they are in the network. */
const DASH = [4, 3];

/**
 * All examples, their mean or the one that is followed, and the one that is pointed at.
 * @param {CanvasRenderingContext2D} context
 * @param {CurvePlace} place
 * @param {CurveScene} scene
 * @param {number} cursor or −1
 */
export function drawPoints(context, place, scene, cursor) {
  drawBatch(context, place, scene);
  if (scene.mean) drawMean(context, place, scene.mean, scene.theme);
  if (scene.own) drawOwn(context, place, scene, scene.own);
  if (cursor >= 0) drawCursor(context, place, scene.points[cursor], scene.theme);
}

/**
 * The batch's examples: filled where δ is above zero, hollow below, as the network's arrows are.
 * @param {CanvasRenderingContext2D} context
 * @param {CurvePlace} place
 * @param {CurveScene} scene
 */
function drawBatch(context, { x, y }, { points, signalled, theme }) {
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
