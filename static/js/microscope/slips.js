/** The return slips under the network: what came back to each layer, its share, what it passes on. */

import { gettext, ngettext } from "../i18n.js";
import { layerLabel } from "../labels.js";
import { make } from "./elements.js";
import { cellSize, drawMatrix } from "./matrix.js";
import { Reading } from "./reading.js";
import { EntryView, entryNames, stateLabels } from "./slip-entry.js";
import { activeLayer, ENTRIES, placeSlips, slipOf, WHOLE_PX } from "./slip.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {import("./matrix.js").Matrix} Matrix */
/** @typedef {import("./slip.js").Entry} Entry */
/** @typedef {import("./slip.js").Slip} Slip */
/** @typedef {import("./slip.js").State} State */

/** The height of a narrow slip's image. */
const STRIP_PX = 118;
/** Room that names and margins take of a slip. */
const BESIDE_PX = 142;

/**
 * @param {HTMLElement} root
 * @param {App} app
 */
export function createSlips(root, app) {
  const place = /** @type {HTMLElement} */ (root.querySelector("#slips"));
  const columns = /** @type {HTMLElement} */ (root.querySelector("#columns"));
  const stage = /** @type {HTMLElement} */ (root.querySelector("#stage"));
  const rail = document.createElement("div");
  rail.className = "slip-rail";
  const caption = document.createElement("p");
  caption.className = "slip-caption";
  place.append(caption, rail);
  /** @type {SlipView[]} */
  let views = [];
  /** @type {import("./slip-dialog.js").SlipDialog|null} */
  let dialog = null;

  /** @param {number} layer */
  async function open(layer) {
    const { SlipDialog } = await import("./slip-dialog.js");
    dialog ??= new SlipDialog(root, app);
    dialog.open(layer);
  }

  function show() {
    const { state } = app.store;
    const { walk } = state;
    place.toggleAttribute("data-empty", walk === null);
    if (!walk || rail.clientWidth === 0) return;
    const reading = new Reading(state, walk);
    if (views.length !== reading.last) {
      views = Array.from({ length: reading.last }, (_, i) => new SlipView(document, i + 1, open));
      rail.replaceChildren(...views.map(({ element }) => element));
    }
    const slips = views.map((_, i) => slipOf(reading, i + 1));
    const active = activeLayer(slips);
    const places = placeSlips(centres(), active, rail.clientWidth);
    caption.textContent = captionOf(reading);
    for (const [i, view] of views.entries()) {
      view.place(places[i], i + 1 === active);
      view.show(reading, slips[i], state.theme);
    }
    keepInView(rail, places[active - 1]);
  }

  /** Where the columns of layer 1 and on stand over the rail. */
  function centres() {
    const positions = [...columns.children].slice(1).map((child) =>
      Number.parseFloat(/** @type {HTMLElement} */ (child).style.left) - stage.scrollLeft);
    return Array.from({ length: views.length }, (_, i) => positions[i] || 0);
  }

  app.store.subscribe(["walk", "grain", "theme", "activations"], show);
  new ResizeObserver(show).observe(rail);
  new ResizeObserver(show).observe(columns);
}

/** @param {Reading} reading */
function captionOf({ averaged, rows, dissection }) {
  if (averaged) {
    return ngettext(
      "Return slips: means over the batch of %(n)s",
      "Return slips: means over the batch of %(n)s",
      rows,
    );
  }
  return dissection.outside
    ? gettext("Return slips of an example that the update does not learn from")
    : gettext("Return slips of this one example");
}

/**
 * @param {HTMLElement} rail
 * @param {{left: number, width: number}} place
 */
function keepInView(rail, { left, width }) {
  if (left < rail.scrollLeft) rail.scrollLeft = left;
  else if (left + width > rail.scrollLeft + rail.clientWidth) {
    rail.scrollLeft = left + width - rail.clientWidth;
  }
}

/** One slip. */
class SlipView {
  /**
   * @param {Document} document
   * @param {number} layer
   * @param {(layer: number) => void} open
   */
  constructor(document, layer, open) {
    this.layer = layer;
    this.width = 0;
    this.element = make(document, "article", "slip");
    const head = make(document, "header", "slip-head");
    this.name = make(document, "button", "slip-name");
    this.name.type = "button";
    this.name.setAttribute("aria-haspopup", "dialog");
    this.name.addEventListener("click", () => open(layer));
    this.state = make(document, "span", "slip-state");
    head.append(this.name, this.state);
    this.strip = make(document, "canvas", "slip-strip");
    const list = make(document, "dl", "slip-entries");
    /** @type {Map<Entry, EntryView>} */
    this.entries = new Map(ENTRIES.map((entry) => [entry, new EntryView(document, entry)]));
    list.append(...[...this.entries.values()].map(({ element }) => element));
    this.element.append(head, this.strip, list);
  }

  /**
   * @param {{left: number, width: number}} place in px
   * @param {boolean} active
   */
  place({ left, width }, active) {
    this.width = width;
    this.element.style.left = `${Math.round(left)}px`;
    this.element.style.width = `${Math.floor(width)}px`;
    this.element.toggleAttribute("data-active", active);
    this.element.toggleAttribute("data-compact", width < WHOLE_PX);
  }

  /**
   * @param {Reading} reading
   * @param {Slip} slip
   * @param {Theme} theme
   */
  show(reading, { state, entries }, theme) {
    this.element.dataset.state = state;
    this.state.textContent = stateLabels()[state];
    this.name.textContent = layerLabel(this.layer, reading.last);
    this.name.title = gettext("Open this return slip: its matrices whole, and the formula");
    if (this.width < WHOLE_PX) {
      const { delta } = entries;
      if (delta) {
        const upright = { rows: delta.columns, columns: 1, at: swapped(delta.at), has: swapped(delta.has) };
        const column = { ...delta, ...upright };
        drawMatrix(this.strip, column, theme, cellSize(column, 13, STRIP_PX));
      }
      return;
    }
    const names = entryNames(reading.averaged);
    for (const [entry, view] of this.entries) {
      view.show(names[entry], entries[entry], this.width - BESIDE_PX, theme, reading.averaged);
    }
  }
}

/**
 * @template T
 * @param {(row: number, column: number) => T} read
 * @returns {(row: number, column: number) => T}
 */
const swapped = (read) => (row, column) => read(column, row);
