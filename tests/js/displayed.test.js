import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { decode } from "../../static/js/frame.js";
import { ENTRIES, slipOf } from "../../static/js/microscope/slip.js";
import { describeStep } from "../../static/js/microscope/words.js";
import { dissected, numbersOf, readingAt } from "./dissected.js";

/** @typedef {import("./dissected.js").Name} Name */

/** What PyTorch computed: tests/vectors/torch_displayed.py. */
const TORCH = decode(
  new Uint8Array(readFileSync(new URL("../vectors/displayed.safetensors", import.meta.url))).buffer,
);
/** @type {Name[]} */
const CASES = ["hand", "xor-example", "xor-batch", "ten-example", "ten-batch"];
/** @type {import("../../static/js/dissection.js").Grain[]} */
const GRAINS = ["phase", "layer", "neuron", "term"];
const ROOM = 11;
/** @type {Record<string, string>} */
const SMALL = Object.fromEntries([..."⁻⁰¹²³⁴⁵⁶⁷⁸⁹"].map((sign, i) => [sign, "-0123456789"[i]]));
/** Settings that formulas print: Adam's numbers, and the rates of the three examples. */
const SETTINGS = [0.9, 0.999, 1e-8, 0.01, 1, 0.03];

/**
 * @param {Name} name
 * @param {string} array
 */
const torch = (name, array) => TORCH.tensor(`${name}/${array}`);

/**
 * All numbers that PyTorch has of a case.
 * @param {Name} name
 */
function all(name) {
  const keys = [...TORCH.header.places.keys()].filter((key) => key.startsWith(`${name}/`));
  return keys.flatMap((key) => [...TORCH.tensor(key)].map(Number));
}

/**
 * Whether digits as the page prints them, such as −1.72·10⁻⁴, are a number rounded to just these.
 * @param {string} digits
 * @param {number} number
 */
function stands(digits, number) {
  const [head, power = "·10⁰"] = digits.replace("−", "-").split(/(?=·10)/);
  const exponent = Number([...power.slice(3)].map((sign) => SMALL[sign] ?? "").join(""));
  const unit = 10 ** (exponent - (head.split(".")[1] ?? "").length);
  return Math.abs(Number(head) * 10 ** exponent - number) <= 0.5001 * unit;
}

/**
 * The numbers of the step that led to a position.
 * @param {Name} name
 * @param {number} position
 * @param {Parameters<typeof readingAt>[2]} [view]
 */
function shown(name, position, view) {
  return describeStep(readingAt(name, position, view), ROOM).chunks.flatMap(numbersOf);
}

/**
 * @param {string[]} digits
 * @param {number[]} known
 * @param {string} where
 */
function areAmong(digits, known, where) {
  for (const one of digits) assert.ok(known.some((number) => stands(one, number)), `${one} ${where}`);
}

for (const name of CASES) {
  test(`${name}: at every stop of every grain each number in the formula is PyTorch's`, () => {
    const { length } = dissected(name);
    const known = [...all(name), ...SETTINGS];
    for (let position = 1; position < length; position += 1) {
      for (const grain of GRAINS) {
        areAmong(shown(name, position, { grain }), known, `at ${position}, ${grain}`);
      }
    }
  });

  test(`${name}: what each single step comes to is what PyTorch computed for just that step`, () => {
    const dissection = dissected(name);
    const numbers = torch(name, "numbers");
    let checked = 0;
    for (let position = 1; position < dissection.length; position += 1) {
      const { act } = dissection.stage(position - 1);
      if (act === "line") continue;
      const total = Number(act === "mean" ? torch(name, "batch_loss")[0] : numbers[4 * (position - 1) + 3]);
      const digits = shown(name, position).at(-1) ?? "";
      assert.ok(stands(digits, total), `${digits} for ${total} at ${position}`);
      checked += 1;
    }
    assert.ok(checked >= 10);
  });

  test(`${name}: the lines of the update end in PyTorch's numbers, for every parameter`, () => {
    const dissection = dissected(name);
    const lines = Array.from({ length: dissection.length }, (_, k) => k + 1).filter(
      (position) => dissection.stage(position - 1).act === "line",
    );
    const { shape } = dissection;
    const known = [...all(name), ...SETTINGS];
    for (let layer = 1; layer < shape.length; layer += 1) {
      for (let unit = 0; unit < shape[layer]; unit += 1) {
        const view = { selection: /** @type {const} */ ({ kind: "neuron", layer, unit }) };
        for (const position of lines.slice(0, -1)) {
          areAmong(shown(name, position, view), known, `at ${position}, ${layer},${unit}`);
        }
      }
    }
    const [before, after] = ["batch_loss", "batch_loss_after"].map((key) => Number(torch(name, key)[0]));
    const last = shown(name, dissection.length);
    assert.ok(stands(last[0], before) && stands(last[1], after), `${last} for ${before}, ${after}`);
  });

  test(`${name}: the filled-in slips hold PyTorch's numbers`, () => {
    const { shape, length } = dissected(name);
    const reading = readingAt(name, length);
    let start = 0;
    let below = 0;
    let previous = -1;
    for (let layer = 1; layer < shape.length; layer += 1) {
      const [into, units] = [shape[layer - 1], shape[layer]];
      const { entries } = slipOf(reading, layer);
      for (let unit = 0; unit < units; unit += 1) {
        close(entries.cameBack, 0, unit, torch(name, "da")[below + unit]);
        close(entries.slope, 0, unit, torch(name, "slope")[below + unit]);
        close(entries.delta, 0, unit, torch(name, "delta")[below + unit]);
        close(entries.db, 0, unit, torch(name, "share")[start + into * units + unit]);
        for (let from = 0; from < into; from += 1) {
          close(entries.dW, from, unit, torch(name, "share")[start + from * units + unit]);
        }
      }
      for (let from = 0; layer > 1 && from < into; from += 1) {
        close(entries.passedOn, 0, from, torch(name, "da")[previous + from]);
      }
      [start, previous, below] = [start + (into + 1) * units, below, below + units];
    }
    assert.deepEqual(ENTRIES, ["cameBack", "slope", "delta", "dW", "db", "passedOn"]);
  });
}

/**
 * @param {import("../../static/js/microscope/matrix.js").Matrix|null} matrix
 * @param {number} row
 * @param {number} column
 * @param {number|bigint} expected
 */
function close(matrix, row, column, expected) {
  const got = matrix?.at(row, column) ?? Number.NaN;
  const wanted = Number(expected);
  assert.ok(Math.abs(got - wanted) <= 1e-9 * Math.max(1e-3, Math.abs(wanted)), `${got} for ${wanted}`);
}
