/**
 * One update taken apart by the server (docs/reference/protocol.md, "Dissection"): its stages in
 * their order, and when each number of the network is there. Pure; nothing is computed anew.
 */

import { neuronIndex, parameterIndex } from "./parameters.js";

/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {"forward"|"loss"|"backward"|"update"} Phase */
/** @typedef {"phase"|"layer"|"neuron"|"term"} Grain */
/**
 * @typedef {"term"|"bias"|"activation"|"per_example"|"mean"|"came_back"|"slope"|"delta"|"dW"|"db"
 *   |"line"} Act
 */
/**
 * The smallest part of a walk. Numbers that a stage has none of are NaN.
 * @typedef {object} Stage
 * @property {Phase} phase
 * @property {Act} act
 * @property {number} layer from 1; 0 where it is of the whole network
 * @property {number} unit from 0, or -1
 * @property {number} term from 0, or -1
 * @property {number} line index of the program's lines
 * @property {number} left
 * @property {number} right
 * @property {number} value
 * @property {number} total
 */
/** @typedef {{phase: number, layer: number, name: string, text: string}} Line */
/** @typedef {{definitions: string[], setup: string[], lines: Line[]}} Program */
/**
 * @typedef {object} Finding
 * @property {"dead"|"saturated"|"vanishing"|"exploding"|"not_finite"} ailment
 * @property {number} layer from 1
 * @property {number|null} unit from 0; null where it is the whole layer
 * @property {number|null} measure
 */
/**
 * After how many stages each number is there: of neurons z, a, what came back, slope and delta; of
 * parameters their product in z and their gradient.
 * @typedef {{z: Int32Array, a: Int32Array, cameBack: Int32Array, slope: Int32Array,
 *   delta: Int32Array, product: Int32Array, gradient: Int32Array}} Arrivals
 */

/** The column of a stage's line. */
const LINE = 5;

export class Dissection {
  /**
   * @param {Frame} message of kind "dissection"
   * @param {number[]} shape neurons in each layer, inputs first
   */
  constructor(message, shape) {
    const { metadata } = message;
    this.message = message;
    this.shape = shape;
    /** What was asked for since of one neuron and one weight. @type {Frame|null} */
    this.closeup = null;
    /** @type {Phase[]} */
    this.phases = /** @type {Phase[]} */ (metadata.phases.split(","));
    this.acts = /** @type {Act[]} */ (metadata.acts.split(","));
    /** @type {Program} */
    this.program = JSON.parse(metadata.program);
    /** @type {Finding[]} */
    this.findings = JSON.parse(metadata.findings);
    /** The quantities of the update, in their order. */
    this.quantities = metadata.update.split(",");
    /** What was asked for: example, neuron, weight. */
    this.choice = JSON.parse(metadata.choice);
    this.columns = metadata.stages.split(",").length;
    /** How many stages it has. */
    this.length = message.shape("stages")[0];
    this.stages = message.tensor("stages");
    this.numbers = message.tensor("numbers");
    this.arrivals = arrivalsOf(this);
  }

  /** Whether the whole batch is walked through, its examples averaged. */
  get averaged() {
    return this.message.metadata.source === "batch";
  }

  /** Whether what is walked through is no example of the batch, so that the update ignores it. */
  get outside() {
    return this.message.metadata.source === "outsider";
  }

  /** @param {string} name */
  scalar(name) {
    return this.message.scalar(name);
  }

  /**
   * The same update, looked at more closely in another place.
   * @param {Frame} closeup message of that kind
   * @returns {Dissection}
   */
  closer(closeup) {
    const closer = Object.assign(Object.create(Dissection.prototype), this);
    closer.closeup = closeup;
    closer.choice = { ...this.choice, ...JSON.parse(closeup.metadata.choice) };
    return closer;
  }

  /** @param {string} name */
  tensor(name) {
    return (this.closeup?.has(name) ? this.closeup : this.message).tensor(name);
  }

