/** Where the network's parts stand. Pure: numbers in, numbers out. */

import { neuronIndex, parameterIndex } from "./parameters.js";

/** @typedef {{id: string, kind: "input"|"hidden"|"output", layer: number, unit: number, x: number, y: number, size: number}} PlacedNode */
/** @typedef {{layer: number, from: number, to: number, index: number, x0: number, y0: number, x1: number, y1: number, c: number}} PlacedEdge */
/**
 * Where a neuron's numbers stand in the walk through an update: at its four corners, z and δ on the
 * left, a and ∂L/∂a on the right; below and above it; the newest alone below it; or not at all.
 * @typedef {"corners"|"stacked"|"single"|"none"} Labels
 */
/** @typedef {{size: number, labels: Labels, lift: number}} Stand lift: px above the middle of its row */
/** @typedef {{x: number, layer: number} & Stand} Column */
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
 * @property {{x: number, y: number, size: number}|null} loss the mark after the outputs, in the walk
 */

const NODE = { most_px: 42, least_px: 5, share: 0.7, columnShare: 0.44 };
/** Smaller nodes have thinner rings and no dot. */
export const LARGE_PX = 16;
/** Room beside the first column, for the inputs' names, and beside the last, for its ring. */
const SIDE_PX = { left: 64, right: 46 };
const NARROW_PX = 480;
const NARROW_SIDE_PX = { left: 60, right: 30 };
const ROW_MOST_PX = 76;
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
    lift: 0,
  }));
}

/**
 * @param {Wanted} wanted
 * @param {Sides} sides
 * @param {(units: number, gap: number) => Stand} standOf
 * @returns {Layout}
 */
export function place({ shape, features = [], width, height, dpr }, sides, standOf) {
  const gap = columnGap(shape, width, sides);
  const last = shape.length - 1;
  const columns = shape.map((units, layer) => ({
    layer,
    x: shape.length === 1 ? width / 2 : sides.left + layer * gap,
    ...standOf(units, gap),
  }));
  const yOf = (/** @type {number} */ layer, /** @type {number} */ unit) =>
    rowY(shape[layer], unit, height) - columns[layer].lift;
  const nodes = shape.flatMap((units, layer) =>
    Array.from({ length: units }, (_, unit) => ({
      id: `${layer}-${unit}`,
      kind: /** @type {PlacedNode["kind"]} */ (kindOf(layer, last)),
      layer,
      unit,
      x: columns[layer].x,
      y: yOf(layer, unit),
      size: columns[layer].size,
    })),
  );
  const crowded = countEdges(shape) > CROWD;
  return {
    width,
    height,
    dpr,
    nodes,
    edges: placeEdges(shape, columns, yOf, crowded ? 0 : CURVE),
    crowded,
    columns,
    inputs: features,
    places: placeNeurons(shape),
    loss: null,
  };
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

/**
 * From one column to the next.
 * @param {number[]} shape
 * @param {number} width
 * @param {Sides} sides
 * @returns {number} in px
 */
export function columnGap(shape, width, { left, right }) {
  return (width - left - right) / Math.max(shape.length - 1, 1);
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
export function rowPitch(units, height) {
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
export function nodeSize(units, height, gap) {
  const room = Math.min(rowPitch(units, height) * NODE.share, gap * NODE.columnShare);
  return Math.round(Math.max(NODE.least_px, Math.min(NODE.most_px, room)));
}

/**
 * @param {number[]} shape
 * @param {Column[]} columns
 * @param {(layer: number, unit: number) => number} yOf
 * @param {number} bend how far the curve's handles reach, as a share of the edge's width
 */
function placeEdges(shape, columns, yOf, bend) {
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
          y0: yOf(layer - 1, from),
          x1,
          y1: yOf(layer, to),
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
