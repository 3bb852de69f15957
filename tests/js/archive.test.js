import assert from "node:assert/strict";
import { test } from "node:test";

import { Archive } from "../../static/js/archive.js";
import { decode } from "../../static/js/frame.js";

const NAMES = ["step", "epoch", "batch", "batches"];

/**
 * A frame of 25 batches an epoch, as large as asked for.
 * @param {number} step
 * @param {number} [size] bytes of filling
 */
function frame(step, size = 1000) {
  const header = JSON.stringify({
    __metadata__: { kind: "frame", scalars: NAMES.join(",") },
    scalars: { dtype: "F64", shape: [4], data_offsets: [0, 32] },
    filling: { dtype: "U8", shape: [size], data_offsets: [32, 32 + size] },
  });
  const text = new TextEncoder().encode(header.padEnd(Math.ceil(header.length / 8) * 8));
  const bytes = new Uint8Array(8 + text.length + 32 + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  const scalars = new Float64Array(bytes.buffer, 8 + text.length, 4);
  scalars.set([step, Math.floor(step / 25), step % 25, 25]);
  return decode(bytes.buffer);
}

/** @param {Archive} archive */
const steps = (archive) => archive.moments.map(({ step }) => step);

test("the frame nearest to a time comes back byte for byte", () => {
  const archive = new Archive();
  assert.equal(archive.at(0), null);
  const frames = Array.from({ length: 50 }, (_, step) => frame(step));
  for (const each of frames) archive.push(each);
  assert.equal(archive.at(1)?.buffer, frames[25].buffer);
  assert.equal(archive.at(1.018)?.scalar("step"), 25);
  assert.equal(archive.at(1.022)?.scalar("step"), 26);
  assert.equal(archive.at(-3)?.scalar("step"), 0);
  assert.equal(archive.at(99)?.scalar("step"), 49);
});

test("it never takes more than its budget, and keeps the first and the newest", () => {
  const archive = new Archive(100_000);
  for (let step = 0; step < 5000; step += 1) {
    archive.push(frame(step));
    assert.ok(archive.bytes <= 100_000);
    assert.equal(archive.moments.at(-1)?.step, step);
  }
  assert.equal(
    archive.bytes,
    archive.moments.reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
  );
  assert.equal(archive.moments[0].step, 0);
});

test("the past is thinned with its age", () => {
  const archive = new Archive(100_000);
  for (let step = 0; step < 5000; step += 1) archive.push(frame(step));
  const kept = steps(archive);
  const gaps = kept.slice(1).map((step, i) => step - kept[i]);
  assert.equal(gaps.at(-1), 1);
  assert.ok(gaps[0] >= 64, `${gaps}`);
});

test("another budget holds at once, and for all that comes after", () => {
  const archive = new Archive(100_000);
  for (let step = 0; step < 80; step += 1) archive.push(frame(step));
  archive.resize(20_000);
  assert.ok(archive.bytes <= 20_000);
  assert.deepEqual([steps(archive)[0], steps(archive).at(-1)], [0, 79]);
  archive.resize(100_000);
  for (let step = 80; step < 200; step += 1) archive.push(frame(step));
  assert.ok(archive.bytes > 20_000 && archive.bytes <= 100_000);
});

test("a budget of less than two frames holds the two that matter", () => {
  const archive = new Archive(10);
  for (let step = 0; step < 20; step += 1) archive.push(frame(step));
  assert.deepEqual(steps(archive), [0, 19]);
});

test("an edit replaces its moment, and a run that goes back forgets what came later", () => {
  const archive = new Archive();
  for (let step = 0; step < 10; step += 1) archive.push(frame(step));
  const edited = frame(9, 5);
  archive.push(edited);
  assert.equal(archive.at(99)?.buffer, edited.buffer);
  archive.push(frame(4));
  assert.deepEqual(steps(archive), [0, 1, 2, 3, 4]);
});
