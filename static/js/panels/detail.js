/** What detail the server is asked for: the map in focus, the point under the pointer, the card's numbers. */

import { selectedPlace } from "../parameters.js";
import { focusOf } from "./output.js";

/** @typedef {import("../store.js").App} App */

/** Sides of the neurons' maps and of the output map, in cells: a default frame stays below 8 KiB. */
const MAP = 15;
const OUTPUT = 60;

/**
 * @param {App} app
 * @returns {{ask: () => void, forget: () => void}} ask sends what has changed, at most once a
 *   frame; forget makes it ask anew, of a server that knows nothing of us
 */
export function createDetail(app) {
  let asked = "";
  return {
    ask() {
      const { probe, status } = app.store.state;
      if (status !== "open") return;
      const focus = focusOf(app.store.state);
      const selected = onCard(app.store.state);
      const wanted = JSON.stringify([focus, probe, selected]);
      if (wanted === asked) return;
      asked = wanted;
      app.send({ command: "detail", map: MAP, output: OUTPUT, focus, probe, selected });
    },
    forget() {
      asked = "";
    },
  };
}

/**
 * What the card shows the numbers of; null where it is hidden or makes way for the walk.
 * @param {Readonly<import("../store.js").State>} state
 */
function onCard({ hover, selection, grain, experiment }) {
  return grain !== null || experiment.hidden.includes("card") ? null : selectedPlace(hover ?? selection);
}
