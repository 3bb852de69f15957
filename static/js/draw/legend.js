/** The two scales, always printed: values are linear, gradients logarithmic. */

import { gettext } from "../i18n.js";
import { colours, mix, rgb } from "../palette.js";
import { GRADIENT_DECADES, format, gradientShade, superscript } from "../scales.js";
import { fit } from "./canvas.js";
import { FONT } from "./curves.js";

/** @typedef {import("../palette.js").Theme} Theme */
/**
 * @typedef {object} Scale
 * @property {string} negative
 * @property {string} positive
 * @property {(share: number) => number} shade how much of its colour an end's share has
 * @property {string[][]} rows of labels, spread evenly from end to end
 */

const BAR = { top: 2, height: 8 };
const STEPS = 48;
const ROW = { first_px: 13, next_px: 11 };
/** The marks of sign, as the network's lines carry them. */
const SPLIT_PX = 0.8;
const ARROW_PX = 4;

/**
 * Weights have their full colour at ±1; the map that is shown, at its own scale.
 * @param {HTMLCanvasElement} canvas
 * @param {Theme} theme
 * @param {number} mapScale the value that has the full colour in the map
 */
export function drawValueLegend(canvas, theme, mapScale) {
  const { negative, positive, paper } = colours(theme);
  const full = format(mapScale, "plain");
  const rows =
    mapScale === 1
      ? [["−1", "0", "1"], [gettext("weights and outputs")]]
      : [
          ["−1", gettext("weights"), "1"],
          [`−${full}`, gettext("this map"), full],
        ];
  const { context, width } = draw(canvas, theme, { negative, positive, rows, shade: linear });
  context.fillStyle = paper;
  context.fillRect(0, BAR.top + (BAR.height - SPLIT_PX) / 2, width / 2, SPLIT_PX);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Theme} theme
 */
export function drawGradientLegend(canvas, theme) {
  const { gradientNegative: negative, gradientPositive: positive, paper } = colours(theme);
  const { least, most } = GRADIENT_DECADES;
  const [small, large] = [`10${superscript(least)}`, most === 0 ? "1" : `10${superscript(most)}`];
  const middle = `10${superscript((least + most) / 2)}`;
  const rows = [
    [`−${large}`, `−${middle}`, `±${small}`, middle, large],
    [gettext("gradients, logarithmic")],
  ];
  const scale = { negative, positive, rows, shade: gradientShade };
  const { context, width } = draw(canvas, theme, scale);
  drawArrow(context, width / 8, paper, negative);
  drawArrow(context, (width * 7) / 8, positive, positive);
}

/**
 * The river's scale, where a norm has no sign: from no gradient to the largest.
 * @param {HTMLCanvasElement} canvas
 * @param {Theme} theme
 */
export function drawRiverLegend(canvas, theme) {
  const { zero, gradientNegative } = colours(theme);
  const { least, most } = GRADIENT_DECADES;
  const { context, width, height } = fit(canvas, window.devicePixelRatio || 1);
  context.clearRect(0, 0, width, height);
  for (let i = 0; i < STEPS; i += 1) {
    const shade = gradientShade((i + 0.5) / STEPS);
    const [red, green, blue] = mix(rgb(zero), rgb(gradientNegative), shade);
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.fillRect((i * width) / STEPS, BAR.top, width / STEPS + 0.5, BAR.height);
  }
  context.font = FONT;
  context.textBaseline = "top";
  context.fillStyle = colours(theme).soft;
  const middle = (least + most) / 2;
  const labels = [least, middle, most].map((power) => (power === 0 ? "1" : `10${superscript(power)}`));
  printRow(context, labels, width, ROW.first_px);
}

/** @param {number} share */
function linear(share) {
  return share;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Theme} theme
 * @param {Scale} scale
 */
function draw(canvas, theme, { negative, positive, rows, shade }) {
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
  context.font = FONT;
  context.textBaseline = "top";
  context.fillStyle = palette.soft;
  for (const [i, labels] of rows.entries()) {
    printRow(context, labels, width, ROW.first_px + i * ROW.next_px);
  }
  return { context, width };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string[]} labels
 * @param {number} width
 * @param {number} y
 */
function printRow(context, labels, width, y) {
  for (const [i, label] of labels.entries()) {
    const share = labels.length === 1 ? 0.5 : i / (labels.length - 1);
    context.textAlign = share === 0 ? "left" : share === 1 ? "right" : "center";
    context.fillText(label, share * width, y);
  }
}

/**
 * An arrow head that points backward, filled or hollow, in the row of the title.
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {string} fill
 * @param {string} stroke
 */
function drawArrow(context, x, fill, stroke) {
  const y = ROW.first_px + ROW.next_px + 5;
  context.beginPath();
  context.moveTo(x - ARROW_PX, y);
  context.lineTo(x + ARROW_PX * 0.7, y - ARROW_PX * 0.75);
  context.lineTo(x + ARROW_PX * 0.7, y + ARROW_PX * 0.75);
  context.closePath();
  context.fillStyle = fill;
  context.strokeStyle = stroke;
  context.lineWidth = 1;
  context.fill();
  context.stroke();
}
