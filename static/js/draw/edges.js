/**
 * The lines of the network: a soft band for each weight, a crisp line with an arrow for its gradient,
 * an ink line for what the last update did to it.
 */

import { pointOn } from "../layout.js";
import { colours, mix, rgb } from "../palette.js";
import { gradientShade, gradientStrength, weightWidth } from "../scales.js";
import { Hairlines } from "./hairlines.js";

/** @typedef {import("../layout.js").Layout} Layout */
/** @typedef {import("../layout.js").PlacedEdge} PlacedEdge */
/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {import("./network.js").Scene} Scene */
/** @typedef {(edge: PlacedEdge) => boolean} Lit whether an edge stands out */
/** @typedef {(edge: PlacedEdge) => number} Shade what its opacity is multiplied by */
/** @typedef {{colour: string, width_px: number, alpha: number, dashed?: boolean, split?: boolean}} Look */
/** @typedef {{layout: Layout, lines: Path2D[], smallest_px: number}} Geometry */

const LEVELS = 12;
/** A pulse takes this long from one column back to the one before. */
const PULSE_MS = 1600;
/** It stays clear of the neurons, where many lines meet. */
const PULSE = { from: 0.84, to: 0.16 };
/** Where it rests while nothing moves: not in the middle, where most lines cross. */
const REST = 0.7;
/** Multiples of it spread evenly over the way. */
const GOLDEN = 0.618;
const ARROW = { least_px: 2.2, most_px: 6, smallestNode_px: 12, fullNode_px: 42 };
const DASH = [5, 4];
/** A negative band is split by a hairline where it is wide enough. */
const SPLIT = { from_px: 3, width_px: 0.8 };
const FAINT = 0.22;
const LEAST_OPACITY = 0.07;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Geometry} geometry
 * @param {Scene} scene
 * @param {Lit} lit
 */
