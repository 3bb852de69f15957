/** The lines in the walk: weights from the start, gradients where backward has been, then the update. */

import { colours } from "../palette.js";
import { weightWidth } from "../scales.js";
import { drawArrows, drawLane, fineness, gradientLook, updateLook, weightLook } from "./edges.js";
import { isEdge } from "./network.js";

/** @typedef {import("../layout.js").PlacedEdge} PlacedEdge */
/** @typedef {import("../microscope/sight.js").Sight} Sight */
/** @typedef {import("./edges.js").Geometry} Geometry */
/** @typedef {import("./network.js").Scene} Scene */
/** @typedef {import("./walk-picture.js").Strengths} Strengths */

/** An ink line along both sides of the band that the step is about. */
const CASING_PX = 3;
const WEB = { width_px: 0.7, alpha: 0.3 };
/** Arrows stand between the numbers of one neuron and the next. */
const ARROW_AT = 0.6;
const CHOSEN = { width_px: 1.6, dash: [1.5, 3] };

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Geometry} geometry
 * @param {Scene} scene
 * @param {Sight} sight
 * @param {Strengths} strengths
 */
export function drawWalkEdges(context, geometry, { theme }, { lines, current }, strengths) {
  const { bands, gradients, updates, weights } = strengths;
  drawWeb(context, geometry, theme);
  const by = (/** @type {Float32Array} */ strength) => (/** @type {PlacedEdge} */ { index }) => strength[index];
  if (current) caseEdge(context, geometry, theme, current, weights);
  drawLane(context, geometry, weights, weightLook(theme, "weights"), by(bands), theme);
  if (lines.gradient) {
    const shade = by(gradients);
    drawLane(context, geometry, lines.gradient, gradientLook(theme, fineness(geometry)), shade, theme);
    drawArrows(context, geometry, { values: lines.gradient, shade, at: () => ARROW_AT, theme });
  }
  if (lines.update) {
    drawLane(context, geometry, lines.update, updateLook(theme), by(updates), theme);
  }
}

/**
 * A hairline on each edge: a weight near 0 is a line, too, and the walk comes along it.
 * @param {CanvasRenderingContext2D} context
 * @param {Geometry} geometry
 * @param {Scene["theme"]} theme
 */
function drawWeb(context, { layout, lines }, theme) {
  if (layout.crowded) return;
  context.globalAlpha = WEB.alpha;
  context.strokeStyle = colours(theme).soft;
  context.lineWidth = WEB.width_px;
  for (const line of lines) context.stroke(line);
  context.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Geometry} geometry
 * @param {Scene["theme"]} theme
 * @param {NonNullable<Sight["current"]>} current
 * @param {Float32Array} weights
 */
function caseEdge(context, { layout, lines, smallest_px }, theme, current, weights) {
  const at = layout.edges.findIndex((edge) => isEdge(edge, { kind: "weight", ...current }));
  if (at < 0) return;
  const { ink, paper } = colours(theme);
  const width = Math.min(weightWidth(weights[layout.edges[at].index]), Math.max(1.2, smallest_px / 4));
  for (const [colour, beyond] of /** @type {[string, number][]} */ ([[ink, CASING_PX], [paper, 0.6]])) {
    context.strokeStyle = colour;
    context.lineWidth = width + beyond;
    context.stroke(lines[at]);
  }
}

/**
 * The edge that the reader chose, and the one under the pointer.
 * @param {CanvasRenderingContext2D} context
 * @param {Geometry} geometry
 * @param {Scene} scene
 */
export function outlineChosen(context, { layout, lines }, { hover, selection, theme }) {
  context.strokeStyle = colours(theme).ink;
  context.lineWidth = CHOSEN.width_px;
  context.setLineDash(CHOSEN.dash);
  for (const [i, edge] of layout.edges.entries()) {
    if (isEdge(edge, hover) || isEdge(edge, selection)) context.stroke(lines[i]);
  }
  context.setLineDash([]);
}
