import assert from "node:assert/strict";
import { test } from "node:test";

import { productPlace, takenBeside } from "../../static/js/draw/product-place.js";
import { figuresOf } from "../../static/js/draw/walk-figures.js";
import { nodeFigures, productFigure, slots } from "../../static/js/draw/walk-numbers.js";
import { layoutNetwork, pointOn } from "../../static/js/layout.js";
import { layoutWalk } from "../../static/js/layout-walk.js";
import { sightOf } from "../../static/js/microscope/sight.js";
import { readingAt } from "./dissected.js";

/** @typedef {import("../../static/js/layout.js").PlacedEdge} PlacedEdge */

/** @param {number} position */
const neuronAt = (position) => sightOf(readingAt("cross-entropy", position)).nodes[2];
const LABELS = /** @type {const} */ (["corners", "stacked", "single", "beside", "none"]);

test("each number has a place of its own, and numbers that are not there leave it empty", () => {
  assert.deepEqual(Object.keys(nodeFigures(neuronAt(0), "corners")), []);
  assert.deepEqual(Object.keys(nodeFigures(neuronAt(3), "corners")), ["z"]);
  assert.deepEqual(Object.keys(nodeFigures(neuronAt(4), "corners")), ["z", "a"]);
  assert.deepEqual(Object.keys(nodeFigures(neuronAt(23), "corners")), ["z", "a", "da", "delta"]);
  const places = Object.values(slots(40)).map(({ x, y }) => `${x} ${y}`);
  assert.equal(new Set(places).size, places.length);
});

test("where there is less room the newest numbers are shown, and their symbol says which", () => {
  const symbols = (/** @type {number} */ position) =>
    LABELS.map((labels) => Object.values(nodeFigures(neuronAt(position), labels)).map(({ symbol }) => symbol));
  assert.deepEqual(symbols(2), [["Σ"], ["Σ"], ["Σ"], ["Σ"], []]);
  assert.deepEqual(symbols(4), [["z", "a"], ["a"], ["a"], ["a"], []]);
  assert.deepEqual(symbols(21), [["z", "a", "∂L/∂a"], ["a", "∂L/∂a"], ["∂L/∂a"], ["∂L/∂a"], []]);
  assert.deepEqual(symbols(23), [["z", "a", "∂L/∂a", "δ"], ["a", "δ"], ["δ"], ["δ"], []]);
});

test("a mean of products is not written as a product of means", () => {
  const gradient = { layer: 1, from: 0, to: 0, act: /** @type {const} */ ("dW"), left: 2, right: -3, value: -6 };
  const roomy = true;
  assert.equal(productFigure(gradient, { averaged: false, roomy }).value, "2.000 · (−3.000) = −6.000");
  assert.equal(productFigure(gradient, { averaged: true, roomy }).value, "−6.000");
  assert.equal(productFigure(gradient, { averaged: false, roomy: false }).value, "−6.000");
});

test("in the walk neurons and the loss are in the picture, with room for the numbers they are to have", () => {
  for (const shape of [[1, 1], [2, 4, 2, 1], [2, 8, 8, 8, 8, 8, 8, 1], [7, ...Array(12).fill(32), 6], [2, 6, 6]]) {
    for (const [width, height] of [[740, 245], [304, 292], [500, 170], [1064, 292]]) {
      const { nodes, columns, loss } = layoutWalk({ shape, width, height, dpr: 1 });
      assert.ok(loss && loss.x + loss.size / 2 < width);
      for (const { layer, unit, x, y, size } of nodes) {
        const { labels } = columns[layer];
        const number = size > 16 ? 18 : 15;
        const reach = { corners: [0, 0], stacked: [18, 18], single: [3, number], none: [0, 0] }[labels];
        assert.ok(y - size / 2 - reach[0] >= 0 && y + size / 2 + reach[1] <= height, `${shape} ${height} ${labels}`);
        assert.ok(x + size / 2 < loss.x - loss.size / 2);
        const next = nodes.find((node) => node.layer === layer && node.unit === unit + 1);
        if (next) assert.ok(next.y - y >= size + reach[0] + reach[1] - 0.001);
      }
    }
  }
});

test("a product stands where it hides fewer of its own neurons' numbers than in the line's middle", () => {
  for (const [width, height] of [[740, 245], [740, 320], [1000, 400]]) {
    const layout = layoutWalk({ shape: [2, 4, 2, 1], width, height, dpr: 1 });
    const hidden = (/** @type {(edge: PlacedEdge) => {x: number, y: number}} */ placeOf) =>
      layout.edges.map((edge) => {
        const { x, y } = placeOf(edge);
        assert.ok(x > edge.x0 && x < edge.x1 && y > 0 && y < height);
        return takenBeside(layout, edge)
          .filter(({ worth }) => worth > 1)
          .reduce((sum, { left, right, top, bottom }) => {
            const across = Math.min(x + 36, right) - Math.max(x - 36, left);
            const down = Math.min(y + 7, bottom) - Math.max(y - 7, top);
            return sum + Math.max(0, across) * Math.max(0, down);
          }, 0);
      });
    const total = (/** @type {number[]} */ areas) => areas.reduce((sum, area) => sum + area, 0);
    const placed = total(hidden((edge) => productPlace(layout, edge, false)));
    const middle = total(hidden((edge) => pointOn(edge, 0.5)));
    assert.ok(placed < middle / 2, `${placed} of ${middle} at ${width} × ${height}`);
  }
});

test("the network that is not walked through stands where it stood", () => {
  const { nodes, loss, columns } = layoutNetwork({ shape: [2, 4, 1], width: 740, height: 320, dpr: 1 });
  assert.equal(loss, null);
  assert.deepEqual(columns.map(({ x }) => x), [64, 379, 694]);
  assert.deepEqual([nodes[0].y, nodes[0].size], [122, 42]);
});

test("each number of a walk is in the picture once, and stays in its place while it is there", () => {
  const layout = layoutWalk({ shape: [2, 2, 1], width: 740, height: 245, dpr: 1 });
  /** @type {Map<string, object>} */
  const places = new Map();
  for (let position = 0; position <= 36; position += 1) {
    const figures = figuresOf(sightOf(readingAt("cross-entropy", position)), layout, null);
    assert.equal(new Set(figures.map(({ of }) => of)).size, figures.length);
    for (const { of, place } of figures) {
      assert.deepEqual(places.get(of) ?? place, place, `${of} at ${position}`);
      places.set(of, place);
    }
  }
  for (const of of ["0,1 below", "1,0 z", "2,0 delta", "2,1,0 product", "loss value", "loss after", "target 0"]) {
    assert.ok(places.has(of), of);
  }
});
