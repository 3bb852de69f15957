/** The speed dial: from one update a second to as fast as the server goes. */

import { gettext, ngettext } from "../i18n.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../store.js").Pace} Pace */

/** Up to here the dial counts updates a second, 1 to 1000 over 60 marks. */
const UPDATES_END = 60;
const UPDATE_DECADE = 20;
/** From here on it counts epochs a frame, 1 to 1000 up to EPOCHS_END. */
const EPOCHS_START = 70;
const EPOCHS_END = 95;
const EPOCH_DECADE = (EPOCHS_END - EPOCHS_START) / 3;
const FULL = 100;

/**
 * The pace at a mark of the dial; between the two scales it rests on the nearer end.
 * @param {number} mark 0 to 100
 * @returns {Pace}
 */
export function paceAt(mark) {
  if (mark > EPOCHS_END) return { unit: "full", rate: 1 };
  if (mark > (UPDATES_END + EPOCHS_START) / 2) {
    const decades = Math.max(0, mark - EPOCHS_START) / EPOCH_DECADE;
    return { unit: "epoch", rate: Math.round(10 ** decades) };
  }
  return { unit: "update", rate: twoDigits(10 ** (Math.min(mark, UPDATES_END) / UPDATE_DECADE)) };
}

/**
 * The dial's mark for a pace: `paceAt` the other way round.
 * @param {Pace} pace
 * @returns {number}
 */
export function markOf({ unit, rate = 1 }) {
  if (unit === "full") return FULL;
  const decades = Math.log10(Math.max(rate, 1e-9));
  const mark =
    unit === "epoch" ? EPOCHS_START + decades * EPOCH_DECADE : decades * UPDATE_DECADE;
  return Math.max(0, Math.min(EPOCHS_END, Math.round(mark)));
}

/**
 * @param {Pace} pace
 * @returns {string}
 */
export function paceLabel({ unit, rate = 1 }) {
  if (unit === "full") return gettext("full speed");
  return unit === "epoch"
    ? ngettext("%(n)s epoch a frame", "%(n)s epochs a frame", rate)
    : ngettext("%(n)s update a second", "%(n)s updates a second", rate);
}

/**
 * @param {HTMLElement} root
 * @param {App} app
 */
export function createDial(root, app) {
  const dial = /** @type {HTMLInputElement} */ (root.querySelector("#dial"));
  const stops = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("#stops [data-at]")]);
  const label = /** @type {HTMLElement} */ (root.querySelector("#pace"));
  for (const stop of stops) {
    stop.style.setProperty("--at", stop.dataset.at ?? "0");
    stop.addEventListener("click", () => turn(Number(stop.dataset.at)));
  }
  dial.addEventListener("input", () => turn(Number(dial.value)));

  /** @param {number} mark */
  function turn(mark) {
    const pace = paceAt(mark);
    app.store.set({ pace });
    if (app.store.state.playing) app.send({ command: "play", pace });
  }

  app.store.subscribe(["pace"], ({ pace }) => {
    if (JSON.stringify(paceAt(Number(dial.value))) !== JSON.stringify(pace)) {
      dial.value = String(markOf(pace));
    }
    dial.style.setProperty("--filled", `${dial.value}%`);
    dial.setAttribute("aria-valuetext", paceLabel(pace));
    dial.title = paceLabel(pace);
    label.textContent = stopText(stops, pace) ?? shortLabel(pace);
    label.style.setProperty("--at", dial.value);
  });
}

/**
 * A printed stop's own words where the dial stands on it.
 * @param {HTMLElement[]} stops
 * @param {Pace} pace
 */
function stopText(stops, pace) {
  const stop = stops.find(
    ({ dataset }) => JSON.stringify(paceAt(Number(dataset.at))) === JSON.stringify(pace),
  );
  return stop?.textContent;
}

/** @param {Pace} pace */
function shortLabel({ unit, rate = 1 }) {
  return unit === "epoch"
    ? gettext("%(n)s epochs/frame", { n: rate })
    : gettext("%(n)s/s", { n: rate });
}

/** @param {number} value */
function twoDigits(value) {
  return Number(value.toPrecision(2));
}
