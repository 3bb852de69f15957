/** Is this neuron listening? Its activation's curve, where each example stands on it, and the slope there. */

import { drawCurve, placeCurve, pointAt } from "../../draw/curve.js";
import { gettext, ngettext } from "../../i18n.js";
import { activationLabels } from "../../labels.js";
import { neuronIndex } from "../../parameters.js";
import { format } from "../../scales.js";
import { make } from "../elements.js";
import { exampleName } from "./examples.js";
import { Head } from "./head.js";
import { Plot } from "./plot.js";

/** @typedef {import("../../draw/curve.js").CurveScene} CurveScene */
/** @typedef {import("../../draw/curve.js").Point} Point */
/** @typedef {import("../../palette.js").Theme} Theme */
/** @typedef {import("../reading.js").Reading} Reading */
/** @typedef {import("./subject.js").Neuron} Neuron */
/** @typedef {"listening"|"barely"|"deaf"} Hearing */
/**
 * A neuron in the batch, and how much of it the walk has come to.
 * @typedef {object} Listening
 * @property {Point[]} points the batch's examples
 * @property {Point} own what is walked through: an example's numbers, or the batch's means
 * @property {number} da what came back to it
 * @property {number} place of the example among the points, or −1
 * @property {{z: boolean, a: boolean, slope: boolean, da: boolean, delta: boolean}} there
 */

const SIGNALS = 5;

/**
 * @param {Reading} reading
 * @param {Neuron} neuron
 * @returns {Listening}
 */
export function listeningOf(reading, [layer, unit]) {
  const { dissection, shape, walk } = reading;
  const table = dissection.tensor("neuron");
  const points = Array.from({ length: reading.rows }, (_, i) => {
    const [z, a, slope, , delta] = table.subarray(i * SIGNALS, (i + 1) * SIGNALS);
    return { z, a, slope, delta };
  });
  const signal = (/** @type {import("../reading.js").Signal} */ name) => reading.signal(name, layer, unit);
  const index = neuronIndex(shape, layer, unit);
  return {
    points,
    own: { z: signal("z"), a: signal("a"), slope: signal("slope"), delta: signal("delta") },
    da: signal("da"),
    place: dissection.scalar("place"),
    there: {
      z: walk.has("z", index),
      a: walk.has("a", index),
      slope: walk.has("slope", index),
      da: walk.has("cameBack", index),
      delta: walk.has("delta", index),
    },
  };
}

/**
 * Whether a neuron lets a gradient through, by the server's own bounds.
 * @param {Reading} reading
 * @param {number} slope
 * @returns {Hearing}
 */
export function hearingOf({ dissection }, slope) {
  const size = Math.abs(slope);
  if (size < dissection.scalar("dead_slope")) return "deaf";
  return size < dissection.scalar("saturated_slope") ? "barely" : "listening";
}

/**
 * One plain sentence about what the neuron does with the example, or with the batch.
 * @param {Reading} reading
 * @param {Listening} listening
 * @returns {string}
 */
export function verdictOf(reading, { points, own, there }) {
  if (!there.z) return gettext("Its z is not there yet: → goes on.");
  if (reading.averaged) return batchVerdict(reading, points, there.slope);
  if (there.slope) return ownVerdict(hearingOf(reading, own.slope));
  return reading.dissection.outside
    ? gettext("Where this example stands, and the batch's examples beside it.")
    : ngettext(
        "Where this example stands among the batch's %(n)s.",
        "Where this example stands among the batch's %(n)s.",
        reading.rows,
      );
}

/**
 * @param {Reading} reading
 * @param {Point[]} points
 * @param {boolean} sloped
 */
function batchVerdict(reading, points, sloped) {
  if (!sloped) return gettext("The batch's examples, and their mean ◆: it need not be on the curve.");
  const open = points.filter(({ slope }) => hearingOf(reading, slope) === "listening").length;
  return ngettext(
    "It listens to %(open)s of the batch's %(n)s example.",
    "It listens to %(open)s of the batch's %(n)s examples.",
    points.length,
    { open },
  );
}

/** @param {Hearing} hearing */
function ownVerdict(hearing) {
  switch (hearing) {
    case "listening":
      return gettext("It is listening: what comes back goes through.");
    case "barely":
      return gettext("It is barely listening: on a flat end, next to nothing goes through.");
    case "deaf":
      return gettext("It is deaf: the curve is flat here, and nothing goes through.");
  }
}

/**
 * The numbers under the curve: symbol, number, and what joins it to the next. Of a batch they are
 * means, and no equation.
 * @param {Reading} reading
 * @param {Listening} listening
 * @returns {{symbol: string, number: string, joint: string, kind: "value"|"gradient"|"gradient above"|"plain"}[]}
 */
