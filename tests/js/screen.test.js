import assert from "node:assert/strict";
import { test } from "node:test";

import { Screen } from "../../static/js/screen.js";

test("a picture is drawn once for each change, and a slow one not before its time", () => {
  /** @type {string[]} */
  const drawn = [];
  const screen = new Screen();
  screen.add({ draw: () => drawn.push("network"), every_ms: 0, moves: true });
  screen.add({ draw: () => drawn.push("timeline"), every_ms: 50, moves: false });
  assert.equal(screen.draw(0), false);
  assert.equal(screen.draw(16), false);
  screen.spoil();
  assert.equal(screen.draw(32), true);
  assert.equal(screen.draw(64), false);
  screen.move();
  assert.equal(screen.draw(80), false);

  assert.deepEqual(drawn, ["network", "timeline", "network", "timeline", "network"]);
});
