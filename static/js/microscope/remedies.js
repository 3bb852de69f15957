/** What helps against a finding, as experiments to go on with: each differs in one setting. Pure. */

import { classCount, withActivation, withField, withLayer } from "../experiment.js";
import { gettext } from "../i18n.js";
import { activationLabels, initializerLabels, layerLabel, lossLabels } from "../labels.js";
import { format } from "../scales.js";

/** @typedef {import("../experiment.js").Experiment} Experiment */
/** @typedef {import("../experiment.js").ExperimentFacts} ExperimentFacts */
/** @typedef {import("./diagnosis.js").Group} Group */
/**
 * @typedef {object} Remedy
 * @property {string} hide the id of the control that it stands for, which a lecturer may have hidden
 * @property {boolean} anew whether a new network begins
 * @property {string} label
 * @property {Experiment} experiment
 */

const FLAT_ENDS = ["tanh", "sigmoid"];
const RECTIFIERS = ["relu", "leaky-relu", "elu", "gelu", "silu", "softplus"];
/** Gradients are cut at this norm. */
const CLIP_AT = 1;

/**
 * The remedies for a finding, the likeliest first; none that is in use already, and none whose
 * control is hidden.
 * @param {Group} group
 * @param {Experiment} experiment
 * @param {Pick<ExperimentFacts, "offered"|"many_classes">} facts
 * @returns {Remedy[]}
 */
export function remediesFor(group, experiment, facts) {
  const found = candidates(group, experiment, facts).filter((remedy) => remedy !== null);
  return found.filter(({ hide }) => !experiment.hidden.includes(hide));
}

/**
 * @param {Group} group
 * @param {Experiment} experiment
 * @param {Pick<ExperimentFacts, "offered"|"many_classes">} facts
 * @returns {(Remedy|null)[]}
 */
function candidates({ ailment, layer }, experiment, facts) {
  const activation = experiment.layers[layer - 1]?.activation;
  switch (ailment) {
    case "dead":
      return [
        activation ? inLayer(experiment, layer, activation === "relu" ? "leaky-relu" : "tanh") : null,
        FLAT_ENDS.includes(activation) ? initialization(experiment) : null,
        slower(experiment, facts.offered.learning_rate),
      ];
    case "saturated":
      if (!activation) return [otherLoss(experiment, facts.many_classes), slower(experiment, facts.offered.learning_rate)];
      return [initialization(experiment), inLayer(experiment, layer, "relu")];
    case "vanishing":
      return [inAll(experiment, "relu"), initialization(experiment)];
    case "exploding":
      return [clipped(experiment), initialization(experiment), slower(experiment, facts.offered.learning_rate)];
    case "not_finite":
      return [slower(experiment, facts.offered.learning_rate), clipped(experiment)];
  }
}

/**
 * @param {Experiment} experiment
 * @param {number} layer
 * @param {string} activation
 * @returns {Remedy|null}
 */
function inLayer(experiment, layer, activation) {
  if (experiment.layers[layer - 1].activation === activation) return null;
  return {
    hide: "activation",
    anew: true,
    label: gettext("%(activation)s in %(layer)s", {
      activation: activationLabels()[activation],
      layer: layerLabel(layer, experiment.layers.length + 1),
    }),
    experiment: withLayer(experiment, layer, { activation }),
  };
}

/**
 * @param {Experiment} experiment
 * @param {string} activation
 * @returns {Remedy|null}
 */
function inAll(experiment, activation) {
  if (experiment.layers.every((layer) => RECTIFIERS.includes(layer.activation))) return null;
  return {
    hide: "activation",
    anew: true,
    label: gettext("%(activation)s in all hidden layers", { activation: activationLabels()[activation] }),
    experiment: withActivation(experiment, activation),
  };
}

/**
 * Weights whose size fits the layers': He's for rectifiers, else Glorot's.
 * @param {Experiment} experiment
 * @returns {Remedy|null}
 */
function initialization(experiment) {
  const rectified = experiment.layers.some(({ activation }) => RECTIFIERS.includes(activation));
  const name = rectified ? "he-uniform" : "glorot-uniform";
  if (experiment.initializer.name === name && !experiment.parameters) return null;
  return {
    hide: "initializer",
    anew: true,
    label: gettext("initialization %(name)s", { name: initializerLabels()[name] }),
    experiment: { ...experiment, initializer: { ...experiment.initializer, name }, parameters: null },
  };
}

/**
 * @param {Experiment} experiment
 * @returns {Remedy|null}
 */
function clipped(experiment) {
  const { clipping } = experiment;
  if (clipping.name === "norm" && clipping.limit <= CLIP_AT) return null;
  return {
    hide: "optimizer",
    anew: false,
    label: gettext("clip the gradient at norm %(limit)s", { limit: CLIP_AT }),
    experiment: withField(experiment, "clipping", { name: "norm", limit: CLIP_AT }),
  };
}

/**
 * @param {Experiment} experiment
 * @param {number[]} rates that are offered, rising
 * @returns {Remedy|null}
 */
function slower(experiment, rates) {
  const rate = rates.filter((offered) => offered < experiment.learning_rate / 2).at(-1);
  if (rate === undefined) return null;
  return {
    hide: "learningRate",
    anew: false,
    label: gettext("learning rate %(rate)s", { rate: format(rate, "plain") }),
    experiment: withField(experiment, "learning_rate", rate),
  };
}

/**
 * A loss whose output cannot lie on a flat end.
 * @param {Experiment} experiment
 * @param {string[]} manyClasses
 * @returns {Remedy|null}
 */
function otherLoss(experiment, manyClasses) {
  const loss = classCount(experiment, manyClasses) > 2 ? "softmax" : "bce";
  if (experiment.problem !== "classification" || experiment.loss === loss) return null;
  return {
    hide: "loss",
    anew: true,
    label: gettext("%(loss)s as the loss", { loss: lossLabels()[loss] }),
    experiment: withField(experiment, "loss", loss),
  };
}
