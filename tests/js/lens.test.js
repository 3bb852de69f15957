import assert from "node:assert/strict";
import { test } from "node:test";

import { askAt, placeAsks } from "../../static/js/draw/asks.js";
import { barAt, placeBars } from "../../static/js/draw/bars.js";
import { placeCurve, pointAt } from "../../static/js/draw/curve.js";
import { askWords } from "../../static/js/microscope/lens/asks-view.js";
import {
  figuresOf, hearingOf, listeningOf, pointWords, verdictOf,
} from "../../static/js/microscope/lens/listening.js";
import { falling } from "../../static/js/microscope/lens/examples.js";
import { ledgerOf, lossLine } from "../../static/js/microscope/lens/ledger.js";
import { lossWords, meanWords } from "../../static/js/microscope/lens/losses-view.js";
import { subjectOf, viewOf } from "../../static/js/microscope/lens/subject.js";
import {
  balanceOf, balanceWords, countWords, voteWords,
} from "../../static/js/microscope/lens/votes-view.js";
import { format } from "../../static/js/scales.js";
import { dissected, readingAt } from "./dissected.js";

/** @typedef {import("./dissected.js").Name} Name */

/**
 * The first position whose stage is this act, at a neuron where one is named.
 * @param {Name} name
 * @param {string} act
 * @param {[number, number]} [neuron]
 */
function positionOf(name, act, neuron) {
  const dissection = dissected(name);
  for (let k = 0; k < dissection.length; k += 1) {
    const stage = dissection.stage(k);
    if (stage.act !== act) continue;
    if (!neuron || (stage.layer === neuron[0] && stage.unit === neuron[1])) return k + 1;
  }
  throw new Error(`no ${act}`);
}

/** @param {Name} name @param {string} act @param {[number, number]} [neuron] */
const at = (name, act, neuron) => readingAt(name, positionOf(name, act, neuron));

test("the lens follows the walk: curve, losses, curve again, votes at a gradient, ledger", () => {
  const { length } = dissected("lesson");
  const views = Array.from({ length: length + 1 }, (_, position) => viewOf(readingAt("lesson", position)));
  assert.deepEqual([...new Set(views)], ["curve", "losses", "votes", "ledger"]);
  assert.deepEqual(views.slice(3, 12), [
    "curve", "losses", "losses", "curve", "curve", "curve", "votes", "votes", "ledger",
  ]);
});

test("by whole neurons the way back is a curve, for it ends with all of a neuron's gradients", () => {
  const reading = readingAt("lesson", 10, { grain: "neuron" });
  assert.equal(viewOf(reading), "curve");
});

test("a selected weight is voted on, on the way forward too", () => {
  const selection = /** @type {const} */ ({ kind: "weight", layer: 1, from: 0, to: 0 });
  assert.equal(viewOf(readingAt("lesson", 1, { selection })), "votes");
});

test("what is looked at is what is selected, else where the walk is, else what moves most", () => {
  const { walk } = at("adam", "dW", [1, 1]);
  assert.deepEqual(subjectOf(null, walk), { neuron: [1, 1], weight: [1, 0, 1] });
  assert.deepEqual(subjectOf(null, at("adam", "db", [1, 1]).walk).weight, [1, null, 1]);
  assert.deepEqual(subjectOf({ kind: "weight", layer: 2, from: 2, to: 0 }, walk), {
    neuron: [2, 0], weight: [2, 2, 0],
  });
  const moved = [...dissected("adam").tensor("update.update")].map(Math.abs);
  const { weight: [layer, from, to] } = subjectOf(null, at("adam", "line").walk);
  const index = layer === 1 ? (from ?? 2) * 3 + to : 9 + (from ?? 3);
  assert.equal(moved[index], Math.max(...moved));
});

