/** The card: what a step does, or what a chosen box holds, in symbols and in numbers. */

import { gettext, ngettext } from "../i18n.js";
import { figure, plainName } from "./answer.js";
import { coloured, formulaMath, gradientMath, math, nameMath, numberMath, partial } from "./formula.js";
import { replaceAt, withPoint } from "./numbers.js";

/** @typedef {import("./answer.js").Edge} Edge */
/** @typedef {import("./answer.js").Node} Node */
/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").RoomState} RoomState */
/** @typedef {Readonly<RoomState> & {answer: import("./answer.js").Answer & {graph: import("./answer.js").Graph}, steps: import("./steps.js").Steps}} Ready */

const MOST_ROWS = 8;
const MOST_TERMS = 4;

/**
 * @param {HTMLElement} root
 * @param {Room} room
 */
export function createCard(root, room) {
  const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (root.querySelector(`#${id}`));
  const value = /** @type {HTMLInputElement} */ (part("card-value"));
  const { store } = room;

  store.subscribe(["answer", "position", "selected", "names"], (state) => {
    const ready = state.answer?.graph && state.steps ? /** @type {Ready} */ (state) : null;
    const fold = typeof state.selected === "string" ? state.answer?.picture?.folds[state.selected] : null;
    const node = ready && !fold ? shownNode(ready) : null;
    part("card-title").textContent = fold
      ? foldTitle(fold)
      : node && ready ? titleOf(node, ready) : state.answer ? gettext("The inputs are there. Step forward.") : "";
    part("card-rows").replaceChildren(...(node && ready ? rowsOf(node, ready) : []));
    const literal = node?.literal ?? null;
    part("card-value-item").hidden = literal === null;
    if (literal && root.ownerDocument.activeElement !== value) value.value = String(node?.value);
    part("card-open").hidden = !fold;
    part("live").textContent = state.playing ? "" : part("card-title").textContent;
  });
  value.addEventListener("input", () => {
    const { text, answer, ran, selected } = store.state;
    const literal = answer?.graph?.nodes[Number(selected)]?.literal;
    if (!literal || text !== ran || !Number.isFinite(value.valueAsNumber)) return;
    room.write(replaceAt(text, literal, withPoint(value.valueAsNumber)));
  });
  value.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === "Escape") value.blur();
    event.stopPropagation();
  });
  part("card-open").addEventListener("click", () => {
    const { selected, answer, opened } = store.state;
    const fold = answer?.picture?.folds[String(selected)];
    if (!fold) return;
    store.set({ opened: [...opened, fold.key], selected: null });
    room.run();
  });
}

/** @param {import("./answer.js").Fold} fold */
function foldTitle({ kind, count }) {
  return kind === "turns"
    ? ngettext("%(n)s more turn of the loop, folded", "%(n)s more turns of the loop, folded", count)
    : ngettext("%(n)s more operation of a chain, folded", "%(n)s more operations of a chain, folded", count);
}

/** @param {Ready} state */
function shownNode({ answer, selected, steps, position }) {
  if (typeof selected === "number") return answer.graph.nodes[selected];
  const step = steps.current(position);
  return step ? answer.graph.nodes[step.node] : null;
}

/**
 * What is going on, in a sentence.
 * @param {Node} node
 * @param {Ready} state
 */
function titleOf(node, { steps, position, selected, names }) {
  const name = plainName(names[node.id]);
  const step = steps.current(position);
  if (typeof selected === "number" || !step) {
    if (node.kind === "constant") return gettext("A constant: %(name)s", { name });
    return node.kind === "variable"
      ? gettext("%(name)s: given, not computed", { name })
      : gettext("%(name)s: a result of %(operation)s", { name, operation: node.symbol ?? "" });
  }
  if (step.phase === "forward") return gettext("Forward: %(name)s is computed", { name });
  if (step.phase === "seed") return gettext("Backward begins: ∂L/∂L = 1, for L is %(name)s", { name });
  return gettext("Backward: %(name)s passes its gradient on", { name });
}

/**
 * @param {Node} node
 * @param {Ready} state
 * @returns {HTMLElement[]}
 */
function rowsOf(node, state) {
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
  const numbers = formulaMath(
    node.formula ?? "",
    filled(node, (id) => coloured("value", numberMath(nodes[id].value, nodes[id].shape, "factor"))),
  );
  const result = coloured("value", numberMath(node.value, node.shape));
  const whole = math("math", nameMath(names[node.id]), math("mo", "="), symbols, math("mo", "="), ...(node.shape.length ? [] : [numbers, math("mo", "=")]), result);
  return row(whole);
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
  const parts = [target, math("mo", several ? "⟵" : "=")];
  if (!whole) parts.push(partial(nameMath(names[result.id]), nameMath(names[operand.id])), math("mo", "·"), incoming(), math("mo", "="));
  parts.push(bracketed(local, !whole && isSum(edge.formula ?? "")));
  if (!whole) parts.push(math("mo", "·"), incoming());
  if (edge.local !== null && typeof edge.local === "number" && typeof result.gradient === "number") {
    parts.push(
      math("mo", "="),
      coloured("value", numberMath(edge.local, [], "factor")),
      math("mo", "·"),
      gradientMath(result.gradient, [], "factor"),
    );
  }
  parts.push(math("mo", "="), gradientMath(edge.contribution, operand.shape, "strong"));
  const line = row(math("math", ...parts));
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
    return constant === undefined ? null : numberMath(constant, []);
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
