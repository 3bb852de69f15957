/** The rows of the card: a step's formulas in symbols and in numbers, and the sum at a node. */

import { gettext } from "../i18n.js";
import { figure, plainName } from "./answer.js";
import { coloured, formulaMath, gradientMath, isListed, math, nameMath, numberMath, partial } from "./formula.js";

/** @typedef {import("./answer.js").Edge} Edge */
/** @typedef {import("./answer.js").Node} Node */
/** @typedef {import("./card.js").Ready} Ready */

const MOST_ROWS = 8;
const MOST_TERMS = 4;

/**
 * @param {Node} node
 * @param {Ready} state
 * @returns {HTMLElement[]}
 */
export function rowsOf(node, state) {
  const { steps, position, selected } = state;
  const step = steps.current(position);
  const backward = typeof selected !== "number" && step?.phase === "backward";
  const rows = [];
  if (node.kind === "result" && !backward && step?.phase !== "seed") rows.push(forwardRow(node, state));
  if (backward) {
    for (const edge of steps.operands[node.id].slice(0, MOST_ROWS)) {
      if (edge.arrival !== null) rows.push(backwardRow(edge, state));
    }
    if (rows.length === 0) rows.push(sentence(gettext("None of its operands wants a gradient.")));
  } else if (typeof selected === "number") {
    rows.push(...sumRows(node, state));
  }
  return rows;
}

/**
 * v = a · b = 3 · 2 = 6
 * @param {Node} node
 * @param {Ready} state
 */
function forwardRow(node, { names, answer }) {
  const { nodes } = answer.graph;
  const symbols = formulaMath(node.formula ?? "", filled(node, (id) => nameMath(names[id])));
  const numbers = areListed([...node.parents, node.id], nodes)
    ? [[math("mo", "="), formulaMath(node.formula ?? "", filled(node, (id) => valueMath(nodes[id])))]]
    : [];
  const result = coloured("value", numberMath(node.value, node.shape));
  return row(equation(
    [nameMath(names[node.id])],
    [math("mo", "="), symbols],
    ...numbers,
    [math("mo", "="), result],
  ));
}

/**
 * Parts of an equation, between which a line may break.
 * @param {...Element[]} parts
 */
function equation(...parts) {
  const whole = document.createElement("span");
  whole.className = "equation";
  whole.append(...parts.map((part) => math("math", ...part)));
  return whole;
}

/**
 * A node's value as a factor of a formula.
 * @param {Node} node
 */
function valueMath({ value, shape }) {
  return coloured("value", numberMath(value, shape, "factor"));
}

/**
 * Whether a formula has room for the numbers of all of these.
 * @param {number[]} ids
 * @param {Node[]} nodes
 */
function areListed(ids, nodes) {
  return ids.every((id) => isListed(nodes[id].value, nodes[id].shape));
}

/**
 * ∂L/∂a = ∂v/∂a · ∂L/∂v = b · ∂L/∂v = 2 · 4 = 8, and the sum at a where more than one comes.
 * @param {Edge} edge
 * @param {Ready} state
 */
function backwardRow(edge, state) {
  const { names, answer, steps } = state;
  const { nodes } = answer.graph;
  const [operand, result] = [nodes[edge.from], nodes[edge.to]];
  const several = steps.uses[operand.id].length > 1;
  const incoming = () => coloured("gradient", partial(math("mi", "L"), nameMath(names[result.id])));
  const target = coloured("gradient", partial(math("mi", "L"), nameMath(names[operand.id])));
  const fill = filled(result, (id) => nameMath(names[id]), incoming);
  const local = formulaMath(edge.formula ?? "", fill);
  const whole = /G/.test(edge.formula ?? "");
  const first = math("mo", several ? "⟵" : "=");
  const parts = [[target]];
  if (whole) {
    parts.push([first, local]);
  } else {
    const slope = partial(nameMath(names[result.id]), nameMath(names[operand.id]));
    const symbols = bracketed(local, isSum(edge.formula ?? ""));
    parts.push([first, slope, math("mo", "·"), incoming()], [math("mo", "="), symbols, math("mo", "·"), incoming()]);
  }
  if (typeof edge.local === "number" && typeof result.gradient === "number") {
    const slope = coloured("value", numberMath(edge.local, [], "factor"));
    parts.push([math("mo", "="), slope, math("mo", "·"), gradientMath(result.gradient, [], "factor")]);
  }
  if (whole && areListed([...result.parents, result.id], nodes)) {
    const arrived = () => gradientMath(result.gradient, result.shape, "factor");
    const numbers = filled(result, (id) => valueMath(nodes[id]), arrived);
    parts.push([math("mo", "="), formulaMath(edge.formula ?? "", numbers)]);
  }
  parts.push([math("mo", "="), gradientMath(edge.contribution, operand.shape, "strong")]);
  const line = row(equation(...parts));
  if (several) line.append(sumNote(edge, steps.uses[operand.id], state));
  return line;
}

