/** The door to the graph room: a neuron, or the whole network, for an example of the reader's choice. */

import { gettext } from "../i18n.js";
import { openPart } from "../parts.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("./as-graph-dialog.js").AsGraphDialog} AsGraphDialog */

/**
 * @param {HTMLElement} root
 * @param {App} app
 */
export function createAsGraph(root, app) {
  const button = /** @type {HTMLButtonElement|null} */ (root.querySelector("#as-graph"));
  if (!button) return;
  /** @type {AsGraphDialog|null} */
  let dialog = null;
  app.store.subscribe(["selection", "frame", "data"], ({ selection, frame, data }) => {
    const neuron = selection?.kind === "neuron" && selection.layer > 0;
    button.disabled = !frame || !data;
    button.textContent = neuron ? gettext("Open neuron as graph") : gettext("Open as graph");
  });
  button.addEventListener("click", async () => {
    const load = () => import("./as-graph-dialog.js");
    const { AsGraphDialog } = await openPart(root.ownerDocument, app.facts, "as-graph", load);
    dialog ??= new AsGraphDialog(root, app);
    dialog.open();
  });
}
