/**
 * What two runs differ in: one part of the experiment, of which B has another value. B's experiment
 * is always made from A's, so that nothing else can differ.
 */

import { withFittingWeights } from "../experiment.js";

/** @typedef {import("../experiment.js").Experiment} Experiment */
/** @typedef {import("../experiment.js").ExperimentFacts} Facts */
/** @typedef {import("./kind.js").Kind} Kind */
/** @typedef {{kind: Kind, value: string}} Difference */

/**
 * @param {Difference} difference
 * @param {Experiment} experiment A's
 */
export function isNone({ kind, value }, experiment) {
  return kind.read(experiment) === value;
}

/**
 * A's experiment with another value of the difference's part. Given weights go where they do not
 * fit any more.
 * @param {Experiment} experiment A's
 * @param {Difference} difference
 * @returns {Experiment} the same object where nothing differs
 */
export function withValue(experiment, difference) {
  if (isNone(difference, experiment)) return experiment;
  const { kind, value } = difference;
  return withFittingWeights(experiment, kind.write(experiment, value));
}

/**
 * The values to choose from, with those that A and B have.
 * @param {Kind} kind
 * @param {Facts} facts
 * @param {Experiment} experiment
 * @param {string} value
 * @returns {string[]}
 */
export function choicesOf(kind, facts, experiment, value) {
  const offered = kind.offered(facts, experiment);
  const own = kind.read(experiment);
  const more = [own, value].filter((extra) => extra !== "" && !offered.includes(extra));
  return [...offered, ...new Set(more)];
}

/**
 * A value for B that is not A's: a telling one, or else the next of those offered.
 * @param {Kind} kind
 * @param {Facts} facts
 * @param {Experiment} experiment
 * @returns {string}
 */
export function contrast(kind, facts, experiment) {
  const offered = kind.offered(facts, experiment);
  const own = kind.read(experiment);
  const telling = kind.telling.find((value) => value !== own && offered.includes(value));
  return telling ?? offered[(offered.indexOf(own) + 1) % offered.length];
}
