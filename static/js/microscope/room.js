/** The microscope: one update at a time, in the same picture. Loaded when the dial first comes to it. */

import { createEquation } from "./equation.js";
import { createPhases } from "./phases.js";
import { createSlips } from "./slips.js";
import { Walker } from "./walker.js";

/** @typedef {import("../store.js").App} App */

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @returns {Walker}
 */
export function createMicroscope(root, app) {
  const walker = new Walker(app);
  createPhases(root, app, walker);
  createEquation(root, app);
  createSlips(root, app);
  return walker;
}
