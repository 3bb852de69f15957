/** Both runs driven as one: play, pace and steps, and the pairs of frames that come of them. */

import { Lockstep } from "./lockstep.js";
import { Pacer } from "./pacer.js";

/** @typedef {import("../frame.js").Frame} Frame */
/** @typedef {import("../store.js").Pace} Pace */
/** @typedef {import("./lockstep.js").Place} Place */
/** @typedef {import("./lockstep.js").Who} Who */
/** @typedef {import("../store.js").Store<import("./state.js").RoomState>} RoomStore */

export class Tandem {
  /**
   * @param {RoomStore} store
   * @param {(who: Who, command: Record<string, unknown>) => void} send
   */
  constructor(store, send) {
    this.store = store;
    this.lockstep = new Lockstep(send);
    this.pacer = new Pacer();
    /** @type {[Frame|null, Frame|null]} */
    this.frames = [null, null];
    /** When each began with its last stretch, and how long it then trained. */
    this.began_ms = [0, 0];
    this.trained_ms = [0, 0];
  }

  /**
   * Both begin anew.
   * @param {[number, number]} goals the steps to meet at first
   */
  restart(goals) {
    this.lockstep.restart(goals);
    this.frames = [null, null];
    this.store.set({ pair: null, ready: false, ended: [false, false], cursor: null });
  }

  /** @param {boolean} playing */
  play(playing) {
    if (playing && (this.store.state.status !== "open" || this.lockstep.over)) return;
    this.pacer.start(performance.now());
    this.store.set({ playing });
  }

  /** @param {Pace} pace */
  setPace(pace) {
    this.pacer.start(performance.now());
    this.store.set({ pace });
  }

  /**
   * Pauses, and goes one step on.
   * @param {"update"|"epoch"} unit
   */
  step(unit) {
    this.play(false);
    this.lockstep.advance({ unit: this.store.state.wholeEpochs ? "epoch" : unit, count: 1 });
  }

  /**
   * Pauses, and goes one step back, exactly.
   * @param {"update"|"epoch"} unit
   */
  back(unit) {
    this.play(false);
    const { pair, wholeEpochs } = this.store.state;
    if (!pair || pair.every((frame) => frame.scalar("step") === 0)) return;
    this.lockstep.retreat({ unit: wholeEpochs ? "epoch" : unit, count: 1 });
  }

  /**
   * Time passes: what the pace wants next is asked for once both are there.
   * @param {number} now_ms
   */
  tick(now_ms) {
    const { playing, pace, pair, wholeEpochs } = this.store.state;
    if (!playing || !pair || !this.lockstep.met) return;
    const batches = Math.max(...pair.map((frame) => frame.scalar("batches")));
    const stretch = this.pacer.due(pace, now_ms, { batches, wholeEpochs });
    if (stretch) this.lockstep.advance(stretch);
  }

  /**
   * A command has arrived, and its work begins.
   * @param {Who} who
   */
  began(who) {
    this.began_ms[who] = performance.now();
  }

  /**
   * A frame came; with the other one's it is a pair, which goes into the store.
   * @param {Who} who
   * @param {Frame} frame
   * @returns {[Frame, Frame]|null} null while the other one is awaited
   */
  take(who, frame) {
    this.frames[who] = frame;
    this.trained_ms[who] = performance.now() - this.began_ms[who];
    const [a, b] = this.lockstep.take(who, placeOf(frame)) ? this.frames : [null, null];
    if (!a || !b) return null;
    this.pacer.met(Math.max(...this.trained_ms));
    this.#show([a, b]);
    return [a, b];
  }

  /** @param {[Frame, Frame]} pair */
  #show(pair) {
    const { state } = this.store;
    const { runners, wholeEpochs, over } = this.lockstep;
    const ended = /** @type {[boolean, boolean]} */ (runners.map((runner) => runner.ended !== null));
    this.store.set({
      pair,
      wholeEpochs,
      ready: state.status === "open",
      ...(ended.join() !== state.ended.join() && { ended }),
    });
    if (over) this.play(false);
  }
}

/**
 * @param {Frame} frame
 * @returns {Place}
 */
function placeOf(frame) {
  const [step, epoch, batch, batches] = ["step", "epoch", "batch", "batches"].map((name) =>
    frame.scalar(name),
  );
  return { step, epoch, batch, batches };
}
