/** Every colour that data has, in both themes. Furniture takes its own from css/tokens.css. */

/** @typedef {"light"|"dark"} Theme */
/** @typedef {[red: number, green: number, blue: number]} Rgb 0 to 255 */
/**
 * @typedef {object} Colours
 * @property {string} paper
 * @property {string} panel
 * @property {string} ink
 * @property {string} soft
 * @property {string} line
 * @property {string} negative values below zero
 * @property {string} zero
 * @property {string} positive values above zero
 * @property {string} gradientNegative
 * @property {string} gradientPositive
 * @property {string[]} classes for more than two of them
 */

/** @type {Record<Theme, Colours>} */
const COLOURS = {
  light: {
    paper: "#fbfaf7",
    panel: "#ffffff",
    ink: "#1c1e22",
    soft: "#63676e",
    line: "#e5e2da",
    negative: "#e98a15",
    zero: "#eceae4",
    positive: "#1f77b4",
    gradientNegative: "#8e3aa8",
    gradientPositive: "#1a8a4b",
    classes: ["#e98a15", "#1f77b4", "#7b3056", "#9bb878", "#cb8ea7", "#445007"],
  },
  dark: {
    paper: "#15171a",
    panel: "#1b1e22",
    ink: "#eceae6",
    soft: "#a5a8ae",
    line: "#2b2f35",
    negative: "#f2a03d",
    zero: "#2c3036",
    positive: "#4ba3e3",
    gradientNegative: "#c77ddf",
    gradientPositive: "#4cc07f",
    classes: ["#f2a03d", "#4ba3e3", "#c83e85", "#b1eb9f", "#efc7e8", "#837c50"],
  },
};

/**
 * @param {Theme} theme
 * @returns {Colours}
 */
export function colours(theme) {
  return COLOURS[theme];
}

/**
 * @param {string} hex as #rrggbb
 * @returns {Rgb}
 */
export function rgb(hex) {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/**
 * @param {Rgb} from
 * @param {Rgb} to
 * @param {number} share of `to`, 0 to 1
 * @returns {Rgb}
 */
export function mix(from, to, share) {
  const part = (/** @type {0|1|2} */ i) => Math.round(from[i] + (to[i] - from[i]) * share);
  return [part(0), part(1), part(2)];
}

/** @type {Map<string, Uint32Array>} */
const tables = new Map();

/**
 * The colours of a map's bytes, as pixels of an ImageData: byte 0 is the negative end, 255 the
 * positive one. "values" is continuous, "signs" has the two ends alone, "class:2" goes from nothing
 * (byte 0) to certainty (255) of class 2.
 * @param {Theme} theme
 * @param {string} kind
 * @returns {Uint32Array} 256 of them
 */
export function lut(theme, kind) {
  const key = `${theme} ${kind}`;
  let table = tables.get(key);
  if (!table) {
    table = new Uint32Array(256).map((_, byte) => pixel(shade(COLOURS[theme], kind, byte)));
    tables.set(key, table);
  }
  return table;
}

/**
 * @param {Colours} palette
 * @param {string} kind
 * @param {number} byte
 * @returns {Rgb}
 */
function shade(palette, kind, byte) {
  const zero = rgb(palette.zero);
  if (kind.startsWith("class:")) {
    return mix(zero, rgb(palette.classes[Number(kind.slice(6))]), byte / 255);
  }
  const value = (byte - 127.5) / 127.5;
  const end = rgb(value < 0 ? palette.negative : palette.positive);
  return kind === "signs" ? end : mix(zero, end, Math.abs(value));
}

/**
 * @param {Rgb} colour
 * @returns {number} as a pixel of an ImageData, opaque
 */
export function pixel([red, green, blue]) {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
