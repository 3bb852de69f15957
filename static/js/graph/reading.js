/** What is read beside the graph: the example's note, output, remarks, and the graph in words. */

import { gettext, ngettext } from "../i18n.js";
import { figure, plainName } from "./answer.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {Readonly<import("./room.js").RoomState>} State */

const MOST_LINES = 2000;

/**
 * @param {HTMLElement} root
 * @param {Room} room
 */
export function createReading(root, room) {
  const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (root.querySelector(`#${id}`));
  const menu = /** @type {HTMLSelectElement} */ (part("examples"));
  const outline = /** @type {HTMLDetailsElement} */ (part("outline"));
  const { store, examples } = room;

  menu.append(...examples.map(({ name, title }) => new Option(title, name)));
  menu.addEventListener("change", () => {
    const example = examples.find(({ name }) => name === menu.value);
    if (!example) return;
    store.set({ opened: [], folding: "auto", selected: null, playing: false });
    room.write(example.code);
  });
  store.subscribe(["text"], ({ text }) => {
    const example = examples.find(({ code }) => code === text);
    menu.value = example?.name ?? "";
    part("example-note").textContent = example?.note ?? "";
    part("example-note").hidden = !example;
  });
  store.subscribe(["answer"], ({ answer }) => {
    const printed = answer?.printed ?? [];
    part("output").hidden = printed.length === 0;
    part("printed").textContent = printed.map(({ text }) => text).join("\n");
    part("remarks").replaceChildren(...(answer?.notes ?? []).map(({ line, message }) => {
      const item = document.createElement("li");
      const place = document.createElement("b");
      place.textContent = gettext("Line %(line)s", { line });
      item.append(place, " ", message);
      return item;
    }), ...passesNote(answer?.passes ?? []));
    part("remarks").hidden = part("remarks").childElementCount === 0;
  });
  const tell = () => {
    if (outline.open) part("outline-list").replaceChildren(...outlineOf(store.state));
  };
  outline.addEventListener("toggle", tell);
  store.subscribe(["answer"], tell);
}

/** @param {any[]} passes values of the roots */
function passesNote(passes) {
  if (passes.length < 2) return [];
  const item = document.createElement("li");
  item.textContent = ngettext(
    "backward() ran %(n)s time; the graph shows the last.",
    "backward() ran %(n)s times; the graph shows the last.",
    passes.length,
  );
  return [item];
}

/**
 * One line for each node: what it is, its value, its gradient, and what it passes on.
 * @param {State} state
 * @returns {HTMLElement[]}
 */
function outlineOf({ answer, steps, names }) {
  const graph = answer?.graph;
  if (!graph || !steps) return [];
  return graph.nodes.slice(0, MOST_LINES).map((node) => {
    const name = plainName(names[node.id]);
    const operands = node.parents.map((parent) => plainName(names[parent])).join(", ");
    const made = node.kind === "result" ? ` = ${node.symbol} (${operands})` : "";
    const value = ` = ${figure(node.value, node.shape)}`;
    const gradient = node.gradient === null ? "" : `; ∂L/∂${name} = ${figure(node.gradient, node.shape)}`;
    const passed = steps.operands[node.id]
      .filter((edge) => edge.arrival !== null)
      .map((edge) => gettext("%(amount)s to %(name)s", {
        amount: figure(edge.contribution, graph.nodes[edge.from].shape),
        name: plainName(names[edge.from]),
      }));
    const item = document.createElement("li");
    item.textContent = name + made + value + gradient;
    if (passed.length > 0) item.textContent += `; ${gettext("passes on")} ${passed.join(", ")}`;
    return item;
  });
}
