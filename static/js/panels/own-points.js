/** The way to a reader's own points: their picture and number, and the editor, loaded when it is opened. */

import { drawThumbnail } from "../draw/thumbnail.js";
import { openPart } from "../parts.js";
import { whenOpened } from "./dialogs.js";

/** @typedef {import("../store.js").App} App */

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @returns {() => void} prepares the editor, when its dialog opens
 */
export function createOwnPoints(root, app) {
  const button = /** @type {HTMLButtonElement} */ (root.querySelector("#open-points"));
  const [canvas, , count] = button.children;
  app.store.subscribe(["experiment", "theme"], paint);
  new ResizeObserver(paint).observe(button);

  function paint() {
    const { experiment, theme } = app.store.state;
    const { points, problem, classes } = experiment;
    button.toggleAttribute("data-chosen", points !== null);
    count.textContent = points ? String(points.length) : "";
    if (!points) return;
    const ofClass = problem === "classification";
    const tenths = points.map((point) => point.map((value) => 10 * value));
    drawThumbnail(/** @type {HTMLCanvasElement} */ (canvas), tenths, theme, !ofClass || classes === 2);
  }

  return whenOpened(async () => {
    const load = () => import("./points.js");
    const { createPoints } = await openPart(root.ownerDocument, app.facts, "points", load);
    return createPoints(root, app).prepare;
  });
}
