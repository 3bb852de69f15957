/** The walk in the network's picture: takes what the reader sees from the state, and has it drawn. */

import { WalkLabels } from "../draw/walk-labels.js";
import { WalkPicture } from "../draw/walk-picture.js";
import { gettext } from "../i18n.js";
import { FindingMarks } from "./marks.js";
import { Reading } from "./reading.js";
import { sightName } from "./sight-words.js";
import { sightOf } from "./sight.js";

/** @typedef {import("../dissection.js").Finding} Finding */
/** @typedef {import("../draw/network.js").NetworkDrawing} NetworkDrawing */
/** @typedef {import("../draw/network.js").Scene} Scene */
/** @typedef {import("../layout.js").Layout} Layout */
/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Selection} Selection */
/** @typedef {import("./sight.js").Sight} Sight */

/** Beside the place where the walk is, so much of the picture stays in sight where it scrolls. */
const MARGIN_PX = 90;
/** At more steps a second than these nothing arrives before the next one sets out. */
const BRISK = 1;
/** @type {Finding[]} */
const NONE = [];

export class WalkView {
  /**
   * @param {HTMLElement} root
   * @param {App} app
   * @param {NetworkDrawing} drawing
   * @param {() => void} changed is called when there is something else to see
   */
  constructor(root, app, drawing, changed) {
    this.app = app;
    this.drawing = drawing;
    this.changed = changed;
    this.stage = /** @type {HTMLElement} */ (root.querySelector("#stage"));
    this.figures = /** @type {HTMLElement} */ (root.querySelector("#figures"));
    this.labels = new WalkLabels(this.figures);
    this.marks = new FindingMarks(/** @type {HTMLElement} */ (root.querySelector("#marks")), app);
    this.picture = new WalkPicture();
    /** @type {Reading|null} */
    this.reading = null;
    /** @type {Sight|null} */
    this.sight = null;
    /** Whether the walk may have gone out of sight. */
    this.away = false;
    app.store.subscribe(["walk", "grain", "activations", "selection"], () => this.#show());
  }

  /** @param {Layout} layout */
  setLayout(layout) {
    this.#keepUp();
    this.labels.show(this.sight, layout, this.app.store.state.selection);
    const { dissection, walk } = this.reading ?? {};
    this.marks.show(dissection?.findings ?? NONE, layout, walk?.position ?? 0);
  }

  /**
   * @param {Scene} scene
   * @returns {boolean} whether there was a walk to draw
   */
  draw(scene) {
    if (!this.sight) return false;
    if (this.away) this.#keepInView();
    if (this.picture.draw(this.drawing, scene, this.sight)) this.app.redraw();
    return true;
  }

  /**
   * A neuron or a weight with the numbers that have arrived.
   * @param {Selection} selection
   * @returns {string|null} null without a walk
   */
  nameOf(selection) {
    this.#keepUp();
    if (!this.reading || !this.sight) return null;
    const name = sightName(this.reading, this.sight, selection);
    const unwell = this.marks.sentenceOn(selection);
    return unwell ? gettext("%(name)s. %(note)s", { name, note: unwell }) : name;
  }

  /** Another network is laid out before all have heard that the walk through the last one is over. */
  #keepUp() {
    if (this.reading && this.reading.walk !== this.app.store.state.walk) this.#read();
  }

  #read() {
    const { state } = this.app.store;
    const { walk, grain } = state;
    this.reading = walk && grain !== null ? new Reading(state, walk) : null;
    this.sight = this.reading && sightOf(this.reading);
  }

  #show() {
    this.#read();
    const { walking, walkPace } = this.app.store.state;
    this.figures.toggleAttribute("data-brisk", walking && walkPace > BRISK);
    const { layout } = this.drawing;
    if (layout) {
      this.setLayout(layout);
      this.away = true;
    }
    this.changed();
    this.app.redraw();
  }

  /** Scrolls to the column where the walk is; while drawing, when the page's layout is known. */
  #keepInView() {
    this.away = false;
    const { spot } = /** @type {Sight} */ (this.sight);
    const { layout } = this.drawing;
    if (!spot || !layout) return;
    const { x } = layout.columns[spot.layer];
    const { scrollLeft, clientWidth } = this.stage;
    if (x - MARGIN_PX < scrollLeft) this.stage.scrollLeft = x - MARGIN_PX;
    else if (x + MARGIN_PX > scrollLeft + clientWidth) {
      this.stage.scrollLeft = x + MARGIN_PX - clientWidth;
    }
  }
}
