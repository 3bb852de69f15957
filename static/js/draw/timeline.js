/**
 * Time along x: the loss above, and under it the gradient river, a band for each layer whose colour
 * is the logarithm of |∂L/∂W|, so that a vanishing gradient is a band that fades away.
 */

import { colours } from "../palette.js";
import { fit } from "./canvas.js";
import { drawCurve, drawLossAxis, drawTime, FONT, nameBands } from "./curves.js";
import { River } from "./river.js";

/** @typedef {import("../history.js").History} History */
/** @typedef {import("../history.js").Row} Row */
/** @typedef {import("../palette.js").Theme} Theme */
/**
 * @typedef {object} TimelineScene
 * @property {History} history
 * @property {Theme} theme
 * @property {boolean} logLoss
 * @property {number|null} hoverX in CSS px
 * @property {number|null} shown the past moment that is shown, in epochs; null for the newest
 * @property {number} layers
 * @property {string[]} labels of the layers
 * @property {(import("./ailments.js").Ailment|undefined)[]} ailments of the layers
 */
/** @typedef {{left: number, right: number, top: number, lossBottom: number, riverTop: number, bottom: number}} Areas */

const MARGIN = { left: 40, right: 76, top: 6, bottom: 17 };
const RIVER = { gap: 9, band_px: 13, shareMost: 0.5 };
/** The opacity of a curve that was left. */
const GHOST = 0.3;

export class TimelineDrawing {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.river = new River(canvas.ownerDocument);
    /** @type {History|null} */
    this.history = null;
    /** @type {Areas|null} */
    this.areas = null;
    /** Epoch at the right edge. */
    this.end = 1;
  }

  /** @param {TimelineScene} scene */
  draw(scene) {
    const dpr = window.devicePixelRatio || 1;
    const { context, width, height } = fit(this.canvas, dpr);
    context.clearRect(0, 0, width, height);
    const { history, theme } = scene;
    this.history = history;
    this.areas = divide(width, height, scene.layers);
    this.end = Math.max(history.rows.at(-1)?.epoch ?? 0, history.ghost.at(-1)?.epoch ?? 0, 1);
    context.font = FONT;
    context.lineJoin = "round";
    const x = (/** @type {number} */ epoch) => this.#x(epoch);
    drawTime(context, this.areas, this.end, theme, x);
    drawLoss(context, this.areas, scene, x);
    this.#drawRiver(context, scene, dpr);
    if (scene.hoverX !== null) this.#crosshair(context, scene);
    if (scene.shown !== null) this.#handle(context, scene.shown, theme);
  }

  /**
   * The row under a place.
   * @param {number} hoverX in CSS px
   * @returns {Row|null}
   */
  valueAt(hoverX) {
    if (!this.areas || !this.history) return null;
    return this.history.at(this.timeAt(hoverX));
  }

  /**
   * The time at a place.
   * @param {number} x in CSS px
   * @returns {number} epochs, from 0 to the newest
   */
  timeAt(x) {
    if (!this.areas) return 0;
    const { left, right } = this.areas;
    return Math.max(0, Math.min(1, (x - left) / (right - left))) * this.end;
  }

  /** @param {number} epoch */
  #x(epoch) {
    const { left, right } = /** @type {Areas} */ (this.areas);
    return left + (epoch / this.end) * (right - left);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {TimelineScene} scene
   * @param {number} dpr
   */
  #drawRiver(context, { history, theme, layers, labels, ailments }, dpr) {
    const { left, right, riverTop, bottom } = /** @type {Areas} */ (this.areas);
    const { paper, soft } = colours(theme);
    const [across, down] = [right - left, bottom - riverTop];
    const width = Math.round(across * dpr);
    // There are no layers before the server has said how many.
    if (layers < 1 || width < 1) return;
    const image = this.river.paint(history.rows, this.end, { width, layers, theme });
    context.imageSmoothingEnabled = false;
    context.drawImage(image, left, riverTop, across, down);
    const pitch = down / layers;
    context.fillStyle = paper;
    for (let layer = 1; layer < layers; layer += 1) {
      context.fillRect(left, riverTop + layer * pitch - 0.5, across, 1);
    }
    nameBands(context, { right, riverTop }, pitch, { labels, ailments }, soft);
  }

  /**
   * One handle for the loss and the river.
   * @param {CanvasRenderingContext2D} context
   * @param {number} epoch
   * @param {Theme} theme
   */
  #handle(context, epoch, theme) {
    const { top, bottom } = /** @type {Areas} */ (this.areas);
    const x = this.#x(epoch);
    context.fillStyle = colours(theme).ink;
    context.fillRect(x - 1, top, 2, bottom - top);
    context.beginPath();
    context.arc(x, top, 5, 0, 2 * Math.PI);
    context.fill();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {TimelineScene} scene
   */
  #crosshair(context, { hoverX, theme }) {
    const row = this.valueAt(/** @type {number} */ (hoverX));
    if (!row) return;
    const { top, bottom } = /** @type {Areas} */ (this.areas);
    context.strokeStyle = colours(theme).ink;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(this.#x(row.epoch), top);
    context.lineTo(this.#x(row.epoch), bottom);
    context.stroke();
  }
}

/**
 * @param {number} width
 * @param {number} height
 * @param {number} layers
 * @returns {Areas}
 */
function divide(width, height, layers) {
  const bottom = height - MARGIN.bottom;
  const river = Math.min(layers * RIVER.band_px, (bottom - MARGIN.top) * RIVER.shareMost);
  return {
    left: MARGIN.left,
    right: width - MARGIN.right,
    top: MARGIN.top,
    lossBottom: bottom - river - RIVER.gap,
    riverTop: bottom - river,
    bottom,
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Areas} areas
 * @param {TimelineScene} scene
 * @param {(epoch: number) => number} x
 */
function drawLoss(context, areas, { history, theme, logLoss }, x) {
  const palette = colours(theme);
  const rows = [...history.ghost, ...history.rows];
  const y = drawLossAxis(context, areas, rows, { theme, logLoss });
  context.globalAlpha = GHOST;
  drawCurve(context, history.ghost, "train", x, y, palette.ink, []);
  context.globalAlpha = 1;
  drawCurve(context, history.rows, "test", x, y, palette.soft, [4, 3]);
  drawCurve(context, history.rows, "train", x, y, palette.ink, []);
}
