/** An experiment and what may be made of it: each function returns a new one for the server to check. */

/** @typedef {{units: number, activation: string}} LayerSpec */

/**
 * All that defines a run (app/experiment.py).
 * @typedef {object} Experiment
 * @property {"classification"|"regression"} problem
 * @property {string} dataset
 * @property {[number, number, number][]|null} points
 * @property {number} classes
 * @property {number|null} samples
 * @property {number} noise percent
 * @property {number} train_percent
 * @property {string} data_seed
 * @property {string[]} features
 * @property {LayerSpec[]} layers
 * @property {string} loss
 * @property {number[]|null} parameters starting weights that were given; null draws them
 * @property {{name: string, scale: number}} initializer
 * @property {number} weight_seed
 * @property {"float64"|"float32"} precision
 * @property {{name: string} & Record<string, any>} optimizer
 * @property {number} learning_rate
 * @property {{name: string} & Record<string, any>} schedule
 * @property {{name: string, limit: number}} clipping
 * @property {string} regularization
 * @property {number} regularization_rate
 * @property {number} batch_size
 * @property {boolean} reshuffle
 * @property {View} view
 * @property {string[]} hidden
 * @property {boolean} hide_text
 */

/** @typedef {{mode: string, show_test: boolean, discretize: boolean, log_loss: boolean}} View */

/**
 * Limits, choices and defaults (experiment_facts() of app/facts.py). A range is [lowest, highest], and
 * for what a slider offers [lowest, highest, step].
 * @typedef {object} ExperimentFacts
 * @property {Experiment} default
 * @property {Record<string, [number, number]>} limits
 * @property {{checkpoint: number, experiment: number}} file_bytes the most that can be opened
 * @property {Offered} offered
 * @property {Choices} choices
 * @property {string[]} many_classes data sets with a choice of classes
 * @property {Record<string, number[]>} class_labels by number of classes
 * @property {Record<string, number>} default_samples by problem
 * @property {string[]} hide_ids
 * @property {Record<string, [number, number, number][]>} thumbnails in tenths
 */

/** @typedef {[low: number, high: number, step: number]} Steps */

/**
 * @typedef {object} Offered what the controls offer; links and commands may go to the limits
 * @property {Steps} noise
 * @property {Steps} train_percent
 * @property {Steps} batch_size
 * @property {number[]} learning_rate
 * @property {number[]} regularization_rate
 * @property {number[]} clip_limit
 * @property {Steps} layers how many hidden ones
 * @property {Steps} units of a hidden layer
 */

/**
 * @typedef {object} Choices
 * @property {Record<string, string[]>} dataset by problem
 * @property {Record<string, string[]>} loss by problem
 * @property {string[]} feature
 * @property {string[]} activation
 * @property {string[]} initializer
 * @property {string[]} optimizer
 * @property {string[]} schedule
 * @property {string[]} clipping
 * @property {string[]} regularization
 * @property {string[]} precision
 */

/**
 * @template {keyof Experiment} Field
 * @param {Experiment} experiment
 * @param {Field} field
 * @param {Experiment[Field]} value
 * @returns {Experiment}
 */
export function withField(experiment, field, value) {
  return { ...experiment, [field]: value };
}

/** What given weights hang on besides the layers' sizes: they fit the network, or were asked for. */
/** @type {(keyof Experiment)[]} */
const WITH_WEIGHTS = ["problem", "classes", "features", "loss", "initializer", "weight_seed"];

/**
 * Given weights go when the network is another one, or when others are to be drawn.
 * @param {Experiment} before
 * @param {Experiment} after the change
 * @returns {Experiment}
 */
export function withFittingWeights(before, after) {
  if (!after.parameters || before.parameters !== after.parameters) return after;
  const text = (/** @type {Experiment} */ experiment) =>
    JSON.stringify([
      experiment.layers.map(({ units }) => units),
      ...WITH_WEIGHTS.map((field) => experiment[field]),
    ]);
  return text(before) === text(after) ? after : { ...after, parameters: null };
}

