/** One line of the card: a formula of which as much is written out as there is room for. */

import { renew, toMath } from "../formula/mathml.js";

/** @typedef {import("../formula/mathml.js").Piece} Piece */
/** @typedef {import("./formulas.js").Room} Room */
/**
 * What stands on a line.
 * @typedef {object} Written
 * @property {string} lead words before the formulas
 * @property {(room: Room) => Piece[]} formulas
 * @property {string} gloss words after them
 */

/** From the most to the least, until the line fits. @type {Room[]} */
const ROOMS = [
  ...[12, 8, 6, 5, 4, 3].map((terms) => ({ terms, symbols: true })),
  ...[6, 5, 4, 3, 2, 1, 0].map((terms) => ({ terms, symbols: false })),
];
/** Widths are rounded, each by itself. */
const ROUNDING_PX = 1;

/**
 * @param {HTMLElement} line
 * @returns {{show: (written: Written, key: string) => void, clear: () => void}} show keeps as many
 *   terms as before while the key stays the same, so that nothing jumps from frame to frame; clear
 *   forgets how many there were, as after a change of width
 */
export function createLine(line) {
  const document = line.ownerDocument;
  const [lead, maths, gloss] = ["lead", "maths", "gloss"].map((name) => {
    const part = document.createElement("span");
    part.className = `card-${name}`;
    return part;
  });
  line.replaceChildren(lead, maths, gloss);
  let room = 0;
  let known = "";
  /** So many characters were seen to fit: to measure anew each frame would cost a layout each time. */
  let fitting = 0;

  /** @param {Written} written */
  function write(written) {
    const formulas = written.formulas(ROOMS[room]);
    while (maths.childElementCount > formulas.length) maths.lastElementChild?.remove();
    formulas.forEach((formula, i) => {
      const element = maths.children[i];
      if (element) renew(element, formula);
      else maths.append(toMath(document, formula));
    });
  }

  const length = () => maths.textContent?.length ?? 0;

  return {
    show(written, key) {
      if (key !== known) {
        room = 0;
        known = key;
        fitting = 0;
      }
      setText(lead, written.lead);
      setText(gloss, written.gloss);
      write(written);
      if (length() <= fitting) return;
      while (room < ROOMS.length - 1 && maths.scrollWidth > maths.clientWidth + ROUNDING_PX) {
        room += 1;
        write(written);
      }
      fitting = length();
    },
    clear() {
      known = "";
      setText(lead, "");
      setText(gloss, "");
      maths.replaceChildren();
    },
  };
}

/**
 * @param {HTMLElement} element
 * @param {string} words
 */
function setText(element, words) {
  if (element.textContent !== words) element.textContent = words;
}
