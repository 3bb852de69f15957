/** The card: what a step does, or what a chosen box holds, in symbols and in numbers. */

import { gettext, ngettext } from "../i18n.js";
import { plainName } from "./answer.js";
import { rowsOf } from "./card-rows.js";
import { createCardValues } from "./card-values.js";

/** @typedef {import("./answer.js").Node} Node */
/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").RoomState} RoomState */
/** @typedef {Readonly<RoomState> & {answer: import("./answer.js").Answer & {graph: import("./answer.js").Graph}, steps: import("./steps.js").Steps}} Ready */

/**
 * @param {HTMLElement} root
 * @param {Room} room
 */
export function createCard(root, room) {
  const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (root.querySelector(`#${id}`));
  const { store } = room;
  const showValues = createCardValues(part("card-values"), room);

  store.subscribe(["answer", "position", "selected", "names"], (state) => {
    const ready = state.answer?.graph && state.steps ? /** @type {Ready} */ (state) : null;
    const fold = typeof state.selected === "string" ? state.answer?.picture?.folds[state.selected] : null;
    const node = ready && !fold ? shownNode(ready) : null;
    part("card-title").textContent = fold
      ? foldTitle(fold)
      : node && ready ? titleOf(node, ready) : state.answer ? gettext("The inputs are there. Step forward.") : "";
    part("card-rows").replaceChildren(...(node && ready ? rowsOf(node, ready) : []));
    showValues(typeof state.selected === "number" ? node : null);
    part("card-open").hidden = !fold;
    part("live").textContent = state.playing ? "" : part("card-title").textContent;
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
    if (node.kind === "constant") return gettext("%(name)s: a number without a name", { name });
    return node.kind === "variable"
      ? gettext("%(name)s: given, not computed", { name })
      : gettext("%(name)s: a result of %(operation)s", { name, operation: node.symbol ?? "" });
  }
  if (step.phase === "forward") return gettext("Forward: %(name)s is computed", { name });
  if (step.phase === "seed") return gettext("Backward begins: ∂L/∂L = 1, for L is %(name)s", { name });
  return gettext("Backward: %(name)s passes its gradient on", { name });
}
