/** The walk's numbers as text over the picture, and what travels along its lines. */

import { edgeOf, figuresOf, nameOf } from "./walk-figures.js";
import { lossLine } from "./walk-loss.js";

/** @typedef {import("../layout.js").Layout} Layout */
/** @typedef {import("../microscope/sight.js").Sight} Sight */
/** @typedef {import("../microscope/spot.js").Line} Line */
/** @typedef {import("../store.js").Selection} Selection */
/** @typedef {import("./walk-figures.js").PlacedFigure} PlacedFigure */

/** On shorter lines there is nowhere to travel. */
const PULSE_LEAST_PX = 50;

export class WalkLabels {
  /** @param {HTMLElement} place over the picture; neither pointers nor screen readers find it */
  constructor(place) {
    this.place = place;
    /** What is shown, by what it is of: an element stays with its number. @type {Map<string, HTMLElement>} */
    this.shown = new Map();
    /** @type {Set<string>} */
    this.kept = new Set();
  }

  /**
   * @param {Sight|null} sight null: no walk
   * @param {Layout} layout
   * @param {Selection|null} selection
   */
  show(sight, layout, selection) {
    this.kept.clear();
    if (sight) {
      for (const figure of figuresOf(sight, layout, selection)) this.#put(figure);
      this.#pulses(sight, layout);
    }
    for (const [key, element] of this.shown) {
      if (this.kept.has(key)) continue;
      element.remove();
      this.shown.delete(key);
    }
  }

  /** @param {PlacedFigure} figure */
  #put({ of, kind, place, figure }) {
    const element = this.#element(of, kind);
    element.style.left = `${place.x}px`;
    element.style.top = `${place.y}px`;
    element.dataset.align = place.align;
    element.dataset.tone = figure.tone;
    const [symbol, digits] = element.children;
    symbol.textContent = figure.symbol;
    digits.textContent = figure.value;
  }

  /**
   * @param {Sight} sight
   * @param {Layout} layout
   */
  #pulses({ pulses, position }, layout) {
    for (const line of pulses.lines) {
      const edge = edgeOf(layout, line) ?? lossEdge(layout, line);
      if (!edge || edge.x1 - edge.x0 < PULSE_LEAST_PX) continue;
      const { x0, y0, x1, y1, c } = edge;
      const element = this.#element(`${nameOf(line)} pulse ${position}`, "pulse");
      element.dataset.way = pulses.way;
      element.style.offsetPath = `path("M${x0} ${y0}C${x0 + c} ${y0} ${x1 - c} ${y1} ${x1} ${y1}")`;
    }
  }

  /**
   * @param {string} of
   * @param {string} kind
   */
  #element(of, kind) {
    this.kept.add(of);
    let element = this.shown.get(of);
    if (!element) {
      const document = this.place.ownerDocument;
      element = document.createElement("span");
      element.dataset.of = of;
      element.append(document.createElement("i"), document.createElement("span"));
      this.place.append(element);
      this.shown.set(of, element);
    }
    element.className = kind;
    return element;
  }
}

/**
 * @param {Layout} layout
 * @param {Line} line of the layer after the last
 */
function lossEdge({ nodes, loss }, { layer, from }) {
  const output = nodes.find((node) => node.layer === layer - 1 && node.unit === from);
  return output && loss && lossLine(output, loss);
}
