/** What the reader has chosen once and for all, kept by the browser from visit to visit. */

/** @typedef {"theme"|"past-mb"} Preference */

/**
 * An embed in a foreign page may be denied storage: then there is nothing to recall.
 * @param {Window} window
 * @param {Preference} name
 * @returns {string|null}
 */
export function recall(window, name) {
  try {
    return window.localStorage.getItem(name);
  } catch {
    return null;
  }
}

/**
 * @param {Window} window
 * @param {Preference} name
 * @param {string} value
 */
export function keep(window, name, value) {
  try {
    window.localStorage.setItem(name, value);
  } catch {
    // Denied: the choice lasts for the visit.
  }
}
