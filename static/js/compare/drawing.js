/**
 * Two runs along one axis of time: their losses on the same scale, A's solid and B's dashed, and
 * under them both gradient rivers.
 */

import { fit } from "../draw/canvas.js";
import { drawCurve, drawLossAxis, drawTime, FONT, nameBands } from "../draw/curves.js";
import { River } from "../draw/river.js";
import { colours } from "../palette.js";

/** @typedef {import("../history.js").History} History */
/** @typedef {import("../history.js").Row} Row */
/** @typedef {import("../palette.js").Theme} Theme */
/**
 * @typedef {object} Strand one of the two runs
 * @property {string} name
 * @property {History} history
 * @property {string[]} labels of its layers
 * @property {boolean} ended whether its numbers blew up
 */
/**
 * @typedef {object} ChartScene
 * @property {[Strand, Strand]} strands
 * @property {Theme} theme
 * @property {boolean} logLoss
 * @property {"train"|"test"} curve
 * @property {number|null} cursor in epochs
 */
/** @typedef {{left: number, right: number, top: number, lossBottom: number, bottom: number}} Areas */
/** @typedef {{riverTop: number, riverBottom: number}} Place */

const MARGIN = { left: 40, right: 84, top: 8, bottom: 17 };
const RIVER = { gap: 10, band_px: 13, shareMost: 0.62 };
/** How A's and B's curves are drawn. */
export const DASHES = [[], [5, 4]];
const NAME_PX = 12;
const CROSS_PX = 4;

export class ChartDrawing {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.rivers = [new River(canvas.ownerDocument), new River(canvas.ownerDocument)];
    /** @type {Areas|null} */
    this.areas = null;
    /** Epoch at the right edge. */
    this.end = 1;
  }

  /** @param {ChartScene} scene */
  draw(scene) {
    const dpr = window.devicePixelRatio || 1;
    const { context, width, height } = fit(this.canvas, dpr);
    const { strands, theme } = scene;
    context.clearRect(0, 0, width, height);
    context.font = FONT;
    context.lineJoin = "round";
    const { areas, places } = divide(width, height, strands.map(({ labels }) => labels.length));
    this.areas = areas;
    this.end = Math.max(1, ...strands.map(({ history }) => history.rows.at(-1)?.epoch ?? 0));
    const x = (/** @type {number} */ epoch) => this.#x(epoch);
    drawTime(context, areas, this.end, theme, x);
    drawLosses(context, areas, scene, x);
    for (const [who, place] of places.entries()) {
      this.#drawRiver(context, who, place, strands[who], { dpr, theme });
    }
    if (scene.cursor !== null) this.#drawCursor(context, scene.cursor, theme);
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

  /**
   * The place of a time.
   * @param {number} epoch
   * @returns {number} in CSS px
   */
  placeOf(epoch) {
    return this.areas ? this.#x(epoch) : 0;
  }

  /** @param {number} epoch */
  #x(epoch) {
    const { left, right } = /** @type {Areas} */ (this.areas);
    return left + (epoch / this.end) * (right - left);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} who
   * @param {Place} place
   * @param {Strand} strand
   * @param {{dpr: number, theme: Theme}} look
   */
  #drawRiver(context, who, { riverTop, riverBottom }, { name, history, labels }, { dpr, theme }) {
    const { left, right } = /** @type {Areas} */ (this.areas);
    const { paper, ink, soft } = colours(theme);
    const width = Math.round((right - left) * dpr);
    const layers = labels.length;
    if (layers < 1 || width < 1) return;
    const image = this.rivers[who].paint(history.rows, this.end, { width, layers, theme });
    context.imageSmoothingEnabled = false;
    context.drawImage(image, left, riverTop, right - left, riverBottom - riverTop);
    const pitch = (riverBottom - riverTop) / layers;
    context.fillStyle = paper;
    for (let layer = 1; layer < layers; layer += 1) {
      context.fillRect(left, riverTop + layer * pitch - 0.5, right - left, 1);
    }
    nameBands(context, { right, riverTop }, pitch, labels, soft);
    drawName(context, name, left - 14, (riverTop + riverBottom) / 2, ink, DASHES[who]);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} epoch
   * @param {Theme} theme
   */
  #drawCursor(context, epoch, theme) {
    const { top, bottom } = /** @type {Areas} */ (this.areas);
    context.strokeStyle = colours(theme).ink;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(this.#x(epoch), top);
    context.lineTo(this.#x(epoch), bottom);
    context.stroke();
  }
}

