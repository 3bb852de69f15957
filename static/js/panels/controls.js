/** Play, step, reset and new weights. */

import { gettext } from "../i18n.js";

/** @typedef {import("../store.js").App} App */

/**
 * What the buttons do, for the buttons and for the keyboard's shortcuts.
 * @param {App} app
 * @param {() => string} stepUnit
 */
export function driveCommands(app, stepUnit) {
  const { store, send } = app;
  return {
    toggle() {
      const { playing, pace } = store.state;
      send(playing ? { command: "pause" } : { command: "play", pace });
    },
    step() {
      if (store.state.playing) send({ command: "pause" });
      send({ command: "step", unit: stepUnit(), count: 1 });
    },
    back() {
      app.scrub(null);
      const { frame } = store.state;
      if (!frame) return;
      const steps = stepUnit() === "epoch" ? frame.scalar("batches") : 1;
      const count = Math.min(steps, frame.scalar("step"));
      if (count > 0) send({ command: "back", count });
    },
    reset: () => send({ command: "reset" }),
    reseed: () => send({ command: "reseed" }),
  };
}

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @returns {ReturnType<typeof driveCommands>}
 */
export function createControls(root, app) {
  const button = (/** @type {string} */ id) =>
    /** @type {HTMLButtonElement} */ (root.querySelector(`#${id}`));
  const unit = /** @type {HTMLSelectElement} */ (root.querySelector("#step-unit"));
  const drive = driveCommands(app, () => unit.value);
  const play = button("play");
  play.addEventListener("click", drive.toggle);
  button("step").addEventListener("click", drive.step);
  button("back").addEventListener("click", drive.back);
  button("reset").addEventListener("click", drive.reset);
  button("reseed").addEventListener("click", drive.reseed);

  app.store.subscribe(["playing", "status", "run"], ({ playing, status, run }) => {
    play.toggleAttribute("data-playing", playing);
    play.setAttribute("aria-label", playing ? gettext("Pause") : gettext("Play"));
    for (const id of ["play", "step", "reset", "reseed"]) {
      button(id).disabled = status !== "open" || run === 0;
    }
  });
  app.store.subscribe(["frame", "status", "run"], ({ frame, status }) => {
    button("back").disabled = status !== "open" || !frame || frame.scalar("step") === 0;
  });
  return drive;
}
