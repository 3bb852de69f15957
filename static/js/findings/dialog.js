/** All findings, each with its reason and what helps, in a dialog; and the buttons that help. */

import { gettext } from "../i18n.js";
import { reasons, sentenceOf } from "../microscope/diagnosis.js";
import { make, makeButton, makeDialog } from "../microscope/elements.js";
import { remediesFor } from "../microscope/remedies.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../microscope/diagnosis.js").Group} Group */
/** @typedef {import("../microscope/remedies.js").Remedy} Remedy */

export class FindingsDialog {
  /**
   * @param {HTMLElement} root
   * @param {App} app
   * @param {string} name the beginning of its title's id
   */
  constructor(root, app, name) {
    this.app = app;
    this.document = root.ownerDocument;
    const { dialog, title, body } = makeDialog(root, name);
    this.dialog = dialog;
    this.body = body;
    title.textContent = gettext("What this batch shows");
  }

  /**
   * What has the same reason and the same remedies is together.
   * @param {Group[]} groups
   */
  show(groups) {
    /** @type {Map<string, Group[]>} */
    const alike = new Map();
    for (const group of groups) {
      const key = [group.ailment, ...this.remedies(group).map(({ label }) => label)].join();
      alike.set(key, [...(alike.get(key) ?? []), group]);
    }
    this.body.replaceChildren(...[...alike.values()].map((some) => this.#whole(some)));
  }

  open() {
    this.dialog.showModal();
  }

  close() {
    this.dialog.close();
  }

  /** @param {Group} group */
  remedies(group) {
    return remediesFor(group, this.app.store.state.experiment, this.app.facts.experiment);
  }

  /** @param {Remedy} remedy */
  remedyButton(remedy) {
    const button = makeButton(this.document, "remedy", remedy.label, () => {
      this.close();
      this.app.change(remedy.experiment);
    });
    button.title = effectOf(remedy);
    return button;
  }

  /** @param {Group[]} groups with the same ailment and remedies */
  #whole(groups) {
    const { document } = this;
    const section = make(document, "section", "finding-whole");
    for (const group of groups) {
      const heading = make(document, "h3", "finding");
      heading.append(make(document, "span", "", sentenceOf(group, this.app.store.state.shape)));
      section.append(heading);
    }
    section.append(make(document, "p", "soft", reasons()[groups[0].ailment]));
    const remedies = this.remedies(groups[0]);
    if (remedies.length === 0) return section;
    const ways = make(document, "ul", "remedies");
    ways.append(
      ...remedies.map((remedy) => {
        const item = make(document, "li", "");
        item.append(this.remedyButton(remedy), make(document, "span", "soft", effectOf(remedy)));
        return item;
      }),
    );
    section.append(make(document, "p", "", gettext("What helps:")), ways);
    return section;
  }
}

/** @param {Remedy} remedy */
function effectOf({ anew }) {
  return anew
    ? gettext("A new network begins with it, at step 0.")
    : gettext("The run goes on with it, from here.");
}
