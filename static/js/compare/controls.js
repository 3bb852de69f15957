/** One play, step and reset for both runs. */

import { gettext } from "../i18n.js";

/** @typedef {import("./room.js").Room} Room */

/**
 * @param {HTMLElement} root
 * @param {Room} room
 * @returns {import("../keyboard.js").Drive}
 */
export function createControls(root, room) {
  const button = (/** @type {string} */ id) =>
    /** @type {HTMLButtonElement} */ (root.querySelector(`#${id}`));
  const unit = /** @type {HTMLSelectElement} */ (root.querySelector("#step-unit"));
  const wanted = () => /** @type {"update"|"epoch"} */ (unit.value);
  const drive = {
    toggle: () => room.tandem.play(!room.store.state.playing),
    step: () => room.tandem.step(wanted()),
    back: () => room.tandem.back(wanted()),
    reset: () => room.reset(),
  };
  const play = button("play");
  play.addEventListener("click", drive.toggle);
  button("step").addEventListener("click", drive.step);
  button("back").addEventListener("click", drive.back);
  button("reset").addEventListener("click", drive.reset);

  room.store.subscribe(["playing"], ({ playing }) => {
    play.toggleAttribute("data-playing", playing);
    play.setAttribute("aria-label", playing ? gettext("Pause") : gettext("Play"));
  });
  room.store.subscribe(["ready", "ended", "status"], ({ ready, ended, status }) => {
    const over = ended.every(Boolean);
    play.disabled = button("step").disabled = !ready || over;
    button("reset").disabled = status !== "open" || !ready;
  });
  room.store.subscribe(["pair", "ready"], ({ pair, ready }) => {
    const started = pair?.some((frame) => frame.scalar("step") > 0) ?? false;
    button("back").disabled = !ready || !started;
  });
  room.store.subscribe(["wholeEpochs"], ({ wholeEpochs }) => {
    if (wholeEpochs) unit.value = "epoch";
    unit.options[0].disabled = wholeEpochs;
  });
  return drive;
}
