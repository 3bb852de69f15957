/** An array in its box: a cell for each of its values, and beside them one for each gradient. */

import { colours, mix, rgb } from "../palette.js";
import { gradientLook } from "./looks.js";
import { set, svg } from "./shapes.js";

/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {import("./answer.js").Box} Box */
/** @typedef {import("./answer.js").Node} Node */

const MATRIX = { width: 46, height: 32, cell: 14, top: 21 };
const LEAST_MARKED_PX = 5;

/**
 * The cells, not yet coloured: values at the left, gradients at the right.
 * @param {Box} box
 * @param {Node} node
 * @returns {SVGElement}
 */
export function buildCells(box, node) {
  const { rows, columns } = sizeOf(node.shape);
  const side = Math.min(MATRIX.cell, MATRIX.width / columns, MATRIX.height / rows);
  const half = (box.width - box.head) / 2;
  const group = svg("g");
  for (const [part, kind] of /** @type {const} */ ([[0, "value"], [1, "gradient"]])) {
    const left = box.head + half * (part + 0.5) - (columns * side) / 2;
    const top = MATRIX.top + (MATRIX.height - rows * side) / 2;
    for (let i = 0; i < rows * columns; i += 1) {
      const [x, y] = [left + (i % columns) * side, top + Math.floor(i / columns) * side];
      const cell = svg("g", { transform: `translate(${x} ${y})`, "data-kind": kind, "data-cell": i });
      if (node.literals?.[i] && kind === "value") cell.setAttribute("class", "cell draggable");
      cell.append(svg("rect", { width: Math.max(1, side - 1), height: Math.max(1, side - 1) }));
      if (side >= LEAST_MARKED_PX) cell.append(svg("path", { d: `M${side * 0.25} ${side / 2 - 0.5}h${side * 0.5 - 1}`, "stroke-width": 1.2 }));
      group.append(cell);
    }
  }
  return group;
}

/**
 * @param {SVGElement} group
 * @param {{value: any, gradient: any}} numbers null where they are not known yet
 * @param {Theme} theme
 */
export function paintCells(group, { value, gradient }, theme) {
  const palette = colours(theme);
  const [values, gradients] = [flat(value), flat(gradient)];
  const most = Math.max(...values.map(Math.abs), 1e-300);
  for (const cell of group.children) {
    const [square, minus] = cell.children;
    const of = cell.getAttribute("data-kind") === "value" ? values : gradients;
    const number = of[Number(cell.getAttribute("data-cell"))] ?? null;
    const fill = of === values ? valueShade(number, most, theme) : gradientLook(number, theme).line;
    set(square, { fill: number === null ? "none" : fill, stroke: number === null ? palette.line : "none" });
    if (minus) set(minus, { stroke: number !== null && number < 0 ? palette.panel : "none" });
  }
}

/**
 * @param {number|null} value
 * @param {number} most the largest size in the array
 * @param {Theme} theme
 */
function valueShade(value, most, theme) {
  const palette = colours(theme);
  const end = rgb((value ?? 0) < 0 ? palette.negative : palette.positive);
  return `rgb(${mix(rgb(palette.zero), end, 0.15 + (0.85 * Math.abs(value ?? 0)) / most).join(" ")})`;
}

/**
 * @param {any} numbers
 * @returns {number[]}
 */
function flat(numbers) {
  return numbers === null || numbers === undefined ? [] : [numbers].flat(Infinity);
}

/**
 * Rows and columns on paper: a vector is one row, what has more dimensions is stacked.
 * @param {number[]} shape
 */
function sizeOf(shape) {
  const columns = Math.max(1, shape[shape.length - 1]);
  return { rows: Math.max(1, shape.slice(0, -1).reduce((product, size) => product * size, 1)), columns };
}
