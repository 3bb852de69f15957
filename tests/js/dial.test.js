import assert from "node:assert/strict";
import { test } from "node:test";

import { grainAt, markOf, paceAt, restAt } from "../../static/js/panels/dial.js";

test("the printed stops are what they say", () => {
  assert.deepEqual(paceAt(0), { unit: "update", rate: 1 });
  assert.deepEqual(paceAt(20), { unit: "update", rate: 10 });
  assert.deepEqual(paceAt(40), { unit: "update", rate: 100 });
  assert.deepEqual(paceAt(70), { unit: "epoch", rate: 1 });
  assert.equal(paceAt(100).unit, "full");
});

test("turning the dial up never slows it down", () => {
  const rank = { update: 0, epoch: 1, full: 2 };
  for (let mark = 0; mark < 100; mark += 1) {
    const [here, next] = [paceAt(mark), paceAt(mark + 1)];
    const faster = rank[next.unit] - rank[here.unit] || (next.rate ?? 0) - (here.rate ?? 0);
    assert.ok(faster >= 0, `mark ${mark}`);
  }
});

test("the mark of a pace gives the pace back", () => {
  for (let mark = 0; mark <= 100; mark += 1) {
    assert.deepEqual(paceAt(markOf(paceAt(mark))), paceAt(mark), `mark ${mark}`);
  }
});

test("below the paces the dial has a stop for every grain, and rests on no other mark", () => {
  assert.deepEqual([0, -16, -32, -48, -64].map(grainAt), [null, "phase", "layer", "neuron", "term"]);
  for (let mark = -64; mark < 0; mark += 1) {
    assert.ok([0, -16, -32, -48, -64].includes(restAt(mark, 100)), `mark ${mark}`);
  }
});

test("a key's single mark leads to the next stop, and out to the paces again", () => {
  let mark = 0;
  const down = [1, 2, 3, 4].map(() => (mark = restAt(mark - 1, mark)));
  assert.deepEqual(down, [-16, -32, -48, -64]);
  const up = [1, 2, 3, 4].map(() => (mark = restAt(mark + 1, mark)));
  assert.deepEqual(up, [-48, -32, -16, 0]);
});
