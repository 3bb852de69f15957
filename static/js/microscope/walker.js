/** Walking through the run's next update: asks the server to take it apart, and goes to and fro in it. */

import { Dissection, Walk } from "../dissection.js";
import { subjectOf } from "./lens/subject.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Grain} Grain */
/** @typedef {import("../store.js").Traced} Traced */
/** @typedef {import("../frame.js").Frame} Frame */

/** @typedef {import("../store.js").State} State */

/** At an update's start, its end, or at the first line that makes gradients the update. @typedef {"start"|"end"|"update"} Arrival */
/** The first example of the batch that comes at a step of a run. @typedef {{run: number, step: number, row: number}} First */

export class Walker {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    /** Whether an answer is under way, and whether what was asked for is out of date by then. */
    this.asking = false;
    this.outdated = false;
    /** What was asked for last, as JSON. */
    this.asked = "";
    /** @type {First|null} */
    this.first = null;
    /** Where the reader comes into another update. @type {Arrival} */
    this.arriving = "start";
    /** A step into another update that waits for the answer under way. @type {(() => void)|null} */
    this.crossing = null;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
    const { store } = app;
    store.subscribe(["frame"], () => this.ask());
    store.subscribe(["grain"], () => this.#turned());
    store.subscribe(["traced", "selection", "walk"], (state) => {
      if (JSON.stringify(this.#wish(state)) !== this.asked) this.ask();
    });
    store.subscribe(["run", "shape"], () => store.set({ walk: null }));
    store.subscribe(["status"], () => this.#interrupted());
    store.subscribe(["walking", "walkPace"], () => this.#pace());
  }

  /** Asks for the update as things stand, one answer at a time. */
  ask() {
    const { state } = this.app.store;
    if (state.grain === null || state.status !== "open" || !state.frame) return;
    if (this.asking) {
      this.outdated = true;
      return;
    }
    const wish = this.#wish(state);
    this.asking = true;
    this.asked = JSON.stringify(wish);
    this.app.send({ command: "dissect", ...wish });
  }

  /**
   * Takes a dissection.
   * @param {Frame} message
   */
  receive(message) {
    this.asking = false;
    const { store } = this.app;
    const { grain, run, shape, traced, walk } = store.state;
    if (grain === null) {
      this.outdated = false;
      return;
    }
    if (this.outdated || message.scalar("run") !== run) {
      this.outdated = false;
      this.ask();
      return;
    }
    const dissection = new Dissection(message, shape);
    const step = message.scalar("step");
    this.first = { run, step, row: message.tensor("examples")[0] };
    if (traced === "first" && dissection.choice.example !== this.first.row) {
      this.ask();
      return;
    }
    const same = walk && walk.dissection.scalar("step") === step;
    const position = same ? walk.position : entrance(dissection, this.arriving);
    this.arriving = "start";
    store.set({ walk: new Walk(dissection, position) });
    this.app.redraw();
    const { crossing } = this;
    this.crossing = null;
    crossing?.();
  }

  /**
   * The server refused to dissect. What was traced or selected may have gone with an edit that was
   * under way: then the batch's first example is traced, and the next frame asks again.
   * @returns {boolean} whether the reader need not be told: the example was not their own
   */
  refused() {
    this.asking = false;
    this.outdated = false;
    this.crossing = null;
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
    this.crossing = null;
    this.app.store.set({ walk: new Walk(walk.dissection, position) });
    this.app.redraw();
  }

  /** The dial came to whole updates, or down from them. */
  #turned() {
    const { grain, playing, walk } = this.app.store.state;
    if (grain === null) {
      clearTimeout(this.timer);
      this.crossing = null;
      this.app.store.set({ walk: null, walking: false });
      this.app.redraw();
      return;
    }
    if (playing) this.app.send({ command: "pause" });
    if (!walk && !this.asking) this.ask();
  }

  #interrupted() {
    if (this.app.store.state.status === "open") return;
    this.asking = false;
    this.outdated = false;
    this.crossing = null;
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
    if (this.asking) {
      this.crossing = () => this.#cross(command, arriving);
      return;
    }
    this.arriving = arriving;
    this.app.send(command);
  }

  /**
   * What the server is to take apart, and of which neuron and weight it is to say more: of what is
   * selected, else of what the walk has come to.
   * @param {Readonly<State>} state
   */
  #wish({ traced, selection, walk, run, frame }) {
    const subject = walk && subjectOf(selection, walk);
    const known = this.first?.run === run && this.first.step === frame?.scalar("step");
    return {
      example: traced === "first" ? known ? this.first?.row : null : traced,
      neuron: subject?.neuron ?? null,
      weight: subject?.weight ?? null,
    };
  }
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
