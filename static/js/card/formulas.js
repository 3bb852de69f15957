/** The card's formulas, in symbols and with the numbers of one frame filled in. */

import { LOSS_DERIVATIVES, MEAN_OVER_OUTPUTS } from "../formula/losses.js";
import {
  gradient, gradientSymbol, joined, marked, mi, mn, mo, plain, row, sub, text, value, valueSymbol,
} from "../formula/mathml.js";
import { shownTerms } from "../formula/sums.js";
import { activationLabels } from "../labels.js";

/** @typedef {import("../formula/mathml.js").Piece} Piece */
/** @typedef {import("./close-up.js").CloseUp} CloseUp */
/**
 * How much of a formula there is room for.
 * @typedef {{terms: number, symbols: boolean}} Room
 */
/**
 * What the formulas are about.
 * @typedef {object} Subject
 * @property {string} activation of the neuron
 * @property {boolean} output whether it is one of the output layer
 * @property {string} loss
 * @property {number} outputs how many there are
 */

/** Brackets that do not grow: a line of the card keeps its height. @param {...Piece} parts */
const brackets = (...parts) => row(text("("), ...parts, text(")"));
const index = (/** @type {string} */ name) => mi(name);
const a = () => sub(valueSymbol("a"), index("i"));
const deltaAt = (/** @type {string} */ name) => sub(gradientSymbol("δ"), index(name));
const weight = () => sub(valueSymbol("w"), row(index("i"), index("j")));
const slope = () => row(mi("φ′"), brackets(valueSymbol("z")));

/**
 * ∂L/∂w on one line.
 * @param {Piece} bottom
 */
export const lossBy = (bottom) => marked("gradient", row(text("∂"), mi("L"), text("/∂"), bottom));

/**
 * 1/n, where there is more than one example.
 * @param {number} batch
 */
const share = (batch) => (batch > 1 ? [mn(`1/${batch}`)] : []);

/**
 * Some terms of a sum, with dots for the others.
 * @param {(term: number) => Piece} term
 * @param {number[]} shown in rising order
 * @param {number} count
 */
function sum(term, shown, count) {
  /** @type {Piece[]} */
  const parts = [];
  let before = -1;
  for (const i of [...shown, count]) {
    if (i - before > 1) parts.push(text("…"));
    if (i < count) parts.push(term(i));
    before = i;
  }
  return row(...joined(parts, "+"));
}

/**
 * ∂L/∂w in symbols.
 * @param {number} batch
 */
export function weightSymbols(batch) {
  const mean = batch > 1 ? [...share(batch), mo("∑")] : [];
  return row(lossBy(weight()), mo("="), ...mean, a(), mo("·"), deltaAt("j"));
}

/**
 * The same with each example's numbers, as many as there is room for.
 * @param {CloseUp} closeUp
 * @param {number} example whose product is marked
 * @param {number} total the gradient
 * @param {Room} room
 */
export function weightNumbers(closeUp, example, total, { terms }) {
  const { batch, examples } = closeUp;
  const product = (/** @type {number} */ i) =>
    row(
      value(closeUp.signal("source", i), i > 0 ? "factor" : "alone"),
      mo("·"),
      gradient(closeUp.signal("delta", i), "factor"),
    );
  const term = (/** @type {number} */ i) =>
    i === example && batch > 1 ? marked("traced", product(i)) : product(i);
  const products = sum(term, shownTerms(batch, example, terms, examples), batch);
  return row(
    mo("="), ...share(batch), batch > 1 ? brackets(products) : products,
    mo("="), gradient(total),
  );
}

/**
 * z = Σ w·a + b of one example.
 * @param {CloseUp} closeUp
 * @param {number} example
 * @param {Room} room
 */
export function sumFormula(closeUp, example, { terms, symbols }) {
  const { incoming } = closeUp;
  const came = closeUp.row("incoming_a", example);
  const term = (/** @type {number} */ from) =>
    from === came.length
      ? value(incoming[from], "factor")
      : row(
          value(incoming[from], from > 0 ? "factor" : "alone"),
          mo("·"),
          value(came[from], "factor"),
        );
  const written = symbols
    ? [mo("∑"), valueSymbol("w"), mo("·"), valueSymbol("a"), mo("+"), valueSymbol("b"), mo("=")]
    : [];
  const count = came.length + 1;
  const added = terms > 0 ? [sum(term, shownTerms(count, 0, terms), count), mo("=")] : [];
  return row(
    valueSymbol("z"), mo("="), ...written, ...added, value(closeUp.signal("z", example)),
  );
}

