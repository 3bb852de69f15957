/** The ledger of an update: every quantity from the gradient to the new weight, a line each. */

import { hat, mi, mo, row } from "../../formula/mathml.js";
import { gettext } from "../../i18n.js";
import { format } from "../../scales.js";
import { eta, g, letter, moves, number, ownEta, step } from "../steps/line.js";
import { chosenParameter, difference, sayLine } from "../steps/update.js";

/** @typedef {import("../../formula/mathml.js").Piece} Piece */
/** @typedef {import("../reading.js").Reading} Reading */
/** @typedef {import("../steps/line.js").At} At */
/** @typedef {"gradient"|"value"|"plain"} Kind */
/**
 * @typedef {object} Entry
 * @property {string} name that the program's line assigns
 * @property {string} label
 * @property {Piece} symbol
 * @property {string} number
 * @property {string} kind a class for the number
 * @property {string} words what the line does
 * @property {"done"|"now"|"coming"} state
 * @property {number} position at which the line is done
 */

/** @typedef {{label: () => string, symbol: (at: At) => Piece, kind?: Kind}} Column */

/** @type {Record<string, Column>} by the name that a line of the program assigns */
const COLUMNS = {
  gradient: { label: () => gettext("gradient"), symbol: g, kind: "gradient" },
  norm: { label: () => gettext("length"), symbol: () => row(mo("‖"), g(), mo("‖")) },
  factor: { label: () => gettext("scaled by"), symbol: () => mi("c") },
  clipped: { label: () => gettext("clipped"), symbol: g, kind: "gradient" },
  learning_rate: { label: () => gettext("rate"), symbol: eta },
  velocity: { label: () => gettext("velocity"), symbol: () => mi("v") },
  ahead: { label: () => gettext("look ahead"), symbol: () => mi("d") },
  mean_square: { label: () => gettext("squares"), symbol: () => mi("r") },
  t: { label: () => gettext("updates"), symbol: () => mi("t") },
  m: { label: () => gettext("mean"), symbol: () => mi("m") },
  v: { label: () => gettext("squares"), symbol: () => mi("v") },
  m_hat: { label: () => gettext("corrected"), symbol: () => hat(mi("m")) },
  v_hat: { label: () => gettext("corrected"), symbol: () => hat(mi("v")) },
  effective_rate: { label: () => gettext("own rate"), symbol: ownEta },
  adam_step: { label: () => gettext("Adam's step"), symbol: () => mi("u") },
  decay: { label: () => gettext("decay"), symbol: () => mi("d") },
  proposed: { label: () => gettext("step"), symbol: step },
  pull: { label: () => gettext("penalty"), symbol: () => mi("p") },
  moved: { label: () => gettext("would be"), symbol: (at) => row(letter(at), mo("+"), step()), kind: "value" },
  dead: { label: () => gettext("stopped at"), symbol: () => mi("0") },
  update: { label: () => gettext("change"), symbol: moves },
  new_parameters: { label: () => gettext("new"), symbol: letter, kind: "value" },
};

/**
 * The lines of the update, in their order, with the chosen parameter's numbers.
 * @param {Reading} reading
 * @returns {Entry[]}
 */
export function ledgerOf(reading) {
  const { dissection, walk } = reading;
  const at = { reading, chosen: chosenParameter(reading), room: 1 };
  /** @type {Entry[]} */
  const entries = [];
  for (let index = 0; index < dissection.length; index += 1) {
    const { act, line } = dissection.stage(index);
    if (act !== "line") continue;
    const { name } = dissection.program.lines[line];
    if (name === "loss_after") continue;
    entries.push({ name, ...entryOf(name, at), state: stateAt(index + 1, walk.position), position: index + 1 });
  }
  return entries;
}

/**
 * @param {string} name
 * @param {At} at
 */
function entryOf(name, at) {
  const { label, symbol, kind = "plain" } = COLUMNS[name];
  const value = number(at, `update.${name}`);
  const { words } = sayLine(name, at);
  return { label: label(), symbol: symbol(at), number: numberOf(name, value), kind: classOf(kind, value), words };
}

/**
 * @param {string} name
 * @param {number} value
 */
function numberOf(name, value) {
  if (name === "dead") return value === 1 ? gettext("yes") : gettext("no");
  return name === "t" ? format(value, "plain") : format(value);
}

/**
 * @param {Kind} kind
 * @param {number} value
 */
function classOf(kind, value) {
  if (kind === "gradient") return value > 0 ? "gradient-text above" : value < 0 ? "gradient-text" : "";
  return kind === "value" ? "value-text" : "";
}

/**
 * @param {number} done the position at which it is done
 * @param {number} position of the walk
 * @returns {Entry["state"]}
 */
function stateAt(done, position) {
  if (done === position) return "now";
  return done < position ? "done" : "coming";
}

/**
 * How the batch's loss fell, once the walk is at its end.
 * @param {Reading} reading
 */
export function lossLine({ dissection, walk }) {
  if (!walk.atEnd) return "";
  const loss = difference(dissection.scalar("batch_loss"), dissection.scalar("batch_loss_after"));
  const { before, after, shown } = loss;
  return gettext("loss %(before)s → %(after)s (%(shown)s)", { before, after, shown });
}
