/** The program's lines at a place of the walk: which have run, which run now, which are to come. Pure. */

import { wholeGrain } from "./words.js";

/** @typedef {import("../dissection.js").Grain} Grain */
/** @typedef {import("../dissection.js").Program} Program */
/** @typedef {import("../dissection.js").Walk} Walk */
/** A line has begun where it has run for some neurons only. @typedef {"now"|"ran"|"begun"|"coming"} LineState */

/**
 * @param {Walk} walk
 * @param {Grain} grain
 * @returns {LineState[]} of each line
 */
export function lineStates(walk, grain) {
  const { dissection, position } = walk;
  const from = position === 0 ? 0 : walk.span(wholeGrain(walk, grain))[0];
  const { lines } = dissection.program;
  const left = lines.map(() => 0);
  const done = lines.map(() => 0);
  const now = lines.map(() => false);
  for (let k = 0; k < dissection.length; k += 1) {
    const line = dissection.lineOf(k);
    if (k >= position) left[line] += 1;
    else done[line] += 1;
    now[line] ||= k >= from && k < position;
  }
  return lines.map((_, i) => {
    if (now[i]) return "now";
    if (left[i] === 0) return "ran";
    return done[i] > 0 ? "begun" : "coming";
  });
}

/**
 * The numbers that the lines need and that stand for more than the network's, by the names of the
 * lines that use them: what the walk goes through may not be what makes the update.
 * @param {Program} program
 * @returns {"others"|"batch_gradient"|null}
 */
export function givenOfBatch({ lines }) {
  const gradient = lines.find(({ name }) => name === "gradient");
  if (gradient?.text.includes("others")) return "others";
  return gradient?.text.includes("batch_gradient") ? "batch_gradient" : null;
}

/**
 * A line in three parts, for the eye: what it assigns, and the rest with its layers' numbers apart.
 * @param {string} text
 * @returns {{text: string, kind: "name"|"index"|"rest"}[]}
 */
export function piecesOf(text) {
  const [, name, rest] = /** @type {RegExpMatchArray} */ (text.match(/^(\w+)?(.*)$/s));
  const pieces = /** @type {ReturnType<typeof piecesOf>} */ ([{ text: name ?? "", kind: "name" }]);
  for (const part of rest.split(/(\[\d+\])/)) {
    pieces.push({ text: part, kind: /^\[\d+\]$/.test(part) ? "index" : "rest" });
  }
  return pieces.filter((piece) => piece.text !== "");
}
