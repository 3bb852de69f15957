/** The two lines over each of the lens's pictures: a question, and what it is asked of. */

import { make } from "../elements.js";

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