/**
 * a = φ(z) of one example.
 * @param {CloseUp} closeUp
 * @param {number} example
 * @param {Subject} subject
 */
export function activationFormula(closeUp, example, { activation }) {
  const z = value(closeUp.signal("z", example));
  if (activation === "linear") return row(valueSymbol("a"), mo("="), valueSymbol("z"), mo("="), z);
  return row(
    valueSymbol("a"), mo("="), mi(activationLabels()[activation]), brackets(z),
    mo("="), value(closeUp.signal("a", example)),
  );
}

/**
 * δ of one example: what came back, times the slope.
 * @param {CloseUp} closeUp
 * @param {number} example
 * @param {Subject} subject
 * @param {Room} room
 */
export function deltaFormula(closeUp, example, subject, room) {
  const came = subject.output
    ? lossCameBack(closeUp, example, subject)
    : layerCameBack(closeUp, example, room);
  const symbols = room.symbols ? [...came.symbols, mo("·"), slope(), mo("=")] : [];
  return row(
    subject.output ? gradientSymbol("δ") : deltaAt("i"), mo("="), ...symbols,
    ...came.numbers, mo("·"), value(closeUp.signal("slope", example), "factor"),
    mo("="), gradient(closeUp.signal("delta", example)),
  );
}

/**
 * @param {CloseUp} closeUp
 * @param {number} example
 * @param {Room} room
 */
function layerCameBack(closeUp, example, { terms }) {
  const { outgoing } = closeUp;
  const delta = closeUp.row("outgoing_delta", example);
  const product = (/** @type {number} */ to) =>
    row(
      value(outgoing[to], to > 0 ? "factor" : "alone"),
      mo("·"),
      gradient(delta[to], "factor"),
    );
  const products = sum(product, shownTerms(outgoing.length, 0, terms), outgoing.length);
  return {
    symbols: [brackets(sub(mo("∑"), index("j")), weight(), deltaAt("j"))],
    numbers: outgoing.length > 1 ? [brackets(products)] : [products],
  };
}

/**
 * At the output what comes back is the derivative of the loss itself.
 * @param {CloseUp} closeUp
 * @param {number} example
 * @param {Subject} subject
 */
function lossCameBack(closeUp, example, { loss, outputs }) {
  const [y, presented] = closeUp.row("answer", example);
  const { symbols, numbers } = LOSS_DERIVATIVES[loss];
  const output = {
    a: closeUp.signal("a", example),
    da: closeUp.signal("da", example),
    y,
    presented,
  };
  const mean = outputs > 1 && MEAN_OVER_OUTPUTS.has(loss) ? [...share(outputs), mo("·")] : [];
  return {
    symbols: [...mean, brackets(symbols())],
    numbers: [...mean, brackets(numbers(output))],
  };
}

/**
 * ∂L/∂b = mean of δ.
 * @param {number} batch
 * @param {number} total
 */
export function biasGradient(batch, total) {
  const mean = batch > 1 ? [...share(batch), mo("∑")] : [];
  return row(lossBy(valueSymbol("b")), mo("="), ...mean, gradientSymbol("δ"), mo("="), gradient(total));
}

/**
 * Δw = −η·∂L/∂w, where it is as simple as that.
 * @param {"w"|"b"} letter
 * @param {number} rate
 * @param {{gradient: number, update: number}} numbers
 * @param {boolean} symbols whether there is room for them
 */
export function plainUpdate(letter, rate, numbers, symbols) {
  const written = symbols ? [row(mo("−"), mi("η")), mo("·"), lossBy(valueSymbol(letter)), mo("=")] : [];
  return row(
    change(letter), mo("="), ...written, row(mo("−"), mn(String(Number(rate.toPrecision(5))))), mo("·"), gradient(numbers.gradient, "factor"),
    mo("="), plain(numbers.update),
  );
}

/**
 * Δw = its number, however it came about.
 * @param {"w"|"b"} letter
 * @param {number} update
 */
export const anyUpdate = (letter, update) => row(change(letter), mo("="), plain(update));

/** @param {string} letter */
const change = (letter) => row(text("Δ"), valueSymbol(letter));
