/** The editor: a textarea under a coloured copy of its text, with marks, and numbers to drag. */

import { gettext } from "../i18n.js";
import { dragNumber } from "./drag.js";
import { marked, numbersIn } from "./highlight.js";
import { stretchOf } from "./numbers.js";

/** @typedef {import("./answer.js").Span} Span */
/** @typedef {import("./highlight.js").Mark} Mark */
/** @typedef {import("./room.js").Room} Room */

/**
 * @param {HTMLElement} root
 * @param {Room} room
 */
export function createEditor(root, room) {
  const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (root.querySelector(`#${id}`));
  const field = /** @type {HTMLTextAreaElement} */ (part("code"));
  const copy = part("code-copy");
  const gutter = part("code-lines");
  const { store } = room;

  field.addEventListener("input", () => room.write(field.value));
  field.addEventListener("scroll", follow);
  copy.addEventListener("pointerdown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target).closest("[data-number]");
    if (target) startDrag(event, Number(/** @type {HTMLElement} */ (target).dataset.number));
  });

  store.subscribe(["text", "answer", "error", "position", "selected"], (state) => {
    if (field.value !== state.text) field.value = state.text;
    paint(state);
  });
  store.subscribe(["error"], ({ error }) => {
    field.toggleAttribute("aria-invalid", error !== null);
    if (error) field.setAttribute("aria-invalid", "true");
    part("code-error").hidden = error === null;
    part("code-error-place").textContent = error && error.line
      ? gettext("Line %(line)s, column %(column)s:", { line: error.line, column: error.column + 1 })
      : "";
    part("code-error-message").textContent = error?.message ?? "";
    part("code-error-hint").textContent = error?.hint ?? "";
  });

  function follow() {
    copy.style.transform = `translate(${-field.scrollLeft}px, ${-field.scrollTop}px)`;
    gutter.style.transform = `translateY(${-field.scrollTop}px)`;
  }

  /** @param {Readonly<import("./room.js").RoomState>} state */
  function paint(state) {
    const { text, error } = state;
    const document = root.ownerDocument;
    copy.replaceChildren(...marked(text, marksOf(state)).map((piece) => {
      const span = document.createElement("span");
      span.textContent = piece.text;
      span.className = [piece.kind, ...piece.marks.map(({ mark }) => mark)].join(" ");
      const number = piece.marks.find(({ mark }) => mark === "draggable");
      if (number) span.dataset.number = String(number.index);
      return span;
    }), "\n");
    const lines = text.split("\n").length;
    gutter.replaceChildren(...Array.from({ length: lines }, (_, i) => {
      const number = document.createElement("span");
      number.textContent = String(i + 1);
      number.classList.toggle("wrong", error?.line === i + 1);
      return number;
    }));
    follow();
  }

  /**
   * A drag on a number changes it; a click puts the caret there.
   * @param {PointerEvent} event
   * @param {number} place of the number among those of the text
   */
  function startDrag(event, place) {
    const stretch = numbersIn(store.state.text)[place];
    event.preventDefault();
    dragNumber(room, event, stretch, () => {
      field.focus();
      field.setSelectionRange(...stretch);
    });
  }
}

/**
 * What is marked in the text: numbers to drag, the error, notes, what the current box came from.
 * @param {Readonly<import("./room.js").RoomState>} state
 * @returns {Mark[]}
 */
function marksOf({ text, ran, answer, error, steps, position, selected }) {
  /** @type {Mark[]} */
  const marks = numbersIn(text).map(([start, end], index) => ({ start, end, mark: "draggable", index }));
  const add = (/** @type {Span} */ span, /** @type {string} */ mark) => {
    const [start, end] = stretchOf(text, span);
    marks.push({ start, end, mark });
  };
  if (error?.line) add(error, "error");
  // The places of an answer hold for the text that it answers.
  if (!answer?.graph || ran !== text) return marks;
  for (const note of answer.notes) add(note, "noted");
  const shown = typeof selected === "number" ? selected : steps?.current(position)?.node;
  const span = shown === undefined ? null : answer.graph.nodes[shown]?.span;
  if (span) add(span, "current");
  return marks;
}
