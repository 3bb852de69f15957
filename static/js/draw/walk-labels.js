/** The walk's numbers over the picture: of each neuron, of the products of this step, of the loss. */

import { isNode } from "./neurons.js";
import { productPlace } from "./product-place.js";
import { lossLine } from "./walk-loss.js";
import { nodeFigures, productFigure, slots, summedFigure, targetFigure, value } from "./walk-numbers.js";

/** @typedef {import("../layout.js").Layout} Layout */
/** @typedef {import("../layout.js").PlacedEdge} PlacedEdge */
/** @typedef {import("../layout.js").PlacedNode} PlacedNode */
/** @typedef {import("../microscope/sight.js").NodeSight} NodeSight */
/** @typedef {import("../microscope/sight.js").Sight} Sight */
/** @typedef {import("../microscope/spot.js").Line} Line */
/** @typedef {import("../store.js").Selection} Selection */
/** @typedef {import("./walk-numbers.js").Figure} Figure */
/** @typedef {import("./walk-numbers.js").Place} Place */
/** @typedef {import("./walk-numbers.js").Slot} Slot */
/** @typedef {{kind: string, key: string}} About */

/** Nearer to each other than this, numbers on lines would cover each other. */
const APART_PX = { down: 14, across: 56 };
/** A product is written out where its line is this long. */
const WRITTEN_OUT_PX = 300;
/** On shorter lines there is nowhere to travel. */
const PULSE_LEAST_PX = 50;
const BIAS = { aside_px: 5, beneath_px: 11 };
/** Several outputs have their targets at the end of their lines. */
const TARGET = { room_px: 34, aside_px: 1, beneath_px: 13 };

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
   * @param {Selection|null} selection has its numbers even where there is no room for all
   */
  show(sight, layout, selection) {
    this.kept.clear();
    if (sight) {
      const alone = aloneAt(sight, selection);
      for (const [i, node] of layout.nodes.entries()) this.#node(sight.nodes[i], layout, node, alone);
      this.#products(sight, layout);
      this.#loss(sight.loss, layout);
      this.#pulses(sight, layout);
    }
    for (const [key, element] of this.shown) {
      if (this.kept.has(key)) continue;
      element.remove();
      this.shown.delete(key);
    }
  }

  /**
   * @param {NodeSight} sight
   * @param {Layout} layout
   * @param {PlacedNode} node
   * @param {(node: PlacedNode) => boolean} alone whether it has numbers where others have none
   */
  #node(sight, layout, node, alone) {
    const { layer, unit, x, y, size } = node;
    const { labels } = layout.columns[layer];
    if (labels === "none" && !alone(node)) return;
    const places = slots(size);
    const figures = nodeFigures(sight, labels === "none" ? "beside" : labels);
    for (const [slot, figure] of /** @type {[Slot, Figure][]} */ (Object.entries(figures))) {
      const { align, ...by } = places[slot];
      const about = { kind: "figure", key: `${layer},${unit} ${slot}` };
      this.#put(about, { x: x + by.x, y: y + by.y, align }, figure);
    }
  }

  /**
   * @param {Sight} sight
   * @param {Layout} layout
   */
  #products({ current, summed, averaged }, layout) {
    if (!current) return;
    const placed = summed.map((line) => onLine(layout, line));
    const here = onLine(layout, current);
    const all = [...placed, here].flatMap((one) => (one ? [one.place] : []));
    for (const [i, line] of summed.entries()) {
      const place = placed[i]?.place;
      if (!place || !areApart(all)) continue;
      const about = { kind: "figure summed", key: `${keyOf(line)} product` };
      this.#put(about, place, summedFigure(current.act, line.value));
    }
    const place = here?.place ?? biasPlace(layout, current);
    const about = { kind: "figure product", key: `${keyOf(current)} product` };
    const how = { averaged, roomy: here?.roomy ?? false };
    if (place) this.#put(about, place, productFigure(current, how));
  }

  /**
   * @param {Sight["loss"]} loss
   * @param {Layout} layout
   */
  #loss({ targets, value: loss, after }, layout) {
    if (!layout.loss) return;
    const { x, y, size } = layout.loss;
    const beneath = y + size / 2 + 10;
    const put = (/** @type {string} */ key, /** @type {number} */ at, /** @type {Figure} */ figure) =>
      this.#put({ kind: "figure", key: `loss ${key}` }, { x, y: at, align: "center" }, figure);
    if (loss !== null) put("value", beneath, value("", loss));
    if (after !== null) put("after", beneath + 14, value("→", after));
    if (!targets) return;
    if (targets.length === 1) {
      put("target", y - size / 2 - 15, targetFigure(targets[0]));
      return;
    }
    const lines = layout.nodes
      .filter(({ kind }) => kind === "output")
      .map((node) => lossLine(node, { x, y, size }));
    if (!areApart(lines.map(({ x1, y1 }) => ({ x: x1, y: y1 }))) || lines[0].x1 - lines[0].x0 < TARGET.room_px) return;
    for (const [k, { x1, y1 }] of lines.entries()) {
      const place = { x: x1 - TARGET.aside_px, y: y1 + TARGET.beneath_px, align: /** @type {const} */ ("right") };
      this.#put({ kind: "figure", key: `target ${k}` }, place, targetFigure(targets[k]));
    }
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
      const element = this.#element(`${keyOf(line)} pulse ${position}`, "pulse");
      element.dataset.way = pulses.way;
      element.style.offsetPath = `path("M${x0} ${y0}C${x0 + c} ${y0} ${x1 - c} ${y1} ${x1} ${y1}")`;
    }
  }

  /**
   * @param {About} about
   * @param {Place} place
   * @param {Figure} figure
   */
  #put({ kind, key }, { x, y, align }, { symbol, value: number, tone }) {
    const element = this.#element(key, kind);
    element.style.left = `${x}px`;
    element.style.top = `${y}px`;
    element.dataset.align = align;
    element.dataset.tone = tone;
    const [name, digits] = element.children;
    name.textContent = symbol;
    digits.textContent = number;
  }

  /**
   * @param {string} key
   * @param {string} kind
   */
  #element(key, kind) {
    this.kept.add(key);
    let element = this.shown.get(key);
    if (!element) {
      const document = this.place.ownerDocument;
      element = document.createElement("span");
      element.dataset.of = key;
      element.append(document.createElement("i"), document.createElement("span"));
      this.place.append(element);
      this.shown.set(key, element);
    }
    element.className = kind;
    return element;
  }
}

