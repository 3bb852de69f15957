/** The neurons in the walk: pale until their activation is there, ringed once δ is, and where the walk is. */

import { LARGE_PX } from "../layout.js";
import { colours } from "../palette.js";
import { gradientStrength } from "../scales.js";
import { opacity } from "./edges.js";
import { DASH, drawDot, isNode, paintMaps, RADIUS_PX, strokeBox } from "./neurons.js";

/** @typedef {import("../layout.js").Layout} Layout */
/** @typedef {import("../layout.js").PlacedNode} PlacedNode */
/** @typedef {import("../microscope/sight.js").Sight} Sight */
/** @typedef {import("../microscope/sight.js").NodeSight} NodeSight */
/** @typedef {import("./canvas.js").Sheet} Sheet */
/** @typedef {import("./network.js").Scene} Scene */
/** @typedef {import("./walk-picture.js").Strengths} Strengths */

const PLATE = { beyond_px: 9, alpha: 0.08, radius_px: 10 };
const EMPTY_DASH = [2, 3];
const CHOSEN_DASH = [1.5, 3];

/**
 * A plate behind the neuron, or the column of neurons, where the walk is.
 * @param {CanvasRenderingContext2D} context
 * @param {Layout} layout
 * @param {Scene["theme"]} theme
 * @param {Sight} sight
 */
export function drawFocus(context, { nodes }, theme, { nodes: sights }) {
  const here = nodes.filter((_, i) => sights[i]?.focus);
  if (here.length === 0) return;
  const [first, last] = [here[0], here[here.length - 1]];
  const half = first.size / 2 + PLATE.beyond_px;
  context.globalAlpha = PLATE.alpha;
  context.fillStyle = colours(theme).ink;
  context.beginPath();
  context.roundRect(first.x - half, first.y - half, 2 * half, last.y - first.y + 2 * half, PLATE.radius_px);
  context.fill();
  context.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Layout} layout
 * @param {Sheet} sheet
 * @param {Scene} scene
 * @param {Sight} sight
 * @param {Strengths} strengths
 */
export function drawWalkNeurons(context, layout, sheet, scene, sight, strengths) {
  const side = paintMaps(sheet, layout, scene);
  const across = sheet.canvas.width / side;
  context.imageSmoothingEnabled = !scene.discretize;
  for (const [i, node] of layout.nodes.entries()) {
    const from = /** @type {[number, number]} */ ([(i % across) * side, Math.floor(i / across) * side]);
    drawMap(context, sheet, from, side, node, strengths.maps[i], scene.theme);
    const outlined = sight.nodes[i].focus && sight.spot !== null && sight.spot.unit >= 0;
    drawWalkRim(context, scene.theme, node, { ...sight.nodes[i], focus: outlined }, strengths.rings[i]);
    const place = layout.places[node.layer][node.unit];
    if (place && node.size > LARGE_PX) {
      drawDot(context, node, strengths.weights[place.bias], scene.theme);
      if (isBias(sight, node)) ringDot(context, node, scene.theme);
    }
    if (isNode(node, scene.hover) || isNode(node, scene.selection)) drawChosen(context, node, scene.theme);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Sheet} sheet
 * @param {[number, number]} from where the map stands on the sheet
 * @param {number} side
 * @param {PlacedNode} node
 * @param {number} strength
 * @param {Scene["theme"]} theme
 */
function drawMap(context, sheet, from, side, { x, y, size }, strength, theme) {
  const [left, top] = [x - size / 2, y - size / 2];
  const large = size > LARGE_PX;
  if (large) {
    context.save();
    context.beginPath();
    context.roundRect(left, top, size, size, RADIUS_PX);
    context.clip();
  }
  context.fillStyle = colours(theme).paper;
  context.fillRect(left, top, size, size);
  context.globalAlpha = strength;
  context.drawImage(sheet.canvas, ...from, side, side, left, top, size, size);
  context.globalAlpha = 1;
  if (large) context.restore();
}

/**
 * The ring: nothing there, something there, and its error signal.
 * @param {CanvasRenderingContext2D} context
 * @param {Scene["theme"]} theme
 * @param {PlacedNode} node
 * @param {NodeSight} sight
 * @param {number} ring how far its error signal has come into view
 */
function drawWalkRim(context, theme, { x, y, size }, { lit, focus, delta }, ring) {
  const palette = colours(theme);
  const large = size > LARGE_PX;
  const box = size + 2 * (large ? 2.5 : 1);
  context.lineWidth = focus ? 1.6 : 1;
  context.strokeStyle = focus ? palette.ink : lit ? palette.line : palette.soft;
  if (!lit) context.setLineDash(EMPTY_DASH);
  if (ring === 0 || delta === null) strokeBox(context, x, y, box);
  context.setLineDash([]);
  if (ring === 0 || delta === null) return;
  context.globalAlpha = opacity(gradientStrength(delta)) * ring;
  context.lineWidth = large ? 2.5 : 1.2;
  context.strokeStyle = delta < 0 ? palette.gradientNegative : palette.gradientPositive;
  if (delta < 0 && large) context.setLineDash(DASH);
  strokeBox(context, x, y, box);
  context.setLineDash([]);
  context.globalAlpha = 1;
  if (!focus) return;
  context.lineWidth = 1.6;
  context.strokeStyle = palette.ink;
  strokeBox(context, x, y, box + 6);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {PlacedNode} node
 * @param {Scene["theme"]} theme
 */
function drawChosen(context, { x, y, size }, theme) {
  context.lineWidth = 1.6;
  context.strokeStyle = colours(theme).ink;
  context.setLineDash(CHOSEN_DASH);
  strokeBox(context, x, y, size + 12);
  context.setLineDash([]);
}

/**
 * Whether the step is about the neuron's bias.
 * @param {Sight} sight
 * @param {PlacedNode} node
 */
function isBias({ current }, { layer, unit }) {
  const bias = current?.act === "bias" || current?.act === "db";
  return bias && current.layer === layer && current.to === unit;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {PlacedNode} node
 * @param {Scene["theme"]} theme
 */
function ringDot(context, { x, y, size }, theme) {
  context.beginPath();
  context.arc(x - size / 2 - 0.5, y + size / 2 + 0.5, 6, 0, 2 * Math.PI);
  context.lineWidth = 1.6;
  context.strokeStyle = colours(theme).ink;
  context.stroke();
}
