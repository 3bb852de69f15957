/** The data: problem, data set, its classes, share, noise, batch and size. */

import { drawThumbnail } from "../draw/thumbnail.js";
import { withDataset, withField, withProblem } from "../experiment.js";
import { datasetLabels } from "../labels.js";
import { bindNumber, bindSelect, bindSlider } from "./fields.js";
import { field } from "./training.js";

/** @typedef {import("../store.js").App} App */

/**
 * @param {HTMLElement} root
 * @param {App} app
 */
export function createData(root, app) {
  const { choices, offered, limits, default_samples, many_classes } = app.facts.experiment;
  const input = (/** @type {string} */ id) =>
    /** @type {HTMLInputElement} */ (root.querySelector(`#${id}`));
  const percent = (/** @type {number} */ value) => `${value} %`;

  bindSelect(/** @type {HTMLSelectElement} */ (root.querySelector("#problem")), app, {
    read: ({ problem }) => problem,
    write: (experiment, problem) => withProblem(experiment, problem, choices),
  });
  bindSlider(input("train-percent"), app, offered.train_percent, field("train_percent"), percent);
  bindSlider(input("noise"), app, offered.noise, field("noise"), percent);
  bindSlider(input("batch-size"), app, offered.batch_size, field("batch_size"));
  [input("classes").min, input("classes").max] = limits.classes.map(String);
  bindNumber(input("classes"), app, field("classes"));
  bindNumber(input("samples"), app, {
    read: ({ samples, problem }) => samples ?? default_samples[problem],
    write: (experiment, samples) => withField(experiment, "samples", samples),
  });
  bindSeed(input("data-seed"), app);
  root.querySelector("#regenerate")?.addEventListener("click", () => {
    app.send({ command: "regenerate" });
  });
  createThumbnails(/** @type {HTMLElement} */ (root.querySelector("#datasets")), app);
  app.store.subscribe(["experiment"], ({ experiment }) => {
    const own = experiment.points !== null;
    const several = many_classes.includes(experiment.dataset) && experiment.problem === "classification";
    input("classes-row").hidden = own || !several;
    // Points are left as they are: there is nothing to move or to draw anew.
    input("noise").disabled = own;
    input("samples").disabled = own;
  });
}

/**
 * @param {HTMLInputElement} input
 * @param {App} app
 */
function bindSeed(input, app) {
  input.addEventListener("change", () => {
    app.change(withField(app.store.state.experiment, "data_seed", input.value));
  });
  app.store.subscribe(["experiment"], ({ experiment }) => {
    if (input.ownerDocument.activeElement !== input) input.value = experiment.data_seed;
  });
}

/**
 * The data sets of the problem as small pictures to press.
 * @param {HTMLElement} group
 * @param {App} app
 */
function createThumbnails(group, app) {
  const { choices, thumbnails, many_classes } = app.facts.experiment;
  let problem = "";
  app.store.subscribe(["experiment"], ({ experiment }) => {
    if (experiment.problem !== problem) {
      problem = experiment.problem;
      const names = choices.dataset[problem].filter((name) => name in thumbnails);
      group.replaceChildren(...names.map(thumbnail));
      paint();
    }
    for (const button of group.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === experiment.dataset));
    }
  });
  app.store.subscribe(["theme"], paint);
  // Folded away, the pictures have no size to be drawn at.
  new ResizeObserver(paint).observe(group);

  /** @param {string} name */
  function thumbnail(name) {
    const button = group.ownerDocument.createElement("button");
    const label = datasetLabels()[name] ?? name;
    button.type = "button";
    button.className = "thumb";
    button.value = name;
    button.title = label;
    button.setAttribute("aria-label", label);
    button.append(group.ownerDocument.createElement("canvas"));
    button.addEventListener("click", () => {
      const { experiment } = app.store.state;
      if (experiment.dataset !== name) app.change(withDataset(experiment, name, many_classes));
    });
    return button;
  }

  function paint() {
    const { theme } = app.store.state;
    for (const button of group.querySelectorAll("button")) {
      const canvas = /** @type {HTMLCanvasElement} */ (button.firstElementChild);
      drawThumbnail(canvas, thumbnails[button.value], theme, problem === "regression");
    }
  }
}
