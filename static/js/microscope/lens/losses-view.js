/** The losses of the batch's examples, and their mean: what is optimized. */

import { barAt, drawBars, placeBars } from "../../draw/bars.js";
import { gettext, ngettext } from "../../i18n.js";
import { lossLabels } from "../../labels.js";
import { format } from "../../scales.js";
import { make } from "../elements.js";
import { exampleName, falling } from "./examples.js";
import { Head } from "./head.js";
import { Plot } from "./plot.js";

/** @typedef {import("../../draw/bars.js").BarScene} BarScene */
/** @typedef {import("../../palette.js").Theme} Theme */
/** @typedef {import("../reading.js").Reading} Reading */

/**
 * What the mean line is, in words.
 * @param {Reading} reading
 */
export function meanWords({ dissection, rows }) {
  return ngettext(
    "Mean of %(n)s: %(mean)s. This is what the update makes smaller.",
    "Mean of %(n)s: %(mean)s. This is what the update makes smaller.",
    rows,
    { mean: format(dissection.scalar("batch_loss")) },
  );
}

/**
 * @param {Reading} reading
 * @param {number} i place in the batch
 */
export function lossWords(reading, i) {
  const loss = format(reading.dissection.tensor("per_example")[i]);
  return gettext("%(name)s: loss %(loss)s", { name: exampleName(reading, i), loss });
}

export class LossesView {
  /**
   * @param {Document} document
   * @param {(place: number) => void} trace
   */
  constructor(document, trace) {
    this.trace = trace;
    this.element = make(document, "div", "lens-view");
    this.head = new Head(document);
    this.plot = new Plot(document, gettext("Click an example to follow it"));
    this.mean = make(document, "p", "lens-verdict");
    this.element.append(...this.head.elements, this.plot.element, this.mean);
  }

  /**
   * @param {Reading} reading
   * @param {Theme} theme
   */
  show(reading, theme) {
    const { dissection } = reading;
    const losses = dissection.tensor("per_example");
    const order = falling(losses);
    /** @type {BarScene} */
    const scene = {
      values: order.map((i) => losses[i]),
      own: order.indexOf(dissection.scalar("place")),
      kind: "plain",
      mean: dissection.scalar("batch_loss"),
      balance: null,
      theme,
    };
    const label = lossLabels()[reading.experiment.loss];
    this.head.show(gettext("How wrong is each example?"), label);
    this.plot.show({
      name: gettext("The loss of each example of the batch: %(loss)s", { loss: label }),
      order,
      own: dissection.scalar("place"),
      say: (i) => lossWords(reading, i),
      otherwise: dissection.outside
        ? gettext("this example, not in the batch: loss %(loss)s", { loss: format(dissection.scalar("loss")) })
        : gettext("Point at a bar for its number."),
      find: (x, _y, { width, height }) => order[barAt(scene, placeBars(scene, width, height), x)] ?? -1,
      draw: (context, size, cursor) => drawBars(context, size, scene, order.indexOf(cursor)),
      choose: this.trace,
    });
    this.mean.textContent = meanWords(reading);
  }
}
