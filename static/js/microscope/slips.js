/** The return slips under the network: what came back to each layer, its share, what it passes on. */

import { gettext, ngettext } from "../i18n.js";
import { layerLabel } from "../labels.js";
import { format, superscript } from "../scales.js";
import { cellSize, drawMatrix } from "./matrix.js";
import { Reading } from "./reading.js";
import { activeLayer, ENTRIES, placeSlips, slipOf, WHOLE_PX } from "./slip.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {import("./matrix.js").Matrix} Matrix */
/** @typedef {import("./slip.js").Entry} Entry */
/** @typedef {import("./slip.js").Slip} Slip */
/** @typedef {import("./slip.js").State} State */
/** @typedef {{label: string, symbol: string}} Name */

/** @returns {Record<State, string>} */
export const stateLabels = () => ({
  waiting: gettext("waiting"),
  signing: gettext("signing"),
  signed: gettext("signed"),
});

/**
 * What the entries are called. Means are no factors of each other, so of a batch no × and no =.
 * @param {boolean} averaged
 * @returns {Record<Entry, Name>}
 */
export const entryNames = (averaged) => ({
  cameBack: { label: gettext("came back"), symbol: "∂L/∂a" },
  slope: {
    label: averaged ? gettext("own slope") : gettext("× own slope"),
    symbol: "φ′(z)",
  },
  delta: { label: averaged ? "" : "=", symbol: "δ" },
  dW: { label: gettext("own share"), symbol: "∂L/∂W = aᵀδ" },
  db: { label: gettext("own share"), symbol: "∂L/∂b = δ" },
  passedOn: { label: gettext("passes on"), symbol: "δWᵀ" },
});

/** Room that names and margins take of a slip. */
const BESIDE_PX = 142;
const IMAGE = { row_px: 17, share_px: 32, strip_px: 118 };

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
    this.name = /** @type {HTMLButtonElement} */ (make(document, "button", "slip-name"));
    this.name.type = "button";
    this.name.setAttribute("aria-haspopup", "dialog");
    this.name.addEventListener("click", () => open(layer));
    this.state = make(document, "span", "slip-state");
    head.append(this.name, this.state);
    this.strip = /** @type {HTMLCanvasElement} */ (make(document, "canvas", "slip-strip"));
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
        const column = { ...delta, rows: delta.columns, columns: 1, at: swapped(delta.at), has: swapped(delta.has) };
        drawMatrix(this.strip, column, theme, cellSize(column, 13, IMAGE.strip_px));
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

/** One line of a slip: a name, and numbers or an image. */
class EntryView {
  /**
   * @param {Document} document
   * @param {Entry} entry
   */
  constructor(document, entry) {
    this.entry = entry;
    this.element = make(document, "div", "slip-entry");
    this.element.dataset.entry = entry;
    this.name = make(document, "dt", "");
    this.numbers = make(document, "dd", "");
  }

  /**
   * @param {Name} name
   * @param {Matrix|null} matrix
   * @param {number} room_px
   * @param {Theme} theme
   * @param {boolean} averaged
   */
  show(name, matrix, room_px, theme, averaged) {
    const { ownerDocument: document } = this.element;
    if (!this.element.firstChild) {
      this.symbol = make(document, "span", "symbol");
      this.label = make(document, "span", "");
      this.name.append(this.label, " ", this.symbol);
      this.element.append(this.name, this.numbers);
    }
    const symbol = averaged ? name.symbol.split(" = ")[0] : name.symbol;
    if (this.label) this.label.textContent = name.label;
    if (this.symbol) this.symbol.textContent = symbol;
    if (!matrix) {
      this.numbers.replaceChildren(gettext("ends here"));
      this.numbers.className = "soft";
      return;
    }
    this.numbers.className = "";
    if (matrix.rows <= TEXT_AT_MOST.rows && matrix.columns <= TEXT_AT_MOST.columns) {
      for (const write of WRITINGS) {
        this.numbers.replaceChildren(numberGrid(document, matrix, write));
        if (this.element.scrollWidth <= this.element.clientWidth) return;
      }
    }
    this.numbers.replaceChildren(...image(document, matrix, room_px, theme));
  }
}

/** @type {((number: number) => string)[]} from the most digits to the fewest */
const WRITINGS = [(number) => format(number), shortly];
const TEXT_AT_MOST = { rows: 2, columns: 8 };

/**
 * A number in two digits; a small one as a power of ten.
 * @param {number} number
 */
function shortly(number) {
  const size = Math.abs(number);
  if (!Number.isFinite(number) || number === 0 || size >= 10) return format(number, "plain");
  if (size < 1e-3) {
    const [head, power] = number.toExponential(0).split("e");
    return `${head}·10${superscript(Number(power))}`.replace("-", "−");
  }
  return number.toFixed(size >= 0.095 ? 2 : 3).replace("-", "−");
}

/**
 * All numbers of a matrix; those that are not there yet only keep their places.
 * @param {Document} document
 * @param {Matrix} matrix
 * @param {(number: number) => string} write
 */
function numberGrid(document, matrix, write) {
  const grid = make(document, "span", "slip-numbers");
  grid.style.setProperty("--columns", String(matrix.columns));
  for (let i = 0; i < matrix.rows; i += 1) {
    for (let j = 0; j < matrix.columns; j += 1) grid.append(numberCell(document, matrix, i, j, write));
  }
  return grid;
}

/**
 * A number in the hue of its sign, or a place that waits for it.
 * @param {Document} document
 * @param {Matrix} matrix
 * @param {number} row
 * @param {number} column
 * @param {(number: number) => string} [write]
 */
export function numberCell(document, matrix, row, column, write = (number) => format(number)) {
  const number = matrix.at(row, column);
  const kind = matrix.has(row, column) ? numberClass(matrix.kind, number) : "absent";
  const cell = make(document, "span", kind);
  cell.textContent = write(number);
  return cell;
}

/**
 * @param {Matrix["kind"]} kind
 * @param {number} number
 */
function numberClass(kind, number) {
  if (kind === "value") return "value-text";
  return number > 0 ? "gradient-text above" : "gradient-text";
}

/**
 * @param {Document} document
 * @param {Matrix} matrix
 * @param {number} room_px
 * @param {Theme} theme
 */
function image(document, matrix, room_px, theme) {
  const canvas = /** @type {HTMLCanvasElement} */ (make(document, "canvas", ""));
  const shape = make(document, "span", "slip-shape");
  shape.textContent = `${matrix.rows}×${matrix.columns}`;
  const height_px = matrix.rows > 1 ? IMAGE.share_px : IMAGE.row_px;
  drawMatrix(canvas, matrix, theme, cellSize(matrix, room_px - 34, height_px));
  canvas.setAttribute("aria-hidden", "true");
  return [canvas, shape];
}

/**
 * @param {Document} document
 * @param {string} tag
 * @param {string} name
 */
function make(document, tag, name) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  return element;
}
