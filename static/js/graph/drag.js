/** A number that a pointer drags sideways, in the text or in the graph. */

import { dragged, stretchOf } from "./numbers.js";

/** @typedef {import("./room.js").Room} Room */

const DRAG_PX = 4;

/**
 * Follows a pointer that drags a number of the text sideways.
 * @param {Room} room
 * @param {PointerEvent} event where it began
 * @param {[start: number, end: number]} stretch of the number
 * @param {() => void} click what happens without a movement
 */
export function dragNumber(room, event, [start, end], click) {
  const { text } = room.store.state;
  const target = /** @type {Element} */ (event.target);
  const view = target.ownerDocument.defaultView;
  if (!view) return;
  const written = text.slice(start, end);
  const whole = staysWhole(room, start);
  let moved = false;

  /** @param {PointerEvent} now */
  const move = (now) => {
    const by = now.clientX - event.clientX;
    if (!moved && Math.abs(by) < DRAG_PX) return;
    moved = true;
    const number = dragged(written, by, { whole, fine: now.shiftKey });
    room.write(text.slice(0, start) + number + text.slice(end));
  };
  const stop = () => {
    view.removeEventListener("pointermove", move);
    view.removeEventListener("pointerup", stop);
    view.removeEventListener("pointercancel", stop);
    view.document.documentElement.classList.remove("dragging");
    if (!moved) click();
  };
  view.document.documentElement.classList.add("dragging");
  view.addEventListener("pointermove", move);
  view.addEventListener("pointerup", stop);
  view.addEventListener("pointercancel", stop);
}

/**
 * Where a number of a box is written, while the text is the one that the box belongs to.
 * @param {Room} room
 * @param {number} node
 * @param {number|null} place of the number in an array, row by row; null for the only one
 * @returns {[start: number, end: number]|null}
 */
export function stretchOfNumber({ store }, node, place) {
  const { text, ran, answer } = store.state;
  const literals = (text === ran && answer?.graph?.nodes[node]?.literals) || [];
  const span = place === null ? literals.length === 1 && literals[0] : literals[place];
  return span ? stretchOf(text, span) : null;
}

/**
 * Whether a number that is written without a point must stay so: counts, exponents, and all of
 * PyTorch's, where 2 and 2.0 differ. A leaf's in plain arithmetic need not.
 * @param {Room} room
 * @param {number} start
 */
function staysWhole({ store }, start) {
  const { text, ran, answer } = store.state;
  if (answer?.dialect === "torch" || text !== ran || !answer?.graph) return true;
  return !answer.graph.nodes.some(
    ({ kind, literals }) => kind === "variable" && literals?.some((span) => span && stretchOf(text, span)[0] === start),
  );
}
