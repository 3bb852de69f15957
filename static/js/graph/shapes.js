/** The SVG of boxes and lines, with every colour in attributes, so that an export looks the same. */

import { colours, mix, rgb } from "../palette.js";
import { gradientShade, gradientStrength } from "../scales.js";

/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {import("./answer.js").Box} Box */
/** @typedef {import("./answer.js").Line} Line */

const SVG = "http://www.w3.org/2000/svg";
export const FACE =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/**
 * @param {string} tag
 * @param {Record<string, string|number>} [attributes]
 * @param {...(Element|string)} parts
 * @returns {SVGElement}
 */
export function svg(tag, attributes = {}, ...parts) {
  const element = document.createElementNS(SVG, tag);
  set(element, attributes);
  element.append(...parts);
  return element;
}

/**
 * @param {Element} element
 * @param {Record<string, string|number>} attributes
 */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    const text = String(value);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

/**
 * How a gradient looks: sign by hue and by dashes, size by the shade of its logarithm.
 * @param {number|null} gradient
 * @param {Theme} theme
 * @returns {{line: string, fill: string, width: number, dash: string}}
 */
export function gradientLook(gradient, theme) {
  const palette = colours(theme);
  if (gradient === null) return { line: palette.line, fill: palette.panel, width: 1.2, dash: "none" };
  const shade = gradientShade(gradientStrength(gradient));
  const hue = rgb(gradient < 0 ? palette.gradientNegative : palette.gradientPositive);
  const css = (/** @type {[number, number, number]} */ colour) => `rgb(${colour.join(" ")})`;
  return {
    line: css(mix(rgb(palette.line), hue, gradient === 0 ? 0 : 0.25 + 0.75 * shade)),
    fill: css(mix(rgb(palette.panel), hue, 0.16 * shade)),
    width: gradient === 0 ? 1.2 : 1.4 + 1.6 * shade,
    dash: gradient < 0 ? "5 3.5" : "none",
  };
}

/**
 * The way of a line: from the right side of its operand to the left side of its result.
 * @param {Line} line
 * @param {Box} from
 * @param {Box} to
 * @param {number} lane of several operands into one box: −1 to 1 from top to bottom
 * @returns {string} path data
 */
export function wayOf({ points }, from, to, lane) {
  const height = to.height * 0.3 * lane;
  const stops = [
    [from.x + from.width / 2, from.y],
    ...points,
    [to.x - to.width / 2, to.y + height],
  ];
  let data = `M${stops[0][0]} ${stops[0][1]}`;
  for (let i = 1; i < stops.length; i += 1) {
    const [x0, y0] = stops[i - 1];
    const [x1, y1] = stops[i];
    const bend = (x1 - x0) / 2;
    data += `C${x0 + bend} ${y0} ${x1 - bend} ${y1} ${x1} ${y1}`;
  }
  return data;
}
