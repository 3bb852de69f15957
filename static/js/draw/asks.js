/** A gradient for each weight and bias, as a small matrix for each layer, side by side. */

import { paintMatrix } from "../microscope/matrix.js";
import { colours } from "../palette.js";

/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {{first: number, rows: number, columns: number, left: number, top: number}} Block a layer's, its biases in the last row */
/** @typedef {{gradient: ArrayLike<number>, shape: number[], chosen: number, theme: Theme}} AskScene */

const CELL_PX = { most: 18, least: 1, signed: 8 };
const GAP_PX = { most: 10, least: 3 };
const TOP_PX = 2;

/**
 * The largest cells with which all layers fit into a box, row under row where one is too short.
 * @param {number[]} shape
 * @param {{width: number, height: number}} size
 * @returns {{cell: number, blocks: Block[]}}
 */
export function placeAsks(shape, { width, height }) {
  for (let cell = CELL_PX.most; ; cell -= 1) {
    const { blocks, bottom, right } = laidOut(shape, width, cell);
    if (cell === CELL_PX.least || (bottom <= height && right <= width)) return { cell, blocks };
  }
}

/**
 * @param {number[]} shape
 * @param {number} width
 * @param {number} cell
 */
function laidOut(shape, width, cell) {
  /** @type {Block[]} */
  const blocks = [];
  const gap = Math.max(GAP_PX.least, Math.min(GAP_PX.most, cell));
  let [left, top, tallest, right, first] = [0, TOP_PX, 0, 0, 0];
  for (let layer = 1; layer < shape.length; layer += 1) {
    const [rows, columns] = [shape[layer - 1] + 1, shape[layer]];
    if (left > 0 && left + columns * cell > width) {
      top += tallest + gap;
      [left, tallest] = [0, 0];
    }
    blocks.push({ first, rows, columns, left, top });
    right = Math.max(right, left + columns * cell);
    left += columns * cell + gap;
    tallest = Math.max(tallest, rows * cell);
    first += rows * columns;
  }
  return { blocks, bottom: top + tallest, right };
}

/**
 * The parameter under a place of the picture.
 * @param {number[]} shape
 * @param {{width: number, height: number}} size
 * @param {number} x
 * @param {number} y
 * @returns {number} or −1
 */
export function askAt(shape, size, x, y) {
  const { cell, blocks } = placeAsks(shape, size);
  for (const { first, rows, columns, left, top } of blocks) {
    const [row, column] = [Math.floor((y - top) / cell), Math.floor((x - left) / cell)];
    if (row >= 0 && row < rows && column >= 0 && column < columns) return first + row * columns + column;
  }
  return -1;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{width: number, height: number}} size
 * @param {AskScene} scene
 * @param {number} cursor the parameter that is looked at, or −1
 */
export function drawAsks(context, size, { gradient, shape, chosen, theme }, cursor) {
  const { cell, blocks } = placeAsks(shape, size);
  for (const block of blocks) {
    const { first, rows, columns } = block;
    const at = (/** @type {number} */ row, /** @type {number} */ column) => gradient[first + row * columns + column];
    const matrix = { rows, columns, at, has: () => true, kind: /** @type {const} */ ("gradient") };
    paintMatrix(context, matrix, theme, { cell_px: cell, left: block.left, top: block.top });
    if (cell >= CELL_PX.signed) drawSigns(context, block, at, cell, theme);
    drawFrame(context, block, chosen, cell, 1, theme);
    drawFrame(context, block, cursor, cell, 2, theme);
  }
}

/**
 * A stroke for what is below zero, the second mark of its sign.
 * @param {CanvasRenderingContext2D} context
 * @param {Block} block
 * @param {(row: number, column: number) => number} at
 * @param {number} cell
 * @param {Theme} theme
 */
function drawSigns(context, { rows, columns, left, top }, at, cell, theme) {
  context.fillStyle = colours(theme).panel;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      if (!(at(row, column) < 0)) continue;
      const middle = Math.round(top + (row + 0.5) * cell) - 1;
      context.fillRect(Math.round(left + (column + 0.3) * cell), middle, Math.round(cell * 0.4) - 1, 1);
    }
  }
}

/**
 * A frame around one of a block's parameters.
 * @param {CanvasRenderingContext2D} context
 * @param {Block} block
 * @param {number} parameter
 * @param {number} cell
 * @param {number} line_px
 * @param {Theme} theme
 */
function drawFrame(context, { first, rows, columns, left, top }, parameter, cell, line_px, theme) {
  const place = parameter - first;
  if (place < 0 || place >= rows * columns) return;
  const side = Math.max(cell, 4);
  const [x, y] = [left + (place % columns) * cell, top + Math.floor(place / columns) * cell];
  context.strokeStyle = colours(theme).ink;
  context.lineWidth = line_px;
  context.strokeRect(x - 0.5, y - 0.5, side, side);
}
