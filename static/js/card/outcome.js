/** The card's last line: what the gradient came to, and how the update came from it. */

import { gettext, ngettext } from "../i18n.js";
import { optimizerLabels } from "../labels.js";
import { selectedIndex } from "../parameters.js";
import { anyUpdate, biasGradient, plainUpdate } from "./formulas.js";
import { createLine } from "./line.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Selection} Selection */
/** @typedef {import("../frame.js").Frame} Frame */
/** @typedef {import("../formula/mathml.js").Piece} Piece */
/** @typedef {import("./close-up.js").CloseUp} CloseUp */
/** @typedef {import("./line.js").Written} Written */
/** @typedef {Readonly<import("../store.js").State>} State */

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @returns {{show: (frame: Frame|null, selection: Selection|null, closeUp: CloseUp|null) => void,
 *   clear: () => void}}
 */
export function createOutcome(root, app) {
  const line = createLine(/** @type {HTMLElement} */ (root.querySelector("#card-note")));
  const how = /** @type {HTMLElement} */ (root.querySelector("#card-how"));
  return {
    clear: line.clear,
    show(frame, selection, closeUp) {
      how.hidden = true;
      if (!frame || !selection) {
        line.clear();
        return;
      }
      const { state } = app.store;
      const plain = closeUp?.frame.scalar("plain_rate") ?? NaN;
      const applied = frame.scalar("applied") === 1;
      how.hidden = !applied || !closeUp || !Number.isNaN(plain) || madeBefore(state);
      line.show(
        applied ? updateLine(state, frame, selection, plain, closeUp !== null) : comingLine(state, frame, selection),
        JSON.stringify([selection, applied, closeUp === null, Number.isNaN(plain)]),
      );
    },
  };
}

/**
 * Whether plain gradient descent made the update, but with another rate than that of now.
 * @param {State} state
 */
function madeBefore({ experiment }) {
  return makers(experiment).length === 1 && experiment.optimizer.name === "sgd";
}

/**
 * Everything that stands between gradient and update.
 * @param {import("../experiment.js").Experiment} experiment
 */
function makers({ optimizer, clipping, regularization }) {
  const clipped = clipping.name === "none" ? [] : [gettext("clipping")];
  const pulled = regularization === "none" ? [] : [regularization];
  return [...clipped, optimizerLabels()[optimizer.name], ...pulled];
}

/**
 * @param {State} state
 * @param {Frame} frame
 * @param {Selection} selection
 * @param {number} rate NaN where the update is not so simple
 * @param {boolean} detailed whether the frame says so
 * @returns {Written}
 */
function updateLine(state, frame, selection, rate, detailed) {
  const { letter, gradient, update } = numbersOf(state, frame, selection);
  const bias = biasPart(frame, selection, gradient);
  const simple = Number.isFinite(rate);
  const change = (/** @type {boolean} */ symbols) =>
    simple ? plainUpdate(letter, rate, { gradient, update }, symbols) : anyUpdate(letter, update);
  const earlier = detailed && !simple && madeBefore(state);
  return {
    lead: simple || !detailed ? "" : makers(state.experiment).join(" + "),
    formulas: ({ terms, symbols }) => [...(terms > 1 || symbols ? bias : []), change(symbols)],
    gloss: earlier ? gettext("made with an earlier learning rate") : "",
  };
}

/**
 * @param {State} state
 * @param {Frame} frame
 * @param {Selection} selection
 * @returns {Written}
 */
function comingLine(state, frame, selection) {
  const { gradient } = numbersOf(state, frame, selection);
  const gloss = ngettext(
    "The gradient of the update to come, a mean over its batch of %(n)s example.",
    "The gradient of the update to come, a mean over its batch of %(n)s examples.",
    frame.scalar("batch_rows"),
  );
  return { lead: "", formulas: () => biasPart(frame, selection, gradient), gloss };
}

/**
 * @param {State} state
 * @param {Frame} frame
 * @param {Selection} selection
 * @returns {{letter: "w"|"b", gradient: number, update: number}}
 */
function numbersOf({ shape }, frame, selection) {
  const index = selectedIndex(shape, selection);
  return {
    letter: selection.kind === "weight" ? "w" : "b",
    gradient: frame.tensor("gradient")[index],
    update: frame.tensor("update")[index],
  };
}

/**
 * ∂L/∂b as the mean of the examples' δ; a weight has a line of its own for that.
 * @param {Frame} frame
 * @param {Selection} selection
 * @param {number} gradient
 * @returns {Piece[]}
 */
function biasPart(frame, selection, gradient) {
  return selection.kind === "neuron" ? [biasGradient(frame.scalar("batch_rows"), gradient)] : [];
}