/**
 * Where columns have no room for numbers: the neuron that the walk is at, and the one chosen.
 * @param {Sight} sight
 * @param {Selection|null} selection
 * @returns {(node: PlacedNode) => boolean}
 */
function aloneAt({ spot }, selection) {
  return (node) => isNode(node, selection) || (spot?.layer === node.layer && spot.unit === node.unit);
}

/** @param {Line} line */
function keyOf({ layer, from, to }) {
  return `${layer},${from},${to}`;
}

/**
 * @param {Layout} layout
 * @param {Line} line
 * @returns {PlacedEdge|null} null for a bias
 */
function edgeOf({ edges }, { layer, from, to }) {
  return edges.find((edge) => edge.layer === layer && edge.from === from && edge.to === to) ?? null;
}

/**
 * @param {Layout} layout
 * @param {Line} line
 */
function lossEdge({ nodes, loss }, { layer, from }) {
  const output = nodes.find((node) => node.layer === layer - 1 && node.unit === from);
  return output && loss && lossLine(output, loss);
}

/**
 * Where a line's product stands, and whether there is room for its factors.
 * @param {Layout} layout
 * @param {Line} line
 * @returns {{place: Place, roomy: boolean}|null} null for a bias
 */
function onLine(layout, line) {
  const edge = edgeOf(layout, line);
  if (!edge) return null;
  const roomy = edge.x1 - edge.x0 >= WRITTEN_OUT_PX;
  return { place: productPlace(layout, edge, roomy), roomy };
}

/**
 * Under a neuron, away from the numbers on the lines that come in.
 * @param {Layout} layout
 * @param {Line} line
 * @returns {Place|null}
 */
function biasPlace({ nodes }, { layer, to }) {
  const node = nodes.find((one) => one.layer === layer && one.unit === to);
  if (!node) return null;
  const half = node.size / 2;
  return { x: node.x + half + BIAS.aside_px, y: node.y + half + BIAS.beneath_px, align: "left" };
}

/** @param {{x: number, y: number}[]} places */
function areApart(places) {
  return places.every(({ x, y }, i) =>
    places.slice(i + 1).every((other) =>
      Math.abs(other.y - y) >= APART_PX.down || Math.abs(other.x - x) >= APART_PX.across));
}
