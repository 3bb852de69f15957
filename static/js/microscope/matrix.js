/** A matrix as a small image: gradients in their logarithmic colours, values in theirs. */

import { colours, mix, rgb } from "../palette.js";
import { gradientShade, gradientStrength } from "../scales.js";

/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {import("../palette.js").Rgb} Rgb */
/**
 * @typedef {object} Matrix
 * @property {number} rows
 * @property {number} columns
 * @property {(row: number, column: number) => number} at
 * @property {(row: number, column: number) => boolean} has whether the number is there yet
 * @property {"gradient"|"value"} kind
 */

const CELL = { most_px: 13, least_px: 2 };

/**
 * How large a cell may be for the whole to fit.
 * @param {Pick<Matrix, "rows"|"columns">} matrix
 * @param {number} width_px
 * @param {number} height_px
 */
export function cellSize({ rows, columns }, width_px, height_px) {
  const fitting = Math.floor(Math.min(width_px / columns, height_px / rows));
  return Math.max(CELL.least_px, Math.min(CELL.most_px, fitting));
}

/**
 * @param {number} number
 * @param {Matrix["kind"]} kind
 * @param {Theme} theme
 * @returns {Rgb}
 */
export function cellColour(number, kind, theme) {
  const palette = colours(theme);
  const zero = rgb(palette.zero);
  if (kind === "gradient") {
    const end = rgb(number > 0 ? palette.gradientPositive : palette.gradientNegative);
    return mix(zero, end, gradientShade(gradientStrength(number)));
  }
  const end = rgb(number > 0 ? palette.positive : palette.negative);
  return mix(zero, end, Math.min(1, Math.abs(number) || 0));
}

/**
 * Draws it onto a canvas of its own size.
 * @param {HTMLCanvasElement} canvas
 * @param {Matrix} matrix
 * @param {Theme} theme
 * @param {number} cell_px
 */
export function drawMatrix(canvas, matrix, theme, cell_px) {
  const { rows, columns } = matrix;
  const dpr = globalThis.devicePixelRatio || 1;
  canvas.width = Math.round(columns * cell_px * dpr);
  canvas.height = Math.round(rows * cell_px * dpr);
  canvas.style.width = `${columns * cell_px}px`;
  canvas.style.height = `${rows * cell_px}px`;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.setTransform(dpr, 0, 0, dpr, 0, 0);
  paintMatrix(context, matrix, theme, { cell_px, left: 0, top: 0 });
}

/**
 * Draws what is there; the rest is empty squares.
 * @param {CanvasRenderingContext2D} context
 * @param {Matrix} matrix
 * @param {Theme} theme
 * @param {{cell_px: number, left: number, top: number}} place
 */
export function paintMatrix(context, matrix, theme, { cell_px, left, top }) {
  const gap = cell_px > 4 ? 1 : 0;
  const side = cell_px - gap;
  context.strokeStyle = colours(theme).line;
  context.lineWidth = 1;
  for (let i = 0; i < matrix.rows; i += 1) {
    for (let j = 0; j < matrix.columns; j += 1) {
      const [x, y] = [left + j * cell_px, top + i * cell_px];
      if (matrix.has(i, j)) {
        context.fillStyle = `rgb(${cellColour(matrix.at(i, j), matrix.kind, theme).join(" ")})`;
        context.fillRect(x, y, side, side);
      } else {
        context.strokeRect(x + 0.5, y + 0.5, side - 1, side - 1);
      }
    }
  }
}
