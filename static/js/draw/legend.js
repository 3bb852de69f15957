/** The two scales, always printed: values are linear, gradients logarithmic. */

import { gettext } from "../i18n.js";
import { colours, mix, rgb } from "../palette.js";
import { GRADIENT_DECADES, gradientShade, superscript } from "../scales.js";
import { fit } from "./canvas.js";

/** @typedef {import("../palette.js").Theme} Theme */

const BAR = { top: 2, height: 8 };
const STEPS = 48;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Theme} theme
 */
export function drawValueLegend(canvas, theme) {
  const { negative, positive } = colours(theme);
  const labels = ["−1", "0", "1"];
  const title = gettext("weights and outputs");
  draw(canvas, theme, { negative, positive, labels, title, shade: (share) => share });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Theme} theme
 */
export function drawGradientLegend(canvas, theme) {
  const { gradientNegative: negative, gradientPositive: positive } = colours(theme);
  const { least, most } = GRADIENT_DECADES;
  const [small, large] = [`10${superscript(least)}`, most === 0 ? "1" : `10${superscript(most)}`];
  const middle = `10${superscript((least + most) / 2)}`;
  const labels = [`−${large}`, `−${middle}`, `±${small}`, middle, large];
  const title = gettext("gradients, logarithmic");
  draw(canvas, theme, { negative, positive, labels, title, shade: gradientShade });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Theme} theme
 * @param {{negative: string, positive: string, labels: string[], title: string,
 *   shade: (share: number) => number}} scale
 */
function draw(canvas, theme, { negative, positive, labels, title, shade }) {
  const { context, width, height } = fit(canvas, window.devicePixelRatio || 1);
  context.clearRect(0, 0, width, height);
  const palette = colours(theme);
  const zero = rgb(palette.zero);
  for (let i = 0; i < STEPS; i += 1) {
    const value = ((i + 0.5) / STEPS) * 2 - 1;
    const end = rgb(value < 0 ? negative : positive);
    const [red, green, blue] = mix(zero, end, shade(Math.abs(value)));
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.fillRect((i * width) / STEPS, BAR.top, width / STEPS + 0.5, BAR.height);
  }
  context.font = "10px system-ui, sans-serif";
  context.textBaseline = "top";
  context.fillStyle = palette.soft;
  for (const [i, label] of labels.entries()) {
    const share = i / (labels.length - 1);
    context.textAlign = share === 0 ? "left" : share === 1 ? "right" : "center";
    context.fillText(label, share * width, BAR.top + BAR.height + 3);
  }
  context.textAlign = "center";
  context.fillText(title, width / 2, BAR.top + BAR.height + 14);
}
