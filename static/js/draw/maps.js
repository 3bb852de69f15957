/** From a map's bytes to its colours: a single output, several classes, a neuron. */

import { colours, lut, mix, rgb } from "../palette.js";

/** @typedef {import("../palette.js").Theme} Theme */

/** The byte of the value 0, and of the smallest one above it. */
const ZERO_BYTE = 127.5;

/**
 * Writes one map through a table of colours.
 * @param {Uint8Array|Float32Array} bytes
 * @param {number} start where the map begins in them
 * @param {number} side its points across and down
 * @param {Uint32Array} table 256 colours
 * @param {Uint32Array} pixels
 * @param {number} offset of its first pixel
 * @param {number} stride pixels in a row of the image
 */
export function paintMap(bytes, start, side, table, pixels, offset, stride) {
  for (let row = 0; row < side; row += 1) {
    const from = start + row * side;
    const to = offset + row * stride;
    for (let column = 0; column < side; column += 1) {
      pixels[to + column] = table[bytes[from + column]];
    }
  }
}

/**
 * Writes the map of several classes: the most probable one's colour, paler the less sure it is.
 * @param {Uint8Array|Float32Array} bytes the classes' maps one after another
 * @param {number} classes
 * @param {number} side
 * @param {Theme} theme
 * @param {boolean} discretize the class alone, without how sure it is
 * @param {Uint32Array} pixels
 */
export function paintClasses(bytes, classes, side, theme, discretize, pixels) {
  const tables = Array.from({ length: classes }, (_, k) => classTable(theme, k));
  const area = side * side;
  for (let i = 0; i < area; i += 1) {
    let best = 0;
    for (let k = 1; k < classes; k += 1) {
      if (bytes[k * area + i] > bytes[best * area + i]) best = k;
    }
    pixels[i] = tables[best][discretize ? 255 : bytes[best * area + i]];
  }
}

/**
 * Writes the map of the output: of a single one its value, of several the classes.
 * @param {import("../frame.js").Frame} frame
 * @param {Theme} theme
 * @param {boolean} discretize
 * @param {Uint32Array} pixels as many as the map has
 */
export function paintOutput(frame, theme, discretize, pixels) {
  const [classes, side] = frame.shape("outputs");
  const maps = frame.tensor("outputs");
  if (classes > 1) paintClasses(maps, classes, side, theme, discretize, pixels);
  else paintMap(maps, 0, side, lut(theme, discretize ? "signs" : "values"), pixels, 0, side);
}

/**
 * The table for one class: its probability runs from 0 at the middle byte to 1 at the last.
 * @param {Theme} theme
 * @param {number} k
 * @returns {Uint32Array}
 */
export function classTable(theme, k) {
  const key = `${theme} ${k}`;
  let table = kept.get(key);
  if (!table) {
    const whole = lut(theme, `class:${k}`);
    table = whole.map((_, byte) => whole[Math.max(0, Math.round((byte - ZERO_BYTE) * 2))]);
    kept.set(key, table);
  }
  return table;
}

/** @type {Map<string, Uint32Array>} */
const kept = new Map();

/**
 * The colour of a value as CSS, on the scale of the maps.
 * @param {number} value
 * @param {number} scale the value that has the full colour
 * @param {Theme} theme
 */
export function valueColour(value, scale, theme) {
  const [red, green, blue] = valueRgb(value, scale, theme);
  return `rgb(${red} ${green} ${blue})`;
}

/**
 * The colour of a value, on the scale of the maps.
 * @param {number} value
 * @param {number} scale the value that has the full colour
 * @param {Theme} theme
 */
export function valueRgb(value, scale, theme) {
  const palette = colours(theme);
  const share = Math.min(1, Math.abs(value) / scale);
  const end = value < 0 ? palette.negative : palette.positive;
  return mix(rgb(palette.zero), rgb(end), share);
}