  /** @param {string} name */
  has(name) {
    return this.closeup?.has(name) || this.message.has(name);
  }

  /**
   * @param {number} index from 0
   * @returns {Stage}
   */
  stage(index) {
    const at = index * this.columns;
    const [phase, act, layer, unit, term, line] = this.stages.subarray(at, at + this.columns);
    const [left, right, value, total] = this.numbers.subarray(index * 4, index * 4 + 4);
    return {
      phase: this.phases[phase],
      act: this.acts[act],
      layer,
      unit,
      term,
      line,
      left,
      right,
      value,
      total,
    };
  }

  /**
   * The line of the program that a stage belongs to, for those who go through all stages.
   * @param {number} index from 0
   */
  lineOf(index) {
    return this.stages[index * this.columns + LINE];
  }

  /**
   * The next position at a grain; the last stays.
   * @param {number} position stages done
   * @param {Grain} grain
   */
  next(position, grain) {
    return this.tensor(`stops.${grain}`).find((stop) => stop > position) ?? this.length;
  }

  /**
   * @param {number} position stages done
   * @param {Grain} grain
   */
  previous(position, grain) {
    let before = 0;
    for (const stop of this.tensor(`stops.${grain}`)) {
      if (stop >= position) break;
      before = stop;
    }
    return before;
  }
}

/** A dissection and how far the reader has come in it. A step makes a new one. */
export class Walk {
  /**
   * @param {Dissection} dissection
   * @param {number} position stages done
   */
  constructor(dissection, position) {
    this.dissection = dissection;
    this.position = Math.max(0, Math.min(position, dissection.length));
  }

  /** The stage done last; null at the start. */
  get stage() {
    return this.position > 0 ? this.dissection.stage(this.position - 1) : null;
  }

  /** The stage to come; null at the end. */
  get coming() {
    return this.position < this.dissection.length ? this.dissection.stage(this.position) : null;
  }

  get atEnd() {
    return this.position === this.dissection.length;
  }

  /**
   * Whether a number is there by now.
   * @param {keyof Arrivals} what
   * @param {number} index of the neuron (layer 1 and on) or of the parameter
   */
  has(what, index) {
    return this.dissection.arrivals[what][index] <= this.position;
  }

  /**
   * The first and the last stage (exclusive) of the step that led here at a grain, as positions.
   * @param {Grain} grain
   * @returns {[number, number]}
   */
  span(grain) {
    return [this.dissection.previous(this.position, grain), this.position];
  }
}

/**
 * @param {Dissection} dissection
 * @returns {Arrivals}
 */
function arrivalsOf({ message, stages, columns, length, acts, shape }) {
  const [[units], [parameters]] = [message.shape("z"), message.shape("parameters")];
  const never = (/** @type {number} */ count) => new Int32Array(count).fill(length + 1);
  const arrivals = {
    z: never(units),
    a: never(units),
    cameBack: never(units),
    slope: never(units),
    delta: never(units),
    product: never(parameters),
    gradient: never(parameters),
  };
  for (let k = 0; k < length; k += 1) {
    const [, act, layer, unit, term] = stages.subarray(k * columns, (k + 1) * columns);
    if (layer === 0) continue;
    const neuron = neuronIndex(shape, layer, unit);
    const done = k + 1;
    switch (acts[act]) {
      case "term":
        arrivals.product[parameterIndex(shape, layer, term, unit)] = done;
        break;
      case "bias":
        arrivals.product[parameterIndex(shape, layer, term, unit)] = done;
        arrivals.z[neuron] = done;
        break;
      case "activation":
        arrivals.a[neuron] = done;
        break;
      case "came_back":
        arrivals.cameBack[neuron] = done;
        break;
      case "slope":
        arrivals.slope[neuron] = done;
        break;
      case "delta":
        arrivals.delta[neuron] = done;
        break;
      case "dW":
      case "db":
        arrivals.gradient[parameterIndex(shape, layer, term, unit)] = done;
        break;
    }
  }
  return arrivals;
}
