/**
 * The run so far, for the timeline: a fixed number of rows however long it lasts. When they are
 * full every two neighbours become one row, which keeps what was lowest and highest in both, and
 * from then on a row takes twice as many frames.
 */

import { timeOf } from "./archive.js";

/** @typedef {import("./frame.js").Frame} Frame */
/**
 * One row: a stretch of time.
 * @typedef {object} Row
 * @property {number} epoch at its end, with the part of an epoch that has begun
 * @property {number} step at its end
 * @property {number} train training loss at its end
 * @property {number} test
 * @property {[low: number, high: number]} trainRange
 * @property {[low: number, high: number]} testRange
 * @property {number[]} gradients of each layer, log10 of the norm of ∂L/∂W, the mean over the row
 * @property {number} frames how many went into it
 */

const ROWS_AT_MOST = 1200;

export class History {
  constructor() {
    /** @type {Row[]} */
    this.rows = [];
    /** The curve that was left for another one. @type {Row[]} */
    this.ghost = [];
    /** Frames in a full row. */
    this.pace = 1;
  }

  get length() {
    return this.rows.length;
  }

  clear() {
    this.rows = [];
    this.ghost = [];
    this.pace = 1;
  }

  /**
   * Goes on from another history's rows.
   * @param {Row[]} rows
   * @param {number} pace
   */
  restore(rows, pace) {
    this.rows = rows;
    this.ghost = [];
    this.pace = pace;
  }

  /** @param {Frame} frame */
  push(frame) {
    const row = read(frame);
    const { rows } = this;
    // A run that goes on from an older checkpoint goes back in time.
    while (rows.length > 0 && rows[rows.length - 1].step > row.step) rows.pop();
    const last = rows.at(-1);
    if (last && last.frames > 1 && last.step === row.step) return;
    if (last && (last.step === row.step || last.frames < this.pace)) {
      rows[rows.length - 1] = last.step === row.step ? row : merge(last, row);
      return;
    }
    rows.push(row);
    if (rows.length > ROWS_AT_MOST) this.#halve();
  }

  /** The run goes on from a past moment: what came after it stays as a ghost. */
  branch() {
    this.ghost = [...this.rows];
  }

  /**
   * The row at a time.
   * @param {number} epoch
   * @returns {Row|null} null before the first frame
   */
  at(epoch) {
    const { rows } = this;
    let [low, high] = [0, rows.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows[middle].epoch < epoch) low = middle + 1;
      else high = middle;
    }
    return rows[low] ?? null;
  }

  #halve() {
    const { rows } = this;
    // The first row is the state before any update: it stays by itself.
    const halved = [rows[0]];
    for (let i = 1; i < rows.length; i += 2) {
      halved.push(i + 1 < rows.length ? merge(rows[i], rows[i + 1]) : rows[i]);
    }
    this.rows = halved;
    this.pace *= 2;
  }
}

/**
 * @param {Frame} frame
 * @returns {Row}
 */
function read(frame) {
  const [layers, columns] = frame.shape("statistics");
  const statistics = frame.tensor("statistics");
  const column = frame.metadata.statistics.split(",").indexOf("gradient_norm");
  const train = frame.scalar("train_loss");
  const test = frame.scalar("test_loss");
  return {
    epoch: timeOf(frame),
    step: frame.scalar("step"),
    train,
    test,
    trainRange: [train, train],
    testRange: [test, test],
    gradients: Array.from({ length: layers }, (_, layer) =>
      Math.log10(statistics[layer * columns + column]),
    ),
    frames: 1,
  };
}

/**
 * @param {Row} one
 * @param {Row} next
 * @returns {Row}
 */
function merge(one, next) {
  const frames = one.frames + next.frames;
  return {
    ...next,
    trainRange: join(one.trainRange, next.trainRange),
    testRange: join(one.testRange, next.testRange),
    gradients: one.gradients.map((value, layer) =>
      mean(value, one.frames, next.gradients[layer], next.frames),
    ),
    frames,
  };
}

/**
 * @param {[number, number]} one
 * @param {[number, number]} next
 * @returns {[number, number]}
 */
function join(one, next) {
  return [Math.min(one[0], next[0]), Math.max(one[1], next[1])];
}

/**
 * A gradient of 0 has no logarithm; it leaves the other one as it is.
 * @param {number} value
 * @param {number} weight
 * @param {number} other
 * @param {number} otherWeight
 */
function mean(value, weight, other, otherWeight) {
  if (!Number.isFinite(value)) return other;
  if (!Number.isFinite(other)) return value;
  return (value * weight + other * otherWeight) / (weight + otherWeight);
}
