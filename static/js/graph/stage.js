/** The stage: the picture with its view, the pulse, and what pointer and keyboard do in it. */

import { gettext } from "../i18n.js";
import { colours } from "../palette.js";
import { dragNumber, stretchOfNumber } from "./drag.js";
import { Picture } from "./picture.js";
import { set, svg } from "./shapes.js";
import { View } from "./view.js";

/** @typedef {import("./answer.js").Box} Box */
/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./picture.js").Scene} Scene */
/** @typedef {Readonly<import("./room.js").RoomState>} State */

const PULSE_MS = 700;
const MOST_PULSES = 12;
const REVEAL_PX = 30;
/** The least scale at which a new picture is shown. */
const LEGIBLE = { full: 0.4, light: 0.45 };
const NARROW = { width_px: 500, legible: 0.62 };

/**
 * @param {HTMLElement} root
 * @param {Room} room
 * @param {MediaQueryList} reducedMotion
 */
export function createStage(root, room, reducedMotion) {
  const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (root.querySelector(`#${id}`));
  const stage = /** @type {SVGSVGElement} */ (/** @type {unknown} */ (part("picture")));
  const world = /** @type {SVGGElement} */ (svg("g"));
  const pulses = svg("g");
  const drawing = /** @type {SVGGElement} */ (svg("g"));
  world.append(drawing, pulses);
  stage.append(world);
  const view = new View(stage, world);
  const picture = new Picture(drawing);
  const { store } = room;
  let frame = 0;
  let running = 0;
  let shown = -1;

  store.subscribe(["answer", "position", "selected", "theme"], () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(draw);
  });
  store.subscribe(["error"], ({ error }) => stage.classList.toggle("stale", error !== null));
  store.subscribe(["answer", "folding", "opened"], ({ answer, folding, opened }) => {
    const fold = /** @type {HTMLButtonElement} */ (part("fold"));
    const folded = Object.keys(answer?.picture?.folds ?? {}).length > 0;
    fold.hidden = !answer?.picture?.foldable;
    fold.setAttribute("aria-pressed", String(folded && folding !== "off" && opened.length === 0));
  });
  part("fold").addEventListener("click", () => {
    const pressed = part("fold").getAttribute("aria-pressed") === "true";
    store.set({ folding: pressed ? "off" : "on", opened: [], selected: null });
    room.run();
  });
  part("zoom-in").addEventListener("click", () => view.zoom(1.3));
  part("zoom-out").addEventListener("click", () => view.zoom(1 / 1.3));
  part("zoom-fit").addEventListener("click", () => view.fit());
  new ResizeObserver(() => view.moved || view.fit()).observe(stage);
  listenInPicture(stage, room, (box) => focusBox(box));

  function draw() {
    const { state } = store;
    const scene = sceneOf(state);
    if (!scene) {
      drawing.replaceChildren();
      return;
    }
    if (picture.draw(scene)) {
      stage.setAttribute("aria-label", gettext("Expression graph of %(n)s nodes", { n: scene.graph.nodes.length }));
      const { boxes, manner } = scene.picture;
      const node = scene.steps.current(state.position)?.node ?? scene.graph.root;
      const place = boxes.find(({ id }) => id === node) ?? boxes[boxes.length - 1];
      const narrow = stage.clientWidth < NARROW.width_px;
      view.show(scene.picture, narrow ? NARROW.legible : LEGIBLE[manner], place);
    }
    rove(stage, scene);
    const step = scene.steps.current(state.position);
    if (step && shown !== state.position) {
      reveal(scene, step.node);
      if (Math.abs(state.position - shown) === 1) pulse(scene, step);
    }
    shown = state.position;
  }

  /**
   * @param {Scene} scene
   * @param {number} node
   */
  function reveal(scene, node) {
    const box = scene.picture.boxes.find(({ id }) => id === node);
    if (box) view.reveal(box, REVEAL_PX);
  }

  /**
   * Lets something travel along the lines of a step, forward or back.
   * @param {Scene} scene
   * @param {import("./steps.js").Step} step
   */
  function pulse(scene, step) {
    pulses.replaceChildren();
    if (reducedMotion.matches || step.phase === "seed") return;
    const back = step.phase === "backward";
    const palette = colours(scene.theme);
    const ways = picture.waysOf(step).slice(0, MOST_PULSES);
    const dots = ways.map((way) => {
      const dot = svg("circle", { r: 5, fill: back ? palette.gradientNegative : palette.positive, stroke: palette.paper, "stroke-width": 1.5 });
      if (back) set(dot, { fill: way.getAttribute("stroke") ?? palette.soft });
      return { way, dot, length: way.getTotalLength() };
    });
    pulses.append(...dots.map(({ dot }) => dot));
    const started = performance.now();
    running += 1;
    const mine = running;
    const move = (/** @type {number} */ now) => {
      if (mine !== running) return;
      const share = Math.min(1, (now - started) / PULSE_MS);
      const eased = share * share * (3 - 2 * share);
      for (const { way, dot, length } of dots) {
        const { x, y } = way.getPointAtLength(length * (back ? 1 - eased : eased));
        set(dot, { cx: x, cy: y });
      }
      if (share < 1) requestAnimationFrame(move);
      else pulses.replaceChildren();
    };
    requestAnimationFrame(move);
  }

  /** @param {number|string} id */
  function focusBox(id) {
    store.set({ selected: id });
    const box = store.state.answer?.picture?.boxes.find((one) => one.id === id);
    if (box) view.reveal(box);
    const group = stage.querySelector(`[data-box="${id}"]`);
    if (group instanceof SVGElement) group.focus({ preventScroll: true });
  }
}

