import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Dissection, Walk } from "../../static/js/dissection.js";
import { decode } from "../../static/js/frame.js";

/**
 * A committed answer of the server.
 * @param {string} name
 * @param {number[]} shape
 */
function read(name, shape) {
  const file = new URL(`../vectors/dissections/${name}.safetensors`, import.meta.url);
  const bytes = readFileSync(file);
  return new Dissection(decode(new Uint8Array(bytes).buffer), shape);
}

const lesson = () => read("lesson", [1, 1]);

test("walking on and back by any grain comes through the same positions", () => {
  const dissection = lesson();
  for (const grain of /** @type {const} */ (["phase", "layer", "neuron", "term"])) {
    const ahead = [0];
    while (ahead[ahead.length - 1] < dissection.length) {
      ahead.push(dissection.next(ahead[ahead.length - 1], grain));
    }
    const back = [dissection.length];
    while (back[back.length - 1] > 0) {
      back.push(dissection.previous(back[back.length - 1], grain));
    }
    assert.deepEqual(back.reverse(), ahead, grain);
  }
});

test("a walk by terms has every stage, in the order of the phases", () => {
  const dissection = lesson();
  const acts = Array.from({ length: dissection.length }, (_, k) => dissection.stage(k).act);
  assert.deepEqual(acts.slice(0, 5), ["term", "bias", "activation", "per_example", "mean"]);
  assert.deepEqual(acts.slice(5, 10), ["came_back", "slope", "delta", "dW", "db"]);
});

test("a number is there from its own stage on", () => {
  const dissection = lesson();
  /** @param {number} position */
  const there = (position) => {
    const walk = new Walk(dissection, position);
    return [walk.has("z", 0), walk.has("a", 0), walk.has("delta", 0), walk.has("gradient", 1)];
  };
  assert.deepEqual(there(1), [false, false, false, false]);
  assert.deepEqual(there(2), [true, false, false, false]);
  assert.deepEqual(there(3), [true, true, false, false]);
  assert.deepEqual(there(8), [true, true, true, false]);
  assert.deepEqual(there(9), [true, true, true, false]);
  assert.deepEqual(there(10), [true, true, true, true]);
});

test("the lesson's numbers come as the server computed them", () => {
  const dissection = lesson();
  const { left, right, value } = dissection.stage(0);
  assert.deepEqual([left, right, value], [2, 3, 6]);
  assert.deepEqual([...dissection.tensor("share")], [-30, -10]);
});

test("a walk does not leave its update", () => {
  const dissection = lesson();
  assert.equal(new Walk(dissection, -3).position, 0);
  assert.equal(new Walk(dissection, 9999).atEnd, true);
});
