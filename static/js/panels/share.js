/** The share dialog's link: the set-up alone, or with the weights of now, where they fit. */

import { gettext } from "../i18n.js";
import { pageLink } from "./dialogs.js";

/** @typedef {import("../store.js").App} App */

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {Window} window
 * @returns {{prepare: () => void}} prepare when the dialog opens
 */
export function createShare(root, app, window) {
  const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (root.querySelector(`#${id}`));
  const link = /** @type {HTMLInputElement} */ (part("share-link"));
  const weights = /** @type {HTMLInputElement} */ (part("share-weights"));
  const [, most] = app.facts.experiment.limits.parameters;

  weights.addEventListener("change", async () => {
    const made = weights.checked ? await app.export("link") : null;
    weights.checked &&= made !== null;
    show(weights.checked && made ? made.text : null);
  });

  /** @param {string|null} carrying the link with weights */
  function show(carrying) {
    link.value = pageLink(app, window, "", carrying ?? app.store.state.link);
    part("share-plain").hidden = carrying !== null;
    part("share-carries").hidden = carrying === null;
  }

  return {
    prepare() {
      const { parameters } = app.store.state.counts;
      weights.checked = false;
      weights.disabled = parameters > most;
      part("share-too-many").hidden = parameters <= most;
      part("share-too-many").textContent = gettext(
        "A link carries up to %(most)s weights and biases; this network has %(count)s. A checkpoint holds them all.",
        { most, count: parameters },
      );
      show(null);
    },
  };
}
