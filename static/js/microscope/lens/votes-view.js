/** What each example of the batch asks of one weight, and how much of that cancels. */

import { barAt, drawBars, placeBars } from "../../draw/bars.js";
import { gettext, ngettext } from "../../i18n.js";
import { parameterLabel } from "../../labels.js";
import { format } from "../../scales.js";
import { make } from "../elements.js";
import { exampleName, falling } from "./examples.js";
import { Head, placeName } from "./head.js";
import { Plot } from "./plot.js";
import { asSelection, indexOf } from "./subject.js";

/** @typedef {import("../../draw/bars.js").BarScene} BarScene */
/** @typedef {import("../../draw/bars.js").Balance} Balance */
/** @typedef {import("../../palette.js").Theme} Theme */
/** @typedef {import("../reading.js").Reading} Reading */
/** @typedef {import("./subject.js").Weight} Weight */

/**
 * The weight's gradient, and what of it is above zero and below.
 * @param {Reading} reading
 * @param {Weight} weight
 * @returns {Balance}
 */
export function balanceOf({ dissection, shape }, weight) {
  const [above, below] = dissection.tensor("contribution_sums");
  return { above, below, sum: dissection.tensor("update.gradient")[indexOf(shape, weight)] };
}

/**
 * How many want the weight smaller, and how many larger: a gradient above zero makes the step go down.
 * @param {ArrayLike<number>} contributions
 */
export function countWords(contributions) {
  const all = Array.from(contributions);
  const smaller = all.filter((one) => one > 0).length;
  const larger = all.filter((one) => one < 0).length;
  const silent = all.length - smaller - larger;
  if (silent === all.length) return gettext("None of them asks for anything");
  const words = ngettext(
    "%(n)s wants it smaller, %(larger)s larger",
    "%(n)s want it smaller, %(larger)s larger",
    smaller,
    { larger },
  );
  return silent === 0 ? words : gettext("%(words)s, %(silent)s neither", { words, silent });
}

/**
 * +0.031 − 0.028 = +0.003
 * @param {Balance} balance
 */
export function balanceWords({ above, below, sum }) {
  const plus = (/** @type {number} */ number) => (number > 0 ? `+${format(number)}` : format(number));
  return `${plus(above)} − ${format(Math.abs(below))} = ${plus(sum)}`;
}

/**
 * @param {Reading} reading
 * @param {number} i place in the batch
 */
export function voteWords(reading, i) {
  const vote = reading.dissection.tensor("contributions")[i];
  const values = { name: exampleName(reading, i), vote: format(vote) };
  if (vote > 0) return gettext("%(name)s: +%(vote)s, smaller", values);
  if (vote < 0) return gettext("%(name)s: %(vote)s, larger", values);
  return gettext("%(name)s: %(vote)s, neither", values);
}

export class VotesView {
  /**
   * @param {Document} document
   * @param {(place: number) => void} trace
   */
  constructor(document, trace) {
    this.trace = trace;
    this.element = make(document, "div", "lens-view");
    this.head = new Head(document);
    this.plot = new Plot(document, gettext("Click an example to follow it"));
    this.count = make(document, "p", "lens-verdict");
    this.sum = make(document, "p", "lens-sum");
    this.element.append(...this.head.elements, this.plot.element, this.count, this.sum);
  }

  /**
   * @param {Reading} reading
   * @param {Weight} weight
   * @param {Theme} theme
   */
  show(reading, weight, theme) {
    const { dissection, shape, experiment } = reading;
    const votes = dissection.tensor("contributions");
    const balance = balanceOf(reading, weight);
    const order = falling(votes);
    /** @type {BarScene} */
    const scene = {
      values: order.map((i) => votes[i]),
      own: order.indexOf(dissection.scalar("place")),
      kind: "gradient",
      mean: null,
      balance,
      theme,
    };
    const label = parameterLabel(asSelection(weight), shape, experiment.features);
    this.head.show(gettext("How each example votes"), placeName(reading, asSelection(weight)));
    const words = countWords(votes);
    this.plot.show({
      name: gettext("What each example asks of the %(parameter)s: %(words)s", { parameter: label, words }),
      order,
      own: dissection.scalar("place"),
      say: (i) => voteWords(reading, i),
      otherwise: dissection.outside
        ? gettext("not in this batch: this example has no say")
        : gettext("each example's a·δ, over %(n)s", { n: reading.rows }),
      find: (x, _y, { width, height }) => order[barAt(scene, placeBars(scene, width, height), x)] ?? -1,
      draw: (context, size, cursor) => drawBars(context, size, scene, order.indexOf(cursor)),
      choose: this.trace,
    });
    this.count.textContent = words;
    this.sum.textContent = `${balanceWords(balance)} = ${weight[1] === null ? "∂L/∂b" : "∂L/∂w"}`;
  }
}
