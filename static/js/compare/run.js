/** One run's panel: its network with gradients flowing, its output, and what has become of it. */

import { NetworkDrawing } from "../draw/network.js";
import { FONT } from "../draw/curves.js";
import { OutputDrawing } from "../draw/output.js";
import { gettext } from "../i18n.js";
import { FEATURE_LABELS } from "../labels.js";
import { layoutNetwork } from "../layout.js";
import { colours } from "../palette.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./lockstep.js").Who} Who */

/**
 * @param {HTMLElement} root
 * @param {Room} room
 * @param {Who} who
 * @param {MediaQueryList} reducedMotion
 * @param {() => void} redraw
 * @returns {{drawNetwork: (time_ms: number) => void, drawOutput: () => void}}
 */
export function createRun(root, room, who, reducedMotion, redraw) {
  const panel = /** @type {HTMLElement} */ (root.querySelector(`.run[data-run="${who}"]`));
  const canvas = /** @type {HTMLCanvasElement} */ (panel.querySelector(".run-network"));
  const map = /** @type {HTMLCanvasElement} */ (panel.querySelector(".run-output"));
  const { store } = room.sides[who];
  const network = new NetworkDrawing(canvas);
  const output = new OutputDrawing(map);
  const { many_classes } = room.facts.experiment;
  createHead(panel, room, who);

  function layOut() {
    const { shape, experiment } = store.state;
    const { clientWidth: width, clientHeight: height } = canvas;
    if (shape.length === 0 || width === 0 || height === 0) return;
    const dpr = window.devicePixelRatio || 1;
    const { features } = experiment;
    network.setLayout(layoutNetwork({ shape, features, width, height, dpr }));
    canvas.setAttribute("aria-label", networkText(who, shape));
    redraw();
  }
  store.subscribe(["shape", "run"], layOut);
  new ResizeObserver(layOut).observe(canvas);
  new ResizeObserver(redraw).observe(map);

  return {
    drawNetwork(time) {
      const { pair, theme, playing, ended } = room.store.state;
      if (!pair || canvas.clientWidth === 0) return;
      const { view } = store.state.experiment;
      network.draw({
        frame: pair[who],
        data: store.state.data,
        theme,
        mode: view.mode,
        selection: null,
        hover: null,
        time,
        playing: playing && !ended[who],
        reducedMotion: reducedMotion.matches,
        discretize: view.discretize,
      });
      nameInputs(canvas, network, theme);
    },
    drawOutput() {
      const { pair, theme } = room.store.state;
      const { data, experiment } = store.state;
      if (!pair || !data || map.clientWidth === 0) return;
      output.draw({
        frame: pair[who],
        data,
        focus: null,
        neuron: 0,
        showTest: experiment.view.show_test,
        discretize: experiment.view.discretize,
        theme,
        problem: experiment.problem,
        classes: many_classes.includes(experiment.dataset) ? experiment.classes : 2,
      });
    },
  };
}

/**
 * The run's value of what differs, and whether its numbers blew up.
 * @param {HTMLElement} panel
 * @param {Room} room
 * @param {Who} who
 */
function createHead(panel, room, who) {
  const title = /** @type {HTMLElement} */ (panel.querySelector(".run-title"));
  const note = /** @type {HTMLElement} */ (panel.querySelector(".run-note"));
  room.store.subscribe(["difference", "experiment"], ({ difference: { kind, value }, experiment }) => {
    const own = who === 0 ? kind.read(experiment) : value;
    title.textContent = gettext("%(name)s: %(what)s", {
      name: kind.label(),
      what: own === "" ? gettext("mixed") : kind.text(own),
    });
  });
  const { store } = room.sides[who];
  const tell = () => {
    const { diverged } = store.state;
    const over = room.store.state.ended[who] && diverged;
    const text = over
      ? gettext("Blew up at step %(step)s; this is the last finite state.", { step: diverged.step })
      : "";
    if (note.textContent !== text) note.textContent = text;
    note.title = over ? diverged.message : "";
  };
  store.subscribe(["diverged"], tell);
  room.store.subscribe(["ended"], tell);
}

/**
 * @param {Who} who
 * @param {number[]} shape
 */
function networkText(who, shape) {
  return gettext("Network of %(run)s, neurons in each layer: %(shape)s", {
    run: "AB"[who],
    shape: shape.join(", "),
  });
}

/**
 * The inputs' names, beside their maps.
 * @param {HTMLCanvasElement} canvas
 * @param {NetworkDrawing} drawing
 * @param {import("../palette.js").Theme} theme
 */
function nameInputs(canvas, { layout }, theme) {
  const context = canvas.getContext("2d");
  if (!context || !layout) return;
  context.font = FONT;
  context.fillStyle = colours(theme).soft;
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { layer, unit, x, y, size } of layout.nodes) {
    if (layer > 0) break;
    context.fillText(FEATURE_LABELS[layout.inputs[unit]] ?? "", x - size / 2 - 7, y);
  }
}
