/** The timeline panel: the loss over time, and the gradient river under it. */

import { timeOf } from "../archive.js";
import { TimelineDrawing } from "../draw/timeline.js";
import { withView } from "../experiment.js";
import { gettext } from "../i18n.js";
import { layerLabel } from "../labels.js";
import { format, lossText } from "../scales.js";
import { bindCheck } from "./fields.js";

/** @typedef {import("../store.js").App} App */

/** Of more layers than these only the first and the last are named, or the text would not fit. */
const NAMED_AT_MOST = 4;
/** How far a key moves the handle, as a share of the run. @type {Record<string, number>} */
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
 * @param {App} app
 * @param {import("../history.js").History} history
 * @param {(text: string) => void} say
 * @returns {{draw: () => void}}
 */
export function createTimeline(root, app, history, say) {
  const canvas = /** @type {HTMLCanvasElement|null} */ (root.querySelector("#timeline-canvas"));
  if (!canvas) return { draw() {} };
  const value = /** @type {HTMLElement} */ (root.querySelector("#timeline-value"));
  const drawing = new TimelineDrawing(canvas);
  /** @type {number|null} in px of the canvas */
  let hoverX = null;

  bindCheck(/** @type {HTMLInputElement} */ (root.querySelector("#log-loss")), app, {
    read: ({ view }) => view.log_loss,
    write: (experiment, log_loss) => withView(experiment, { log_loss }),
  });
  canvas.addEventListener("pointermove", (event) => point(event.offsetX));
  listenForScrubbing(canvas, app, drawing);
  createMomentNote(root, app, say);
  canvas.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse") point(null);
  });
  new ResizeObserver(app.redraw).observe(canvas);
  canvas.addEventListener("blur", () => point(null));

  /** @param {number|null} x */
  function point(x) {
    hoverX = x;
    app.redraw();
  }

  return {
    draw() {
      if (canvas.clientWidth === 0) return;
      const { theme, experiment, shape, frame, past } = app.store.state;
      const time = frame ? timeOf(frame) : 0;
      drawing.draw({
        history,
        theme,
        logLoss: experiment.view.log_loss,
        hoverX,
        shown: past ? time : null,
        layers: shape.length - 1,
        labels: labels(),
        ailments: ailments(),
      });
      showValue();
      describe(time);
    },
  };

  /** @param {number} time in epochs */
  function describe(time) {
    const end = history.rows.at(-1)?.epoch ?? 0;
    canvas?.setAttribute("aria-valuemax", end.toFixed(2));
    canvas?.setAttribute("aria-valuenow", Math.min(time, end).toFixed(2));
    const row = history.at(time);
    if (row) canvas?.setAttribute("aria-valuetext", valueText(row, labels()));
  }

  function labels() {
    const { shape } = app.store.state;
    return shape.slice(1).map((_, i) => layerLabel(i + 1, shape.length - 1));
  }

  function ailments() {
    const { findings, shape } = app.store.state;
    const ofLayers = findings.filter(({ unit }) => unit === null);
    return shape.slice(1).map((_, i) => ofLayers.find(({ layer }) => layer === i + 1)?.ailment);
  }

  function showValue() {
    const row = hoverX === null ? null : drawing.valueAt(hoverX);
    value.hidden = row === null;
    if (!canvas || hoverX === null || !row) return;
    const text = valueText(row, labels());
    if (value.textContent !== text) value.textContent = text;
    const left = Math.min(hoverX + 14, canvas.clientWidth - value.offsetWidth);
    value.style.left = `${Math.max(0, left)}px`;
  }
}

/**
 * The past by pointer, finger or key: what is shown is the moment under the handle.
 * @param {HTMLCanvasElement} canvas
 * @param {App} app
 * @param {TimelineDrawing} drawing
 */
function listenForScrubbing(canvas, app, drawing) {
  const scrub = (/** @type {PointerEvent} */ event) => app.scrub(drawing.timeAt(event.offsetX));
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    scrub(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (canvas.hasPointerCapture(event.pointerId)) scrub(event);
  });
  canvas.addEventListener("keydown", (event) => {
    const by = KEYS[event.key];
    const { frame } = app.store.state;
    if (by === undefined || !frame) return;
    event.preventDefault();
    event.stopPropagation();
    // The picture may be a moment behind the run.
    const end = Math.max(drawing.end, timeOf(frame));
    app.scrub(Math.max(0, Math.min(end, timeOf(frame) + by * end)));
  });
}

/**
 * Says that the past is shown, and leads on from there or back to now.
 * @param {HTMLElement} root
 * @param {App} app
 * @param {(text: string) => void} say
 */
function createMomentNote(root, app, say) {
  const note = /** @type {HTMLElement} */ (root.querySelector("#moment"));
  const text = /** @type {HTMLElement} */ (root.querySelector("#moment-text"));
  const leave = (/** @type {() => void} */ act) => () => {
    act();
    // The buttons go: the keyboard stays in the timeline, which says where it stands.
    /** @type {HTMLElement} */ (root.querySelector("#timeline-canvas")).focus();
  };
  root.querySelector("#moment-branch")?.addEventListener("click", leave(() => {
    const { frame } = app.store.state;
    app.branch();
    if (frame) say(gettext("The run goes on from epoch %(epoch)s, step %(step)s. The old curve stays behind it.", when(frame)));
  }));
  root.querySelector("#moment-now")?.addEventListener("click", leave(() => {
    app.scrub(null);
    const { frame } = app.store.state;
    if (frame) say(gettext("Back to now: epoch %(epoch)s, step %(step)s.", when(frame)));
  }));
  app.store.subscribe(["past", "frame"], ({ past, frame }) => {
    if (past && note.hidden) say(gettext("The past is shown. Shift+Tab leads to the buttons that branch from here or go back to now."));
    note.hidden = !past;
    if (!past || !frame) return;
    text.textContent = gettext("Past moment: epoch %(epoch)s, step %(step)s", when(frame));
  });
}

/** @param {import("../frame.js").Frame} frame */
const when = (frame) => ({ epoch: frame.scalar("epoch"), step: frame.scalar("step") });

/**
 * A row in words: when, the losses, and each layer's gradient.
 * @param {import("../history.js").Row} row
 * @param {string[]} labels of the layers
 */
function valueText(row, labels) {
  const losses = gettext("epoch %(epoch)s: training %(train)s, test %(test)s", {
    epoch: Math.floor(row.epoch),
    train: lossText(row.train),
    test: lossText(row.test),
  });
  const last = labels.length - 1;
  const gradients = row.gradients
    .map((power, i) => `${labels[i]} ${format(10 ** power)}`)
    .filter((_, i) => labels.length <= NAMED_AT_MOST || i === 0 || i === last);
  return `${losses} · |∂L/∂W| ${gradients.join(", ")}`;
}
