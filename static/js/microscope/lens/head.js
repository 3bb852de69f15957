/** The two lines over each of the lens's pictures: a question, and what it is asked of. */

import { placeLabel } from "../../labels.js";
import { make } from "../elements.js";

/** @typedef {import("../../store.js").Selection} Selection */
/** @typedef {import("../reading.js").Reading} Reading */

/**
 * A weight or a bias as short as it can be said: its letter, and where it is.
 * @param {Reading} reading
 * @param {Selection} selection
 */
export function placeName({ shape, experiment }, selection) {
  const letter = selection.kind === "neuron" ? "b" : "w";
  return `${letter}\u2002${placeLabel(selection, shape, experiment.features)}`;
}

export class Head {
  /** @param {Document} document */
  constructor(document) {
    this.title = make(document, "h2", "lens-title");
    this.place = make(document, "p", "lens-place");
    this.elements = [this.title, this.place];
  }

  /**
   * @param {string} title
   * @param {string} place
   */
  show(title, place) {
    this.title.textContent = title;
    this.place.textContent = place;
  }
}
