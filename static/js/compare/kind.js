/** What two runs may differ in: a name from a list, a number within limits, or a name with a number. */

import { gettext } from "../i18n.js";

/** @typedef {import("../experiment.js").Experiment} Experiment */
/** @typedef {import("../experiment.js").ExperimentFacts} Facts */
/**
 * @typedef {object} Kind
 * @property {string} id in the link, TensorFlow Playground's where that has one
 * @property {() => string} label
 * @property {(experiment: Experiment) => string} read the experiment's value; "" where it has
 *   several
 * @property {(experiment: Experiment, value: string) => Experiment} write
 * @property {(facts: Facts, experiment: Experiment) => string[]} offered
 * @property {string[]} telling of those offered, the ones to begin with, for they show most
 * @property {(text: string, facts: Facts, experiment: Experiment) => string|null} parse a value as
 *   a link may say it, also one that is not offered; null if it is none
 * @property {(facts: Facts, experiment: Experiment) => string} expected by parse, in words
 * @property {(value: string) => string} text
 * @property {() => string} shared what the two have in common, in a sentence
 * @property {(experiment: Experiment) => boolean} matters whether the experiment has such a part
 */

const NUMBER = /^\d+(\.\d+)?(e-?\d+)?$/;

const all = () => gettext("The same data, the same starting weights, the same batches in the same order.");
const always = () => true;

/**
 * One of a list of names.
 * @param {string} id
 * @param {() => string} label
 * @param {{read: Kind["read"], write: Kind["write"], names: Kind["offered"],
 *   labels: () => Record<string, string>, telling?: string[], shared?: Kind["shared"],
 *   matters?: Kind["matters"]}} part
 * @returns {Kind}
 */
export function named(id, label, part) {
  const { read, write, names, labels, telling = [], shared = all, matters = always } = part;
  return {
    id,
    label,
    read,
    write,
    offered: names,
    telling,
    parse: (text, facts, experiment) => (names(facts, experiment).includes(text) ? text : null),
    expected: (facts, experiment) => oneOf(names(facts, experiment)),
    text: (value) => labels()[value] ?? value,
    shared,
    matters,
  };
}

/**
 * A number within its limits.
 * @param {string} id
 * @param {() => string} label
 * @param {{read: (experiment: Experiment) => number|null,
 *   write: (experiment: Experiment, value: number) => Experiment,
 *   offered: (facts: Facts, experiment: Experiment) => number[], limits: string, whole?: boolean,
 *   telling?: string[], shared?: Kind["shared"], matters?: Kind["matters"]}} part
 * @returns {Kind}
 */
export function numeric(id, label, part) {
  const { read, write, offered, limits, telling = [] } = part;
  const { whole = false, shared = all, matters = always } = part;
  return {
    id,
    label,
    read: (experiment) => String(read(experiment) ?? ""),
    write: (experiment, value) => write(experiment, Number(value)),
    offered: (facts, experiment) => offered(facts, experiment).map(String),
    telling,
    parse(text, facts) {
      const number = numberWithin(text, facts.limits[limits]);
      return number === null || (whole && !Number.isInteger(number)) ? null : String(number);
    },
    expected({ limits: { [limits]: [low, high] } }) {
      return whole
        ? gettext("a whole number from %(low)s to %(high)s", { low, high })
        : gettext("a number from %(low)s to %(high)s", { low, high });
    },
    text: String,
    shared,
    matters,
  };
}

/**
 * A name with a number to it, such as L2:0.01; the first name needs none.
 * @param {string} id
 * @param {() => string} label
 * @param {{read: (experiment: Experiment) => [name: string, number: number],
 *   write: (experiment: Experiment, name: string, number: number|null) => Experiment,
 *   names: (facts: Facts) => string[], numbers: (facts: Facts) => number[], limits: string,
 *   labels: () => Record<string, string>, telling: string[]}} part
 * @returns {Kind}
 */
export function sized(id, label, { read, write, names, numbers, limits, labels, telling }) {
  return {
    id,
    label,
    read(experiment) {
      const [name, number] = read(experiment);
      return name === "none" ? name : `${name}:${number}`;
    },
    write(experiment, value) {
      const [name, number] = value.split(":");
      return write(experiment, name, number === undefined ? null : Number(number));
    },
    offered: (facts) =>
      names(facts).flatMap((name) =>
        name === "none" ? [name] : numbers(facts).map((number) => `${name}:${number}`),
      ),
    telling,
    parse(text, facts) {
      if (text === "none") return text;
      const [name, digits = "", ...more] = text.split(":");
      const number = numberWithin(digits, facts.limits[limits]);
      const known = name !== "none" && names(facts).includes(name) && more.length === 0;
      return known && number !== null ? `${name}:${number}` : null;
    },
    expected(facts) {
      const [low, high] = facts.limits[limits];
      const sizes = names(facts).filter((name) => name !== "none").map((name) => `${name}:…`);
      return gettext("%(names)s with a number from %(low)s to %(high)s", {
        names: oneOf(["none", ...sizes]),
        low,
        high,
      });
    },
    text(value) {
      const [name, number] = value.split(":");
      return number === undefined ? labels()[name] : `${labels()[name]}, ${number}`;
    },
    shared: all,
    matters: always,
  };
}

/** @param {string[]} names */
function oneOf(names) {
  return gettext("one of %(names)s", { names: names.join(", ") });
}

/**
 * @param {string} text
 * @param {[low: number, high: number]} limits
 */
function numberWithin(text, [low, high]) {
  const number = Number(text);
  return NUMBER.test(text) && number >= low && number <= high ? number : null;
}
