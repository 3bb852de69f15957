/** Long sums, shortened in the middle so that the newest term stays in sight. */

import { ngettext } from "../i18n.js";
import { marked, mo, row, text } from "./mathml.js";

/** @typedef {import("./mathml.js").Piece} Piece */

/**
 * Which terms of a sum are written out: the first, those around the newest, and the last.
 * @param {number} count
 * @param {number} newest from 0
 * @param {number} room how many terms at most
 * @param {number} [known] those after the first so many are never written out
 * @returns {number[]} in rising order
 */
export function shownTerms(count, newest, room, known = count) {
  if (count <= room) return Array.from({ length: count }, (_, i) => i);
  const wish = [newest, 0, count - 1, newest - 1, newest + 1];
  for (let away = 2; away < count; away += 1) wish.push(newest - away, newest + away);
  const shown = new Set();
  for (const term of wish) {
    if (shown.size >= room) break;
    if (term >= 0 && term < known) shown.add(term);
  }
  return [...shown].sort((one, other) => one - other);
}

/**
 * The terms with + between them; a gap says how many it leaves out. Terms after the newest are to
 * come, and faint.
 * @param {number} count
 * @param {(term: number) => Piece} term
 * @param {{newest: number, room: number, done?: boolean}} how done: the whole sum is there, no term
 *   is newer than the others
 * @returns {Piece}
 */
export function sum(count, term, { newest, room, done = false }) {
  /** @type {Piece[]} */
  const parts = [];
  let before = -1;
  const shown = shownTerms(count, newest, room);
  for (const i of [...shown, count]) {
    const missing = i - before - 1;
    if (missing > 0) {
      append(gap(missing), !done && before >= newest ? "coming" : "");
    }
    if (i < count) append(term(i), kindOf(i));
    before = i;
  }
  return row(...parts);

  /** @param {number} i */
  function kindOf(i) {
    if (done || i < newest) return "";
    return i === newest ? "newest" : "coming";
  }

  /**
   * @param {Piece} part
   * @param {string} kind
   */
  function append(part, kind) {
    if (parts.length > 0) parts.push(kind === "coming" ? marked("coming", mo("+")) : mo("+"));
    parts.push(kind ? marked(kind, row(part)) : part);
  }
}

/** @param {number} missing how many terms are left out */
function gap(missing) {
  const words = ngettext("%(n)s more", "%(n)s more", missing);
  return row(mo("…"), marked("shape", text(words)), mo("…"));
}
