/** What is going on, for those who listen instead of looking. */

import { gettext } from "../i18n.js";
import { lossText } from "../scales.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").RoomState} RoomState */

const PROGRESS_EVERY_MS = 10_000;

/**
 * Both losses: when training starts and stops, after a step, and every ten seconds between.
 * @param {HTMLElement} root
 * @param {Room} room
 */
export function createSpeech(root, room) {
  const live = /** @type {HTMLElement} */ (root.querySelector("#live"));
  const say = (/** @type {string} */ text) => {
    live.textContent = text;
  };
  let spoken_ms = 0;
  room.store.subscribe(["playing"], (state) => {
    spoken_ms = performance.now();
    if (!state.pair) return;
    const what = state.playing ? gettext("Training.") : gettext("Paused.");
    say(`${what} ${progressText(state)}`);
  });
  room.store.subscribe(["pair"], (state) => {
    if (state.playing && performance.now() - spoken_ms < PROGRESS_EVERY_MS) return;
    spoken_ms = performance.now();
    say(progressText(state));
  });
}

/** @param {Readonly<RoomState>} state */
function progressText({ pair }) {
  if (!pair) return "";
  const [a, b] = pair;
  return gettext("Epoch %(epoch)s: training loss of A %(a)s, of B %(b)s.", {
    epoch: Math.max(a.scalar("epoch"), b.scalar("epoch")),
    a: lossText(a.scalar("train_loss")),
    b: lossText(b.scalar("train_loss")),
  });
}
