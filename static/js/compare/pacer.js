/** How much training the two are asked for next, for a pace of the dial. Pure: times come in. */

/** @typedef {import("../store.js").Pace} Pace */
/** @typedef {import("./lockstep.js").Stretch} Stretch */

const LATE_MS = 250;
/** At full speed a stretch is made as long as both can train in about so long. */
const STRETCH_MS = { least: 20, most: 45 };
const MOST_UPDATES = 10_000;
/** Shorter ones save nothing: on a machine that is busy with other things they take as long. An epoch
 * is enough, for it may consist of one large batch. */
const LEAST_UPDATES = 32;

export class Pacer {
  next_ms = 0;
  updates = 4;

  /** @param {number} now_ms */
  start(now_ms) {
    this.next_ms = now_ms;
  }

  /**
   * What is due now.
   * @param {Pace} pace
   * @param {number} now_ms
   * @param {{batches: number, wholeEpochs: boolean}} epoch updates in one, and whether the two only
   *   meet at the ends of them
   * @returns {Stretch|null} null before its time
   */
  due({ unit, rate = 1 }, now_ms, { batches, wholeEpochs }) {
    if (unit === "epoch") return { unit, count: rate };
    if (unit === "full") {
      const updates = Math.max(this.updates, Math.min(batches, LEAST_UPDATES));
      return wholeEpochs
        ? { unit: "epoch", count: Math.ceil(updates / batches) }
        : { unit: "update", count: updates };
    }
    const count = this.#fallenDue(wholeEpochs ? rate / batches : rate, now_ms);
    return count === 0 ? null : { unit: wholeEpochs ? "epoch" : "update", count };
  }

  /**
   * Both have met, and the slower one trained for so long; only full speed learns from it.
   * @param {number} trained_ms without the way there and back, or a long line would make stretches
   *   short
   */
  met(trained_ms) {
    const { least, most } = STRETCH_MS;
    if (trained_ms < least) this.updates = Math.min(MOST_UPDATES, this.updates * 2);
    if (trained_ms > most) this.updates = Math.max(1, Math.floor(this.updates / 2));
  }

  /**
   * @param {number} rate a second
   * @param {number} now_ms
   */
  #fallenDue(rate, now_ms) {
    const every_ms = 1000 / rate;
    // Those missed long ago are let go: the slower run sets the pace.
    this.next_ms = Math.max(this.next_ms, now_ms - Math.max(LATE_MS, every_ms));
    if (now_ms < this.next_ms) return 0;
    const count = 1 + Math.floor((now_ms - this.next_ms) / every_ms);
    this.next_ms += count * every_ms;
    return count;
  }
}
