/** What the session has to say to the reader: resets, faults in a link, refusals, divergence. */

import { gettext } from "../i18n.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Problem} Problem */
/** @typedef {ReturnType<typeof import("./notices.js").createNotices>} Notices */

const NOTE_MS = 4000;

/** @returns {Record<string, string>} */
const fieldLabels = () => ({
  problem: gettext("problem"),
  dataset: gettext("data set"),
  points: gettext("points"),
  classes: gettext("classes"),
  samples: gettext("number of examples"),
  data_seed: gettext("data seed"),
  features: gettext("features"),
  layers: gettext("layers"),
  loss: gettext("loss"),
  parameters: gettext("starting weights"),
  initializer: gettext("initialization"),
  weight_seed: gettext("weight seed"),
  precision: gettext("precision"),
});

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {Notices} notices
 * @param {{say: (text: string) => void, reset: () => void}} voice
 */
export function createAnnouncements(root, app, notices, { say, reset }) {
  const note = /** @type {HTMLElement} */ (root.querySelector("#note"));
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;

  app.store.subscribe(["diverged"], ({ diverged, experiment }) => {
    notices.dismiss("diverged");
    if (!diverged) return;
    notices.show({
      kind: "diverged",
      alarm: true,
      title: gettext("The numbers blew up."),
      lines: [diverged.message],
      actions: [
        { label: gettext("Reset"), act: reset },
        {
          label: gettext("Reset with a third of the learning rate"),
          act: () => {
            app.change(slower(experiment.learning_rate, app));
            reset();
          },
        },
      ],
    });
  });

  return {
    /** @param {string[]} because */
    reset(because) {
      const labels = fieldLabels();
      const names = because.map((field) => labels[field] ?? field).join(", ");
      const text = names
        ? gettext("A new network, because this changed: %(fields)s", { fields: names })
        : gettext("Back at the start.");
      note.textContent = text;
      note.hidden = false;
      say(text);
      clearTimeout(timer);
      timer = setTimeout(() => {
        note.hidden = true;
      }, NOTE_MS);
    },
    /** @param {Problem[]} problems */
    faultyLink(problems) {
      notices.show({
        kind: "link",
        title: gettext("Part of this link could not be used; its default is shown instead."),
        lines: problems.map(({ message }) => message),
      });
    },
    /** @param {Problem[]} problems */
    refused(problems) {
      notices.show({
        kind: "refused",
        alarm: true,
        title: gettext("That cannot be done."),
        lines: problems.map(({ message }) => message),
      });
    },
  };
}

/**
 * @param {number} rate
 * @param {App} app
 */
function slower(rate, app) {
  const { experiment } = app.store.state;
  const lower = app.facts.experiment.offered.learning_rate.filter((offered) => offered < rate / 2);
  return { ...experiment, learning_rate: lower.at(-1) ?? rate / 3 };
}
