/** What the batch shows to be wrong: one sentence, and a way to put it right; the others in a dialog. */

import { gettext, ngettext } from "../i18n.js";
import { groupsOf, reasons, sentenceOf } from "./diagnosis.js";
import { make, makeButton, makeDialog } from "./elements.js";
import { remediesFor } from "./remedies.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("./diagnosis.js").Group} Group */
/** @typedef {import("./remedies.js").Remedy} Remedy */

/**
 * @param {HTMLElement} root
 * @param {App} app
 */
export function createFindings(root, app) {
  const { ownerDocument: document } = root;
  const place = /** @type {HTMLElement} */ (root.querySelector("#findings"));
  place.setAttribute("aria-label", gettext("Findings"));
  const { dialog, title, body } = makeDialog(root, "findings-dialog");
  title.textContent = gettext("What this batch shows");
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
    body.replaceChildren(...groups.map(whole));
  });

  /** @param {Group[]} groups */
  function first([group, ...others]) {
    const sentence = make(document, "p", "finding");
    sentence.append(words(group));
    sentence.dataset.ailment = group.ailment;
    const ways = make(document, "p", "finding-ways");
    const [remedy] = remedies(group);
    if (remedy) ways.append(remedyButton(remedy));
    const more = others.length > 0
      ? ngettext("and %(n)s more", "and %(n)s more", others.length)
      : gettext("why?");
    ways.append(makeButton(document, "quiet", more, () => dialog.showModal()));
    return [sentence, ways];
  }

  /** @param {Group} group */
  function whole(group) {
    const section = make(document, "section", "finding-whole");
    const ways = make(document, "ul", "remedies");
    ways.append(
      ...remedies(group).map((remedy) => {
        const item = make(document, "li", "");
        item.append(remedyButton(remedy), make(document, "span", "soft", effectOf(remedy)));
        return item;
      }),
    );
    const heading = make(document, "h3", "finding");
    heading.append(words(group));
    section.append(
      heading,
      make(document, "p", "soft", reasons()[group.ailment]),
      make(document, "p", "", gettext("What helps:")),
      ways,
    );
    return section;
  }

  /** @param {Group} group */
  function words(group) {
    return make(document, "span", "", sentenceOf(group, app.store.state.shape));
  }

  /** @param {Group} group */
  function remedies(group) {
    return remediesFor(group, app.store.state.experiment, app.facts.experiment);
  }

  /** @param {Remedy} remedy */
  function remedyButton(remedy) {
    const button = makeButton(document, "remedy", remedy.label, () => {
      dialog.close();
      app.change(remedy.experiment);
    });
    button.title = effectOf(remedy);
    return button;
  }
}

/** @param {Remedy} remedy */
function effectOf({ anew }) {
  return anew
    ? gettext("A new network begins with it, at step 0.")
    : gettext("The run goes on with it, from here.");
}
