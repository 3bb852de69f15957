/** The plane that a reader draws points into. */

import { colours } from "../palette.js";
import { drawAxes, EXTENT } from "./axes.js";
import { fit } from "./canvas.js";
import { traceMark } from "./marks.js";
import { looksOf } from "./points.js";

/** @typedef {import("../points.js").Point} Point */
/**
 * @typedef {object} PlaneScene
 * @property {Point[]} points
 * @property {"classification"|"regression"} problem
 * @property {number} classes
 * @property {import("../palette.js").Theme} theme
 */

const MARGIN = { left: 18, bottom: 16, top: 1, right: 1 };
const POINT_PX = 4;
const MANY_POINTS = 300;
/** So near must the pointer be to a point that is to be taken away. */
const REACH_PX = 14;

export class PlaneDrawing {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
  }

  /**
   * The point of the plane under a place on the canvas, kept inside the plane, in tenths.
   * @param {number} x in CSS px
   * @param {number} y
   * @returns {[x1: number, x2: number]}
   */
  pointAt(x, y) {
    const { left, top, width, height } = this.#plane();
    const inside = (/** @type {number} */ value) =>
      Math.round(10 * Math.max(-EXTENT, Math.min(EXTENT, value))) / 10 + 0;
    return [
      inside(((x - left) / width) * 2 * EXTENT - EXTENT),
      inside(EXTENT - ((y - top) / height) * 2 * EXTENT),
    ];
  }

  /**
   * Which of the points is under a place on the canvas.
   * @param {Point[]} points
   * @param {number} x in CSS px
   * @param {number} y
   * @returns {number} −1 where none is near
   */
  nearest(points, x, y) {
    let [found, least] = [-1, REACH_PX];
    points.forEach((point, i) => {
      const [px, py] = this.#place(point);
      const away = Math.hypot(px - x, py - y);
      if (away <= least) [found, least] = [i, away];
    });
    return found;
  }

  /** @param {PlaneScene} scene */
  draw({ points, problem, classes, theme }) {
    const { context, width, height } = fit(this.canvas, window.devicePixelRatio || 1);
    const palette = colours(theme);
    const plane = this.#plane();
    context.clearRect(0, 0, width, height);
    drawAxes(context, plane, theme);
    drawGrid(context, plane, palette.line);
    const largest = Math.max(1e-9, ...points.map(([, , target]) => Math.abs(target)));
    const looks = looksOf({ theme, problem, classes }, largest);
    context.lineWidth = 1;
    context.strokeStyle = problem === "regression" ? palette.soft : palette.panel;
    for (const point of points) {
      const [x, y] = this.#place(point);
      const { mark, colour } = looks(point[2]);
      context.fillStyle = colour;
      context.beginPath();
      traceMark(context, mark, x, y, points.length > MANY_POINTS ? POINT_PX / 2 : POINT_PX);
      context.fill();
      context.stroke();
    }
  }

  #plane() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    return {
      left: MARGIN.left,
      top: MARGIN.top,
      width: width - MARGIN.left - MARGIN.right,
      height: height - MARGIN.top - MARGIN.bottom,
    };
  }

  /** @param {Point} point */
  #place([x1, x2]) {
    const { left, top, width, height } = this.#plane();
    return [
      left + ((x1 + EXTENT) / (2 * EXTENT)) * width,
      top + ((EXTENT - x2) / (2 * EXTENT)) * height,
    ];
  }
}

/**
 * Squares of two by two, as the axes are numbered.
 * @param {CanvasRenderingContext2D} context
 * @param {import("./axes.js").Plane} plane
 * @param {string} colour
 */
function drawGrid(context, { left, top, width, height }, colour) {
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  for (let line = 0; line <= EXTENT; line += 1) {
    const [x, y] = [left + (line / EXTENT) * width, top + (line / EXTENT) * height];
    context.moveTo(x, top);
    context.lineTo(x, top + height);
    context.moveTo(left, y);
    context.lineTo(left + width, y);
  }
  context.stroke();
}

/**
 * How many points lie where the plane does not show them.
 * @param {Point[]} points
 */
export function outsiders(points) {
  return points.filter(([x1, x2]) => Math.abs(x1) > EXTENT || Math.abs(x2) > EXTENT).length;
}
