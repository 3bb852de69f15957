/**
 * The network's picture: bands for weights, crisp lines for gradients that run backward, each
 * neuron's output map, its error signal as a ring and its bias as a dot.
 *
 * Sign has a second mark besides its hue: a negative band is split by a hairline, a negative
 * gradient's arrow is hollow, a negative ring is dashed.
 */

import { pointOn } from "../layout.js";
import { colours, lut, mix, rgb } from "../palette.js";
import { gradientShade, gradientStrength, weightWidth } from "../scales.js";
import { fit, Sheet } from "./canvas.js";
import { classTable, paintMap, valueColour } from "./maps.js";

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
/** @typedef {{lines: Path2D[], arrows: Path2D, shape: number[], corners: Path2D}} Geometry */

const LEVELS = 12;
/** A pulse takes this long from one column back to the one before. */
const PULSE_MS = 1600;
/** It stays clear of the neurons, where many lines meet. */
const PULSE = { from: 0.84, to: 0.16 };
const ARROW = { least_px: 2.2, most_px: 6, smallestNode_px: 12, fullNode_px: 42 };
const NEAR_PX = 7;
const RADIUS = 5;
const FAINT = 0.22;
const LEAST_OPACITY = 0.07;

export class NetworkDrawing {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {{theme: Theme}} options
   */
  constructor(canvas, { theme }) {
    this.canvas = canvas;
    this.theme = theme;
    this.sheet = new Sheet(canvas.ownerDocument);
    /** @type {Layout|null} */
    this.layout = null;
    /** @type {Path2D[]} */
    this.lines = [];
    this.corners = new Path2D();
    /** Wider than this no band may be, or a dense column would be one block. */
    this.widest_px = Infinity;
  }

  /** @param {Layout} layout */
  setLayout(layout) {
    this.layout = layout;
    this.lines = layout.edges.map(curve);
    this.corners = roundOff(layout.nodes);
    const smallest = Math.min(...layout.nodes.map(({ size }) => size));
    this.widest_px = Math.max(1.2, smallest / 4);
  }

