import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { colours } from "../../static/js/palette.js";

const css = readFileSync(new URL("../../static/css/tokens.css", import.meta.url), "utf8");

test("what is drawn on paper stands on the page's own paper", () => {
  for (const name of /** @type {const} */ (["paper", "panel", "ink", "soft", "line"])) {
    const [, light, dark] = css.match(new RegExp(`--${name}: light-dark\\((\\S+), (\\S+)\\);`)) ?? [];

    assert.deepEqual([light, dark], [colours("light")[name], colours("dark")[name]], name);
  }
});
