/** What a frame says of the selected weight or neuron, example by example (docs/reference/protocol.md). */

import { selectedPlace } from "../parameters.js";

/** @typedef {import("../frame.js").Frame} Frame */
/** @typedef {import("../store.js").Selection} Selection */
/** @typedef {"source"|"z"|"a"|"slope"|"da"|"delta"|"contribution"} Signal */

/**
 * @param {Frame} frame
 * @param {Selection} selection of layer 1 or on
 * @returns {CloseUp|null} null where the frame carries numbers of something else, or none
 */
export function closeUpOf(frame, selection) {
  const wanted = (selectedPlace(selection) ?? []).map((part) => part ?? "").join(",");
  return frame.metadata.selected === wanted ? new CloseUp(frame) : null;
}

export class CloseUp {
  /** @param {Frame} frame */
  constructor(frame) {
    this.frame = frame;
    /** @type {Signal[]} */
    this.signals = /** @type {Signal[]} */ (frame.metadata.signals.split(","));
    /** Examples that the gradient shown is the mean of. */
    this.batch = frame.scalar("batch_rows");
    /** The first of them, whose numbers are there. */
    this.examples = Math.min(this.batch, frame.shape("selected")[0]);
  }

  /**
   * @param {Signal} name
   * @param {number} example from 0
   */
  signal(name, example) {
    const column = this.signals.indexOf(name);
    return this.frame.tensor("selected")[example * this.signals.length + column];
  }

  /** What each example adds to the gradient. */
  get contributions() {
    return Array.from({ length: this.examples }, (_, example) => this.signal("contribution", example));
  }

  /** Weights that lead to the neuron, and last its bias, as the pass used them. */
  get incoming() {
    return this.frame.tensor("incoming");
  }

  /** Weights that lead on from the neuron. */
  get outgoing() {
    return this.frame.tensor("outgoing");
  }

  /**
   * What came in from the layer before, or back from the layer after, or an output's answer.
   * @param {"incoming_a"|"outgoing_delta"|"answer"} name
   * @param {number} example
   */
  row(name, example) {
    const columns = this.frame.shape(name)[1];
    return this.frame.tensor(name).subarray(example * columns, (example + 1) * columns);
  }
}
