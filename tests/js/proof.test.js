import assert from "node:assert/strict";
import { test } from "node:test";

import { sameMoment } from "../../static/js/frame.js";
import { parameterLabel } from "../../static/js/labels.js";
import { parameterIndex, selectionAt } from "../../static/js/parameters.js";
import { digits } from "../../static/js/proof/dialog.js";
import { roughly } from "../../static/js/proof/sentence.js";
import { orderBy, toCsv, verdictOf } from "../../static/js/proof/verdict.js";

const SHAPE = [2, 1, 1];

/**
 * A message of five parameters: W1 (2), b1, W2, b2.
 * @param {{error: number[], kinks?: number[], worst: number}} check
 */
function message({ error, kinks = [0, 0, 0, 0, 0], worst }) {
  /** @type {Record<string, number[]>} */
  const tensors = {
    analytic: [0.1, -0.4, 0.2, 0, -0.3],
    numeric: [0.1, -0.4, 0.25, 0, -0.3],
    relative_error: error,
    at_kink: kinks,
  };
  /** @type {Record<string, number>} */
  const scalars = { run: 7, step: 12, rows: 10, worst, largest_error: error[worst] ?? NaN };
  return /** @type {any} */ ({
    tensor: (/** @type {string} */ name) => Float64Array.from(tensors[name]),
    scalar: (/** @type {string} */ name) => scalars[name],
  });
}

test("a parameter's place leads back to its index, in every layer", () => {
  const shape = [3, 4, 2, 5];
  for (let index = 0; index < 16 + 10 + 15; index += 1) {
    const place = selectionAt(shape, index);
    const [from, to] =
      place.kind === "weight" ? [place.from, place.to] : [shape[place.layer - 1], place.unit];
    assert.equal(parameterIndex(shape, place.layer, from, to), index);
  }
});

test("agreement ends above 1e-5, and with every parameter at a kink, or an overflow, there is none", () => {
  assert.equal(verdictOf(message({ error: [0, 1e-5, 0, 0, 0], worst: 1 })).kind, "agree");
  assert.equal(verdictOf(message({ error: [0, 1.1e-5, 0, 0, 0], worst: 1 })).kind, "differ");
  assert.equal(verdictOf(message({ error: [0, 0, NaN, 0, 0], worst: 2 })).kind, "huge");
  const all = verdictOf(message({ error: [1, 1, 1, 1, 1], kinks: [1, 1, 1, 1, 1], worst: -1 }));
  assert.deepEqual([all.kind, all.kinks, all.size], ["kinks", 5, 5]);
});

test("errors come the largest first and those at kinks last; gradients by their size", () => {
  const check = message({ error: [3e-9, 0.9, 0.2, 0, 4e-9], kinks: [0, 1, 0, 0, 0], worst: 2 });

  assert.deepEqual(orderBy(check, "error"), [2, 4, 0, 3, 1]);
  assert.deepEqual(orderBy(check, "analytic"), [1, 4, 2, 0, 3]);
  assert.deepEqual(orderBy(check, "place"), [0, 1, 2, 3, 4]);
});

test("the CSV names each parameter as the protocol does and keeps all digits", () => {
  const lines = toCsv(message({ error: [0, 0, 0.2, 0, 0], worst: 2 }), SHAPE).split("\n");

  assert.equal(lines[0], "parameter,layer,from,to,analytic,numeric,relative_error,at_kink");
  assert.equal(lines[2], "W,1,1,0,-0.4,-0.4,0,0");
  assert.equal(lines[3], "b,1,,0,0.2,0.25,0.2,0");
  assert.equal(lines[4], "W,2,0,0,0,0,0,0");
  assert.equal(lines.length, 7);
});

test("a weight changed by hand at the same step is another moment", () => {
  const frame = (/** @type {number} */ weight, loss = 0.5) =>
    /** @type {any} */ ({
      scalar: (/** @type {string} */ name) => (name === "train_loss" ? loss : 3),
      tensor: () => Float32Array.of(0.1, weight),
    });

  assert.ok(sameMoment(frame(0.2), frame(0.2)));
  assert.ok(!sameMoment(frame(0.2), frame(0.3)));
  assert.ok(!sameMoment(frame(0.2), frame(0.2, 0.6)));
});

test("numbers are written for people", () => {
  assert.equal(roughly(2.6e-10), "3·10⁻¹⁰");
  assert.equal(roughly(1e-7), "10⁻⁷");
  assert.equal(roughly(0), "0");
  assert.equal(digits(-0.012345678912), "−0.0123456789");
  assert.equal(digits(-4.28134261e-6), "−4.28134261·10⁻⁶");
  assert.equal(parameterLabel(selectionAt(SHAPE, 1), SHAPE, ["x", "y"]), "weight x₂ → hidden 1, neuron 1");
});
