/** The plane beside the traced example: click or press arrow keys for another, drag it to try one's own. */

import { ExampleMap } from "../draw/examples.js";
import { classCount } from "../experiment.js";
import { gettext } from "../i18n.js";
import { format } from "../scales.js";
import { make } from "./elements.js";
import { exampleOf, nextRow } from "./examples.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Traced} Traced */
/** @typedef {import("./examples.js").Example} Example */
/** @typedef {import("./examples.js").Standing} Standing */
/** @typedef {{trace: (traced: Traced) => void, change: (example: Example) => void}} Acts */

/** A pointer that moves less than this has clicked. */
const CLICK_PX = 4;
/** With Shift an arrow key moves the example itself by this much. */
const STEP = 0.1;
/** An example that was dragged stands at a place with so many digits. */
const PLACES = 2;
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export class ExamplePicker {
  /**
   * @param {Document} document
   * @param {App} app
   * @param {Acts} acts
   */
  constructor(document, app, acts) {
    this.app = app;
    this.acts = acts;
    this.canvas = make(document, "canvas", "trace-map");
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "slider");
    this.canvas.setAttribute("aria-label", gettext("Traced example"));
    this.canvas.title = gettext("Click an example to trace it; drag it to try another place. Arrow keys: ← → through the batch, ↑ ↓ through the data, with Shift they move the example.");
    this.map = new ExampleMap(this.canvas);
    /** Where the pointer went down, and the target of the example there. @type {{x: number, y: number, target: number}|null} */
    this.held = null;
    this.canvas.addEventListener("pointerdown", (event) => this.#down(event));
    this.canvas.addEventListener("pointermove", (event) => this.#move(event));
    for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) {
      this.canvas.addEventListener(end, () => {
        this.held = null;
      });
    }
    this.canvas.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(app.redraw).observe(this.canvas);
  }

  draw() {
    const { frame, data, walk, theme, experiment } = this.app.store.state;
    if (!frame || !data || !walk || this.canvas.clientWidth === 0) return;
    const { many_classes } = this.app.facts.experiment;
    this.map.draw({
      ...this.#crowd(),
      frame,
      theme,
      problem: experiment.problem,
      classes: classCount(experiment, many_classes),
      discretize: experiment.view.discretize,
      traced: this.#example(),
    });
  }

  /**
   * The same for those who hear it.
   * @param {Standing} standing
   * @param {Example|null} example
   */
  describe({ title, aside, note }, example) {
    const { data, traced, walk } = this.app.store.state;
    const row = Number(walk?.dissection.choice.example ?? 0) || 0;
    this.canvas.setAttribute("aria-valuemin", "0");
    this.canvas.setAttribute("aria-valuemax", String(data.tensor("targets").length - 1));
    this.canvas.setAttribute("aria-valuenow", String(typeof traced === "number" ? traced : row));
    const numbers = example
      ? gettext("x₁ %(x1)s, x₂ %(x2)s, target %(target)s", {
          x1: format(example[0]),
          x2: format(example[1]),
          target: format(example[2], "plain"),
        })
      : "";
    const told = [`${title} ${aside}`.trim(), numbers, note].filter(Boolean);
    this.canvas.setAttribute(
      "aria-valuetext",
      told.reduce((name, more) => gettext("%(name)s. %(note)s", { name, note: more })),
    );
  }

  #crowd() {
    const { data, walk, experiment } = this.app.store.state;
    return {
      data,
      showTest: experiment.view.show_test,
      members: new Set(walk?.dissection.tensor("examples")),
    };
  }

  /** @returns {Example|null} what is traced; while an own example is on its way, that one */
  #example() {
    const { traced, walk, data } = this.app.store.state;
    if (Array.isArray(traced)) return traced;
    return walk && data ? exampleOf(walk.dissection, data) : null;
  }

  /** @param {PointerEvent} event */
  #down(event) {
    const { data, walk } = this.app.store.state;
    if (!walk || !data || event.button !== 0) return;
    const [x, y] = [event.offsetX, event.offsetY];
    this.canvas.setPointerCapture(event.pointerId);
    const own = this.#ownAt(x, y);
    if (own) {
      this.held = { x, y, target: own[2] };
      return;
    }
    const row = this.map.rowAt(x, y, this.#crowd());
    this.held = { x, y, target: data.tensor("targets")[row] };
    this.acts.trace(row);
  }

  /**
   * The reader's own example, where the pointer is on it.
   * @param {number} x
   * @param {number} y
   */
  #ownAt(x, y) {
    const { traced } = this.app.store.state;
    return Array.isArray(traced) && this.map.hits(x, y, traced) ? traced : null;
  }

  /** @param {PointerEvent} event */
  #move({ offsetX: x, offsetY: y }) {
    if (!this.held) return;
    const { traced } = this.app.store.state;
    const far = Math.hypot(x - this.held.x, y - this.held.y) >= CLICK_PX;
    if (!far && !Array.isArray(traced)) return;
    const [x1, x2] = this.map.pointAt(x, y);
    this.acts.change([rounded(x1), rounded(x2), this.held.target]);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { walk, data, traced, experiment } = this.app.store.state;
    const arrow = ARROWS[event.key];
    if (!arrow || !walk || !data) return;
    event.preventDefault();
    event.stopPropagation();
    const example = this.#example();
    if (event.shiftKey && example) {
      const [x1, x2, target] = example;
      this.acts.change([rounded(x1 + STEP * arrow[0]), rounded(x2 + STEP * arrow[1]), target]);
      return;
    }
    const batch = walk.dissection.tensor("examples");
    const test = data.tensor("test");
    const all = [...test.keys()].filter((row) => test[row] === 0 || experiment.view.show_test);
    const { example: chosen } = walk.dissection.choice;
    const row = typeof chosen === "number" ? chosen : batch[0];
    const next = nextRow(event.key, typeof traced === "number" ? traced : row, [...batch], all);
    if (next !== null) this.acts.trace(next);
  }
}

/** @param {number} value */
const rounded = (value) => Number(value.toFixed(PLACES));