/**
 * @param {Element} formula
 * @param {boolean} needed
 */
function bracketed(formula, needed) {
  return needed ? math("mrow", math("mo", "("), formula, math("mo", ")")) : formula;
}

/**
 * Whether a formula needs brackets as a factor: it has a sum outside of its own brackets.
 * @param {string} formula
 */
function isSum(formula) {
  return /.[−+]|\bif\b/.test(formula.replace(/\([^()]*\)/g, ""));
}

/**
 * How the gradients of an operand with several users add up.
 * @param {Edge} edge
 * @param {Edge[]} uses
 * @param {Ready} state
 */
function sumNote(edge, uses, { names, answer }) {
  const { shape } = answer.graph.nodes[edge.from];
  const arrived = uses.slice(0, Number(edge.arrival));
  const note = document.createElement("span");
  note.className = "sum";
  const terms = arrived.slice(-MOST_TERMS).flatMap((one, i) => [
    ...(i > 0 ? [math("mo", "+")] : []),
    gradientMath(one.contribution, shape, "factor"),
  ]);
  const more = arrived.length > MOST_TERMS ? [math("mo", "…"), math("mo", "+")] : [];
  const sum = arrived.length > 1 ? [...more, ...terms, math("mo", "=")] : [];
  note.append(
    gettext("so far at %(name)s:", { name: plainName(names[edge.from]) }),
    " ",
    math("math", ...sum, gradientMath(edge.total, shape, "strong")),
    ` (${edge.arrival}/${uses.length})`,
  );
  return note;
}

/**
 * The gradient of a chosen node as the sum of what came back to it.
 * @param {Node} node
 * @param {Ready} state
 */
function sumRows(node, { steps, position, names }) {
  const { gradient } = steps.gradient(node.id, position);
  if (gradient === null || gradient === undefined) return [];
  const arrived = steps.arrived(node.id, position);
  const terms = arrived.flatMap((edge, i) => [
    ...(i > 0 ? [math("mo", "+")] : []),
    gradientMath(edge.contribution, node.shape, "factor"),
  ]);
  const left = coloured("gradient", partial(math("mi", "L"), nameMath(names[node.id])));
  const sum = arrived.length > 1 && arrived.length <= MOST_ROWS ? [math("mo", "="), ...terms] : [];
  const rows = [row(math("math", left, ...sum, math("mo", "="), gradientMath(gradient, node.shape, "strong")))];
  const whole = JSON.stringify(gradient) === JSON.stringify(node.gradient);
  if (whole && node.accumulated !== null && JSON.stringify(node.accumulated) !== JSON.stringify(node.gradient)) {
    rows.push(sentence(gettext("With earlier passes added, its .grad is %(total)s.", { total: figure(node.accumulated, node.shape) })));
  }
  return rows;
}

/**
 * What stands for a formula's letters.
 * @param {Node} node the result
 * @param {(id: number) => Element} show
 * @param {() => Element} [incoming]
 * @returns {(letter: string) => Element|null}
 */
function filled(node, show, incoming) {
  return (letter) => {
    if (letter === "G") return incoming ? incoming() : null;
    if (letter === "y" || letter === "Y") return show(node.id);
    const operand = "aA".includes(letter) ? 0 : 1;
    if (operand < node.parents.length) return show(node.parents[operand]);
    const constant = node.constants[operand - node.parents.length];
    return constant === undefined || constant === null ? null : numberMath(constant, []);
  };
}

/** @param {Element} content */
function row(content) {
  const line = document.createElement("div");
  line.className = "card-row";
  line.append(content);
  return line;
}

/** @param {string} text */
function sentence(text) {
  const line = document.createElement("p");
  line.className = "soft";
  line.textContent = text;
  return line;
}
