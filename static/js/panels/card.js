/** The card: the selected weight or neuron, its gradient and update, live, and its value to edit. */

import { gettext } from "../i18n.js";
import { lossFormulas, placeLabel } from "../labels.js";
import { selectedIndex } from "../parameters.js";
import { openPart } from "../parts.js";
import { format } from "../scales.js";
import { createValue } from "./card-value.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Selection} Selection */
/** @typedef {import("../store.js").State} State */
/** @typedef {(id: string) => HTMLElement} Part */

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @returns {{edit: () => void}} edit puts the keyboard into the value
 */
export function createCard(root, app) {
  /** @type {Part} */
  const part = (id) => /** @type {HTMLElement} */ (root.querySelector(`#${id}`));
  const { store } = app;
  const { edit, show } = createValue(root, app);
  let opened = false;
  store.subscribe(["selection", "hover", "shape", "experiment"], (state) => {
    const shown = state.hover ?? state.selection;
    part("card").toggleAttribute("data-preview", state.hover !== null);
    part("card-hint").hidden = shown !== null;
    part("card-body").hidden = shown === null;
    part("card-close").hidden = shown === null;
    part("card-reading").textContent = readingHint(state.experiment.view.mode);
    part("card-loss").textContent = gettext("What it learns to make small: %(formula)s", {
      formula: lossFormulas()[state.experiment.loss],
    });
    if (shown) describe(part, state, shown);
  });
  store.subscribe(["frame", "selection", "hover", "shape"], (state) => {
    const shown = state.hover ?? state.selection;
    if (!shown || !state.frame || shown.layer === 0) return;
    showNumbers(part, state, shown);
    show(state.frame);
  });
  store.subscribe(["selection", "hover"], async ({ selection, hover }) => {
    if (opened || !(hover ?? selection)) return;
    opened = true;
    const load = () => import("../card/room.js");
    const { createCardRoom } = await openPart(root.ownerDocument, app.facts, "card", load);
    createCardRoom(root, app);
  });
  part("card-close").addEventListener("click", () => store.set({ selection: null, hover: null }));
  return { edit };
}

/**
 * The words of a selection: all that does not change from frame to frame.
 * @param {Part} part
 * @param {Readonly<State>} state
 * @param {Selection} shown
 */
function describe(part, { shape, experiment }, shown) {
  const weight = shown.kind === "weight";
  const input = shown.layer === 0;
  part("card-kind").textContent = weight
    ? gettext("Weight")
    : input ? gettext("Input") : gettext("Neuron");
  part("card-place").textContent = placeLabel(shown, shape, experiment.features);
  part("card-input").hidden = !input;
  for (const id of ["card-numbers", "card-examples"]) part(id).hidden = input;
  part("card-value-name").textContent = weight ? gettext("weight w") : gettext("bias b");
  part("card-gradient-symbol").textContent = weight ? "∂L/∂w" : "∂L/∂b";
  part("card-update-symbol").textContent = weight ? "Δw" : "Δb";
}

/**
 * @param {Part} part
 * @param {Readonly<State>} state
 * @param {Selection} shown
 */
function showNumbers(part, state, shown) {
  const frame = /** @type {import("../frame.js").Frame} */ (state.frame);
  const index = selectedIndex(state.shape, shown);
  const applied = frame.scalar("applied") === 1;
  const gradient = frame.tensor("gradient")[index];
  part("card-gradient").textContent = format(gradient);
  part("card-gradient").classList.toggle("above", gradient > 0);
  part("card-update").textContent = applied ? format(frame.tensor("update")[index]) : "–";
}

/**
 * One sentence on what the lines show now.
 * @param {string} mode
 */
function readingHint(mode) {
  switch (mode) {
    case "weights":
      return gettext("Lines are weights: the broader, the larger; orange negative, blue positive.");
    case "gradients":
      return gettext("Lines are gradients ∂L/∂w on a logarithmic scale; they travel backward.");
    case "updates":
      return gettext(
        "Lines are updates: by how much the last step changed each weight; dashed ones made it smaller.",
      );
    default:
      return gettext("Broad bands are weights; the thin lines on them are gradients, travelling backward.");
  }
}
