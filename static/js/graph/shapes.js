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
export function wayOf(line, from, to, lane) {
  const stops = stopsOf(line, from, to, lane);
  let data = `M${stops[0][0]} ${stops[0][1]}`;
  for (let i = 1; i < stops.length; i += 1) {
    const [x0, y0] = stops[i - 1];
    const [x1, y1] = stops[i];
    const bend = (x1 - x0) / 2;
    data += `C${x0 + bend} ${y0} ${x1 - bend} ${y1} ${x1} ${y1}`;
  }
  return data;
}

/**
 * The middle of a line's way, for what is written there. The browser could tell it too, but would
 * lay the whole page out for that.
 * @param {Line} line
 * @param {Box} from
 * @param {Box} to
 * @param {number} lane
 * @returns {{x: number, y: number}}
 */
export function middleOf(line, from, to, lane) {
  const stops = stopsOf(line, from, to, lane);
  const before = Math.floor(stops.length / 2) - 1;
  const [[x0, y0], [x1, y1]] = [stops[before], stops[before + 1]];
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2 };
}

/**
 * @param {Line} line
 * @param {Box} from
 * @param {Box} to
 * @param {number} lane
 * @returns {[number, number][]}
 */
function stopsOf({ points }, from, to, lane) {
  return [
    [from.x + from.width / 2, from.y],
    ...points,
    [to.x - to.width / 2, to.y + to.height * 0.3 * lane],
  ];
}
