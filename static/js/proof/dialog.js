/** The gradient check in full: every parameter with both opinions on it, side by side. */

import { gettext, ngettext } from "../i18n.js";
import { parameterLabel } from "../labels.js";
import { selectionAt } from "../parameters.js";
import { withPower } from "../scales.js";
import { roughly, sentenceOf } from "./sentence.js";
import { MOST_ERROR, orderBy, toCsv, verdictOf } from "./verdict.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../frame.js").Frame} Frame */
/** @typedef {import("./verdict.js").Column} Column */

const ROW_PX = 26;
/** Rows above and below what is seen, so that scrolling never shows a gap. */
const SPARE_ROWS = 12;
const DIGITS = 9;
const COPIED_MS = 1600;

/** @returns {[Column, string][]} */
const columns = () => [
  ["place", gettext("Weight or bias")],
  ["analytic", gettext("Analytic")],
  ["numeric", gettext("Numeric")],
  ["error", gettext("Relative error")],
];

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @returns {{open: (message: Frame|null, busy: boolean) => void, show: (message: Frame) => void}}
 */
export function createDialog(root, app) {
  const dialog = build(root);
  const part = (/** @type {string} */ name) =>
    /** @type {HTMLElement} */ (dialog.querySelector(`.proof-${name}`));
  const scroller = part("table");
  const body = /** @type {HTMLElement} */ (dialog.querySelector("tbody"));
  /** @type {Frame|null} */
  let message = null;
  /** @type {Column} */
  let sorted = "error";
  /** @type {number[]} */
  let order = [];

  dialog.addEventListener("click", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (target === dialog || target.closest("[data-close]")) dialog.close();
    const column = target.closest("th")?.dataset.column;
    if (column) sortBy(/** @type {Column} */ (column));
  });
  scroller.addEventListener("scroll", fill);
  part("copy").addEventListener("click", copy);

  /** @param {Column} column */
  function sortBy(column) {
    sorted = column;
    order = message ? orderBy(message, column) : [];
    for (const head of dialog.querySelectorAll("th")) {
      const mine = head.dataset.column === column;
      head.setAttribute("aria-sort", mine ? (column === "place" ? "ascending" : "descending") : "none");
    }
    scroller.scrollTop = 0;
    fill();
  }

  /** Builds the rows that are in sight: of 11,000 the others would only cost time. */
  function fill() {
    if (!message) return;
    const seen = Math.ceil((scroller.clientHeight || 400) / ROW_PX);
    const first = Math.max(0, Math.floor(scroller.scrollTop / ROW_PX) - SPARE_ROWS);
    const last = Math.min(order.length, first + seen + 2 * SPARE_ROWS);
    const rows = order.slice(first, last).map((index, i) => row(index, first + i));
    body.replaceChildren(space(first), ...rows, space(order.length - last));
  }

  /**
   * @param {number} index of the parameter
   * @param {number} position in the table
   */
  function row(index, position) {
    const { shape, experiment } = app.store.state;
    const shown = /** @type {Frame} */ (message);
    const kink = shown.tensor("at_kink")[index] === 1;
    const error = shown.tensor("relative_error")[index];
    const element = document.createElement("tr");
    element.setAttribute("aria-rowindex", String(position + 2));
    element.toggleAttribute("data-kink", kink);
    element.toggleAttribute("data-differs", !kink && error > MOST_ERROR);
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = parameterLabel(selectionAt(shape, index), shape, experiment.features);
    const texts = [
      digits(shown.tensor("analytic")[index]),
      digits(shown.tensor("numeric")[index]),
      kink ? gettext("at a kink") : Number.isFinite(error) ? roughly(error) : "–",
    ];
    element.append(head, ...texts.map((text) => cell(text)));
    return element;
  }

  function copy() {
    if (!message) return;
    const button = part("copy");
    const label = gettext("Copy as CSV");
    const done = (/** @type {string} */ text) => {
      button.textContent = text;
      setTimeout(() => {
        button.textContent = label;
      }, COPIED_MS);
    };
    const csv = toCsv(message, app.store.state.shape);
    // Over plain http from another machine there is no clipboard: the page says so.
    if (!navigator.clipboard) done(gettext("The browser does not allow it"));
    else
      navigator.clipboard.writeText(csv).then(
        () => done(gettext("Copied")),
        () => done(gettext("The browser does not allow it")),
      );
  }

  /** @param {Frame} next */
  function show(next) {
    const { run, shape, experiment } = app.store.state;
    if (!dialog.open || next.scalar("run") !== run) return;
    message = next;
    const verdict = verdictOf(next);
    part("verdict").textContent = sentenceOf(verdict, shape, experiment.features);
    part("verdict").toggleAttribute("data-differs", verdict.kind === "differ");
    part("rows").textContent = ngettext(
      "Both are the mean over %(n)s example of the batch to come, without the penalty.",
      "Both are the mean over %(n)s examples of the batch to come, without the penalty.",
      verdict.rows,
    );
    dialog.querySelector("table")?.setAttribute("aria-rowcount", String(verdict.size + 1));
    sortBy(sorted);
  }

  return {
    open(newest, busy) {
      dialog.showModal();
      if (newest) show(newest);
      else part("verdict").textContent = busy ? gettext("checking …") : "";
    },
    show,
  };
}

