/** A picture of a batch's examples that can be asked for each of them: by pointer, tap and keyboard. */

import { fit } from "../../draw/canvas.js";
import { make } from "../elements.js";

/**
 * What is in the picture now.
 * @typedef {object} Shown
 * @property {string} name of the whole, for those who listen
 * @property {number[]} order the items as the keyboard goes through them
 * @property {number} own the item that is looked at when none is pointed at, or −1
 * @property {(item: number) => string} say an item, in one line
 * @property {string} otherwise what is said where there is no own item
 * @property {(x: number, y: number, size: {width: number, height: number}) => number} find
 * @property {(context: CanvasRenderingContext2D, size: {width: number, height: number}, cursor: number) => void} draw
 * @property {(item: number) => void} choose
 */

const BY = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

export class Plot {
  /**
   * @param {Document} document
   * @param {string} hint what a click does
   */
  constructor(document, hint) {
    this.element = make(document, "div", "lens-plot");
    this.canvas = make(document, "canvas", "");
    this.canvas.title = hint;
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "slider");
    this.words = make(document, "p", "lens-item");
    this.element.append(this.canvas, this.words);
    /** @type {Shown|null} */
    this.shown = null;
    /** The item that is pointed at. */
    this.cursor = -1;
    // A click leaves the keyboard to the walk.
    this.canvas.addEventListener("mousedown", (event) => event.preventDefault());
    this.canvas.addEventListener("pointermove", (event) => this.#point(event));
    this.canvas.addEventListener("pointerleave", () => this.#look(-1));
    this.canvas.addEventListener("blur", () => this.#look(-1));
    this.canvas.addEventListener("click", (event) => {
      this.#point(event);
      this.#choose();
    });
    this.canvas.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.draw()).observe(this.canvas);
  }

  /** @param {Shown} shown */
  show(shown) {
    this.shown = shown;
    if (!shown.order.includes(this.cursor)) this.cursor = -1;
    this.canvas.setAttribute("aria-label", shown.name);
    this.canvas.setAttribute("aria-valuemin", "1");
    this.canvas.setAttribute("aria-valuemax", String(shown.order.length));
    this.#say();
    this.draw();
  }

  draw() {
    if (!this.shown || this.canvas.clientWidth === 0) return;
    const { context, width, height } = fit(this.canvas, window.devicePixelRatio || 1);
    context.clearRect(0, 0, width, height);
    this.shown.draw(context, { width, height }, this.cursor === this.shown.own ? -1 : this.cursor);
  }

  /** @param {MouseEvent} event */
  #point({ offsetX, offsetY }) {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    this.#look(this.shown?.find(offsetX, offsetY, { width, height }) ?? -1);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.shown) return;
    const { order, own } = this.shown;
    const at = order.indexOf(this.cursor >= 0 ? this.cursor : own);
    const last = order.length - 1;
    const by = BY[/** @type {keyof typeof BY} */ (event.key)];
    if (event.key === "Enter") this.#choose();
    else if (event.key === "Home") this.#look(order[0]);
    else if (event.key === "End") this.#look(order[last]);
    else if (by) this.#look(order[Math.max(0, Math.min(last, at + by))]);
    else return;
    event.preventDefault();
  }

  /** @param {number} item */
  #look(item) {
    if (item === this.cursor) return;
    this.cursor = item;
    this.#say();
    this.draw();
  }

  #choose() {
    if (this.cursor >= 0) this.shown?.choose(this.cursor);
  }

  #say() {
    if (!this.shown) return;
    const { order, own, say, otherwise } = this.shown;
    const item = this.cursor >= 0 ? this.cursor : own;
    const text = item >= 0 ? say(item) : otherwise;
    this.words.textContent = text;
    this.canvas.setAttribute("aria-valuenow", String(Math.max(0, order.indexOf(item)) + 1));
    this.canvas.setAttribute("aria-valuetext", text);
  }
}
