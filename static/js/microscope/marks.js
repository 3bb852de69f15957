/** Marks on neurons and layers that the batch shows to be unwell, each with one plain sentence. */

import { sentenceOf } from "./diagnosis.js";
import { make, makeButton } from "./elements.js";

/** @typedef {import("../dissection.js").Finding} Finding */
/** @typedef {import("../layout.js").Layout} Layout */
/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Selection} Selection */
/** @typedef {{x: number, y: number, size: number}} Spot */

/** Lines in a box of 12. @type {Record<Finding["ailment"], string>} */
const GLYPHS = {
  dead: "M3.5 3.5 8.5 8.5M8.5 3.5 3.5 8.5",
  saturated: "M2 8.5h2C6 8.5 6 3.5 8 3.5h2",
  vanishing: "M9.5 3v6M6 5.5v3.5M2.5 8v1",
  exploding: "M2.5 3v6M6 5.5v3.5M9.5 8v1",
  not_finite: "M6 2.8v4.2M6 8.8v.6",
};
const SIZE = { most_px: 14, least_px: 6, share: 0.45, glyph_px: 10 };
/** A layer's mark stands between its head and its neurons, beside its activation's name. */
const HEAD = { above_px: 8, aside_px: 30, roomy_px: 68 };
const SENTENCE = { width_px: 250, below_px: 12, edge_px: 4 };

export class FindingMarks {
  /**
   * @param {HTMLElement} place over the picture
   * @param {App} app
   */
  constructor(place, app) {
    this.place = place;
    this.app = app;
    this.bubble = make(place.ownerDocument, "p", "mark-sentence");
    this.bubble.id = "mark-sentence";
    this.bubble.setAttribute("role", "tooltip");
    this.bubble.hidden = true;
    /** @type {Layout|null} */
    this.layout = null;
    /** @type {Finding[]} */
    this.findings = [];
    /** The layer's mark that the pointer or the keyboard is at. @type {HTMLElement|null} */
    this.at = null;
    /** @type {Map<Finding, HTMLElement>} */
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
   * @param {number} position of the walk
   */
  show(findings, layout, position) {
    this.position = position;
    if (findings !== this.findings || layout !== this.layout) {
      this.findings = findings;
      this.layout = layout;
      this.at = null;
      this.marks = new Map(findings.map((finding) => [finding, this.#mark(finding, layout)]));
      this.place.replaceChildren(...this.marks.values(), this.bubble);
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
   * @param {Finding} finding
   * @param {Layout} layout
   */
  #mark(finding, layout) {
    const { layer, unit } = finding;
    const button = makeButton(this.place.ownerDocument, "mark", "", () => this.#choose(finding, button));
    const { x, y, size } = unit === null ? headOf(layout, layer) : cornerOf(layout, layer, unit);
    button.style.left = `${x}px`;
    button.style.top = `${y}px`;
    button.style.width = button.style.height = `${size}px`;
    button.dataset.ailment = finding.ailment;
    button.setAttribute("aria-label", this.#sentence(finding));
    if (size >= SIZE.glyph_px) button.append(glyph(button.ownerDocument, GLYPHS[finding.ailment]));
    if (unit !== null) {
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
    if (finding.unit === null) this.#come(button);
    else this.app.store.set({ selection: neuron(finding), hover: null });
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
    const layer = [...this.marks].find(([, mark]) => mark === this.at)?.[0];
    const finding = layer ?? this.#findingOf(hover ?? selection);
    const mark = finding && this.marks.get(finding);
    this.bubble.hidden = !mark || this.position !== this.told;
    if (!finding || !mark || !this.layout) return;
    this.bubble.textContent = this.#sentence(finding);
    const [x, y] = [mark.style.left, mark.style.top].map(Number.parseFloat);
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
 * The upper right corner of a neuron.
 * @param {Layout} layout
 * @param {number} layer
 * @param {number} unit
 * @returns {Spot}
 */
function cornerOf({ nodes, columns }, layer, unit) {
  const node = nodes.find((one) => one.layer === layer && one.unit === unit);
  const { size } = columns[layer];
  const [x, y] = node ? [node.x + size / 2, node.y - size / 2] : [0, 0];
  return { x, y, size: Math.max(SIZE.least_px, Math.min(SIZE.most_px, size * SIZE.share)) };
}

/**
 * @param {Layout} layout
 * @param {number} layer
 * @returns {Spot}
 */
function headOf({ columns }, layer) {
  const { x } = columns[layer];
  const gap = x - columns[layer - 1].x;
  return { x: x + (gap >= HEAD.roomy_px ? HEAD.aside_px : 0), y: -HEAD.above_px, size: SIZE.most_px };
}

/**
 * @param {Document} document
 * @param {string} path
 */
function glyph(document, path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 12 12");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
