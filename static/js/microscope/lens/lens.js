/** The lens: one close look at what the walk has come to, or at what is selected. */

import { gettext } from "../../i18n.js";
import { selectionAt } from "../../parameters.js";
import { Reading } from "../reading.js";
import { make, makeButton } from "../elements.js";
import { AsksView } from "./asks-view.js";
import { CurveView } from "./curve-view.js";
import { LedgerView } from "./ledger-view.js";
import { LossesView } from "./losses-view.js";
import { indexOf, subjectOf, viewOf } from "./subject.js";
import { VotesView } from "./votes-view.js";

/** @typedef {import("../../store.js").App} App */
/** @typedef {import("../walker.js").Walker} Walker */
/** @typedef {import("./subject.js").Subject} Subject */
/** @typedef {import("./subject.js").View|"asks"} Shown */

/** @returns {[view: Shown, label: string, title: string][]} */
const labels = () => [
  ["curve", gettext("Curve"), gettext("Where the examples stand on a neuron's curve")],
  ["losses", gettext("Losses"), gettext("How wrong each example is")],
  ["votes", gettext("Votes"), gettext("Each example on this weight")],
  ["asks", gettext("Wishes"), gettext("This example on each weight")],
  ["ledger", gettext("Ledger"), gettext("From the gradient to the new weight")],
];

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {Walker} walker
 */
export function createLens(root, app, walker) {
  const place = /** @type {HTMLElement} */ (root.querySelector("#lens"));
  const { ownerDocument: document } = root;
  const trace = (/** @type {number} */ i) => {
    const row = app.store.state.walk?.dissection.tensor("examples")[i];
    if (row !== undefined) app.store.set({ traced: row });
  };
  const views = {
    curve: new CurveView(document, trace),
    losses: new LossesView(document, trace),
    votes: new VotesView(document, trace),
    asks: new AsksView(document, (index) => {
      const { walk } = app.store.state;
      if (walk) app.store.set({ selection: selectionAt(walk.dissection.shape, index) });
    }),
    ledger: new LedgerView(document, (position) => walker.goTo(position)),
  };
  /** The view that fits the walk, and the one that the reader wants instead until another fits. */
  let fitting = "";
  /** @type {Shown|null} */
  let wanted = null;
  const tabs = makeTabs(document, (view) => {
    wanted = view;
    show();
  });
  place.append(tabs.element, ...Object.values(views).map(({ element }) => element));

  function show() {
    const { state } = app.store;
    if (!state.walk) return;
    const reading = new Reading(state, state.walk);
    const fits = viewOf(reading);
    if (fits !== fitting) wanted = null;
    fitting = fits;
    const view = wanted ?? fits;
    tabs.show(view);
    const subject = subjectOf(state.selection, state.walk);
    // Until the answer about this neuron and this weight is there, the one before stands.
    if (!isAnswered(reading, view, subject)) return;
    for (const [name, { element }] of Object.entries(views)) element.hidden = name !== view;
    if (view === "curve") views.curve.show(reading, subject.neuron, state.theme);
    else if (view === "losses") views.losses.show(reading, state.theme);
    else if (view === "votes") views.votes.show(reading, subject.weight, state.theme);
    else if (view === "asks") views.asks.show(reading, indexOf(reading.shape, subject.weight), state.theme);
    else views.ledger.show(reading);
  }

  app.store.subscribe(["walk", "grain", "selection", "theme", "activations"], show);
}

/**
 * @param {Reading} reading
 * @param {Shown} view
 * @param {Subject} subject
 */
function isAnswered({ dissection }, view, { neuron, weight }) {
  const { choice } = dissection;
  if (view === "curve") return JSON.stringify(choice.neuron) === JSON.stringify(neuron);
  return view !== "votes" || JSON.stringify(choice.weight) === JSON.stringify(weight);
}

/**
 * @param {Document} document
 * @param {(view: Shown) => void} choose
 */
function makeTabs(document, choose) {
  const element = make(document, "div", "lens-tabs");
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", gettext("What the lens shows"));
  /** @type {Map<Shown, HTMLButtonElement>} */
  const buttons = new Map();
  for (const [view, label, title] of labels()) {
    const button = makeButton(document, "", label, () => choose(view));
    button.dataset.view = view;
    button.title = title;
    buttons.set(view, button);
    element.append(button);
  }
  return {
    element,
    /** @param {Shown} view */
    show(view) {
      for (const [name, button] of buttons) button.setAttribute("aria-pressed", String(name === view));
    },
  };
}
