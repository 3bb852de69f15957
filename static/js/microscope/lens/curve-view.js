/** Is this neuron listening? Its activation's curve, where each example stands on it, and the slope. */

import { drawCurve, placeCurve, pointAt } from "../../draw/curve.js";
import { gettext, ngettext } from "../../i18n.js";
import { activationLabels } from "../../labels.js";
import { make } from "../elements.js";
import { Head } from "./head.js";
import { figuresOf, listeningOf, pointWords, verdictOf } from "./listening.js";
import { Plot } from "./plot.js";

/** @typedef {import("../../draw/curve.js").CurveScene} CurveScene */
/** @typedef {import("../../draw/curve.js").Point} Point */
/** @typedef {import("../../palette.js").Theme} Theme */
/** @typedef {import("../reading.js").Reading} Reading */
/** @typedef {import("./listening.js").Figure} Figure */
/** @typedef {import("./listening.js").Listening} Listening */
/** @typedef {import("./subject.js").Neuron} Neuron */

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
    this.plot.words.classList.add("long");
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
    const means = ngettext("mean of %(n)s", "means of %(n)s", reading.rows);
    this.head.show(
      gettext("Is %(neuron)s listening?", { neuron: name }),
      reading.averaged ? `φ = ${phi} · ${means}` : `φ = ${phi}`,
    );
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

  /** @param {Figure[]} figures */
  #fill(figures) {
    const { ownerDocument: document } = this.element;
    this.figures.replaceChildren(...figures.map(({ symbol, number, joint, kind }) => {
      const item = make(document, "div", "");
      item.append(make(document, "dt", "symbol", symbol), make(document, "dd", kind, number));
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
