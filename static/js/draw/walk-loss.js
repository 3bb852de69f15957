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
 * The line from an output to the loss, as an edge is.
 * @param {PlacedNode} node
 * @param {Mark} loss
 * @returns {PlacedEdge}
 */
export function lossLine({ layer, unit, x, y, size }, loss) {
  const [x0, x1] = [x + size / 2, loss.x - loss.size / 2];
  const c = (x1 - x0) * 0.45;
  return { layer: layer + 1, from: unit, to: 0, index: -1, x0, y0: y, x1, y1: loss.y, c };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Layout} layout
 * @param {Theme} theme
 * @param {Sight} sight
 */
export function drawLoss(context, layout, theme, sight) {
  if (!layout.loss) return;
  for (const [i, node] of layout.nodes.entries()) {
    if (node.kind === "output") drawLine(context, lossLine(node, layout.loss), theme, sight.nodes[i], sight);
  }
  drawMark(context, layout.loss, theme, sight);
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
  const there = loss.value !== null;
  context.strokeStyle = there ? palette.soft : palette.line;
  context.lineWidth = there ? 1.4 : 1;
  if (!there) context.setLineDash(EMPTY_DASH);
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
function stroke(context, { x0, y0, x1, y1, c }) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo(x0 + c, y0, x1 - c, y1, x1, y1);
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
