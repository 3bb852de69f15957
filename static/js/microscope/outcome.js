/** What the network makes of what is traced: its inputs where they are averaged, output and loss. */

import { gettext } from "../i18n.js";
import { FEATURE_LABELS, lossFormulas } from "../labels.js";
import { format } from "../scales.js";
import { make } from "./elements.js";

/** @typedef {import("../dissection.js").Walk} Walk */
/** @typedef {import("../store.js").State} State */

/** Of the batch's averages so many inputs have room. */
const INPUTS_AT_MOST = 3;
const SEVERAL_PLACES = 2;
const THIN_SPACE = "\u2009";

/**
 * @param {Document} document
 * @param {Pick<State, "experiment">} state
 * @param {Walk} walk
 * @returns {HTMLElement[]}
 */
export function describeOutcome(document, { experiment }, walk) {
  const { dissection } = walk;
  const row = (/** @type {string} */ name, /** @type {string} */ value, title = "") => {
    const element = make(document, "div", "trace-row");
    element.title = title;
    element.append(make(document, "dt", "", name), make(document, "dd", "", value));
    return element;
  };
  const formula = lossFormulas()[experiment.loss] ?? "";
  if (!dissection.averaged) {
    const { formula: shown, title } = outputFormulas()[experiment.loss] ?? { formula: "a", title: "" };
    const output = row(gettext("output"), outputText([...dissection.tensor("presented")]), title);
    output.firstElementChild?.append(" ", make(document, "small", "", shown));
    return [output, row(gettext("loss"), lossText(walk), formula)];
  }
  const inputs = [...dissection.tensor("inputs")].slice(0, INPUTS_AT_MOST).map((value, i) =>
    row(gettext("mean %(what)s", { what: FEATURE_LABELS[experiment.features[i]] }), format(value)));
  const outputs = dissection.tensor("a").subarray(-dissection.message.shape("targets")[1]);
  return [
    ...inputs,
    row(gettext("mean output a"), outputText([...outputs])),
    row(gettext("mean loss"), lossText(walk), formula),
  ];
}

/**
 * One output as exactly as other numbers; several with two places, for there is little room.
 * @param {number[]} outputs
 */
function outputText(outputs) {
  if (outputs.length === 1) return format(outputs[0]);
  return outputs.map((output) => output.toFixed(SEVERAL_PLACES).replace("-", "−")).join(" ");
}

/**
 * The loss, and once the update is made that after it.
 * @param {Walk} walk
 */
function lossText({ dissection, atEnd }) {
  const loss = format(dissection.scalar("loss"));
  return atEnd ? [loss, "→", format(dissection.scalar("loss_after"))].join(THIN_SPACE) : loss;
}

/** What is shown of an output that is not a itself. @returns {Record<string, {formula: string, title: string}>} */
const outputFormulas = () => ({
  bce: {
    formula: "2σ(a) − 1",
    title: gettext("From −1, surely the one class, to 1, surely the other"),
  },
  softmax: { formula: "softmax(a)", title: gettext("softmax(a): the probability of each class") },
});
