/**
 * The run's frames, kept so that any past moment can be shown again. They take a fixed number of
 * bytes: when there are too many, every second of the older ones goes, so that the past is thinned
 * with its age.
 */

import { decode } from "./frame.js";

/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {{time: number, step: number, buffer: ArrayBuffer}} Moment time in epochs */

export const BUDGET_BYTES = 64 * 2 ** 20;
/** The newest share stays whole while the rest is thinned. */
const RECENT = 0.25;

export class Archive {
  /** @param {number} [budget_bytes] */
  constructor(budget_bytes = BUDGET_BYTES) {
    this.budget_bytes = budget_bytes;
    /** @type {Moment[]} */
    this.moments = [];
    this.bytes = 0;
  }

  clear() {
    this.moments = [];
    this.bytes = 0;
  }

  /**
   * Keeps a frame. One of the same step, as after an edit, replaces it; one of an earlier step
   * means that the run went back, and what came after it is forgotten.
   * @param {Frame} frame
   */
  push(frame) {
    const step = frame.scalar("step");
    while ((this.moments.at(-1)?.step ?? -1) >= step) {
      this.bytes -= /** @type {Moment} */ (this.moments.pop()).buffer.byteLength;
    }
    this.moments.push({ time: timeOf(frame), step, buffer: frame.buffer });
    this.bytes += frame.buffer.byteLength;
    this.#fit();
  }

  /**
   * Another budget, at once.
   * @param {number} budget_bytes
   */
  resize(budget_bytes) {
    this.budget_bytes = budget_bytes;
    this.#fit();
  }

  /**
   * The frame nearest to a time.
   * @param {number} time in epochs
   * @returns {Frame|null} null before the first frame
   */
  at(time) {
    const moment = this.moments[this.#nearest(time)];
    return moment ? decode(moment.buffer) : null;
  }

  /** @param {number} time */
  #nearest(time) {
    const { moments } = this;
    let [low, high] = [0, moments.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (moments[middle].time < time) low = middle + 1;
      else high = middle;
    }
    const before = moments[low - 1];
    return before && time - before.time < moments[low].time - time ? low - 1 : low;
  }

  #fit() {
    while (this.bytes > this.budget_bytes && this.moments.length > 2) this.#thin();
  }

  #thin() {
    const recent = Math.floor(this.moments.length * (1 - RECENT));
    const last = this.moments.length - 1;
    // The first moment, before any update, and the newest are never thinned away.
    this.moments = this.moments.filter((_, i) => i % 2 === 0 || i >= recent || i === last);
    if (this.moments.length === last + 1) this.moments.splice(1, 1);
    this.bytes = this.moments.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  }
}

/**
 * How far the run is, in epochs, with the part of one that has begun.
 * @param {Frame} frame
 */
export function timeOf(frame) {
  return frame.scalar("epoch") + frame.scalar("batch") / Math.max(frame.scalar("batches"), 1);
}
