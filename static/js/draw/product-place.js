/** Where a product stands on its line: where it covers least of the neurons and their numbers. Pure. */

import { pointOn } from "../layout.js";
import { slots } from "./walk-numbers.js";

/** @typedef {import("../layout.js").Labels} Labels */
/** @typedef {import("../layout.js").Layout} Layout */
/** @typedef {import("../layout.js").PlacedEdge} PlacedEdge */
/** @typedef {import("../layout.js").PlacedNode} PlacedNode */
/** @typedef {import("./walk-numbers.js").Place} Place */
/** @typedef {import("./walk-numbers.js").Slot} Slot */
/** @typedef {{left: number, right: number, top: number, bottom: number}} Box */

/** How far along the line it may stand, and how far above or below it: the first, if nothing is there. */
const ALONG = [0.5, 0.42, 0.58, 0.34, 0.66];
const ASIDE_PX = [0, -16, 16];
/** What it costs to stand elsewhere, in px² of what would be covered. */
const COST = { along: 200, aside: 4 };
/** The two neurons that the product is about are worth more than their neighbours. */
const OWN = 4;
const HEIGHT_PX = 15;
/** How wide numbers get, with their symbols. */
const WIDTHS_PX = { product: 72, writtenOut: 176, da: 76, figure: 54 };

/** @type {Record<Labels, Slot[]>} */
const SLOTS = {
  corners: ["z", "a", "da", "delta"],
  stacked: ["below", "above"],
  single: ["below"],
  none: [],
};

/**
 * The same for each line of a layout, whatever numbers have arrived: places stay.
 * @param {Layout} layout
 * @param {PlacedEdge} edge
 * @param {boolean} writtenOut
 * @returns {Place}
 */
export function productPlace(layout, edge, writtenOut) {
  const width = writtenOut ? WIDTHS_PX.writtenOut : WIDTHS_PX.product;
  const taken = takenBeside(layout, edge);
  let least = Infinity;
  let best = pointOn(edge, ALONG[0]);
  for (const t of ALONG) {
    for (const aside of ASIDE_PX) {
      const { x, y: on } = pointOn(edge, t);
      const y = Math.min(layout.height - HEIGHT_PX / 2, Math.max(HEIGHT_PX / 2, on + aside));
      const box = boxAt({ x, y, align: "center" }, width);
      const covered = taken.reduce((sum, other) => sum + other.worth * shared(box, other), 0);
      const cost = covered + COST.along * Math.abs(t - ALONG[0]) + COST.aside * Math.abs(aside);
      if (cost < least) [least, best] = [cost, { x, y }];
    }
  }
  return { ...best, align: "center" };
}

/**
 * The neurons on both sides of an edge, and the places of their numbers.
 * @param {Layout} layout
 * @param {PlacedEdge} edge
 * @returns {(Box & {worth: number})[]}
 */
export function takenBeside({ nodes, columns }, { layer, from, to }) {
  return nodes.flatMap((node) => {
    if (node.layer !== layer && node.layer !== layer - 1) return [];
    const own = node.unit === (node.layer === layer ? to : from);
    const boxes = [bodyOf(node), ...numbersOf(node, columns[node.layer].labels)];
    return boxes.map((box) => ({ ...box, worth: own ? OWN : 1 }));
  });
}

/** @param {PlacedNode} node */
function bodyOf({ x, y, size }) {
  const half = size / 2 + 4;
  return { left: x - half, right: x + half, top: y - half, bottom: y + half };
}

/**
 * @param {PlacedNode} node
 * @param {Labels} labels
 */
function numbersOf({ layer, x, y, size }, labels) {
  const places = slots(size);
  /** @type {Slot[]} */
  const own = layer === 0 ? ["below"] : SLOTS[labels];
  return own.map((slot) => {
    const { align, ...by } = places[slot];
    const width = slot === "da" ? WIDTHS_PX.da : WIDTHS_PX.figure;
    return boxAt({ x: x + by.x, y: y + by.y, align }, width);
  });
}

/**
 * @param {Place} place
 * @param {number} width
 * @returns {Box}
 */
function boxAt({ x, y, align }, width) {
  const left = align === "left" ? x : align === "right" ? x - width : x - width / 2;
  return { left, right: left + width, top: y - HEIGHT_PX / 2, bottom: y + HEIGHT_PX / 2 };
}

/**
 * @param {Box} one
 * @param {Box} other
 * @returns {number} px² that both cover
 */
function shared(one, other) {
  const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return Math.max(0, across) * Math.max(0, down);
}
