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
  let spoken_ms = 0;
  let seen = "";

  app.store.subscribe(["walk", "grain", "selection", "activations"], (state) => {
    if (!state.walk || state.grain === null) {
      sentence.textContent = state.grain === null ? "" : gettext("Taking the next update apart …");
      note.textContent = "";
      formula.replaceChildren();
      seen = "";
      return;
    }
    const reading = new Reading(state, state.walk);
    const step = fit(formula, (room) => describeStep(reading, room));
    sentence.textContent = step.words;
    sentence.title = step.words;
    note.textContent = noteOf(reading);
    speak(state, step);
  });
  new ResizeObserver(() => {
    const { state } = app.store;
    if (!state.walk || state.grain === null) return;
    const reading = new Reading(state, state.walk);
    fit(formula, (room) => describeStep(reading, room));
  }).observe(strip);

  /**
   * Once for each step; where the walk goes by itself, only as often as can be listened to.
   * @param {Readonly<State>} state
   * @param {Step} step
   */
  function speak({ walk, grain, walking }, step) {
    const now = `${walk?.dissection.scalar("step")} ${walk?.position} ${grain}`;
    const now_ms = performance.now();
    if (now === seen || (walking && now_ms - spoken_ms < SPEAK_EVERY_MS)) return;
    seen = now;
    spoken_ms = now_ms;
    live.textContent = spoken(step);
  }
}

/**
 * Shows as many terms as there is room for.
 * @param {HTMLElement} formula
 * @param {(room: number) => Step} describe
 * @returns {Step} the one that is shown
 */
function fit(formula, describe) {
  let written = "";
  /** @type {Step} */
  let step = describe(ROOMS[0]);
  formula.removeAttribute("data-tight");
  for (const room of ROOMS) {
    step = describe(room);
    const wanted = JSON.stringify(step.chunks);
    if (wanted === written) continue;
    written = wanted;
    formula.replaceChildren(...step.chunks.map((chunk) => toMath(formula.ownerDocument, chunk)));
    if (!overflows(formula)) break;
  }
  formula.toggleAttribute("data-tight", overflows(formula));
  if (overflows(formula)) formula.tabIndex = 0;
  else formula.removeAttribute("tabindex");
  return step;
}

/** @param {HTMLElement} element */
function overflows({ scrollWidth, clientWidth, scrollHeight, clientHeight }) {
  return scrollWidth > clientWidth || scrollHeight > clientHeight;
}