export function figuresOf(reading, { own, da, there }) {
  const shown = (/** @type {boolean} */ ready, /** @type {number} */ number) => (ready ? format(number) : "·");
  const hue = (/** @type {number} */ number) => (number > 0 ? "gradient above" : "gradient");
  const mean = reading.averaged;
  if (!there.slope && !there.da) {
    return [
      { symbol: mean ? "z̄" : "z", number: shown(there.z, own.z), joint: mean ? "" : "φ →", kind: "value" },
      { symbol: mean ? "ā" : "a", number: shown(there.a, own.a), joint: "", kind: "value" },
    ];
  }
  return [
    { symbol: "∂L/∂a", number: shown(there.da, da), joint: mean ? "" : "×", kind: hue(da) },
    { symbol: mean ? "φ′(z)" : `φ′(${format(own.z)})`, number: shown(there.slope, own.slope), joint: mean ? "" : "=", kind: "plain" },
    { symbol: mean ? "δ̄" : "δ", number: shown(there.delta, own.delta), joint: "", kind: hue(own.delta) },
  ];
}

/**
 * One example, in one line.
 * @param {Reading} reading
 * @param {Listening} listening
 * @param {number} i its place in the batch
 */
export function pointWords(reading, { points, there }, i) {
  const { z, a, slope, delta } = points[i];
  const name = exampleName(reading, i);
  if (there.delta) {
    return gettext("%(name)s: slope %(slope)s, δ %(delta)s", { name, slope: format(slope), delta: format(delta) });
  }
  if (there.slope) return gettext("%(name)s: z %(z)s, slope %(slope)s", { name, z: format(z), slope: format(slope) });
  return gettext("%(name)s: z %(z)s, a %(a)s", { name, z: format(z), a: format(a) });
}

export class CurveView {
  /**
   * @param {Document} document
   * @param {(place: number) => void} trace
   */
  constructor(document, trace) {
    this.trace = trace;
    this.element = make(document, "div", "lens-view");
    this.head = new Head(document);
    this.plot = new Plot(document, gettext("Click an example to follow it"));
    this.figures = make(document, "dl", "lens-figures");
    this.plot.words.before(this.figures);
    this.element.append(...this.head.elements, this.plot.element);
  }

  /**
   * @param {Reading} reading
   * @param {Neuron} neuron
   * @param {Theme} theme
   */
  show(reading, neuron, theme) {
    const [layer, unit] = neuron;
    const listening = listeningOf(reading, neuron);
    const name = reading.neuron(layer, unit);
    const phi = activationLabels()[reading.activation(layer)];
    this.head.show(gettext("Is %(neuron)s listening?", { neuron: name }), `φ = ${phi}`);
    const scene = sceneOf(reading, listening, theme);
    this.plot.show({
      name: gettext("%(name)s of %(neuron)s: the batch's examples on its curve", { name: phi, neuron: name }),
      order: byZ(scene.points),
      own: listening.there.z ? listening.place : -1,
      say: (i) => (i === listening.place ? verdictOf(reading, listening) : pointWords(reading, listening, i)),
      otherwise: verdictOf(reading, listening),
      find: (x, y, { width, height }) => pointAt(scene, placeCurve(scene, width, height), x, y),
      draw: (context, size, cursor) => drawCurve(context, size, scene, cursor),
      choose: this.trace,
    });
    this.#fill(figuresOf(reading, listening));
  }

  /** @param {ReturnType<typeof figuresOf>} figures */
  #fill(figures) {
    const { ownerDocument: document } = this.element;
    this.figures.replaceChildren(...figures.map(({ symbol, number, joint, kind }) => {
      const item = make(document, "div", "");
      const colour = kind === "value" ? "value-text" : kind.replace("gradient", "gradient-text");
      item.append(make(document, "dt", "symbol", symbol), make(document, "dd", colour, number));
      if (joint) item.dataset.joint = joint;
      return item;
    }));
  }
}

/**
 * @param {Reading} reading
 * @param {Listening} listening
 * @param {Theme} theme
 * @returns {CurveScene}
 */
function sceneOf(reading, { points, own, there }, theme) {
  return {
    curve: reading.dissection.tensor("curve"),
    points: there.z ? points : [],
    own: there.z && !reading.averaged ? own : null,
    mean: there.z && reading.averaged ? own : null,
    sloped: there.slope,
    signalled: there.delta,
    theme,
  };
}

/** @param {Point[]} points */
function byZ(points) {
  return points.map((_, i) => i).sort((one, other) => points[one].z - points[other].z);
}
