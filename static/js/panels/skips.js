/** The links that skip to a part of the page. */

/**
 * Moves the keyboard to the part. The address stays as it is: what follows its # is the experiment,
 * and another one would begin a new run.
 * @param {HTMLElement} root
 */
export function createSkips(root) {
  for (const link of root.querySelectorAll("a.skip")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      /** @type {HTMLElement|null} */ (root.querySelector(link.getAttribute("href") ?? ""))?.focus();
    });
  }
}
