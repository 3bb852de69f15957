/** Numbers in a text: where they are, and how a drag changes them. */

/** @typedef {import("./answer.js").Span} Span */

const STEP_PX = 5;

/**
 * The offset of a place in a text. Columns count code points, offsets UTF-16 units.
 * @param {string} text
 * @param {number} line from 1
 * @param {number} column from 0
 * @returns {number}
 */
export function offsetOf(text, line, column) {
  const lines = text.split(/\r\n|\r|\n/);
  let offset = 0;
  for (let i = 0; i < Math.min(line - 1, lines.length); i += 1) {
    offset += lines[i].length;
    offset += text.startsWith("\r\n", offset) ? 2 : 1;
  }
  const points = [...(lines[line - 1] ?? "")].slice(0, column).join("");
  return Math.min(text.length, offset + points.length);
}

/**
 * @param {string} text
 * @param {Span} span
 * @returns {[start: number, end: number]} UTF-16 offsets
 */
export function stretchOf(text, span) {
  return [offsetOf(text, span.line, span.column), offsetOf(text, span.end_line, span.end_column)];
}

/**
 * The text with another one at a stretch.
 * @param {string} text
 * @param {Span} span
 * @param {string} written
 */
export function replaceAt(text, span, written) {
  const [start, end] = stretchOf(text, span);
  return text.slice(0, start) + written + text.slice(end);
}

/**
 * A written number after a drag: steps of a tenth of its size, and no more digits than that needs.
 * Whole numbers of a program that needs them stay whole.
 * @param {string} written as it stood when the drag began
 * @param {number} moved_px to the right
 * @param {{whole?: boolean, fine?: boolean}} [how] fine: a tenth of the usual step
 * @returns {string}
 */
export function dragged(written, moved_px, { whole = false, fine = false } = {}) {
  const start = Number(written.replaceAll("_", "").replace(/\s/g, ""));
  if (!Number.isFinite(start)) return written;
  const steps = Math.trunc(moved_px / STEP_PX);
  if (steps === 0) return written;
  if (whole && /^[-+]?\s*\d+$/.test(written)) return String(start + steps);
  const power = Math.max(-3, Math.floor(Math.log10(Math.abs(start) || 1)) - 1) - (fine ? 1 : 0);
  const places = Math.max(-power, decimalsOf(written), 1);
  return withPoint(Number((start + steps * 10 ** power).toFixed(Math.min(places, 12))));
}

/**
 * A number as a program writes it.
 * @param {number} value
 */
export function withPoint(value) {
  const text = String(value === 0 ? 0 : value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** @param {string} written */
function decimalsOf(written) {
  return /\.(\d*)/.exec(written)?.[1].length ?? 0;
}
