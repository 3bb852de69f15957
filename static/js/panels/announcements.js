/** What the session has to say to the reader: resets, faults in a link, refusals, divergence. */

import { gettext, ngettext } from "../i18n.js";
import { layerLabel } from "../labels.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Problem} Problem */
/** @typedef {ReturnType<typeof import("./notices.js").createNotices>} Notices */

const NOTE_MS = 4000;
/** How far the reader is led back from numbers that blew up: they mostly do so within fewer. */
const BACK = 20;

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
  value: gettext("weight or bias"),
  learning_rate: gettext("learning rate"),
  batch_size: gettext("batch size"),
});

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {Notices} notices
 * @param {{say: (text: string) => void, reset: () => void, save: (() => void)|null}} voice save
 *   hands out a checkpoint, where the page may
 */
export function createAnnouncements(root, app, notices, { say, reset, save }) {
  const note = /** @type {HTMLElement} */ (root.querySelector("#note"));
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;

  app.store.subscribe(["diverged"], ({ diverged }) => {
    notices.dismiss("diverged");
    if (diverged) notices.show(divergence(diverged, app, { reset, save }));
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
        lines: problems.map(inReadersWords),
      });
    },
  };
}

/**
 * What is wrong, with the field called as it is on the page.
 * @param {Problem} problem
 */
function inReadersWords({ field, message }) {
  const own = field.replace(/^experiment\./, "");
  return message.startsWith(field) ? (fieldLabels()[own] ?? own) + message.slice(field.length) : message;
}

/**
 * What went wrong, where and when, and the ways on from the last state that is finite.
 * @param {{step: number, layer: number, message: string}} diverged
 * @param {App} app
 * @param {{reset: () => void, save: (() => void)|null}} ways
 * @returns {import("./notices.js").Notice}
 */
function divergence({ step, layer, message }, app, { reset, save }) {
  const { shape } = app.store.state;
  const last = step - 1;
  const count = Math.min(BACK, last);
  /** @type {import("./notices.js").Action[]} */
  const actions = [
    {
      label: gettext("Go on with a third of the learning rate"),
      act() {
        app.change(slower(app));
        app.send({ command: "play", pace: app.store.state.pace });
      },
    },
    {
      label: gettext("Reset with a third of the learning rate"),
      act() {
        app.change(slower(app));
        reset();
      },
    },
  ];
  actions.unshift({ label: gettext("Reset"), act: reset });
  if (save) actions.unshift({ label: gettext("Save this state"), act: save, stays: true });
  if (count > 0) {
    const label = ngettext("Go back %(n)s update", "Go back %(n)s updates", count);
    actions.unshift({ label, act: () => app.send({ command: "back", count }), stays: true });
  }
  return {
    kind: "diverged",
    alarm: true,
    title: gettext("The numbers blew up: %(layer)s", { layer: layerLabel(layer, shape.length - 1) }),
    lines: [
      message,
      gettext("That state, step %(step)s, can still be saved, and gone back or on from.", { step: last }),
    ],
    actions,
  };
}

/** @param {App} app */
function slower(app) {
  const { experiment } = app.store.state;
  const rate = experiment.learning_rate;
  const lower = app.facts.experiment.offered.learning_rate.filter((offered) => offered < rate / 2);
  return { ...experiment, learning_rate: lower.at(-1) ?? rate / 3 };
}
