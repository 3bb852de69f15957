import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { gettext, ngettext, useCatalogue } from "../../static/js/i18n.js";

afterEach(() => useCatalogue({}));

test("without a catalogue the English msgid is the text", () => {
  assert.equal(gettext("Reset"), "Reset");
});

test("a translation takes values by name, in its own order", () => {
  useCatalogue({ "%(a)s of %(b)s": "%(b)s 之 %(a)s" });

  assert.equal(gettext("%(a)s of %(b)s", { a: 1, b: 2 }), "2 之 1");
});

test("a value that is not given stays visible as its name", () => {
  assert.equal(gettext("epoch %(n)s", {}), "epoch %(n)s");
});

test("between Chinese characters no space is left around a value", () => {
  useCatalogue({ "bias of %(place)s": "%(place)s 的偏置", "%(a)s to %(b)s": "从 %(a)s 到 %(b)s。" });

  assert.equal(gettext("bias of %(place)s", { place: "输出" }), "输出的偏置");
  assert.equal(gettext("bias of %(place)s", { place: "神经元 1" }), "神经元 1 的偏置");
  assert.equal(gettext("%(a)s to %(b)s", { a: "输出", b: "x₁" }), "从输出到 x₁。");
});

test("English has two forms, Chinese one", () => {
  assert.equal(ngettext("%(n)s epoch", "%(n)s epochs", 1), "1 epoch");
  assert.equal(ngettext("%(n)s epoch", "%(n)s epochs", 2), "2 epochs");
  useCatalogue({ "%(n)s epoch": "%(n)s 轮" });
  assert.equal(ngettext("%(n)s epoch", "%(n)s epochs", 2), "2 轮");
});
