/** What the comparison knows, and the ways in which it changes. */

import { Store } from "../store.js";
import { choicesOf, contrast, withValue } from "./difference.js";
import { KINDS } from "./kinds.js";
import { joinLink, readDifference, splitLink } from "./link.js";
import { pairs } from "./pairs.js";
import { Side } from "./side.js";
import { firstState } from "./state.js";
import { Tandem } from "./tandem.js";

/** @typedef {import("../experiment.js").Experiment} Experiment */
/** @typedef {import("../frame.js").Frame} Frame */
/** @typedef {import("../store.js").Facts} Facts */
/** @typedef {import("../store.js").Problem} Problem */
/** @typedef {import("../store.js").State} RunState */
/** @typedef {import("./difference.js").Difference} Difference */
/** @typedef {import("./link.js").Said} Said */
/** @typedef {import("./lockstep.js").Who} Who */
/** @typedef {import("./parcel.js").Parcel} Parcel */
/** @typedef {import("./state.js").RoomState} RoomState */
/**
 * @typedef {object} RoomEars
 * @property {(link: string, how: "push"|"replace") => void} onLink
 * @property {(problems: string[]) => void} onFaultyLink
 * @property {(problems: Problem[]) => void} onRefused
 * @property {() => void} onPair both have arrived
 */

/** The worst first. @type {RunState["status"][]} */
const STATUSES = ["lost", "waiting", "connecting", "open"];

export class Room {
  /**
   * @param {Facts} facts
   * @param {"light"|"dark"} theme
   * @param {RoomEars} ears
   */
  constructor(facts, theme, ears) {
    this.facts = facts;
    this.ears = ears;
    const experiment = facts.experiment.default;
    const difference = { kind: KINDS[0], value: KINDS[0].read(experiment) };
    /** @type {Store<RoomState>} */
    this.store = new Store(firstState(difference, experiment, theme));
    this.tandem = new Tandem(this.store, (who, command) => this.sides[who].session.send(command));
    /** @type {[Side, Side]} */
    this.sides = [this.#side(0, theme), this.#side(1, theme)];
    /** What a link says of the difference, until A's experiment is known. @type {Said|null} */
    this.said = null;
    /** What could not be used of A's part of the link, until the rest is read. @type {string[]} */
    this.faults = [];
    /** @type {"push"|"replace"} */
    this.how = "replace";
    /** The newest comparison that the server took, to go back to. @type {string} */
    this.accepted = "";
    this.store.subscribe(["theme"], ({ theme: shown }) => {
      for (const side of this.sides) side.store.set({ theme: shown });
    });
  }

  /**
   * @param {string} fragment of the page's address
   * @param {Parcel|null} parcel what the page before handed over
   */
  start(fragment, parcel) {
    if (parcel) this.#takeOver(parcel);
    else this.open(fragment, "replace");
    for (const side of this.sides) side.connection.open();
  }

  /**
   * Begins the comparison that a link describes; without one, the first of those ready made.
   * @param {string} fragment without the #
   * @param {"push"|"replace"} how it goes into the address bar
   */
  open(fragment, how) {
    const { link, ...said } = splitLink(fragment || pairs()[0].link);
    this.said = said;
    this.how = how;
    this.#restart();
    // B is made from A, so it waits until the server has said what A is.
    this.sides[1].await();
    this.sides[0].begin({ link });
  }

  /**
   * Another difference, or another value of A or B; both begin anew.
   * @param {Experiment} experiment A's
   * @param {Difference} difference
   */
  choose(experiment, difference) {
    this.how = "push";
    this.said = null;
    this.#restart();
    this.store.set({ experiment, difference });
    this.sides[0].begin({ experiment });
    this.#beginSecond();
  }

  /**
   * Another part of the experiment to differ in.
   * @param {string} id
   */
  chooseKind(id) {
    const kind = KINDS.find((known) => known.id === id) ?? KINDS[0];
    const { experiment } = this.store.state;
    this.choose(experiment, { kind, value: contrast(kind, this.facts.experiment, experiment) });
  }

  /**
   * @param {Who} who
   * @param {string} value
   */
  chooseValue(who, value) {
    const { experiment, difference } = this.store.state;
    const chosen = { kind: difference.kind, value };
    if (who === 0) this.choose(withValue(experiment, chosen), difference);
    else this.choose(experiment, chosen);
  }

  /** The values to choose from. */
  choices() {
    const { experiment, difference } = this.store.state;
    return choicesOf(difference.kind, this.facts.experiment, experiment, difference.value);
  }

  /**
   * How losses are drawn is a part of the link, and begins nothing anew.
   * @param {boolean} logLoss
   */
  setLogLoss(logLoss) {
    this.how = "replace";
    this.store.set({ logLoss });
    for (const side of this.sides) side.look({ log_loss: logLoss });
  }

  /** Both from their first weights. */
  reset() {
    const { experiment, difference } = this.store.state;
    this.tandem.play(false);
    this.choose(experiment, difference);
  }

  /** @param {Parcel} parcel */
  #takeOver({ link, pace, curve, runs }) {
    this.said = splitLink(link);
    this.store.set({ pace, curve });
    this.tandem.restart([runs[0].step, runs[1].step]);
    for (const [who, side] of this.sides.entries()) side.resume(runs[who]);
  }

