/** An iframe for a page of the reader's own: its size, its code, and a preview of it. */

import { gettext } from "../i18n.js";

/**
 * @param {HTMLElement} root
 * @param {() => string|Promise<string>} address of what is embedded, as it is now
 * @returns {() => Promise<void>} draws the dialog anew
 */
export function createEmbedFrame(root, address) {
  const code = /** @type {HTMLTextAreaElement} */ (root.querySelector("#embed-code"));
  const preview = /** @type {HTMLElement} */ (root.querySelector("#embed-preview"));
  const size = ["#embed-width", "#embed-height"].map(
    (id) => /** @type {HTMLInputElement} */ (root.querySelector(id)),
  );
  for (const input of size) input.addEventListener("change", update);
  preview.closest("dialog")?.addEventListener("close", () => preview.replaceChildren());

  async function update() {
    const source = await address();
    const [width, height] = size.map((input) => input.valueAsNumber || Number(input.defaultValue));
    code.value = snippet(source, width, height);
    preview.replaceChildren(frameElement(preview, source, width, height));
  }
  return update;
}

/**
 * @param {string} address
 * @param {number} width
 * @param {number} height
 */
function snippet(address, width, height) {
  const source = address.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<iframe src="${source}" width="${width}" height="${height}" title="Gradient Express" style="border:0"></iframe>`;
}

/**
 * The preview at its true size, scaled down to the dialog.
 * @param {HTMLElement} preview
 * @param {string} address
 * @param {number} width
 * @param {number} height
 */
function frameElement(preview, address, width, height) {
  const frame = preview.ownerDocument.createElement("iframe");
  const scale = Math.min(1, preview.clientWidth / width);
  frame.src = address;
  frame.title = gettext("Preview");
  frame.width = String(width);
  frame.height = String(height);
  frame.style.transform = `scale(${scale})`;
  preview.style.height = `${Math.ceil(height * scale)}px`;
  return frame;
}
