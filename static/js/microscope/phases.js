/** The four phases above the network: how far each has come, and the way to its end. */

import { gettext } from "../i18n.js";
import { phaseLabels } from "./words.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../dissection.js").Dissection} Dissection */
/** @typedef {import("../dissection.js").Phase} Phase */
/** @typedef {import("../dissection.js").Walk} Walk */
/** @typedef {import("./walker.js").Walker} Walker */
/** @typedef {{phase: Phase, end: number, done: number, of: number, current: boolean}} Progress */

/**
 * How far each phase has come: layers of forward and backward, lines of the update.
 * @param {Walk} walk
 * @returns {Progress[]} end: the position at which it is over
 */
export function progress({ dissection, position, stage, coming }) {
  const ends = dissection.tensor("stops.phase");
  const layers = dissection.tensor("stops.layer");
  const now = (stage ?? coming)?.phase;
  return dissection.phases.map((phase, i) => {
    const start = i > 0 ? ends[i - 1] : 0;
    const own = layers.filter((stop) => stop > start && stop <= ends[i]);
    return {
      phase,
      end: ends[i],
      done: own.filter((stop) => stop <= position).length,
      of: own.length,
      current: phase === now,
    };
  });
}

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {Walker} walker
 */
export function createPhases(root, app, walker) {
  const place = /** @type {HTMLElement} */ (root.querySelector("#phases"));
  /** @type {Map<Phase, HTMLButtonElement>} */
  const buttons = new Map();
  const labels = phaseLabels();
  for (const [phase, label] of /** @type {[Phase, string][]} */ (Object.entries(labels))) {
    const button = document.createElement("button");
    button.type = "button";
    button.title = gettext("To the end of this phase");
    const state = document.createElement("span");
    state.className = "phase-state";
    button.append(label, state);
    button.addEventListener("click", () => {
      const { walk } = app.store.state;
      const own = walk && progress(walk).find((one) => one.phase === phase);
      if (own) walker.goTo(own.end);
    });
    buttons.set(phase, button);
    place.append(button);
  }

  app.store.subscribe(["walk"], ({ walk }) => {
    const phases = walk ? progress(walk) : [];
    for (const [phase, button] of buttons) {
      show(button, phases.find((one) => one.phase === phase));
    }
  });
}

/**
 * @param {HTMLButtonElement} button
 * @param {Progress|undefined} own
 */
function show(button, own) {
  button.disabled = own === undefined;
  const state = /** @type {HTMLElement} */ (button.lastElementChild);
  const over = own !== undefined && own.done === own.of;
  const counted = own?.current === true && !over && own.of > 1;
  state.textContent = over ? "✓" : counted ? `${own.done}/${own.of}` : "";
  if (over) state.setAttribute("aria-hidden", "true");
  else state.removeAttribute("aria-hidden");
  button.toggleAttribute("data-done", over);
  if (own?.current) button.setAttribute("aria-current", "step");
  else button.removeAttribute("aria-current");
  if (over) button.setAttribute("aria-description", gettext("done"));
  else button.removeAttribute("aria-description");
}
