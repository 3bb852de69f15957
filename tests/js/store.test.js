import assert from "node:assert/strict";
import { test } from "node:test";

import { Store } from "../../static/js/store.js";

const initial = /** @type {any} */ ({ run: 0, playing: false, link: "" });

test("a listener hears the state at once, and then only when one of its keys changes", () => {
  const store = new Store(initial);
  /** @type {number[]} */
  const heard = [];
  store.subscribe(["run"], ({ run }) => heard.push(run));
  store.set({ link: "noise=5" });
  store.set({ run: 3 });
  store.set({ run: 3 });

  assert.deepEqual(heard, [0, 3]);
});

test("several changes at once are heard once", () => {
  const store = new Store(initial);
  let calls = 0;
  store.subscribe(["run", "playing"], () => (calls += 1));
  store.set({ run: 1, playing: true });

  assert.equal(calls, 2);
});

test("a change made by a listener reaches the others", () => {
  const store = new Store(initial);
  store.subscribe(["run"], ({ run }) => run > 0 && store.set({ playing: true }));
  store.set({ run: 1 });

  assert.equal(store.state.playing, true);
});
