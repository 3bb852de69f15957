/** How a gradient looks: sign by hue and by dashes, size by the shade of its logarithm. */

import { colours, mix, rgb } from "../palette.js";
import { gradientShade, gradientStrength } from "../scales.js";

/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {{size: number, sign: -1|0|1|null}} Extent sign null where an array has both */

/**
 * @param {any} gradient a number, nested lists, or null where none has come
 * @param {Theme} theme
 * @returns {{line: string, fill: string, width: number, dash: string}}
 */
export function gradientLook(gradient, theme) {
  const palette = colours(theme);
  const found = extentOf(gradient);
  if (!found) return { line: palette.line, fill: palette.panel, width: 1.2, dash: "none" };
  const shade = gradientShade(gradientStrength(found.size));
  const hue = rgb(hueOf(found, theme));
  return {
    line: css(mix(rgb(palette.line), hue, found.sign === 0 ? 0 : 0.25 + 0.75 * shade)),
    fill: css(mix(rgb(palette.panel), hue, 0.16 * shade)),
    width: found.sign === 0 ? 1.2 : 1.4 + 1.6 * shade,
    dash: found.sign === -1 ? "5 3.5" : "none",
  };
}

/**
 * The colour of a gradient as text; its hues need more contrast there than as lines.
 * @param {any} gradient
 * @param {Theme} theme
 */
export function gradientInk(gradient, theme) {
  const { soft, ink } = colours(theme);
  const found = extentOf(gradient);
  return found?.sign ? css(mix(rgb(hueOf(found, theme)), rgb(ink), 0.2)) : soft;
}

/**
 * @param {Extent} extent
 * @param {Theme} theme
 */
function hueOf({ sign }, theme) {
  const { gradientNegative, gradientPositive, soft } = colours(theme);
  if (sign === null) return soft;
  return sign < 0 ? gradientNegative : gradientPositive;
}

/**
 * The largest size in an array, and the sign that its numbers share.
 * @param {any} value
 * @returns {Extent|null}
 */
export function extentOf(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return { size: Math.abs(value), sign: /** @type {-1|0|1} */ (Math.sign(value) || 0) };
  const all = [value].flat(Infinity);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const sign = least < 0 && most > 0 ? null : /** @type {-1|0|1} */ (Math.sign(least + most));
  return { size: Math.max(-least, most), sign };
}

/** @param {[number, number, number]} colour */
function css(colour) {
  return `rgb(${colour.join(" ")})`;
}
