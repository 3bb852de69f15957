/** Examples as marks on the plane, and the plane's axes. */

import { colours, mix, rgb } from "../palette.js";
import { valueRgb } from "./maps.js";

/** @typedef {import("../palette.js").Rgb} Rgb */
/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {{left: number, top: number, width: number, height: number}} Plane in CSS px */
/** @typedef {(target: number) => {mark: number, colour: string}|undefined} Looks none for a class that there is not */

/** The plane goes from −EXTENT to EXTENT both ways. */
export const EXTENT = 6;
const TICKS = [-6, -4, -2, 0, 2, 4, 6];
/** Points of a class leave the map's colour by this share, or those in the right place would vanish. */
const POINT_SHIFT = 0.25;
/** A colour this near to ink, of 255, is shifted away from it. */
const NEAR_INK = 60;

/**
 * How a target is marked. A value has exactly the colour that the map gives to it, so that a point
 * which does not stand out is predicted well; a class is a little off its map's colour.
 * @param {{theme: Theme, problem: string, classes: number}} scene
 * @param {number} scale in regression the value that has the full colour
 * @returns {Looks}
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
    return (target) => looks[target];
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
 * @param {CanvasRenderingContext2D} context
 * @param {Plane} plane
 * @param {Theme} theme
 */
export function drawAxes(context, { left, top, width, height }, theme) {
  const palette = colours(theme);
  context.fillStyle = palette.soft;
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.font = "10px system-ui, sans-serif";
  context.textBaseline = "middle";
  for (const tick of TICKS) {
    const share = (tick + EXTENT) / (2 * EXTENT);
    const text = String(tick).replace("-", "−");
    const edge = tick === EXTENT ? "right" : tick === -EXTENT ? "left" : "center";
    context.textAlign = /** @type {CanvasTextAlign} */ (edge);
    context.fillText(text, left + share * width, top + height + 9);
    context.textAlign = "right";
    const y = top + (1 - share) * height;
    context.fillText(text, left - 4, Math.max(top + 5, Math.min(top + height - 5, y)));
  }
}
