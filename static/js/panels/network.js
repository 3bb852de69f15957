/** The network panel: the picture, what the pointer finds in it, and its view switch. */

import { NetworkDrawing } from "../draw/network.js";
import { withView } from "../experiment.js";
import { layoutNetwork } from "../layout.js";
import { layoutWalk } from "../layout-walk.js";
import { exists, same } from "../parameters.js";
import { createFindingsDoor } from "./findings.js";
import { createNodes } from "./nodes.js";
import { createWalkPictureDoor } from "./walk-picture.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Selection} Selection */

/** A column needs this much room; a deep network scrolls inside its panel. */
const COLUMN_MIN_PX = 50;
const PHONE_COLUMN_MIN_PX = 76;

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {object} options
 * @param {(positions_px: number[]) => void} options.placeColumns
 * @param {() => void} options.edit
 * @param {(text: string) => void} options.say
 * @param {MediaQueryList} options.reducedMotion
 * @returns {{draw: (time_ms: number) => void}}
 */
export function createNetwork(root, app, { placeColumns, edit, say, reducedMotion }) {
  const { store } = app;
  const body = /** @type {HTMLElement} */ (root.querySelector("#stage-body"));
  const picture = /** @type {HTMLElement} */ (root.querySelector("#picture"));
  const canvas = /** @type {HTMLCanvasElement} */ (root.querySelector("#network-canvas"));
  const phone = matchMedia("(max-width: 760px)");
  const drawing = new NetworkDrawing(canvas);
  const nodes = createNodes(/** @type {HTMLElement} */ (root.querySelector("#nodes")), app, {
    edit,
    walkName: (selection) => walkPicture.nameOf(selection),
    unwellAs: (selection) => findings.sentenceOn(selection),
  });
  const walkPicture = createWalkPictureDoor(root, app, drawing, nodes.rename);
  const findings = createFindingsDoor(root, app, drawing, { say, changed: nodes.rename });

  function layOut() {
    const { shape, experiment, grain } = store.state;
    if (shape.length === 0) return;
    const column_px = phone.matches ? PHONE_COLUMN_MIN_PX : COLUMN_MIN_PX;
    body.style.minWidth = `${shape.length * column_px}px`;
    const { clientWidth: width, clientHeight: height } = picture;
    if (width === 0 || height === 0) return;
    const dpr = window.devicePixelRatio || 1;
    const place = grain === null ? layoutNetwork : layoutWalk;
    const layout = place({ shape, features: experiment.features, width, height, dpr });
    drawing.setLayout(layout);
    placeColumns(layout.columns.map(({ x }) => x));
    findings.setLayout(layout);
    nodes.setLayout(layout);
    walkPicture.setLayout(layout);
    app.redraw();
  }

  new ResizeObserver(layOut).observe(picture);
  store.subscribe(["shape"], () => {
    const { selection, shape } = store.state;
    if (selection && !exists(shape, selection)) store.set({ selection: null, hover: null });
    layOut();
  });
  let walking = false;
  store.subscribe(["grain"], ({ grain }) => {
    if ((grain !== null) === walking) return;
    walking = grain !== null;
    layOut();
  });
  store.subscribe(["selection", "hover", "experiment", "theme"], app.redraw);
  listenToPointer(picture, drawing, app);
  bindModes(root, app);

  return {
    draw(time_ms) {
      const { frame, data, experiment, selection, hover, theme, playing, grain } = store.state;
      if (!frame || picture.clientWidth === 0) return;
      const scene = {
        frame,
        data,
        theme,
        // Between two updates of a walk nothing has arrived yet.
        mode: grain === null ? experiment.view.mode : "weights",
        selection,
        hover,
        time: time_ms,
        playing,
        reducedMotion: reducedMotion.matches,
        discretize: experiment.view.discretize,
      };
      if (!walkPicture.draw(scene)) drawing.draw(scene);
    },
  };
}

/**
 * What the pointer is over, as a selection.
 * @param {NetworkDrawing} drawing
 * @param {PointerEvent} event
 * @returns {Selection|null}
 */
function found(drawing, { offsetX, offsetY }) {
  const node = drawing.nodeAt(offsetX, offsetY);
  if (node) return { kind: "neuron", layer: node.layer, unit: node.unit };
  const edge = drawing.edgeAt(offsetX, offsetY);
  return edge && { kind: "weight", layer: edge.layer, from: edge.from, to: edge.to };
}

/**
 * @param {HTMLElement} picture
 * @param {NetworkDrawing} drawing
 * @param {App} app
 */
function listenToPointer(picture, drawing, app) {
  const { store } = app;
  picture.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse") return;
    const hover = found(drawing, event);
    if (!same(hover, store.state.hover)) store.set({ hover });
    picture.style.cursor = hover ? "pointer" : "";
  });
  picture.addEventListener("pointerleave", () => store.set({ hover: null }));
  picture.addEventListener("click", (event) => {
    const selection = found(drawing, /** @type {PointerEvent} */ (event));
    const again = same(selection, store.state.selection);
    store.set({ selection: again ? null : selection, hover: null });
  });
}

/**
 * Weights, Gradients, Both, Updates.
 * @param {HTMLElement} root
 * @param {App} app
 */
function bindModes(root, app) {
  const radios = /** @type {NodeListOf<HTMLInputElement>} */ (
    root.querySelectorAll("#modes input")
  );
  for (const radio of radios) {
    radio.addEventListener("change", () => {
      app.change(withView(app.store.state.experiment, { mode: radio.value }));
    });
  }
  app.store.subscribe(["experiment"], ({ experiment }) => {
    for (const radio of radios) radio.checked = radio.value === experiment.view.mode;
  });
}
