/** The strip under the network: what is being computed now, in words, symbols and numbers. */

import { gettext } from "../i18n.js";
import { toMath } from "../formula/mathml.js";
import { Reading } from "./reading.js";
import { describeStep, noteOf, spoken } from "./words.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").State} State */
/** @typedef {import("./steps/forward.js").Step} Step */

/** How many terms of a sum are tried, from the most to the fewest, until the formula fits. */
const ROOMS = [11, 8, 6, 5, 4, 3, 2, 1];
const SPEAK_EVERY_MS = 2500;

/**
 * @param {HTMLElement} root
 * @param {App} app
 */
export function createEquation(root, app) {
  const strip = /** @type {HTMLElement} */ (root.querySelector("#equation"));
  const live = /** @type {HTMLElement} */ (root.querySelector("#live"));
  const words = document.createElement("p");
  words.className = "equation-words";
  const sentence = document.createElement("span");
  const note = document.createElement("span");
  note.className = "equation-note";
  words.append(sentence, note);
  const formula = document.createElement("div");
  formula.className = "equation-formula";
  formula.setAttribute("role", "group");
  formula.setAttribute("aria-label", gettext("The formula of this step"));
  strip.append(words, formula);
  const fitting = new FittingFormula(formula);
  let spoken_ms = 0;
  let seen = "";

  app.store.subscribe(["walk", "grain", "selection", "activations"], (state) => {
    if (!state.walk || state.grain === null) {
      sentence.textContent = state.grain === null ? "" : gettext("Taking the next update apart …");
      note.textContent = "";
      formula.replaceChildren();
      fitting.forget();
      seen = "";
      return;
    }
    const reading = new Reading(state, state.walk);
    const step = fitting.show((room) => describeStep(reading, room));
    sentence.textContent = step.words;
    sentence.title = step.words;
    note.textContent = noteOf(reading);
    speak(state, step);
  });
  new ResizeObserver(() => {
    const { state } = app.store;
    if (!state.walk || state.grain === null) return;
    const reading = new Reading(state, state.walk);
    fitting.forget();
    fitting.show((room) => describeStep(reading, room));
  }).observe(strip);

  /**
   * Once for each step, and for each example that is traced; where the walk goes by itself, only as often as can be listened to.
   * @param {Readonly<State>} state
   * @param {Step} step
   */
  function speak({ walk, grain, walking, traced }, step) {
    const now = `${walk?.dissection.scalar("step")} ${walk?.position} ${grain} ${traced}`;
    const now_ms = performance.now();
    if (now === seen || (walking && now_ms - spoken_ms < SPEAK_EVERY_MS)) return;
    seen = now;
    spoken_ms = now_ms;
    live.textContent = spoken(step);
  }
}

/** A formula that shows as many terms as there is room for. */
class FittingFormula {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    /** The formula at its longest, as JSON, and how much of it fits. */
    this.longest = "";
    this.room = 0;
  }

  /** There is another width, or nothing stands there any more. */
  forget() {
    this.longest = "";
  }

  /**
   * Each try costs a layout of the page: a formula that stands there already costs none, and of
   * another one the tries are halved.
   * @param {(room: number) => Step} describe
   * @returns {Step} the one that is shown
   */
  show(describe) {
    const longest = JSON.stringify(describe(ROOMS[0]).chunks);
    if (longest === this.longest) return describe(ROOMS[this.room]);
    this.longest = longest;
    this.element.removeAttribute("data-tight");
    let [low, high] = [0, ROOMS.length - 1];
    let fits = this.#write(describe(ROOMS[0]));
    if (fits) high = 0;
    else low = 1;
    this.room = 0;
    while (low < high || this.room !== low) {
      this.room = (low + high) >> 1;
      fits = this.#write(describe(ROOMS[this.room]));
      if (fits) high = this.room;
      else low = Math.min(this.room + 1, high);
    }
    this.element.toggleAttribute("data-tight", !fits);
    if (!fits && overflows(this.element)) this.element.tabIndex = 0;
    else this.element.removeAttribute("tabindex");
    return describe(ROOMS[this.room]);
  }

  /**
   * @param {Step} step
   * @returns {boolean} whether it fits
   */
  #write({ chunks }) {
    const { ownerDocument: document } = this.element;
    this.element.replaceChildren(...chunks.map((chunk) => toMath(document, chunk)));
    return !overflows(this.element);
  }
}

/** @param {HTMLElement} element */
function overflows({ scrollWidth, clientWidth, scrollHeight, clientHeight }) {
  return scrollWidth > clientWidth || scrollHeight > clientHeight;
}
