/** The neurons of the network: output map inside, error signal as a ring, bias as a dot. */

import { LARGE_PX } from "../layout.js";
import { colours, lut } from "../palette.js";
import { gradientStrength } from "../scales.js";
import { opacity } from "./edges.js";
import { classTable, paintMap, valueColour } from "./maps.js";

/** @typedef {import("../layout.js").Layout} Layout */
/** @typedef {import("../layout.js").PlacedNode} PlacedNode */
/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {import("../store.js").Selection} Selection */
/** @typedef {import("./canvas.js").Sheet} Sheet */
/** @typedef {import("./network.js").Scene} Scene */

export const RADIUS_PX = 5;
export const DASH = [5, 3];

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Layout} layout
 * @param {{sheet: Sheet, corners: Path2D}} stencils
 * @param {Scene} scene
 */
export function drawNeurons(context, layout, { sheet, corners }, scene) {
  const side = paintMaps(sheet, layout, scene);
  const across = sheet.canvas.width / side;
  context.imageSmoothingEnabled = !scene.discretize;
  for (const [i, { x, y, size }] of layout.nodes.entries()) {
    const from = [(i % across) * side, Math.floor(i / across) * side];
    const to = [x - size / 2, y - size / 2];
    context.drawImage(sheet.canvas, from[0], from[1], side, side, to[0], to[1], size, size);
  }
  context.fillStyle = colours(scene.theme).paper;
  context.fill(corners, "evenodd");
  for (const node of layout.nodes) drawRim(context, layout, scene, node);
}

/**
 * What must be painted over for the maps' corners to be round.
 * @param {PlacedNode[]} nodes
 */
export function roundOff(nodes) {
  const path = new Path2D();
  for (const { x, y, size } of nodes) {
    path.rect(x - size / 2, y - size / 2, size, size);
    path.roundRect(x - size / 2, y - size / 2, size, size, Math.min(RADIUS_PX, size / 4));
  }
  return path;
}

/**
 * All maps, side by side on one sheet: the chosen inputs, then the neurons.
 * @param {Sheet} sheet
 * @param {Layout} layout
 * @param {Scene} scene
 * @returns {number} points across a map
 */
export function paintMaps(sheet, { nodes, inputs }, { frame, data, theme, discretize }) {
  const [units, side] = frame.shape("maps");
  const maps = frame.tensor("maps");
  const across = Math.ceil(Math.sqrt(nodes.length));
  const pixels = sheet.resize(across * side, Math.ceil(nodes.length / across) * side);
  const table = lut(theme, discretize ? "signs" : "values");
  const names = data?.metadata.features.split(",") ?? [];
  const features = data?.tensor("inputs");
  const first = nodes.length - units;
  const outputs = nodes.length - (nodes.at(-1)?.unit ?? 0) - 1;
  for (const [i, node] of nodes.entries()) {
    const offset = Math.floor(i / across) * side * across * side + (i % across) * side;
    if (i >= first) {
      const several = i >= outputs && outputs < nodes.length - 1;
      const own = several ? classTable(theme, node.unit) : table;
      paintMap(maps, (i - first) * side * side, side, own, pixels, offset, across * side);
    } else if (features && data?.shape("inputs")[1] === side) {
      const start = names.indexOf(inputs[i]) * side * side;
      paintMap(features, start, side, table, pixels, offset, across * side);
    }
  }
  sheet.show();
  return side;
}

/**
 * A neuron's ring (its error signal) and dot (its bias).
 * @param {CanvasRenderingContext2D} context
 * @param {Layout} layout
 * @param {Scene} scene
 * @param {PlacedNode} node
 */
function drawRim(context, { places }, { frame, theme, mode, hover, selection }, node) {
  const palette = colours(theme);
  const { layer, unit, x, y, size } = node;
  const { neuron, bias } = places[layer][unit] ?? {};
  const large = size > LARGE_PX;
  const out = large ? 2.5 : 1;
  context.lineWidth = 1;
  context.strokeStyle = palette.line;
  if (neuron !== undefined && (mode === "gradients" || mode === "both")) {
    const delta = frame.tensor("delta")[neuron];
    const strength = gradientStrength(delta);
    if (strength > 0) {
      context.globalAlpha = opacity(strength);
      context.lineWidth = large ? 2.5 : 1.2;
      context.strokeStyle = delta < 0 ? palette.gradientNegative : palette.gradientPositive;
      if (delta < 0 && large) context.setLineDash(DASH);
    }
  }
  strokeBox(context, x, y, size + 2 * out);
  context.setLineDash([]);
  context.globalAlpha = 1;
  if (isNode(node, hover) || isNode(node, selection)) {
    context.lineWidth = 1.6;
    context.strokeStyle = palette.ink;
    strokeBox(context, x, y, size + 2 * out + 5);
  }
  if (bias !== undefined && large) drawDot(context, node, frame.tensor("parameters")[bias], theme);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} size
 */
export function strokeBox(context, x, y, size) {
  context.beginPath();
  context.roundRect(x - size / 2, y - size / 2, size, size, Math.min(RADIUS_PX + 2, size / 4));
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {PlacedNode} node
 * @param {number} bias
 * @param {Theme} theme
 */
export function drawDot(context, { x, y, size }, bias, theme) {
  const { paper, soft } = colours(theme);
  const disc = (/** @type {number} */ radius, /** @type {string} */ colour) => {
    context.beginPath();
    context.arc(x - size / 2 - 0.5, y + size / 2 + 0.5, radius, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
  };
  disc(4.5, paper);
  disc(3.2, valueColour(bias, 1, theme));
  context.lineWidth = 0.6;
  context.strokeStyle = soft;
  context.stroke();
}

/**
 * @param {PlacedNode} node
 * @param {Selection|null} chosen
 */
export function isNode({ layer, unit }, chosen) {
  return chosen?.kind === "neuron" && chosen.layer === layer && chosen.unit === unit;
}
