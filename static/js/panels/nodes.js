/** The network for the keyboard and the screen reader: a button on each neuron, one for weights. */

import { gettext } from "../i18n.js";
import { neuronLabel } from "../labels.js";
import { nextSelection } from "../keyboard.js";
import { same } from "../parameters.js";
import { selectionText } from "./status.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Selection} Selection */
/** @typedef {ReturnType<typeof import("../layout.js").layoutNetwork>} Layout */

/**
 * One button is in the Tab order; arrow keys go from neuron to weight to neuron. What has the
 * keyboard is selected, so the card shows it.
 * @param {HTMLElement} group
 * @param {App} app
 * @param {object} options
 * @param {() => void} options.edit puts the keyboard into the card's value, or back to the steps of a walk
 * @param {(selection: Selection) => string|null} options.walkName what a walk shows of a neuron or
 *   weight; null without one
 * @param {(selection: Selection) => string} options.unwellAs what is wrong with a neuron; "" where
 *   nothing is
 * @returns {{setLayout: (layout: Layout) => void, rename: () => void}} rename brings the names up
 *   to the walk, and to what is wrong
 */
export function createNodes(group, app, { edit, walkName, unwellAs }) {
  const { store } = app;
  const document = group.ownerDocument;
  const edge = document.createElement("button");
  edge.type = "button";
  edge.className = "edge";
  edge.tabIndex = -1;
  edge.hidden = true;
  /** @type {Layout|null} */
  let layout = null;
  /** @type {Map<string, HTMLButtonElement>} */
  let buttons = new Map();

  group.addEventListener("keydown", (event) => {
    const { selection, shape } = store.state;
    if (!selection) return;
    if (event.key === "Enter" && selection.layer > 0) edit();
    else if (event.key === "Escape") store.set({ selection: null });
    else {
      if (!event.key.startsWith("Arrow")) return;
      const next = nextSelection(shape, selection, event.key);
      if (next) focus(next);
    }
    event.preventDefault();
    event.stopPropagation();
  });
  group.addEventListener("focusin", (event) => {
    const button = /** @type {HTMLElement} */ (event.target);
    if (button === edge) return;
    const [layer, unit] = (button.dataset.node ?? "").split(",").map(Number);
    const selection = /** @type {Selection} */ ({ kind: "neuron", layer, unit });
    if (!same(selection, store.state.selection)) store.set({ selection, hover: null });
    roveTo(button);
  });

  store.subscribe(["grain"], ({ grain }) => {
    const label = grain === null
      ? gettext("Neurons and weights. Arrow keys move along the lines, Enter edits the value.")
      : gettext("Neurons and weights. Arrow keys move along the lines, Enter goes back to the steps.");
    group.setAttribute("aria-label", label);
  });

  /** @param {Selection} selection */
  function focus(selection) {
    store.set({ selection, hover: null });
    if (selection.kind === "neuron") {
      buttons.get(`${selection.layer},${selection.unit}`)?.focus();
      edge.hidden = true;
      return;
    }
    placeEdge(selection);
    edge.focus();
    roveTo(edge);
  }

  /** @param {Selection} selection a weight */
  function placeEdge(selection) {
    const line = layout?.edges.find(({ layer, from, to }) =>
      same({ kind: "weight", layer, from, to }, selection),
    );
    edge.hidden = line === undefined;
    if (!line) return;
    edge.style.left = `${(line.x0 + line.x1) / 2}px`;
    edge.style.top = `${(line.y0 + line.y1) / 2}px`;
    edge.setAttribute("aria-label", walkName(selection) ?? selectionText(store.state));
  }

  function rename() {
    const { shape, experiment, selection } = store.state;
    for (const { layer, unit } of layout?.nodes ?? []) {
      const place = neuronLabel(layer, unit, shape, experiment.features);
      const neuron = /** @type {Selection} */ ({ kind: "neuron", layer, unit });
      const name = walkName(neuron) ?? nameOf(nodeLabel(layer, place), unwellAs(neuron));
      buttons.get(`${layer},${unit}`)?.setAttribute("aria-label", name);
    }
    if (!edge.hidden && selection?.kind === "weight") placeEdge(selection);
  }

  /** @param {HTMLElement} button the one that Tab comes back to */
  function roveTo(button) {
    for (const other of [...buttons.values(), edge]) other.tabIndex = other === button ? 0 : -1;
  }

  return {
    rename,
    setLayout(next) {
      layout = next;
      const { shape, experiment } = store.state;
      const focused = /** @type {HTMLElement|null} */ (document.activeElement)?.dataset.node;
      buttons = new Map(
        next.nodes.map((node) => {
          const key = `${node.layer},${node.unit}`;
          const button = buttons.get(key) ?? document.createElement("button");
          button.type = "button";
          button.dataset.node = key;
          button.tabIndex = -1;
          const place = neuronLabel(node.layer, node.unit, shape, experiment.features);
          if (node.layer === 0) button.dataset.name = place;
          for (const side of /** @type {const} */ (["width", "height"])) {
            button.style[side] = `${node.size}px`;
          }
          button.style.left = `${node.x}px`;
          button.style.top = `${node.y}px`;
          return [key, button];
        }),
      );
      const walking = document.activeElement === edge;
      group.replaceChildren(...buttons.values(), edge);
      rename();
      const { selection } = store.state;
      if (walking && selection?.kind === "weight") {
        focus(selection);
        return;
      }
      edge.hidden = true;
      const first = buttons.get(focused ?? "") ?? buttons.get("0,0");
      if (first) first.tabIndex = 0;
      if (focused) buttons.get(focused)?.focus();
    },
  };
}

/**
 * @param {string} name
 * @param {string} note
 */
const nameOf = (name, note) => (note ? gettext("%(name)s. %(note)s", { name, note }) : name);

/**
 * @param {number} layer
 * @param {string} place
 */
function nodeLabel(layer, place) {
  return layer === 0
    ? gettext("Input %(place)s", { place })
    : gettext("Neuron %(place)s", { place });
}
