/** The chart's panel: both losses and both rivers, and what they were at the time pointed at. */

import { gettext } from "../i18n.js";
import { layerLabel } from "../labels.js";
import { format, lossText } from "../scales.js";
import { ChartDrawing } from "./drawing.js";

/** @typedef {import("../history.js").Row} Row */
/** @typedef {import("./room.js").Room} Room */

/** How far a key moves the cursor, as a share of the run. @type {Record<string, number>} */
const KEYS = {
  ArrowLeft: -0.02,
  ArrowRight: 0.02,
  PageDown: -0.1,
  PageUp: 0.1,
  Home: -1,
  End: 1,
};

/**
 * @param {HTMLElement} root
 * @param {Room} room
 * @param {() => void} redraw
 * @returns {{draw: () => void}}
 */
export function createChart(root, room, redraw) {
  const { store, sides } = room;
  const canvas = /** @type {HTMLCanvasElement} */ (root.querySelector("#chart"));
  const value = /** @type {HTMLElement} */ (root.querySelector("#chart-value"));
  const drawing = new ChartDrawing(canvas);
  bindLooks(root, room);
  listen(canvas, room, drawing);
  new ResizeObserver(redraw).observe(canvas);

  return {
    draw() {
      if (canvas.clientWidth === 0) return;
      const { theme, logLoss, curve, cursor, ended } = store.state;
      const strands = /** @type {[import("./drawing.js").Strand, import("./drawing.js").Strand]} */ (
        sides.map(({ history, store: { state } }, who) => ({
          name: "AB"[who],
          history,
          ended: ended[who],
          labels: state.shape.slice(1).map((_, i) => layerLabel(i + 1, state.shape.length - 1)),
        }))
      );
      drawing.draw({ strands, theme, logLoss, curve, cursor });
      showValue(cursor);
    },
  };

  /** @param {number|null} cursor */
  function showValue(cursor) {
    const end = Math.max(...sides.map(({ history }) => history.rows.at(-1)?.epoch ?? 0));
    const time = Math.min(cursor ?? end, end);
    const rows = sides.map(({ history }) => history.at(time));
    const text = valueText(rows[0], rows[1]);
    canvas.setAttribute("aria-valuemax", end.toFixed(2));
    canvas.setAttribute("aria-valuenow", time.toFixed(2));
    canvas.setAttribute("aria-valuetext", text);
    value.hidden = cursor === null || text === "";
    if (value.hidden) return;
    if (value.textContent !== text) value.textContent = text;
    const left = Math.min(drawing.placeOf(time) + 14, canvas.clientWidth - value.offsetWidth);
    value.style.left = `${Math.max(0, left)}px`;
  }
}

/**
 * Both runs at a moment, in words.
 * @param {Row|null} a
 * @param {Row|null} b
 * @returns {string}
 */
export function valueText(a, b) {
  if (!a || !b) return "";
  const norm = (/** @type {Row} */ row, /** @type {number} */ at) =>
    format(10 ** /** @type {number} */ (row.gradients.at(at)));
  const lines = [
    gettext("training %(a)s, %(b)s", { a: lossText(a.train), b: lossText(b.train) }),
    gettext("test %(a)s, %(b)s", { a: lossText(a.test), b: lossText(b.test) }),
    gettext("|∂L/∂W| layer 1 %(a)s, %(b)s", { a: norm(a, 0), b: norm(b, 0) }),
    gettext("output %(a)s, %(b)s", { a: norm(a, -1), b: norm(b, -1) }),
  ];
  const epoch = Math.floor(Math.max(a.epoch, b.epoch));
  return gettext("epoch %(epoch)s, A and B: %(numbers)s", { epoch, numbers: lines.join(" · ") });
}

/**
 * @param {HTMLElement} root
 * @param {Room} room
 */
function bindLooks(root, room) {
  const { store } = room;
  const logarithmic = /** @type {HTMLInputElement} */ (root.querySelector("#log-loss"));
  const radios = /** @type {NodeListOf<HTMLInputElement>} */ (
    root.querySelectorAll("#curves input")
  );
  logarithmic.addEventListener("change", () => room.setLogLoss(logarithmic.checked));
  for (const radio of radios) {
    radio.addEventListener("change", () => {
      store.set({ curve: /** @type {"train"|"test"} */ (radio.value) });
    });
  }
  store.subscribe(["logLoss"], ({ logLoss }) => {
    logarithmic.checked = logLoss;
  });
}

/**
 * The cursor by pointer, finger or key.
 * @param {HTMLCanvasElement} canvas
 * @param {Room} room
 * @param {ChartDrawing} drawing
 */
function listen(canvas, { store }, drawing) {
  const point = (/** @type {PointerEvent} */ event) =>
    store.set({ cursor: drawing.timeAt(event.offsetX) });
  canvas.addEventListener("pointermove", point);
  canvas.addEventListener("pointerdown", point);
  canvas.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse") store.set({ cursor: null });
  });
  canvas.addEventListener("blur", () => store.set({ cursor: null }));
  canvas.addEventListener("keydown", (event) => {
    if (event.key === "Escape") store.set({ cursor: null });
    const by = KEYS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const { end } = drawing;
    const from = store.state.cursor ?? end;
    store.set({ cursor: Math.max(0, Math.min(end, from + by * end)) });
  });
}
