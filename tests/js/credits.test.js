import assert from "node:assert/strict";
import { test } from "node:test";

import { Credits } from "../../static/js/credits.js";

/**
 * @param {number} roundTrip_ms
 * @returns {Credits} after 20 frames of that round trip
 */
function after20(roundTrip_ms) {
  const credits = new Credits();
  for (let now = 0; now < 20_000; now += 1000) {
    credits.due(now);
    while (credits.given.length > 0) credits.arrived(now + roundTrip_ms);
  }
  return credits;
}

test("one frame is under way until the round trip is known", () => {
  const credits = new Credits();

  assert.equal(credits.due(0), 1);
  assert.equal(credits.due(1), 0);
});

test("a near server gets one credit, a far one as many as its round trip has frames", () => {
  assert.equal(after20(4).wanted, 1);
  assert.equal(after20(60).wanted, 4);
  assert.equal(after20(5000).wanted, 8);
});
