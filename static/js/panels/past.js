/** How much memory the run's past may take in the page: said, and chosen by the reader. */

import { BUDGET_BYTES } from "../archive.js";
import { gettext } from "../i18n.js";
import { keep, recall } from "../preferences.js";

const MB = 2 ** 20;
const OFFERED_MB = [16, 64, 256];

/**
 * @param {Window} window
 * @returns {number} bytes
 */
export function wantedBudget(window) {
  const kept = Number(recall(window, "past-mb"));
  return OFFERED_MB.includes(kept) ? kept * MB : BUDGET_BYTES;
}

/**
 * @param {HTMLElement} root
 * @param {import("../archive.js").Archive} archive
 * @param {Window} window
 */
export function createPast(root, archive, window) {
  const select = /** @type {HTMLSelectElement|null} */ (root.querySelector("#past-mb"));
  const note = /** @type {HTMLElement|null} */ (root.querySelector("#moment"));
  select?.replaceChildren(...OFFERED_MB.map((mb) => new Option(`${mb} MB`, String(mb))));
  select?.addEventListener("change", () => {
    archive.resize(Number(select.value) * MB);
    keep(window, "past-mb", select.value);
    show();
  });
  show();

  function show() {
    const size = archive.budget_bytes / MB;
    if (select) select.value = String(size);
    if (!note) return;
    note.title = gettext(
      "The page keeps the run's past in %(size)s MB and thins it with age. Drag in the timeline to see it.",
      { size },
    );
  }
}
