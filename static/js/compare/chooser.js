/** What differs: the part of the experiment, and its value in A and in B. */

import { gettext } from "../i18n.js";
import { fill } from "../panels/fields.js";
import { isNone } from "./difference.js";
import { KINDS } from "./kinds.js";
import { pairOf, pairs } from "./pairs.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./lockstep.js").Who} Who */

/**
 * @param {HTMLElement} root
 * @param {Room} room
 */
export function createChooser(root, room) {
  const select = (/** @type {string} */ id) =>
    /** @type {HTMLSelectElement} */ (root.querySelector(id));
  const kinds = select("#kind");
  const values = [select("#value-a"), select("#value-b")];
  fill(kinds, KINDS.map(({ id, label }) => [id, label()]));
  kinds.addEventListener("change", () => room.chooseKind(kinds.value));
  for (const [who, list] of values.entries()) {
    list.addEventListener("change", () => room.chooseValue(/** @type {Who} */ (who), list.value));
  }
  const group = /** @type {HTMLElement|null} */ (root.querySelector("#pairs"));
  if (group) offerPairs(group, room);
  explain(root, room);

  room.store.subscribe(["difference", "experiment"], ({ difference: { kind, value }, experiment }) => {
    for (const [i, { matters }] of KINDS.entries()) kinds.options[i].disabled = !matters(experiment);
    kinds.value = kind.id;
    const choices = room.choices().map((choice) => [choice, kind.text(choice)]);
    for (const [who, chosen] of [kind.read(experiment), value].entries()) {
      showValues(values[who], /** @type {[string, string][]} */ (choices), chosen);
    }
  });
  room.store.subscribe(["status"], ({ status }) => {
    for (const list of [kinds, ...values]) list.disabled = status !== "open";
  });
}

/**
 * @param {HTMLSelectElement} list
 * @param {[value: string, label: string][]} choices
 * @param {string} chosen "" where the layers' values differ
 */
function showValues(list, choices, chosen) {
  fill(list, choices);
  if (chosen === "") {
    list.prepend(new Option(gettext("mixed"), ""));
    list.options[0].disabled = true;
  }
  list.value = chosen;
}

/**
 * What a ready-made pair shows, and what the two have in common.
 * @param {HTMLElement} root
 * @param {Room} room
 */
function explain(root, room) {
  const claim = /** @type {HTMLElement} */ (root.querySelector("#claim"));
  const shared = /** @type {HTMLElement} */ (root.querySelector("#shared"));
  room.store.subscribe(["link"], ({ link }) => {
    claim.textContent = pairOf(link)?.claim ?? "";
  });
  room.store.subscribe(["difference", "experiment"], ({ difference, experiment }) => {
    shared.textContent = isNone(difference, experiment)
      ? gettext("No difference: both runs are the same, bit for bit.")
      : difference.kind.shared();
  });
}

/**
 * @param {HTMLElement} group
 * @param {Room} room
 */
function offerPairs(group, room) {
  for (const { name, claim, link } of pairs()) {
    const button = group.ownerDocument.createElement("button");
    button.type = "button";
    button.className = "pair";
    button.textContent = name;
    button.title = claim;
    button.addEventListener("click", () => room.open(link, "push"));
    room.store.subscribe(["link"], (state) => {
      button.setAttribute("aria-pressed", String(state.link === link));
    });
    group.append(button);
  }
}
