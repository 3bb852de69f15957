import assert from "node:assert/strict";
import { test } from "node:test";

import { Exports } from "../../static/js/exports.js";

/** Exports whose commands are kept; the line is cut where `cut` is. */
function meet({ cut = false } = {}) {
  /** @type {Record<string, unknown>[]} */
  const sent = [];
  const exports = new Exports((command) => (cut ? 0 : sent.push(command)));
  return { exports, sent };
}

test("each answer goes to the one who asked for it, whatever their order", async () => {
  const { exports, sent } = meet();
  const [script, link] = [exports.ask("numpy"), exports.ask("link")];
  exports.answered({ id: 2, format: "link", filename: "b.txt", text: "seed=1" });
  exports.answered({ id: 1, format: "numpy", filename: "a.py", text: "import numpy" });

  assert.deepEqual(sent.map(({ format }) => format), ["numpy", "link"]);
  assert.deepEqual(await script, { format: "numpy", filename: "a.py", text: "import numpy" });
  assert.equal((await link)?.text, "seed=1");
});

test("a refusal, and a line that is cut before or after, answer with nothing", async () => {
  const { exports } = meet();
  const [refused, lost] = [exports.ask("link"), exports.ask("numpy")];
  exports.refused(undefined);
  exports.refused(1);
  exports.interrupted();

  assert.equal(await refused, null);
  assert.equal(await lost, null);
  assert.equal(await meet({ cut: true }).exports.ask("numpy"), null);
});
