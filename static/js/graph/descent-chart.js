/** The loss over the steps of descent. */

import { gettext } from "../i18n.js";
import { decades, format, superscript, ticks } from "../scales.js";
import { svg } from "./shapes.js";

const MANY_DECADES = 1.5;
const MARGIN = { left: 46, right: 12, top: 8, bottom: 18 };

/**
 * The loss over the steps; logarithmic where it spans more than its axis could show.
 * @param {number[]} losses
 * @param {HTMLElement} frame
 * @param {boolean} away
 */
export function lossChart(losses, frame, away) {
  const width = Math.max(120, frame.clientWidth);
  const height = Math.max(70, frame.clientHeight);
  const picture = svg("svg", { width, height, role: "img", class: away ? "away" : "", "aria-label": chartWords(losses) });
  if (losses.length === 0) return picture;
  const positive = losses.filter((loss) => loss > 0);
  const [least, most] = [Math.min(...losses), Math.max(...losses)];
  const logarithmic = positive.length === losses.length && Math.log10(most / least) > MANY_DECADES;
  const [low, high] = logarithmic
    ? [Math.log10(least), Math.log10(most)]
    : [Math.min(0, least), most > least ? most : least + 1];
  const x = (/** @type {number} */ i) =>
    MARGIN.left + (i / Math.max(1, losses.length - 1)) * (width - MARGIN.left - MARGIN.right);
  const y = (/** @type {number} */ level) =>
    height - MARGIN.bottom - ((level - low) / (high - low || 1)) * (height - MARGIN.top - MARGIN.bottom);
  const level = (/** @type {number} */ loss) => (logarithmic ? Math.log10(loss) : loss);
  const marks = logarithmic
    ? decades(least, most, 4).map((power) => ({ at: power, text: `10${superscript(power)}` }))
    : ticks(low, high, 3).map((at) => ({ at, text: format(at, "plain") }));
  for (const { at, text } of marks) {
    picture.append(
      svg("path", { d: `M${MARGIN.left} ${y(at)}H${width - MARGIN.right}`, class: "rule" }),
      svg("text", { x: MARGIN.left - 6, y: y(at), class: "tick end" }, text),
    );
  }
  for (const at of ticks(0, losses.length - 1, 6).filter(Number.isInteger)) {
    picture.append(svg("text", { x: x(at), y: height - 5, class: "tick" }, String(at)));
  }
  // A loss that falls leaves the corner free.
  if (!away) picture.append(svg("text", { x: width - MARGIN.right, y: 10, class: "tick end" }, gettext("loss over the steps")));
  const points = losses.map((loss, i) => `${x(i)} ${y(level(loss))}`);
  picture.append(svg("path", { d: `M${points.join("L")}`, class: "curve" }));
  const last = losses.length - 1;
  picture.append(svg("circle", { cx: x(last), cy: y(level(losses[last])), r: 3.5, class: "dot" }));
  return picture;
}

/** @param {number[]} losses */
function chartWords(losses) {
  if (losses.length < 2) return gettext("Loss over the steps of descent: none yet");
  return gettext("Loss over %(n)s steps of descent: from %(first)s to %(last)s", {
    n: losses.length - 1,
    first: format(losses[0], "plain"),
    last: format(losses[losses.length - 1], "plain"),
  });
}
