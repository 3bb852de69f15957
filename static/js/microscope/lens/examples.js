/** The examples of a batch: what they are called, and their order by size. */

import { gettext } from "../../i18n.js";

/** @typedef {import("../reading.js").Reading} Reading */

/**
 * The one that is followed has the mark that it has in the picture.
 * @param {Reading} reading
 * @param {number} i its place in the batch
 */
export function exampleName({ dissection }, i) {
  const n = i + 1;
  return i === dissection.scalar("place")
    ? gettext("▾ example %(n)s", { n })
    : gettext("example %(n)s", { n });
}

/**
 * The places of numbers from the largest to the smallest; what is no number comes last.
 * @param {ArrayLike<number>} numbers
 * @returns {number[]}
 */
export function falling(numbers) {
  const rank = (/** @type {number} */ i) => (Number.isNaN(numbers[i]) ? -Infinity : numbers[i]);
  return Array.from(numbers, (_, i) => i).sort((one, other) => {
    const [high, low] = [rank(one), rank(other)];
    return high === low ? one - other : low > high ? 1 : -1;
  });
}
