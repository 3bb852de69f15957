/** The editor of a reader's own points: a table as text, which is what counts, and a plane to draw in. */

import { outsiders, PlaneDrawing } from "../draw/plane.js";
import { withPoints } from "../experiment.js";
import { gettext, ngettext } from "../i18n.js";
import { fittingClasses, linesOf, readPoints, relabelled, writePoint } from "../points.js";
import { createBrush } from "./points-brush.js";

/** @typedef {import("../store.js").App} App */
/** @typedef {import("../points.js").Point} Point */

const FAULTS_SHOWN = 5;
/** Copied data have this many digits after the point: enough for a picture, short enough to read. */
const COPIED_DIGITS = 3;
const WHOLE_PERCENT = 100;

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @returns {{prepare: () => void}} when the dialog opens
 */
export function createPoints(root, app) {
  const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (root.querySelector(`#points-${id}`));
  const dialog = /** @type {HTMLDialogElement} */ (root.querySelector("#points"));
  const editor = /** @type {HTMLFieldSetElement} */ (part("editor"));
  const text = /** @type {HTMLTextAreaElement} */ (part("text"));
  const all = /** @type {HTMLInputElement} */ (part("all"));
  const use = /** @type {HTMLButtonElement} */ (part("use"));
  const canvas = /** @type {HTMLCanvasElement} */ (part("plane"));
  const plane = new PlaneDrawing(canvas);
  const { limits, class_labels: labelsOf, default: standard } = app.facts.experiment;
  const brush = createBrush(root, app, relabel);
  /** The points that the text was made from, to know when others have come. */
  let written = /** @type {Point[]|null} */ (null);
  let problem = "";

  text.addEventListener("input", () => {
    if (problem === "classification") brush.show(fittingClasses(text.value, labelsOf, brush.classes()));
    show();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !use.disabled) apply();
  });
  part("copy").addEventListener("click", () => {
    const { data, experiment } = app.store.state;
    if (!data) return;
    brush.show(experiment.classes);
    rewrite(presentPoints(data));
  });
  part("clear").addEventListener("click", () => {
    rewrite([]);
    text.focus();
  });
  use.addEventListener("click", apply);
  canvas.addEventListener("click", (event) => (event.shiftKey ? takeAway(event) : add(event)));
  canvas.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    takeAway(event);
  });
  app.store.subscribe(["theme"], () => dialog.open && show());

  function read(classes = brush.classes()) {
    return readPoints(text.value, {
      regression: problem === "regression",
      labels: labelsOf[classes],
      range: limits.coordinate,
      count: limits.points,
    });
  }

  /**
   * @param {number} before how many classes
   * @param {number} after
   */
  function relabel(before, after) {
    const lines = linesOf(text.value);
    for (const { line, point } of read(before).entries) {
      lines[line - 1] = writePoint(relabelled(point, labelsOf[before], labelsOf[after]));
    }
    text.value = lines.join("\n");
    show();
  }

  /** @param {Point[]} points */
  function rewrite(points) {
    text.value = points.map(writePoint).join("\n");
    show();
  }

  /** @param {MouseEvent} event */
  function add({ offsetX, offsetY }) {
    const [x1, x2] = plane.pointAt(offsetX, offsetY);
    const before = text.value.trimEnd();
    text.value = `${before}${before && "\n"}${writePoint([x1, x2, brush.target()])}`;
    text.scrollTop = text.scrollHeight;
    show();
  }

  /** @param {MouseEvent} event */
  function takeAway({ offsetX, offsetY }) {
    const { entries } = read();
    const near = plane.nearest(entries.map(({ point }) => point), offsetX, offsetY);
    if (near < 0) return;
    const lines = linesOf(text.value);
    lines.splice(entries[near].line - 1, 1);
    text.value = lines.join("\n");
    show();
  }

  function show() {
    const { entries, faults } = read();
    const points = entries.map(({ point }) => point);
    const { theme } = app.store.state;
    const scene = { points, classes: brush.classes(), theme };
    plane.draw({ ...scene, problem: problem === "regression" ? "regression" : "classification" });
    part("count").textContent = summary(points, faults.length);
    const shown = faults.slice(0, FAULTS_SHOWN);
    if (faults.length > shown.length) {
      const n = faults.length - shown.length;
      shown.push(ngettext("and %(n)s more", "and %(n)s more", n));
    }
    part("faults").replaceChildren(...shown.map((fault) => item(root.ownerDocument, fault)));
    use.disabled = faults.length > 0 || points.length < limits.points[0];
  }

  function apply() {
    const points = read().entries.map(({ point }) => point);
    const { experiment } = app.store.state;
    const kept = experiment.train_percent < WHOLE_PERCENT ? experiment.train_percent : standard.train_percent;
    written = points;
    dialog.close();
    app.change(withPoints(experiment, points, brush.classes(), all.checked ? WHOLE_PERCENT : kept));
  }

  return {
    prepare() {
      const { experiment } = app.store.state;
      const other = JSON.stringify(experiment.points) !== JSON.stringify(written);
      if (experiment.problem !== problem || other) {
        written = experiment.points;
        all.checked = !written || experiment.train_percent === WHOLE_PERCENT;
        text.value = (written ?? []).map(writePoint).join("\n");
      }
      problem = experiment.problem;
      brush.prepare(problem, written ? experiment.classes : brush.classes());
      show();
      // Before, what was typed while the editor was loading would have been lost.
      editor.disabled = false;
      text.focus();
    },
  };
}

/**
 * All points of the present data set, rounded.
 * @param {import("../frame.js").Frame} data
 * @returns {Point[]}
 */
function presentPoints(data) {
  const points = data.tensor("points");
  const short = (/** @type {number} */ value) => Number(value.toFixed(COPIED_DIGITS));
  return Array.from(data.tensor("targets"), (target, i) => [
    short(Number(points[2 * i])),
    short(Number(points[2 * i + 1])),
    short(Number(target)),
  ]);
}

/**
 * @param {Point[]} points
 * @param {number} faults
 */
function summary(points, faults) {
  const parts = [
    points.length === 0
      ? gettext("No points yet.")
      : ngettext("%(n)s point.", "%(n)s points.", points.length),
  ];
  if (faults > 0) parts.push(ngettext("%(n)s fault:", "%(n)s faults:", faults));
  const outside = outsiders(points);
  if (outside > 0) {
    parts.push(
      ngettext(
        "%(n)s lies outside of the map, which goes from −6 to 6.",
        "%(n)s lie outside of the map, which goes from −6 to 6.",
        outside,
      ),
    );
  }
  return parts.join(" ");
}

/**
 * @param {Document} document
 * @param {string} text
 */
function item(document, text) {
  const element = document.createElement("li");
  element.textContent = text;
  return element;
}
