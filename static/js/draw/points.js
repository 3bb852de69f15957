/** How the examples of the data look: a colour and a shape for each target. */

import { colours, mix, rgb } from "../palette.js";
import { valueRgb } from "./maps.js";

/** @typedef {import("../frame.js").Frame} Frame */
/** @typedef {import("../palette.js").Rgb} Rgb */
/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {{frame: Frame, theme: Theme, problem: string, classes: number}} Marked */

/** Points of a class leave the map's colour by this share, or those in the right place would vanish. */
const POINT_SHIFT = 0.25;
/** A colour this near to ink, of 255, is shifted away from it. */
const NEAR_INK = 60;

/**
 * How a target is marked, beside the map of a frame.
 * @param {Marked} marked
 */
export function lookOfTargets(marked) {
  return looksOf(marked, outputScale(marked.frame));
}

/**
 * How a target is marked. A value has exactly the colour that the map gives to it, so that a point
 * which does not stand out is predicted well; a class is a little off its map's colour.
 * @param {{theme: Theme, problem: string, classes: number}} scene
 * @param {number} scale in regression the value that has the full colour
 * @returns {(target: number) => {mark: number, colour: string}}
 */
export function looksOf({ theme, problem, classes }, scale) {
  const palette = colours(theme);
  const css = (/** @type {Rgb} */ [red, green, blue]) => `rgb(${red} ${green} ${blue})`;
  if (problem === "regression") {
    return (target) => ({ mark: 0, colour: css(valueRgb(target, scale, theme)) });
  }
  const colour = (/** @type {string} */ hex) => css(shifted(rgb(hex), palette));
  if (classes > 2) {
    const looks = palette.classes.map((hex, mark) => ({ mark, colour: colour(hex) }));
    // While other data are on their way, a target may be none of these classes.
    return (target) => looks[target] ?? looks[0];
  }
  const below = { mark: 0, colour: colour(palette.negative) };
  const above = { mark: 1, colour: colour(palette.positive) };
  return (target) => (target > 0 ? above : below);
}

/**
 * @param {Rgb} colour
 * @param {{ink: string, panel: string}} palette
 * @returns {Rgb} towards ink, or towards the panel where it is near to ink already
 */
function shifted(colour, { ink, panel }) {
  const near = Math.abs(luma(colour) - luma(rgb(ink))) < NEAR_INK;
  return mix(colour, rgb(near ? panel : ink), POINT_SHIFT);
}

/**
 * How light a colour looks, 0 to 255. Source: ITU-R BT.601.
 * @param {Rgb} colour
 */
function luma([red, green, blue]) {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/**
 * The value that has the full colour in the map of the output.
 * @param {Frame} frame
 */
export function outputScale(frame) {
  return frame.tensor("scales").at(-1) ?? 1;
}
