import assert from "node:assert/strict";
import { test } from "node:test";

import { markOf, paceAt } from "../../static/js/panels/dial.js";

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
