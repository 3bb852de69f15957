/** From numbers to widths, strengths, ticks and text. Nothing here draws. */

/** The gradient's fixed scale: eight decades, printed beside the network. */
export const GRADIENT_DECADES = { least: -8, most: 0 };

const WIDTH = { at: 3, least_px: 1.5, most_px: 12 };

/**
 * The width of a weight's band: it grows evenly up to |w| = 3, and stays there.
 * @param {number} w
 * @returns {number} in px
 */
export function weightWidth(w) {
  const share = Math.min(Math.abs(w) / WIDTH.at, 1);
  return WIDTH.least_px + share * (WIDTH.most_px - WIDTH.least_px);
}

/**
 * How strongly a gradient shows: 0 at 10⁻⁸ and below, 1 at 10⁰ and above, linear in the logarithm.
 * @param {number} g
 * @returns {number} 0 to 1; 0 for 0 and for what is not a number
 */
export function gradientStrength(g) {
  const size = Math.abs(g);
  if (!(size > 0)) return 0;
  const { least, most } = GRADIENT_DECADES;
  return Math.max(0, Math.min(1, (Math.log10(size) - least) / (most - least)));
}

/**
 * How dark a gradient is drawn, on lines, rings, in the river and on the printed scale alike: the
 * square of its strength, which keeps the decades apart that are met most.
 * @param {number} strength 0 to 1
 * @returns {number} 0 to 1
 */
export function gradientShade(strength) {
  return strength * strength;
}

/**
 * A number for people: four digits that keep their places, a real minus sign, powers of ten when
 * it is very small or large, and 0 where it is just that. "plain" drops zeros at the end.
 * @param {number} value
 * @param {"tabular"|"plain"} [style]
 * @returns {string}
 */
export function format(value, style = "tabular") {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  return signed(digits(value, style));
}

/** @param {string} text with a hyphen for each minus */
const signed = (text) => text.replaceAll("-", "−");

/**
 * @param {number} value
 * @param {string} style
 */
function digits(value, style) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e5) return scientific(value, style);
  const places = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3 + Number(size < 0.1);
  const text = value.toFixed(places);
  return style === "plain" && text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/**
 * @param {number} value
 * @param {string} style
 */
function scientific(value, style) {
  return withPower(value, style === "plain" ? undefined : 2);
}

/**
 * As 1.2·10⁻⁴.
 * @param {number} value finite
 * @param {number} [places] of the digits in front; as many as there are where it is not given
 * @returns {string}
 */
export function withPower(value, places) {
  const [head, power] = value.toExponential(places).split("e");
  return `${signed(head)}·10${superscript(Number(power))}`;
}

/**
 * A loss with three decimals, as the Playground prints them, and a power of ten for what they
 * cannot show.
 * @param {number|null} loss
 * @returns {string}
 */
export function lossText(loss) {
  if (loss === null || !Number.isFinite(loss)) return "–";
  if (loss !== 0 && (loss < 0.0005 || loss >= 1e5)) return withPower(loss, 1);
  return loss.toFixed(3);
}

/**
 * A loss with more digits, where small changes are the point.
 * @param {number|null} loss
 * @returns {string}
 */
export function preciseLoss(loss) {
  if (loss === null || !Number.isFinite(loss)) return "–";
  if (loss !== 0 && (loss < 1e-3 || loss >= 1e5)) return withPower(loss, 3);
  return loss.toFixed(loss < 10 ? 5 : 2);
}

/**
 * @param {number} power
 * @returns {string} as ⁻⁸
 */
export function superscript(power) {
  const signs = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  return [...String(power)].map((sign) => (sign === "-" ? "⁻" : signs[Number(sign)])).join("");
}

/**
 * Round numbers that cover a range, at most `most` of them.
 * @param {number} low
 * @param {number} high
 * @param {number} most
 * @returns {number[]}
 */
export function ticks(low, high, most) {
  if (!(high > low)) return [low];
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/**
 * Whole powers of ten between two positive numbers, thinned to at most `most`.
 * @param {number} low
 * @param {number} high
 * @param {number} most
 * @returns {number[]} exponents
 */
export function decades(low, high, most) {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const step = Math.max(1, Math.ceil((last - first + 1) / most));
  const exponents = [];
  for (let exponent = first; exponent <= last; exponent += step) exponents.push(exponent);
  return exponents;
}
