/** The way into the graph room: the selected neuron, or the whole network, for one example. */

import { gettext } from "../i18n.js";
import { toLink } from "../graph/link.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {Readonly<import("../store.js").State>} State */

/**
 * @param {HTMLElement} root
 * @param {App} app
 */
export function createAsGraph(root, app) {
  const button = /** @type {HTMLButtonElement|null} */ (root.querySelector("#as-graph"));
  if (!button) return;
  const { store, facts } = app;
  const room = facts.wsPath.replace(/ws$/, "graph");

  store.subscribe(["selection", "frame", "data"], (state) => {
    button.disabled = !state.frame || !state.data;
    button.textContent = neuronOf(state) ? gettext("Open neuron as graph") : gettext("Open as graph");
  });
  button.addEventListener("click", async () => {
    // Opened within the click: later a browser would take it for an advertisement.
    const tab = window.open("about:blank");
    const response = await fetch(`${room}/network?lang=${facts.language}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(wishOf(store.state)),
    });
    const answer = await response.json();
    const text = answer.text ?? `# ${answer.error?.message ?? response.statusText}\n`;
    const link = await toLink({ text, position: null, rate: 0.1, folding: "off" }, []);
    if (tab) tab.location.href = `${room}?lang=${facts.language}#${link}`;
  });
}

/** @param {State} state */
function neuronOf({ selection }) {
  return selection?.kind === "neuron" && selection.layer > 0 ? [selection.layer, selection.unit] : null;
}

/**
 * What is shown now, with the first training example.
 * @param {State} state
 */
function wishOf(state) {
  const { experiment, frame, data } = state;
  const points = data.tensor("points");
  return {
    experiment,
    parameters: [...(frame?.tensor("parameters") ?? [])],
    point: [points[0], points[1]],
    target: data.tensor("targets")[0],
    neuron: neuronOf(state),
  };
}
