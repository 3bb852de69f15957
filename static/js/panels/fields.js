/** Form fields that each show one part of the experiment, and ask for another when changed. */

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../experiment.js").Experiment} Experiment */

/**
 * @template T
 * @typedef {object} Part one part of the experiment
 * @property {(experiment: Experiment) => T} read
 * @property {(experiment: Experiment, value: T) => Experiment} write
 */

/**
 * A list to choose from.
 * @param {HTMLSelectElement} select
 * @param {App} app
 * @param {Part<string>} part
 */
export function bindSelect(select, app, { read, write }) {
  select.addEventListener("change", () => {
    app.change(write(app.store.state.experiment, select.value));
  });
  app.store.subscribe(["experiment"], ({ experiment }) => {
    select.value = read(experiment);
    select.title = select.selectedOptions[0]?.text ?? "";
  });
}

/**
 * A list of numbers to choose from; a number from a link that is not in it is added.
 * @param {HTMLSelectElement} select
 * @param {App} app
 * @param {number[]} values
 * @param {Part<number>} part
 */
export function bindNumberSelect(select, app, values, { read, write }) {
  fill(select, values.map((value) => [String(value), String(value)]));
  select.addEventListener("change", () => {
    app.change(write(app.store.state.experiment, Number(select.value)));
  });
  app.store.subscribe(["experiment"], ({ experiment }) => {
    const value = String(read(experiment));
    if (![...select.options].some((option) => option.value === value)) {
      select.append(new Option(value, value));
    }
    select.value = value;
  });
}

/**
 * A slider with its number; on its way it replaces the link, at rest it adds one.
 * @param {HTMLInputElement} input
 * @param {App} app
 * @param {import("../experiment.js").Steps} range widened for a number from a link beyond it
 * @param {Part<number>} part
 * @param {(value: number) => string} [text]
 */
export function bindSlider(input, app, [low, high, step], { read, write }, text = String) {
  const output = /** @type {HTMLOutputElement} */ (
    input.parentElement?.querySelector(`output[for="${input.id}"]`)
  );
  input.min = String(low);
  input.step = String(step);
  const show = (/** @type {number} */ value) => {
    output.value = text(value);
    input.setAttribute("aria-valuetext", text(value));
    const share = (value - low) / (Number(input.max) - low);
    input.style.setProperty("--filled", `${100 * Math.min(1, Math.max(0, share))}%`);
  };
  input.addEventListener("input", () => {
    show(Number(input.value));
    app.change(write(app.store.state.experiment, Number(input.value)), "rapid");
  });
  app.store.subscribe(["experiment"], ({ experiment }) => {
    const value = read(experiment);
    input.max = String(Math.max(high, value));
    input.value = String(value);
    show(value);
  });
}

/**
 * A typed number. An empty or unreadable one is left to the reader until it is a number.
 * @param {HTMLInputElement} input
 * @param {App} app
 * @param {Part<number>} part
 */
export function bindNumber(input, app, { read, write }) {
  input.addEventListener("change", () => {
    if (input.value === "" || Number.isNaN(input.valueAsNumber)) {
      input.value = String(read(app.store.state.experiment));
      return;
    }
    app.change(write(app.store.state.experiment, input.valueAsNumber));
  });
  app.store.subscribe(["experiment"], ({ experiment }) => {
    if (input.ownerDocument.activeElement !== input) input.value = String(read(experiment));
  });
}

/**
 * @param {HTMLInputElement} input
 * @param {App} app
 * @param {Part<boolean>} part
 */
export function bindCheck(input, app, { read, write }) {
  input.addEventListener("change", () => {
    app.change(write(app.store.state.experiment, input.checked));
  });
  app.store.subscribe(["experiment"], ({ experiment }) => {
    input.checked = read(experiment);
  });
}

/**
 * @param {HTMLSelectElement} select
 * @param {[value: string, label: string][]} options
 */
export function fill(select, options) {
  select.replaceChildren(...options.map(([value, label]) => new Option(label, value)));
}
