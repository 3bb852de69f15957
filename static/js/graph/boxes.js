/** The boxes of the picture: an operation or a number, with its value and its gradient. */

import { colours } from "../palette.js";
import { figure, plainName } from "./answer.js";
import { buildCells, paintCells } from "./cells.js";
import { gradientInk, gradientLook } from "./looks.js";
import { set, svg } from "./shapes.js";

/** @typedef {import("../palette.js").Theme} Theme */
/** @typedef {import("./answer.js").Box} Box */
/** @typedef {import("./answer.js").Node} Node */
/** @typedef {import("./picture.js").Scene} Scene */
/** @typedef {{box: Box, group: SVGElement, frame: SVGElement, texts: Record<string, SVGElement>}} DrawnBox */

const STRIP = { most: 28, height: 9 };

/**
 * @param {Box} box
 * @param {Node|null} node null for a fold
 * @param {import("./answer.js").Drawing} picture
 * @returns {DrawnBox}
 */
export function buildBox(box, node, picture) {
  const { x, y, width, height } = box;
  const group = svg("g", {
    transform: `translate(${x - width / 2} ${y - height / 2})`,
    role: "button",
    tabindex: -1,
    "data-box": box.id,
    class: node?.literals?.length === 1 ? "box draggable" : "box",
  });
  const radius = picture.manner === "light" ? 4 : 7;
  const frame = svg("rect", { width, height, rx: radius });
  /** @type {Record<string, SVGElement>} */
  const texts = {};
  if (picture.manner === "light" || !node) {
    texts.symbol = svg("text", { x: width / 2, y: height / 2, "text-anchor": "middle", "dominant-baseline": "central", "font-size": picture.manner === "light" ? 11 : 13 });
    if (!node) texts.strip = svg("g");
  } else {
    const { head } = box;
    texts.symbol = svg("text", { x: head / 2 + 2, y: height / 2, "text-anchor": "middle", "dominant-baseline": "central", "font-size": 14 });
    if (box.cells) {
      texts.value = svg("text", { x: (width + head) / 2, y: 12, "text-anchor": "middle", "dominant-baseline": "central", "font-size": 10.5 });
      texts.cells = buildCells(box, node);
    } else {
      texts.value = svg("text", { x: width - 9, y: height * 0.31, "text-anchor": "end", "dominant-baseline": "central", "font-size": 12.5 });
      texts.gradient = svg("text", { x: width - 9, y: height * 0.7, "text-anchor": "end", "dominant-baseline": "central", "font-size": 11.5, "font-weight": 600 });
    }
    texts.rule = svg("path", { d: head > 0 ? `M${head + 2} 7V${height - 7}` : "M0 0", "stroke-width": 1 });
    if (node.kind !== "variable") {
      const [size, weight, style] = node.label ? [13, 700, "normal"] : [11.5, 400, "italic"];
      texts.name = svg("text", { x: width / 2, y: -8, "text-anchor": "middle", "font-size": size, "font-weight": weight, "font-style": style });
    }
    texts.arrived = svg("g");
  }
  group.append(...(node ? [] : [svg("rect", { width, height, rx: radius, x: 4, y: -4, class: "behind" })]), frame, ...Object.values(texts).flatMap((text) => [text, " "]));
  return { box, group, frame, texts };
}

/**
 * @param {DrawnBox} drawn
 * @param {Scene} scene
 */
export function paintBox(drawn, scene) {
  const { steps, position, selected, theme } = scene;
  const { box, group, frame, texts } = drawn;
  const palette = colours(theme);
  if (typeof box.id === "string") {
    paintFold(drawn, scene);
    return;
  }
  const node = scene.graph.nodes[box.id];
  const known = steps.knowsValue(node.id, position);
  const { gradient, arrived, expected } = steps.gradient(node.id, position);
  const look = gradientLook(gradient, theme);
  const current = steps.current(position)?.node === node.id;
  set(frame, {
    fill: gradient === null ? (node.kind === "constant" ? palette.paper : palette.panel) : look.fill,
    stroke: current || selected === box.id ? palette.ink : look.line,
    "stroke-width": current || selected === box.id ? 2.4 : look.width,
    "stroke-dasharray": current || selected === box.id ? "none" : look.dash,
  });
  set(group, { opacity: known ? 1 : 0.55 });
  const name = scene.names[node.id];
  write(texts.symbol, node.kind === "result" ? node.symbol ?? "" : node.label ? plainName(name) : "");
  set(texts.symbol, {
    fill: palette.ink,
    "font-weight": node.kind === "variable" ? 700 : 400,
  });
  paintNumbers(drawn, node, scene, { gradient, arrived, expected, known });
  group.setAttribute("aria-label", spoken(drawn, node, scene));
}

