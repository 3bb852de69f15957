import assert from "node:assert/strict";
import { test } from "node:test";

import { mn, plainText } from "../../static/js/formula/mathml.js";
import { shownTerms, sum } from "../../static/js/formula/sums.js";
import { difference } from "../../static/js/microscope/steps/update.js";
import { describeStep, noteOf, spoken, wholeGrain } from "../../static/js/microscope/words.js";
import { format } from "../../static/js/scales.js";
import { dissected, numbersOf, readingAt } from "./dissected.js";

/** @typedef {import("./dissected.js").Name} Name */

const ROOM = 8;

/**
 * The formula of the step that led to a position.
 * @param {Name} name
 * @param {number} position
 * @param {Parameters<typeof readingAt>[2]} [view]
 */
function formula(name, position, view) {
  const { chunks } = describeStep(readingAt(name, position, view), ROOM);
  return chunks.map(plainText).join(" ");
}

/**
 * All numbers that the server sent, as the page writes them.
 * @param {Name} name
 */
function written(name) {
  const { message } = dissected(name);
  const all = [...message.header.places.keys()].flatMap((tensor) => [...message.tensor(tensor)]);
  return new Set(all.flatMap((number) => [format(number), format(number, "plain")]));
}

test("the lesson's example reads as it is worked out by hand", () => {
  assert.deepEqual(
    Array.from({ length: 14 }, (_, k) => formula("lesson", k + 1)),
    [
      "z=∑w·a+b=2.000·3.000+(−1.000) so far\u00a06.000",
      "z=∑w·a+b=2.000·3.000+(−1.000) =5.000",
      "a=φ(z)=5.000",
      "ℓ=(a−y)2 =(5.000−10)2=25.00",
      "L=ℓ =25.00",
      "∂L∂a=2(a−y)=2·(5.000−10)=−10.00",
      "φ′(5.000)=1.000",
      "δ=∂L∂a·φ′(z)=(−10.00)·1.000=−10.00",
      "∂L∂w=a·δ=3.000·(−10.00)=−30.00",
      "∂L∂b=δ=−10.00",
      "g=∂L∂w=−30.00",
      "Δw=−η·g=−0.0300·(−30.00)=0.900",
      "wnew=w+Δw=2.000+0.900=2.900",
      "batch of 1\u2002L:\u200225.000→4.000\u2002(−21.000)",
    ],
  );
});

for (const name of /** @type {const} */ (["cross-entropy", "adam"])) {
  test(`every number in the equations of ${name} is one that the server sent`, () => {
    const sent = written(name);
    // Settings, and the loss before and after with as many digits as their difference needs.
    const known = new Set(["0.9", "0.999", "0.1", "0.01", "1·10⁻⁸"]);
    let checked = 0;
    for (let position = 1; position < dissected(name).length; position += 1) {
      for (const grain of /** @type {const} */ (["phase", "layer", "neuron", "term"])) {
        const { chunks } = describeStep(readingAt(name, position, { grain }), ROOM);
        for (const digits of chunks.flatMap(numbersOf)) {
          assert.ok(sent.has(digits) || known.has(digits), `${digits} at ${position}, ${grain}`);
          checked += 1;
        }
      }
    }
    assert.ok(checked > 300, `${checked} numbers`);
  });
}

test("a 2-2-1 network with cross-entropy: its loss, its derivative and δ, with numbers", () => {
  assert.equal(
    formula("cross-entropy", 13),
    "ℓ=−[y ln σ(z)+(1−y) ln (1−σ(z))] =− ln σ(0.0285)=0.679".replaceAll(/ ?ln ?/g, "\u2009ln\u2009"),
  );
  assert.equal(formula("cross-entropy", 15), "∂L∂a=σ(z)−y=σ(0.0285)−1=−0.493");
  assert.equal(formula("cross-entropy", 23), "δ1=∂L∂a·φ′(z)=0.0464·0.245=0.0113");
  assert.equal(
    formula("cross-entropy", 22),
    "φ′(z)=a·(1−a)=0.573·(1−0.573)=0.245",
  );
});

test("at the end of a sum stands z itself, before that what it comes to so far", () => {
  assert.match(formula("cross-entropy", 2), /so far\u00a00\.192$/);
  assert.match(formula("cross-entropy", 3), /=0\.292$/);
});

test("an example that is not in the batch is said to have no say", () => {
  assert.match(noteOf(readingAt("cross-entropy", 5)), /does not learn/);
  assert.match(describeStep(readingAt("cross-entropy", 14), ROOM).words, /not among them/);
  assert.match(describeStep(readingAt("cross-entropy", 33), ROOM).words, /no say/);
});

