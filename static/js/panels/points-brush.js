/** What the next drawn point will be: its class and how many classes there are, or its value. */

import { colours } from "../palette.js";
import { looksOf } from "../draw/points.js";
import { traceMark } from "../draw/marks.js";
import { fit } from "../draw/canvas.js";
import { typeset } from "../points.js";

/** @typedef {import("../store.js").App} App */

const MARK_PX = 4;

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {(before: number, after: number) => void} onClasses the reader chose another number of them
 */
export function createBrush(root, app, onClasses) {
  const group = /** @type {HTMLElement} */ (root.querySelector("#points-brush"));
  const count = /** @type {HTMLInputElement} */ (root.querySelector("#points-classes"));
  const value = /** @type {HTMLInputElement} */ (root.querySelector("#points-target"));
  const { limits, class_labels: labelsOf } = app.facts.experiment;
  const [fewest, most] = limits.classes;
  let classes = fewest;
  let regression = false;
  [count.min, count.max] = [String(fewest), String(most)];
  [value.min, value.max] = limits.coordinate.map(String);
  count.addEventListener("change", () => {
    const wanted = Math.round(count.valueAsNumber);
    const before = classes;
    show(wanted >= fewest && wanted <= most ? wanted : classes);
    if (classes !== before) onClasses(before, classes);
  });
  app.store.subscribe(["theme"], paint);

  /** @param {number} wanted */
  function show(wanted) {
    count.value = String(wanted);
    if (wanted === classes && group.childElementCount > 0) return;
    const chosen = place();
    classes = wanted;
    const labels = labelsOf[classes];
    group.replaceChildren(...labels.map((label, i) => choice(label, i === Math.min(chosen, labels.length - 1))));
    paint();
  }

  /** Which of the classes is chosen, from 0. */
  function place() {
    return Math.max(0, [...group.querySelectorAll("input")].findIndex(({ checked }) => checked));
  }

  /**
   * @param {number} label
   * @param {boolean} chosen
   */
  function choice(label, chosen) {
    const document = group.ownerDocument;
    const element = document.createElement("label");
    const input = document.createElement("input");
    [input.type, input.name, input.value, input.checked] = ["radio", "points-class", String(label), chosen];
    const face = document.createElement("span");
    face.append(document.createElement("canvas"), typeset(label));
    element.append(input, face);
    return element;
  }

  function paint() {
    const { theme } = app.store.state;
    const looks = looksOf({ theme, problem: "classification", classes }, 1);
    for (const input of group.querySelectorAll("input")) {
      const canvas = /** @type {HTMLCanvasElement} */ (input.parentElement?.querySelector("canvas"));
      const { context, width, height } = fit(canvas, window.devicePixelRatio || 1);
      const { mark, colour } = looks(Number(input.value));
      context.clearRect(0, 0, width, height);
      context.fillStyle = colour;
      context.strokeStyle = colours(theme).panel;
      context.beginPath();
      traceMark(context, mark, width / 2, height / 2, MARK_PX);
      context.fill();
      context.stroke();
    }
  }

  return {
    classes: () => classes,
    /** The target of the next point. */
    target: () => (regression ? value.valueAsNumber || 0 : labelsOf[classes][place()]),
    show,
    /**
     * @param {string} problem
     * @param {number} wanted
     */
    prepare(problem, wanted) {
      regression = problem === "regression";
      value.closest("label")?.toggleAttribute("hidden", !regression);
      count.closest("label")?.toggleAttribute("hidden", regression);
      group.hidden = regression;
      show(wanted);
      paint();
    },
  };
}
