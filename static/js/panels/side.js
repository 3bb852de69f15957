/** The column of settings: on a phone and in an embed it folds away behind its button. */

/** @param {HTMLElement} root */
export function createSide(root) {
  const side = /** @type {HTMLElement} */ (root.querySelector("#side"));
  const toggle = root.querySelector("#side-toggle");
  toggle?.addEventListener("click", () => {
    const open = side.toggleAttribute("data-open");
    toggle.setAttribute("aria-expanded", String(open));
    if (open) side.scrollIntoView({ block: "start" });
  });
}
