/**
 * The network's picture: bands for weights, crisp lines for gradients that run backward, each
 * neuron's output map, its error signal as a ring and its bias as a dot.
 *
 * Sign has a second mark besides its hue: a negative band is split by a hairline, a negative
 * gradient's arrow is hollow, a negative ring and a negative update are dashed.
 */

import { pointOn } from "../layout.js";
import { colours } from "../palette.js";
import { fit, Sheet } from "./canvas.js";
import { drawEdges } from "./edges.js";
import { drawNeurons, roundOff } from "./neurons.js";

/** @typedef {import("../frame.js").Frame} Frame */
/** @typedef {import("../layout.js").Layout} Layout */
/** @typedef {import("../layout.js").PlacedEdge} PlacedEdge */
/** @typedef {import("../layout.js").PlacedNode} PlacedNode */
/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {import("../store.js").Selection} Selection */
/**
 * @typedef {object} Scene
 * @property {Frame} frame
 * @property {Frame|null} data
 * @property {Theme} theme
 * @property {string} mode weights, gradients, both or updates
 * @property {Selection|null} selection
 * @property {Selection|null} hover
 * @property {number} time in ms
 * @property {boolean} playing
 * @property {boolean} reducedMotion
 * @property {boolean} discretize
 */

const NEAR_PX = 7;

export class NetworkDrawing {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.sheet = new Sheet(canvas.ownerDocument);
    /** @type {Layout|null} */
    this.layout = null;
    /** @type {Path2D[]} */
    this.lines = [];
    this.corners = new Path2D();
    this.smallest_px = 0;
  }

  /** @param {Layout} layout */
  setLayout(layout) {
    this.layout = layout;
    this.lines = layout.edges.map(curve);
    this.corners = roundOff(layout.nodes);
    this.smallest_px = Math.min(...layout.nodes.map(({ size }) => size));
  }

  /** @param {Scene} scene */
  draw(scene) {
    const { layout, lines, smallest_px } = this;
    if (!layout) return;
    const { context, width, height } = fit(this.canvas, layout.dpr);
    context.clearRect(0, 0, width, height);
    const lit = emphasis(scene.hover ?? scene.selection);
    drawEdges(context, { layout, lines, smallest_px }, scene, lit);
    this.#outlineChosen(context, scene);
    drawNeurons(context, layout, this, scene);
  }

  /**
   * The edge under a point, the nearest of those close enough.
   * @param {number} x
   * @param {number} y
   * @returns {PlacedEdge|null}
   */
  edgeAt(x, y) {
    /** @type {PlacedEdge|null} */
    let best = null;
    let nearest = NEAR_PX;
    for (const edge of this.layout?.edges ?? []) {
      if (x < edge.x0 || x > edge.x1) continue;
      const away = distance(edge, x, y);
      if (away < nearest) [best, nearest] = [edge, away];
    }
    return best;
  }

  /**
   * The neuron or input under a point.
   * @param {number} x
   * @param {number} y
   * @returns {PlacedNode|null}
   */
  nodeAt(x, y) {
    const reach = (/** @type {PlacedNode} */ { size }) => Math.max(size / 2 + 3, 6);
    const under = (/** @type {PlacedNode} */ node) =>
      Math.abs(x - node.x) <= reach(node) && Math.abs(y - node.y) <= reach(node);
    return this.layout?.nodes.find(under) ?? null;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Scene} scene
   */
  #outlineChosen(context, { hover, selection, theme }) {
    const { edges } = /** @type {Layout} */ (this.layout);
    context.strokeStyle = colours(theme).ink;
    context.lineWidth = 1.6;
    context.setLineDash([1.5, 3]);
    for (const [i, edge] of edges.entries()) {
      if (isEdge(edge, hover) || isEdge(edge, selection)) context.stroke(this.lines[i]);
    }
    context.setLineDash([]);
  }
}

/**
 * Which edges stand out: those of the neuron that is chosen; all of them when none is.
 * @param {Selection|null} chosen
 * @returns {(edge: PlacedEdge) => boolean}
 */
function emphasis(chosen) {
  if (chosen?.kind !== "neuron") return () => true;
  const { layer, unit } = chosen;
  return (edge) =>
    (edge.layer === layer && edge.to === unit) || (edge.layer === layer + 1 && edge.from === unit);
}

/**
 * @param {PlacedEdge} edge
 * @param {Selection|null} chosen
 */
export function isEdge({ layer, from, to }, chosen) {
  return (
    chosen?.kind === "weight" &&
    chosen.layer === layer &&
    chosen.from === from &&
    chosen.to === to
  );
}

/** @param {PlacedEdge} edge */
function curve({ x0, y0, x1, y1, c }) {
  const path = new Path2D();
  path.moveTo(x0, y0);
  path.bezierCurveTo(x0 + c, y0, x1 - c, y1, x1, y1);
  return path;
}

/**
 * @param {PlacedEdge} edge
 * @param {number} x
 * @param {number} y
 * @returns {number} px from the edge's curve
 */
function distance(edge, x, y) {
  let [low, high] = [0, 1];
  for (let i = 0; i < 12; i += 1) {
    const middle = (low + high) / 2;
    if (pointOn(edge, middle).x < x) low = middle;
    else high = middle;
  }
  const at = pointOn(edge, low);
  const next = pointOn(edge, Math.min(1, low + 0.01));
  const slope = (next.y - at.y) / Math.max(next.x - at.x, 1e-6);
  return Math.abs(y - at.y) / Math.hypot(1, slope);
}
