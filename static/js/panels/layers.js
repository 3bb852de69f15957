/** The layers: how many, how many neurons each, and the activation, over the network's columns. */

import { addLayer, removeLayer, withLayer } from "../experiment.js";
import { gettext, ngettext } from "../i18n.js";
import { activationLabels, layerLabel } from "../labels.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").State} State */

/** Columns nearer to each other than this get smaller buttons. */
const DENSE_PX = 62;

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @returns {{place: (positions_px: number[]) => void}} place puts the headers over the columns
 */
export function createLayers(root, app) {
  const { store, facts } = app;
  const { limits } = facts.experiment;
  const columns = /** @type {HTMLElement} */ (root.querySelector("#columns"));
  const add = /** @type {HTMLButtonElement} */ (root.querySelector("#add-layer"));
  const remove = /** @type {HTMLButtonElement} */ (root.querySelector("#remove-layer"));
  const count = /** @type {HTMLElement} */ (root.querySelector("#layer-count"));
  const words = /** @type {HTMLElement} */ (root.querySelector("#layer-words"));
  add.addEventListener("click", () => {
    app.change(addLayer(store.state.experiment, facts.experiment.default.layers[0].activation));
  });
  remove.addEventListener("click", () => app.change(removeLayer(store.state.experiment)));

  let drawn = "";
  store.subscribe(["experiment", "shape"], (state) => {
    const { layers } = state.experiment;
    count.textContent = String(layers.length);
    words.textContent = ngettext("hidden layer", "hidden layers", layers.length);
    add.disabled = layers.length >= limits.layers[1];
    remove.disabled = layers.length === 0;
    const wanted = JSON.stringify([state.shape, state.activations, layers, state.experiment.hidden]);
    if (wanted === drawn) return;
    drawn = wanted;
    withFocusKept(columns, () => columns.replaceChildren(...headers(columns.ownerDocument, app)));
  });

  return {
    place(positions_px) {
      const width = positions_px.length > 1 ? positions_px[1] - positions_px[0] : 120;
      columns.toggleAttribute("data-dense", width < DENSE_PX);
      [...columns.children].forEach((header, i) => {
        const { style } = /** @type {HTMLElement} */ (header);
        style.left = `${positions_px[i]}px`;
        style.maxWidth = `${Math.max(width - 4, 40)}px`;
      });
    },
  };
}

/**
 * @param {Document} document
 * @param {App} app
 * @returns {HTMLElement[]} inputs, hidden layers, output
 */
function headers(document, app) {
  const { shape, activations, experiment } = app.store.state;
  const last = shape.length - 1;
  return shape.map((_, layer) => {
    const header = document.createElement("div");
    header.className = "column";
    const title = document.createElement("span");
    title.textContent = layerLabel(layer, last);
    const activation = document.createElement("span");
    activation.textContent = activationLabels()[activations[layer - 1]] ?? "";
    const hidden = layer > 0 && layer < last && experiment.layers[layer - 1] !== undefined;
    header.append(hidden ? unitButtons(document, app, layer) : title);
    if (hidden && !experiment.hidden.includes("activation")) {
      header.append(activationSelect(document, app, layer));
    } else if (layer > 0) {
      header.append(activation);
    }
    return header;
  });
}

/**
 * @param {Document} document
 * @param {App} app
 * @param {number} layer
 */
function unitButtons(document, app, layer) {
  const { limits } = app.facts.experiment;
  const spec = app.store.state.experiment.layers[layer - 1];
  const group = document.createElement("span");
  group.className = "units";
  const total = document.createElement("b");
  total.textContent = String(spec.units);
  const fewer = sizeButton("−", gettext("One neuron fewer in hidden layer %(n)s", { n: layer }), -1);
  const more = sizeButton("+", gettext("One neuron more in hidden layer %(n)s", { n: layer }), 1);
  fewer.disabled = spec.units <= limits.units[0];
  more.disabled = spec.units >= limits.units[1];
  group.append(fewer, total, more);
  return group;

  /**
   * @param {string} sign
   * @param {string} label
   * @param {number} by
   */
  function sizeButton(sign, label, by) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small";
    button.textContent = sign;
    button.dataset.key = `units ${layer} ${by}`;
    button.dataset.hide = "numHiddenLayers";
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => {
      const { experiment } = app.store.state;
      const { units } = experiment.layers[layer - 1];
      app.change(withLayer(experiment, layer, { units: units + by }));
    });
    return button;
  }
}

/**
 * @param {Document} document
 * @param {App} app
 * @param {number} layer
 */
function activationSelect(document, app, layer) {
  const select = document.createElement("select");
  const labels = activationLabels();
  for (const name of app.facts.experiment.choices.activation) {
    select.append(new Option(labels[name] ?? name, name));
  }
  select.value = app.store.state.experiment.layers[layer - 1].activation;
  select.dataset.key = `activation ${layer}`;
  select.setAttribute("aria-label", gettext("Activation of hidden layer %(n)s", { n: layer }));
  select.addEventListener("change", () => {
    const { experiment } = app.store.state;
    app.change(withLayer(experiment, layer, { activation: select.value }));
  });
  return select;
}

/**
 * Rebuilds something under the reader's keyboard without taking the keyboard away.
 * @param {HTMLElement} root
 * @param {() => void} rebuild
 */
function withFocusKept(root, rebuild) {
  const focused = /** @type {HTMLElement|null} */ (root.ownerDocument.activeElement);
  const key = focused && root.contains(focused) ? focused.dataset.key : undefined;
  rebuild();
  if (key) {
    const again = /** @type {HTMLElement|null} */ (root.querySelector(`[data-key="${key}"]`));
    again?.focus();
  }
}
