/** The ledger on the page: a line leads to its step. */

import { toMath } from "../../formula/mathml.js";
import { gettext } from "../../i18n.js";
import { selectionAt } from "../../parameters.js";
import { make, makeButton } from "../elements.js";
import { chosenParameter } from "../steps/update.js";
import { Head, placeName } from "./head.js";
import { ledgerOf, lossLine } from "./ledger.js";

/** @typedef {import("../reading.js").Reading} Reading */
/** @typedef {import("./ledger.js").Entry} Entry */

/** More lines than this stand in two columns; up to so many there is room for what each does. */
const [LONG, SHORT] = [9, 4];

export class LedgerView {
  /**
   * @param {Document} document
   * @param {(position: number) => void} goTo
   */
  constructor(document, goTo) {
    this.goTo = goTo;
    this.element = make(document, "div", "lens-view");
    this.head = new Head(document);
    this.list = make(document, "ol", "lens-ledger");
    this.loss = make(document, "p", "lens-loss");
    this.element.append(...this.head.elements, this.list, this.loss);
    /** @type {HTMLButtonElement[]} */
    this.lines = [];
  }

  /** @param {Reading} reading */
  show(reading) {
    const chosen = chosenParameter(reading);
    this.head.show(titleOf(chosen), placeName(reading, selectionAt(reading.shape, chosen.index)));
    const entries = ledgerOf(reading);
    this.#makeLines(entries.length);
    this.list.toggleAttribute("data-long", entries.length > LONG);
    this.list.style.setProperty("--rows", String(Math.ceil(entries.length / 2)));
    const explained = entries.length <= SHORT;
    for (const [i, entry] of entries.entries()) this.#fill(this.lines[i], entry, explained);
    const newest = this.lines[entries.map(({ state }) => state !== "coming").lastIndexOf(true)];
    if (newest) keepInView(this.list, newest);
    this.loss.textContent = lossLine(reading);
  }

  /** The same buttons serve from step to step, so that the keyboard keeps its place. @param {number} count */
  #makeLines(count) {
    const { ownerDocument: document } = this.element;
    while (this.lines.length < count) {
      const button = makeButton(document, "", "", () => this.goTo(Number(button.dataset.position)));
      const item = make(document, "li", "");
      item.append(button);
      this.list.append(item);
      this.lines.push(button);
    }
    for (const button of this.lines.splice(count)) button.parentElement?.remove();
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {Entry} entry
   * @param {boolean} explained whether its words are shown, too
   */
  #fill(button, { name, label, symbol, number, kind, words, state, position }, explained) {
    const { ownerDocument: document } = this.element;
    button.dataset.name = name;
    button.dataset.state = state;
    button.dataset.position = String(position);
    button.title = words;
    if (state === "now") button.setAttribute("aria-current", "step");
    else button.removeAttribute("aria-current");
    const what = make(document, "span", "lens-label", label);
    const shown = make(document, "span", state === "coming" ? "absent" : kind, number);
    button.replaceChildren(what, " ", toMath(document, symbol), " ", shown);
    if (explained) button.append(make(document, "small", "", words));
  }
}

/** @param {import("../steps/update.js").Chosen} chosen */
function titleOf({ bias, picked }) {
  if (picked) return bias ? gettext("From gradient to new bias") : gettext("From gradient to new weight");
  return bias ? gettext("The bias that moves most") : gettext("The weight that moves most");
}

/**
 * @param {HTMLElement} list
 * @param {HTMLElement} line
 */
function keepInView(list, line) {
  const [box, own] = [list.getBoundingClientRect(), line.getBoundingClientRect()];
  if (own.top < box.top) list.scrollTop -= box.top - own.top;
  else if (own.bottom > box.bottom) list.scrollTop += own.bottom - box.bottom;
}
