/** The output over the plane, with the data on it: a map, axes, and a mark for each example. */

import { colours, lut } from "../palette.js";
import { drawAxes, EXTENT } from "./axes.js";
import { fit, Sheet } from "./canvas.js";
import { classTable, paintMap, paintOutput } from "./maps.js";
import { traceMark } from "./marks.js";
import { lookOfTargets, outputScale } from "./points.js";

/** @typedef {import("../frame.js").Frame} Frame */
/** @typedef {import("../palette.js").Theme} Theme */
/**
 * @typedef {object} OutputScene
 * @property {Frame} frame
 * @property {Frame} data
 * @property {[layer: number, unit: number]|null} focus the neuron wanted in place of the output
 * @property {number} neuron where that neuron stands among all of them
 * @property {boolean} showTest
 * @property {boolean} discretize
 * @property {Theme} theme
 * @property {string} problem
 * @property {number} classes
 */

const MARGIN = { left: 16, bottom: 16, top: 1, right: 1 };
const POINT_PX = 2.7;
const MANY_POINTS = 900;

export class OutputDrawing {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.sheet = new Sheet(canvas.ownerDocument);
    this.marks = canvas.ownerDocument.createElement("canvas");
    /** What the kept picture of the points was made for. */
    this.marked = "";
    /** @type {Frame|null} */
    this.markedData = null;
  }

  /**
   * The point of the plane under a place on the canvas, kept inside the plane.
   * @param {number} x in CSS px
   * @param {number} y
   * @returns {[x1: number, x2: number]}
   */
  pointAt(x, y) {
    const { left, top, width, height } = this.#plane();
    const inside = (/** @type {number} */ value) => Math.max(-EXTENT, Math.min(EXTENT, value));
    return [
      inside(((x - left) / width) * 2 * EXTENT - EXTENT),
      inside(EXTENT - ((y - top) / height) * 2 * EXTENT),
    ];
  }

  /** @param {OutputScene} scene */
  draw(scene) {
    const dpr = window.devicePixelRatio || 1;
    const { context, width, height } = fit(this.canvas, dpr);
    const plane = this.#plane();
    context.clearRect(0, 0, width, height);
    const side = this.#paintMap(scene);
    context.imageSmoothingEnabled = !scene.discretize;
    context.imageSmoothingQuality = "high";
    const { left, top } = plane;
    context.drawImage(this.sheet.canvas, 0, 0, side, side, left, top, plane.width, plane.height);
    drawAxes(context, plane, scene.theme);
    this.#mark(scene, plane, dpr);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.marks, 0, 0);
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

  /**
   * @param {OutputScene} scene
   * @returns {number} points across the map
   */
  #paintMap({ frame, focus, neuron, theme, discretize }) {
    const [classes, side] = frame.shape("outputs");
    const ofClass = focus && classes > 1 && focus[0] === frame.shape("statistics")[0];
    const table = ofClass
      ? classTable(theme, focus[1])
      : lut(theme, discretize ? "signs" : "values");
    if (focus && frame.metadata.focus === focus.join(",")) {
      const across = frame.shape("focus")[0];
      const pixels = this.sheet.resize(across, across);
      paintMap(frame.tensor("focus"), 0, across, table, pixels, 0, across);
      this.sheet.show();
      return across;
    }
    if (focus) {
      // Its large map is on its way, or, in a past moment, was never sent: the small one serves.
      const across = frame.shape("maps")[1];
      const pixels = this.sheet.resize(across, across);
      paintMap(frame.tensor("maps"), neuron * across ** 2, across, table, pixels, 0, across);
      this.sheet.show();
      return across;
    }
    paintOutput(frame, theme, discretize, this.sheet.resize(side, side));
    this.sheet.show();
    return side;
  }

  /**
   * Draws the points onto a canvas of their own, when they or their looks have changed.
   * @param {OutputScene} scene
   * @param {Plane} plane
   * @param {number} dpr
   */
  #mark(scene, plane, dpr) {
    const { data, showTest, theme, problem, classes } = scene;
    const { width, height } = this.canvas;
    const key = [showTest, theme, problem, classes, width, height, outputScale(scene.frame)].join(" ");
    if (key === this.marked && data === this.markedData) return;
    this.marked = key;
    this.markedData = data;
    this.marks.width = width;
    this.marks.height = height;
    const context = /** @type {CanvasRenderingContext2D} */ (this.marks.getContext("2d"));
    context.setTransform(dpr, 0, 0, dpr, 0, 0);
    drawPoints(context, scene, plane);
  }
}

/** @typedef {import("./axes.js").Plane} Plane */

/**
 * Training points have a paper rim, test points an ink rim. The shape is the class's second mark: a
 * disc for −1 and the first class, a square for +1 and the second.
 * @param {CanvasRenderingContext2D} context
 * @param {OutputScene} scene
 * @param {Plane} plane
 */
function drawPoints(context, scene, plane) {
  const { data, showTest, theme } = scene;
  const points = data.tensor("points");
  const targets = data.tensor("targets");
  const test = data.tensor("test");
  const palette = colours(theme);
  const looks = lookOfTargets(scene);
  const radius = targets.length > MANY_POINTS ? POINT_PX * 0.7 : POINT_PX;
  for (const wanted of showTest ? [0, 1] : [0]) {
    context.lineWidth = wanted === 1 ? 1.1 : 0.9;
    context.strokeStyle = wanted === 1 ? palette.ink : palette.panel;
    for (let i = 0; i < targets.length; i += 1) {
      if (test[i] !== wanted) continue;
      const x = plane.left + ((points[2 * i] + EXTENT) / (2 * EXTENT)) * plane.width;
      const y = plane.top + ((EXTENT - points[2 * i + 1]) / (2 * EXTENT)) * plane.height;
      const { mark, colour } = looks(targets[i]);
      context.fillStyle = colour;
      context.beginPath();
      traceMark(context, mark, x, y, radius);
      context.fill();
      context.stroke();
    }
  }
}
