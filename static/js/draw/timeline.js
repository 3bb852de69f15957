/**
 * Time along x: the loss above, and under it the gradient river, a band for each layer whose colour
 * is the logarithm of |∂L/∂W|, so that a vanishing gradient is a band that fades away.
 */

import { gettext } from "../i18n.js";
import { colours } from "../palette.js";
import { decades, format, superscript, ticks } from "../scales.js";
import { fit } from "./canvas.js";
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
 */
/** @typedef {{left: number, right: number, top: number, lossBottom: number, riverTop: number, bottom: number}} Areas */

const MARGIN = { left: 40, right: 76, top: 6, bottom: 17 };
const RIVER = { gap: 9, band_px: 13, shareMost: 0.5 };
/** The opacity of a curve that was left. */
const GHOST = 0.3;
/** Numbers from here on do not fit beside an axis. */
const LONG = 1e7;
const FONT = "10px system-ui, sans-serif";

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
  #drawRiver(context, { history, theme, layers, labels }, dpr) {
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
    nameBands(context, { right, riverTop }, pitch, labels, soft);
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
 * @param {number} end
 * @param {Theme} theme
 * @param {(epoch: number) => number} x
 */
function drawTime(context, { left, right, bottom }, end, theme, x) {
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
 * @param {CanvasRenderingContext2D} context
 * @param {Areas} areas
 * @param {TimelineScene} scene
 * @param {(epoch: number) => number} x
 */
function drawLoss(context, areas, { history, theme, logLoss }, x) {
  const palette = colours(theme);
  const range = lossRange([...history.ghost, ...history.rows], logLoss);
  const { left, right, top, lossBottom } = areas;
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
  context.globalAlpha = GHOST;
  drawCurve(context, history.ghost, "train", x, y, palette.ink, []);
  context.globalAlpha = 1;
  drawCurve(context, history.rows, "test", x, y, palette.soft, [4, 3]);
  drawCurve(context, history.rows, "train", x, y, palette.ink, []);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Row[]} rows
 * @param {"train"|"test"} which
 * @param {(epoch: number) => number} x
 * @param {(loss: number) => number} y
 * @param {string} colour
 * @param {number[]} dash
 */
function drawCurve(context, rows, which, x, y, colour, dash) {
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
 * @param {CanvasRenderingContext2D} context
 * @param {{right: number, riverTop: number}} areas
 * @param {number} pitch
 * @param {string[]} labels
 * @param {string} colour
 */
function nameBands(context, { right, riverTop }, pitch, labels, colour) {
  context.fillStyle = colour;
  context.textAlign = "left";
  context.textBaseline = "middle";
  // Bands thinner than a line of text name only the first, the last and some between.
  const every = Math.max(1, Math.ceil(11 / pitch));
  for (const [layer, label] of labels.entries()) {
    if (layer % every === 0) context.fillText(label, right + 6, riverTop + (layer + 0.5) * pitch);
  }
}

/** @param {number} value */
function round(value) {
  const short = Number(value.toPrecision(4));
  return short >= LONG ? format(Number(value.toPrecision(1)), "plain") : String(short);
}
