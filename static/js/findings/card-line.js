/** What is wrong with what the card shows, in its last line: a few words, what helps, and why. */

import { gettext, ngettext } from "../i18n.js";
import { groupsOf, headlineOf, placedHeadline, sentenceOf } from "../microscope/diagnosis.js";
import { make, makeButton } from "../microscope/elements.js";
import { FindingsDialog } from "./dialog.js";

/** @typedef {import("../dissection.js").Finding} Finding */
/** @typedef {import("../microscope/diagnosis.js").Group} Group */
/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Selection} Selection */
/** @typedef {import("../store.js").State} State */

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @returns {{pick: (layer: number) => void}} pick leads the card to a layer as a whole
 */
export function createCardLine(root, app) {
  const { ownerDocument: document } = root;
  const { store } = app;
  const dialog = new FindingsDialog(root, app, "live-findings");
  const line = make(document, "p", "card-finding");
  line.hidden = true;
  const words = make(document, "span", "finding");
  const [long, short] = ["long", "short"].map((name) => make(document, "span", name));
  words.append(long, short);
  const ways = make(document, "span", "card-ways");
  line.append(words, ways);
  root.querySelector("#card-note")?.before(line);
  new ResizeObserver(fit).observe(line);
  /** The layer whose mark was chosen, until something else is. @type {number|null} */
  let picked = null;
  let written = "";

  store.subscribe(["selection", "hover", "run"], ({ selection, hover }) => {
    if (hover ?? selection) picked = null;
    write(store.state);
  });
  store.subscribe(["findings", "experiment"], write);

  /** @param {Readonly<State>} state */
  function write(state) {
    const all = groupsOf(state.findings);
    const groups = about(state, all);
    line.hidden = groups.length === 0;
    if (line.hidden) {
      written = "";
      return;
    }
    line.toggleAttribute("data-unasked", !(state.hover ?? state.selection) && picked === null);
    const [group] = groups;
    line.title = sentenceOf(group, state.shape);
    const others = all.length - 1;
    // Buttons that change while nothing else does would lose the keyboard.
    const key = JSON.stringify([group.ailment, group.layer, group.units, others, state.experiment, isNamed(state)]);
    if (key === written) return;
    written = key;
    const headline = isNamed(state) ? headlineOf(group) : placedHeadline(group, state.shape);
    long.textContent = headline.long;
    short.textContent = headline.short;
    words.dataset.ailment = group.ailment;
    const [remedy] = dialog.remedies(group);
    const more = others > 0
      ? ngettext("and %(n)s more", "and %(n)s more", others)
      : gettext("why?");
    ways.replaceChildren(
      ...(remedy ? [dialog.remedyButton(remedy)] : []),
      makeButton(document, "quiet", more, () => openOn(group)),
    );
    fit();
  }

  /** The few words, where there is no room for some more. */
  function fit() {
    line.toggleAttribute("data-short", false);
    // In whole px a word that lacks half of one would seem to fit.
    const words = document.createRange();
    words.selectNodeContents(long);
    const [wanted, given] = [words, long].map((part) => part.getBoundingClientRect().width);
    line.toggleAttribute("data-short", wanted > given);
  }

  /**
   * All findings, the one in question first.
   * @param {Group} group
   */
  function openOn(group) {
    const others = groupsOf(store.state.findings).filter(
      ({ ailment, layer }) => ailment !== group.ailment || layer !== group.layer,
    );
    dialog.show([group, ...others]);
    dialog.open();
  }

  /**
   * The findings that the card is about: of a neuron, or a weight that leads to it, its own, else
   * its layer's; of nothing in particular, all.
   * @param {Readonly<State>} state
   * @param {Group[]} all
   * @returns {Group[]}
   */
  function about({ selection, hover, findings }, all) {
    const shown = hover ?? selection;
    if (!shown) {
      const own = all.filter(({ layer, units }) => layer === picked && units.length === 0);
      return own.length > 0 ? own : all;
    }
    const unit = shown.kind === "weight" ? shown.to : shown.unit;
    const here = findings.filter((finding) => finding.layer === shown.layer);
    const own = here.filter((finding) => finding.unit === unit);
    return groupsOf(own.length > 0 ? own : here.filter((finding) => finding.unit === null));
  }

  return {
    pick(layer) {
      store.set({ selection: null, hover: null });
      picked = layer;
      write(store.state);
    },
  };
}

/**
 * Whether the card has the name of the neuron in question already.
 * @param {Readonly<State>} state
 */
function isNamed({ selection, hover }) {
  return (hover ?? selection)?.kind === "neuron";
}
