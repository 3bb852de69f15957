/** Which moment of the run the page shows: the newest, or one from the archive. */

/** @typedef {import("./archive.js").Archive} Archive */
/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {import("./store.js").Store} Store */

/** What a reader may ask for without leaving the past. */
const LOOKS = new Set(["detail", "pause", "gradcheck"]);

export class Moments {
  /**
   * @param {Store} store
   * @param {Archive} archive
   */
  constructor(store, archive) {
    this.store = store;
    this.archive = archive;
    /** @type {Frame|null} */
    this.newest = null;
  }

  /** Another run: nothing of it is past yet. */
  clear() {
    this.archive.clear();
    this.newest = null;
    this.store.set({ past: false });
  }

  /**
   * Keeps a frame, and shows it unless the reader looks at the past.
   * @param {Frame} frame
   */
  take(frame) {
    this.archive.push(frame);
    this.newest = frame;
    if (!this.store.state.past) this.store.set({ frame });
  }

  /**
   * Shows the moment nearest to a time.
   * @param {number} time in epochs; past the end it is the newest
   */
  show(time) {
    const frame = this.archive.at(time);
    if (!frame || !this.newest) return;
    if (frame.scalar("step") === this.newest.scalar("step")) this.now();
    else this.store.set({ frame, past: true });
  }

  /** How many updates the moment that is shown lies back. */
  steps() {
    const { frame } = this.store.state;
    return frame && this.newest ? this.newest.scalar("step") - frame.scalar("step") : 0;
  }

  now() {
    if (this.store.state.past) this.store.set({ frame: this.newest, past: false });
  }

  /**
   * A command goes out: what changes the run is meant for the run as it is now.
   * @param {unknown} command its name
   */
  leaveFor(command) {
    if (!LOOKS.has(String(command))) this.now();
  }
}
