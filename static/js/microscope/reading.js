/** What a dissection says of one layer, neuron or weight: its arrays, read by their places. */

import { neuronLabel, layerLabel } from "../labels.js";
import { neuronIndex, parameterIndex } from "../parameters.js";

/** @typedef {import("../dissection.js").Dissection} Dissection */
/** @typedef {import("../dissection.js").Stage} Stage */
/** @typedef {import("../dissection.js").Walk} Walk */
/** @typedef {import("../store.js").State} State */
/** @typedef {"z"|"a"|"slope"|"da"|"delta"} Signal */

export class Reading {
  /**
   * @param {Pick<State, "experiment"|"activations"|"selection"|"grain">} state
   * @param {Walk} walk
   */
  constructor({ experiment, activations, selection, grain }, walk) {
    this.walk = walk;
    this.dissection = walk.dissection;
    this.shape = walk.dissection.shape;
    this.last = this.shape.length - 1;
    this.experiment = experiment;
    this.activations = activations;
    this.selection = selection;
    this.grain = grain ?? "term";
  }

  /** Whether the numbers are means over several examples. */
  get averaged() {
    return this.dissection.averaged && this.rows > 1;
  }

  /** Examples in the batch. */
  get rows() {
    return this.dissection.scalar("rows");
  }

  /**
   * Of one neuron; a of layer 0 is an input.
   * @param {Signal} name
   * @param {number} layer
   * @param {number} unit
   */
  signal(name, layer, unit) {
    if (layer === 0) return this.dissection.tensor("inputs")[unit];
    return this.dissection.tensor(name)[neuronIndex(this.shape, layer, unit)];
  }

  /**
   * Of a whole layer.
   * @param {Signal} name
   * @param {number} layer
   */
  signals(name, layer) {
    return Array.from({ length: this.shape[layer] }, (_, unit) => this.signal(name, layer, unit));
  }

  /**
   * A weight, or the bias in the row after the last.
   * @param {number} layer
   * @param {number} from
   * @param {number} to
   */
  parameter(layer, from, to) {
    return this.dissection.tensor("parameters")[parameterIndex(this.shape, layer, from, to)];
  }

  /**
   * Its gradient: of what is walked through.
   * @param {number} layer
   * @param {number} from
   * @param {number} to
   */
  share(layer, from, to) {
    return this.dissection.tensor("share")[parameterIndex(this.shape, layer, from, to)];
  }

  /**
   * Targets of the one example that is walked through.
   * @returns {number[]}
   */
  get targets() {
    return [...this.dissection.tensor("targets").subarray(0, this.shape[this.last])];
  }

  /**
   * @param {number} layer
   * @param {number} unit
   */
  neuron(layer, unit) {
    return neuronLabel(layer, unit, this.shape, this.experiment.features);
  }

  /** @param {number} layer */
  layer(layer) {
    return layerLabel(layer, this.last);
  }

  /** @param {number} layer */
  activation(layer) {
    return this.activations[layer - 1];
  }
}
