/** The update in words and formulas: from the gradient to the new weight, a line at a time. */

import { gettext, ngettext } from "../../i18n.js";
import { placeLabel, scheduleLabels } from "../../labels.js";
import { parameterIndex, selectedIndex } from "../../parameters.js";
import { format } from "../../scales.js";
import { marked, mi, mn, mo, row, text } from "../../formula/mathml.js";
import { GRADIENT_LINES } from "./gradient-lines.js";
import { OPTIMIZER_LINES } from "./optimizer-lines.js";
import { PENALTY_LINES } from "./penalty-lines.js";

/** @typedef {import("../../formula/mathml.js").Piece} Piece */
/** @typedef {import("../reading.js").Reading} Reading */
/** @typedef {import("../../dissection.js").Stage} Stage */
/** @typedef {import("../../store.js").Selection} Selection */
/** @typedef {import("./forward.js").Step} Step */
/** @typedef {import("./line.js").At} At */
/**
 * The parameter whose update is written out.
 * @typedef {object} Chosen
 * @property {number} index
 * @property {boolean} bias
 * @property {string} name of its place, in words
 * @property {boolean} picked whether the reader has selected it; else it is the one that moves most
 */

const LINES = { ...GRADIENT_LINES, ...OPTIMIZER_LINES, ...PENALTY_LINES };

/**
 * The selected weight or bias, or else the one that moves most.
 * @param {Reading} reading
 * @returns {Chosen}
 */
export function chosenParameter({ selection, shape, dissection, experiment }) {
  const picked = selection !== null && selection.layer > 0;
  const shown = picked ? selection : furthest(shape, dissection.tensor("update.update"));
  const place = placeLabel(shown, shape, experiment.features);
  return {
    index: selectedIndex(shape, shown),
    bias: shown.kind === "neuron",
    name:
      shown.kind === "neuron"
        ? gettext("bias of %(neuron)s", { neuron: place })
        : gettext("weight %(place)s", { place }),
    picked,
  };
}

/**
 * The weight or the bias that moves most.
 * @param {number[]} shape
 * @param {ArrayLike<number>} update
 * @returns {Selection}
 */
export function furthest(shape, update) {
  /** @type {Selection} */
  let best = { kind: "neuron", layer: 1, unit: 0 };
  let most = -1;
  for (let layer = 1; layer < shape.length; layer += 1) {
    for (let from = 0; from <= shape[layer - 1]; from += 1) {
      for (let to = 0; to < shape[layer]; to += 1) {
        const size = Math.abs(update[parameterIndex(shape, layer, from, to)]);
        if (!(size > most)) continue;
        most = size;
        best =
          from === shape[layer - 1]
            ? { kind: "neuron", layer, unit: to }
            : { kind: "weight", layer, from, to };
      }
    }
  }
  return best;
}

/**
 * What a line of the update says of the chosen parameter.
 * @param {string} name that the line assigns; not loss_after
 * @param {At} at
 */
export const sayLine = (name, at) => LINES[name](at);

/**
 * One line of the update.
 * @param {Reading} reading
 * @param {Stage} stage
 * @param {number} room
 * @returns {Step}
 */
export function updateStep(reading, stage, room) {
  const { name } = reading.dissection.program.lines[stage.line];
  if (name === "loss_after") return lossAfter(reading, room);
  const chosen = chosenParameter(reading);
  const { words, formula, result } = sayLine(name, { reading, chosen, room });
  return {
    words: gettext("%(name)s: %(what)s", { name: chosen.name, what: words }),
    chunks: formula,
    said: result,
  };
}

/**
 * Two numbers with so many places that their difference can be seen, and what is then their
 * difference as displayed.
 * @param {number} before
 * @param {number} after
 * @returns {{before: string, after: string, change: number, shown: string}}
 */
export function difference(before, after) {
  const size = Math.abs(after - before);
  if (!Number.isFinite(size)) {
    return { before: format(before), after: format(after), change: NaN, shown: "–" };
  }
  const places = size > 0 ? Math.max(3, Math.min(12, 2 - Math.floor(Math.log10(size)))) : 4;
  const [from, to] = [before.toFixed(places), after.toFixed(places)];
  const change = Number((Number(to) - Number(from)).toFixed(places));
  const sign = change > 0 ? "+" : "";
  return {
    before: from.replace("-", "−"),
    after: to.replace("-", "−"),
    change,
    shown: `${sign}${change.toFixed(places)}`.replace("-", "−"),
  };
}

/**
 * The loss again: how far it fell, or that it rose. Where there is room for one only, the batch's:
 * the example's stands in the picture.
 * @param {Reading} reading
 * @param {number} room
 * @returns {Step}
 */
export function lossAfter(reading, room) {
  const { dissection, rows, averaged } = reading;
  const batch = difference(dissection.scalar("batch_loss"), dissection.scalar("batch_loss_after"));
  const chunks = [changeRow(text(ngettext("batch of %(n)s", "batch of %(n)s", rows)), batch)];
  if (room > 1 && !averaged && !(rows === 1 && !dissection.outside)) {
    const own = difference(dissection.scalar("loss"), dissection.scalar("loss_after"));
    chunks.push(changeRow(text(gettext("this example")), own));
  }
  return {
    words: lossWords(batch.change),
    chunks,
    said: `${batch.before} → ${batch.after} (${batch.shown})`,
  };
}

/** @param {number} change */
function lossWords(change) {
  if (change < 0) return gettext("The same batch with the new weights: its loss fell.");
  if (change > 0) return gettext("The same batch with the new weights: its loss rose. The step was too long for it.");
  if (change === 0) return gettext("The same batch with the new weights: its loss is the same.");
  return gettext("The same batch with the new weights: its loss is not a finite number any more.");
}

/**
 * @param {Piece} whose
 * @param {{before: string, after: string, shown: string}} change
 */
function changeRow(whose, { before, after, shown }) {
  return row(
    whose, text("\u2002"), mi("L"), mo(":"), text("\u2002"), mn(before), mo("→"), mn(after),
    text("\u2002"), marked("newest", row(mo("("), mn(shown), mo(")"))),
  );
}

/**
 * The whole phase.
 * @param {Reading} reading
 * @param {number} room
 * @returns {Step}
 */
export function phaseUpdate(reading, room) {
  const step = lossAfter(reading, room);
  const { name } = reading.experiment.schedule;
  const rate = format(reading.dissection.scalar("learning_rate"), "plain");
  const how =
    name === "constant"
      ? gettext("learning rate %(rate)s", { rate })
      : gettext("learning rate %(rate)s by its schedule (%(schedule)s)", {
          rate,
          schedule: scheduleLabels()[name],
        });
  return {
    ...step,
    words: gettext("Update: all %(n)s weights and biases have moved, %(how)s.", {
      n: reading.dissection.tensor("update.update").length,
      how,
    }),
  };
}

