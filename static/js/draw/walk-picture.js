/**
 * The network while one update is walked through: what has arrived is lit, the step just taken
 * stands out. Positions and numbers are fixed; only opacities and widths move, and only for a moment.
 */

import { gradientStrength } from "../scales.js";
import { fit } from "./canvas.js";
import { Tween } from "./tween.js";
import { drawWalkEdges, outlineChosen } from "./walk-edges.js";
import { drawLoss } from "./walk-loss.js";
import { drawFocus, drawWalkNeurons } from "./walk-neurons.js";

/** @typedef {import("../microscope/sight.js").Sight} Sight */
/** @typedef {import("./network.js").NetworkDrawing} NetworkDrawing */
/** @typedef {import("./network.js").Scene} Scene */
/**
 * How strongly each part is drawn now, 0 to 1: of lines by the places of the parameters, of neurons
 * layer by layer, the inputs first. The weights are those drawn now, on their way to the new ones.
 * @typedef {{bands: Float32Array, gradients: Float32Array, updates: Float32Array,
 *   weights: Float32Array, maps: Float32Array, rings: Float32Array}} Strengths
 */

const BAND = { waiting: 0.42, flowed: 0.8, underUpdates: 0.25, most: 1 };
/** By LEVEL: the rest of the network, the same sum, the step itself. */
const BAND_BY_LEVEL = [0.6, 1, 1.25];
const GRADIENT_BY_LEVEL = [0.5, 1, 1];
const UPDATE = { moving: 1, moved: 0.25 };
const MAP_WAITING = 0.13;

export class WalkPicture {
  constructor() {
    this.tween = new Tween();
    /** @type {Sight|null} */
    this.sight = null;
  }

  /**
   * @param {NetworkDrawing} drawing whose canvas and layout it takes
   * @param {Scene} scene
   * @param {Sight} sight
   * @returns {boolean} whether something still moves
   */
  draw(drawing, scene, sight) {
    const { layout, lines, smallest_px } = drawing;
    if (!layout) return false;
    if (sight !== this.sight) {
      // Thousands of lines are drawn once a step, not at every frame of a transition.
      if (scene.reducedMotion || layout.crowded) this.tween.jump(strengthsOf(sight));
      else this.tween.aim(strengthsOf(sight), scene.time);
      this.sight = sight;
    }
    const moves = this.tween.move(scene.time);
    const strengths = split(this.tween.now, sight);
    const { context, width, height } = fit(drawing.canvas, layout.dpr);
    context.clearRect(0, 0, width, height);
    const geometry = { layout, lines, smallest_px };
    drawFocus(context, layout, scene.theme, sight);
    drawWalkEdges(context, geometry, scene, sight, strengths);
    outlineChosen(context, geometry, scene);
    drawLoss(context, layout, scene.theme, sight);
    drawWalkNeurons(context, layout, drawing.sheet, scene, sight, strengths);
    return moves;
  }
}

/**
 * @param {Sight} sight
 * @returns {Float32Array} the parts of Strengths one after another
 */
function strengthsOf({ lines, nodes }) {
  const { length } = lines.level;
  const all = new Float32Array(length * 4 + nodes.length * 2);
  const { bands, gradients, updates, weights, maps, rings } = split(all, { lines, nodes });
  const updating = lines.update !== null;
  for (let i = 0; i < length; i += 1) {
    const level = lines.level[i];
    bands[i] = bandStrength(lines, i);
    gradients[i] = lines.reached[i] && !updating ? GRADIENT_BY_LEVEL[level] : 0;
    updates[i] = updating ? (lines.moved ? UPDATE.moved : UPDATE.moving) : 0;
    weights[i] = lines.parameters[i];
  }
  for (const [i, { lit, delta }] of nodes.entries()) {
    maps[i] = lit ? 1 : MAP_WAITING;
    rings[i] = delta !== null && gradientStrength(delta) > 0 ? 1 : 0;
  }
  return all;
}

/**
 * @param {Sight["lines"]} lines
 * @param {number} i
 */
function bandStrength({ flowed, level, update, moved }, i) {
  if (update && !moved) return BAND.underUpdates;
  const strength = (flowed[i] ? BAND.flowed : BAND.waiting) * BAND_BY_LEVEL[level[i]];
  return Math.min(BAND.most, strength);
}

/**
 * @param {Float32Array} all
 * @param {Pick<Sight, "lines"|"nodes">} sight
 * @returns {Strengths} views into it
 */
function split(all, { lines, nodes }) {
  const [p, n] = [lines.level.length, nodes.length];
  const lane = (/** @type {number} */ i) => all.subarray(i * p, (i + 1) * p);
  return {
    bands: lane(0),
    gradients: lane(1),
    updates: lane(2),
    weights: lane(3),
    maps: all.subarray(4 * p, 4 * p + n),
    rings: all.subarray(4 * p + n, 4 * p + 2 * n),
  };
}
