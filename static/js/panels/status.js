/** What is going on, in words: the live region, and the banner of a lost connection. */

import { gettext } from "../i18n.js";
import { placeLabel } from "../labels.js";
import { selectedIndex } from "../parameters.js";
import { format, lossText } from "../scales.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").State} State */

const PROGRESS_EVERY_MS = 10_000;

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {() => void} retry
 * @returns {{say: (text: string) => void}} say speaks to those who listen instead of looking
 */
export function createStatus(root, app, retry) {
  const live = /** @type {HTMLElement} */ (root.querySelector("#live"));
  const say = (/** @type {string} */ text) => {
    live.textContent = text;
  };
  speakProgress(app, say);
  speakLeaving(app, say);
  app.store.subscribe(["selection"], (state) => {
    if (state.selection && state.frame && !state.walk) say(selectionText(state));
  });
  createBanner(root, app, retry);
  return { say };
}

/**
 * Epoch and loss: when training starts and stops, and every ten seconds between.
 * @param {App} app
 * @param {(text: string) => void} say
 */
function speakProgress(app, say) {
  let spoken_ms = 0;
  app.store.subscribe(["playing"], (state) => {
    spoken_ms = performance.now();
    if (!state.frame) return;
    const progress = progressText(state);
    say(
      state.playing
        ? gettext("Training. %(progress)s", { progress })
        : gettext("Paused. %(progress)s", { progress }),
    );
  });
  app.store.subscribe(["frame"], (state) => {
    if (!state.playing || performance.now() - spoken_ms < PROGRESS_EVERY_MS) return;
    spoken_ms = performance.now();
    say(progressText(state));
  });
}

/**
 * The walk says itself what each of its steps does; that it is over, nobody would hear.
 * @param {App} app
 * @param {(text: string) => void} say
 */
function speakLeaving(app, say) {
  let walked = app.store.state.grain !== null;
  app.store.subscribe(["grain"], (state) => {
    const walks = state.grain !== null;
    const progress = progressText(state);
    if (walked && !walks) say(gettext("Back to training. %(progress)s", { progress }));
    walked = walks;
  });
}

/** @param {Readonly<State>} state */
function progressText({ frame }) {
  if (!frame) return "";
  return gettext("Epoch %(epoch)s, step %(step)s, training loss %(loss)s.", {
    epoch: frame.scalar("epoch"),
    step: frame.scalar("step"),
    loss: lossText(frame.scalar("train_loss")),
  });
}

/**
 * A selection with its numbers, as the keyboard's reader hears it.
 * @param {Readonly<State>} state with a selection and a frame
 */
export function selectionText({ selection, frame, shape, experiment }) {
  if (!selection || !frame) return "";
  const place = placeLabel(selection, shape, experiment.features);
  const index = selectedIndex(shape, selection);
  if (index < 0) return gettext("Input %(place)s", { place });
  const values = {
    place,
    value: format(frame.tensor("parameters")[index]),
    gradient: format(frame.tensor("gradient")[index]),
  };
  return selection.kind === "weight"
    ? gettext("Weight %(place)s: %(value)s, gradient %(gradient)s", values)
    : gettext("Neuron %(place)s: bias %(value)s, gradient %(gradient)s", values);
}

/**
 * @typedef {object} Connected the store of any room with a line to the server
 * @property {(keys: "status"[], listener: (state: Pick<State, "status">) => void) => void} subscribe
 */

/**
 * @param {HTMLElement} root
 * @param {{store: Connected}} app
 * @param {() => void} retry
 */
export function createBanner(root, app, retry) {
  const banner = /** @type {HTMLElement} */ (root.querySelector("#banner"));
  const text = /** @type {HTMLElement} */ (root.querySelector("#banner-text"));
  root.querySelector("#banner-retry")?.addEventListener("click", retry);
  let wasOpen = false;
  app.store.subscribe(["status"], ({ status }) => {
    wasOpen ||= status === "open";
    banner.hidden = status === "open" || (status === "connecting" && banner.hidden);
    if (status === "waiting") {
      text.textContent = wasOpen
        ? gettext("The connection is interrupted. Trying again; the run goes on from where it was.")
        : gettext("The server does not answer. Trying again.");
    } else if (status === "lost") {
      text.textContent = gettext("The server cannot be reached. Nothing of this run is lost in this page.");
    }
  });
}
