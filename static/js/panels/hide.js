/** What an experiment hides: the parts of the page that carry a hide id. */

/** @typedef {import("../store.js").App} App */

/**
 * Hides by the Playground's ids and ours: a part is marked with data-hide. Parts that are drawn
 * anew (the columns' buttons) are met by a style sheet rule instead of one more pass.
 * @param {HTMLElement} root
 * @param {App} app
 */
export function createHide(root, app) {
  app.store.subscribe(["experiment"], ({ experiment: { hidden, hide_text } }) => {
    root.classList.toggle("bare", hide_text);
    for (const element of root.querySelectorAll("[data-hide]")) {
      const part = /** @type {HTMLElement} */ (element);
      const ids = (part.dataset.hide ?? "").split(" ");
      part.classList.toggle("hide", ids.some((id) => hidden.includes(id)));
    }
    for (const group of root.querySelectorAll(".side .group")) {
      const parts = [...group.querySelectorAll("[data-hide]")];
      const all = parts.length > 0 && parts.every((part) => part.classList.contains("hide"));
      group.classList.toggle("hide", all);
    }
    const groups = [...root.querySelectorAll(".side .group")];
    const nothing = groups.every((group) => group.classList.contains("hide"));
    root.querySelector("#side-toggle")?.classList.toggle("hide", nothing);
  });
}