/**
 * @param {DrawnBox} drawn
 * @param {Node} node
 * @param {Scene} scene
 * @param {{gradient: any, arrived: number, expected: number, known: boolean}} state
 */
function paintNumbers({ box, texts }, node, { theme, names }, { gradient, arrived, expected, known }) {
  if (!texts.value) return;
  const palette = colours(theme);
  set(texts.rule, { stroke: palette.line });
  write(texts.value, known ? figure(node.value, node.shape) : "");
  set(texts.value, { fill: texts.cells ? palette.soft : palette.ink });
  if (texts.cells) paintCells(texts.cells, { value: known ? node.value : null, gradient }, theme);
  if (texts.gradient) {
    write(texts.gradient, gradient === null || gradient === undefined ? (arrived > 0 ? figure(null, node.shape) : "") : figure(gradient, node.shape));
    set(texts.gradient, { fill: gradientInk(gradient, theme) });
  }
  if (texts.name) {
    write(texts.name, plainName(names[node.id]));
    set(texts.name, { fill: node.label ? palette.ink : palette.soft });
  }
  paintArrived(texts.arrived, { arrived, expected, box, theme });
}

/**
 * One dot for each gradient that a node waits for, filled when it has come.
 * @param {SVGElement} group
 * @param {{arrived: number, expected: number, box: Box, theme: Theme}} waiting
 */
function paintArrived(group, { arrived, expected, box, theme }) {
  const shown = expected > 1 && expected <= 8 ? expected : 0;
  while (group.childElementCount > shown) group.lastElementChild?.remove();
  while (group.childElementCount < shown) {
    group.append(svg("circle", { r: 2.6, cx: box.width - 10 - 8 * group.childElementCount, cy: box.height + 6, "stroke-width": 1.2 }));
  }
  const { soft } = colours(theme);
  for (const [i, dot] of [...group.children].entries()) {
    set(dot, { stroke: soft, fill: shown - 1 - i < arrived ? soft : "none" });
  }
}

/**
 * @param {DrawnBox} drawn
 * @param {Scene} scene
 */
function paintFold({ box, group, frame, texts }, { graph, picture, steps, position, selected, theme }) {
  const palette = colours(theme);
  const { count, kind, members } = picture.folds[box.id];
  set(frame, { fill: palette.panel, stroke: selected === box.id ? palette.ink : palette.soft, "stroke-width": selected === box.id ? 2.4 : 1.2 });
  set(/** @type {Element} */ (group.querySelector(".behind")), { fill: palette.panel, stroke: palette.soft, "stroke-width": 1 });
  const results = members.filter((id) => graph.nodes[id].kind === "result");
  const symbols = [...new Set(results.map((id) => graph.nodes[id].symbol))].slice(0, 3).join(" ");
  write(texts.symbol, kind === "turns" ? `${count} × ( ${symbols} )` : `${symbols} … ${count}`);
  set(texts.symbol, { fill: palette.ink, ...(picture.manner === "full" ? { y: box.height * 0.36 } : {}) });
  group.setAttribute("aria-label", `${texts.symbol.textContent}`);
  if (picture.manner === "light") return;
  const every = Math.ceil(results.length / STRIP.most);
  const shown = results.filter((_, i) => i % every === 0);
  const width = (box.width - 16) / shown.length;
  texts.strip.replaceChildren(...shown.map((id, i) => {
    const { gradient } = steps.gradient(id, position);
    const { line } = gradientLook(gradient, theme);
    return svg("rect", { x: 8 + i * width, y: box.height - STRIP.height - 6, width: Math.max(1, width - 0.6), height: STRIP.height, fill: line, stroke: "none" });
  }));
}

/**
 * @param {SVGElement} element
 * @param {string} text
 */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * A box in words, for screen readers: what it shows, and what it has no room to show.
 * @param {DrawnBox} drawn
 * @param {Node} node
 * @param {Scene} scene
 */
function spoken({ texts }, node, { steps, position, names }) {
  const shown = [texts.symbol, texts.value, texts.gradient, texts.name];
  const words = shown.map((text) => text?.textContent ?? "").filter(Boolean);
  const name = plainName(names[node.id]);
  if (!words.includes(name)) words.push(name);
  if (!texts.value && steps.knowsValue(node.id, position)) {
    words.push(figure(node.value, node.shape));
    const { gradient } = steps.gradient(node.id, position);
    if (gradient !== null && gradient !== undefined) words.push(figure(gradient, node.shape));
  }
  return words.join(" ");
}
