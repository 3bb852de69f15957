/** What is being computed now, in one sentence and one formula: for each phase and grain of the walk. */

import { gettext, ngettext } from "../i18n.js";
import { format } from "../scales.js";
import { mo, row, target, value, valueSymbol, vector } from "../formula/mathml.js";
import {
  cameBackStep, deltaStep, layerBackward, neuronBackward, phaseBackward, shareStep, slopeStep,
} from "./steps/backward.js";
import {
  activationStep, layerForward, neuronForward, phaseForward, termStep,
} from "./steps/forward.js";
import { batchLoss, exampleLoss, phaseLoss } from "./steps/loss.js";
import { phaseUpdate, updateStep } from "./steps/update.js";

/** @typedef {import("./reading.js").Reading} Reading */
/** @typedef {import("../dissection.js").Grain} Grain */
/** @typedef {import("../dissection.js").Phase} Phase */
/** @typedef {import("../dissection.js").Stage} Stage */
/** @typedef {import("../dissection.js").Walk} Walk */
/** @typedef {import("./steps/forward.js").Step} Step */

/** @type {Grain[]} */
const FINER = ["phase", "layer", "neuron", "term"];

/** @returns {Record<Phase, string>} */
export const phaseLabels = () => ({
  forward: gettext("Forward"),
  loss: gettext("Loss"),
  backward: gettext("Backward"),
  update: gettext("Update"),
});

/**
 * The step that led here, as large as the grain where that is a whole step of it: after a turn of
 * the dial the reader may stand between two of its stops.
 * @param {Walk} walk
 * @param {Grain} grain
 * @returns {Grain}
 */
export function wholeGrain({ dissection, position }, grain) {
  const wished = FINER.slice(FINER.indexOf(grain));
  return wished.find((one) => dissection.tensor(`stops.${one}`).includes(position)) ?? "term";
}

/**
 * The step just taken, in words and as a formula.
 * @param {Reading} reading
 * @param {number} room how many terms of a sum may be written out
 * @returns {Step}
 */
export function describeStep(reading, room) {
  const step = stepOf(reading, room);
  return { ...step, words: sentenceCase(step.words) };
}

/**
 * A sentence that begins with a name, such as "hidden 1, neuron 2", begins with a capital letter; a
 * symbol, such as x₁, stays as it is.
 * @param {string} words
 */
const sentenceCase = (words) => words.replace(/^[a-z](?=[a-z])/, (letter) => letter.toUpperCase());

/**
 * @param {Reading} reading
 * @param {number} room
 * @returns {Step}
 */
function stepOf(reading, room) {
  const { stage } = reading.walk;
  if (!stage) return beforehand(reading, room);
  switch (wholeGrain(reading.walk, reading.grain)) {
    case "phase":
      return phaseStep(reading, stage, room);
    case "layer":
      return layerStep(reading, stage, room);
    case "neuron":
      return neuronStep(reading, stage, room);
    default:
      return smallestStep(reading, stage, room);
  }
}

/**
 * What is about to happen, and what goes in.
 * @param {Reading} reading
 * @param {number} room
 * @returns {Step}
 */
function beforehand(reading, room) {
  const inputs = reading.signals("a", 0);
  const into = row(valueSymbol("x"), mo("="), vector(inputs, value, room));
  const chunks = reading.averaged
    ? [into]
    : [into, row(valueSymbol("y"), mo("="), vector(reading.targets, (y) => target(y, "alone"), room))];
  return {
    words: reading.averaged
      ? ngettext(
          "Update %(step)s begins: the batch's %(n)s example goes in, then forward. Press → for the first step.",
          "Update %(step)s begins: the batch's %(n)s examples go in, then forward. Press → for the first step.",
          reading.rows,
          { step: reading.dissection.scalar("step") + 1 },
        )
      : gettext("Update %(step)s begins: one example goes in, then forward. Press → for the first step.", {
          step: reading.dissection.scalar("step") + 1,
        }),
    chunks,
    said: `x = ${inputs.map((x) => format(x)).join(", ")}`,
  };
}

/**
 * @param {Reading} reading
 * @param {Stage} stage
 * @param {number} room
 * @returns {Step}
 */
function phaseStep(reading, { phase }, room) {
  switch (phase) {
    case "forward":
      return phaseForward(reading, room);
    case "loss":
      return phaseLoss(reading, room);
    case "backward":
      return phaseBackward(reading, room);
    case "update":
      return phaseUpdate(reading, room);
  }
}

/**
 * @param {Reading} reading
 * @param {Stage} stage
 * @param {number} room
 * @returns {Step}
 */
function layerStep(reading, stage, room) {
  switch (stage.phase) {
    case "forward":
      return layerForward(reading, stage, room);
    case "loss":
      return phaseLoss(reading, room);
    case "backward":
      return layerBackward(reading, stage, room);
    case "update":
      return updateStep(reading, stage, room);
  }
}

/**
 * @param {Reading} reading
 * @param {Stage} stage
 * @param {number} room
 * @returns {Step}
 */
function neuronStep(reading, stage, room) {
  switch (stage.phase) {
    case "forward":
      return neuronForward(reading, stage, room);
    case "backward":
      return neuronBackward(reading, stage, room);
    default:
      return smallestStep(reading, stage, room);
  }
}

/**
 * @param {Reading} reading
 * @param {Stage} stage
 * @param {number} room
 * @returns {Step}
 */
function smallestStep(reading, stage, room) {
  switch (stage.act) {
    case "term":
    case "bias":
      return termStep(reading, stage, room);
    case "activation":
      return activationStep(reading, stage);
    case "per_example":
      return exampleLoss(reading, room);
    case "mean":
      return batchLoss(reading, room);
    case "came_back":
      return cameBackStep(reading, stage, room);
    case "slope":
      return slopeStep(reading, stage);
    case "delta":
      return deltaStep(reading, stage);
    case "dW":
    case "db":
      return shareStep(reading, stage);
    case "line":
      return updateStep(reading, stage, room);
  }
}

/**
 * What all numbers of the walk are, where that could be mistaken; empty for an example of the batch.
 * @param {Reading} reading
 */
export function noteOf({ walk, dissection, averaged, rows, selection }) {
  if (walk.atEnd) return gettext("→ goes on to the next update");
  if (walk.stage?.act === "line") return selection?.layer ? "" : gettext("moves most; click another");
  if (averaged) return ngettext("mean over the batch of %(n)s", "mean over the batch of %(n)s", rows);
  if (dissection.outside) return gettext("not in this batch: the update does not learn from it");
  return "";
}

/**
 * The step as it is spoken.
 * @param {Step} step
 */
export function spoken({ words, said }) {
  return said ? `${words} ${said}` : words;
}
