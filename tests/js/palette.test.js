import assert from "node:assert/strict";
import { test } from "node:test";

import { colours, lut, mix, rgb } from "../../static/js/palette.js";

/** @typedef {import("../../static/js/palette.js").Rgb} Rgb */
/** @typedef {(colour: number[]) => number[]} Sight on linear light */

const THEMES = /** @type {const} */ (["light", "dark"]);

/** Full colour blindness of three kinds on linear RGB. Source: Viénot, Brettel and Mollon (1999), and for tritanopia Machado, Oliveira and Fernandes (2009). */
/** @type {Record<string, number[][]>} */
const BLINDNESS = {
  protanopia: [
    [0.11238, 0.88762, 0],
    [0.11238, 0.88762, 0],
    [0.00401, -0.00401, 1],
  ],
  deuteranopia: [
    [0.29275, 0.70725, 0],
    [0.29275, 0.70725, 0],
    [-0.02234, 0.02234, 1],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** @param {string} hex */
const light = (hex) =>
  rgb(hex).map((part) => (part <= 10.31 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4));

/** @param {number[]} linear */
function lab([r, g, b]) {
  const f = (/** @type {number} */ t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/**
 * @param {string} one
 * @param {string} other
 * @param {number[][]} [matrix]
 * @returns {number} CIE76 colour difference as this eye sees it
 */
function difference(one, other, matrix) {
  const seen = (/** @type {string} */ hex) => {
    const linear = light(hex);
    const through = matrix
      ? matrix.map((row) => row.reduce((sum, k, i) => sum + k * linear[i], 0))
      : linear;
    return lab(through.map((part) => Math.max(0, Math.min(1, part))));
  };
  const [a, b] = [seen(one), seen(other)];
  return Math.hypot(...a.map((part, i) => part - b[i]));
}

/**
 * @param {string} one
 * @param {string} other
 */
function contrast(one, other) {
  const luminance = (/** @type {string} */ hex) => {
    const [r, g, b] = light(hex);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

for (const theme of THEMES) {
  const palette = colours(theme);

  test(`${theme}: texts stand out from paper and panel by 4.5 to 1`, () => {
    for (const text of [palette.ink, palette.soft]) {
      assert.ok(contrast(text, palette.paper) >= 4.5);
      assert.ok(contrast(text, palette.panel) >= 4.5);
    }
  });

  for (const [blindness, matrix] of Object.entries({ none: undefined, ...BLINDNESS })) {
    test(`${theme}: signs are told apart with ${blindness} colour blindness`, () => {
      const values = difference(palette.negative, palette.positive, matrix);
      const gradients = difference(palette.gradientNegative, palette.gradientPositive, matrix);
      assert.ok(values >= 40, `values ${values}`);
      assert.ok(gradients >= 20, `gradients ${gradients}`);
    });
  }

  test(`${theme}: gradients are not taken for values`, () => {
    for (const gradient of [palette.gradientNegative, palette.gradientPositive]) {
      for (const value of [palette.negative, palette.positive]) {
        assert.ok(difference(gradient, value) >= 30);
      }
    }
  });

  for (const [blindness, matrix] of Object.entries({ none: undefined, ...BLINDNESS })) {
    test(`${theme}: any two classes are told apart with ${blindness} colour blindness`, () => {
      for (const [i, one] of palette.classes.entries()) {
        for (const other of palette.classes.slice(i + 1)) {
          const away = difference(one, other, matrix);
          assert.ok(away >= 25, `${one} and ${other}: ${away}`);
        }
      }
    });
  }

  test(`${theme}: a class is not taken for no class at all`, () => {
    for (const one of palette.classes) assert.ok(difference(one, palette.zero) >= 20, one);
  });
}

test("a table runs from the negative colour over zero to the positive one", () => {
  const table = lut("light", "values");
  const bytes = (/** @type {number} */ pixel) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
  const { negative, positive, zero } = colours("light");
  assert.deepEqual(bytes(table[0]), rgb(negative));
  assert.deepEqual(bytes(table[255]), rgb(positive));
  for (const [i, part] of bytes(table[127]).entries()) assert.ok(Math.abs(part - rgb(zero)[i]) <= 1);
  assert.ok(table.every((pixel) => pixel >>> 24 === 255));
});

test("signs alone have two colours", () => {
  assert.equal(new Set(lut("dark", "signs")).size, 2);
});

test("mixing nothing or everything gives the ends", () => {
  assert.deepEqual(mix([0, 10, 20], [200, 100, 0], 0), [0, 10, 20]);
  assert.deepEqual(mix([0, 10, 20], [200, 100, 0], 1), [200, 100, 0]);
});
