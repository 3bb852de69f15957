/** How many frames may be under way: as many as the round trip needs, one on a near network. */

const FRAME_MS = 1000 / 60;
const MOST_CREDITS = 8;

export class Credits {
  /** @type {number[]} when each outstanding credit was given, in ms */
  given = [];
  wanted = 1;
  quickest_ms = Infinity;
  arrivals = 0;

  /** A new line: nothing is under way. */
  reset() {
    this.given = [];
    this.wanted = 1;
    this.quickest_ms = Infinity;
    this.arrivals = 0;
  }

  /**
   * A frame came: it answers the oldest credit. The quickest of every 20 round trips counts,
   * because the slower ones waited for the engine and not for the network.
   * @param {number} now_ms
   */
  arrived(now_ms) {
    const given = this.given.shift();
    if (given === undefined) return;
    this.quickest_ms = Math.min(this.quickest_ms, now_ms - given);
    this.arrivals += 1;
    if (this.arrivals % 20 === 0) {
      const frames = Math.ceil(this.quickest_ms / FRAME_MS);
      this.wanted = Math.max(1, Math.min(MOST_CREDITS, frames));
      this.quickest_ms = Infinity;
    }
  }

  /**
   * The credits to give now, noted as given.
   * @param {number} now_ms
   * @returns {number} 0 when enough are outstanding
   */
  due(now_ms) {
    const frames = Math.max(0, this.wanted - this.given.length);
    for (let i = 0; i < frames; i += 1) this.given.push(now_ms);
    return frames;
  }
}
