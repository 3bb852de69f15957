/** What is opened in the graph room: a neuron or the network, for a row of the data or one's own example. */

import { gettext } from "../i18n.js";
import { layerLabel, neuronLabel } from "../labels.js";
import { toLink } from "../graph/link.js";
import { make, makeButton, makeDialog } from "../microscope/elements.js";
import { ExampleFields } from "../microscope/example-fields.js";

/** @typedef {import("../microscope/examples.js").Example} Example */
/** @typedef {import("../store.js").App} App */
/** @typedef {Readonly<import("../store.js").State>} State */

/** Of the room's descent: its programs are of one example, whose gradients are larger than a batch's. */
const RATE = 0.1;

export class AsGraphDialog {
  /**
   * @param {HTMLElement} root
   * @param {App} app
   */
  constructor(root, app) {
    this.app = app;
    /** @type {Example} */
    this.example = [0, 0, 0];
    /** The example's row in the data, from 0; null for one of the reader's own. @type {number|null} */
    this.place = null;
    const { ownerDocument: document } = root;
    const { dialog, title, body } = makeDialog(root, "as-graph-dialog");
    this.dialog = dialog;
    title.textContent = gettext("Open as graph");
    this.what = make(document, "select", "");
    this.what.id = "as-graph-what";
    this.row = make(document, "input", "");
    this.row.id = "as-graph-row";
    this.row.type = "number";
    this.row.min = "1";
    this.standing = make(document, "span", "soft");
    this.fields = new ExampleFields(document, app, (example) => this.#take(example, null));
    this.fields.problem.id = "as-graph-fault";
    this.problem = make(document, "p", "trace-problem");
    this.problem.setAttribute("role", "alert");
    this.go = makeButton(document, "primary", gettext("Open"), () => this.#open());
    this.go.id = "as-graph-open";
    this.row.addEventListener("input", () => this.#choose(this.row.valueAsNumber - 1));
    body.append(
      make(document, "p", "", gettext("The chain rule through it, number by number, with the weights of this moment. It opens in a tab of its own.")),
      labelled(document, gettext("What"), this.what),
      labelled(document, gettext("Row of the data"), this.row, this.standing),
      this.fields.element,
      this.fields.problem,
      this.problem,
      this.go,
    );
  }

  /** With what is selected, and the example that is traced, or else the first. */
  open() {
    const { state } = this.app.store;
    this.problem.textContent = "";
    this.fields.forget();
    this.what.replaceChildren(...choices(state));
    const { selection } = state;
    const neuron = selection?.kind === "neuron" && selection.layer > 0;
    this.what.value = neuron ? `${selection.layer},${selection.unit}` : "";
    this.row.max = String(state.data.tensor("targets").length);
    const traced = state.walk?.dissection.choice.example ?? state.traced;
    if (Array.isArray(traced)) this.#take(/** @type {Example} */ (traced), null);
    else this.#choose(typeof traced === "number" ? traced : 0);
    this.dialog.showModal();
  }

  /** @param {number} row from 0 */
  #choose(row) {
    const { data } = this.app.store.state;
    const [points, targets] = [data.tensor("points"), data.tensor("targets")];
    if (!(row >= 0 && row < targets.length && Number.isInteger(row))) return;
    this.fields.forget();
    this.#take([points[2 * row], points[2 * row + 1], targets[row]], row);
  }

  /**
   * @param {Example} example
   * @param {number|null} row of the data from 0; null for one of the reader's own
   */
  #take(example, row) {
    const { data } = this.app.store.state;
    this.example = example;
    this.place = row;
    if (row === null) this.row.value = "";
    else if (this.row.valueAsNumber !== row + 1) this.row.value = String(row + 1);
    this.standing.textContent = row === null
      ? gettext("Your own example")
      : data.tensor("test")[row] === 1 ? gettext("Test example") : gettext("Training example");
    this.fields.show(example);
  }

  async #open() {
    const { facts, store } = this.app;
    const room = facts.wsPath.replace(/ws$/, "graph");
    // Opened within the click: later a browser would take it for an advertisement.
    const tab = window.open("about:blank");
    const answer = await written(`${room}/network?lang=${facts.language}`, this.#wish(store.state));
    this.problem.textContent = answer.error?.message ?? "";
    if (answer.text === undefined) {
      tab?.close();
      return;
    }
    const text = `# ${this.#title(store.state)}\n${answer.text}`;
    const link = await toLink({ text, position: null, rate: RATE, folding: "off" }, []);
    if (tab) tab.location.href = `${room}?lang=${facts.language}#${link}`;
    this.dialog.close();
  }

  /** @param {State} state */
  #wish({ experiment, frame }) {
    const [x1, x2, target] = this.example;
    return {
      experiment,
      parameters: [...(frame?.tensor("parameters") ?? [])],
      point: [x1, x2],
      target,
      neuron: this.what.value ? this.what.value.split(",").map(Number) : null,
    };
  }

  /** @param {State} state */
  #title({ frame }) {
    const [chosen] = this.what.selectedOptions;
    const named = { what: chosen.label, step: frame?.scalar("step") ?? 0 };
    return this.place === null
      ? gettext("%(what)s at step %(step)s, for an example of your own", named)
      : gettext("%(what)s at step %(step)s, for row %(row)s of the data", { ...named, row: this.place + 1 });
  }
}

/**
 * The network, then every neuron with its layer.
 * @param {State} state
 */
function choices({ shape, experiment }) {
  const last = shape.length - 1;
  const groups = shape.slice(1).map((units, i) => {
    const group = document.createElement("optgroup");
    group.label = layerLabel(i + 1, last);
    group.append(...Array.from({ length: units }, (_, unit) =>
      new Option(neuronLabel(i + 1, unit, shape, experiment.features), `${i + 1},${unit}`)));
    return group;
  });
  return [new Option(gettext("The whole network, with its loss"), ""), ...groups];
}

/**
 * @param {Document} document
 * @param {string} name
 * @param {HTMLElement} field
 * @param {...HTMLElement} more
 */
function labelled(document, name, field, ...more) {
  const row = make(document, "label", "as-graph-field");
  row.append(make(document, "span", "", name), field, ...more);
  return row;
}

/**
 * The server's program, or why there is none.
 * @param {string} address
 * @param {object} wish
 * @returns {Promise<{text?: string, error?: {message: string}}>}
 */
async function written(address, wish) {
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(wish),
    });
    return await response.json();
  } catch {
    return { error: { message: gettext("The server does not answer.") } };
  }
}