/**
 * @param {number} width
 * @param {number} height
 * @param {number[]} layers of A and B
 * @returns {{areas: Areas, places: Place[]}}
 */
function divide(width, height, layers) {
  const bottom = height - MARGIN.bottom;
  const most = (bottom - MARGIN.top) * RIVER.shareMost - 2 * RIVER.gap;
  const total = layers.reduce((sum, count) => sum + count, 0);
  const band = Math.min(RIVER.band_px, most / Math.max(total, 1));
  const [above, below] = layers.map((count) => count * band);
  const second = bottom - below;
  const first = second - RIVER.gap - above;
  return {
    areas: {
      left: MARGIN.left,
      right: width - MARGIN.right,
      top: MARGIN.top,
      lossBottom: first - RIVER.gap,
      bottom,
    },
    places: [
      { riverTop: first, riverBottom: first + above },
      { riverTop: second, riverBottom: bottom },
    ],
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Areas} areas
 * @param {ChartScene} scene
 * @param {(epoch: number) => number} x
 */
function drawLosses(context, areas, { strands, theme, logLoss, curve }, x) {
  const { ink } = colours(theme);
  const rows = strands.flatMap(({ history }) => history.rows);
  const y = drawLossAxis(context, areas, rows, { theme, logLoss });
  /** @type {{name: string, dash: number[], y: number}[]} */
  const ends = [];
  for (const [who, { name, history, ended }] of strands.entries()) {
    drawCurve(context, history.rows, curve, x, y, ink, DASHES[who]);
    const last = history.rows.at(-1);
    if (!last || !Number.isFinite(last[curve])) continue;
    if (ended) drawCross(context, x(last.epoch), y(last[curve]), ink);
    ends.push({ name, dash: DASHES[who], y: y(last[curve]) });
  }
  // Names that would cover one another are parted, in the order of the curves.
  ends.sort((one, other) => one.y - other.y);
  const overlap = ends.length === 2 ? NAME_PX + 5 - (ends[1].y - ends[0].y) : 0;
  const lowest = areas.lossBottom - NAME_PX / 2;
  for (const [i, { name, dash, y: at }] of ends.entries()) {
    const parted = at + (overlap > 0 ? (i - 0.5) * overlap : 0);
    const least = areas.top + NAME_PX / 2 + i * (NAME_PX + 5);
    const most = lowest - (ends.length - 1 - i) * (NAME_PX + 5);
    drawName(context, name, areas.right + 14, Math.max(least, Math.min(most, parted)), ink, dash);
  }
}

/**
 * A run's letter in a box whose border is drawn as its curve is.
 * @param {CanvasRenderingContext2D} context
 * @param {string} name
 * @param {number} x
 * @param {number} y
 * @param {string} ink
 * @param {number[]} dash
 */
function drawName(context, name, x, y, ink, dash) {
  context.strokeStyle = context.fillStyle = ink;
  context.lineWidth = 1;
  context.setLineDash(dash.map((length) => length / 2));
  context.strokeRect(x - NAME_PX / 2, y - NAME_PX / 2, NAME_PX, NAME_PX);
  context.setLineDash([]);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(name, x, y + 0.5);
}

/**
 * Where a run's numbers blew up.
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {string} ink
 */
function drawCross(context, x, y, ink) {
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x - CROSS_PX, y - CROSS_PX);
  context.lineTo(x + CROSS_PX, y + CROSS_PX);
  context.moveTo(x - CROSS_PX, y + CROSS_PX);
  context.lineTo(x + CROSS_PX, y - CROSS_PX);
  context.stroke();
}
