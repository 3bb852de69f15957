/** The microscope: one update at a time, in the same picture. Loaded when the dial first comes to it. */

import { createCopies } from "./copies.js";
import { createEquation } from "./equation.js";
import { createFindings } from "./findings.js";
import { createLens } from "./lens/lens.js";
import { createPhases } from "./phases.js";
import { createProgram } from "./program.js";
import { createSlips } from "./slips.js";
import { createTrace } from "./trace.js";
import { Walker } from "./walker.js";

/** @typedef {import("../panels/microscope.js").Loan} Loan */
/** @typedef {import("../store.js").App} App */

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {Loan} loan
 * @returns {Walker}
 */
export function createMicroscope(root, app, loan) {
  const walker = new Walker(app);
  createPhases(root, app, walker);
  createEquation(root, app);
  createSlips(root, app);
  createTrace(root, app, loan);
  createFindings(root, app);
  createProgram(root, app, loan);
  createCopies(root, app, loan);
  createLens(root, app, walker);
  return walker;
}
