/** The dialogs of a room that hand out what is seen now: as a link, and as an iframe. */

import { openDialogs } from "./dialogs.js";
import { createEmbedFrame } from "./embed-frame.js";

/**
 * @param {HTMLElement} root
 * @param {Window} window
 * @param {(path: ""|"/embed") => string|Promise<string>} address of the room, or of its embed
 */
export function createSharing(root, window, address) {
  const dialogs = openDialogs(root, window);
  const link = /** @type {HTMLInputElement} */ (root.querySelector("#share-link"));
  dialogs.onOpening("share", async () => {
    link.value = await address("");
  });
  dialogs.onOpening("embed", createEmbedFrame(root, () => address("/embed")));
}
