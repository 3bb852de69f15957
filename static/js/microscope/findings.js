/** What the batch shows to be wrong: one sentence, and a way to put it right; the others in a dialog. */

import { FindingsDialog } from "../findings/dialog.js";
import { gettext, ngettext } from "../i18n.js";
import { groupsOf, sentenceOf } from "./diagnosis.js";
import { make, makeButton } from "./elements.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("./diagnosis.js").Group} Group */

/**
 * @param {HTMLElement} root
 * @param {App} app
 */
export function createFindings(root, app) {
  const { ownerDocument: document } = root;
  const place = /** @type {HTMLElement} */ (root.querySelector("#findings"));
  place.setAttribute("aria-label", gettext("Findings"));
  const dialog = new FindingsDialog(root, app, "findings-dialog");
  let written = "";

  app.store.subscribe(["walk", "experiment"], ({ walk, experiment, shape }) => {
    const groups = walk ? groupsOf(walk.dissection.findings) : [];
    const key = JSON.stringify([groups, experiment, shape]);
    if (key === written) return;
    written = key;
    if (groups.length === 0) {
      place.replaceChildren();
      dialog.close();
      return;
    }
    place.replaceChildren(...first(groups));
    dialog.show(groups);
  });

  /** @param {Group[]} groups */
  function first([group, ...others]) {
    const sentence = make(document, "p", "finding");
    sentence.append(make(document, "span", "", sentenceOf(group, app.store.state.shape)));
    sentence.dataset.ailment = group.ailment;
    const ways = make(document, "p", "finding-ways");
    const [remedy] = dialog.remedies(group);
    if (remedy) ways.append(dialog.remedyButton(remedy));
    const more = others.length > 0
      ? ngettext("and %(n)s more", "and %(n)s more", others.length)
      : gettext("why?");
    ways.append(makeButton(document, "quiet", more, () => dialog.open()));
    return [sentence, ways];
  }
}
