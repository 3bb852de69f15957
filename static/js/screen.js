/** The pictures, each drawn when something it shows has changed and its turn has come. */

/**
 * @typedef {object} Picture
 * @property {(time_ms: number) => void} draw
 * @property {number} every_ms at most so often: what moves slowly need not be drawn at full rate
 * @property {boolean} moves whether it has something that moves while training
 */

export class Screen {
  /** @type {{picture: Picture, stale: boolean, drawn_ms: number}[]} */
  entries = [];

  /** @param {Picture} picture */
  add(picture) {
    this.entries.push({ picture, stale: true, drawn_ms: -Infinity });
  }

  /** Something has changed: all pictures are to be drawn. */
  spoil() {
    for (const entry of this.entries) entry.stale = true;
  }

  /** Time goes on while training: what moves is to be drawn. */
  move() {
    for (const entry of this.entries) entry.stale ||= entry.picture.moves;
  }

  /**
   * Draws what is stale and due.
   * @param {number} time_ms
   * @returns {boolean} whether something stale still waits for its turn
   */
  draw(time_ms) {
    let waiting = false;
    for (const entry of this.entries) {
      if (!entry.stale) continue;
      if (time_ms - entry.drawn_ms < entry.picture.every_ms) {
        waiting = true;
        continue;
      }
      entry.stale = false;
      entry.drawn_ms = time_ms;
      entry.picture.draw(time_ms);
    }
    return waiting;
  }
}
