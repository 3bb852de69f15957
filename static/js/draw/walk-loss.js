/** The loss after the outputs: joined to each, and where backward begins. */

import { colours } from "../palette.js";
import { gradientStrength } from "../scales.js";
import { addArrow, opacity } from "./edges.js";

/** @typedef {import("../layout.js").Layout} Layout */
/** @typedef {import("../layout.js").PlacedEdge} PlacedEdge */
/** @typedef {import("../layout.js").PlacedNode} PlacedNode */
/** @typedef {import("../microscope/sight.js").Sight} Sight */
/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {{x: number, y: number, size: number}} Mark */

/** From the bar that joins the outputs' lines to the mark. */
const BAR_PX = 9;
const ROUND_PX = 6;
const EMPTY_DASH = [2, 3];
const PLATE = { beyond_px: 8, alpha: 0.08, radius_px: 10 };
const ARROW_PX = 5;
const LETTER = 'italic 15px "STIX Two Math", "Cambria Math", "Liberation Serif", "Times New Roman", serif';
/** As in the formulas: the mean over the batch, and one example's own loss. */
const LETTERS = { batch: "L", example: "ℓ" };
/** Where on its line the arrow of what comes back stands. */
const ARROW_AT = 0.5;

/**
 * The line from an output towards the loss, as an edge is: level, as far as the bar that joins them.
 * @param {PlacedNode} node
 * @param {Mark} loss
 * @returns {PlacedEdge}
 */
export function lossLine({ layer, unit, x, y, size }, loss) {
  const [x0, x1] = [x + size / 2, loss.x - loss.size / 2 - BAR_PX];
  return { layer: layer + 1, from: unit, to: 0, index: -1, x0, y0: y, x1, y1: y, c: 0 };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Layout} layout
 * @param {Theme} theme
 * @param {Sight} sight
 */
export function drawLoss(context, layout, theme, sight) {
  if (!layout.loss) return;
  const outputs = layout.nodes.filter(({ kind }) => kind === "output");
  const sights = sight.nodes.slice(-outputs.length);
  const lines = outputs.map((node) => lossLine(node, /** @type {Mark} */ (layout.loss)));
  drawBar(context, lines, layout.loss, theme, sight.loss.value !== null);
  for (const [k, line] of lines.entries()) drawLine(context, line, theme, sights[k], sight);
  drawMark(context, layout.loss, theme, sight);
}

/**
 * What joins the outputs' lines: the loss is of all of them.
 * @param {CanvasRenderingContext2D} context
 * @param {PlacedEdge[]} lines
 * @param {Mark} loss
 * @param {Theme} theme
 * @param {boolean} there
 */
function drawBar(context, lines, loss, theme, there) {
  const x = loss.x - loss.size / 2 - BAR_PX;
  const heights = [loss.y, ...lines.map(({ y1 }) => y1)];
  setLine(context, theme, there);
  context.beginPath();
  context.moveTo(x, Math.min(...heights));
  context.lineTo(x, Math.max(...heights));
  context.moveTo(x, loss.y);
  context.lineTo(x + BAR_PX, loss.y);
  context.stroke();
  context.setLineDash([]);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Theme} theme
 * @param {boolean} there whether the loss is
 */
function setLine(context, theme, there) {
  const { soft, line } = colours(theme);
  context.strokeStyle = there ? soft : line;
  context.lineWidth = there ? 1.4 : 1;
  context.setLineDash(there ? [] : EMPTY_DASH);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {PlacedEdge} line
 * @param {Theme} theme
 * @param {import("../microscope/sight.js").NodeSight} node
 * @param {Sight} sight
 */
function drawLine(context, line, theme, { da }, { loss, lines }) {
  const palette = colours(theme);
  setLine(context, theme, loss.value !== null);
  stroke(context, line);
  context.setLineDash([]);
  const strength = da && lines.gradient ? gradientStrength(da.value) : 0;
  if (!da || strength === 0) return;
  context.globalAlpha = opacity(strength);
  context.strokeStyle = da.value < 0 ? palette.gradientNegative : palette.gradientPositive;
  context.fillStyle = da.value < 0 ? palette.paper : palette.gradientPositive;
  context.lineWidth = 0.6 + 1.5 * strength;
  stroke(context, line);
  const arrow = new Path2D();
  addArrow(arrow, line, ARROW_AT, ARROW_PX);
  context.lineWidth = 1;
  context.globalAlpha = 1;
  context.fill(arrow);
  context.stroke(arrow);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {PlacedEdge} line
 */
function stroke(context, { x0, y0, x1, y1 }) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Mark} mark
 * @param {Theme} theme
 * @param {Sight} sight
 */
function drawMark(context, { x, y, size }, theme, { averaged, loss: { focus, value } }) {
  const palette = colours(theme);
  const box = (/** @type {number} */ width, /** @type {number} */ radius) => {
    context.beginPath();
    context.roundRect(x - width / 2, y - width / 2, width, width, radius);
  };
  if (focus) {
    context.globalAlpha = PLATE.alpha;
    context.fillStyle = palette.ink;
    box(size + 2 * PLATE.beyond_px, PLATE.radius_px);
    context.fill();
    context.globalAlpha = 1;
  }
  box(size, ROUND_PX);
  context.fillStyle = palette.panel;
  context.fill();
  context.lineWidth = focus ? 1.6 : 1;
  context.strokeStyle = value === null || !focus ? palette.soft : palette.ink;
  if (value === null) context.setLineDash(EMPTY_DASH);
  context.stroke();
  context.setLineDash([]);
  context.font = LETTER;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = value === null ? palette.soft : palette.ink;
  context.fillText(averaged ? LETTERS.batch : LETTERS.example, x, y + 1);
}
