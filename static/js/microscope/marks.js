/** Marks on neurons and layers that are unwell, each with one plain sentence. */

import { BOX, GLYPHS } from "../draw/ailments.js";
import { keyOf } from "../findings/standing.js";
import { sentenceOf } from "./diagnosis.js";
import { make, makeButton } from "./elements.js";
import { GLYPH_LEAST_PX, layerSpot, neuronSpot } from "./mark-places.js";

/** @typedef {import("../dissection.js").Finding} Finding */
/** @typedef {import("../layout.js").Layout} Layout */
/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Selection} Selection */
/** @typedef {{finding: Finding, button: HTMLButtonElement}} Mark */

const SENTENCE = { width_px: 250, below_px: 12, edge_px: 4 };

export class FindingMarks {
  /**
   * @param {HTMLElement} place over the picture
   * @param {App} app
   * @param {(layer: number) => void} [onLayer] is told of a layer whose mark was chosen
   */
  constructor(place, app, onLayer) {
    this.place = place;
    this.app = app;
    this.onLayer = onLayer;
    this.bubble = make(place.ownerDocument, "p", "mark-sentence");
    this.bubble.setAttribute("role", "tooltip");
    this.bubble.hidden = true;
    place.append(this.bubble);
    /** @type {Layout|null} */
    this.layout = null;
    /** @type {Finding[]} */
    this.findings = [];
    /** The layer's mark that the pointer or the keyboard is at. @type {HTMLElement|null} */
    this.at = null;
    /** @type {Map<string, Mark>} */
    this.marks = new Map();
    /** Where the walk was when the sentence was shown last: a step takes it away. */
    this.position = 0;
    this.told = 0;
    // What the picture finds under the pointer, it finds by the pointer's place in its canvas.
    for (const event of ["click", "pointermove"]) {
      place.addEventListener(event, (passing) => passing.stopPropagation());
    }
    app.store.subscribe(["selection", "hover"], () => {
      this.told = this.position;
      this.#tell();
    });
  }

  /**
   * @param {Finding[]} findings
   * @param {Layout} layout
   * @param {number} position of the walk; of a run that trains, how often its sentence was put away
   */
  show(findings, layout, position) {
    this.position = position;
    if (findings !== this.findings || layout !== this.layout) {
      this.findings = findings;
      this.layout = layout;
      this.#place(findings, layout);
    }
    this.#tell();
  }

  /**
   * What is wrong with one neuron.
   * @param {Selection|null} selection
   * @returns {string} empty where nothing is
   */
  sentenceOn(selection) {
    const finding = this.#findingOf(selection);
    return finding ? this.#sentence(finding) : "";
  }

  /**
   * Marks that were there stay the same elements: what has the keyboard keeps it.
   * @param {Finding[]} findings
   * @param {Layout} layout
   */
  #place(findings, layout) {
    const before = this.marks;
    this.marks = new Map(
      findings.map((finding) => {
        const key = keyOf(finding);
        return [key, { finding, button: before.get(key)?.button ?? this.#mark(finding) }];
      }),
    );
    for (const [key, { button }] of before) {
      if (!this.marks.has(key)) button.remove();
    }
    let next = this.place.firstElementChild;
    for (const { finding, button } of this.marks.values()) {
      if (button === next) next = button.nextElementSibling;
      else this.place.insertBefore(button, next);
      this.#fit(button, finding, layout);
    }
    if (!this.at?.isConnected) this.at = null;
  }

  /** @param {Selection|null} selection */
  #findingOf(selection) {
    if (selection?.kind !== "neuron") return undefined;
    const { layer, unit } = selection;
    return this.findings.find((finding) => finding.layer === layer && finding.unit === unit);
  }

  /** @param {Finding} finding */
  #sentence({ ailment, layer, unit, measure }) {
    const units = unit === null ? [] : [unit];
    return sentenceOf({ ailment, layer, units, measure }, this.app.store.state.shape);
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {Finding} finding
   * @param {Layout} layout
   */
  #fit(button, finding, layout) {
    const { layer, unit } = finding;
    const { x, y, size } =
      unit === null ? layerSpot(this.place, layout, layer) : neuronSpot(layout, layer, unit);
    button.style.left = `${x}px`;
    button.style.top = `${y}px`;
    button.style.width = button.style.height = `${size}px`;
    button.toggleAttribute("data-plain", size < GLYPH_LEAST_PX);
    button.setAttribute("aria-label", this.#sentence(finding));
  }

  /** @param {Finding} finding */
  #mark(finding) {
    const button = makeButton(this.place.ownerDocument, "mark", "", () => this.#choose(finding, button));
    button.dataset.ailment = finding.ailment;
    button.append(glyph(button.ownerDocument, GLYPHS[finding.ailment]));
    if (finding.unit !== null) {
      // The neuron's own button is in the Tab order, and says the same.
      button.tabIndex = -1;
      button.addEventListener("pointerenter", () => this.app.store.set({ hover: neuron(finding) }));
      button.addEventListener("pointerleave", () => this.app.store.set({ hover: null }));
      return button;
    }
    for (const event of ["pointerenter", "focus"]) button.addEventListener(event, () => this.#come(button));
    for (const event of ["pointerleave", "blur"]) button.addEventListener(event, () => this.#come(null));
    return button;
  }

  /**
   * @param {Finding} finding
   * @param {HTMLElement} button
   */
  #choose(finding, button) {
    if (finding.unit !== null) {
      this.app.store.set({ selection: neuron(finding), hover: null });
      return;
    }
    this.#come(button);
    this.onLayer?.(finding.layer);
  }

  /** @param {HTMLElement|null} button */
  #come(button) {
    this.at = button;
    this.told = this.position;
    this.#tell();
  }

  /** Shows the sentence of what the reader is at. */
  #tell() {
    const { hover, selection } = this.app.store.state;
    const marks = [...this.marks.values()];
    const chosen = this.#findingOf(hover ?? selection);
    const mark =
      marks.find(({ button }) => button === this.at) ?? marks.find(({ finding }) => finding === chosen);
    this.bubble.hidden = !mark || this.position !== this.told;
    if (!mark || !this.layout) return;
    const { finding, button } = mark;
    const text = this.#sentence(finding);
    if (this.bubble.textContent !== text) this.bubble.textContent = text;
    const [x, y] = [button.style.left, button.style.top].map(Number.parseFloat);
    const below = finding.unit === null ? 0 : this.layout.columns[finding.layer].size;
    const most = Math.max(SENTENCE.edge_px, this.layout.width - SENTENCE.width_px - SENTENCE.edge_px);
    this.bubble.style.left = `${Math.min(most, Math.max(SENTENCE.edge_px, x - SENTENCE.width_px / 2))}px`;
    const over = y > this.layout.height / 2 && finding.unit !== null;
    this.bubble.toggleAttribute("data-over", over);
    this.bubble.style.top = `${over ? y - SENTENCE.below_px : y + below + SENTENCE.below_px}px`;
  }
}

/**
 * @param {Finding} finding of a unit
 * @returns {Selection}
 */
function neuron({ layer, unit }) {
  return { kind: "neuron", layer, unit: unit ?? 0 };
}

/**
 * @param {Document} document
 * @param {string} path
 */
function glyph(document, path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `0 0 ${BOX} ${BOX}`);
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
