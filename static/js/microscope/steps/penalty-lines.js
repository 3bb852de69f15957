/** The end of the update: what the penalty adds, and the new weight. */

import { gettext } from "../../i18n.js";
import { format } from "../../scales.js";
import { brackets, mi, mn, mo, plain, row, sub, text, value } from "../../formula/mathml.js";
import { equation, eta, fixed, letter, moves, number, old, rate, said, step } from "./line.js";
import { proposal } from "./optimizer-lines.js";

/** @typedef {import("./line.js").LineOf} LineOf */
/** @typedef {import("./line.js").At} At */
/** @typedef {import("../../formula/mathml.js").Piece} Piece */

/** @type {LineOf} */
function pullLine(at) {
  const { regularization, regularization_rate: strength } = at.reading.experiment;
  const result = number(at, "update.pull");
  if (at.chosen.bias) {
    return said(
      gettext("the penalty spares biases."),
      equation(mi("p"), null, null, plain(result)),
      format(result),
    );
  }
  const isL1 = regularization === "L1";
  const shown = isL1 ? row(mi("sign"), brackets(value(old(at)))) : value(old(at), "factor");
  const symbol = isL1 ? row(mi("sign"), brackets(letter(at))) : letter(at);
  return said(
    isL1
      ? gettext("L1 pulls it towards zero, always by the same length.")
      : gettext("L2 pulls it towards zero, the more the larger it is."),
    equation(
      mi("p"),
      row(mo("−"), eta(), mi("λ"), symbol),
      row(mo("−"), plain(rate(at)), mo("·"), fixed(strength), mo("·"), shown),
      plain(result),
    ),
    format(result),
  );
}

/** @type {LineOf} */
function movedLine(at) {
  const result = number(at, "update.moved");
  return said(
    gettext("where the step alone would lead."),
    equation(
      row(letter(at), mo("+"), step()),
      null,
      row(value(old(at)), mo("+"), plain(number(at, "update.proposed"), "factor")),
      value(result),
    ),
    format(result),
  );
}

/** @type {LineOf} */
function deadLine(at) {
  const dead = number(at, "update.dead") === 1;
  return said(
    gettext("a weight that L1 pulls across zero stops there for good."),
    [
      row(
        plain(number(at, "update.moved")), mo("+"), plain(number(at, "update.pull"), "factor"), mo(":"),
        text(dead ? gettext("stops at zero") : gettext("does not cross zero")),
      ),
    ],
    dead ? gettext("stops at zero") : gettext("does not cross zero"),
  );
}

/** @type {LineOf} */
function updateLine(at) {
  const { dissection, experiment } = at.reading;
  if (!dissection.has("update.pull")) return proposal(at, "update");
  const result = number(at, "update.update");
  if (experiment.regularization === "L1" && number(at, "update.dead") === 1) {
    return said(
      gettext("it goes to zero and stays there."),
      equation(
        moves(at),
        row(mn("0"), mo("−"), letter(at)),
        row(mn("0"), mo("−"), value(old(at), "factor")),
        plain(result),
      ),
      format(result),
    );
  }
  const [proposed, pull] = [number(at, "update.proposed"), number(at, "update.pull")];
  return said(
    gettext("the optimizer's step and the penalty's pull together."),
    equation(
      moves(at),
      row(step(), mo("+"), mi("p")),
      row(plain(proposed), mo("+"), plain(pull, "factor")),
      plain(result),
    ),
    format(result),
  );
}

/** @type {LineOf} */
function newLine(at) {
  const result = number(at, "update.new_parameters");
  const change = number(at, "update.update");
  return said(
    change === 0
      ? gettext("it stays where it is: nothing asked it to move.")
      : gettext("now it moves, and all others with it."),
    equation(
      sub(letter(at), text(gettext("new"))),
      row(letter(at), mo("+"), moves(at)),
      row(value(old(at)), mo("+"), plain(change, "factor")),
      value(result),
    ),
    format(result),
  );
}

/** @type {Record<string, LineOf>} by the name that a line of the program assigns */
export const PENALTY_LINES = {
  pull: pullLine,
  moved: movedLine,
  dead: deadLine,
  update: updateLine,
  new_parameters: newLine,
};
