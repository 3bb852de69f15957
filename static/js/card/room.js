/** The card's formulas with the numbers of the frame shown. Loaded when something is first pointed at. */

import { gettext } from "../i18n.js";
import { layerLabel, neuronLabel } from "../labels.js";
import { selectedIndex } from "../parameters.js";
import { closeUpOf } from "./close-up.js";
import { createExamples, exampleLabel } from "./examples.js";
import {
  activationFormula, deltaFormula, sumFormula, weightNumbers, weightSymbols,
} from "./formulas.js";
import { createLine } from "./line.js";
import { createOutcome } from "./outcome.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Selection} Selection */
/** @typedef {import("../frame.js").Frame} Frame */
/** @typedef {import("./close-up.js").CloseUp} CloseUp */
/** @typedef {import("./line.js").Written} Written */
/** @typedef {Readonly<import("../store.js").State>} State */

/** @type {Written} */
const NOTHING = { lead: "", formulas: () => [], gloss: "" };

/**
 * @param {HTMLElement} root
 * @param {App} app
 */
export function createCardRoom(root, app) {
  const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (root.querySelector(`#${id}`));
  const lines = [createLine(part("card-first")), createLine(part("card-second"))];
  const examples = createExamples(root, app, () => show(app.store.state));
  const outcome = createOutcome(root, app);

  /** @param {State} state */
  function show(state) {
    const selection = state.hover ?? state.selection;
    if (!selection || selection.layer === 0 || !state.frame) {
      for (const line of lines) line.clear();
      examples.show(null, "");
      outcome.show(null, null, null);
      part("card-example").textContent = "";
      return;
    }
    const closeUp = closeUpOf(state.frame, selection);
    const example = closeUp ? examples.chosen(closeUp) : 0;
    const written = closeUp
      ? writtenOf(state, selection, closeUp, example)
      : [withoutNumbers(state, selection), notKept(state)];
    const key = JSON.stringify([selection, closeUp?.batch, example, state.run]);
    lines.forEach((line, i) => line.show(written[i], key));
    examples.show(closeUp, selection.kind === "weight" ? "w" : "b");
    part("card-example").textContent =
      closeUp && closeUp.batch > 1 ? exampleLabel(example, closeUp.batch) : "";
    outcome.show(state.frame, selection, closeUp);
  }

  app.store.subscribe(["frame", "selection", "hover", "shape", "experiment", "past"], show);
  new ResizeObserver(() => {
    for (const line of lines) line.clear();
    outcome.clear();
    show(app.store.state);
  }).observe(part("card-body"));
}

/**
 * @param {State} state
 * @param {Selection} selection
 * @param {CloseUp} closeUp
 * @param {number} example
 * @returns {Written[]}
 */
function writtenOf(state, selection, closeUp, example) {
  return selection.kind === "weight"
    ? weightLines(state, selection, closeUp, example)
    : neuronLines(state, selection, closeUp, example);
}

/**
 * @param {State} state
 * @param {Selection & {kind: "weight"}} selection
 * @param {CloseUp} closeUp
 * @param {number} example
 * @returns {Written[]}
 */
function weightLines(state, selection, closeUp, example) {
  const total = /** @type {Frame} */ (state.frame).tensor("gradient")[selectedIndex(state.shape, selection)];
  return [
    { lead: "", formulas: () => [weightSymbols(closeUp.batch)], gloss: weightGloss(state, selection) },
    { ...NOTHING, formulas: (room) => [weightNumbers(closeUp, example, total, room)] },
  ];
}

/**
 * Whose a and whose δ they are.
 * @param {State} state
 * @param {Selection & {kind: "weight"}} selection
 */
function weightGloss({ shape, experiment }, { layer, from, to }) {
  const name = (/** @type {number} */ l, /** @type {number} */ unit) =>
    neuronLabel(l, unit, shape, experiment.features);
  return gettext("a: what %(source)s sends; δ: error signal of %(neuron)s", {
    source: name(layer - 1, from),
    neuron: name(layer, to),
  });
}

/**
 * @param {State} state
 * @param {Selection & {kind: "neuron"}} selection
 * @param {CloseUp} closeUp
 * @param {number} example
 * @returns {Written[]}
 */
function neuronLines({ shape, activations, experiment }, { layer }, closeUp, example) {
  const last = shape.length - 1;
  const subject = {
    activation: activations[layer - 1],
    output: layer === last,
    loss: experiment.loss,
    outputs: shape[last],
  };
  return [
    {
      lead: closeUp.batch > 1 ? gettext("Example %(k)s", { k: example + 1 }) : "",
      gloss: "",
      formulas: (room) => [
        sumFormula(closeUp, example, room),
        activationFormula(closeUp, example, subject),
      ],
    },
    {
      lead: "",
      formulas: (room) => [deltaFormula(closeUp, example, subject, room)],
      gloss: layer === last ? "" : gettext("j: %(layer)s", { layer: layerLabel(layer + 1, last) }),
    },
  ];
}

/**
 * While the frame with the numbers is under way, and of moments that have none.
 * @param {State} state
 * @param {Selection} selection
 * @returns {Written}
 */
function withoutNumbers(state, selection) {
  const batch = /** @type {Frame} */ (state.frame).scalar("batch_rows");
  return selection.kind === "weight"
    ? { lead: "", formulas: () => [weightSymbols(batch)], gloss: weightGloss(state, selection) }
    : NOTHING;
}

/**
 * @param {State} state
 * @returns {Written}
 */
function notKept({ past }) {
  return past
    ? { ...NOTHING, lead: gettext("The examples' own numbers were not kept for this moment.") }
    : NOTHING;
}
