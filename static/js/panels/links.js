/** The experiment's link: in the address bar, and in the page's own links to elsewhere. */

/** @typedef {import("../store.js").App} App */

/**
 * Lets the language switch and an embed's way home keep the experiment.
 * @param {HTMLElement} root
 * @param {App} app
 */
export function createLinks(root, app) {
  app.store.subscribe(["link"], ({ link }) => {
    for (const element of root.querySelectorAll("a.language, a#home")) {
      /** @type {HTMLAnchorElement} */ (element).hash = link;
    }
  });
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