test("means over the batch are never shown as a product or a function of means", () => {
  const { dissection, shape } = readingAt("adam", 0);
  for (let position = 1; position <= dissection.length; position += 1) {
    const { act, phase } = dissection.stage(position - 1);
    if (act === "term" || act === "bias" || act === "came_back" || phase === "update") continue;
    const text = formula("adam", position);
    assert.match(text, act === "per_example" || act === "mean" ? /1.*10/ : /1.*10.*∑examples/, `${act} at ${position}`);
  }
  assert.equal(formula("adam", 29), "δ‾1=110∑examples∂L∂a·φ′(z)=0.0015");
  assert.deepEqual(shape, [2, 3, 1]);
});

test("no two steps next to each other say the same", () => {
  for (const name of /** @type {const} */ (["lesson", "cross-entropy", "adam"])) {
    const { dissection } = readingAt(name, 0);
    const said = Array.from({ length: dissection.length }, (_, k) => {
      const { words, chunks } = describeStep(readingAt(name, k + 1), ROOM);
      return `${words} ${chunks.map(plainText).join(" ")}`;
    });
    for (let k = 1; k < said.length; k += 1) assert.notEqual(said[k], said[k - 1], `${name} at ${k + 1}`);
  }
});

test("every line of Adam with clipping and L2 is written with its own numbers", () => {
  const view = { selection: /** @type {const} */ ({ kind: "weight", layer: 1, from: 1, to: 0 }) };
  const lines = Array.from({ length: 14 }, (_, k) => formula("adam", 46 + k, view));
  const { dissection } = readingAt("adam", 0);
  const at = 3;
  const number = (/** @type {string} */ name) => format(dissection.tensor(name)[at]);
  assert.ok(lines[0].endsWith(`=${format(dissection.tensor("update.norm")[0])}`), lines[0]);
  assert.equal(lines[4], `m=β₁m+(1−β₁)·gclipped=0.9·${bracketed(number("before.m"))}+(1−0.9)·${bracketed(number("update.clipped"))}=${number("update.m")}`);
  assert.ok(lines.at(-2)?.endsWith(`=${number("update.new_parameters")}`), lines.at(-2));
  assert.match(describeStep(readingAt("adam", 46, view), ROOM).words, /^Weight x₂ → hidden 1, neuron 1/);
});

/** @param {string} digits */
function bracketed(digits) {
  return /[−·]/.test(digits) ? `(${digits})` : digits;
}

test("what each example adds is written out for the weight that the server was asked about", () => {
  const view = { selection: /** @type {const} */ ({ kind: "weight", layer: 1, from: 1, to: 0 }) };
  const { contributions, gradient } = {
    contributions: [...dissected("adam").tensor("contributions")],
    gradient: dissected("adam").tensor("update.gradient")[3],
  };
  const { chunks } = describeStep(readingAt("adam", 45, view), 12);
  const shown = chunks.flatMap(numbersOf);
  assert.deepEqual(shown, [...contributions, gradient].map((one) => format(one)));
  const other = { selection: /** @type {const} */ ({ kind: "weight", layer: 1, from: 0, to: 0 }) };
  assert.equal(describeStep(readingAt("adam", 45, other), 12).chunks.flatMap(numbersOf).length, 1);
});

test("between two stops of a grain the step is as small as it has to be", () => {
  const { walk } = readingAt("adam", 12);
  assert.equal(wholeGrain(walk, "layer"), "layer");
  assert.equal(wholeGrain(walk, "phase"), "layer");
  assert.equal(wholeGrain(readingAt("adam", 13).walk, "phase"), "term");
});

test("a loss is shown with so many digits that its change can be seen, and a rise is one", () => {
  assert.deepEqual(difference(0.503705, 0.503502), {
    before: "0.503705", after: "0.503502", change: -0.000203, shown: "−0.000203",
  });
  assert.equal(difference(0.1, 0.25).shown, "+0.150");
  assert.equal(difference(1, 1).change, 0);
  assert.ok(Number.isNaN(difference(1, Infinity).change));
  const rose = describeStep(readingAt("cross-entropy", 36), ROOM);
  const { dissection } = readingAt("cross-entropy", 36);
  const grew = dissection.scalar("batch_loss_after") > dissection.scalar("batch_loss");
  assert.match(rose.words, grew ? /rose/ : /fell/);
});

test("a long sum is shortened, and its newest term stays in sight", () => {
  for (let count = 1; count < 40; count += 1) {
    for (let newest = 0; newest < count; newest += 1) {
      for (let room = 1; room < 9; room += 1) {
        const shown = shownTerms(count, newest, room);
        assert.ok(shown.includes(newest));
        assert.equal(shown.length, Math.min(count, room));
      }
    }
  }
  const terms = sum(9, (i) => mn(String(i)), { newest: 4, room: 3 });
  assert.equal(plainText(terms), "0+…3 more…+4+…3 more…+8");
});

test("what is spoken has the sentence and the number", () => {
  assert.equal(
    spoken(describeStep(readingAt("lesson", 9), ROOM)),
    "The weight x₁ → output: its gradient is what went in, times δ. ∂L/∂w = −30.00",
  );
});
