/** The features: what the network is given of each point. */

import { toggleFeature } from "../experiment.js";
import { FEATURE_LABELS } from "../labels.js";

/** @typedef {import("../store.js").App} App */

/**
 * @param {HTMLElement} root
 * @param {App} app
 */
export function createFeatures(root, app) {
  const chips = /** @type {HTMLElement} */ (root.querySelector("#features"));
  const order = Object.keys(FEATURE_LABELS);
  const buttons = order.map((name) => {
    const button = chips.ownerDocument.createElement("button");
    button.type = "button";
    button.className = "chip";
    button.textContent = FEATURE_LABELS[name];
    button.dataset.hide = name;
    button.addEventListener("click", () => {
      app.change(toggleFeature(app.store.state.experiment, name, order));
    });
    chips.append(button);
    return button;
  });
  app.store.subscribe(["experiment"], ({ experiment: { features } }) => {
    buttons.forEach((button, i) => {
      const on = features.includes(order[i]);
      button.setAttribute("aria-pressed", String(on));
      button.disabled = on && features.length === 1;
    });
  });
}
