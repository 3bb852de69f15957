/** The training settings: rate, activation, loss, optimizer, penalty, and the less common ones. */

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
import { bindCheck, bindNumber, bindNumberSelect, bindSelect, fill } from "./fields.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../experiment.js").Experiment} Experiment */
/** @typedef {"optimizer"|"schedule"|"clipping"|"initializer"} Group */

/** The numbers that each choice reads. */
/** @type {Record<Group, Record<string, string[]>>} */
const NUMBERS = {
  optimizer: {
    momentum: ["momentum"],
    nesterov: ["momentum"],
    rmsprop: ["rho", "epsilon"],
    adam: ["beta1", "beta2", "epsilon"],
    adamw: ["beta1", "beta2", "epsilon", "weight_decay"],
  },
  schedule: {
    step: ["period", "gamma"],
    exponential: ["gamma"],
    cosine: ["period", "floor"],
    warmup: ["period"],
  },
  clipping: { norm: ["limit"], value: ["limit"] },
  initializer: { normal: ["scale"] },
};

/** @returns {Record<string, string>} */
const numberLabels = () => ({
  momentum: gettext("momentum"),
  rho: "ρ",
  beta1: "β₁",
  beta2: "β₂",
  epsilon: "ε",
  weight_decay: gettext("weight decay"),
  period: gettext("period in epochs"),
  gamma: gettext("factor"),
  floor: gettext("lowest share"),
  limit: gettext("limit"),
  scale: gettext("standard deviation"),
});

/**
 * @param {HTMLElement} root
 * @param {App} app
 */
export function createTraining(root, app) {
  const { choices, offered } = app.facts.experiment;
  const select = (/** @type {string} */ id) =>
    /** @type {HTMLSelectElement} */ (root.querySelector(`#${id}`));
  const input = (/** @type {string} */ id) =>
    /** @type {HTMLInputElement} */ (root.querySelector(`#${id}`));

  bindNumberSelect(select("learning-rate"), app, offered.learning_rate, field("learning_rate"));
  bindActivation(select("activation"), app);
  bindLoss(select("loss"), app);
  bindGroup(root, app, "optimizer", optimizerLabels());
  fill(select("regularization"), named(choices.regularization, regularizationLabels()));
  bindSelect(select("regularization"), app, field("regularization"));
  bindNumberSelect(
    select("regularization-rate"),
    app,
    offered.regularization_rate,
    field("regularization_rate"),
  );
  bindGroup(root, app, "schedule", scheduleLabels());
  bindGroup(root, app, "clipping", clippingLabels());
  bindGroup(root, app, "initializer", initializerLabels());
  bindCheck(input("reshuffle"), app, field("reshuffle"));
  bindSelect(select("precision"), app, /** @type {any} */ (field("precision")));
  bindNumber(input("weight-seed"), app, field("weight_seed"));
  app.store.subscribe(["experiment"], ({ experiment }) => {
    input("regularization-rate-row").hidden = experiment.regularization === "none";
  });
}

/**
 * @template {keyof Experiment} Name
 * @param {Name} name
 * @returns {import("./fields.js").Part<Experiment[Name]>}
 */
export function field(name) {
  return {
    read: (experiment) => experiment[name],
    write: (experiment, value) => withField(experiment, name, value),
  };
}

/**
 * @param {string[]} names
 * @param {Record<string, string>} labels
 * @returns {[string, string][]}
 */
function named(names, labels) {
  return names.map((name) => [name, labels[name] ?? name]);
}

/**
 * One activation for all hidden layers; where they differ it says so.
 * @param {HTMLSelectElement} select
 * @param {App} app
 */
function bindActivation(select, app) {
  const { activation } = app.facts.experiment.choices;
  fill(select, [["", gettext("mixed")], ...named(activation, activationLabels())]);
  select.options[0].disabled = true;
  bindSelect(select, app, { read: sharedActivation, write: withActivation });
  app.store.subscribe(["experiment"], ({ experiment }) => {
    select.options[0].hidden = sharedActivation(experiment) !== "";
    select.options[0].textContent = experiment.layers.length > 0 ? gettext("mixed") : "–";
    select.disabled = experiment.layers.length === 0;
  });
}

/**
 * The losses that fit the problem.
 * @param {HTMLSelectElement} select
 * @param {App} app
 */
function bindLoss(select, app) {
  const { choices } = app.facts.experiment;
  let problem = "";
  app.store.subscribe(["experiment"], ({ experiment }) => {
    if (experiment.problem === problem) return;
    problem = experiment.problem;
    fill(select, named(choices.loss[problem], lossLabels()));
  });
  bindSelect(select, app, field("loss"));
}

/**
 * A choice that brings numbers of its own, such as Adam's.
 * @param {HTMLElement} root
 * @param {App} app
 * @param {Group} group
 * @param {Record<string, string>} labels
 */
function bindGroup(root, app, group, labels) {
  const select = /** @type {HTMLSelectElement} */ (root.querySelector(`#${group}`));
  const numbers = /** @type {HTMLElement} */ (root.querySelector(`#${group}-numbers`));
  fill(select, named(app.facts.experiment.choices[group], labels));
  bindSelect(select, app, {
    read: (experiment) => experiment[group].name,
    write: (experiment, name) => withPart(experiment, group, { name }),
  });
  let shown = "";
  app.store.subscribe(["experiment"], ({ experiment }) => {
    const { name } = experiment[group];
    if (name === shown) return;
    shown = name;
    const rows = (NUMBERS[group][name] ?? []).map((number) =>
      numberRow(numbers.ownerDocument, app, group, number),
    );
    numbers.replaceChildren(...rows);
  });
  app.store.subscribe(["experiment"], ({ experiment }) => {
    for (const input of numbers.querySelectorAll("input")) {
      const value = /** @type {Record<string, any>} */ (experiment[group])[input.name];
      if (input.ownerDocument.activeElement !== input) input.value = String(value);
    }
  });
}

/**
 * @param {Document} document
 * @param {App} app
 * @param {Group} group
 * @param {string} number
 */
function numberRow(document, app, group, number) {
  const row = document.createElement("div");
  row.className = "row";
  const label = document.createElement("label");
  label.textContent = numberLabels()[number];
  label.htmlFor = `${group}-${number}`;
  const input = document.createElement("input");
  input.id = label.htmlFor;
  input.type = "number";
  input.step = "any";
  input.name = number;
  input.addEventListener("change", () => {
    if (Number.isNaN(input.valueAsNumber)) return;
    const patch = { [number]: input.valueAsNumber };
    app.change(withPart(app.store.state.experiment, group, patch));
  });
  row.append(label, input);
  return row;
}

/**
 * @param {Experiment} experiment
 * @param {Group} group
 * @param {Record<string, string|number>} patch
 * @returns {Experiment}
 */
function withPart(experiment, group, patch) {
  return { ...experiment, [group]: { ...experiment[group], ...patch } };
}
