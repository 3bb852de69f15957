import assert from "node:assert/strict";
import { test } from "node:test";

import { cellColour, cellSize } from "../../static/js/microscope/matrix.js";
import { progress } from "../../static/js/microscope/phases.js";
import { activeLayer, ENTRIES, placeSlips, slipOf } from "../../static/js/microscope/slip.js";
import { dissected, readingAt } from "./dissected.js";

/** @typedef {import("../../static/js/microscope/matrix.js").Matrix} Matrix */

/**
 * How many numbers of a matrix are there.
 * @param {Matrix|null} matrix
 */
function there(matrix) {
  if (!matrix) return 0;
  let count = 0;
  for (let i = 0; i < matrix.rows; i += 1) {
    for (let j = 0; j < matrix.columns; j += 1) count += Number(matrix.has(i, j));
  }
  return count;
}

/** @param {number} position */
const statesAt = (position) => {
  const reading = readingAt("cross-entropy", position);
  return [1, 2].map((layer) => slipOf(reading, layer).state);
};

test("a slip waits, is signed while the walk is in its layer, and stays signed", () => {
  assert.deepEqual(statesAt(0), ["waiting", "waiting"]);
  assert.deepEqual(statesAt(14), ["waiting", "waiting"]);
  assert.deepEqual(statesAt(15), ["waiting", "signing"]);
  assert.deepEqual(statesAt(20), ["waiting", "signed"]);
  assert.deepEqual(statesAt(21), ["signing", "signed"]);
  assert.deepEqual(statesAt(32), ["signed", "signed"]);
  assert.deepEqual(statesAt(36), ["signed", "signed"]);
});

test("numbers come onto a slip one by one, in the order of its entries", () => {
  let before = 0;
  for (let position = 21; position <= 32; position += 1) {
    const { entries } = slipOf(readingAt("cross-entropy", position), 1);
    const counts = ENTRIES.map((entry) => there(entries[entry]));
    const all = counts.reduce((sum, count) => sum + count, 0);
    assert.equal(all, before + 1, `${counts} at ${position}`);
    before = all;
  }
});

test("what a layer passes on is what came back to the layer before; the first passes on nothing", () => {
  const reading = readingAt("cross-entropy", 32);
  const [first, last] = [1, 2].map((layer) => slipOf(reading, layer).entries);
  assert.equal(first.passedOn, null);
  const da = dissected("cross-entropy").tensor("da");
  assert.deepEqual([last.passedOn?.at(0, 0), last.passedOn?.at(0, 1)], [da[0], da[1]]);
  assert.deepEqual([last.dW?.rows, last.dW?.columns], [2, 1]);
  assert.equal(first.db?.at(0, 1), dissected("cross-entropy").tensor("delta")[1]);
});

test("the slip to look at is the one that is signed, then the one signed last", () => {
  const activeAt = (/** @type {number} */ position) =>
    activeLayer([1, 2].map((layer) => slipOf(readingAt("cross-entropy", position), layer)));
  assert.equal(activeAt(3), 2);
  assert.equal(activeAt(16), 2);
  assert.equal(activeAt(20), 2);
  assert.equal(activeAt(22), 1);
  assert.equal(activeAt(36), 1);
});

test("slips stand under their columns, within the room, and never on each other", () => {
  for (let layers = 1; layers <= 13; layers += 1) {
    for (const room of [336, 574, 740]) {
      const centres = Array.from({ length: layers }, (_, i) => 64 + ((room - 110) * (i + 1)) / layers);
      for (let active = 1; active <= layers; active += 1) {
        const places = placeSlips(centres, active, room);
        for (const [i, { left, width }] of places.entries()) {
          assert.ok(left >= 0 && width >= 30, `${layers} ${room}`);
          if (i > 0) assert.ok(left >= places[i - 1].left + places[i - 1].width);
        }
        assert.ok(places[active - 1].width >= Math.min(200, room / layers - 8));
        const end = places[layers - 1].left + places[layers - 1].width;
        if (room > 700) assert.ok(end <= room + 0.001, `${end} of ${room} with ${layers}`);
      }
    }
  }
  const [one] = placeSlips([300], 1, 740);
  assert.equal(one.left + one.width / 2, 300);
});

test("a phase counts its layers, the update its lines", () => {
  const { walk } = readingAt("cross-entropy", 20);
  assert.deepEqual(
    progress(walk).map(({ phase, done, of, current }) => [phase, done, of, current]),
    [
      ["forward", 2, 2, false],
      ["loss", 1, 1, false],
      ["backward", 1, 2, true],
      ["update", 0, 4, false],
    ],
  );
  assert.deepEqual(progress(walk).map(({ end }) => end), [12, 14, 32, 36]);
  assert.equal(progress(readingAt("lesson", 0).walk)[0].current, true);
  assert.equal(progress(readingAt("lesson", 14).walk)[3].done, 4);
});

test("a matrix fits its room as squares, and a larger gradient is a stronger colour", () => {
  assert.equal(cellSize({ rows: 2, columns: 4 }, 400, 32), 13);
  assert.equal(cellSize({ rows: 32, columns: 32 }, 100, 34), 2);
  const weak = cellColour(1e-6, "gradient", "light");
  const strong = cellColour(1e-1, "gradient", "light");
  assert.ok(strong[0] < weak[0]);
  assert.notDeepEqual(cellColour(-0.1, "gradient", "light"), strong);
});
