/** Which numbers between two columns give way where both do not fit. Pure. */

/** @typedef {import("./walk-figures.js").PlacedFigure} PlacedFigure */

/** What characters take, generously. */
const WIDTH_PX = { digit: 6.4, small: 4.4, symbol: 5.2, around: 8 };
/** Numbers of one line stand this near to each other. */
const LINE_PX = 12;
const SMALL = /[⁻⁰¹²³⁴⁵⁶⁷⁸⁹.·]/;
/** What gives way to what, as it is drawn right of one neuron and left of the next. */
const GIVES_WAY = /** @type {const} */ ([["da", "delta"], ["da", "z"], ["z", "a"], ["delta", "a"]]);

/**
 * Leaves out numbers that would lie over others: ∂L/∂a gives way to the next neuron's own numbers,
 * and those to the a that comes in.
 * @param {PlacedFigure[]} figures
 * @param {(of: string) => boolean} kept whether a neuron's numbers stay, whatever they meet
 * @returns {PlacedFigure[]}
 */
export function makeRoom(figures, kept) {
  const bySlot = (/** @type {string} */ slot) => figures.filter(({ of }) => of.endsWith(` ${slot}`));
  /** @type {Set<PlacedFigure>} */
  const left = new Set();
  for (const [weak, strong] of GIVES_WAY) {
    for (const one of bySlot(weak)) {
      for (const other of bySlot(strong)) {
        if (overlap(one, other)) left.add(kept(one.of) && !kept(other.of) ? other : one);
      }
    }
  }
  return figures.filter((figure) => !left.has(figure));
}

/**
 * @param {PlacedFigure} one
 * @param {PlacedFigure} other
 */
function overlap(one, other) {
  if (Math.abs(one.place.y - other.place.y) >= LINE_PX) return false;
  const [[start, end], [from, to]] = [extent(one), extent(other)];
  return start < to && from < end;
}

/**
 * @param {PlacedFigure} figure
 * @returns {[start: number, end: number]} in px
 */
function extent({ place: { x, align }, figure: { symbol, value } }) {
  const digits = [...value].reduce((sum, sign) => sum + (SMALL.test(sign) ? WIDTH_PX.small : WIDTH_PX.digit), 0);
  const width = digits + symbol.length * WIDTH_PX.symbol + WIDTH_PX.around;
  if (align === "left") return [x, x + width];
  return align === "right" ? [x - width, x] : [x - width / 2, x + width / 2];
}