test("an example's z, a, slope and what comes of them are the server's, each from its own stage on", () => {
  const numbers = (/** @type {string} */ act) =>
    figuresOf(at("cross-entropy", act, [1, 1]), listeningOf(at("cross-entropy", act, [1, 1]), [1, 1]))
      .map(({ symbol, number }) => `${symbol}: ${number}`);
  const reading = readingAt("cross-entropy", 1);
  const shown = (/** @type {any} */ signal) => format(reading.signal(signal, 1, 1));
  assert.deepEqual(numbers("activation"), [`z: ${shown("z")}`, `a: ${shown("a")}`]);
  assert.deepEqual(numbers("slope"), [`∂L/∂a: ${shown("da")}`, `φ′(${shown("z")}): ${shown("slope")}`, "δ: ·"]);
  assert.deepEqual(numbers("delta")[2], `δ: ${shown("delta")}`);
});

test("of a batch they are means, and no equation", () => {
  const reading = at("adam", "delta", [1, 0]);
  const figures = figuresOf(reading, listeningOf(reading, [1, 0]));
  assert.deepEqual(figures.map(({ joint }) => joint), ["", "", ""]);
  assert.equal(figures[2].number, format(reading.signal("delta", 1, 0)));
});

test("a neuron is deaf, barely listening or listening by the server's bounds, whatever the sign", () => {
  const reading = readingAt("lesson", 0);
  assert.deepEqual(
    [0, 1e-7, -0.01, 0.049, 0.06, -1, 7].map((slope) => hearingOf(reading, slope)),
    ["deaf", "deaf", "barely", "barely", "listening", "listening", "listening"],
  );
});

test("nothing is said of a neuron before the walk has come to it", () => {
  const early = readingAt("cross-entropy", 1);
  assert.match(verdictOf(early, listeningOf(early, [1, 1])), /not there yet/);
  const late = at("cross-entropy", "slope", [1, 1]);
  assert.match(verdictOf(late, listeningOf(late, [1, 1])), /is listening/);
});

test("each example's own numbers can be read", () => {
  const reading = at("adam", "delta", [1, 0]);
  const listening = listeningOf(reading, [1, 0]);
  const [, , slope, , delta] = dissected("adam").tensor("neuron").subarray(3 * 5, 4 * 5);
  assert.equal(pointWords(reading, listening, 3), `example 4: slope ${format(slope)}, δ ${format(delta)}`);
});

test("a point is found where it is drawn", () => {
  const reading = at("cross-entropy", "activation", [1, 1]);
  const { points } = listeningOf(reading, [1, 1]);
  const scene = /** @type {any} */ ({ curve: dissected("cross-entropy").tensor("curve"), points, own: null });
  const place = placeCurve(scene, 260, 110);
  assert.equal(points[pointAt(scene, place, place.x(points[4].z), place.y(points[4].a))].z, points[4].z);
  assert.equal(pointAt(scene, place, 0, 0), -1);
});

test("losses are named by their place in the batch, with the mean that is optimized", () => {
  const reading = at("cross-entropy", "mean");
  const losses = dissected("cross-entropy").tensor("per_example");
  const place = dissected("cross-entropy").scalar("place");
  assert.ok(lossWords(reading, place).startsWith("▾ "));
  assert.ok(lossWords(reading, 2).endsWith(format(losses[2])));
  assert.ok(meanWords(reading).includes(format(dissected("cross-entropy").scalar("batch_loss"))));
});

test("votes are counted, and what they come to is the server's", () => {
  const reading = at("adam", "line");
  const votes = [...dissected("adam").tensor("contributions")];
  const balance = balanceOf(reading, [1, 1, 0]);
  assert.equal(balance.sum, dissected("adam").tensor("update.gradient")[3]);
  const [above, below] = dissected("adam").tensor("contribution_sums");
  assert.deepEqual([balance.above, balance.below], [above, below]);
  const smaller = votes.filter((vote) => vote > 0).length;
  assert.match(countWords(votes), new RegExp(`^${smaller} wants? it smaller`));
  assert.equal(countWords([1, 2, -1, 0]), "2 want it smaller, 1 larger, 1 neither");
  const at0 = voteWords(reading, 0);
  assert.ok(at0.includes(format(votes[0])));
});

