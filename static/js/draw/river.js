/**
 * The gradient river as an image: a row of pixels for each layer, a column for each pixel of time.
 * As rectangles, a long run of thirteen layers took 4 ms to draw; as an image, less than one.
 */

import { colours, mix, pixel, rgb } from "../palette.js";
import { GRADIENT_DECADES, gradientShade } from "../scales.js";
import { Sheet } from "./canvas.js";

/** @typedef {import("../history.js").Row} Row */
/** @typedef {import("../palette.js").Theme} Theme */

const SHADES = 64;

export class River {
  /** @param {Document} document */
  constructor(document) {
    this.sheet = new Sheet(document);
  }

  /**
   * @param {Row[]} rows
   * @param {number} end epochs at the right edge
   * @param {{width: number, layers: number, theme: Theme}} size width in device pixels
   * @returns {HTMLCanvasElement} width pixels across, one down for each layer
   */
  paint(rows, end, { width, layers, theme }) {
    const pixels = this.sheet.resize(width, layers);
    flow(rows, end, { width, layers, table: riverShades(theme), pixels });
    this.sheet.show();
    return this.sheet.canvas;
  }
}

/**
 * Writes the river's pixels: each column shows the row that its middle lies in, and what is yet to
 * come is as pale as no gradient.
 * @param {Row[]} rows
 * @param {number} end epochs at the right edge
 * @param {{width: number, layers: number, table: Uint32Array, pixels: Uint32Array}} into
 */
export function flow(rows, end, { width, layers, table, pixels }) {
  let row = Math.min(1, rows.length - 1);
  let written = -1;
  for (let column = 0; column < width; column += 1) {
    const epoch = ((column + 0.5) / width) * end;
    while (row >= 0 && row < rows.length && rows[row].epoch < epoch) row += 1;
    const shown = rows[row];
    for (let layer = 0; layer < layers; layer += 1) {
      const at = layer * width + column;
      if (row === written) pixels[at] = pixels[at - 1];
      else pixels[at] = table[shown ? shadeOf(shown.gradients[layer]) : 0];
    }
    written = row;
  }
}

/**
 * @param {number} logarithm of a gradient's norm
 * @returns {number} which shade
 */
function shadeOf(logarithm) {
  const { least, most } = GRADIENT_DECADES;
  const share = (logarithm - least) / (most - least);
  return Number.isNaN(share) ? 0 : Math.round(Math.max(0, Math.min(1, share)) * (SHADES - 1));
}

/** @type {Map<Theme, Uint32Array>} */
const kept = new Map();

/**
 * The river's colours from no gradient to the largest, as pixels.
 * @param {Theme} theme
 */
export function riverShades(theme) {
  let shades = kept.get(theme);
  if (!shades) {
    const { zero, gradientNegative } = colours(theme);
    const [none, full] = [rgb(zero), rgb(gradientNegative)];
    shades = new Uint32Array(SHADES).map((_, i) =>
      pixel(mix(none, full, gradientShade(i / (SHADES - 1)))),
    );
    kept.set(theme, shades);
  }
  return shades;
}
