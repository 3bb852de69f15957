import assert from "node:assert/strict";
import { test } from "node:test";

import { layoutNetwork, pointOn } from "../../static/js/layout.js";
import { parameterIndex } from "../../static/js/parameters.js";

/** @param {number[]} shape */
const layout = (shape, width = 740, height = 320) =>
  layoutNetwork({ shape, features: ["x", "y"], width, height, dpr: 1 });

test("every neuron has a place inside the picture and none overlap", () => {
  for (const shape of [[1, 1], [2, 4, 2, 1], [7, ...Array(12).fill(32), 6]]) {
    const { nodes } = layout(shape);
    assert.equal(nodes.length, shape.reduce((sum, units) => sum + units));
    for (const { x, y, size } of nodes) {
      assert.ok(x - size / 2 >= 0 && x + size / 2 <= 740);
      assert.ok(y - size / 2 >= 0 && y + size / 2 <= 320);
    }
    for (const [i, node] of nodes.entries()) {
      const next = nodes[i + 1];
      if (next?.layer === node.layer) assert.ok(next.y - node.y >= node.size);
    }
  }
});

test("an edge knows where its weight stands", () => {
  const shape = [2, 4, 2, 1];
  const { edges } = layout(shape);
  assert.equal(edges.length, 2 * 4 + 4 * 2 + 2);
  for (const { index, layer, from, to } of edges) {
    assert.equal(index, parameterIndex(shape, layer, from, to));
  }
});

test("an edge runs from the one neuron's side to the other's", () => {
  const { edges, nodes } = layout([2, 3, 1]);
  for (const edge of edges) {
    const before = nodes.find((n) => n.layer === edge.layer - 1 && n.unit === edge.from);
    const after = nodes.find((n) => n.layer === edge.layer && n.unit === edge.to);
    assert.ok(before && after);
    assert.deepEqual(pointOn(edge, 0), { x: before.x + before.size / 2, y: before.y });
    assert.deepEqual(pointOn(edge, 1), { x: after.x - after.size / 2, y: after.y });
  }
});

test("neurons and biases are found where the frame has them", () => {
  const { places } = layout([2, 3, 1]);
  assert.deepEqual(places, [
    [],
    [
      { neuron: 0, bias: 6 },
      { neuron: 1, bias: 7 },
      { neuron: 2, bias: 8 },
    ],
    [{ neuron: 3, bias: 12 }],
  ]);
});
