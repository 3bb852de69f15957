/** The card's value: a weight or a bias to type, to slide, or to move by arrow keys in fine steps. */

import { selectedIndex } from "../parameters.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Selection} Selection */
/** @typedef {import("../frame.js").Frame} Frame */

const FINE = 0.01;
const COARSE = 0.1;
/** The slider goes this far, or to the next power of two beyond the weight. */
const REACH = 2;

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @returns {{edit: () => void, show: (frame: Frame) => void}} edit puts the keyboard into the value;
 *   show writes a frame's value of what is selected or pointed at
 */
export function createValue(root, app) {
  const value = /** @type {HTMLInputElement} */ (root.querySelector("#card-value"));
  const slider = /** @type {HTMLInputElement} */ (root.querySelector("#card-slider"));
  const { store } = app;
  /** The id of the edit made last: until it is answered, frames of earlier values may still come. */
  let asked = 0;

  store.subscribe(["selection", "hover"], ({ selection, hover }) => {
    asked = 0;
    slider.disabled = hover !== null && JSON.stringify(hover) !== JSON.stringify(selection);
    reach(0);
  });
  // A past weight is only looked at: an edit would change the run as it is now.
  store.subscribe(["past"], ({ past }) => {
    value.disabled = past;
    slider.hidden = past;
  });
  value.addEventListener("input", () => {
    if (value.value !== "") set(Number(value.value));
  });
  // What was left unfinished, or was refused, gives way to what is.
  value.addEventListener("blur", () => {
    if (store.state.frame) show(store.state.frame);
  });
  slider.addEventListener("input", () => {
    set(slider.valueAsNumber);
    value.value = typed(slider.valueAsNumber);
    fill();
  });
  value.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === "Escape") value.blur();
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by) {
      event.preventDefault();
      nudge(by * (event.shiftKey ? COARSE : FINE));
    }
    event.stopPropagation();
  });

  /** @param {number} by */
  function nudge(by) {
    const next = Number((Number(value.value) + by).toPrecision(9));
    value.value = typed(next);
    slider.value = value.value;
    fill();
    set(next);
  }

  /**
   * Sets the selected weight or bias. In a run that stands still this begins a trial, so that it
   * can be undone.
   * @param {number} wanted
   */
  function set(wanted) {
    const { selection, playing, trial } = store.state;
    if (!selection || selection.layer === 0 || !Number.isFinite(wanted)) return;
    if (!playing && !trial) app.trial("begin");
    asked = app.send({ ...setCommand(selection), value: wanted });
  }

  /** @param {number} weight */
  function reach(weight) {
    const most = Math.max(REACH, 2 ** Math.ceil(Math.log2(Math.max(Math.abs(weight), 1e-9))));
    if (weight !== 0 && most <= Number(slider.max)) return;
    [slider.min, slider.max, slider.step] = [-most, most, most / 200].map(String);
  }

  function fill() {
    const share = (slider.valueAsNumber - Number(slider.min)) / (2 * Number(slider.max));
    slider.style.setProperty("--filled", `${100 * share}%`);
  }

  /** @param {Frame} frame */
  function show(frame) {
    const { shape, hover, selection, answered } = store.state;
    const shown = hover ?? selection;
    if (!shown || shown.layer === 0 || answered < asked) return;
    const weight = frame.tensor("parameters")[selectedIndex(shape, shown)];
    const active = root.ownerDocument.activeElement;
    if (active !== value) value.value = typed(weight);
    reach(weight);
    if (!slider.matches(":active")) slider.value = String(weight);
    fill();
  }

  return {
    edit() {
      value.focus();
      value.select();
    },
    show,
  };
}

/**
 * A number as a field takes it.
 * @param {number} value
 */
export function typed(value) {
  return String(Number(value.toPrecision(5)));
}

/**
 * The command that sets the selected weight or bias, without its value.
 * @param {Selection} selection of layer 1 or on
 */
export function setCommand(selection) {
  return selection.kind === "weight"
    ? { command: "set", parameter: "W", layer: selection.layer, from: selection.from, to: selection.to }
    : { command: "set", parameter: "b", layer: selection.layer, to: selection.unit };
}