  #restart() {
    this.tandem.restart([0, 0]);
    for (const side of this.sides) side.history.clear();
  }

  #beginSecond() {
    const { experiment, difference } = this.store.state;
    this.sides[1].begin({ experiment: withValue(experiment, difference) });
  }

  /**
   * @param {Who} who
   * @param {"light"|"dark"} theme
   */
  #side(who, theme) {
    return new Side(this.facts, theme, {
      onSettled: () => this.#settled(who),
      onAnswer: () => this.tandem.began(who),
      onFrame: (frame) => this.#frame(who, frame),
      onCut: () => this.tandem.lockstep.lose(who),
      onStatus: () => this.#status(),
      onDiverged: () => this.tandem.lockstep.end(who),
      onFaultyLink: (problems) => this.faults.push(...problems.map(({ message }) => message)),
      onRefused: (problems, command) => this.#refused(who, problems, command),
    });
  }

  /** @param {Who} who */
  #settled(who) {
    const [a, b] = this.sides;
    if (who === 0) {
      const { experiment } = a.store.state;
      this.store.set({ experiment, logLoss: experiment.view.log_loss });
      if (this.said) this.#readDifference(this.said, experiment);
      if (!b.wish) this.#beginSecond();
    }
    if (!a.settled || !b.settled) return;
    const link = joinLink(a.store.state.link, this.store.state.difference);
    this.accepted = link;
    this.store.set({ link });
    this.ears.onLink(link, this.how);
    this.how = "push";
  }

  /**
   * @param {Said} said
   * @param {Experiment} experiment A's
   */
  #readDifference(said, experiment) {
    const { difference, problem } = readDifference(said, this.facts.experiment, experiment);
    this.store.set({ difference });
    const faults = problem === null ? this.faults : [...this.faults, problem];
    this.said = null;
    this.faults = [];
    if (faults.length > 0) this.ears.onFaultyLink(faults);
  }

  /**
   * @param {Who} who
   * @param {Problem[]} problems
   * @param {string|null} command
   */
  #refused(who, problems, command) {
    this.tandem.play(false);
    if (command === "back") this.tandem.lockstep.stay(who);
    this.ears.onRefused(problems);
    // Back to what was there before, unless that is what was refused.
    if (this.accepted && this.sides.some((side) => !side.settled)) {
      const accepted = this.accepted;
      this.accepted = "";
      this.open(accepted, "replace");
    }
  }

  #status() {
    const status = STATUSES.find((worst) =>
      this.sides.some(({ store }) => store.state.status === worst),
    );
    this.store.set({ status: status ?? "connecting", ready: this.store.state.ready && status === "open" });
  }

  /**
   * @param {Who} who
   * @param {Frame} frame
   */
  #frame(who, frame) {
    const pair = this.tandem.take(who, frame);
    if (!pair) return;
    for (const [i, { history }] of this.sides.entries()) history.push(pair[i]);
    this.ears.onPair();
  }
}
