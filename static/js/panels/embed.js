/** The playground's embed dialog: an iframe for the current state, with a choice of what it shows. */

import { gettext } from "../i18n.js";
import { pageLink } from "./dialogs.js";
import { createEmbedFrame } from "./embed-frame.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {{title: string, parts: Record<string, string>, shown: boolean}} ChoiceGroup */

/** What can be shown or hidden, by hide id; an embed begins without the settings.
 * @returns {ChoiceGroup[]} */
const choiceGroups = () => [
  {
    title: gettext("Controls"),
    shown: true,
    parts: {
      playButton: gettext("Play"),
      stepButton: gettext("Step"),
      resetButton: gettext("reset and new weights"),
      speed: gettext("speed"),
      numbers: gettext("losses and accuracy"),
    },
  },
  {
    title: gettext("Pictures"),
    shown: true,
    parts: {
      mode: gettext("weights or gradients"),
      numHiddenLayers: gettext("number of layers and neurons"),
      card: gettext("what is selected"),
      output: gettext("output map"),
      showTestData: gettext("test data"),
      discretize: gettext("discretize"),
      timeline: gettext("loss and gradient river"),
    },
  },
  {
    title: gettext("Settings"),
    shown: false,
    parts: {
      problem: gettext("Problem"),
      dataset: gettext("Data set"),
      percTrainData: gettext("Training share"),
      noise: gettext("Noise"),
      batchSize: gettext("Batch size"),
      features: gettext("Features"),
      learningRate: gettext("Learning rate"),
      activation: gettext("Activation"),
      loss: gettext("Loss"),
      optimizer: gettext("Optimizer"),
      regularization: gettext("Regularization"),
      regularizationRate: gettext("Regularization rate"),
      initializer: gettext("More settings"),
    },
  },
];

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {Window} window
 * @returns {{prepare: () => void}} prepare draws the dialog for the state as it is
 */
export function createEmbed(root, app, window) {
  const show = /** @type {HTMLElement} */ (root.querySelector("#embed-show"));
  show.replaceChildren(...choiceGroups().map((group) => fieldset(show.ownerDocument, group)));
  const prepare = createEmbedFrame(root, () => {
    const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (show.querySelectorAll("input"));
    const hidden = [...boxes].filter((box) => !box.checked).map((box) => box.name);
    const url = new URL(pageLink(app, window, "embed"));
    url.hash = hidingLink(app.store.state.link, hidden);
    return url.href;
  });
  show.addEventListener("change", prepare);
  return { prepare };
}

/**
 * A link that hides these parts and no others, in the Playground's spelling.
 * @param {string} link
 * @param {string[]} hidden hide ids
 * @returns {string}
 */
export function hidingLink(link, hidden) {
  const kept = link.split("&").filter((part) => part && !/^\w+_hide=/.test(part));
  return [...kept, ...hidden.map((id) => `${id}_hide=true`)].join("&");
}

/**
 * @param {Document} document
 * @param {ChoiceGroup} group
 */
function fieldset(document, { title, parts, shown }) {
  const set = document.createElement("fieldset");
  const legend = document.createElement("legend");
  legend.textContent = title;
  set.append(legend);
  for (const [id, text] of Object.entries(parts)) {
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.name = id;
    box.checked = shown;
    const words = document.createElement("span");
    words.textContent = text;
    label.append(box, words);
    set.append(label);
  }
  return set;
}
