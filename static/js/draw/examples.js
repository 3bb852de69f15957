/** The plane as small as a stamp: the output's map, the examples, those of a batch, and one of them. */

import { colours } from "../palette.js";
import { fit, Sheet } from "./canvas.js";
import { paintOutput } from "./maps.js";
import { traceMark } from "./marks.js";
import { lookOfTargets } from "./points.js";

/** @typedef {import("../frame.js").Frame} Frame */
/** @typedef {import("./points.js").Marked} Marked */
/**
 * @typedef {object} Crowd
 * @property {Frame} data
 * @property {boolean} showTest
 * @property {ReadonlySet<number>} members rows of the batch
 * @property {[x1: number, x2: number, target: number]|null} traced
 */
/** @typedef {Marked & Crowd & {discretize: boolean}} Scene */

const EXTENT = 6;
const POINT_PX = { other: 1.2, member: 2.7 };
const RING_PX = 5.5;
/** An example of the batch is hit from so much farther away than another. */
const MEMBER_BONUS_PX = 3;

export class ExampleMap {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.sheet = new Sheet(canvas.ownerDocument);
  }

  /**
   * The point of the plane under a place on the canvas, kept inside the plane.
   * @param {number} x in CSS px
   * @param {number} y
   * @returns {[x1: number, x2: number]}
   */
  pointAt(x, y) {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const inside = (/** @type {number} */ value) => Math.max(-EXTENT, Math.min(EXTENT, value));
    return [inside((x / width) * 2 * EXTENT - EXTENT), inside(EXTENT - (y / height) * 2 * EXTENT)];
  }

  /**
   * The example nearest to a place on the canvas.
   * @param {number} x in CSS px
   * @param {number} y
   * @param {Pick<Crowd, "data"|"showTest"|"members">} crowd
   * @returns {number} its row
   */
  rowAt(x, y, { data, showTest, members }) {
    const points = data.tensor("points");
    const test = data.tensor("test");
    const placeOf = this.#places();
    let [nearest, least] = [0, Infinity];
    for (let row = 0; row < test.length; row += 1) {
      if (test[row] === 1 && !showTest) continue;
      const [left, top] = placeOf(points[2 * row], points[2 * row + 1]);
      const away = Math.hypot(left - x, top - y) - (members.has(row) ? MEMBER_BONUS_PX : 0);
      if (away < least) [nearest, least] = [row, away];
    }
    return nearest;
  }

  /**
   * Whether a place on the canvas is on an example's ring.
   * @param {number} x in CSS px
   * @param {number} y
   * @param {[x1: number, x2: number, target: number]} example
   */
  hits(x, y, [x1, x2]) {
    const [left, top] = this.#places()(x1, x2);
    return Math.hypot(left - x, top - y) <= RING_PX + MEMBER_BONUS_PX;
  }

  /** @param {Scene} scene */
  draw(scene) {
    const { context, width, height } = fit(this.canvas, window.devicePixelRatio || 1);
    const side = scene.frame.shape("outputs")[1];
    paintOutput(scene.frame, scene.theme, scene.discretize, this.sheet.resize(side, side));
    this.sheet.show();
    context.imageSmoothingEnabled = !scene.discretize;
    context.globalAlpha = 0.7;
    context.clearRect(0, 0, width, height);
    context.drawImage(this.sheet.canvas, 0, 0, side, side, 0, 0, width, height);
    context.globalAlpha = 1;
    this.#drawExamples(context, scene);
    if (scene.traced) this.#drawTraced(context, scene, scene.traced);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Scene} scene
   */
  #drawExamples(context, scene) {
    const { data, showTest, members, theme } = scene;
    const [points, targets, test] = [data.tensor("points"), data.tensor("targets"), data.tensor("test")];
    const looks = lookOfTargets(scene);
    const placeOf = this.#places();
    context.strokeStyle = colours(theme).panel;
    context.lineWidth = 1;
    for (const inBatch of [false, true]) {
      for (let row = 0; row < targets.length; row += 1) {
        if (members.has(row) !== inBatch || (test[row] === 1 && !showTest)) continue;
        const { mark, colour } = looks(targets[row]);
        const [x, y] = placeOf(points[2 * row], points[2 * row + 1]);
        context.fillStyle = colour;
        context.beginPath();
        traceMark(context, mark, x, y, inBatch ? POINT_PX.member : POINT_PX.other);
        context.fill();
        if (inBatch) context.stroke();
      }
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Scene} scene
   * @param {[x1: number, x2: number, target: number]} traced
   */
  #drawTraced(context, scene, [x1, x2, target]) {
    const { ink, panel } = colours(scene.theme);
    const [x, y] = this.#places()(x1, x2);
    const { mark, colour } = lookOfTargets(scene)(target);
    context.fillStyle = colour;
    context.strokeStyle = panel;
    context.beginPath();
    traceMark(context, mark, x, y, POINT_PX.member);
    context.fill();
    context.stroke();
    for (const [colourOfRing, width] of /** @type {const} */ ([[panel, 3.5], [ink, 1.6]])) {
      context.strokeStyle = colourOfRing;
      context.lineWidth = width;
      context.beginPath();
      context.arc(x, y, RING_PX, 0, 2 * Math.PI);
      context.stroke();
    }
  }

  /**
   * Where points are drawn, as the canvas is now; one outside the plane stands at its edge.
   * @returns {(x1: number, x2: number) => [left: number, top: number]} in CSS px
   */
  #places() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const share = (/** @type {number} */ value) =>
      (Math.max(-EXTENT, Math.min(EXTENT, value)) + EXTENT) / (2 * EXTENT);
    return (x1, x2) => [share(x1) * width, (1 - share(x2)) * height];
  }
}
