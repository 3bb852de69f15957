/** The examples to start from: links that this page opens in place, with the dial where they want it. */

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Grain} Grain */

/**
 * @param {HTMLElement} root
 * @param {App} app
 */
export function createExamples(root, app) {
  for (const link of root.querySelectorAll("dialog a[data-grain]")) {
    link.addEventListener("click", (event) => open(app, /** @type {MouseEvent} */ (event)));
  }
}

/**
 * @param {App} app
 * @param {MouseEvent} event
 */
function open(app, event) {
  const link = /** @type {HTMLAnchorElement} */ (event.currentTarget);
  // With a modifier it is the browser's: another tab, another window.
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  link.closest("dialog")?.close();
  start(app, link.hash.slice(1), /** @type {Grain|""} */ (link.dataset.grain) || null);
}

/**
 * @param {App} app
 * @param {string} link without the #
 * @param {Grain|null} grain
 */
function start(app, link, grain) {
  app.send({ command: "open", link });
  // Also where the run has this set-up already: an example begins at its beginning, and waits.
  app.send({ command: "reset" });
  // The keyboard goes where the reader goes on, and not back to the button of the dialog.
  /** @type {HTMLElement|null} */ (document.querySelector("#play"))?.focus();
  app.store.set({ selection: null, hover: null, traced: "first", grain });
}
