/** Light or dark: the system's wish, until the reader decides otherwise. */

import { colours } from "../palette.js";

/** @typedef {"light"|"dark"} Theme */
/**
 * @typedef {object} Themed the store of any room
 * @property {{theme: Theme}} state
 * @property {(keys: "theme"[], listener: (state: {theme: Theme}) => void) => void} subscribe
 * @property {(patch: {theme: Theme}) => void} set
 */

const KEY = "theme";

/**
 * The theme to begin with.
 * @param {Window} window
 * @returns {Theme}
 */
export function wantedTheme(window) {
  const kept = recall(window);
  if (kept === "light" || kept === "dark") return kept;
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/**
 * @param {HTMLElement} root
 * @param {{store: Themed}} app
 * @param {Window} window
 */
export function createTheme(root, app, window) {
  root.querySelector("#theme")?.addEventListener("click", () => {
    const theme = app.store.state.theme === "dark" ? "light" : "dark";
    keep(window, theme);
    app.store.set({ theme });
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    app.store.set({ theme: wantedTheme(window) });
  });
  app.store.subscribe(["theme"], ({ theme }) => {
    const page = window.document.documentElement;
    page.dataset.theme = theme;
    const { negative, positive, gradientNegative, gradientPositive } = colours(theme);
    page.style.setProperty("--negative", negative);
    page.style.setProperty("--positive", positive);
    page.style.setProperty("--gradient-negative", gradientNegative);
    page.style.setProperty("--gradient-positive", gradientPositive);
  });
}

/** An embed in a foreign page may be denied storage: then the choice lasts for the visit.
 * @param {Window} window */
function recall(window) {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/**
 * @param {Window} window
 * @param {Theme} theme
 */
function keep(window, theme) {
  try {
    window.localStorage.setItem(KEY, theme);
  } catch {
    // Denied: the choice lasts for the visit.
  }
}
