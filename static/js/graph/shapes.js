/** The SVG of boxes and lines, with every colour in attributes, so that an export looks the same. */

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
