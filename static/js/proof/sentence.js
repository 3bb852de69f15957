/** A gradient check in words, as the badge and the dialog say it. */

import { gettext } from "../i18n.js";
import { parameterLabel } from "../labels.js";
import { selectionAt } from "../parameters.js";
import { withPower } from "../scales.js";

/** @typedef {import("./verdict.js").Verdict} Verdict */

/**
 * All of it in one sentence or two.
 * @param {Verdict} verdict
 * @param {number[]} shape
 * @param {string[]} features
 */
export function sentenceOf({ kind, step, error, worst, kinks, size }, shape, features) {
  if (kind === "kinks") {
    return gettext(
      "Gradient check at step %(step)s: every parameter sits on a kink of its activations, where there is no derivative to compare.",
      { step },
    );
  }
  if (kind === "huge") {
    return gettext(
      "Gradient check at step %(step)s: the loss is too large to be compared, or no number any more.",
      { step },
    );
  }
  const values = { step, error: roughly(error), place: parameterLabel(selectionAt(shape, worst), shape, features) };
  const main =
    kind === "agree"
      ? gettext(
          "Gradient check at step %(step)s: backpropagation and finite differences agree. Largest relative error %(error)s, at %(place)s.",
          values,
        )
      : gettext(
          "Gradient check at step %(step)s: backpropagation and finite differences differ. Relative error %(error)s, at %(place)s.",
          values,
        );
  if (kinks === 0) return main;
  const besides = gettext("%(kinks)s of %(size)s parameters sit on a kink and are left out.", { kinks, size });
  return `${main} ${besides}`;
}

/**
 * An error to one digit: 3·10⁻¹⁰.
 * @param {number} error
 */
export function roughly(error) {
  if (!(error > 0)) return "0";
  return withPower(error, 0).replace(/^1·/, "");
}
