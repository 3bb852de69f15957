import assert from "node:assert/strict";
import { test } from "node:test";

import { nameNodes, plainName } from "../../static/js/graph/answer.js";
import { neighbour } from "../../static/js/graph/stage.js";
import { Steps } from "../../static/js/graph/steps.js";

/** x · x + x, as the server answers it: x is used three times. */
const graph = /** @type {any} */ ({
  root: 2,
  nodes: [
    { id: 0, kind: "variable", label: "x", gradient: 4, shape: [], parents: [] },
    { id: 1, kind: "result", label: null, gradient: 1, shape: [], parents: [0, 0] },
    { id: 2, kind: "result", label: "y", gradient: 1, shape: [], parents: [1, 0] },
  ],
  edges: [
    { id: 0, from: 0, to: 1, arrival: 2, total: 2.5, contribution: 1.5 },
    { id: 1, from: 0, to: 1, arrival: 3, total: 4, contribution: 1.5 },
    { id: 2, from: 1, to: 2, arrival: 1, total: 1, contribution: 1 },
    { id: 3, from: 0, to: 2, arrival: 1, total: 1, contribution: 1 },
  ],
  forward: [0, 1, 2],
  backward: [2, 1, 0],
});

test("forward goes through the results, the root gets its 1, backward goes through them again", () => {
  const steps = new Steps(graph);

  assert.deepEqual(
    steps.list.map(({ phase, node }) => `${phase} ${node}`),
    ["forward 1", "forward 2", "seed 2", "backward 2", "backward 1"],
  );
  assert.equal(steps.forwardCount, 2);
  assert.equal(steps.current(0), null);
});

test("leaves are known from the start, results after their step", () => {
  const steps = new Steps(graph);

  assert.deepEqual([0, 1, 2].map((node) => steps.knowsValue(node, 1)), [true, true, false]);
});

test("gradients that come back to a node are seen adding up, in the server's own sums", () => {
  const steps = new Steps(graph);

  assert.equal(steps.gradient(0, 3).gradient, null);
  assert.deepEqual(steps.gradient(0, 4), { gradient: 1, arrived: 1, expected: 3 });
  assert.deepEqual(steps.gradient(0, 5), { gradient: 4, arrived: 3, expected: 3 });
  assert.equal(steps.gradient(2, 2).gradient, null);
  assert.equal(steps.gradient(2, 3).gradient, 1);
});

test("without a backward pass there are forward steps alone", () => {
  const edges = graph.edges.map((/** @type {any} */ edge) => ({ ...edge, arrival: null }));
  const steps = new Steps({ ...graph, edges, backward: [] });

  assert.equal(steps.length, 2);
  assert.equal(steps.gradient(0, 2).gradient, null);
});

test("nodes are called by their names, unnamed results v and numbers c; namesakes are numbered", () => {
  const loop = /** @type {any} */ ({
    nodes: [
      { id: 0, kind: "variable", label: "h", shape: [] },
      { id: 1, kind: "constant", label: null, shape: [], value: -2 },
      { id: 2, kind: "result", label: null, shape: [] },
      { id: 3, kind: "result", label: "h", shape: [] },
    ],
  });

  assert.deepEqual(nameNodes(loop).map(plainName), ["h₀", "c₁", "v₁", "h₁"]);
});

test("a short name does not take one that the program uses", () => {
  const graph = /** @type {any} */ ({
    nodes: [
      { id: 0, kind: "variable", label: "v", shape: [] },
      { id: 1, kind: "variable", label: "v", shape: [] },
      { id: 2, kind: "result", label: null, shape: [] },
    ],
  });

  assert.deepEqual(nameNodes(graph).map(plainName), ["v₀", "v₁", "u₁"]);
  graph.nodes[0].label = "v12";
  graph.nodes[1].label = "u_1";
  assert.deepEqual(nameNodes(graph).map(plainName), ["v12", "u_1", "n₁"]);
  graph.nodes[0].label = "value";
  assert.equal(plainName(nameNodes(graph)[2]), "v₁");
});

test("arrow keys lead along lines and columns", () => {
  const picture = /** @type {any} */ ({
    boxes: [
      { id: 0, layer: 0, y: 0 },
      { id: 1, layer: 0, y: 60 },
      { id: 2, layer: 1, y: 20 },
    ],
    lines: [{ from: 0, to: 2 }, { from: 1, to: 2 }],
  });
  const go = (/** @type {number} */ id, /** @type {string} */ key) => neighbour({ picture }, id, key);

  assert.equal(go(2, "ArrowLeft"), 0);
  assert.equal(go(1, "ArrowRight"), 2);
  assert.equal(go(0, "ArrowDown"), 1);
  assert.equal(go(1, "ArrowDown"), null);
  assert.equal(go(0, "a"), null);
});
