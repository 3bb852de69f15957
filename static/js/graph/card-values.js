/** The numbers of the chosen box, as far as they are written in the text: to type over, or to drag. */

import { gettext } from "../i18n.js";
import { figure, indexOf } from "./answer.js";
import { dragNumber, stretchOfNumber } from "./drag.js";
import { replaceAt, stretchOf, withPoint } from "./numbers.js";

/** @typedef {import("./answer.js").Node} Node */
/** @typedef {import("./room.js").Room} Room */

/**
 * @param {HTMLElement} part
 * @param {Room} room
 * @returns {(node: Node|null) => void} shows the numbers of a node; null for none
 */
export function createCardValues(part, room) {
  const { store } = room;
  const document = part.ownerDocument;
  let built = "";
  /** @type {Node|null} */
  let shown = null;

  part.addEventListener("input", (event) => {
    const { text, answer, ran } = store.state;
    const field = /** @type {HTMLInputElement} */ (event.target);
    const span = shown && answer?.graph?.nodes[shown.id]?.literals?.[Number(field.dataset.place)];
    const number = field.valueAsNumber;
    if (!span || text !== ran || !Number.isFinite(number)) return;
    // PyTorch tells 2 from 2.0: what was a whole number stays one as long as it can.
    const whole = Number.isInteger(number) && /^[-+]?\d+$/.test(text.slice(...stretchOf(text, span)));
    room.write(replaceAt(text, span, whole ? String(number) : withPoint(number)));
  });
  part.addEventListener("keydown", (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (event.key === "Enter" || event.key === "Escape") field.blur();
    event.stopPropagation();
  });
  part.addEventListener("pointerdown", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || field === document.activeElement || event.button !== 0) return;
    const stretch = shown && stretchOfNumber(room, shown.id, Number(field.dataset.place));
    if (!stretch) return;
    event.preventDefault();
    dragNumber(room, event, stretch, () => field.select());
  });

  return (node) => {
    shown = node?.literals ? node : null;
    const key = shown ? JSON.stringify([shown.id, shown.shape, shown.literals?.map(Boolean)]) : "";
    if (key !== built) part.replaceChildren(...(shown ? fieldsOf(document, shown) : []));
    built = key;
    part.hidden = shown === null;
    if (!shown) return;
    part.style.setProperty("--columns", String(shown.shape[shown.shape.length - 1] ?? 1));
    const values = [shown.value].flat(Infinity);
    for (const field of part.querySelectorAll("input")) {
      if (field !== document.activeElement) field.value = String(values[Number(field.dataset.place)]);
    }
  };
}

/**
 * A field for each number that is written out, and the number alone where it is computed.
 * @param {Document} document
 * @param {Node} node
 */
function fieldsOf(document, { literals, shape, value }) {
  const values = [value].flat(Infinity);
  return (literals ?? []).map((span, place) => {
    if (!span) return Object.assign(document.createElement("span"), { textContent: figure(values[place]) });
    const field = document.createElement("input");
    field.type = "number";
    field.step = "any";
    field.autocomplete = "off";
    field.dataset.place = String(place);
    field.setAttribute("aria-label", shape.length === 0
      ? gettext("value")
      : gettext("value at %(place)s", { place: `[${indexOf(place, shape).join(", ")}]` }));
    return field;
  });
}