export function drawEdges(context, geometry, scene, lit) {
  const { frame, mode, theme } = scene;
  const shade = (/** @type {PlacedEdge} */ edge) => (lit(edge) ? 1 : FAINT);
  const lane = (/** @type {string} */ tensor, /** @type {(value: number) => Look|null} */ look) =>
    drawLane(context, geometry, frame.tensor(tensor), look, shade, theme);
  if (mode === "updates") lane("update", updateLook(theme));
  if (mode === "weights" || mode === "both") lane("parameters", weightLook(theme, mode));
  if (mode === "gradients" || mode === "both") {
    lane("gradient", gradientLook(theme, fineness(geometry)));
    const at = (/** @type {PlacedEdge} */ edge, /** @type {number} */ parting) =>
      travelled(edge, scene, parting);
    drawArrows(context, geometry, { values: frame.tensor("gradient"), shade, at, theme });
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Geometry} geometry
 * @param {ArrayLike<number>} values
 * @param {(value: number) => Look|null} lookOf
 * @param {Shade} shade
 * @param {Theme} theme
 */
export function drawLane(context, { layout, lines, smallest_px }, values, lookOf, shade, theme) {
  const hairlines = new Hairlines();
  // Wider than this no band may be, or a dense column would be one block.
  const widest_px = Math.max(1.2, smallest_px / 4);
  for (const [i, edge] of layout.edges.entries()) {
    const look = lookOf(values[edge.index]);
    const alpha = look ? look.alpha * shade(edge) : 0;
    if (!look || alpha === 0) continue;
    if (layout.crowded) {
      hairlines.add(edge, look.colour, alpha);
      continue;
    }
    context.globalAlpha = alpha;
    context.lineWidth = Math.min(look.width_px, widest_px);
    context.strokeStyle = look.colour;
    if (look.dashed) context.setLineDash(DASH);
    context.stroke(lines[i]);
    if (look.dashed) context.setLineDash([]);
    if (look.split && context.lineWidth > SPLIT.from_px) {
      context.lineWidth = SPLIT.width_px;
      context.strokeStyle = colours(theme).paper;
      context.stroke(lines[i]);
    }
  }
  hairlines.paint(context);
  context.globalAlpha = 1;
}

/**
 * @param {Theme} theme
 * @param {string} mode
 */
export function weightLook(theme, mode) {
  const ramp = weightRamp(theme);
  const alone = mode === "weights";
  return (/** @type {number} */ w) => ({
    colour: ramp[Math.round((Math.max(-1, Math.min(1, w)) + 1) * LEVELS)] ?? ramp[LEVELS],
    width_px: weightWidth(w),
    alpha: alone ? 0.9 : 0.5,
    split: alone && w < 0,
  });
}

/**
 * How much finer lines and arrows are drawn where the neurons are small, 0 to 1.
 * @param {Geometry} geometry
 */
export function fineness({ smallest_px }) {
  return Math.min(1, smallest_px / ARROW.fullNode_px);
}

/**
 * @param {Theme} theme
 * @param {number} fine as `fineness` has it
 */
export function gradientLook(theme, fine) {
  const { gradientNegative, gradientPositive } = colours(theme);
  return (/** @type {number} */ g) => {
    const strength = gradientStrength(g);
    if (strength === 0) return null;
    const colour = g < 0 ? gradientNegative : gradientPositive;
    return { colour, width_px: 0.6 + 1.5 * strength * fine, alpha: opacity(strength) };
  };
}

/**
 * Ink, because an update is neither a value nor a gradient.
 * @param {Theme} theme
 */
export function updateLook(theme) {
  const { ink } = colours(theme);
  return (/** @type {number} */ change) => {
    const strength = gradientStrength(change);
    if (strength === 0) return null;
    const dashed = change < 0;
    return { colour: ink, width_px: 0.6 + 5 * strength, alpha: opacity(strength), dashed };
  };
}

/**
 * The opacity of a gradient, never so little that it could be taken for none.
 * @param {number} strength above 0
 */
export function opacity(strength) {
  return LEAST_OPACITY + (1 - LEAST_OPACITY) * gradientShade(strength);
}

/**
 * Arrow heads that point and travel backward; a negative gradient's is hollow. They are gathered by
 * sign and opacity, so that each kind is painted once.
 * @param {CanvasRenderingContext2D} context
 * @param {Geometry} geometry
 * @param {object} arrows
 * @param {ArrayLike<number>} arrows.values
 * @param {Shade} arrows.shade
 * @param {(edge: PlacedEdge, parting: number) => number} arrows.at how far along its edge each is
 * @param {Theme} arrows.theme
 */
export function drawArrows(context, geometry, { values, shade, at, theme }) {
  const { layout, smallest_px } = geometry;
  if (smallest_px < ARROW.smallestNode_px || layout.crowded) return;
  const palette = colours(theme);
  const fine = fineness(geometry);
  /** @type {Map<string, {path: Path2D, negative: boolean, alpha: number}>} */
  const kinds = new Map();
  for (const edge of layout.edges) {
    const g = values[edge.index];
    const strength = gradientStrength(g);
    const level = Math.ceil(opacity(strength) * shade(edge) * 5);
    if (strength === 0 || level === 0) continue;
    const key = `${g < 0} ${level}`;
    let kind = kinds.get(key);
    if (!kind) {
      kind = { path: new Path2D(), negative: g < 0, alpha: Math.min(1, level / 5 + 0.1) };
      kinds.set(key, kind);
    }
    const size = (ARROW.least_px + (ARROW.most_px - ARROW.least_px) * strength) * fine;
    addArrow(kind.path, edge, at(edge, 1 - fine), size);
  }
  context.lineWidth = 1;
  for (const { path, negative, alpha } of kinds.values()) {
    context.globalAlpha = alpha;
    context.fillStyle = negative ? palette.paper : palette.gradientPositive;
    context.strokeStyle = negative ? palette.gradientNegative : palette.gradientPositive;
    context.fill(path);
    context.stroke(path);
  }
  context.globalAlpha = 1;
}

/**
 * @param {Path2D} path
 * @param {PlacedEdge} edge
 * @param {number} t where on the edge
 * @param {number} size_px
 */
export function addArrow(path, edge, t, size_px) {
  const at = pointOn(edge, t);
  const ahead = pointOn(edge, t - 0.02);
  const length = Math.hypot(ahead.x - at.x, ahead.y - at.y) || 1;
  const dx = ((ahead.x - at.x) / length) * size_px;
  const dy = ((ahead.y - at.y) / length) * size_px;
  path.moveTo(at.x + dx, at.y + dy);
  path.lineTo(at.x - dx * 0.7 - dy * 0.75, at.y - dy * 0.7 + dx * 0.75);
  path.lineTo(at.x - dx * 0.7 + dy * 0.75, at.y - dy * 0.7 - dx * 0.75);
  path.closePath();
}

/**
 * How far along an edge its pulse is: it starts at the neuron and runs backward. A layer nearer the
 * output is ahead. The pulses of one neuron move together; those of a layer do too where there is
 * room, and are parted where they would be one wall of arrows.
 * @param {PlacedEdge} edge
 * @param {Scene} scene
 * @param {number} parting of the layer's neurons, as a share of the way
 */
function travelled({ layer, to }, { time, playing, reducedMotion }, parting) {
  const turn = ((to * GOLDEN) % 1) * parting;
  if (!playing || reducedMotion) return REST - turn * (REST - PULSE.to);
  const share = (time / PULSE_MS + layer * 0.35 + turn) % 1;
  return PULSE.from + (PULSE.to - PULSE.from) * share;
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
