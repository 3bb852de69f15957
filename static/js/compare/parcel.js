/**
 * A comparison as one page hands it over to the next, in another language: where both runs are, what
 * they need to go on from there, and their past.
 */

import { fromText, toText } from "../handover.js";

/** @typedef {import("../history.js").Row} Row */
/** @typedef {import("../store.js").Pace} Pace */
/** @typedef {import("./room.js").Room} Room */
/**
 * @typedef {object} RunParcel
 * @property {string} link the run's own
 * @property {ArrayBuffer} checkpoint
 * @property {number} step where it is; the checkpoint may be somewhat older
 * @property {Row[]} rows
 * @property {number} rowPace
 */
/**
 * @typedef {object} Parcel
 * @property {string} link the comparison's
 * @property {Pace} pace
 * @property {"train"|"test"} curve
 * @property {[RunParcel, RunParcel]} runs
 */

/** JSON has no infinities and no NaN. @type {Record<string, number>} */
const UNWRITTEN = { Infinity, "-Infinity": -Infinity, NaN };

/**
 * @param {Room} room
 * @returns {unknown} for JSON; null where there is nothing to go on from
 */
export function pack({ store, sides }) {
  const { link, pace, curve, pair } = store.state;
  if (!pair || sides.some(({ connection }) => connection.checkpoint === null)) return null;
  const runs = sides.map(({ connection, history, store: { state } }, who) => ({
    link: state.link,
    checkpoint: toText(/** @type {ArrayBuffer} */ (connection.checkpoint)),
    step: pair[who].scalar("step"),
    rows: JSON.stringify(history.rows, (_, value) =>
      typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
    ),
    rowPace: history.pace,
  }));
  return { link, pace, curve, runs };
}

/**
 * `pack` the other way round.
 * @param {any} packed
 * @param {string} link the new page's
 * @returns {Parcel|null} null where it is of another comparison
 */
export function unpack(packed, link) {
  if (packed?.link !== link) return null;
  const runs = packed.runs.map((/** @type {any} */ run) => ({
    ...run,
    checkpoint: fromText(run.checkpoint),
    rows: JSON.parse(run.rows, (_, value) => UNWRITTEN[value] ?? value),
  }));
  return { ...packed, runs };
}
