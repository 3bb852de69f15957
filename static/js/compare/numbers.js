/** The numbers that matter, side by side. */

import { format, lossText } from "../scales.js";

/** @typedef {import("../frame.js").Frame} Frame */
/** @typedef {import("./room.js").Room} Room */

/**
 * @param {HTMLElement} root
 * @param {Room} room
 */
export function createNumbers(root, room) {
  const whole = new Intl.NumberFormat(room.facts.language);
  const epoch = /** @type {HTMLElement} */ (root.querySelector("#epoch"));
  const table = /** @type {HTMLElement} */ (root.querySelector(".pairwise"));
  const row = (/** @type {string} */ name) =>
    /** @type {HTMLElement} */ (table.querySelector(`[data-row="${name}"]`));
  const cells = [0, 1].map((who) =>
    Object.fromEntries(
      ["step", "train_loss", "test_loss", "accuracy", "first", "last", "ratio"].map((name) => [
        name,
        /** @type {HTMLElement} */ (row(name).querySelector(`[data-run="${who}"]`)),
      ]),
    ),
  );
  room.sides[0].store.subscribe(["experiment", "counts"], ({ experiment, counts }) => {
    row("accuracy").hidden = experiment.problem !== "classification";
    row("test_loss").hidden = counts.test === 0;
  });
  room.store.subscribe(["pair"], ({ pair }) => {
    if (!pair) return;
    write(epoch, whole.format(Math.max(...pair.map((frame) => frame.scalar("epoch")))));
    for (const [who, frame] of pair.entries()) {
      const texts = { step: whole.format(frame.scalar("step")), ...numbersOf(frame) };
      for (const [name, text] of Object.entries(texts)) write(cells[who][name], text);
    }
  });
}

/**
 * @param {Frame} frame
 * @returns {Record<string, string>}
 */
export function numbersOf(frame) {
  const [layers, columns] = frame.shape("statistics");
  const column = frame.metadata.statistics.split(",").indexOf("gradient_norm");
  const statistics = frame.tensor("statistics");
  const first = statistics[column];
  const last = statistics[(layers - 1) * columns + column];
  const test = frame.scalar("test_accuracy");
  const share = Number.isFinite(test) ? test : frame.scalar("train_accuracy");
  return {
    train_loss: lossText(frame.scalar("train_loss")),
    test_loss: lossText(frame.scalar("test_loss")),
    accuracy: Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : "–",
    first: format(first),
    last: format(last),
    ratio: last > 0 ? format(first / last) : "–",
  };
}

/**
 * Writes only what differs: moments come sixty times a second.
 * @param {HTMLElement} element
 * @param {string} text
 */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
