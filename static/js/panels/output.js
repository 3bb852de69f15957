/** The output panel: the map of the output, or of the neuron pointed at, with the data on it. */

import { drawGradientLegend, drawValueLegend } from "../draw/legend.js";
import { OutputDrawing } from "../draw/output.js";
import { classCount, withView } from "../experiment.js";
import { gettext } from "../i18n.js";
import { neuronLabel } from "../labels.js";
import { neuronIndex } from "../parameters.js";
import { format } from "../scales.js";
import { bindCheck } from "./fields.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").State} State */

/** One press of an arrow key moves the probe by this much of the plane. */
const PROBE_STEP = 0.25;
const EXTENT = 6;
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @returns {{draw: () => void}}
 */
export function createOutput(root, app) {
  const { store } = app;
  const canvas = /** @type {HTMLCanvasElement} */ (root.querySelector("#output-canvas"));
  const title = /** @type {HTMLElement} */ (root.querySelector("#output-title"));
  const probeText = /** @type {HTMLElement} */ (root.querySelector("#probe"));
  const drawing = new OutputDrawing(canvas);
  const { many_classes } = app.facts.experiment;
  for (const name of /** @type {const} */ (["show_test", "discretize"])) {
    const input = /** @type {HTMLInputElement} */ (
      root.querySelector(name === "show_test" ? "#show-test" : "#discretize")
    );
    bindCheck(input, app, {
      read: ({ view }) => view[name],
      write: (experiment, checked) => withView(experiment, { [name]: checked }),
    });
  }
  listenForProbe(canvas, app, (event) => drawing.pointAt(event.offsetX, event.offsetY));

  store.subscribe(["hover", "selection", "shape", "experiment"], (state) => {
    const neuron = focusOf(state);
    title.textContent = neuron
      ? neuronLabel(neuron[0], neuron[1], state.shape, state.experiment.features)
      : gettext("Output");
    canvas.setAttribute(
      "aria-label",
      gettext("Map of %(what)s over the plane, with the data. Arrow keys move the probe.", {
        what: title.textContent ?? "",
      }),
    );
    app.redraw();
  });
  store.subscribe(["frame", "probe", "hover", "selection"], (state) => {
    const text = probeLabel(state);
    if (probeText.textContent !== text) probeText.textContent = text;
  });
  store.subscribe(["probe"], app.redraw);
  const legend = (/** @type {string} */ id) =>
    /** @type {HTMLCanvasElement} */ (root.querySelector(id));
  /** The value that has the full colour in the map that is shown. */
  let scale = 1;
  const paintValues = () => drawValueLegend(legend("#legend-values"), store.state.theme, scale);
  const paintLegends = () => {
    paintValues();
    drawGradientLegend(legend("#legend-gradients"), store.state.theme);
    app.redraw();
  };
  store.subscribe(["theme"], paintLegends);
  new ResizeObserver(paintLegends).observe(canvas);

  return {
    draw() {
      const { frame, data, theme, experiment } = store.state;
      if (!frame || !data || canvas.clientWidth === 0) return;
      const focus = focusOf(store.state);
      const neuron = focus ? neuronIndex(store.state.shape, focus[0], focus[1]) : 0;
      const scales = frame.tensor("scales");
      const shown = scales[focus ? neuron : scales.length - 1];
      if (shown !== scale) {
        scale = shown;
        paintValues();
      }
      drawing.draw({
        frame,
        data,
        focus,
        neuron,
        showTest: experiment.view.show_test,
        discretize: experiment.view.discretize,
        theme,
        problem: experiment.problem,
        classes: classCount(experiment, many_classes),
      });
    },
  };
}

/**
 * The neuron whose map is wanted large: the one pointed at, else the one selected; not the output
 * layer's only one, whose map stands there anyway.
 * @param {Readonly<State>} state
 * @returns {[layer: number, unit: number]|null}
 */
export function focusOf({ hover, selection, shape }) {
  const shown = hover ?? selection;
  if (shown?.kind !== "neuron" || shown.layer === 0) return null;
  if (shown.layer === shape.length - 1 && shape[shown.layer] === 1) return null;
  return [shown.layer, shown.unit];
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {App} app
 * @param {(event: PointerEvent) => [number, number]} pointAt
 */
function listenForProbe(canvas, app, pointAt) {
  const { store } = app;
  canvas.addEventListener("pointermove", (event) => store.set({ probe: pointAt(event) }));
  canvas.addEventListener("pointerdown", (event) => store.set({ probe: pointAt(event) }));
  canvas.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse") store.set({ probe: null });
  });
  canvas.addEventListener("blur", () => store.set({ probe: null }));
  canvas.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (event.key === "Escape") store.set({ probe: null });
    if (!arrow) return;
    event.preventDefault();
    event.stopPropagation();
    const [x, y] = store.state.probe ?? [0, 0];
    const move = (/** @type {number} */ from, /** @type {number} */ by) =>
      Math.max(-EXTENT, Math.min(EXTENT, from + by * PROBE_STEP));
    store.set({ probe: [move(x, arrow[0]), move(y, arrow[1])] });
  });
}

/**
 * The point under the pointer and what the engine puts out there.
 * @param {Readonly<State>} state
 */
function probeLabel(state) {
  const { probe, frame, shape } = state;
  if (!probe) return gettext("Point at the map to read its values.");
  const place = `x₁ = ${probe[0].toFixed(2)}  x₂ = ${probe[1].toFixed(2)}`.replaceAll("-", "−");
  const values = frame?.has("probe") ? frame.tensor("probe") : null;
  if (!values) return place;
  const last = shape.length - 1;
  const focus = focusOf(state);
  const shown = focus
    ? [values[neuronIndex(shape, focus[0], focus[1])]]
    : [...values.subarray(neuronIndex(shape, last, 0), neuronIndex(shape, last, shape[last]))];
  return `${place}  a = ${shown.map((value) => format(value)).join(", ")}`;
}