test("a balance is written as a sum, with its signs", () => {
  assert.equal(balanceWords({ above: 0.5, below: -0.25, sum: 0.25 }), "+0.500 − 0.250 = +0.250");
  assert.equal(balanceWords({ above: 0, below: -0.25, sum: -0.25 }), "0 − 0.250 = −0.250");
  assert.equal(balanceWords({ above: 2e-5, below: 0, sum: 2e-5 }), "+2.00·10⁻⁵ − 0 = +2.00·10⁻⁵");
});

test("bars fall from the largest to the smallest, and a place leads back to its bar", () => {
  assert.deepEqual(falling([1, 3, NaN, -2, 3]), [1, 4, 0, 3, 2]);
  const scene = /** @type {any} */ ({ values: [3, 1, -2], own: -1, mean: null, balance: null });
  const place = placeBars(scene, 260, 100);
  assert.deepEqual([0, 1, 2].map((bar) => barAt(scene, place, place.x(bar) + 1)), [0, 1, 2]);
  assert.equal(barAt(scene, place, place.x(3) + 1), -1);
  assert.ok(place.y(3) < place.y(0) && place.y(0) < place.y(-2));
});

test("the matrices of any network fit, and each parameter is found in them once", () => {
  for (const shape of [[1, 1], [2, 4, 2, 1], [7, 8, 8, 1], [7, ...Array(12).fill(32), 6]]) {
    const size = { width: 204, height: 110 };
    const { cell, blocks } = placeAsks(shape, size);
    const last = blocks.at(-1);
    const count = last ? last.first + last.rows * last.columns : 0;
    const found = blocks.flatMap(({ rows, columns, left, top }) =>
      Array.from({ length: rows * columns }, (_, k) =>
        askAt(shape, size, left + ((k % columns) + 0.5) * cell, top + (Math.floor(k / columns) + 0.5) * cell)),
    );
    assert.deepEqual(found, Array.from({ length: count }, (_, k) => k));
    assert.ok(blocks.every(({ left, top, rows, columns }) => left + columns * cell <= 204 && top + rows * cell <= 110));
  }
});

test("what an example asks of a weight has its sign", () => {
  const reading = readingAt("lesson", 0);
  assert.equal(askWords(reading, 0), "weight x₁ → output: −30.00");
});

for (const name of /** @type {const} */ (["lesson", "cross-entropy", "adam"])) {
  test(`the ledger of ${name} has every quantity of the update, in its order, with the server's number`, () => {
    const selection = /** @type {const} */ ({ kind: "weight", layer: 1, from: 0, to: 0 });
    const dissection = dissected(name);
    const entries = ledgerOf(readingAt(name, dissection.length, { selection }));
    const lines = dissection.program.lines.filter(({ phase }) => dissection.phases[phase] === "update");
    assert.deepEqual([...entries.map((entry) => entry.name), "loss_after"], lines.map((line) => line.name));
    assert.deepEqual([...entries.map((entry) => entry.name), "loss_after"].sort(), [...dissection.quantities].sort());
    for (const entry of entries) {
      const sent = dissection.tensor(`update.${entry.name}`);
      assert.equal(entry.number, format(sent[0], entry.name === "t" ? "plain" : undefined));
    }
  });
}

test("ledger lines come one by one, and the loss at the end", () => {
  const { length } = dissected("lesson");
  const states = (/** @type {number} */ position) =>
    ledgerOf(readingAt("lesson", position)).map(({ state }) => state);
  assert.deepEqual(states(length - 4), ["coming", "coming", "coming"]);
  assert.deepEqual(states(length - 2), ["done", "now", "coming"]);
  assert.equal(lossLine(readingAt("lesson", length - 1)), "");
  assert.equal(lossLine(readingAt("lesson", length)), "loss 25.000 → 4.000 (−21.000)");
});
