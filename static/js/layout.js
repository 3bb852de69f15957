/** Where the network's parts stand. Pure: numbers in, numbers out. */

import { neuronIndex, parameterIndex } from "./parameters.js";

/** @typedef {{id: string, kind: "input"|"hidden"|"output", layer: number, unit: number, x: number, y: number, size: number}} PlacedNode */
/** @typedef {{layer: number, from: number, to: number, index: number, x0: number, y0: number, x1: number, y1: number, c: number}} PlacedEdge */
/**
 * Where a neuron's numbers stand in the walk through an update: at its four corners, z and δ on the
 * left, a and ∂L/∂a on the right; below and above it; the newest alone below it; or not at all.
 * @typedef {"corners"|"stacked"|"single"|"none"} Labels
 */
/** @typedef {{x: number, layer: number, size: number, labels: Labels}} Column */
/** @typedef {{shape: number[], features?: string[], width: number, height: number, dpr: number}} Wanted */
/** @typedef {{left: number, right: number}} Sides */
/**
 * @typedef {object} Layout
 * @property {number} width in CSS px
 * @property {number} height in CSS px
 * @property {number} dpr device pixels in one of them
 * @property {PlacedNode[]} nodes layer by layer, the inputs first
 * @property {PlacedEdge[]} edges in the order of W[from, to], layer by layer
 * @property {boolean} crowded so many edges that they are hairlines, straight ones
 * @property {Column[]} columns
 * @property {string[]} inputs the features' names, in the order of the input nodes
 * @property {{neuron: number, bias: number}[][]} places where layer l's unit u stands among the
 *   neurons and its bias among the parameters; nothing for the inputs
 * @property {{x: number, y: number, size: number}|null} loss the mark after the output, in the walk
 */

const NODE = { most_px: 42, least_px: 5, share: 0.7, columnShare: 0.44 };
/** Room beside the first column, for the inputs' names, and beside the last, for its ring. */
const SIDE_PX = { left: 64, right: 46 };
const NARROW_PX = 480;
const NARROW_SIDE_PX = { left: 60, right: 30 };
const ROW_MOST_PX = 76;
/** In the walk the loss stands after the outputs, and so do their numbers. */
const WALK_SIDE_PX = { left: 64, right: 140 };
const WALK_NARROW_SIDE_PX = { left: 56, right: 76 };
const WALK_WIDE_PX = 600;
const LOSS = { size_px: 26, margin_px: 34, narrowMargin_px: 27 };
/** What numbers take of the room between columns, and between the neurons of one. */
const LABEL = { corners_px: 138, corner_most_px: 36, width_px: 44, corner_pitch_px: 40, row_px: 14, ring_px: 5, least_px: 10 };
/** From so many edges on no eye follows a single curve, and drawing them would take too long. */
const CROWD = 1500;
const CURVE = 0.45;

/**
 * The network as it trains.
 * @param {Wanted} wanted shape: neurons in each layer, inputs first; width and height in CSS px
 * @returns {Layout}
 */
export function layoutNetwork(wanted) {
  const sides = wanted.width < NARROW_PX ? NARROW_SIDE_PX : SIDE_PX;
  return place(wanted, sides, (units, gap) => ({
    size: nodeSize(units, wanted.height, gap),
    labels: "none",
  }));
}

/**
 * The same with room for each neuron's numbers, as far as there is any, and for the loss.
 * @param {Wanted} wanted
 * @returns {Layout}
 */
export function layoutWalk(wanted) {
  const wide = wanted.width >= WALK_WIDE_PX;
  const sides = wide ? WALK_SIDE_PX : WALK_NARROW_SIDE_PX;
  const layout = place(wanted, sides, (units, gap) => walkNode(units, wanted.height, gap));
  const margin = wide ? LOSS.margin_px : LOSS.narrowMargin_px;
  layout.loss = { x: wanted.width - margin, y: wanted.height / 2, size: LOSS.size_px };
  return layout;
}

/**
 * @param {Wanted} wanted
 * @param {Sides} side
 * @param {(units: number, gap: number) => Pick<Column, "size"|"labels">} nodeOf
 * @returns {Layout}
 */
