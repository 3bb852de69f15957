/** A step of descent in numbers, one line for each number that moves. */

import { format } from "../scales.js";
import { indexOf } from "./answer.js";
import { coloured, gradientMath, math, numberMath } from "./formula.js";

/** @typedef {{name: string, before: number, gradient: number, after: number|null}} Move after null before it is taken */

/**
 * The next step of every number that may move, as far as it is known before it is taken.
 * @param {import("./answer.js").Graph|null} graph
 * @param {Set<string>} names that may move
 * @returns {Move[]}
 */
export function stepsAhead(graph, names) {
  const leaves = graph?.nodes.filter(({ kind, label, gradient, literals }) =>
    kind === "variable" && names.has(label ?? "") && gradient !== null && literals !== null) ?? [];
  const places = leaves.flatMap(({ literals }) => literals ?? []).map((span) => JSON.stringify(span));
  // What several leaves share moves by the sum of their gradients, which the step will tell.
  const single = (/** @type {object} */ span) =>
    places.indexOf(JSON.stringify(span)) === places.lastIndexOf(JSON.stringify(span));
  return leaves.flatMap(({ label, literals, shape, value, gradient }) => {
    const [values, gradients] = [[value].flat(Infinity), [gradient].flat(Infinity)];
    return (literals ?? []).flatMap((span, place) => (span === null || !single(span) ? [] : [{
      name: shape.length === 0 ? String(label) : `${label}[${indexOf(place, shape).join(", ")}]`,
      before: values[place],
      gradient: gradients[place],
      after: null,
    }]));
  });
}

/**
 * w⁽¹⁾ = 2 − 0.01 · (−30) = 2.3
 * @param {Move} move
 * @param {number} rate
 * @param {number} step the one that it is, from 1
 */
export function moveRow({ name, before, gradient, after }, rate, step) {
  const line = document.createElement("div");
  const time = math("mrow", math("mo", "("), math("mn", String(step)), math("mo", ")"));
  const [, base, index] = /^([^[]*)(.*)$/.exec(name) ?? [name, name, ""];
  line.append(math(
    "math",
    math("msup", math("mi", base), time),
    ...(index ? [math("mtext", index)] : []),
    math("mo", "="),
    coloured("value", numberMath(before, [])),
    math("mo", "−"),
    math("mn", format(rate, "plain")),
    math("mo", "·"),
    gradientMath(gradient, [], "factor"),
  ));
  // A formula of its own, so that a long one can go on in the next line.
  if (after !== null) line.append(math("math", math("mo", "="), coloured("value strong", numberMath(after, []))));
  return line;
}
