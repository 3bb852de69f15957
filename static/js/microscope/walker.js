/** Walking through the run's next update: asks the server to take it apart, and goes to and fro in it. */

import { Dissection, Walk } from "../dissection.js";
import { sameMoment } from "../frame.js";
import { subjectOf } from "./lens/subject.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Grain} Grain */
/** @typedef {import("../store.js").Traced} Traced */
/** @typedef {import("../store.js").State} State */
/** @typedef {import("../frame.js").Frame} Frame */

/** At an update's start, its end, or at the first line that makes gradients the update. @typedef {"start"|"end"|"update"} Arrival */
/**
 * The state of the run that a dissection was asked for: as long as it stands, close-ups will do.
 * @typedef {{frame: Frame, experiment: State["experiment"], traced: Traced}} Moment
 */

export class Walker {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    /** Whether an answer is under way. */
    this.asking = false;
    /** What was asked for last of one neuron and one weight, as JSON. */
    this.asked = "";
    /** @type {Moment|null} */
    this.moment = null;
    /** Where the reader comes into another update, and whether that is on its way. @type {Arrival} */
    this.arriving = "start";
    this.crossing = false;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
    const { store } = app;
    store.subscribe(["grain"], () => this.#turned());
    store.subscribe(["frame"], () => {
      // Nothing has moved: the update could not be made.
      if (this.#stands()) this.crossing = false;
    });
    store.subscribe(["frame", "traced", "selection", "walk"], () => this.ask());
    store.subscribe(["run", "shape"], () => store.set({ walk: null }));
    store.subscribe(["status"], () => this.#interrupted());
    store.subscribe(["walking", "walkPace"], () => this.#pace());
  }

  /**
   * Asks for what is not known yet, one answer at a time: for the whole update where something has
   * changed, else only for more of the neuron and the weight that are looked at.
   */
  ask() {
    const { state } = this.app.store;
    const { grain, status, frame, experiment, traced } = state;
    if (grain === null || status !== "open" || !frame || this.asking) return;
    const subject = subjectOfState(state);
    const wanted = JSON.stringify(subject);
    if (!state.walk || !this.#stands()) {
      this.moment = { frame, experiment, traced };
      this.#send({ command: "dissect", example: traced, ...subject }, wanted);
    } else if (wanted !== this.asked) {
      this.#send({ command: "closeup", ...subject }, wanted);
    }
  }

  /**
   * @param {Record<string, unknown>} command
   * @param {string} wanted
   */
  #send(command, wanted) {
    this.asking = true;
    this.asked = wanted;
    this.app.send(command);
  }

  /** Whether the run still is as it was when the dissection was asked for. */
  #stands() {
    const { frame, experiment, traced } = this.app.store.state;
    const { moment } = this;
    if (!moment || !frame || moment.experiment !== experiment || moment.traced !== traced) return false;
    return sameMoment(moment.frame, frame);
  }

  /**
   * Takes a dissection; one that came too late is asked for again.
   * @param {Frame} message
   */
  receive(message) {
    this.asking = false;
    const { store } = this.app;
    const { grain, run, shape, walk } = store.state;
    if (grain === null) return;
    if (message.scalar("run") !== run || !this.#stands()) {
      this.moment = null;
      this.ask();
      return;
    }
    const dissection = new Dissection(message, shape);
    const same = walk && walk.dissection.scalar("step") === message.scalar("step");
    const position = same ? walk.position : entrance(dissection, this.arriving);
    this.arriving = "start";
    this.crossing = false;
    store.set({ walk: new Walk(dissection, position) });
    this.app.redraw();
  }

  /**
   * Takes more of one neuron and one weight; what was overtaken by a change is not used.
   * @param {Frame} message
   */
  receiveCloseup(message) {
    this.asking = false;
    const { store } = this.app;
    const { run, walk } = store.state;
    const fits = message.scalar("run") === run && message.scalar("step") === walk?.dissection.scalar("step");
    if (walk && fits && this.#stands()) {
      store.set({ walk: new Walk(walk.dissection.closer(message), walk.position) });
      this.app.redraw();
    }
    this.ask();
  }

  /**
   * The server refused a command. What was traced or selected may have gone with an edit that was
   * under way: then the batch's first example is traced, and the next frame asks again.
   * @param {unknown} command its name
   * @returns {boolean} whether the reader need not be told: no example of their own was refused
   */
  refused(command) {
    this.crossing = false;
    if (command !== "dissect" && command !== "closeup") return false;
    this.asking = false;
    this.moment = null;
    const own = Array.isArray(this.app.store.state.traced);
    this.app.store.set({ traced: "first" });
    return !own;
  }

  /** One step on; at the end of the update it is made, and the next one begins. */
  next() {
    const { grain, walk } = this.app.store.state;
    if (!grain || !walk) return;
    if (walk.atEnd) this.#cross({ command: "step", unit: "batch", count: 1 }, "start");
    else this.goTo(walk.dissection.next(walk.position, grain));
  }

  /** One step back; at the start of the update the one before is undone, and entered at its end. */
  previous() {
    const { grain, walk } = this.app.store.state;
    if (!grain || !walk) return;
    if (walk.position > 0) this.goTo(walk.dissection.previous(walk.position, grain));
    else if (walk.dissection.scalar("step") > 0) this.#cross({ command: "back", count: 1 }, "end");
  }

  /** To the end of the phase. */
  finish() {
    const { walk } = this.app.store.state;
    if (!walk) return;
    if (walk.atEnd) this.next();
    else this.goTo(walk.dissection.next(walk.position, "phase"));
  }

  /** To the start of the phase, or of the one before. */
  restart() {
    const { walk } = this.app.store.state;
    if (!walk) return;
    if (walk.position === 0) this.previous();
    else this.goTo(walk.dissection.previous(walk.position, "phase"));
  }

  toggle() {
    const { walking } = this.app.store.state;
    this.app.store.set({ walking: !walking });
  }

  /** @param {number} position stages done */
  goTo(position) {
    const { walk } = this.app.store.state;
    if (!walk) return;
    this.app.store.set({ walk: new Walk(walk.dissection, position) });
    this.app.redraw();
  }

  /** The dial came to whole updates, or down from them. */
  #turned() {
    const { grain, playing, walk } = this.app.store.state;
    if (grain === null) {
      clearTimeout(this.timer);
      this.crossing = false;
      this.app.store.set({ walk: null, walking: false });
      this.app.redraw();
      return;
    }
    if (playing) this.app.send({ command: "pause" });
    if (!walk && !this.asking) this.ask();
  }

