/** The dialogs: how to read the page, share a link, embed a figure. */

import { gettext } from "../i18n.js";
import { lossFormulas } from "../labels.js";

/** @typedef {import("../store.js").App} App */

const COPIED_MS = 1600;

/**
 * The playground's dialogs.
 * @param {HTMLElement} root
 * @param {App} app
 * @param {Window} window
 * @returns {{onOpening: (name: string, prepare: () => void) => void}}
 */
export function createDialogs(root, app, window) {
  const dialogs = openDialogs(root, window);
  dialogs.onOpening("explain", () => {
    const formula = /** @type {HTMLElement} */ (root.querySelector("#explain-loss"));
    formula.textContent = lossFormulas()[app.store.state.experiment.loss] ?? "";
  });
  return dialogs;
}

/**
 * Opens each dialog from its button, and copies what it offers.
 * @param {HTMLElement} root
 * @param {Window} window
 * @returns {{onOpening: (name: string, prepare: () => void) => void}}
 */
export function openDialogs(root, window) {
  /** @type {Map<string, () => void>} */
  const prepares = new Map();
  for (const dialog of root.querySelectorAll("dialog")) {
    root.querySelector(`#open-${dialog.id}`)?.addEventListener("click", () => {
      // Opened first: the embed's preview measures the room that it has.
      dialog.showModal();
      prepares.get(dialog.id)?.();
    });
    dialog.addEventListener("click", (event) => {
      const target = /** @type {HTMLElement} */ (event.target);
      if (target === dialog || target.closest("[data-close]")) dialog.close();
    });
  }
  for (const button of root.querySelectorAll("[data-copy]")) {
    const source = `#${/** @type {HTMLElement} */ (button).dataset.copy}`;
    button.addEventListener("click", () => copyFrom(root, source, button, window));
  }
  return { onOpening: (name, prepare) => prepares.set(name, prepare) };
}

/**
 * What a dialog needs, loaded when it is opened for the first time.
 * @param {() => Promise<() => void>} load gives what prepares it
 * @returns {() => Promise<void>} to be called at each opening
 */
export function whenOpened(load) {
  /** @type {Promise<() => void>|null} */
  let loaded = null;
  return async () => {
    loaded ??= load();
    // What could not be had is tried again at the next opening.
    loaded.catch(() => (loaded = null));
    (await loaded)();
  };
}

/**
 * The address of the page, or of a page beside it, with the experiment.
 * @param {App} app
 * @param {Window} window
 * @param {string} path relative to the page, such as "embed"
 * @param {string} [link] the server's, without the #
 */
export function pageLink(app, window, path, link = app.store.state.link) {
  const url = new URL(path || ".", window.location.href);
  url.search = `?lang=${app.facts.language}`;
  url.hash = link;
  return url.href;
}

/**
 * Copies a field. Where the page may not write to the clipboard (plain http from another machine)
 * the field is selected for the reader to copy.
 * @param {HTMLElement} root
 * @param {string} source
 * @param {Element} button
 * @param {Window} window
 */
async function copyFrom(root, source, button, window) {
  const field = /** @type {HTMLInputElement} */ (root.querySelector(source));
  field.select();
  const label = button.textContent;
  try {
    await window.navigator.clipboard.writeText(field.value);
    button.textContent = gettext("Copied");
  } catch {
    button.textContent = gettext("Press Ctrl+C");
  }
  window.setTimeout(() => {
    button.textContent = label;
  }, COPIED_MS);
}