  /** @param {Scene} scene */
  draw(scene) {
    const { layout } = this;
    if (!layout) return;
    this.theme = scene.theme;
    const { context, width, height } = fit(this.canvas, layout.dpr);
    context.clearRect(0, 0, width, height);
    const lit = emphasis(scene.hover ?? scene.selection);
    if (scene.mode === "updates") this.#updates(context, scene, lit);
    if (scene.mode === "weights" || scene.mode === "both") this.#weights(context, scene, lit);
    if (scene.mode === "gradients" || scene.mode === "both") this.#gradients(context, scene, lit);
    this.#selected(context, scene);
    this.#neurons(context, scene);
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
   * @param {(edge: PlacedEdge) => boolean} lit
   */
  #weights(context, { frame, mode, theme }, lit) {
    const { edges } = /** @type {Layout} */ (this.layout);
    const weights = frame.tensor("parameters");
    const ramp = weightRamp(theme);
    const soft = mode === "both" ? 0.5 : 0.9;
    for (const [i, edge] of edges.entries()) {
      const w = weights[edge.index];
      context.globalAlpha = lit(edge) ? soft : soft * FAINT;
      context.lineWidth = Math.min(weightWidth(w), this.widest_px);
      context.strokeStyle = ramp[level(w)];
      context.stroke(this.lines[i]);
      if (w < 0 && context.lineWidth > 3 && mode === "weights") {
        context.lineWidth = 0.8;
        context.strokeStyle = colours(theme).paper;
        context.stroke(this.lines[i]);
      }
    }
    context.globalAlpha = 1;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Scene} scene
   * @param {(edge: PlacedEdge) => boolean} lit
   */
  #gradients(context, scene, lit) {
    const { edges } = /** @type {Layout} */ (this.layout);
    const gradient = scene.frame.tensor("gradient");
    const palette = colours(scene.theme);
    const smallest = this.#smallestNode();
    const arrows = new Arrows(context, palette, Math.min(1, smallest / ARROW.fullNode_px));
    const small = smallest < ARROW.smallestNode_px;
    for (const [i, edge] of edges.entries()) {
      const g = gradient[edge.index];
      const strength = gradientStrength(g);
      if (strength === 0) continue;
      context.globalAlpha = visible(strength) * (lit(edge) ? 1 : FAINT);
      context.lineWidth = Math.min(0.6 + 1.5 * strength, this.widest_px);
      context.strokeStyle = g < 0 ? palette.gradientNegative : palette.gradientPositive;
      context.stroke(this.lines[i]);
      if (!small) arrows.add(edge, g, strength, travelled(edge, scene), context.globalAlpha);
    }
    arrows.paint();
    context.globalAlpha = 1;
  }

  /**
   * What the last update did to each weight: ink, because it is neither a value nor a gradient.
   * @param {CanvasRenderingContext2D} context
   * @param {Scene} scene
   * @param {(edge: PlacedEdge) => boolean} lit
   */
  #updates(context, { frame, theme }, lit) {
    const { edges } = /** @type {Layout} */ (this.layout);
    const update = frame.tensor("update");
    context.strokeStyle = colours(theme).ink;
    for (const [i, edge] of edges.entries()) {
      const change = update[edge.index];
      const strength = gradientStrength(change);
      if (strength === 0) continue;
      context.globalAlpha = visible(strength) * (lit(edge) ? 1 : FAINT);
      context.lineWidth = Math.min(0.6 + 5 * strength, this.widest_px);
      context.setLineDash(change < 0 ? [5, 4] : []);
      context.stroke(this.lines[i]);
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Scene} scene
   */
  #selected(context, { hover, selection, theme }) {
    const { edges } = /** @type {Layout} */ (this.layout);
    context.strokeStyle = colours(theme).ink;
    context.lineWidth = 1.6;
    context.setLineDash([1.5, 3]);
    for (const [i, edge] of edges.entries()) {
      if (isEdge(edge, hover) || isEdge(edge, selection)) context.stroke(this.lines[i]);
    }
    context.setLineDash([]);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Scene} scene
   */
  #neurons(context, scene) {
    const { nodes } = /** @type {Layout} */ (this.layout);
    const side = this.#paintMaps(scene);
    const across = this.sheet.canvas.width / side;
    context.imageSmoothingEnabled = !scene.discretize;
    for (const [i, { x, y, size }] of nodes.entries()) {
      const [left, top] = [x - size / 2, y - size / 2];
      const [column, row] = [i % across, Math.floor(i / across)];
      context.drawImage(
        this.sheet.canvas,
        column * side,
        row * side,
        side,
        side,
        left,
        top,
        size,
        size,
      );
    }
    context.fillStyle = colours(scene.theme).paper;
    context.fill(this.corners, "evenodd");
    for (const node of nodes) this.#rim(context, scene, node);
  }

  /**
   * All maps, side by side on one sheet: the chosen inputs, then the neurons.
   * @param {Scene} scene
   * @returns {number} points across a map
   */
  #paintMaps({ frame, data, theme, discretize }) {
    const { nodes, inputs } = /** @type {Layout} */ (this.layout);
    const [units, side] = frame.shape("maps");
    const maps = frame.tensor("maps");
    const across = Math.ceil(Math.sqrt(nodes.length));
    const pixels = this.sheet.resize(across * side, Math.ceil(nodes.length / across) * side);
    const table = lut(theme, discretize ? "signs" : "values");
    const names = data?.metadata.features.split(",") ?? [];
    const features = data?.tensor("inputs");
    const first = nodes.length - units;
    const outputs = nodes.length - (nodes.at(-1)?.unit ?? 0) - 1;
    for (const [i, node] of nodes.entries()) {
      const offset = Math.floor(i / across) * side * across * side + (i % across) * side;
      if (i >= first) {
        const own = i >= outputs && outputs < nodes.length - 1 ? classTable(theme, node.unit) : table;
        paintMap(maps, (i - first) * side * side, side, own, pixels, offset, across * side);
      } else if (features && data && data.shape("inputs")[1] === side) {
        const start = names.indexOf(inputs[i]) * side * side;
        paintMap(features, start, side, table, pixels, offset, across * side);
      }
    }
    this.sheet.show();
    return side;
  }

  /**
   * A neuron's ring (its error signal) and dot (its bias).
   * @param {CanvasRenderingContext2D} context
   * @param {Scene} scene
   * @param {PlacedNode} node
   */
  #rim(context, { frame, theme, mode, hover, selection }, node) {
    const palette = colours(theme);
    const { layer, unit, x, y, size } = node;
    const chosen = isNode(node, hover) || isNode(node, selection);
    const { neuron, bias } = /** @type {Layout} */ (this.layout).places[layer][unit] ?? {};
    const out = size > 16 ? 2.5 : 1;
    context.lineWidth = 1;
    context.strokeStyle = palette.line;
    if (neuron !== undefined && (mode === "gradients" || mode === "both")) {
      const delta = frame.tensor("delta")[neuron];
      const strength = gradientStrength(delta);
      context.globalAlpha = strength === 0 ? 1 : visible(strength);
      context.lineWidth = size > 16 ? 2.5 : 1.2;
      if (strength > 0) {
        context.strokeStyle = delta < 0 ? palette.gradientNegative : palette.gradientPositive;
        if (delta < 0) context.setLineDash([5, 3]);
      }
    }
    box(context, x, y, size + 2 * out);
    context.setLineDash([]);
    context.globalAlpha = 1;
    if (chosen) {
      context.lineWidth = 1.6;
      context.strokeStyle = palette.ink;
      box(context, x, y, size + 2 * out + 5);
    }
    if (bias !== undefined && size > 16) dot(context, node, frame.tensor("parameters")[bias], theme);
  }

  #smallestNode() {
    return Math.min(...(this.layout?.nodes ?? []).map(({ size }) => size));
  }
}

