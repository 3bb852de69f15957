/** The traced example's inputs and target, as fields: typing makes it the reader's own. */

import { classCount } from "../experiment.js";
import { gettext } from "../i18n.js";
import { format } from "../scales.js";
import { make } from "./elements.js";
import { classLabels, FIELDS, faultOf, fieldNames, readNumber } from "./examples.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("./examples.js").Example} Example */
/** @typedef {import("./examples.js").Field} Field */

/** One press of an arrow key in a field. */
const STEP = 0.1;
/** A field's number is shown with so many places, and kept with all of them. */
const PLACES = 3;

export class ExampleFields {
  /**
   * @param {Document} document
   * @param {App} app
   * @param {(example: Example) => void} change
   */
  constructor(document, app, change) {
    this.app = app;
    this.change = change;
    /** @type {Example|null} */
    this.example = null;
    this.y = Number.NaN;
    this.element = make(document, "div", "trace-fields");
    this.problem = make(document, "p", "trace-problem");
    this.problem.id = "trace-problem";
    this.problem.setAttribute("role", "alert");
    this.problem.hidden = true;
    this.classes = make(document, "select", "");
    this.classes.addEventListener("change", () => this.#take("target", Number(this.classes.value)));
    this.inputs = FIELDS.map((field) => this.#input(document, field));
    const names = fieldNames();
    this.names = FIELDS.map((field) => make(document, "span", "", names[field]));
    for (const [i, field] of FIELDS.entries()) {
      const row = make(document, "label", "trace-field");
      row.append(this.names[i], this.inputs[i]);
      if (field === "target") row.append(this.classes);
      this.element.append(row);
    }
  }

  /**
   * @param {Example|null} example null for the whole batch
   * @param {number} [y] the target as the loss takes it: cross-entropy counts the class −1 as 0
   */
  show(example, y = example?.[2] ?? Number.NaN) {
    this.y = y;
    this.example = example;
    this.element.hidden = example === null;
    if (!example) return;
    const { experiment } = this.app.store.state;
    const classes = experiment.problem === "classification";
    this.classes.hidden = !classes;
    this.inputs[2].hidden = classes;
    const taken = y === example[2] || experiment.loss === "softmax" ? "" : `y = ${format(y, "plain")}`;
    this.names[2].replaceChildren(fieldNames().target, " ", make(this.element.ownerDocument, "small", "", taken));
    if (classes) this.#showClass(example[2]);
    for (const [i, input] of this.inputs.entries()) {
      // What a reader is typing stays as it is typed.
      if (input.ownerDocument.activeElement !== input) input.value = shownNumber(example[i]);
    }
  }

  /** Another example is traced: what was typed, and what was wrong with it, is of the past. */
  forget() {
    this.problem.hidden = true;
    for (const input of this.inputs) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  }

  /** @param {number} target */
  #showClass(target) {
    const { many_classes } = this.app.facts.experiment;
    const names = classLabels(classCount(this.app.store.state.experiment, many_classes)).map(String);
    if ([...this.classes.options].map(({ value }) => value).join() !== names.join()) {
      this.classes.replaceChildren(...names.map((name) => new Option(name.replace("-", "−"), name)));
    }
    this.classes.value = String(target);
  }

  /**
   * @param {Document} document
   * @param {Field} field
   */
  #input(document, field) {
    const input = make(document, "input", "");
    input.type = "text";
    input.inputMode = "decimal";
    input.autocomplete = "off";
    input.dataset.field = field;
    input.title = gettext("Type another number: what if this example were different?");
    input.addEventListener("input", () => {
      if (this.#fault(field, input.value) === null) this.#type(field, input);
    });
    input.addEventListener("change", () => this.#type(field, input));
    input.addEventListener("blur", () => {
      input.removeAttribute("aria-invalid");
      this.show(this.example, this.y);
    });
    input.addEventListener("keydown", (event) => {
      const by = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
      if (!by || Number.isNaN(readNumber(input.value))) return;
      event.preventDefault();
      input.value = shownNumber(readNumber(input.value) + by);
      this.#type(field, input);
    });
    return input;
  }

  /**
   * @param {Field} field
   * @param {HTMLInputElement} input
   */
  #type(field, input) {
    const fault = this.#fault(field, input.value);
    this.forget();
    if (fault !== null) {
      this.problem.textContent = fault;
      this.problem.hidden = false;
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", this.problem.id);
    } else if (this.example && shownNumber(this.example[FIELDS.indexOf(field)]) !== input.value) {
      this.#take(field, readNumber(input.value));
    }
  }

  /**
   * @param {Field} field
   * @param {string} text
   */
  #fault(field, text) {
    return faultOf(field, text, this.app.facts.experiment.limits.coordinate);
  }

  /**
   * @param {Field} field
   * @param {number} value
   */
  #take(field, value) {
    if (!this.example) return;
    const own = /** @type {Example} */ ([...this.example]);
    own[FIELDS.indexOf(field)] = value;
    this.example = own;
    this.change(own);
  }
}

/** @param {number} number */
function shownNumber(number) {
  return String(Number(number.toFixed(PLACES))).replace("-", "−");
}
