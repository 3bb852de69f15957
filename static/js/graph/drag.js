/** A number that a pointer drags sideways, in the text or in the graph. */

import { dragged, stretchOf } from "./numbers.js";

/** @typedef {import("./room.js").Room} Room */

const DRAG_PX = 4;

/**
 * Follows a pointer that drags a number sideways.
 * @param {Room} room
 * @param {PointerEvent} event where it began
 * @param {number} node whose literal is dragged
 * @param {() => void} click what happens without a movement
 */
export function dragLiteral(room, event, node, click) {
  const { text, answer } = room.store.state;
  const literal = answer?.graph?.nodes[node].literal;
  const target = /** @type {Element} */ (event.target);
  const view = target.ownerDocument.defaultView;
  if (!literal || !view) return;
  const [start, end] = stretchOf(text, literal);
  const written = text.slice(start, end);
  const whole = answer?.dialect === "torch";
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
