/** The lines of NumPy that compute the update, beside the picture: the one that is carried out is lit. */

import { gettext, ngettext } from "../i18n.js";
import { make, makeButton, makeDialog } from "./elements.js";
import { givenOfBatch, lineStates, piecesOf } from "./lines.js";
import { phaseLabels } from "./words.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../dissection.js").Dissection} Dissection */
/** @typedef {import("../dissection.js").Program} Program */
/** @typedef {import("./lines.js").LineState} LineState */

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {import("../panels/microscope.js").Loan} loan
 */
export function createProgram(root, app, { add }) {
  const { ownerDocument: document } = root;
  const place = /** @type {HTMLElement} */ (root.querySelector("#program"));
  const whole = new WholeProgram(root);
  const head = make(document, "div", "group-head");
  const title = make(document, "h2", "");
  const open = makeButton(document, "quiet", gettext("all lines"), () => whole.open());
  open.title = gettext("All lines at their full length, with the functions that they call");
  head.append(title, open);
  const list = make(document, "ol", "lines");
  list.tabIndex = 0;
  list.setAttribute("aria-label", gettext("The update's lines of NumPy"));
  place.append(head, list);
  let written = "";
  /** Whether another line runs than the one that the list was scrolled to. */
  let moved = false;
  // With the pictures, when all panels have written what they show: the page is laid out once.
  add({
    draw() {
      if (moved && list.clientHeight > 0) keepInView(list);
      moved = false;
    },
    every_ms: 0,
    moves: false,
  });

  app.store.subscribe(["walk", "grain"], ({ walk, grain }) => {
    place.hidden = walk === null;
    if (!walk || grain === null) return;
    const { dissection } = walk;
    const { program } = dissection.message.metadata;
    if (program !== written) {
      list.replaceChildren(...dissection.program.lines.map((line) => lineElement(document, line.text)));
      whole.write(dissection);
      written = program;
    }
    const states = lineStates(walk, grain);
    const now = states.filter((state) => state === "now").length;
    title.textContent = now === 0
      ? gettext("Lines to come")
      : ngettext("Line that runs", "Lines that run", now);
    for (const lines of [list, whole.lines]) mark([...lines.querySelectorAll("li")], states, dissection);
    moved = true;
    app.redraw();
  });
}

/**
 * @param {Document} document
 * @param {string} text
 */
function lineElement(document, text) {
  const element = make(document, "li", "");
  element.title = text;
  const code = make(document, "code", "");
  code.append(...piecesOf(text).map((piece) => make(document, "span", piece.kind, piece.text)));
  element.append(code);
  return element;
}

/**
 * @param {HTMLElement[]} elements
 * @param {LineState[]} states
 * @param {Dissection} dissection
 */
function mark(elements, states, { phases, program }) {
  for (const [i, element] of elements.entries()) {
    element.dataset.state = states[i];
    element.dataset.phase = phases[program.lines[i].phase];
    if (states[i] === "now") element.setAttribute("aria-current", "step");
    else element.removeAttribute("aria-current");
  }
}

/**
 * Scrolls the list, and never the page, so that what runs is seen with a line before and after it.
 * @param {HTMLElement} list
 */
function keepInView(list) {
  const lit = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('[data-state="now"]')]);
  list.scrollLeft = 0;
  if (lit.length === 0) {
    list.scrollTop = 0;
    return;
  }
  const [first, last] = [lit[0], lit[lit.length - 1]];
  const spare = first.offsetHeight;
  const top = first.offsetTop - spare;
  const bottom = last.offsetTop + last.offsetHeight + spare;
  if (bottom - top > list.clientHeight || top < list.scrollTop) list.scrollTop = top;
  else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
}

/** The program in a dialog: its functions, what is set up, and the lines, phase by phase. */
class WholeProgram {
  /** @param {HTMLElement} root */
  constructor(root) {
    const { dialog, title, body } = makeDialog(root, "program-dialog");
    this.dialog = dialog;
    this.body = body;
    title.textContent = gettext("The program of this update");
    this.lines = make(root.ownerDocument, "div", "whole-lines");
  }

  open() {
    this.dialog.showModal();
    const lit = /** @type {HTMLElement|null} */ (this.dialog.querySelector('[data-state="now"]'));
    if (lit) this.dialog.scrollTop = lit.offsetTop - this.dialog.clientHeight / 2;
  }

  /** @param {Dissection} dissection */
  write(dissection) {
    const { ownerDocument: document } = this.dialog;
    const { program, phases } = dissection;
    const heading = (/** @type {string} */ text) => make(document, "h3", "", text);
    const code = (/** @type {string[]} */ parts, /** @type {string} */ between) =>
      make(document, "pre", "code", parts.join(between));
    this.lines.replaceChildren(
      ...phases.flatMap((phase, number) => {
        const list = make(document, "ol", "lines whole");
        const mine = program.lines.filter((line) => line.phase === number);
        list.append(...mine.map((line) => lineElement(document, line.text)));
        return [heading(phaseLabels()[phase]), list];
      }),
    );
    const note = noteOf(program);
    this.body.replaceChildren(
      make(document, "p", "", gettext("Run in this order they compute every number that the page shows of this update. X holds the examples, a row each, y their targets; W[2] is the matrix of the second layer.")),
      ...(note ? [make(document, "p", "", note)] : []),
      this.lines,
      heading(gettext("Before the first line")),
      code(program.setup, "\n"),
      heading(gettext("The functions")),
      code(program.definitions, "\n\n"),
    );
  }
}

/** @param {Program} program */
function noteOf(program) {
  return {
    others: gettext("X holds the one example that is traced. The update is the whole batch's: others is the sum of the gradients of its other examples, batch_rows how many examples it has."),
    batch_gradient: gettext("X holds the one example that is traced. The update does not learn from it: batch_gradient is the mean gradient of the batch."),
    none: "",
  }[givenOfBatch(program) ?? "none"];
}
