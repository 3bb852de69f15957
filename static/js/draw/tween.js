/** Numbers on their way from what was shown to what is to be shown: short, eased, for the eye alone. */

const DURATION_MS = 170;

export class Tween {
  constructor() {
    this.start_ms = -Infinity;
    this.from = new Float32Array(0);
    /** @type {Float32Array} */
    this.to = new Float32Array(0);
    /** @type {Float32Array} */
    this.now = new Float32Array(0);
  }

  /**
   * Sets out for other numbers from wherever it is; for numbers of another kind it is there at
   * once, and to where it goes already it goes on.
   * @param {Float32Array} to
   * @param {number} time_ms
   */
  aim(to, time_ms) {
    if (this.now.length !== to.length) {
      this.jump(to);
      return;
    }
    if (to.every((number, i) => number === this.to[i])) return;
    this.from = this.now.slice();
    this.to = to;
    this.start_ms = time_ms;
  }

  /** @param {Float32Array} to */
  jump(to) {
    this.to = to;
    this.now = to.slice();
    this.start_ms = -Infinity;
  }

  /**
   * Moves to where it is at a time.
   * @param {number} time_ms
   * @returns {boolean} whether it is still on its way
   */
  move(time_ms) {
    if (this.start_ms === -Infinity) return false;
    const share = Math.min(1, Math.max(0, (time_ms - this.start_ms) / DURATION_MS));
    if (share === 1) {
      this.jump(this.to);
      return false;
    }
    const eased = 1 - (1 - share) ** 3;
    for (let i = 0; i < this.to.length; i += 1) {
      this.now[i] = this.from[i] + (this.to[i] - this.from[i]) * eased;
    }
    return true;
  }
}