/** Arrow heads, gathered by sign and strength so that each kind is painted once. */
class Arrows {
  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import("../palette.js").Colours} palette
   * @param {number} scale 1 for full size
   */
  constructor(context, palette, scale) {
    this.scale = scale;
    this.context = context;
    this.palette = palette;
    /** @type {Map<string, {path: Path2D, negative: boolean, alpha: number}>} */
    this.kinds = new Map();
  }

  /**
   * @param {PlacedEdge} edge
   * @param {number} g
   * @param {number} strength
   * @param {number} t where on the edge
   * @param {number} alpha
   */
  add(edge, g, strength, t, alpha) {
    const kind = `${g < 0} ${Math.ceil(alpha * 5)}`;
    let entry = this.kinds.get(kind);
    if (!entry) {
      entry = { path: new Path2D(), negative: g < 0, alpha: Math.ceil(alpha * 5) / 5 };
      this.kinds.set(kind, entry);
    }
    const size = (ARROW.least_px + (ARROW.most_px - ARROW.least_px) * strength) * this.scale;
    const at = pointOn(edge, t);
    const ahead = pointOn(edge, t - 0.02);
    const length = Math.hypot(ahead.x - at.x, ahead.y - at.y) || 1;
    const [dx, dy] = [((ahead.x - at.x) / length) * size, ((ahead.y - at.y) / length) * size];
    entry.path.moveTo(at.x + dx, at.y + dy);
    entry.path.lineTo(at.x - dx * 0.7 - dy * 0.75, at.y - dy * 0.7 + dx * 0.75);
    entry.path.lineTo(at.x - dx * 0.7 + dy * 0.75, at.y - dy * 0.7 - dx * 0.75);
    entry.path.closePath();
  }

  paint() {
    const { context, palette } = this;
    context.lineWidth = 1;
    for (const { path, negative, alpha } of this.kinds.values()) {
      context.globalAlpha = Math.min(1, alpha + 0.1);
      context.fillStyle = negative ? palette.paper : palette.gradientPositive;
      context.strokeStyle = negative ? palette.gradientNegative : palette.gradientPositive;
      context.fill(path);
      context.stroke(path);
    }
  }
}

