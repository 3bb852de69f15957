import assert from "node:assert/strict";
import { test } from "node:test";

import { sightOf } from "../../static/js/microscope/sight.js";
import { LEVEL } from "../../static/js/microscope/spot.js";
import { neuronIndex, parameterIndex } from "../../static/js/parameters.js";
import { dissected, readingAt } from "./dissected.js";

/** @typedef {import("../../static/js/microscope/sight.js").NodeSight} NodeSight */
/** @typedef {import("../../static/js/dissection.js").Grain} Grain */

const NAMES = /** @type {const} */ (["lesson", "cross-entropy", "adam"]);
const GRAINS = /** @type {Grain[]} */ (["phase", "layer", "neuron", "term"]);

/**
 * @param {Parameters<typeof readingAt>} place
 */
const sightAt = (...place) => sightOf(readingAt(...place));

/**
 * The one neuron, which must be there.
 * @param {NodeSight[]} nodes
 * @param {number} layer
 * @param {number} unit
 */
function node(nodes, layer, unit) {
  const found = nodes.find((one) => one.layer === layer && one.unit === unit);
  assert.ok(found);
  return found;
}

test("before the first step only the inputs have a number, and no line carries anything", () => {
  for (const name of NAMES) {
    const { nodes, lines, loss, spot, current } = sightAt(name, 0);
    const inputs = [...dissected(name).tensor("inputs")];
    assert.deepEqual(nodes.filter(({ lit }) => lit).map(({ a }) => a), inputs);
    assert.equal(nodes.filter(({ layer, z, a, da, delta }) => layer > 0 && (z ?? a ?? da ?? delta) !== null).length, 0);
    assert.equal(Math.max(...lines.flowed, ...lines.reached), 0);
    assert.deepEqual([loss.value, loss.after, spot, current], [null, null, null, null]);
  }
});

test("numbers arrive and stay, each the dissection's", () => {
  for (const name of NAMES) {
    const dissection = dissected(name);
    let before = 0;
    for (let position = 0; position <= dissection.length; position += 1) {
      const { nodes } = sightAt(name, position);
      let count = 0;
      for (const { layer, unit, z, a, da, delta } of nodes.filter(({ layer }) => layer > 0)) {
        const neuron = neuronIndex(dissection.shape, layer, unit);
        for (const [signal, value] of Object.entries({ z: whole(z), a, da: whole(da), delta })) {
          if (value === null) continue;
          count += 1;
          assert.equal(value, dissection.tensor(signal)[neuron], `${signal} at ${position}`);
        }
      }
      assert.ok(count >= before);
      before = count;
    }
    assert.equal(before, 4 * dissection.message.shape("z")[0]);
  }

  /** @param {import("../../static/js/microscope/sight.js").Arrived|null} sum */
  function whole(sum) {
    return sum && !sum.partial ? sum.value : null;
  }
});

test("a sum shows how far it has come, and which products are in it", () => {
  const { stage } = readingAt("cross-entropy", 2).walk;
  const { nodes, current, summed } = sightAt("cross-entropy", 2);
  assert.deepEqual(node(nodes, 1, 0).z, { value: stage?.total, partial: true });
  assert.equal(node(nodes, 1, 1).z, null);
  assert.deepEqual(current, {
    layer: 1, from: 1, to: 0, act: "term", left: stage?.left, right: stage?.right, value: stage?.value,
  });
  const first = readingAt("cross-entropy", 1).walk.stage?.value;
  assert.deepEqual(summed, [{ layer: 1, from: 0, to: 0, value: first }]);
});

test("what comes back comes through the lines to the layer after", () => {
  const { current, pulses, lines, nodes } = sightAt("cross-entropy", 27);
  assert.deepEqual([current?.layer, current?.from, current?.to, current?.act], [2, 1, 0, "came_back"]);
  assert.deepEqual(pulses, { lines: [{ layer: 2, from: 1, to: 0 }], way: "back" });
  assert.equal(lines.level[parameterIndex([2, 2, 1], 2, 1, 0)], LEVEL.current);
  assert.equal(lines.level[parameterIndex([2, 2, 1], 2, 0, 0)], LEVEL.rest);
  assert.equal(node(nodes, 1, 1).da?.value, dissected("cross-entropy").tensor("da")[1]);
});

