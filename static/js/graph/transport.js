/** The drive through the two passes: steps both ways, play, the slider, and its keys. */

import { listenForShortcuts } from "../keyboard.js";
import { figure } from "./answer.js";

/** @typedef {import("./room.js").Room} Room */

/**
 * @param {HTMLElement} root
 * @param {Room} room
 */
export function createTransport(root, room) {
  const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (root.querySelector(`#${id}`));
  const button = (/** @type {string} */ id) => /** @type {HTMLButtonElement} */ (part(id));
  const slider = /** @type {HTMLInputElement} */ (part("position"));
  const pace = /** @type {HTMLSelectElement} */ (part("pace"));
  const { store } = room;
  let timer = 0;

  const pause = () => store.set({ playing: false });
  const move = (/** @type {number} */ by) => {
    pause();
    room.go(store.state.position + by);
  };
  const toggle = () => {
    const { playing, steps, position } = store.state;
    if (!steps) return;
    if (!playing && position >= steps.length) room.go(0);
    store.set({ playing: !playing });
  };

  part("to-start").addEventListener("click", () => move(-Infinity));
  part("back").addEventListener("click", () => move(-1));
  part("step").addEventListener("click", () => move(1));
  part("to-end").addEventListener("click", () => move(Infinity));
  part("play").addEventListener("click", toggle);
  slider.addEventListener("input", () => {
    pause();
    room.go(slider.valueAsNumber);
  });
  for (const stop of part("stops").querySelectorAll("span")) {
    stop.addEventListener("click", () => {
      pause();
      room.go(Number(/** @type {HTMLElement} */ (stop).dataset.position));
    });
  }
  listenForShortcuts(root.ownerDocument, {
    toggle,
    step: () => move(1),
    back: () => move(-1),
    reset: () => move(-Infinity),
  });
  store.subscribe(["playing"], ({ playing }) => {
    part("play").toggleAttribute("data-playing", playing);
    clearInterval(timer);
    if (playing) timer = window.setInterval(tick, Number(pace.value));
  });
  pace.addEventListener("change", () => {
    if (!store.state.playing) return;
    clearInterval(timer);
    timer = window.setInterval(tick, Number(pace.value));
  });

  function tick() {
    const { steps, position } = store.state;
    room.go(position + 1);
    if (!steps || position + 1 >= steps.length) pause();
  }

  store.subscribe(["steps", "position"], ({ steps, position }) => {
    const length = steps?.length ?? 0;
    slider.max = String(length);
    slider.value = String(position);
    slider.style.setProperty("--filled", `${length ? (100 * position) / length : 0}%`);
    placeStops(part("stops"), length, steps?.forwardCount ?? 0);
    for (const id of ["to-start", "back"]) button(id).disabled = position === 0;
    for (const id of ["step", "to-end"]) button(id).disabled = position >= length;
    button("play").disabled = length === 0;
    slider.disabled = length === 0;
    part("step-count").textContent = length ? `${position} / ${length}` : "–";
  });
  store.subscribe(["answer"], ({ answer }) => {
    const graph = answer?.graph;
    const root = graph ? graph.nodes[graph.root] : null;
    part("node-count").textContent = graph ? String(graph.nodes.length) : "–";
    part("result").textContent = root ? figure(root.value, root.shape) : "–";
    part("result-name").textContent = root?.label ?? "L";
  });
}

/**
 * @param {HTMLElement} stops
 * @param {number} length
 * @param {number} forward
 */
function placeStops(stops, length, forward) {
  const places = { inputs: 0, loss: forward, gradients: length };
  for (const stop of stops.querySelectorAll("span")) {
    const name = /** @type {keyof typeof places} */ (stop.dataset.stop);
    stop.dataset.position = String(places[name]);
    stop.style.setProperty("--at", String(length ? (100 * places[name]) / length : 0));
    stop.hidden = length === 0 || (name === "gradients" && length === forward);
  }
}
