import assert from "node:assert/strict";
import { test } from "node:test";

import { marked, numbersIn, pieces } from "../../static/js/graph/highlight.js";
import { fromLink, toLink } from "../../static/js/graph/link.js";
import { dragged, offsetOf, replaceAt, withPoint } from "../../static/js/graph/numbers.js";

test("pieces of a text lose and repeat no character", () => {
  for (const text of ['x = 1e-3 # 注释 "a"\ny = f\'{x:.2f}\' @ z', "'unfinished", "", "\r\n\t", "🙂 = .5"]) {
    assert.equal(pieces(text).map(({ start, end }) => text.slice(start, end)).join(""), text);
  }
});

test("comments, numbers, keywords and calls are told apart", () => {
  const kinds = marked("for i in range(10):  # ten", []).map(({ kind, text }) => `${kind} ${text}`);

  assert.ok(kinds.includes("keyword for"));
  assert.ok(kinds.includes("call range"));
  assert.ok(kinds.includes("number 10"));
  assert.ok(kinds.includes("comment # ten"));
});

test("marks cut pieces at their ends", () => {
  const found = marked("abc + de", [{ start: 1, end: 7, mark: "current" }]);
  const inside = found.filter(({ marks }) => marks.length > 0).map(({ text }) => text).join("");

  assert.equal(inside, "bc + d");
  assert.equal(found.map(({ text }) => text).join(""), "abc + de");
});

test("a number to drag has the sign that belongs to it, and no minus that subtracts", () => {
  const text = "-1.0\nx = -2.5e-3 - 4 * (-3)\nv[-1] = f(y -5, 2--6) # 7\n'8'";

  assert.deepEqual(
    numbersIn(text).map(([start, end]) => text.slice(start, end)),
    ["-1.0", "-2.5e-3", "4", "-3", "-1", "5", "2", "-6"],
  );
});

test("columns count characters, also those of two UTF-16 units, and any line end", () => {
  const text = "🙂 = 1\r\n权 = 22\nx";

  assert.equal(text.slice(offsetOf(text, 1, 4)).startsWith("1"), true);
  assert.equal(text.slice(offsetOf(text, 2, 4)).startsWith("22"), true);
  const span = { line: 2, column: 4, end_line: 2, end_column: 6 };
  assert.equal(replaceAt(text, span, "3.5"), "🙂 = 1\r\n权 = 3.5\nx");
});

test("a drag moves a number in steps of its own size, and stays readable", () => {
  assert.equal(dragged("2.0", 0), "2.0");
  assert.equal(dragged("2.0", 25), "2.5");
  assert.equal(dragged("2.0", -150), "-1.0");
  assert.equal(dragged("0.001", 10), "0.003");
  assert.equal(dragged("2.0", 10, { fine: true }), "2.02");
  assert.equal(dragged("10", 10, { whole: true }), "12");
  assert.equal(dragged("10", 10), "12.0");
  assert.equal(dragged("- 4.0", 5), "-3.9");
  assert.equal(dragged("x", 50), "x");
});

test("numbers are written as a program needs them", () => {
  assert.deepEqual([2, -0, 0.1, 1e21].map(withPoint), ["2.0", "0.0", "0.1", "1e+21"]);
});

const examples = [
  { name: "first", code: "x = 1.0\n" },
  { name: "second", code: "y = 2.0\n" },
];

test("a link carries any text, and comes back the same", async () => {
  for (const text of ["权重 = 2.0 # 🙂\n", "a & b = c + %20 #", "y = 2.0\n", "x"]) {
    const state = { text, position: 3, rate: 0.5, folding: /** @type {const} */ ("off") };
    const link = await toLink(state, examples);

    assert.deepEqual(await fromLink(link, examples), state);
    assert.match(link, /^[\w=&.-]+$/);
  }
});

test("an example is named, and what is as usual is left out", async () => {
  const state = { text: "y = 2.0\n", position: null, rate: 0.01, folding: /** @type {const} */ ("auto") };

  assert.equal(await toLink(state, examples), "example=second");
});

test("a broken link opens the first example", async () => {
  for (const link of ["", "code=z!!!", "code=zAAAA", "example=none&step=-4&rate=x&fold=maybe"]) {
    const { text, position, rate, folding } = await fromLink(link, examples);

    assert.deepEqual([text, position, rate, folding], ["x = 1.0\n", null, 0.01, "auto"]);
  }
});

test("a plain text may stand in a link that was written by hand", async () => {
  const { text } = await fromLink(`code=t${encodeURIComponent("z = 1 + 2")}`, examples);

  assert.equal(text, "z = 1 + 2");
});
