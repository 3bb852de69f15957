import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { decode } from "../../static/js/frame.js";

const FOLDER = new URL("../vectors/frames/", import.meta.url);
const NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".safetensors"))
  .map((name) => name.replace(".safetensors", ""));

/** @param {string} name */
function golden(name) {
  const bytes = readFileSync(new URL(`${name}.safetensors`, FOLDER));
  /** @type {{metadata: Record<string, string>, tensors: Record<string, {shape: number[], values: unknown[]}>}} */
  const expected = JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), "utf-8"));
  return { buffer: Uint8Array.from(bytes).buffer, expected };
}

for (const name of NAMES) {
  test(`the golden message ${name} is read as the server meant it`, () => {
    const { buffer, expected } = golden(name);
    const frame = decode(buffer);
    assert.deepEqual({ ...frame.metadata }, expected.metadata);
    assert.equal(frame.kind, expected.metadata.kind);
    for (const [tensor, { shape, values }] of Object.entries(expected.tensors)) {
      assert.deepEqual(frame.shape(tensor), shape);
      assert.deepEqual(
        Array.from(frame.tensor(tensor), (value) => Number(value)),
        values.flat(Infinity).map(Number),
        tensor,
      );
    }
  });

  test(`${name} cut anywhere is refused, with the header known or not`, () => {
    const { buffer } = golden(name);
    decode(buffer);
    for (let length = 0; length < buffer.byteLength; length += 1) {
      assert.throws(() => decode(buffer.slice(0, length)), RangeError, `${length} bytes`);
    }
  });
}

test("a scalar is found by its name, and an unknown name is refused", () => {
  const { buffer, expected } = golden("frame");
  const frame = decode(buffer);
  const names = expected.metadata.scalars.split(",");
  for (const [i, name] of names.entries()) {
    assert.equal(frame.scalar(name), Number(expected.tensors.scalars.values[i]));
  }
  assert.throws(() => frame.scalar("nothing"), RangeError);
  assert.throws(() => frame.tensor("nothing"), RangeError);
  assert.equal(frame.has("nothing"), false);
});

test("a tensor is a view of the bytes that came, not a copy", () => {
  const { buffer } = golden("frame");
  assert.equal(decode(buffer).tensor("parameters").buffer, buffer);
});

test("another header of the same length is read for itself", () => {
  const text = (/** @type {string} */ kind) =>
    JSON.stringify({ __metadata__: { kind }, a: { dtype: "U8", shape: [1], data_offsets: [0, 1] } });
  const message = (/** @type {string} */ kind) => {
    const header = new TextEncoder().encode(text(kind));
    const bytes = new Uint8Array(8 + header.length + 1);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
    bytes.set(header, 8);
    return bytes.buffer;
  };
  assert.equal(decode(message("frame")).kind, "frame");
  assert.equal(decode(message("fraud")).kind, "fraud");
});