/** @param {HTMLElement} root */
function build(root) {
  const dialog = document.createElement("dialog");
  dialog.id = "proof-dialog";
  dialog.className = "wide";
  dialog.setAttribute("aria-labelledby", "proof-title");
  dialog.innerHTML = `
    <div class="dialog-head"><h2 id="proof-title"></h2><button type="button" class="close" data-close>×</button></div>
    <div class="dialog-body">
      <p class="proof-what"></p>
      <p class="proof-verdict" role="status"></p>
      <div class="proof-table" tabindex="0"><table><thead><tr></tr></thead><tbody></tbody></table></div>
      <div class="proof-foot"><p class="proof-rows soft"></p><button type="button" class="primary proof-copy"></button></div>
    </div>`;
  const write = (/** @type {string} */ selector, /** @type {string} */ text) => {
    /** @type {HTMLElement} */ (dialog.querySelector(selector)).textContent = text;
  };
  write("#proof-title", gettext("Is the gradient right?"));
  write(
    ".proof-what",
    gettext(
      "Analytic is what backpropagation says. Numeric asks the loss itself: one weight is made a little larger, then a little smaller, and the difference of the losses is divided by that of the weights: (L(w + h) − L(w − h)) / 2h, with h about 10⁻⁵.",
    ),
  );
  write(".proof-copy", gettext("Copy as CSV"));
  dialog.querySelector("[data-close]")?.setAttribute("aria-label", gettext("Close"));
  dialog.querySelector(".proof-table")?.setAttribute("aria-label", gettext("All weights and biases"));
  dialog.querySelector("thead tr")?.append(...columns().map(heading));
  root.append(dialog);
  return dialog;
}

/** @param {[Column, string]} column */
function heading([name, label]) {
  const head = document.createElement("th");
  head.scope = "col";
  head.dataset.column = name;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.title = gettext("Sort by this");
  head.append(button);
  return head;
}

/** @param {string} text */
function cell(text) {
  const element = document.createElement("td");
  element.textContent = text;
  return element;
}

/**
 * Room for rows that are not built.
 * @param {number} rows
 */
function space(rows) {
  const element = document.createElement("tr");
  element.setAttribute("aria-hidden", "true");
  element.style.height = `${rows * ROW_PX}px`;
  element.hidden = rows === 0;
  return element;
}

/**
 * A derivative with the digits that two opinions can be compared by.
 * @param {number} value
 */
export function digits(value) {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e5) return value.toPrecision(DIGITS).replace("-", "−");
  return withPower(value, DIGITS - 1);
}
