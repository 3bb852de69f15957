/** Light or dark: the system's wish, until the reader decides otherwise. */

import { colours } from "../palette.js";
import { keep, recall } from "../preferences.js";

/** @typedef {"light"|"dark"} Theme */
/**
 * @typedef {object} Themed the store of any room
 * @property {{theme: Theme}} state
 * @property {(keys: "theme"[], listener: (state: {theme: Theme}) => void) => void} subscribe
 * @property {(patch: {theme: Theme}) => void} set
 */

/**
 * The theme to begin with.
 * @param {Window} window
 * @returns {Theme}
 */
export function wantedTheme(window) {
  const kept = recall(window, "theme");
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
    keep(window, "theme", theme);
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
