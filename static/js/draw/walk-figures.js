/** Every number of the walk and its place in the picture: of neurons, of products, of the loss. Pure. */

import { makeRoom } from "./figure-room.js";
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
/**
 * @typedef {object} PlacedFigure
 * @property {string} of what it is the number of, such as "1,0 z" or "2,1,0 product"
 * @property {"figure"|"figure product"|"figure summed"} kind
 * @property {Place} place
 * @property {Figure} figure
 */

/** Nearer to each other than this, numbers on lines would cover each other. */
const APART_PX = { down: 14, across: 56 };
/** A product is written out where its line is this long. */
const WRITTEN_OUT_PX = 300;
const BIAS = { aside_px: 5, beneath_px: 11, clear_px: 30 };
const LOSS = { beneath_px: 10, next_px: 14, over_px: 15 };
/** Several outputs have their targets at the end of their lines. */
const TARGET = { room_px: 34, aside_px: 1, beneath_px: 13 };

/**
 * @param {Sight} sight
 * @param {Layout} layout
 * @param {Selection|null} selection has its numbers even where there is no room for all
 * @returns {PlacedFigure[]}
 */
export function figuresOf(sight, layout, selection) {
  const { spot } = sight;
  const alone = (/** @type {PlacedNode} */ node) =>
    isNode(node, selection) || (spot?.layer === node.layer && spot.unit === node.unit);
  const ofNodes = layout.nodes.flatMap((node, i) => ofNode(sight.nodes[i], layout, node, alone));
  const chosen = layout.nodes.filter(alone).map(({ layer, unit }) => `${layer},${unit} `);
  return [
    ...makeRoom(ofNodes, (of) => chosen.some((name) => of.startsWith(name))),
    ...ofProducts(sight, layout),
    ...ofLoss(sight.loss, layout),
    ...ofTargets(sight.loss, layout),
  ];
}

/**
 * @param {NodeSight} sight
 * @param {Layout} layout
 * @param {PlacedNode} node
 * @param {(node: PlacedNode) => boolean} alone whether it has numbers where others have none
 * @returns {PlacedFigure[]}
 */
function ofNode(sight, { columns }, node, alone) {
  const { layer, unit, x, y, size } = node;
  const { labels } = columns[layer];
  if (labels === "none" && !alone(node)) return [];
  const places = slots(size);
  const figures = nodeFigures(sight, labels === "none" ? "beside" : labels);
  return /** @type {[Slot, Figure][]} */ (Object.entries(figures)).map(([slot, figure]) => {
    const { align, ...by } = places[slot];
    const place = { x: x + by.x, y: y + by.y, align };
    return { of: `${layer},${unit} ${slot}`, kind: "figure", place, figure };
  });
}

/**
 * @param {Sight} sight
 * @param {Layout} layout
 * @returns {PlacedFigure[]}
 */
function ofProducts({ current, summed, averaged }, layout) {
  if (!current) return [];
  const earlier = summed.map((line) => onLine(layout, line));
  const here = onLine(layout, current);
  const places = [...earlier, here].flatMap((one) => (one ? [one.place] : []));
  /** @type {PlacedFigure[]} */
  const figures = [];
  for (const [i, line] of summed.entries()) {
    const place = earlier[i]?.place;
    if (!place || !areApart(places)) continue;
    const figure = summedFigure(current.act, line.value);
    figures.push({ of: `${nameOf(line)} product`, kind: "figure summed", place, figure });
  }
  const place = here?.place ?? biasPlace(layout, current);
  const figure = productFigure(current, { averaged, roomy: here?.roomy ?? false });
  if (place) figures.push({ of: `${nameOf(current)} product`, kind: "figure product", place, figure });
  return figures;
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
function biasPlace({ nodes, columns }, { layer, to }) {
  const node = nodes.find((one) => one.layer === layer && one.unit === to);
  if (!node) return null;
  const half = node.size / 2;
  // Where a neuron has its number beneath it, that is broader than a small neuron.
  const clear = columns[layer].labels === "corners" ? half : Math.max(half, BIAS.clear_px);
  return { x: node.x + clear + BIAS.aside_px, y: node.y + half + BIAS.beneath_px, align: "left" };
}

/**
 * @param {Sight["loss"]} loss
 * @param {Layout} layout
 * @returns {PlacedFigure[]}
 */
function ofLoss({ value: loss, after }, { loss: mark }) {
  if (!mark || loss === null) return [];
  const { x, y, size } = mark;
  const beneath = y + size / 2 + LOSS.beneath_px;
  const align = /** @type {const} */ ("center");
  /** @type {PlacedFigure[]} */
  const figures = [
    { of: "loss value", kind: "figure", place: { x, y: beneath, align }, figure: value("", loss) },
  ];
  if (after !== null) {
    const place = { x, y: beneath + LOSS.next_px, align };
    figures.push({ of: "loss after", kind: "figure", place, figure: value("→", after) });
  }
  return figures;
}

/**
 * @param {Sight["loss"]} loss
 * @param {Layout} layout
 * @returns {PlacedFigure[]}
 */
function ofTargets({ targets }, { nodes, loss: mark }) {
  if (!mark || !targets) return [];
  const { x, y, size } = mark;
  /** @type {Place[]} */
  let places = [{ x, y: y - size / 2 - LOSS.over_px, align: "center" }];
  if (targets.length > 1) {
    const lines = nodes.filter(({ kind }) => kind === "output").map((node) => lossLine(node, mark));
    places = lines.map(({ x1, y1 }) => ({
      x: x1 - TARGET.aside_px,
      y: y1 + TARGET.beneath_px,
      align: "right",
    }));
    if (!areApart(places) || lines[0].x1 - lines[0].x0 < TARGET.room_px) return [];
  }
  return targets.map((target, k) => {
    const figure = targetFigure(target);
    return { of: `target ${k}`, kind: "figure", place: places[k], figure };
  });
}

/** @param {Line} line */
export function nameOf({ layer, from, to }) {
  return `${layer},${from},${to}`;
}

/**
 * @param {Layout} layout
 * @param {Line} line
 * @returns {PlacedEdge|null} null for a bias
 */
export function edgeOf({ edges }, { layer, from, to }) {
  return edges.find((edge) => edge.layer === layer && edge.from === from && edge.to === to) ?? null;
}

/** @param {{x: number, y: number}[]} places */
function areApart(places) {
  return places.every(({ x, y }, i) =>
    places.slice(i + 1).every((other) =>
      Math.abs(other.y - y) >= APART_PX.down || Math.abs(other.x - x) >= APART_PX.across));
}
