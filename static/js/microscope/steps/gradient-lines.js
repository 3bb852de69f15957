/** The update begins: the batch's gradient, clipped where it is too long, and the learning rate. */

import { gettext, ngettext } from "../../i18n.js";
import { scheduleLabels } from "../../labels.js";
import { format } from "../../scales.js";
import {
  apart, brackets, gradient, lossBy, marked, mi, mn, mo, plain, root, row, sup, text,
} from "../../formula/mathml.js";
import { sum } from "../../formula/sums.js";
import { meanOf } from "./forward.js";
import { equation, eta, fixed, g, gClipped, letter, number, rate, said } from "./line.js";

/** @typedef {import("./line.js").LineOf} LineOf */
/** @typedef {import("./line.js").At} At */
/** @typedef {import("../../formula/mathml.js").Piece} Piece */

/** @type {LineOf} */
function gradientLine(at) {
  const { dissection, averaged, rows } = at.reading;
  const mean = number(at, "update.gradient");
  const own = dissection.tensor("share")[at.chosen.index];
  const symbol = lossBy(letter(at));
  const asked = votes(at) ?? (rows > 1 ? meanOf(at.reading, symbol) : symbol);
  const whole = row(g(), mo("="), asked, mo("="), gradient(mean));
  const ownRow = row(text(gettext("this example")), text("\u2002"), symbol, mo("="), gradient(own));
  const result = `g = ${format(mean)}`;
  if (averaged || (rows === 1 && !dissection.outside)) {
    const words = ngettext(
      "its gradient, of the batch's one example.",
      "its gradient, the mean over the batch of %(n)s.",
      rows,
    );
    return said(words, [whole], result);
  }
  const words = dissection.outside
    ? gettext("the mean over the batch; this example has no say.")
    : gettext("the mean of what all %(n)s examples ask for.", { n: rows });
  return said(words, [ownRow, whole], result);
}

/**
 * What each example adds to the gradient, where the server was asked for this very parameter.
 * @param {At} at
 */
function votes({ reading, chosen, room }) {
  const { dissection, selection } = reading;
  if (!chosen.picked || !selection || !dissection.has("contributions")) return null;
  const from = selection.kind === "weight" ? selection.from : null;
  const to = selection.kind === "weight" ? selection.to : selection.unit;
  const asked = JSON.stringify([selection.layer, from, to]);
  if (JSON.stringify(dissection.choice.weight) !== asked) return null;
  const each = dissection.tensor("contributions");
  const place = dissection.scalar("place");
  const term = (/** @type {number} */ i) =>
    i === place ? marked("traced", gradient(each[i], "factor")) : gradient(each[i], i > 0 ? "factor" : "alone");
  return sum(each.length, term, { newest: Math.max(place, 0), room: Math.max(1, room - 1), done: true });
}

/** @type {LineOf} */
function normLine(at) {
  const norm = number(at, "update.norm");
  return said(
    gettext("first the length of the whole gradient."),
    equation(row(mo("‖"), g(), mo("‖")), root(mo("∑"), sup(g(), mn("2"))), null, plain(norm)),
    `‖g‖ = ${format(norm)}`,
  );
}

/** @type {LineOf} */
function factorLine(at) {
  const factor = number(at, "update.factor");
  const { limit } = at.reading.experiment.clipping;
  const c = mi("c");
  return said(
    factor < 1
      ? gettext("longer than the limit, so all of it is scaled down.")
      : gettext("within the limit, so it stays as it is."),
    equation(
      c,
      row(mi("min"), brackets(mn("1"), mo(","), text(gettext("limit")), mo("/"), row(mo("‖"), g(), mo("‖")))),
      row(mi("min"), brackets(mn("1"), mo(","), fixed(limit), mo("/"), plain(number(at, "update.norm")))),
      plain(factor),
    ),
    `c = ${format(factor)}`,
  );
}

/** @type {LineOf} */
function clippedLine(at) {
  const { name, limit } = at.reading.experiment.clipping;
  const [before, after] = [number(at, "update.gradient"), number(at, "update.clipped")];
  const byNorm = name === "norm";
  return said(
    byNorm
      ? gettext("its gradient after clipping by norm.")
      : gettext("its gradient after clipping by value."),
    equation(
      gClipped(),
      byNorm ? row(mi("c"), mo("·"), g()) : row(mi("clip"), brackets(g(), mo(","), mo("±"), fixed(limit))),
      byNorm
        ? row(plain(number(at, "update.factor")), mo("·"), gradient(before, "factor"))
        : row(mi("clip"), brackets(gradient(before), mo(","), mo("±"), fixed(limit))),
      gradient(after),
    ),
    format(after),
  );
}

/** @type {LineOf} */
function rateLine(at) {
  const name = scheduleLabels()[at.reading.experiment.schedule.name];
  const base = at.reading.experiment.learning_rate;
  return said(
    gettext("the learning rate of this epoch, by the schedule (%(schedule)s).", { schedule: name }),
    [row(eta(), mo("="), plain(rate(at)), apart(gettext("of %(base)s", { base: format(base, "plain") })))],
    `η = ${format(rate(at))}`,
  );
}

/** @type {Record<string, LineOf>} by the name that a line of the program assigns */
export const GRADIENT_LINES = {
  gradient: gradientLine,
  norm: normLine,
  factor: factorLine,
  clipped: clippedLine,
  learning_rate: rateLine,
};
