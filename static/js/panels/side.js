/** The column of settings: on a phone and in an embed it folds away behind its button. */

/** @param {HTMLElement} root */
export function createSide(root) {
  const toggle = root.querySelector("#side-toggle");
  toggle?.addEventListener("click", () => {
    const open = toggle.getAttribute("aria-expanded") === "true";
    toggle.setAttribute("aria-expanded", String(!open));
  });
}
