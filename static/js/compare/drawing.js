/**
 * Two runs along one axis of time: their losses on the same scale, A's solid and B's dashed, and
 * under them both gradient rivers.
 */

import { fit } from "../draw/canvas.js";
import { drawTime, FONT, nameBands } from "../draw/curves.js";
import { River } from "../draw/river.js";
import { colours } from "../palette.js";
import { drawLosses } from "./losses.js";
import { DASHES, drawTag } from "./tag.js";

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
  #drawRiver(context, who, { riverTop, riverBottom }, strand, { dpr, theme }) {
    const { name, history, labels, ended } = strand;
    const { left, right } = /** @type {Areas} */ (this.areas);
    const { paper, ink, soft } = colours(theme);
    const layers = labels.length;
    // After a run's end there is nothing; pale would be a gradient of zero.
    const end = ended ? history.rows.at(-1)?.epoch ?? 0 : this.end;
    const across = this.#x(end) - left;
    const width = Math.round(across * dpr);
    if (layers < 1) return;
    const pitch = (riverBottom - riverTop) / layers;
    if (width >= 1) {
      const image = this.rivers[who].paint(history.rows, end, { width, layers, theme });
      context.imageSmoothingEnabled = false;
      context.drawImage(image, left, riverTop, across, riverBottom - riverTop);
    }
    context.fillStyle = paper;
    for (let layer = 1; layer < layers; layer += 1) {
      context.fillRect(left, riverTop + layer * pitch - 0.5, right - left, 1);
    }
    nameBands(context, { right, riverTop }, pitch, { labels }, soft);
    drawTag(context, name, left - 14, (riverTop + riverBottom) / 2, ink, DASHES[who]);
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
