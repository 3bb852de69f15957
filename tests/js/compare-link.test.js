import assert from "node:assert/strict";
import { test } from "node:test";

import { choicesOf, contrast, isNone, withValue } from "../../static/js/compare/difference.js";
import { KINDS } from "../../static/js/compare/kinds.js";
import { joinLink, readDifference, splitLink } from "../../static/js/compare/link.js";
import { pairOf, pairs } from "../../static/js/compare/pairs.js";

const experiment = /** @type {import("../../static/js/experiment.js").Experiment} */ ({
  problem: "classification",
  dataset: "circle",
  points: null,
  classes: 2,
  samples: null,
  noise: 0,
  train_percent: 50,
  data_seed: "1",
  features: ["x", "y"],
  layers: [
    { units: 4, activation: "tanh" },
    { units: 2, activation: "tanh" },
  ],
  loss: "half-squared",
  parameters: null,
  initializer: { name: "playground", scale: 0.5 },
  weight_seed: 1,
  precision: "float64",
  optimizer: { name: "sgd", momentum: 0.9 },
  learning_rate: 0.03,
  schedule: { name: "constant", period: 100 },
  clipping: { name: "none", limit: 1 },
  regularization: "none",
  regularization_rate: 0,
  batch_size: 10,
  reshuffle: true,
  view: { mode: "both", show_test: false, discretize: false, log_loss: false },
  hidden: [],
  hide_text: false,
});

const facts = /** @type {any} */ ({
  default: experiment,
  limits: {
    learning_rate: [0, 100],
    layers: [0, 12],
    units: [1, 32],
    batch_size: [1, 5000],
    regularization_rate: [0, 100],
    clip_limit: [1e-6, 1e6],
    noise: [0, 80],
    weight_seed: [0, 4294967295],
  },
  offered: {
    learning_rate: [0.01, 0.03, 0.1],
    layers: [0, 6, 1],
    units: [1, 8, 1],
    batch_size: [1, 30, 1],
    regularization_rate: [0, 0.01, 0.1],
    clip_limit: [0.1, 1],
    noise: [0, 50, 5],
  },
  choices: {
    activation: ["relu", "tanh", "sigmoid"],
    initializer: ["playground", "zeros"],
    optimizer: ["sgd", "adam"],
    regularization: ["none", "L1", "L2"],
    clipping: ["none", "norm", "value"],
    schedule: ["constant", "step"],
    loss: { classification: ["half-squared", "bce"], regression: ["half-squared"] },
    precision: ["float64", "float32"],
  },
});

/** @param {string} link */
function read(link) {
  const { kind, value } = splitLink(link);
  return readDifference({ kind, value }, facts, experiment);
}

test("a link is parted and joined again, whatever stands in it", () => {
  const link = "dataset=xor&networkShape=4,2&compare=clipping&with=norm%3A1";
  const parted = splitLink(link);
  assert.deepEqual(parted, { link: "dataset=xor&networkShape=4,2", kind: "clipping", value: "norm:1" });
  const { difference } = readDifference(parted, facts, experiment);
  assert.equal(joinLink(parted.link, difference), link);
  assert.deepEqual(splitLink("with=%"), { link: "", kind: null, value: "%" });
});

test("each kind's offers are other values, and change that part of the experiment alone", () => {
  for (const kind of KINDS) {
    const value = contrast(kind, facts, experiment);
    const other = withValue(experiment, { kind, value });
    assert.notEqual(value, kind.read(experiment), kind.id);
    assert.equal(kind.parse(value, facts, experiment), value, kind.id);
    if (kind.read(experiment) !== "") assert.equal(kind.read(other), value, kind.id);
    const changed = /** @type {(keyof typeof experiment)[]} */ (Object.keys(experiment)).filter(
      (field) => JSON.stringify(experiment[field]) !== JSON.stringify(other[field]),
    );
    const expected = kind.id === "regularization" ? 2 : 1;
    assert.equal(changed.length, expected, `${kind.id}: ${changed}`);
  }
});

test("with the same value B is A itself", () => {
  for (const kind of KINDS) {
    const difference = { kind, value: kind.read(experiment) };
    assert.equal(isNone(difference, experiment), true);
    assert.equal(withValue(experiment, difference), experiment);
  }
});

test("given weights go where B's network is another one, and stay where it is not", () => {
  const given = { ...experiment, parameters: [1, 2, 3] };
  const kindOf = (/** @type {string} */ id) =>
    /** @type {import("../../static/js/compare/kind.js").Kind} */ (KINDS.find((kind) => kind.id === id));
  assert.equal(withValue(given, { kind: kindOf("depth"), value: "3" }).parameters, null);
  assert.equal(withValue(given, { kind: kindOf("init"), value: "zeros" }).parameters, null);
  assert.deepEqual(withValue(given, { kind: kindOf("optimizer"), value: "adam" }).parameters, [1, 2, 3]);
});

test("a value that is not offered but within limits is taken, written in one way", () => {
  const { difference, problem } = read("compare=learningRate&with=0.0250");
  assert.equal(problem, null);
  assert.equal(difference.value, "0.025");
  assert.deepEqual(choicesOf(difference.kind, facts, experiment, "0.025"), ["0.01", "0.03", "0.1", "0.025"]);
  assert.equal(read("compare=clipping&with=value:0.5").difference.value, "value:0.5");
});

test("what a link says wrongly is told, and a default takes its place", () => {
  for (const [link, part] of [
    ["compare=colour&with=red", "compare: expected one of activation, "],
    ["compare=learningRate&with=fast", "with: expected a number from 0 to 100, got “fast”"],
    ["compare=learningRate&with=101", "got “101”"],
    ["compare=batchSize&with=2.5", "with: expected a whole number from 1 to 5000, got “2.5”"],
    ["compare=clipping&with=norm", "with: expected one of none, norm:…, value:… with a number"],
    ["compare=clipping&with=none:1", "got “none:1”"],
    ["compare=optimizer&with=adamw", "with: expected one of sgd, adam, got “adamw”"],
    ["compare=optimizer", "“compare” needs a “with”"],
    ["with=adam", "“with” needs a “compare”"],
    [`compare=${"x".repeat(500)}`, `got “${"x".repeat(40)}…”`],
  ]) {
    const { difference, problem } = read(link);
    assert.ok(problem?.includes(part), `${link}: ${problem}`);
    assert.notEqual(difference.value, difference.kind.read(experiment), link);
  }
  assert.equal(read("").problem, null);
});

test("what an experiment has no part of is not compared", () => {
  const bare = { ...experiment, layers: [] };
  const { difference, problem } = readDifference({ kind: "activation", value: "relu" }, facts, bare);
  assert.ok(problem?.includes("no such part"));
  assert.equal(difference.kind.id, "init");
});

test("each ready-made pair has its own link, whose difference is a known one", () => {
  for (const pair of pairs()) {
    const { kind } = splitLink(pair.link);
    assert.ok(KINDS.some(({ id }) => id === kind), pair.link);
    assert.deepEqual(pairOf(pair.link), pair);
  }
});
