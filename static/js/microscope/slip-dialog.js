/** A return slip at its full size: whole matrices, and the formula that it stands for. */

import { gettext, ngettext } from "../i18n.js";
import { layerLabel } from "../labels.js";
import { makeDialog } from "./elements.js";
import { cellSize, drawMatrix } from "./matrix.js";
import {
  brackets, gradientSymbol, lossBy, mi, mn, mo, row, shaped, sup, toMath, valueSymbol,
} from "../formula/mathml.js";
import { Reading } from "./reading.js";
import { ENTRIES, slipOf } from "./slip.js";
import { entryNames, numberCell, stateLabels } from "./slip-entry.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("./matrix.js").Matrix} Matrix */
/** @typedef {import("../formula/mathml.js").Piece} Piece */
/** @typedef {import("./slip.js").Slip} Slip */

/** A matrix with more numbers than this is an image first. */
const NUMBERS_AT_MOST = 48;
const IMAGE_PX = { width: 416, height: 208 };

export class SlipDialog {
  /**
   * @param {HTMLElement} root
   * @param {App} app
   */
  constructor(root, app) {
    this.app = app;
    this.layer = 1;
    /** Whether large matrices are shown in numbers. */
    this.inNumbers = false;
    const { dialog, title, body } = makeDialog(root, "slip-dialog");
    this.dialog = dialog;
    this.title = title;
    this.body = body;
    app.store.subscribe(["walk", "theme"], () => this.show());
  }

  /** @param {number} layer */
  open(layer) {
    this.layer = layer;
    this.inNumbers = false;
    if (!this.dialog.open) this.dialog.showModal();
    this.show();
  }

  show() {
    const { state } = this.app.store;
    if (!this.dialog.open || !state.walk) return;
    const reading = new Reading(state, state.walk);
    if (this.layer > reading.last) {
      this.dialog.close();
      return;
    }
    const slip = slipOf(reading, this.layer);
    const { ownerDocument: document } = this.dialog;
    this.title.textContent = gettext("Return slip · %(layer)s · %(state)s", {
      layer: layerLabel(this.layer, reading.last),
      state: stateLabels()[slip.state],
    });
    const list = document.createElement("dl");
    list.className = "slip-whole";
    list.append(...this.#entries(reading, slip));
    this.body.replaceChildren(...introduction(document, reading, this.layer), list);
  }

  /**
   * @param {Reading} reading
   * @param {Slip} slip
   */
  #entries(reading, slip) {
    const { ownerDocument: document } = this.dialog;
    const names = entryNames(reading.averaged);
    return ENTRIES.map((entry) => {
      const item = document.createElement("div");
      const name = document.createElement("dt");
      const symbol = document.createElement("span");
      symbol.className = "symbol";
      symbol.textContent = reading.averaged ? names[entry].symbol.split(" = ")[0] : names[entry].symbol;
      const shape = document.createElement("span");
      shape.className = "slip-shape";
      const matrix = slip.entries[entry];
      shape.textContent = matrix ? `${matrix.rows}×${matrix.columns}` : "";
      name.append(names[entry].label, " ", symbol, " ", shape);
      const content = document.createElement("dd");
      if (matrix) content.append(...this.#matrix(matrix));
      else content.append(gettext("nothing: the inputs are given, and the way back ends here"));
      item.append(name, content);
      return item;
    });
  }

  /** @param {Matrix} matrix */
  #matrix(matrix) {
    const { ownerDocument: document } = this.dialog;
    if (this.inNumbers || matrix.rows * matrix.columns <= NUMBERS_AT_MOST) return [table(document, matrix)];
    const canvas = document.createElement("canvas");
    drawMatrix(canvas, matrix, this.app.store.state.theme, cellSize(matrix, IMAGE_PX.width, IMAGE_PX.height));
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.append(canvas, ngettext("show its %(n)s number", "show its %(n)s numbers", matrix.rows * matrix.columns));
    button.addEventListener("click", () => {
      this.inNumbers = true;
      this.show();
      this.dialog.querySelector("table")?.focus();
    });
    return [button];
  }
}

/**
 * The formula in the lesson's symbols, and the two steps in which it is carried out.
 * @param {Document} document
 * @param {Reading} reading
 * @param {number} layer
 */
function introduction(document, reading, layer) {
  const paragraph = document.createElement("p");
  paragraph.textContent =
    reading.averaged
      ? ngettext(
          "All numbers are means over the batch of %(n)s examples. For each example by itself the slip is filled in by this formula:",
          "All numbers are means over the batch of %(n)s examples. For each example by itself the slip is filled in by this formula:",
          reading.rows,
        )
      : gettext("What came back, times the layer's own part: each layer needs no more than this to know its gradients, and what to pass on.");
  const formulas = document.createElement("div");
  formulas.className = "slip-formulas";
  for (const formula of formulasOf(reading, layer)) formulas.append(toMath(document, formula));
  return [paragraph, formulas];
}

/**
 * @param {Reading} reading
 * @param {number} layer
 * @returns {Piece[]}
 */
export function formulasOf({ shape }, layer) {
  const l = mn(String(layer));
  const [n, units] = [shape[layer - 1], shape[layer]];
  const above = (/** @type {Piece} */ symbol, /** @type {Piece} */ index) => sup(symbol, index);
  const a = above(valueSymbol("a"), l);
  const W = above(valueSymbol("w"), l);
  const before = layer === 1 ? "0" : String(layer - 1);
  const local = { tag: "mfrac", parts: [row(mo("∂"), a), row(mo("∂"), W)] };
  const delta = above(gradientSymbol("δ"), l);
  return [
    row(lossBy(W), mo("="), sup(brackets(local), mi("⊤")), mo("·"), lossBy(a)),
    row(
      delta, mo("="), shaped(lossBy(a), [1, units]), mo("⊙"),
      shaped(row(sup(mi("φ"), mo("′")), brackets(above(valueSymbol("z"), l))), [1, units]),
    ),
    row(
      lossBy(W), mo("="), shaped(sup(brackets(above(valueSymbol("a"), mn(before))), mi("⊤")), [n, 1]),
      shaped(delta, [1, units]),
    ),
    ...(layer > 1
      ? [
          row(
            lossBy(above(valueSymbol("a"), mn(before))), mo("="), shaped(delta, [1, units]),
            shaped(sup(brackets(W), mi("⊤")), [units, n]),
          ),
        ]
      : []),
  ];
}

/**
 * @param {Document} document
 * @param {Matrix} matrix
 */
function table(document, matrix) {
  const place = document.createElement("div");
  place.className = "slip-table";
  const whole = document.createElement("table");
  whole.tabIndex = -1;
  for (let i = 0; i < matrix.rows; i += 1) {
    const line = whole.insertRow();
    for (let j = 0; j < matrix.columns; j += 1) line.insertCell().append(numberCell(document, matrix, i, j));
  }
  place.append(whole);
  return place;
}
