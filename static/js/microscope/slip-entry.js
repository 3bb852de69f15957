/** One line of a return slip: a name, and its matrix in numbers or as an image. */

import { gettext } from "../i18n.js";
import { format, withPower } from "../scales.js";
import { make } from "./elements.js";
import { cellSize, drawMatrix } from "./matrix.js";

/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {import("./matrix.js").Matrix} Matrix */
/** @typedef {import("./slip.js").Entry} Entry */
/** @typedef {import("./slip.js").State} State */
/** @typedef {{label: string, symbol: string}} Name */

const IMAGE = { row_px: 17, share_px: 32 };

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

/** @returns {Record<State, string>} */
export const stateLabels = () => ({
  waiting: gettext("waiting"),
  signing: gettext("signing"),
  signed: gettext("signed"),
});

/** A line; shown anew at each step. */
export class EntryView {
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
    /** What stands there, so that a step that changes nothing of it costs no layout. */
    this.told = "";
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
    const telling =
      matrix && isImage(matrix)
        ? ""
        : JSON.stringify([name, averaged, room_px, theme, matrix && told(matrix)]);
    if (telling !== "" && telling === this.told) return;
    this.told = telling;
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
    if (!isImage(matrix)) {
      for (const write of WRITINGS) {
        this.numbers.replaceChildren(numberGrid(document, matrix, write));
        if (this.element.scrollWidth <= this.element.clientWidth) return;
      }
    }
    this.numbers.replaceChildren(...image(document, matrix, room_px, theme));
    if (this.symbol && this.element.scrollWidth > this.element.clientWidth) {
      this.symbol.textContent = name.symbol.split(" = ")[0];
    }
  }
}

/** @type {((number: number) => string)[]} from the most digits to the fewest */
const WRITINGS = [(number) => format(number), shortly];
const TEXT_AT_MOST = { rows: 2, columns: 8 };

/** Whether a matrix is too large for its numbers. @param {Matrix} matrix */
const isImage = ({ rows, columns }) => rows > TEXT_AT_MOST.rows || columns > TEXT_AT_MOST.columns;

/**
 * A small matrix as it would be read out.
 * @param {Matrix} matrix
 */
function told(matrix) {
  const cells = Array.from({ length: matrix.rows * matrix.columns }, (_, k) => {
    const [i, j] = [Math.floor(k / matrix.columns), k % matrix.columns];
    return [String(matrix.at(i, j)), matrix.has(i, j)];
  });
  return [matrix.kind, matrix.columns, cells];
}

/**
 * A number in two digits; a small one as a power of ten.
 * @param {number} number
 */
function shortly(number) {
  const size = Math.abs(number);
  if (!Number.isFinite(number) || number === 0 || size >= 10) return format(number, "plain");
  if (size < 1e-3) return withPower(number, 0);
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
  if (number === 0) return "soft";
  return number > 0 ? "gradient-text above" : "gradient-text";
}

/**
 * @param {Document} document
 * @param {Matrix} matrix
 * @param {number} room_px
 * @param {Theme} theme
 */
function image(document, matrix, room_px, theme) {
  const canvas = make(document, "canvas", "");
  const shape = make(document, "span", "slip-shape");
  shape.textContent = `${matrix.rows}×${matrix.columns}`;
  const height_px = matrix.rows > 1 ? IMAGE.share_px : IMAGE.row_px;
  drawMatrix(canvas, matrix, theme, cellSize(matrix, room_px - 34, height_px));
  canvas.setAttribute("aria-hidden", "true");
  return [canvas, shape];
}