/**
 * @param {Experiment} experiment
 * @param {Partial<View>} patch
 * @returns {Experiment}
 */
export function withView(experiment, patch) {
  return { ...experiment, view: { ...experiment.view, ...patch } };
}

/**
 * Another problem: its first data set, and a loss that fits it.
 * @param {Experiment} experiment
 * @param {string} problem
 * @param {Choices} choices
 * @returns {Experiment}
 */
export function withProblem(experiment, problem, choices) {
  const losses = choices.loss[problem];
  return {
    ...experiment,
    problem: /** @type {Experiment["problem"]} */ (problem),
    dataset: choices.dataset[problem][0],
    points: null,
    loss: losses.includes(experiment.loss) ? experiment.loss : losses[0],
  };
}

/**
 * Another data set. Blobs begin with three classes, as their picture shows.
 * @param {Experiment} experiment
 * @param {string} dataset
 * @param {string[]} manyClasses data sets with a choice of classes
 * @returns {Experiment}
 */
export function withDataset(experiment, dataset, manyClasses) {
  const classes = manyClasses.includes(dataset) ? Math.max(3, experiment.classes) : 2;
  return { ...experiment, dataset, points: null, classes };
}

/**
 * How many classes the data have; 2 in regression, where it does not matter.
 * @param {Experiment} experiment
 * @param {string[]} manyClasses
 */
export function classCount({ dataset, classes }, manyClasses) {
  return manyClasses.includes(dataset) ? classes : 2;
}

/**
 * A reader's own points.
 * @param {Experiment} experiment
 * @param {[number, number, number][]} points
 * @param {number} classes that their targets name; in regression without meaning
 * @param {number} trainPercent
 * @returns {Experiment}
 */
export function withPoints(experiment, points, classes, trainPercent) {
  return { ...experiment, dataset: "points", points, classes, train_percent: trainPercent };
}

/**
 * A feature switched on or off, in the features' own order. The last one stays.
 * @param {Experiment} experiment
 * @param {string} name
 * @param {string[]} order all features
 * @returns {Experiment}
 */
export function toggleFeature(experiment, name, order) {
  const chosen = new Set(experiment.features);
  if (!chosen.delete(name)) chosen.add(name);
  if (chosen.size === 0) return experiment;
  return { ...experiment, features: order.filter((feature) => chosen.has(feature)) };
}

/**
 * One more hidden layer before the output: two neurons, as the Playground adds them, with the
 * activation of the layer before.
 * @param {Experiment} experiment
 * @param {string} activation for a network that has no hidden layer yet
 * @returns {Experiment}
 */
export function addLayer(experiment, activation) {
  const last = experiment.layers.at(-1);
  const layer = { units: 2, activation: last?.activation ?? activation };
  return { ...experiment, layers: [...experiment.layers, layer] };
}

/**
 * @param {Experiment} experiment
 * @returns {Experiment}
 */
export function removeLayer(experiment) {
  return { ...experiment, layers: experiment.layers.slice(0, -1) };
}

/**
 * A hidden layer with another number of neurons or another activation.
 * @param {Experiment} experiment
 * @param {number} layer counts from 1
 * @param {Partial<LayerSpec>} patch
 * @returns {Experiment}
 */
export function withLayer(experiment, layer, patch) {
  const layers = experiment.layers.map((spec, i) => (i === layer - 1 ? { ...spec, ...patch } : spec));
  return { ...experiment, layers };
}

/**
 * The same activation in every hidden layer.
 * @param {Experiment} experiment
 * @param {string} activation
 * @returns {Experiment}
 */
export function withActivation(experiment, activation) {
  return { ...experiment, layers: experiment.layers.map((spec) => ({ ...spec, activation })) };
}

/**
 * The activation that all hidden layers share, or "" where they differ.
 * @param {Experiment} experiment
 * @returns {string}
 */
export function sharedActivation({ layers }) {
  const names = new Set(layers.map(({ activation }) => activation));
  return names.size === 1 ? [...names][0] : "";
}
