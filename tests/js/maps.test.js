import assert from "node:assert/strict";
import { test } from "node:test";

import { classTable, paintClasses, paintMap, valueRgb } from "../../static/js/draw/maps.js";
import { lut } from "../../static/js/palette.js";

/** @param {number} pixel */
const bytes = (pixel) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];

test("a map is written row by row into its place on the sheet", () => {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => byte);
  const pixels = new Uint32Array(4 * 3);
  paintMap(Uint8Array.from([99, 1, 2, 3, 4]), 1, 2, table, pixels, 5, 4);
  assert.deepEqual([...pixels], [0, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0]);
});

test("several classes show the most probable one, paler the less sure it is", () => {
  const one = Uint8Array.from([128, 150, 160, 255]);
  const other = Uint8Array.from([255, 170, 140, 0]);
  const pixels = new Uint32Array(4);
  const shown = (/** @type {number} */ k, /** @type {number} */ byte) =>
    classTable("light", k)[byte];
  paintClasses(Uint8Array.from([...one, ...other]), 2, 2, "light", false, pixels);
  assert.deepEqual([...pixels], [shown(1, 255), shown(1, 170), shown(0, 160), shown(0, 255)]);
  paintClasses(Uint8Array.from([...one, ...other]), 2, 2, "light", true, pixels);
  assert.deepEqual([...pixels], [shown(1, 255), shown(1, 255), shown(0, 255), shown(0, 255)]);
});

test("a class's probability begins at the middle byte, where a value is zero", () => {
  for (const theme of /** @type {const} */ (["light", "dark"])) {
    const whole = lut(theme, "class:3");
    assert.equal(classTable(theme, 3)[255], whole[255]);
    assert.ok(bytes(classTable(theme, 3)[128]).every((part, i) => Math.abs(part - bytes(whole[0])[i]) <= 2));
  }
});

test("a value has the colour that the map gives to it, so that a point shows how far off it is", () => {
  const table = lut("dark", "values");
  for (const value of [-5, -2.5, -0.3, 0, 1, 4.2, 5]) {
    const seen = bytes(table[Math.round(127.5 + (127.5 * value) / 5)]);
    const drawn = valueRgb(value, 5, "dark");
    for (const [i, part] of drawn.entries()) assert.ok(Math.abs(part - seen[i]) <= 2, `${value}`);
  }
});
