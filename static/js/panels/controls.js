/** Play, step, reset and new weights; in the microscope the same buttons walk through an update. */

import { gettext } from "../i18n.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../microscope/walker.js").Walker} Walker */
/** @typedef {import("../keyboard.js").Drive} Drive */

/**
 * What the buttons do, for the buttons and for the keyboard's shortcuts.
 * @param {App} app
 * @param {() => string} stepUnit
 * @param {() => Walker|null} walker
 * @returns {Required<Omit<Drive, "release">> & {reseed: () => void}}
 */
export function driveCommands(app, stepUnit, walker) {
  const whole = wholeUpdates(app, stepUnit);
  const walking = () => (app.store.state.grain === null ? null : walker());
  const inBoth = (
    /** @type {"toggle"|"next"|"previous"|"finish"|"restart"} */ walk,
    /** @type {() => void} */ otherwise,
  ) => () => {
    if (app.store.state.grain === null) otherwise();
    else walking()?.[walk]();
  };
  return {
    toggle: inBoth("toggle", whole.toggle),
    step: inBoth("next", whole.step),
    back: inBoth("previous", whole.back),
    finish: inBoth("finish", whole.step),
    restart: inBoth("restart", whole.back),
    reset: whole.reset,
    reseed: whole.reseed,
  };
}

/**
 * @param {App} app
 * @param {() => string} stepUnit
 */
function wholeUpdates(app, stepUnit) {
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
 * @param {() => Walker|null} walker
 * @returns {ReturnType<typeof driveCommands>}
 */
export function createControls(root, app, walker) {
  const button = (/** @type {string} */ id) =>
    /** @type {HTMLButtonElement} */ (root.querySelector(`#${id}`));
  const unit = /** @type {HTMLSelectElement} */ (root.querySelector("#step-unit"));
  const drive = driveCommands(app, () => unit.value, walker);
  const play = button("play");
  play.addEventListener("click", drive.toggle);
  button("step").addEventListener("click", drive.step);
  button("back").addEventListener("click", drive.back);
  button("finish").addEventListener("click", drive.finish);
  button("reset").addEventListener("click", drive.reset);
  button("reseed").addEventListener("click", drive.reseed);

  app.store.subscribe(["playing", "walking", "grain"], ({ playing, walking, grain }) => {
    const running = grain === null ? playing : walking;
    play.toggleAttribute("data-playing", running);
    play.setAttribute("aria-label", running ? gettext("Pause") : gettext("Play"));
  });
  app.store.subscribe(["status", "run"], ({ status, run }) => {
    for (const id of ["play", "step", "finish", "reset", "reseed"]) {
      button(id).disabled = status !== "open" || run === 0;
    }
  });
  app.store.subscribe(["frame", "status", "walk"], ({ frame, status, walk }) => {
    const begun = (walk !== null && walk.position > 0) || (frame?.scalar("step") ?? 0) > 0;
    button("back").disabled = status !== "open" || !begun;
  });
  bindWalkPace(/** @type {HTMLSelectElement} */ (root.querySelector("#walk-pace")), app);
  return drive;
}

/**
 * @param {HTMLSelectElement} select
 * @param {App} app
 */
function bindWalkPace(select, app) {
  select.value = String(app.store.state.walkPace);
  select.addEventListener("change", () => app.store.set({ walkPace: Number(select.value) }));
}