/**
 * @param {State} state
 * @returns {Scene|null}
 */
function sceneOf({ answer, steps, names, position, selected, theme }) {
  if (!answer?.graph || !answer.picture || !steps) return null;
  return { graph: answer.graph, picture: answer.picture, steps, names, position, selected, theme };
}

/**
 * One box takes part in the tab order: the selected one, or the last.
 * @param {SVGSVGElement} stage
 * @param {Scene} scene
 */
function rove(stage, { picture, selected }) {
  const stop = selected ?? picture.boxes.at(-1)?.id;
  for (const group of stage.querySelectorAll('[data-box][tabindex="0"]')) group.setAttribute("tabindex", "-1");
  stage.querySelector(`[data-box="${stop}"]`)?.setAttribute("tabindex", "0");
}

/**
 * @param {SVGSVGElement} stage
 * @param {Room} room
 * @param {(box: number|string) => void} focus
 */
function listenInPicture(stage, room, focus) {
  const { store } = room;
  stage.addEventListener("pointerdown", (event) => {
    const id = boxAt(event.target);
    if (id === null || event.button !== 0) return;
    event.preventDefault();
    const stretch = typeof id === "number" ? stretchOfNumber(room, id, cellAt(event.target)) : null;
    if (stretch) dragNumber(room, event, stretch, () => focus(id));
    else focus(id);
  }, { capture: true });
  stage.addEventListener("dblclick", (event) => {
    const id = boxAt(event.target);
    const fold = typeof id === "string" && store.state.answer?.picture?.folds[id];
    if (!fold) return;
    store.set({ opened: [...store.state.opened, fold.key], selected: null });
    room.run();
  });
  stage.addEventListener("keydown", (event) => {
    const id = boxAt(event.target);
    const scene = sceneOf(store.state);
    if (id === null || !scene) return;
    if (event.key === "Enter") {
      event.preventDefault();
      const opens = typeof id === "string" ? "#card-open" : "#card-values input";
      store.set({ selected: id });
      /** @type {HTMLElement|null} */ (stage.ownerDocument.querySelector(opens))?.focus();
      return;
    }
    if (event.key === "Escape") {
      store.set({ selected: null });
      return;
    }
    const next = neighbour(scene, id, event.key);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    focus(next);
  });
}

/**
 * @param {EventTarget|null} target
 * @returns {number|string|null}
 */
function boxAt(target) {
  const group = target instanceof Element ? target.closest("[data-box]") : null;
  const id = group?.getAttribute("data-box") ?? null;
  return id === null || id.startsWith("fold") ? id : Number(id);
}

/**
 * Which number of an array is under the pointer.
 * @param {EventTarget|null} target
 */
function cellAt(target) {
  const cell = target instanceof Element ? target.closest("[data-cell]") : null;
  return cell ? Number(cell.getAttribute("data-cell")) : null;
}

/**
 * Where an arrow key leads: along the lines to the left and right, within the column up and down.
 * @param {Pick<Scene, "picture">} scene
 * @param {number|string} id
 * @param {string} key
 * @returns {number|string|null}
 */
export function neighbour({ picture }, id, key) {
  const here = picture.boxes.find((box) => box.id === id);
  if (!here || !/^Arrow/.test(key)) return null;
  const byHeight = (/** @type {Box} */ a, /** @type {Box} */ b) => a.y - b.y;
  if (key === "ArrowUp" || key === "ArrowDown") {
    const column = picture.boxes.filter(({ layer }) => layer === here.layer).sort(byHeight);
    const at = column.findIndex((box) => box.id === id) + (key === "ArrowUp" ? -1 : 1);
    return column[at]?.id ?? null;
  }
  const [mine, other] = key === "ArrowLeft" ? ["to", "from"] : ["from", "to"];
  const ends = picture.lines
    .filter((line) => line[/** @type {"to"} */ (mine)] === id)
    .map((line) => line[/** @type {"from"} */ (other)]);
  const boxes = picture.boxes.filter((box) => ends.includes(box.id));
  boxes.sort((a, b) => Math.abs(a.y - here.y) - Math.abs(b.y - here.y));
  return boxes[0]?.id ?? null;
}
