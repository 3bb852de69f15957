import assert from "node:assert/strict";
import { test } from "node:test";

import { pack, unpack } from "../../static/js/compare/parcel.js";

const rows = [
  { epoch: 0, step: 0, train: 0.5, test: NaN, trainRange: [0.5, Infinity], testRange: [NaN, NaN], gradients: [-3, -Infinity], frames: 1 },
];

/** @returns {any} a room with two runs */
function room() {
  const side = (/** @type {string} */ link, /** @type {number[]} */ bytes) => ({
    connection: { checkpoint: Uint8Array.from(bytes).buffer },
    history: { rows, pace: 4 },
    store: { state: { link } },
  });
  const frame = (/** @type {number} */ step) => ({ scalar: () => step });
  return {
    store: { state: { link: "a&compare=x", pace: { unit: "full" }, curve: "test", pair: [frame(7), frame(8)] } },
    sides: [side("a", [0, 255]), side("b", [128])],
  };
}

test("a comparison comes out of its parcel as it went in, infinities and all", () => {
  const parcel = unpack(JSON.parse(JSON.stringify(pack(room()))), "a&compare=x");

  assert.deepEqual(parcel?.runs.map(({ step }) => step), [7, 8]);
  assert.deepEqual([...new Uint8Array(/** @type {any} */ (parcel).runs[0].checkpoint)], [0, 255]);
  assert.deepEqual(parcel?.runs[1].rows, rows);
  assert.equal(parcel?.runs[1].rowPace, 4);
  assert.deepEqual([parcel?.pace, parcel?.curve], [{ unit: "full" }, "test"]);
});

test("without a checkpoint of both there is nothing to hand over", () => {
  const half = room();
  half.sides[1].connection.checkpoint = null;
  assert.equal(pack(half), null);
});

test("a parcel of another comparison is left alone", () => {
  assert.equal(unpack(JSON.parse(JSON.stringify(pack(room()))), "b"), null);
  assert.equal(unpack(null, "b"), null);
});