/**
 * The opacity of a gradient, never so little that it could be taken for none.
 * @param {number} strength above 0
 */
function visible(strength) {
  return LEAST_OPACITY + (1 - LEAST_OPACITY) * gradientShade(strength);
}

/**
 * How far along an edge its pulse is: it starts at the neuron and runs backward. Edges of one layer
 * move together, and a layer nearer the output is ahead.
 * @param {PlacedEdge} edge
 * @param {Scene} scene
 */
function travelled({ layer }, { time, playing, reducedMotion }) {
  if (!playing || reducedMotion) return 0.5;
  const share = (time / PULSE_MS + layer * 0.35) % 1;
  return PULSE.from + (PULSE.to - PULSE.from) * share;
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
function isEdge({ layer, from, to }, chosen) {
  return (
    chosen?.kind === "weight" &&
    chosen.layer === layer &&
    chosen.from === from &&
    chosen.to === to
  );
}

/**
 * @param {PlacedNode} node
 * @param {Selection|null} chosen
 */
function isNode({ layer, unit }, chosen) {
  return chosen?.kind === "neuron" && chosen.layer === layer && chosen.unit === unit;
}

/** @param {PlacedEdge} edge */
function curve({ x0, y0, x1, y1, c }) {
  const path = new Path2D();
  path.moveTo(x0, y0);
  path.bezierCurveTo(x0 + c, y0, x1 - c, y1, x1, y1);
  return path;
}

/**
 * What must be painted over for the maps' corners to be round.
 * @param {PlacedNode[]} nodes
 */
function roundOff(nodes) {
  const path = new Path2D();
  for (const { x, y, size } of nodes) {
    path.rect(x - size / 2, y - size / 2, size, size);
    path.roundRect(x - size / 2, y - size / 2, size, size, Math.min(RADIUS, size / 4));
  }
  return path;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} size
 */
function box(context, x, y, size) {
  context.beginPath();
  context.roundRect(x - size / 2, y - size / 2, size, size, Math.min(RADIUS + 2, size / 4));
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {PlacedNode} node
 * @param {number} bias
 * @param {Theme} theme
 */
function dot(context, { x, y, size }, bias, theme) {
  context.beginPath();
  context.arc(x - size / 2 - 0.5, y + size / 2 + 0.5, 4.5, 0, 2 * Math.PI);
  context.fillStyle = colours(theme).paper;
  context.fill();
  context.beginPath();
  context.arc(x - size / 2 - 0.5, y + size / 2 + 0.5, 3.2, 0, 2 * Math.PI);
  context.fillStyle = valueColour(bias, 1, theme);
  context.fill();
  context.lineWidth = 0.6;
  context.strokeStyle = colours(theme).soft;
  context.stroke();
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

/** @param {number} w */
function level(w) {
  return Math.round((Math.max(-1, Math.min(1, w)) + 1) * LEVELS);
}

/** @type {Map<Theme, string[]>} */
const ramps = new Map();

/**
 * The colours of weights from −1 to 1.
 * @param {Theme} theme
 */
function weightRamp(theme) {
  let ramp = ramps.get(theme);
  if (!ramp) {
    const { negative, zero, positive } = colours(theme);
    ramp = Array.from({ length: 2 * LEVELS + 1 }, (_, i) => {
      const value = i / LEVELS - 1;
      const [r, g, b] = mix(rgb(zero), rgb(value < 0 ? negative : positive), Math.abs(value));
      return `rgb(${r} ${g} ${b})`;
    });
    ramps.set(theme, ramp);
  }
  return ramp;
}
