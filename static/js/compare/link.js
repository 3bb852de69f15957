/** A comparison in a link: A's own link, and what B has instead. */

import { gettext } from "../i18n.js";
import { contrast } from "./difference.js";
import { KINDS } from "./kinds.js";

/** @typedef {import("../experiment.js").Experiment} Experiment */
/** @typedef {import("../experiment.js").ExperimentFacts} Facts */
/** @typedef {import("./difference.js").Difference} Difference */
/** @typedef {import("./kind.js").Kind} Kind */

/** @typedef {{kind: string|null, value: string|null}} Said as it stands in a link */

/**
 * Parts the link of a comparison into A's link and what B has instead.
 * @param {string} fragment without the #
 * @returns {Said & {link: string}}
 */
export function splitLink(fragment) {
  /** @type {Record<string, string|null>} */
  const own = { compare: null, with: null };
  const rest = fragment.split("&").filter((part) => {
    const at = part.indexOf("=");
    const name = part.slice(0, Math.max(at, 0));
    if (!(name in own)) return part !== "";
    own[name] = unquote(part.slice(at + 1));
    return false;
  });
  return { link: rest.join("&"), kind: own.compare, value: own.with };
}

/**
 * @param {string} link A's
 * @param {Difference} difference
 * @returns {string} the comparison's, without the #
 */
export function joinLink(link, { kind, value }) {
  return [link, `compare=${kind.id}`, `with=${encodeURIComponent(value)}`].filter(Boolean).join("&");
}

/**
 * Reads what a link says of the difference.
 * @param {Said} said
 * @param {Facts} facts
 * @param {Experiment} experiment A's
 * @returns {{difference: Difference, problem: string|null}} what cannot be used is told, and a
 *   default takes its place; where a link says nothing, there is nothing to tell
 */
export function readDifference(said, facts, experiment) {
  const named = KINDS.find(({ id }) => id === said.kind);
  const known = named?.matters(experiment) ? named : undefined;
  const kind = known ?? /** @type {Kind} */ (KINDS.find(({ matters }) => matters(experiment)));
  const value = said.value === null ? null : kind.parse(said.value, facts, experiment);
  if (known && value !== null) return { difference: { kind, value }, problem: null };
  const difference = { kind, value: contrast(kind, facts, experiment) };
  return { difference, problem: problemOf(said, named, known, facts, experiment) };
}

/**
 * @param {Said} said
 * @param {Kind|undefined} named by the link
 * @param {Kind|undefined} known the same, if the experiment has such a part
 * @param {Facts} facts
 * @param {Experiment} experiment
 * @returns {string|null} why it cannot be used
 */
function problemOf({ kind, value }, named, known, facts, experiment) {
  if (kind === null) return value === null ? null : gettext("“with” needs a “compare” beside it.");
  if (!named) {
    return gettext("compare: expected one of %(choices)s, got “%(got)s”.", {
      choices: KINDS.map(({ id }) => id).join(", "),
      got: short(kind),
    });
  }
  if (!known) return gettext("compare: this experiment has no such part: %(what)s.", { what: named.label() });
  if (value === null) return gettext("“compare” needs a “with” beside it.");
  return gettext("with: expected %(expected)s, got “%(got)s”.", {
    expected: known.expected(facts, experiment),
    got: short(value),
  });
}

/** @param {string} text */
function short(text) {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** @param {string} text */
function unquote(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