function place({ shape, features = [], width, height, dpr }, side, nodeOf) {
  const gap = (width - side.left - side.right) / Math.max(shape.length - 1, 1);
  const last = shape.length - 1;
  const columns = shape.map((units, layer) => ({
    layer,
    x: shape.length === 1 ? width / 2 : side.left + layer * gap,
    ...nodeOf(units, gap),
  }));
  const nodes = shape.flatMap((units, layer) =>
    Array.from({ length: units }, (_, unit) => ({
      id: `${layer}-${unit}`,
      kind: /** @type {PlacedNode["kind"]} */ (kindOf(layer, last)),
      layer,
      unit,
      x: columns[layer].x,
      y: rowY(units, unit, height),
      size: columns[layer].size,
    })),
  );
  const crowded = countEdges(shape) > CROWD;
  return {
    width,
    height,
    dpr,
    nodes,
    edges: placeEdges(shape, columns, height, crowded ? 0 : CURVE),
    crowded,
    columns,
    inputs: features,
    places: placeNeurons(shape),
    loss: null,
  };
}

/**
 * A neuron and its numbers: as many of them as there is room for.
 * @param {number} units
 * @param {number} height
 * @param {number} gap between the columns
 * @returns {Pick<Column, "size"|"labels">}
 */
function walkNode(units, height, gap) {
  const size = nodeSize(units, height, gap);
  const pitch = rowPitch(units, height);
  const below = pitch - LABEL.row_px - LABEL.ring_px;
  const between = below - LABEL.row_px;
  const small = Math.min(size, LABEL.corner_most_px);
  if (gap - small >= LABEL.corners_px && pitch >= LABEL.corner_pitch_px) {
    return { size: small, labels: "corners" };
  }
  if (gap < LABEL.width_px || below < LABEL.least_px) return { size, labels: "none" };
  return between >= LABEL.least_px * 2
    ? { size: Math.min(size, between), labels: "stacked" }
    : { size: Math.min(size, below), labels: "single" };
}

/** @param {number[]} shape */
function placeNeurons(shape) {
  return shape.map((units, layer) =>
    layer === 0
      ? []
      : Array.from({ length: units }, (_, unit) => ({
          neuron: neuronIndex(shape, layer, unit),
          bias: parameterIndex(shape, layer, shape[layer - 1], unit),
        })),
  );
}

/** @param {number[]} shape */
function countEdges(shape) {
  return shape.reduce((sum, units, layer) => sum + (layer > 0 ? units * shape[layer - 1] : 0), 0);
}

/**
 * @param {number} layer
 * @param {number} last
 */
function kindOf(layer, last) {
  if (layer === 0) return "input";
  return layer === last ? "output" : "hidden";
}

/**
 * @param {number} units
 * @param {number} height
 */
function rowPitch(units, height) {
  return Math.min(height / units, ROW_MOST_PX);
}

/**
 * @param {number} units
 * @param {number} unit
 * @param {number} height
 */
function rowY(units, unit, height) {
  return height / 2 + (unit - (units - 1) / 2) * rowPitch(units, height);
}

/**
 * @param {number} units
 * @param {number} height
 * @param {number} gap between the columns
 */
function nodeSize(units, height, gap) {
  const room = Math.min(rowPitch(units, height) * NODE.share, gap * NODE.columnShare);
  return Math.round(Math.max(NODE.least_px, Math.min(NODE.most_px, room)));
}

/**
 * @param {number[]} shape
 * @param {Column[]} columns
 * @param {number} height
 * @param {number} bend how far the curve's handles reach, as a share of the edge's width
 */
function placeEdges(shape, columns, height, bend) {
  /** @type {PlacedEdge[]} */
  const edges = [];
  for (let layer = 1; layer < shape.length; layer += 1) {
    const [before, units] = [shape[layer - 1], shape[layer]];
    const x0 = columns[layer - 1].x + columns[layer - 1].size / 2;
    const x1 = columns[layer].x - columns[layer].size / 2;
    for (let from = 0; from < before; from += 1) {
      for (let to = 0; to < units; to += 1) {
        edges.push({
          layer,
          from,
          to,
          index: parameterIndex(shape, layer, from, to),
          x0,
          y0: rowY(before, from, height),
          x1,
          y1: rowY(units, to, height),
          c: (x1 - x0) * bend,
        });
      }
    }
  }
  return edges;
}

/**
 * A point on an edge's curve, a cubic with level ends.
 * @param {PlacedEdge} edge
 * @param {number} t 0 at the layer before, 1 at the neuron
 * @returns {{x: number, y: number}}
 */
export function pointOn({ x0, y0, x1, y1, c }, t) {
  const s = 1 - t;
  const [a, b] = [s * s * s + 3 * s * s * t, 3 * s * t * t + t * t * t];
  return {
    x: a * x0 + b * x1 + 3 * s * t * c * (s - t),
    y: a * y0 + b * y1,
  };
}
