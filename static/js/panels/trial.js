/** A trial: begun, shown with its loss before and now, undone or kept. */

import { gettext, ngettext } from "../i18n.js";
import { format, preciseLoss } from "../scales.js";

/** @typedef {import("../store.js").App} App */

/** A loss that has stood for so long is said. */
const SETTLED_MS = 700;

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {(text: string) => void} say
 */
export function createTrial(root, app, say) {
  const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (root.querySelector(`#${id}`));
  const begin = /** @type {HTMLButtonElement} */ (root.querySelector("#trial-begin"));
  const { store } = app;
  const card = part("card");
  const strip = part("trial");
  let under = store.state.trial !== null;
  /** How the reader ended it, if it was the reader. @type {"undo"|"keep"|null} */
  let ended = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;

  begin.addEventListener("click", () => {
    app.trial("begin");
    part("trial-undo").focus();
  });
  for (const action of /** @type {const} */ (["undo", "keep"])) {
    part(`trial-${action}`).addEventListener("click", () => {
      ended = action;
      app.trial(action);
      begin.focus();
    });
  }

  store.subscribe(["frame", "past", "status"], ({ frame, past, status }) => {
    begin.disabled = !frame || past || status !== "open";
  });
  store.subscribe(["trial", "status"], ({ trial, status }) => {
    strip.hidden = trial === null;
    card.toggleAttribute("data-trial", trial !== null);
    begin.hidden = trial !== null;
    if (under === (trial !== null)) return;
    under = trial !== null;
    clearTimeout(timer);
    if (trial) say(gettext("Trial begun at step %(step)s. Undo brings this moment back.", { step: trial.step }));
    else if (status === "open") say(endText(ended));
    ended = null;
  });
  store.subscribe(["trial", "frame"], ({ trial, frame, playing }) => {
    if (!trial || !frame) return;
    part("trial-note").textContent = noteText(trial, frame);
    const [before, now] = [preciseLoss(trial.train_loss), preciseLoss(frame.scalar("train_loss"))];
    if (part("trial-now").textContent === now && part("trial-before").textContent === before) return;
    part("trial-before").textContent = before;
    part("trial-now").textContent = now;
    clearTimeout(timer);
    if (playing || before === now) return;
    const text = gettext("Training loss before the trial %(before)s, now %(now)s.", { before, now });
    timer = setTimeout(() => say(text), SETTLED_MS);
  });
}

/**
 * How far the trial has gone; at its beginning, what can be tried.
 * @param {import("../store.js").Bookmark} trial
 * @param {import("../frame.js").Frame} frame
 */
function noteText(trial, frame) {
  const steps = frame.scalar("step") - trial.step;
  if (steps > 0) {
    return ngettext(
      "after %(n)s update, η = %(rate)s",
      "after %(n)s updates, η = %(rate)s",
      steps,
      { rate: format(frame.scalar("learning_rate"), "plain") },
    );
  }
  return frame.scalar("train_loss") === trial.train_loss
    ? gettext("Change a weight, a bias, the learning rate …")
    : "";
}

/** @param {"undo"|"keep"|null} ended */
function endText(ended) {
  if (ended === "undo") return gettext("Undone: everything is as it was before the trial.");
  return ended === "keep"
    ? gettext("Kept: the run goes on from what was tried.")
    : gettext("The trial has ended, because a new run begins.");
}
