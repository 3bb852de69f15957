/** The timeline panel: the loss over time, and the gradient river under it. */

import { TimelineDrawing } from "../draw/timeline.js";
import { withView } from "../experiment.js";
import { gettext } from "../i18n.js";
import { layerLabel } from "../labels.js";
import { format } from "../scales.js";
import { bindCheck } from "./fields.js";
import { lossText } from "./readout.js";

/** @typedef {import("../store.js").App} App */

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {import("../history.js").History} history
 * @returns {{draw: () => void}}
 */
export function createTimeline(root, app, history) {
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
  canvas.addEventListener("pointerdown", (event) => point(event.offsetX));
  canvas.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse") point(null);
  });
  new ResizeObserver(app.redraw).observe(canvas);
  canvas.addEventListener("blur", () => point(null));
  canvas.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -0.02, ArrowRight: 0.02, Home: -1, End: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const width = canvas.clientWidth;
    point(Math.max(0, Math.min(width, (hoverX ?? width) + by * width)));
  });

  /** @param {number|null} x */
  function point(x) {
    hoverX = x;
    app.redraw();
  }

  return {
    draw() {
      if (canvas.clientWidth === 0) return;
      const { theme, experiment, shape } = app.store.state;
      drawing.draw({
        history,
        theme,
        logLoss: experiment.view.log_loss,
        hoverX,
        layers: shape.length - 1,
        labels: labels(),
      });
      showValue();
    },
  };

  function labels() {
    const { shape } = app.store.state;
    return shape.slice(1).map((_, i) => layerLabel(i + 1, shape.length - 1));
  }

  function showValue() {
    const row = hoverX === null ? null : drawing.valueAt(hoverX);
    value.hidden = row === null;
    if (!canvas || hoverX === null || !row) return;
    const text = valueText(row, labels());
    if (value.textContent !== text) {
      value.textContent = text;
      canvas.setAttribute("aria-valuetext", text);
      canvas.setAttribute("aria-valuemax", String(history.length));
    }
    const left = Math.min(hoverX + 14, canvas.clientWidth - value.offsetWidth);
    value.style.left = `${Math.max(0, left)}px`;
  }
}

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
  const gradients = row.gradients.map((power, i) => `${labels[i]} ${format(10 ** power)}`);
  return `${losses} · |∂L/∂W| ${gradients.join(", ")}`;
}
