/** The speed dial: from one product at a time to as fast as the server goes. */

import { gettext, ngettext } from "../i18n.js";

/** @typedef {import("../store.js").Grain} Grain */
/** @typedef {import("../store.js").Pace} Pace */
/** @typedef {{pace: Pace, grain: Grain|null, playing: boolean}} Paced */
/**
 * @typedef {object} Driven the store of any room that trains, and where its commands go
 * @property {{state: Paced, set: (patch: Partial<Paced>) => void,
 *   subscribe: (keys: ("pace"|"grain")[], listener: (state: Paced) => void) => void}} store
 * @property {(command: Record<string, unknown>) => void} send
 */

/** Below the paces the dial has a stop for each grain of the microscope. */
const GRAIN_PITCH = 16;
/** @type {Grain[]} from the coarsest on, downward */
const GRAINS = ["phase", "layer", "neuron", "term"];
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
 * The microscope's grain at a mark of the dial; null from the first pace on.
 * @param {number} mark
 * @returns {Grain|null}
 */
export function grainAt(mark) {
  return mark < 0 ? GRAINS[Math.round(-mark / GRAIN_PITCH) - 1] ?? null : null;
}

/** @param {Grain} grain */
function markOfGrain(grain) {
  return -GRAIN_PITCH * (GRAINS.indexOf(grain) + 1);
}

/**
 * Where the dial comes to rest: below the paces there is nothing between two stops, and a key's
 * single mark leads to the next of them.
 * @param {number} mark where it was put
 * @param {number} before where it stood
 */
export function restAt(mark, before) {
  if (mark >= 0) return mark;
  const stops = mark / GRAIN_PITCH;
  const moved = mark - before;
  const whole =
    Math.abs(moved) === 1 ? (moved > 0 ? Math.ceil(stops) : Math.floor(stops)) : Math.round(stops);
  return whole * GRAIN_PITCH + 0;
}

/** @returns {Record<Grain, string>} */
const grainLabels = () => ({
  phase: gettext("one phase at a time"),
  layer: gettext("one layer at a time"),
  neuron: gettext("one neuron at a time"),
  term: gettext("one product at a time"),
});

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
 * @param {Driven} app
 */
export function createDial(root, app) {
  const dial = /** @type {HTMLInputElement} */ (root.querySelector("#dial"));
  const stops = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("#stops [data-at]")]);
  const label = /** @type {HTMLElement} */ (root.querySelector("#pace"));
  const least = Number(dial.min);
  /** How far along the dial a mark is, in per cent. @param {number} mark */
  const share = (mark) => String(((mark - least) / (FULL - least)) * 100);
  for (const stop of stops) {
    stop.style.setProperty("--at", share(Number(stop.dataset.at)));
    stop.addEventListener("click", () => turn(Number(stop.dataset.at)));
  }
  let stood = Number(dial.value);
  dial.addEventListener("input", () => turn(restAt(Number(dial.value), stood)));

  /** @param {number} mark */
  function turn(mark) {
    dial.value = String(mark);
    const grain = grainAt(mark);
    if (grain !== null) {
      app.store.set({ grain });
      return;
    }
    const pace = paceAt(mark);
    app.store.set({ pace, grain });
    if (app.store.state.playing) app.send({ command: "play", pace });
  }

  app.store.subscribe(["pace", "grain"], ({ pace, grain }) => {
    if (grain !== null) dial.value = String(markOfGrain(grain));
    else if (!standsAt(Number(dial.value), pace)) dial.value = String(markOf(pace));
    stood = Number(dial.value);
    const words = grain === null ? paceLabel(pace) : grainLabels()[grain];
    dial.style.setProperty("--filled", `${share(stood)}%`);
    dial.setAttribute("aria-valuetext", words);
    dial.title = words;
    const printed = stops.find(({ dataset: { at } }) =>
      grain === null ? standsAt(Number(at), pace) : grainAt(Number(at)) === grain,
    );
    for (const stop of stops) stop.toggleAttribute("data-here", stop === printed);
    label.hidden = printed !== undefined;
    label.textContent = shortLabel(pace);
    label.style.setProperty("--at", share(stood));
  });
}

/**
 * @param {number} mark
 * @param {Pace} pace
 */
function standsAt(mark, pace) {
  return mark >= 0 && JSON.stringify(paceAt(mark)) === JSON.stringify(pace);
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
