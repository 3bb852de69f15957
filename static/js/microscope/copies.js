/** Copies of exactly this state: scripts, a link, the Experiment; and the checkpoint as a file. */

import { gettext } from "../i18n.js";
import { pageLink } from "../panels/dialogs.js";
import { download } from "../panels/files.js";
import { make, makeButton, makeDialog } from "./elements.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../exports.js").Export} Export */
/** @typedef {import("../exports.js").Format} Format */

const DONE_MS = 1800;

/** What each copy is called, and what it is. @returns {Record<Format, {label: string, title: string}>} */
const copyLabels = () => ({
  numpy: {
    label: "NumPy",
    title: gettext("A NumPy script that makes this update, and prints its loss, gradients and new weights"),
  },
  pytorch: {
    label: "PyTorch",
    title: gettext("A PyTorch script that makes this update, and prints its loss, gradients and new weights"),
  },
  link: {
    label: gettext("link"),
    title: gettext("A link that opens this experiment with the weights of now"),
  },
  experiment: {
    label: gettext("Experiment"),
    title: gettext("All settings of this run, as JSON"),
  },
});

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {import("../panels/microscope.js").Loan} loan
 */
export function createCopies(root, app, { save }) {
  const { ownerDocument: document } = root;
  const place = /** @type {HTMLElement} */ (root.querySelector("#copies"));
  const live = /** @type {HTMLElement} */ (root.querySelector("#live"));
  const shown = new CopyDialog(root);
  place.append(make(document, "span", "soft", gettext("Copy as")));
  for (const [format, { label, title }] of Object.entries(copyLabels())) {
    const button = makeButton(document, "quiet", label, () => copy(/** @type {Format} */ (format), button, label));
    button.title = title;
    place.append(button);
  }
  if (save) {
    const label = gettext("checkpoint");
    const button = makeButton(document, "quiet", label, () => {
      save();
      done(button, label, gettext("saved"));
    });
    button.title = gettext("Save a file with all that the run needs to go on exactly from here");
    place.append(button);
  }
  const share = /** @type {HTMLElement|null} */ (root.querySelector("#open-share"));
  if (share) {
    const button = makeButton(document, "quiet", gettext("as files …"), () => share.click());
    button.title = gettext("Save the scripts and the Experiment as files, or open such files");
    place.append(button);
  }

  /**
   * @param {Format} format
   * @param {HTMLButtonElement} button
   * @param {string} label
   */
  async function copy(format, button, label) {
    const made = await app.export(format);
    if (!made) return;
    const text = format === "link" ? pageLink(app, window, "", made.text) : made.text;
    try {
      await navigator.clipboard.writeText(text);
      done(button, label, gettext("copied"));
    } catch {
      shown.open(label, { ...made, text });
    }
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {string} label
   * @param {string} word
   */
  function done(button, label, word) {
    button.textContent = `${word} ✓`;
    live.textContent = gettext("%(name)s: %(what)s", { name: label, what: word });
    setTimeout(() => {
      button.textContent = label;
    }, DONE_MS);
  }
}

/** What was to be copied, selected: for pages that may not write to the clipboard. */
class CopyDialog {
  /** @param {HTMLElement} root */
  constructor(root) {
    const { ownerDocument: document } = root;
    const { dialog, title, body } = makeDialog(root, "copy-dialog");
    this.dialog = dialog;
    this.title = title;
    this.field = make(document, "textarea", "code");
    this.field.readOnly = true;
    this.field.rows = 14;
    this.field.spellcheck = false;
    this.field.setAttribute("aria-labelledby", title.id);
    /** @type {Export|null} */
    this.made = null;
    const files = make(document, "p", "files");
    files.append(makeButton(document, "", gettext("Save as file"), () => this.#save()));
    body.append(
      make(document, "p", "", gettext("The browser does not let this page write to the clipboard. The text is selected: press Ctrl+C (on a Mac ⌘C).")),
      this.field,
      files,
    );
  }

  /**
   * @param {string} name
   * @param {Export} made
   */
  open(name, made) {
    this.made = made;
    this.title.textContent = name;
    this.field.value = made.text;
    this.dialog.showModal();
    this.field.focus();
    this.field.select();
  }

  #save() {
    if (this.made) download(this.dialog.ownerDocument, this.made.filename, this.made.text);
  }
}
