/** What is traced: an example of the batch or of the data, one of the reader's own, or the whole batch. */

import { gettext } from "../i18n.js";
import { make, makeButton } from "./elements.js";
import { ExampleFields } from "./example-fields.js";
import { ExamplePicker } from "./example-picker.js";
import { exampleOf, standingOf } from "./examples.js";
import { describeOutcome } from "./outcome.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Traced} Traced */
/** @typedef {import("./examples.js").Example} Example */

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {import("../panels/microscope.js").Loan} loan
 */
export function createTrace(root, app, { add }) {
  const { ownerDocument: document } = root;
  const { store } = app;
  const place = /** @type {HTMLElement} */ (root.querySelector("#trace"));
  /** The example that a trial began with, or that was traced before the whole batch. @type {Traced} */
  let origin = "first";

  const head = make(document, "div", "group-head");
  const title = make(document, "h2", "");
  const whole = makeButton(document, "quiet", "", () => trace(store.state.traced === null ? origin : null));
  const undo = makeButton(document, "quiet", gettext("undo"), () => {
    trace(origin);
    picker.canvas.focus();
  });
  undo.id = "trace-undo";
  undo.title = gettext("Back to the example that the trial began with");
  head.append(title, whole, undo);
  const note = make(document, "p", "soft trace-note");
  const picker = new ExamplePicker(document, app, { trace, change });
  const fields = new ExampleFields(document, app, change);
  const outcome = make(document, "dl", "trace-outcome");
  const numbers = make(document, "div", "trace-numbers");
  numbers.append(fields.element, outcome);
  const body = make(document, "div", "trace-body");
  body.append(picker.canvas, numbers);
  place.append(head, body, note, fields.problem);
  add({ draw: () => picker.draw(), every_ms: 0, moves: false });

  /** @param {Traced} traced */
  function trace(traced) {
    fields.forget();
    store.set({ traced });
    app.redraw();
  }

  /**
   * The example becomes the reader's own.
   * @param {Example} example
   */
  function change(example) {
    store.set({ traced: example });
    app.redraw();
  }

  store.subscribe(["traced"], ({ traced }) => {
    if (traced !== null && !Array.isArray(traced)) origin = traced;
    whole.textContent = traced === null ? gettext("one example") : gettext("whole batch");
    whole.title = traced === null
      ? gettext("Trace one example through the network")
      : gettext("Trace the whole batch, its examples averaged");
    whole.hidden = Array.isArray(traced);
    undo.hidden = !Array.isArray(traced);
  });
  store.subscribe(["walk", "data", "experiment"], (state) => {
    const { walk, data } = state;
    place.hidden = !walk || !data;
    if (!walk || !data) return;
    const { dissection } = walk;
    const standing = standingOf(dissection, data);
    title.replaceChildren(standing.title, " ", make(document, "small", "", standing.aside));
    title.title = `${standing.title} ${standing.aside}`.trim();
    note.textContent = standing.note;
    note.title = standing.note;
    note.hidden = standing.note === "";
    const example = exampleOf(dissection, data);
    fields.show(example, dissection.tensor("targets")[0]);
    picker.describe(standing, example);
    outcome.replaceChildren(...describeOutcome(document, state, walk));
  });
}
