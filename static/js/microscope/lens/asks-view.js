/** What one example asks of each weight: the gradient of its own loss, a small matrix for each layer. */

import { askAt, drawAsks } from "../../draw/asks.js";
import { gettext } from "../../i18n.js";
import { parameterLabel } from "../../labels.js";
import { selectionAt } from "../../parameters.js";
import { format } from "../../scales.js";
import { make } from "../elements.js";
import { Head } from "./head.js";
import { Plot } from "./plot.js";

/** @typedef {import("../../palette.js").Theme} Theme */
/** @typedef {import("../reading.js").Reading} Reading */

/**
 * One parameter, in one line.
 * @param {Reading} reading
 * @param {number} index
 */
export function askWords({ dissection, shape, experiment }, index) {
  const ask = dissection.tensor("share")[index];
  const parameter = parameterLabel(selectionAt(shape, index), shape, experiment.features);
  return gettext("%(name)s: %(what)s", { name: parameter, what: `${ask > 0 ? "+" : ""}${format(ask)}` });
}

export class AsksView {
  /**
   * @param {Document} document
   * @param {(index: number) => void} select a parameter
   */
  constructor(document, select) {
    this.select = select;
    this.element = make(document, "div", "lens-view");
    this.head = new Head(document);
    this.plot = new Plot(document, gettext("Click a weight to select it"));
    this.plot.words.classList.add("long");
    this.element.append(...this.head.elements, this.plot.element);
  }

  /**
   * @param {Reading} reading
   * @param {number} chosen the parameter that is looked at
   * @param {Theme} theme
   */
  show(reading, chosen, theme) {
    const { shape, averaged } = reading;
    const gradient = reading.dissection.tensor("share");
    const scene = { gradient, shape, chosen, theme };
    const title = averaged ? gettext("What the batch asks for") : gettext("What this example asks for");
    this.head.show(title, gettext("a matrix for each layer, biases in the last row"));
    this.plot.show({
      name: title,
      order: Array.from(gradient, (_, index) => index),
      own: chosen,
      say: (index) => askWords(reading, index),
      otherwise: "",
      find: (x, y, size) => askAt(shape, size, x, y),
      draw: (context, size, cursor) => drawAsks(context, size, scene, cursor),
      choose: this.select,
    });
  }
}
