import assert from "node:assert/strict";
import { test } from "node:test";

import { Tween } from "../../static/js/draw/tween.js";

/** @param {...number} numbers */
const f32 = (...numbers) => Float32Array.from(numbers);

test("numbers go to their aim without overshooting, and stay there", () => {
  const tween = new Tween();
  tween.jump(f32(0, 1));
  tween.aim(f32(1, 0), 1000);
  let before = 0;
  for (let time = 1000; time < 1200; time += 10) {
    tween.move(time);
    assert.ok(tween.now[0] >= before && tween.now[0] <= 1);
    before = tween.now[0];
  }
  assert.deepEqual(tween.now, f32(1, 0));
  assert.equal(tween.move(1300), false);
});

test("a new aim is set out for from wherever the numbers are", () => {
  const tween = new Tween();
  tween.jump(f32(0));
  tween.aim(f32(1), 0);
  tween.move(50);
  const [half] = tween.now;
  assert.ok(half > 0 && half < 1);
  tween.aim(f32(0), 50);
  tween.move(50);
  assert.equal(tween.now[0], half);
});

test("numbers of another network are there at once, and an aim repeated changes nothing", () => {
  const tween = new Tween();
  tween.aim(f32(3, 4), 0);
  assert.deepEqual(tween.now, f32(3, 4));
  tween.aim(f32(0, 0), 0);
  tween.move(100);
  const now = tween.now.slice();
  tween.aim(f32(0, 0), 100);
  tween.move(100);
  assert.deepEqual(tween.now, now);
});
