/** What is going on, for those who listen instead of looking. */

import { gettext } from "../i18n.js";
import { lossText } from "../scales.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").RoomState} RoomState */

const PROGRESS_EVERY_MS = 10_000;
/** A pair that was under way when the runs were paused comes so soon after. */
const LATE_MS = 3000;

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
  let paused_ms = -Infinity;
  room.store.subscribe(["playing"], (state) => {
    spoken_ms = performance.now();
    if (!state.pair) return;
    if (!state.playing) paused_ms = spoken_ms;
    const progress = progressText(state);
    say(state.playing ? gettext("Training. %(progress)s", { progress }) : pausedText(progress));
  });
  room.store.subscribe(["pair"], (state) => {
    const now_ms = performance.now();
    if (state.playing && now_ms - spoken_ms < PROGRESS_EVERY_MS) return;
    spoken_ms = now_ms;
    const late = !state.playing && now_ms - paused_ms < LATE_MS;
    say(late ? pausedText(progressText(state)) : progressText(state));
  });
}

/** @param {string} progress */
const pausedText = (progress) => gettext("Paused. %(progress)s", { progress });

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
