/** The findings of a run in training: marks in the network's picture, a line in the card, a voice. */

import { ngettext } from "../i18n.js";
import { groupsOf, sentenceOf } from "../microscope/diagnosis.js";
import { make } from "../microscope/elements.js";
import { FindingMarks } from "../microscope/marks.js";
import { createCardLine } from "./card-line.js";
import { findingsIn } from "./found.js";
import { keyOf, Standing } from "./standing.js";

/** @typedef {import("../dissection.js").Finding} Finding */
/** @typedef {import("../frame.js").Frame} Frame */
/** @typedef {import("../layout.js").Layout} Layout */
/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Selection} Selection */
/** @typedef {import("./standing.js").Stretch} Stretch */
/**
 * @typedef {object} Ears
 * @property {(text: string) => void} say speaks to those who listen instead of looking
 * @property {() => void} changed is called when there is something else to say of a neuron
 */

/** So many examples must have shown a finding, or all there are. */
const EXAMPLES = 10;
/** The numbers in a sentence change at most so often. */
const MEASURES_EVERY_MS = 500;
/** A sentence in the picture goes when the reader has had time for it; the card keeps it. */
const READ_MS = 6000;
/** Of more findings at once their number is said. */
const SAID_AT_MOST = 2;

export class FindingsRoom {
  /**
   * @param {HTMLElement} root
   * @param {App} app
   * @param {Ears} ears
   */
  constructor(root, app, ears) {
    this.app = app;
    this.ears = ears;
    const place = make(root.ownerDocument, "div", "marks marks-live");
    root.querySelector("#picture")?.append(place);
    const card = createCardLine(root, app);
    this.marks = new FindingMarks(place, app, card.pick);
    this.standing = new Standing();
    /** @type {Layout|null} */
    this.layout = null;
    this.run = app.store.state.run;
    /** Of frames that were taken, by their bytes, what became of their findings. @type {WeakMap<ArrayBuffer, Stretch[]>} */
    this.stretches = new WeakMap();
    /** The newest frame that was taken. @type {Frame|null} */
    this.taken = null;
    this.measured_ms = 0;
    /** What was said of this run: keys of findings. @type {Set<string>} */
    this.said = new Set();
    /** How often a sentence was put away. */
    this.glances = 0;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.due = undefined;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.reading = undefined;
    app.store.subscribe(["run", "frame", "past", "counts"], () => this.#look());
    app.store.subscribe(["selection"], () => this.#read());
  }

  /** @param {Layout} layout of the network that is there now */
  setLayout(layout) {
    this.layout = layout;
    this.#begin();
    this.marks.show(this.app.store.state.findings, layout, this.glances);
  }

  /** @param {Selection} selection */
  sentenceOn(selection) {
    return this.marks.sentenceOn(selection);
  }

  /** Another run: what was wrong with the last one does not fit its shape. */
  #begin() {
    const { run } = this.app.store.state;
    if (run === this.run) return;
    this.run = run;
    this.standing.clear();
    this.said.clear();
    this.#show([]);
  }

  #look() {
    this.#begin();
    clearTimeout(this.due);
    const { frame, past, shape, counts } = this.app.store.state;
    if (!frame) return;
    const now_ms = performance.now();
    if (past) {
      const stretches = this.stretches.get(frame.buffer);
      this.#show(findingsIn(frame, shape).filter((_, i) => stretches?.[i].counted));
      return;
    }
    if (frame !== this.taken) {
      this.taken = frame;
      const pass = { step: frame.scalar("step"), rows: frame.scalar("batch_rows") };
      this.stretches.set(frame.buffer, this.standing.take(findingsIn(frame, shape), pass, now_ms));
    }
    const enough = Math.min(EXAMPLES, counts.train);
    const { findings, next_ms } = this.standing.settle(enough, now_ms);
    if (next_ms < Infinity) this.due = setTimeout(() => this.#look(), Math.max(0, next_ms - now_ms));
    this.#say(findings);
    this.#show(findings);
  }

  /** @param {Finding[]} findings */
  #show(findings) {
    const shown = this.app.store.state.findings;
    const now_ms = performance.now();
    const others = keysOf(findings) !== keysOf(shown);
    const due = now_ms - this.measured_ms >= MEASURES_EVERY_MS;
    if (!others && !(due && differ(findings, shown))) return;
    this.measured_ms = now_ms;
    this.app.store.set({ findings });
    if (this.layout) this.marks.show(findings, this.layout, this.glances);
    this.ears.changed();
    if (others) this.app.redraw();
  }

  /** @param {Finding[]} findings */
  #say(findings) {
    const fresh = findings.filter((finding) => !this.said.has(keyOf(finding)));
    if (fresh.length === 0) return;
    for (const finding of fresh) this.said.add(keyOf(finding));
    const groups = groupsOf(fresh);
    const others = groups.length - SAID_AT_MOST;
    const sentences = groups.slice(0, SAID_AT_MOST).map((group) => sentenceOf(group, this.app.store.state.shape));
    if (others > 0) sentences.push(ngettext("and %(n)s more", "and %(n)s more", others));
    this.ears.say(sentences.join(" "));
  }

  /** The sentence on a neuron that was chosen is there to be read once. */
  #read() {
    clearTimeout(this.reading);
    this.reading = setTimeout(() => {
      if (this.app.store.state.hover || this.marks.at || !this.layout) return;
      this.glances += 1;
      this.marks.show(this.app.store.state.findings, this.layout, this.glances);
    }, READ_MS);
  }
}

/** @param {Finding[]} findings */
function keysOf(findings) {
  return findings.map(keyOf).join();
}

/**
 * Whether findings of the same places have other measures.
 * @param {Finding[]} findings
 * @param {Finding[]} others
 */
function differ(findings, others) {
  return findings.some(({ measure }, i) => measure !== others[i].measure);
}
