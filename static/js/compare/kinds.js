/** The parts of an experiment that two runs may differ in. */

import { sharedActivation, withActivation, withField } from "../experiment.js";
import { gettext } from "../i18n.js";
import {
  activationLabels,
  clippingLabels,
  initializerLabels,
  lossLabels,
  optimizerLabels,
  regularizationLabels,
  scheduleLabels,
} from "../labels.js";
import { named, numeric, sized } from "./kind.js";

/** @typedef {import("../experiment.js").Experiment} Experiment */
/** @typedef {import("./kind.js").Kind} Kind */

const BATCHES = [1, 2, 5, 10, 15, 20, 30];
const SEEDS = 5;

const hasLayers = (/** @type {Experiment} */ { layers }) => layers.length > 0;

/** All kinds, those that lectures are about first. @type {Kind[]} */
export const KINDS = [
  named("activation", () => gettext("Activation"), {
    read: sharedActivation,
    write: withActivation,
    names: ({ choices }) => choices.activation,
    labels: activationLabels,
    telling: ["relu", "sigmoid"],
    matters: hasLayers,
  }),
  named("init", () => gettext("Initialization"), {
    read: ({ initializer }) => initializer.name,
    write: (experiment, name) =>
      withField(experiment, "initializer", { ...experiment.initializer, name }),
    names: ({ choices }) => choices.initializer,
    labels: initializerLabels,
    telling: ["zeros", "glorot-uniform"],
    shared: () =>
      gettext("The same data, the same seed, the same batches in the same order; the starting weights follow another rule."),
  }),
  named("optimizer", () => gettext("Optimizer"), {
    read: ({ optimizer }) => optimizer.name,
    write: (experiment, name) =>
      withField(experiment, "optimizer", { ...experiment.optimizer, name }),
    names: ({ choices }) => choices.optimizer,
    labels: optimizerLabels,
    telling: ["adam", "sgd"],
  }),
  numeric("learningRate", () => gettext("Learning rate"), {
    read: (experiment) => experiment.learning_rate,
    write: (experiment, value) => withField(experiment, "learning_rate", value),
    offered: ({ offered }) => offered.learning_rate,
    limits: "learning_rate",
    telling: ["0.3", "0.03"],
  }),
  numeric("depth", () => gettext("Hidden layers"), {
    read: ({ layers }) => layers.length,
    write: withDepth,
    offered: ({ offered }) => steps(offered.layers),
    limits: "layers",
    telling: ["6", "2"],
    whole: true,
    shared: () =>
      gettext("The same data, the same batches in the same order, and the same starting weights in the hidden layers that both have."),
  }),
  numeric("width", () => gettext("Neurons in each hidden layer"), {
    read: sharedWidth,
    write: (experiment, units) =>
      withField(experiment, "layers", experiment.layers.map((layer) => ({ ...layer, units }))),
    offered: ({ offered }) => steps(offered.units),
    limits: "units",
    telling: ["8", "2"],
    whole: true,
    shared: () =>
      gettext("The same data, the same batches in the same order; the starting weights follow the same rule and seed."),
    matters: hasLayers,
  }),
  numeric("batchSize", () => gettext("Batch size"), {
    read: (experiment) => experiment.batch_size,
    write: (experiment, value) => withField(experiment, "batch_size", value),
    offered: ({ offered: { batch_size: [low, high] } }) =>
      BATCHES.filter((size) => size >= low && size <= high),
    limits: "batch_size",
    telling: ["1", "30"],
    whole: true,
    shared: () =>
      gettext("The same data in the same order, the same starting weights. Both go by whole epochs, for their updates are not alike."),
  }),
  sized("regularization", () => gettext("Regularization"), {
    read: (experiment) => [experiment.regularization, experiment.regularization_rate],
    write: (experiment, regularization, rate) => ({
      ...experiment,
      regularization,
      regularization_rate: rate ?? experiment.regularization_rate,
    }),
    names: ({ choices }) => choices.regularization,
    numbers: ({ offered }) => offered.regularization_rate.filter((rate) => rate > 0),
    limits: "regularization_rate",
    telling: ["L2:0.03", "none"],
    labels: regularizationLabels,
  }),
  sized("clipping", () => gettext("Clipping"), {
    read: ({ clipping }) => [clipping.name, clipping.limit],
    write: (experiment, name, limit) =>
      withField(experiment, "clipping", { name, limit: limit ?? experiment.clipping.limit }),
    names: ({ choices }) => choices.clipping,
    numbers: ({ offered }) => offered.clip_limit,
    limits: "clip_limit",
    telling: ["norm:1", "none"],
    labels: clippingLabels,
  }),
  named("schedule", () => gettext("Schedule"), {
    read: ({ schedule }) => schedule.name,
    write: (experiment, name) =>
      withField(experiment, "schedule", { ...experiment.schedule, name }),
    names: ({ choices }) => choices.schedule,
    labels: scheduleLabels,
    telling: ["cosine", "constant"],
  }),
  named("loss", () => gettext("Loss"), {
    read: (experiment) => experiment.loss,
    write: (experiment, value) => withField(experiment, "loss", value),
    names: ({ choices }, { problem }) => choices.loss[problem],
    labels: lossLabels,
    telling: ["bce", "half-squared"],
    shared: () =>
      gettext("The same data, the same batches, the same starting weights in the hidden layers. Losses of two kinds have no common measure: compare the accuracy."),
  }),
  numeric("noise", () => gettext("Noise"), {
    read: (experiment) => experiment.noise,
    write: (experiment, value) => withField(experiment, "noise", value),
    offered: ({ offered }) => steps(offered.noise),
    limits: "noise",
    telling: ["30", "0"],
    shared: () =>
      gettext("The same examples, moved farther; the same starting weights, the same batches in the same order."),
    matters: ({ dataset }) => dataset !== "points",
  }),
  numeric("weightSeed", () => gettext("Weight seed"), {
    read: (experiment) => experiment.weight_seed,
    write: (experiment, value) => withField(experiment, "weight_seed", value),
    offered: () => Array.from({ length: SEEDS }, (_, i) => i + 1),
    limits: "weight_seed",
    whole: true,
    shared: () =>
      gettext("The same data. The seed decides both the starting weights and the order of the batches."),
  }),
  named("precision", () => gettext("Precision"), {
    read: (experiment) => experiment.precision,
    write: (experiment, value) =>
      withField(experiment, "precision", /** @type {Experiment["precision"]} */ (value)),
    names: ({ choices }) => choices.precision,
    labels: () => ({}),
  }),
];

/** @param {[low: number, high: number, step?: number]} range */
function steps([low, high, step = 1]) {
  return Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => low + i * step);
}

/**
 * So many hidden layers: the first ones stay, and what is added is like the last.
 * @param {Experiment} experiment
 * @param {number} depth
 */
function withDepth(experiment, depth) {
  const { layers } = experiment;
  const last = layers.at(-1) ?? { units: 4, activation: "tanh" };
  const deeper = Array.from({ length: depth }, (_, i) => layers[i] ?? last);
  return withField(experiment, "layers", deeper);
}

/** @param {Experiment} experiment */
function sharedWidth({ layers }) {
  const widths = new Set(layers.map(({ units }) => units));
  return widths.size === 1 ? [...widths][0] : null;
}
