/** The experiment's link: in the address bar, and in the page's own links to elsewhere. */

import { fromText, handOver, takeOver, toText } from "../handover.js";

/** @typedef {import("../store.js").App} App */

/**
 * Lets the language switch, the way to the comparison and an embed's way home keep the experiment.
 * @param {HTMLElement} root
 * @param {App} app
 */
export function createLinks(root, app) {
  app.store.subscribe(["link"], ({ link }) => {
    for (const element of root.querySelectorAll("a.language, a.to-compare, a#home")) {
      /** @type {HTMLAnchorElement} */ (element).hash = link;
    }
  });
}

const HANDED_OVER = "checkpoint";

/**
 * Lets a change of language keep the trained weights: the newest checkpoint waits for the page that
 * comes.
 * @param {HTMLElement} root
 * @param {Window} window
 * @param {() => ArrayBuffer|null} checkpoint
 */
export function handOverOnLanguage(root, window, checkpoint) {
  root.querySelector("a.language")?.addEventListener("click", () => {
    const buffer = checkpoint();
    if (buffer) handOver(window, HANDED_OVER, toText(buffer));
  });
}

/**
 * The checkpoint that the page before handed over, once.
 * @param {Window} window
 * @returns {ArrayBuffer|null}
 */
export function takeOverCheckpoint(window) {
  const text = takeOver(window, HANDED_OVER);
  return text === null ? null : fromText(text);
}

/**
 * Writes a link into the address bar. An embed never adds to its host's history.
 * @param {Window} window
 * @param {string} link without the #
 * @param {"push"|"replace"} how
 */
export function showLink(window, link, how) {
  const { pathname, search, hash } = window.location;
  if (hash === `#${link}` || (hash === "" && link === "")) return;
  const address = pathname + search + (link && `#${link}`);
  if (how === "push" && window.parent === window) window.history.pushState(null, "", address);
  else window.history.replaceState(null, "", address);
}
