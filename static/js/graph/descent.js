/** Descent: w ← w − η · ∂L/∂w on the numbers of the text, with the loss over the steps. */

import { gettext } from "../i18n.js";
import { lossChart } from "./descent-chart.js";
import { moveRow, stepsAhead } from "./descent-moves.js";

/** @typedef {import("./room.js").Room} Room */

const RUN_MS = 120;
const GIVEN = /^(x|y|t|X|Y|target|lr|rate|eta|n)[\d_]*(\[.*)?$/;
const GROWN = 1.2;
const MOST_MOVES = 60;

/**
 * @param {HTMLElement} root
 * @param {Room} room
 */
export function createDescent(root, room) {
  const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (root.querySelector(`#${id}`));
  const rate = /** @type {HTMLInputElement} */ (part("rate"));
  const chart = part("descent-chart");
  const { store } = room;
  /** @type {Map<string, boolean>} what the reader chose, by name */
  const chosen = new Map();
  let running = false;
  let listed = "";

  const names = () => {
    const boxes = part("movable").querySelectorAll("input");
    return [...boxes].filter((box) => box.checked).map((box) => box.value);
  };

  rate.addEventListener("input", () => {
    if (Number.isFinite(rate.valueAsNumber)) store.set({ rate: rate.valueAsNumber });
    room.saveLink();
  });
  part("descend").addEventListener("click", () => room.descend(names(), 1));
  part("descend-ten").addEventListener("click", () => room.descend(names(), 10));
  part("descend-run").addEventListener("click", () => (running ? pause() : run()));
  part("descend-back").addEventListener("click", () => {
    pause();
    room.write(store.state.before);
  });
  part("movable").addEventListener("change", (event) => {
    const box = /** @type {HTMLInputElement} */ (event.target);
    chosen.set(box.value, box.checked);
  });

  async function run() {
    running = true;
    part("descend-run").setAttribute("aria-pressed", "true");
    while (running && !store.state.stopped && store.state.error === null) {
      const { text } = store.state;
      await room.descend(names(), 1);
      if (store.state.text === text) break;
      await new Promise((done) => setTimeout(done, RUN_MS));
    }
    pause();
  }

  function pause() {
    running = false;
    part("descend-run").setAttribute("aria-pressed", "false");
  }

  store.subscribe(["rate"], (state) => {
    if (rate.valueAsNumber !== state.rate) rate.value = String(state.rate);
  });
  store.subscribe(["answer"], ({ answer }) => {
    const leaves = (answer?.graph?.nodes ?? []).filter(
      (node) => node.kind === "variable" && node.label && node.gradient !== null,
    );
    const found = [...new Set(leaves.map(({ label }) => String(label)))];
    if (found.join() === listed) return;
    listed = found.join();
    const given = (/** @type {string} */ name) => answer?.dialect !== "torch" && GIVEN.test(name);
    const all = found.every(given);
    part("movable").replaceChildren(...found.map((name) =>
      choice(name, chosen.get(name) ?? (all || !given(name)))));
  });
  store.subscribe(["losses", "moves", "stopped", "theme", "answer", "rate"], show);
  part("movable").addEventListener("change", () => show(store.state));
  new ResizeObserver(() => show(store.state)).observe(chart);

  /** @param {Readonly<import("./room.js").RoomState>} state */
  function show(state) {
    const { answer, losses, moves, rate: eta, stopped, taken } = state;
    if (losses.length === 0) pause();
    /** @type {HTMLButtonElement} */ (part("descend-back")).disabled = losses.length === 0;
    // What the next step starts from, until there is a last one.
    const shown = moves.length > 0 ? moves : stepsAhead(answer?.graph ?? null, new Set(names()));
    const step = Math.max(1, taken);
    part("moves").replaceChildren(...shown.slice(0, MOST_MOVES).map((move) => moveRow(move, eta, step)));
    part("moves-hint").hidden = shown.length > 0;
    const away = losses.length > 2 && Number(losses.at(-1)) > GROWN * losses[0];
    part("descent-word").textContent = stopped ?? (away
      ? gettext("The loss grows: each step overshoots, so the learning rate is too large.")
      : "");
    const root = answer?.graph?.backward.length ? answer.graph.nodes[answer.graph.root].value : null;
    const curve = losses.length > 0 || typeof root !== "number" ? losses : [root];
    chart.parentElement?.toggleAttribute("data-empty", curve.length === 0 && !stopped);
    chart.replaceChildren(lossChart(curve, chart, away || (stopped !== null && losses.length > 1)));
  }
}

/**
 * @param {string} name
 * @param {boolean} moves
 */
function choice(name, moves) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  const text = document.createElement("span");
  label.className = "movable";
  box.type = "checkbox";
  box.value = name;
  box.checked = moves;
  text.textContent = name;
  label.append(box, text);
  return label;
}
