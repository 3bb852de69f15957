/** What stands on a layer's return slip, and where the slips stand. Pure. */

import { neuronIndex, parameterIndex } from "../parameters.js";

/** @typedef {import("./matrix.js").Matrix} Matrix */
/** @typedef {import("./reading.js").Reading} Reading */
/** @typedef {import("./reading.js").Signal} Signal */
/** @typedef {"waiting"|"signing"|"signed"} State */
/** @typedef {"cameBack"|"slope"|"delta"|"dW"|"db"|"passedOn"} Entry */
/**
 * @typedef {object} Slip
 * @property {number} layer
 * @property {State} state
 * @property {Record<Entry, Matrix|null>} entries nothing is passed on by the first layer
 */

/** @type {Entry[]} in the order in which they are filled in */
export const ENTRIES = ["cameBack", "slope", "delta", "dW", "db", "passedOn"];

/**
 * @param {Reading} reading
 * @param {number} layer
 * @returns {Slip}
 */
export function slipOf(reading, layer) {
  const entries = {
    cameBack: vectorOf(reading, layer, "da", "cameBack", "gradient"),
    slope: vectorOf(reading, layer, "slope", "slope", "value"),
    delta: vectorOf(reading, layer, "delta", "delta", "gradient"),
    dW: sharesOf(reading, layer, 0, reading.shape[layer - 1]),
    db: sharesOf(reading, layer, reading.shape[layer - 1], 1),
    passedOn: layer > 1 ? vectorOf(reading, layer - 1, "da", "cameBack", "gradient") : null,
  };
  return { layer, state: stateOf(reading, layer, entries), entries };
}

/**
 * @param {Reading} reading
 * @param {number} layer
 * @param {Signal} name
 * @param {keyof import("../dissection.js").Arrivals} arrival
 * @param {Matrix["kind"]} kind
 * @returns {Matrix}
 */
function vectorOf({ walk, dissection, shape }, layer, name, arrival, kind) {
  const start = neuronIndex(shape, layer, 0);
  const numbers = dissection.tensor(name);
  return {
    rows: 1,
    columns: shape[layer],
    at: (_, unit) => numbers[start + unit],
    has: (_, unit) => walk.has(arrival, start + unit),
    kind,
  };
}

/**
 * Rows of [∂L/∂W; ∂L/∂b].
 * @param {Reading} reading
 * @param {number} layer
 * @param {number} first
 * @param {number} rows
 * @returns {Matrix}
 */
function sharesOf({ walk, dissection, shape }, layer, first, rows) {
  const numbers = dissection.tensor("share");
  const index = (/** @type {number} */ from, /** @type {number} */ to) =>
    parameterIndex(shape, layer, first + from, to);
  return {
    rows,
    columns: shape[layer],
    at: (from, to) => numbers[index(from, to)],
    has: (from, to) => walk.has("gradient", index(from, to)),
    kind: "gradient",
  };
}

/**
 * @param {Reading} reading
 * @param {number} layer
 * @param {Slip["entries"]} entries
 * @returns {State}
 */
function stateOf({ walk }, layer, { db }) {
  const last = db?.has(0, db.columns - 1);
  if (last) return "signed";
  const here = walk.stage?.phase === "backward" && walk.stage.layer === layer;
  return here ? "signing" : "waiting";
}

/**
 * The slip to be looked at: of the layer that the walk is at, else the one to be signed next, else
 * the one signed last.
 * @param {Slip[]} slips from layer 1 on
 * @returns {number} its layer
 */
export function activeLayer(slips) {
  const signing = slips.find(({ state }) => state === "signing");
  if (signing) return signing.layer;
  const signed = slips.filter(({ state }) => state === "signed");
  return signed.length > 0 ? signed[0].layer : slips.length;
}

/** Narrower than this a slip shows its name and δ alone. */
export const WHOLE_PX = 150;
const GAP_PX = 8;
const SLIP = { most_px: 250, compact_px: 30, active_share: 0.62 };

/**
 * Under their columns as far as there is room, all of one size; in deep networks the active one
 * is large and the others are narrow.
 * @param {number[]} centres_px of the columns of layer 1 and on
 * @param {number} active layer
 * @param {number} room_px
 * @returns {{left: number, width: number}[]} in px, from layer 1 on
 */
export function placeSlips(centres_px, active, room_px) {
  const count = centres_px.length;
  const gaps = GAP_PX * (count - 1);
  const even = Math.min(SLIP.most_px, (room_px - gaps) / count);
  const large = Math.min(SLIP.most_px, room_px * SLIP.active_share);
  const small = Math.max(SLIP.compact_px, Math.min(large, (room_px - gaps - large) / Math.max(1, count - 1)));
  const widths = centres_px.map((_, i) => (even >= WHOLE_PX ? even : i + 1 === active ? large : small));
  const lefts = centres_px.map((centre, i) => centre - widths[i] / 2);
  let edge = room_px;
  for (let i = count - 1; i >= 0; i -= 1) {
    lefts[i] = Math.min(lefts[i], edge - widths[i]);
    edge = lefts[i] - GAP_PX;
  }
  edge = 0;
  for (let i = 0; i < count; i += 1) {
    lefts[i] = Math.max(lefts[i], edge);
    edge = lefts[i] + widths[i] + GAP_PX;
  }
  return lefts.map((left, i) => ({ left, width: widths[i] }));
}