test("a line has a gradient once backward has made it, and the traced example's until the update", () => {
  const dissection = dissected("cross-entropy");
  const ends = dissection.tensor("stops.phase");
  assert.equal(sum(sightAt("cross-entropy", ends[1]).lines.reached), 0);
  assert.equal(sum(sightAt("cross-entropy", 20).lines.reached), 3);
  const { lines } = sightAt("cross-entropy", ends[2]);
  assert.equal(sum(lines.reached), lines.reached.length);
  assert.deepEqual(Array.from(lines.gradient ?? []), [...dissection.tensor("share")]);
  const batch = sightAt("cross-entropy", ends[2] + 1).lines.gradient;
  assert.deepEqual(Array.from(batch ?? []), [...dissection.tensor("update.gradient")]);

  /** @param {Uint8Array} flags */
  function sum(flags) {
    return flags.reduce((total, flag) => total + flag, 0);
  }
});

test("weights move with the line of the new parameters, and not before", () => {
  for (const name of NAMES) {
    const dissection = dissected(name);
    const [before, after] = ["parameters", "update.new_parameters"].map((tensor) => dissection.tensor(tensor));
    for (let position = 0; position <= dissection.length; position += 1) {
      const { lines } = sightAt(name, position);
      const line = position > 0 ? dissection.stage(position - 1).line : 0;
      const names = dissection.program.lines.slice(0, line + 1).map((one) => one.name);
      const moved = names.includes("new_parameters");
      assert.equal(lines.moved, moved);
      assert.deepEqual(lines.parameters, moved ? after : before);
      assert.equal(lines.update !== null, names.includes("update"));
      assert.equal(lines.gradient === null, names.includes("update"));
    }
  }
});

test("the step is looked at, and the rest of its sum more than the rest of the network", () => {
  const shape = [2, 2, 1];
  /**
   * @param {number} position
   * @param {Grain} grain
   */
  const levels = (position, grain) => {
    const { lines } = sightAt("cross-entropy", position, { grain });
    return [[1, 0, 0], [1, 1, 0], [1, 0, 1], [2, 0, 0], [2, 1, 0]].map(
      ([layer, from, to]) => lines.level[parameterIndex(shape, layer, from, to)],
    );
  };
  assert.deepEqual(levels(1, "term"), [2, 1, 0, 0, 0]);
  assert.deepEqual(levels(4, "term"), [1, 1, 0, 0, 0]);
  assert.deepEqual(levels(4, "neuron"), [2, 2, 0, 0, 0]);
  assert.deepEqual(levels(8, "layer"), [2, 2, 2, 0, 0]);
  assert.deepEqual(levels(12, "phase"), [1, 1, 1, 1, 1]);
  assert.deepEqual(levels(14, "layer"), [0, 0, 0, 0, 0]);
  assert.deepEqual(levels(21, "term"), [0, 0, 0, 2, 0]);
  assert.deepEqual(levels(24, "term"), [2, 1, 0, 0, 0]);
  assert.deepEqual(levels(26, "neuron"), [2, 2, 0, 2, 0]);
  assert.deepEqual(levels(35, "term"), [1, 1, 1, 1, 1]);
});

test("the loss is there when it has been computed, the loss after when the update is done", () => {
  const dissection = dissected("lesson");
  const losses = [3, 4, 13, 14].map((position) => {
    const { loss } = sightAt("lesson", position);
    return [loss.value, loss.after];
  });
  const [loss, after] = ["loss", "loss_after"].map((name) => dissection.scalar(name));
  assert.deepEqual(losses, [[null, null], [loss, null], [loss, null], [loss, after]]);
  assert.deepEqual(sightAt("lesson", 0).loss.targets, [10]);
  assert.equal(sightAt("adam", 0).loss.targets, null);
});

test("between two stops of a grain the picture shows the smaller step that led there", () => {
  for (const grain of GRAINS) {
    assert.deepEqual(sightAt("cross-entropy", 2, { grain }), sightAt("cross-entropy", 2, { grain: "term" }));
  }
});
