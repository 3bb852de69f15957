/** One of the two runs: its line to the server, what is known of it, and its past. */

import { Connection, socketAddress } from "../connection.js";
import { withView } from "../experiment.js";
import { decode } from "../frame.js";
import { History } from "../history.js";
import { Session } from "../session.js";
import { firstState, Store } from "../store.js";

/** @typedef {import("../experiment.js").Experiment} Experiment */
/** @typedef {import("../frame.js").Frame} Frame */
/** @typedef {import("../store.js").Facts} Facts */
/** @typedef {import("../store.js").Problem} Problem */
/** @typedef {import("../store.js").State} State */
/** @typedef {import("./parcel.js").RunParcel} RunParcel */
/** @typedef {{link: string}|{experiment: Experiment}} Wish */
/**
 * @typedef {object} Ears
 * @property {() => void} onSettled the server runs what was wished for, or shows it in another way
 * @property {() => void} onAnswer a command has arrived, and its work begins
 * @property {(frame: Frame) => void} onFrame of the run that was wished for
 * @property {() => void} onCut the line was cut
 * @property {(status: State["status"], retryAt: number) => void} onStatus
 * @property {() => void} onDiverged
 * @property {(problems: Problem[]) => void} onFaultyLink
 * @property {(problems: Problem[], command: string|null) => void} onRefused
 */

/** The neurons' maps and the output's, in cells along a side: both are shown small. */
const DETAIL = { command: "detail", map: 12, output: 48 };

export class Side {
  /**
   * @param {Facts} facts
   * @param {"light"|"dark"} theme
   * @param {Ears} ears
   */
  constructor(facts, theme, ears) {
    this.ears = ears;
    this.store = new Store(firstState(facts, "", theme));
    this.history = new History();
    /** What is to run; null before it is known. @type {Wish|null} */
    this.wish = null;
    /** Whether the server runs it. */
    this.settled = false;
    /** What another page handed over, until the server has taken it. @type {RunParcel|null} */
    this.parcel = null;
    this.connection = new Connection(socketAddress(facts, location.href), {
      onEvent: (event) => this.#receive(event),
      onBinary: (buffer) => this.#takeFile(buffer),
      onOpen: (resumed) => this.#greet(resumed),
      onStatus: (status, retryAt) => this.#status(status, retryAt),
    });
    this.session = new Session(this.store, (command) => this.connection.send(command), {
      onLink() {},
      onReset() {},
      onExport() {},
      onFresh: () => this.history.clear(),
      onFaultyLink: ears.onFaultyLink,
      onRefused: ears.onRefused,
    });
  }

  /**
   * Begins a run from its first step.
   * @param {Wish} wish
   */
  begin(wish) {
    this.wish = wish;
    this.settled = false;
    this.connection.checkpoint = null;
    if (this.store.state.status !== "open") return;
    if ("link" in wish) this.session.open(wish.link);
    else this.session.change(wish.experiment, false);
  }

  /** Nothing is wished for until more is known. */
  await() {
    this.wish = null;
    this.settled = false;
  }

  /**
   * Goes on with what another page handed over, once the line is open.
   * @param {RunParcel} parcel
   */
  resume(parcel) {
    this.parcel = parcel;
    this.wish = { link: parcel.link };
    this.store.set({ link: parcel.link });
    this.connection.checkpoint = parcel.checkpoint;
  }

  /**
   * Changes how the run is shown; it goes on.
   * @param {Partial<import("../experiment.js").View>} view
   */
  look(view) {
    this.session.change(withView(this.store.state.experiment, view), true);
    // Whatever goes on from here goes on with it.
    this.session.send({ command: "checkpoint" });
  }

  /** @param {boolean} resumed */
  #greet(resumed) {
    if (resumed) this.session.resume();
    else if (this.wish) this.begin(this.wish);
    this.connection.send({ command: "credit" });
  }

  /**
   * @param {State["status"]} status
   * @param {number} retryAt
   */
  #status(status, retryAt) {
    this.store.set({ status, retryAt });
    if (status === "waiting" || status === "lost") {
      this.session.interrupted();
      this.ears.onCut();
    }
    this.ears.onStatus(status, retryAt);
  }

  /** @param {any} event */
  #receive(event) {
    this.session.receive(event);
    if (event.event === "state") this.ears.onAnswer();
    if (event.event === "diverged") this.ears.onDiverged();
    if (event.event === "configured") this.#configured(event);
  }

  /** @param {{reset: boolean, because: string[]}} event */
  #configured({ reset, because }) {
    const resumed = because.includes("checkpoint");
    // A change that the server would make in full flight begins anew here, or the two would not
    // differ from their first step on.
    if (!reset && !resumed && !this.settled) {
      this.session.send({ command: "reset" });
      return;
    }
    if (this.session.asked || this.session.opened.size > 0) return;
    if (resumed && this.parcel) this.history.restore(this.parcel.rows, this.parcel.rowPace);
    this.parcel = null;
    // A server that was started anew knows nothing of this either.
    if (reset || resumed) this.session.send(DETAIL);
    this.settled = true;
    this.ears.onSettled();
  }

  /** @param {ArrayBuffer} buffer */
  #takeFile(buffer) {
    const message = decode(buffer);
    if (message.kind === "data") this.store.set({ data: message });
    if (message.kind === "checkpoint" && this.settled) this.connection.checkpoint = buffer;
    if (message.kind !== "frame") return;
    this.connection.send({ command: "credit" });
    const ofThisRun = message.scalar("run") === this.store.state.run;
    if (this.settled && ofThisRun) this.ears.onFrame(message);
  }
}
