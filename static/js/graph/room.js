/** What the graph room knows, and the ways in which it changes. */

import { gettext } from "../i18n.js";
import { Store } from "../store.js";
import { nameNodes } from "./answer.js";
import { fromLink, toLink } from "./link.js";
import { Steps } from "./steps.js";

/** @typedef {import("./answer.js").Answer} Answer */
/** @typedef {import("./answer.js").Fault} Fault */
/** @typedef {import("./server.js").Descent} Descent */
/** @typedef {import("./server.js").Reply} Reply */
/** @typedef {{name: string, title: string, note: string, code: string}} Example */
/**
 * @typedef {object} RoomState
 * @property {string} text in the editor
 * @property {string} ran the text that `answer` belongs to
 * @property {Answer|null} answer the newest that was not an error
 * @property {Steps|null} steps of the answer's graph
 * @property {import("./answer.js").Name[]} names of its nodes
 * @property {Fault|null} error of the text, if it has one
 * @property {number} position steps taken
 * @property {boolean} playing
 * @property {number|string|null} selected a box
 * @property {"auto"|"on"|"off"} folding
 * @property {string[]} opened folds
 * @property {number} rate
 * @property {number[]} losses at the start and after each step of descent
 * @property {number} taken steps of descent since then
 * @property {import("./server.js").Move[]} moves of the last step
 * @property {string|null} stopped why descent went no further
 * @property {string} before the text before the first step of descent
 * @property {"light"|"dark"} theme
 */

const LINK_MS = 400;

export class Room {
  /**
   * @param {Example[]} examples
   * @param {import("./server.js").Server} server
   * @param {number} mostCharacters that a text may have
   * @param {"light"|"dark"} theme
   */
  constructor(examples, server, mostCharacters, theme) {
    this.examples = examples;
    this.server = server;
    this.mostCharacters = mostCharacters;
    /** @type {Store<RoomState>} */
    this.store = new Store(emptyState(theme));
    this.linkTimer = 0;
    /** The position that a link asks for, until the graph is there. @type {number|null} */
    this.wantedPosition = null;
    /** @type {(link: string) => void} */
    this.onLink = () => {};
  }

  /**
   * Shows what a link says.
   * @param {string} link without the #
   */
  async open(link) {
    const { text, position, rate, folding } = await fromLink(link, this.examples);
    this.wantedPosition = position;
    this.store.set({ rate, folding, opened: [], selected: null, playing: false });
    this.write(text);
  }

  /**
   * Takes a new text from the reader, and has it run.
   * @param {string} text
   */
  write(text) {
    if (text === this.store.state.text && this.store.state.answer) return;
    this.store.set({ text, losses: [], taken: 0, moves: [], stopped: null, before: "" });
    this.run();
  }

  /** Has the text run as it is. */
  run() {
    const { text, folding, opened } = this.store.state;
    // One character more than may be is enough to be told so.
    const sent = text.slice(0, this.mostCharacters + 1);
    this.server.run({ text: sent, folding, opened }, (reply) => this.take(reply, text), (error) => {
      this.store.set({ error: serverFault(error) });
    });
  }

  /**
   * @param {Reply} reply
   * @param {string} text that it answers
   */
  take(reply, text) {
    if (reply.error !== undefined) {
      this.store.set({ error: reply.error });
      this.saveLink();
      return;
    }
    const { steps: before, position } = this.store.state;
    const steps = reply.graph ? new Steps(reply.graph) : null;
    const length = steps?.length ?? 0;
    const same = before && before.length === length;
    const wanted = this.wantedPosition ?? (same ? position : length);
    this.wantedPosition = null;
    this.store.set({
      answer: reply,
      ran: text,
      steps,
      names: reply.graph ? nameNodes(reply.graph) : [],
      error: null,
      position: Math.min(wanted, length),
      selected: this.#stillThere(reply),
    });
    this.saveLink();
  }

  /** @param {Answer} answer */
  #stillThere({ picture }) {
    const { selected } = this.store.state;
    return picture?.boxes.some(({ id }) => id === selected) ? selected : null;
  }

  /**
   * @param {number} position
   */
  go(position) {
    const { steps } = this.store.state;
    if (!steps) return;
    const there = Math.max(0, Math.min(steps.length, position));
    this.store.set({ position: there, selected: null });
    this.saveLink();
  }

  /**
   * Takes steps of descent.
   * @param {string[]} names the leaves that may move
   * @param {number} count
   */
  async descend(names, count) {
    const { text, rate, folding, opened, losses, before } = this.store.state;
    try {
      const wish = { text, rate, names, steps: count, folding, opened };
      const descent = await this.server.descend(wish);
      if (this.store.state.text !== text) return;
      this.#takeDescent(descent, losses, before || text);
    } catch (error) {
      this.store.set({ stopped: String(error instanceof Error ? error.message : error) });
    }
  }

  /**
   * @param {Descent} descent
   * @param {number[]} losses
   * @param {string} before
   */
  #takeDescent(descent, losses, before) {
    if (descent.answer.error !== undefined) {
      this.store.set({ error: descent.answer.error, stopped: descent.answer.error.message });
      return;
    }
    const { graph } = descent.answer;
    const last = graph ? graph.nodes[graph.root].value : null;
    const reached = descent.steps.map(({ loss }) => loss);
    const shown = [...(losses.length > 0 ? losses.slice(0, -1) : []), ...reached, last];
    this.store.set({
      text: descent.text,
      losses: shown.filter((loss) => typeof loss === "number").slice(-2000),
      taken: this.store.state.taken + descent.steps.length,
      moves: descent.steps.at(-1)?.moves ?? [],
      stopped: descent.stopped,
      before,
    });
    this.take(descent.answer, descent.text);
  }

  /** Writes the state into the link, when it has come to rest. */
  saveLink() {
    clearTimeout(this.linkTimer);
    this.linkTimer = window.setTimeout(async () => this.onLink(await this.link()), LINK_MS);
  }

  /** The link of the state as it is. */
  link() {
    const { text, position, steps, rate, folding } = this.store.state;
    const atEnd = !steps || position === steps.length;
    return toLink({ text, rate, folding, position: atEnd ? null : position }, this.examples);
  }
}

/** @param {unknown} error */
function serverFault(error) {
  const known = error instanceof Error && error.name === "Error";
  const message = known ? error.message : gettext("The server does not answer. Your text is safe here.");
  return { line: 0, column: 0, end_line: 0, end_column: 0, message, hint: "" };
}

/**
 * @param {"light"|"dark"} theme
 * @returns {RoomState}
 */
function emptyState(theme) {
  return {
    text: "",
    ran: "",
    answer: null,
    steps: null,
    names: [],
    error: null,
    position: 0,
    playing: false,
    selected: null,
    folding: "auto",
    opened: [],
    rate: 0.01,
    losses: [],
    taken: 0,
    moves: [],
    stopped: null,
    before: "",
    theme,
  };
}
