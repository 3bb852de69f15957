/** The door to the microscope: loads it when the dial first comes below whole updates. */

import { openPart } from "../parts.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../microscope/walker.js").Walker} Walker */
/**
 * What the page lends to the microscope.
 * @typedef {object} Loan
 * @property {(picture: import("../screen.js").Picture) => void} add has a picture drawn with the others
 * @property {(() => void)|null} save hands out a checkpoint, where the page may
 */

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {Loan} loan
 * @returns {() => Walker|null} the walker, once it is there
 */
export function createMicroscopeDoor(root, app, loan) {
  /** @type {Walker|null} */
  let walker = null;
  let coming = false;
  /** Where the first walk begins. @type {import("../microscope/walker.js").Arrival} */
  let arriving = "start";
  onClick(root, "#look-closer", () => turn("phase", "#step"));
  onClick(root, "#card-how", () => {
    arriving = "update";
    if (walker) walker.arriving = arriving;
    turn("layer", "#step");
  });
  onClick(root, "#leave-walk", () => turn(null, "#play"));
  app.store.subscribe(["grain"], async ({ grain }) => {
    if (grain !== null && !walker) await open();
    root.toggleAttribute("data-walk", walker !== null && app.store.state.grain !== null);
  });
  return () => walker;

  /**
   * @param {import("../store.js").Grain|null} grain
   * @param {string} next the button that goes on from here; the one that was pressed is about to go
   */
  function turn(grain, next) {
    app.store.set({ grain });
    /** @type {HTMLElement|null} */ (root.querySelector(next))?.focus({ preventScroll: true });
    // Where the page is one long column, the picture is what to look at first.
    root.querySelector("#network")?.scrollIntoView({ block: "start" });
  }

  /** Where it cannot be had, as when the line is cut, the dial goes back. */
  async function open() {
    if (coming) return;
    coming = true;
    const load = () => import("../microscope/room.js");
    const room = await openPart(root.ownerDocument, app.facts, "microscope", load).catch(() => null);
    coming = false;
    if (!room) {
      app.store.set({ grain: null });
      return;
    }
    root.toggleAttribute("data-walk", app.store.state.grain !== null);
    walker = room.createMicroscope(root, app, loan);
    walker.arriving = arriving;
  }
}

/**
 * @param {HTMLElement} root
 * @param {string} selector
 * @param {() => void} act
 */
function onClick(root, selector, act) {
  root.querySelector(selector)?.addEventListener("click", act);
}
