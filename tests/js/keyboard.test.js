import assert from "node:assert/strict";
import { test } from "node:test";

import { nextSelection } from "../../static/js/keyboard.js";

const SHAPE = [2, 4, 1];

test("right and left go from neuron to line to neuron, and back the same way", () => {
  const start = /** @type {any} */ ({ kind: "neuron", layer: 0, unit: 1 });
  const line = nextSelection(SHAPE, start, "ArrowRight");
  assert.deepEqual(line, { kind: "weight", layer: 1, from: 1, to: 3 });
  const hidden = nextSelection(SHAPE, /** @type {any} */ (line), "ArrowRight");
  assert.deepEqual(hidden, { kind: "neuron", layer: 1, unit: 3 });
  const back = nextSelection(SHAPE, /** @type {any} */ (line), "ArrowLeft");
  assert.deepEqual(back, start);
});

test("up and down reach every neuron of a column and every line of a layer", () => {
  for (const start of /** @type {any[]} */ ([
    { kind: "neuron", layer: 1, unit: 0 },
    { kind: "weight", layer: 1, from: 0, to: 0 },
  ])) {
    const seen = new Set();
    let here = start;
    for (let i = 0; i < (start.kind === "neuron" ? 4 : 8); i += 1) {
      here = nextSelection(SHAPE, here, "ArrowDown");
      seen.add(JSON.stringify(here));
    }
    assert.equal(seen.size, start.kind === "neuron" ? 4 : 8);
    assert.deepEqual(here, start);
  }
});

test("at the ends there is nowhere to go", () => {
  const input = /** @type {any} */ ({ kind: "neuron", layer: 0, unit: 0 });
  const output = /** @type {any} */ ({ kind: "neuron", layer: 2, unit: 0 });

  assert.equal(nextSelection(SHAPE, input, "ArrowLeft"), null);
  assert.equal(nextSelection(SHAPE, output, "ArrowRight"), null);
});
