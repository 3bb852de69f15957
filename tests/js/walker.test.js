import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { decode } from "../../static/js/frame.js";
import { Walker } from "../../static/js/microscope/walker.js";
import { Store } from "../../static/js/store.js";

const lesson = () => {
  const file = new URL("../vectors/dissections/lesson.safetensors", import.meta.url);
  return decode(new Uint8Array(readFileSync(file)).buffer);
};

/** A page whose server answers nothing by itself; what is sent is kept. */
function begin(patch = {}) {
  const store = new Store(
    /** @type {any} */ ({
      grain: "term",
      walk: null,
      traced: null,
      walking: false,
      walkPace: 1,
      selection: null,
      status: "open",
      run: 1,
      shape: [1, 1],
      playing: false,
      frame: { scalar: () => 0 },
      ...patch,
    }),
  );
  /** @type {any[]} */
  const sent = [];
  const app = /** @type {any} */ ({
    store,
    send: (/** @type {any} */ command) => sent.push(command),
    redraw() {},
  });
  return { store, sent, walker: new Walker(app) };
}

/**
 * Where a walk is, more is asked of what it has come to.
 * @param {any} patch
 */
function walking(patch = {}) {
  const page = begin(patch);
  page.walker.receive(lesson());
  page.walker.receive(lesson());
  page.sent.length = 0;
  return page;
}

test("turning the dial down pauses and asks for one dissection", () => {
  const { store, sent } = begin({ grain: null, playing: true });
  store.set({ grain: "phase" });
  assert.deepEqual(sent.map(({ command }) => command), ["pause", "dissect"]);
});

test("while an answer is under way nothing more is asked, and an outdated one is not shown", () => {
  const { store, sent, walker } = begin();
  const at = () => store.state.walk?.position;
  assert.equal(sent.length, 1);
  store.set({ frame: { scalar: () => 0 } });
  store.set({ frame: { scalar: () => 0 } });
  assert.equal(sent.length, 1);
  walker.receive(lesson());
  assert.equal(sent.length, 2);
  assert.equal(at(), undefined);
  walker.receive(lesson());
  assert.equal(at(), 0);
});

test("to follow the batch's first example, it is asked who that is", () => {
  const { sent, walker } = begin({ traced: "first" });
  assert.equal(sent[0].example, null);
  walker.receive(lesson());
  assert.equal(sent[1].example, 0);
});

test("on and back by the grain; a phase at a time besides", () => {
  const { store, walker } = walking();
  const at = () => store.state.walk?.position;
  walker.next();
  walker.next();
  assert.equal(at(), 2);
  walker.previous();
  assert.equal(at(), 1);
  walker.finish();
  assert.equal(at(), 3);
  walker.finish();
  assert.equal(at(), 5);
  walker.restart();
  assert.equal(at(), 3);
});

test("what the walk has come to is what more is asked of", () => {
  const { store, sent, walker } = walking();
  /** @type {Record<string, any>} */
  const asked = {};
  while (!store.state.walk?.atEnd) {
    walker.next();
    while (walker.asking) walker.receive(lesson());
    asked[store.state.walk?.stage?.act ?? ""] ??= sent.at(-1)?.weight;
  }
  assert.deepEqual([asked.dW, asked.db], [[1, 0, 0], [1, null, 0]]);
  assert.deepEqual(sent.at(-1).neuron, [1, 0]);
});

test("what is selected is asked of in place of that", () => {
  const { store, sent } = walking();
  store.set({ selection: { kind: "weight", layer: 1, from: 0, to: 0 } });
  assert.deepEqual([sent.at(-1).neuron, sent.at(-1).weight], [[1, 0], [1, 0, 0]]);
});

test("past the end the update is made", () => {
  const { store, sent, walker } = walking({ grain: "phase" });
  for (let phase = 0; phase < 4; phase += 1) walker.next();
  assert.equal(store.state.walk?.atEnd, true);
  walker.receive(lesson());
  walker.receive(lesson());
  sent.length = 0;
  walker.next();
  assert.deepEqual(sent, [{ command: "step", unit: "batch", count: 1 }]);
});

test("a step over the border while an answer is under way waits for it, and is dropped by a step back", () => {
  const { sent, walker } = walking({ grain: "phase" });
  for (let phase = 0; phase < 5; phase += 1) walker.next();
  const steps = () => sent.filter(({ command }) => command === "step").length;
  assert.equal(steps(), 0);
  for (let answer = 0; answer < 4; answer += 1) walker.receive(lesson());
  assert.equal(steps(), 1);
  const other = walking({ grain: "phase" });
  for (let phase = 0; phase < 5; phase += 1) other.walker.next();
  other.walker.previous();
  for (let answer = 0; answer < 4; answer += 1) other.walker.receive(lesson());
  assert.equal(other.sent.filter(({ command }) => command === "step").length, 0);
});

test("an edit in the same update keeps the place, another update begins at its start", () => {
  const { store, walker } = walking();
  walker.finish();
  walker.receive(lesson());
  assert.equal(store.state.walk?.position, 3);
  const later = lesson();
  const { scalar } = later;
  later.scalar = (name) => (name === "step" ? 1 : scalar.call(later, name));
  walker.receive(later);
  assert.equal(store.state.walk?.position, 0);
});

test("a refusal is kept from the reader unless the example was their own", () => {
  const { store, walker } = walking({ traced: 7 });
  assert.equal(walker.refused(), true);
  assert.equal(store.state.traced, "first");
  store.set({ traced: [1, 2, 3] });
  assert.equal(walker.refused(), false);
});

test("back at whole updates there is no walk", () => {
  const { store } = walking();
  store.set({ walking: true });
  store.set({ grain: null });
  assert.equal(store.state.walk, null);
  assert.equal(store.state.walking, false);
});