  #interrupted() {
    if (this.app.store.state.status === "open") return;
    this.asking = this.crossing = false;
    this.moment = null;
    this.app.store.set({ walk: null, walking: false });
  }

  #pace() {
    clearTimeout(this.timer);
    const { walking, walkPace } = this.app.store.state;
    if (!walking) return;
    this.timer = setTimeout(() => {
      this.next();
      this.#pace();
    }, 1000 / walkPace);
  }

  /**
   * Leaves the update for its neighbour.
   * @param {Record<string, unknown>} command
   * @param {Arrival} arriving
   */
  #cross(command, arriving) {
    if (this.crossing) return;
    this.crossing = true;
    this.arriving = arriving;
    this.app.send(command);
  }
}

/**
 * The neuron and the weight of which more is wanted; before the first walk, neither.
 * @param {Readonly<State>} state
 */
function subjectOfState({ selection, walk }) {
  return walk ? subjectOf(selection, walk) : { neuron: null, weight: null };
}

/**
 * The position at which an update is entered.
 * @param {Dissection} dissection
 * @param {Arrival} arriving
 */
function entrance(dissection, arriving) {
  if (arriving === "start") return 0;
  if (arriving === "end") return dissection.length;
  const ends = dissection.tensor("stops.phase");
  return ends[ends.length - 2] + 1;
}
