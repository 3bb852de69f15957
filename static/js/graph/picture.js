/** The graph as SVG: boxes with value and gradient, lines that carry both ways. */

import { colours, mix, rgb } from "../palette.js";
import { figure, extent, plainName } from "./answer.js";
import { FACE, gradientLook, set, svg, wayOf } from "./shapes.js";

/** @typedef {import("./answer.js").Box} Box */
/** @typedef {import("./answer.js").Line} Line */
/** @typedef {import("./answer.js").Name} Name */
/** @typedef {import("./answer.js").Node} Node */
/** @typedef {import("./steps.js").Steps} Steps */
/** @typedef {import("../palette.js").Theme} Theme */
/**
 * @typedef {object} Scene
 * @property {import("./answer.js").Graph} graph
 * @property {import("./answer.js").Drawing} picture
 * @property {Steps} steps
 * @property {Name[]} names
 * @property {number} position
 * @property {number|string|null} selected a box
 * @property {Theme} theme
 */
/** @typedef {{box: Box, group: SVGElement, frame: SVGElement, texts: Record<string, SVGElement>}} Drawn */

const STRIP = { most: 28, height: 9 };

export class Picture {
  /** @param {SVGGElement} world what it draws into */
  constructor(world) {
    this.world = world;
    /** @type {Map<number|string, Drawn>} */
    this.boxes = new Map();
    /** @type {{line: Line, base: SVGElement, flow: SVGElement, label: SVGElement}[]} */
    this.lines = [];
    this.shape = "";
  }

  /**
   * Draws a scene: anew where boxes have come, gone or moved, else in place.
   * @param {Scene} scene
   * @returns {boolean} whether the layout is a new one
   */
  draw(scene) {
    const { picture } = scene;
    const shape = JSON.stringify([picture.boxes, picture.folds, scene.graph.nodes.map((node) => [node.label, node.symbol, node.literal !== null])]);
    const fresh = shape !== this.shape;
    if (fresh) this.#build(scene);
    this.shape = shape;
    for (const drawn of this.boxes.values()) paintBox(drawn, scene);
    for (const line of this.lines) this.#paintLine(line, scene);
    return fresh;
  }

  /** @param {Scene} scene */
  #build({ graph, picture }) {
    const lines = svg("g", { fill: "none" });
    const labels = svg("g", { "font-family": FACE, "font-size": 10.5, "text-anchor": "middle" });
    const boxes = svg("g", { "font-family": FACE });
    const places = new Map(picture.boxes.map((box) => [box.id, box]));
    this.boxes = new Map(picture.boxes.map((box) => {
      const node = typeof box.id === "number" ? graph.nodes[box.id] : null;
      const drawn = buildBox(box, node, picture);
      boxes.append(drawn.group);
      return [box.id, drawn];
    }));
    this.lines = picture.lines.map((line) => {
      const [from, to] = [places.get(line.from), places.get(line.to)];
      const edge = graph.edges[line.edges[0]];
      const count = graph.nodes[edge.to].parents.length;
      const lane = count > 1 && typeof line.to === "number" ? (2 * edge.operand) / (count - 1) - 1 : 0;
      const way = wayOf(line, /** @type {Box} */ (from), /** @type {Box} */ (to), lane);
      const base = svg("path", { d: way, "stroke-width": 1.4 });
      const flow = svg("path", { d: way });
      const label = svg("text", { "dominant-baseline": "central" });
      lines.append(base, flow);
      if (picture.manner === "full") labels.append(label);
      return { line, base, flow, label };
    });
    this.world.replaceChildren(lines, boxes, labels);
  }

  /**
   * @param {{line: Line, base: SVGElement, flow: SVGElement, label: SVGElement}} drawn
   * @param {Scene} scene
   */
  #paintLine({ line, base, flow, label }, { graph, steps, position, theme }) {
    const edges = line.edges.map((id) => graph.edges[id]);
    const palette = colours(theme);
    const ahead = edges.some((edge) => steps.knowsValue(edge.to, position));
    set(base, { stroke: palette.soft, "stroke-opacity": ahead ? 0.55 : 0.22 });
    const back = edges.filter((edge) => edge.arrival !== null && steps.passedAt[edge.to] <= position);
    const carried = back.length > 0 ? extent(back[0].contribution) : null;
    const look = gradientLook(carried, theme);
    set(flow, {
      stroke: back.length > 0 ? look.line : "none",
      "stroke-width": look.width + 0.8,
      "stroke-dasharray": look.dash,
    });
    const current = steps.current(position);
    const told = current?.phase === "backward" && edges.some((edge) => edge.to === current.node);
    label.replaceChildren();
    if (!told || back.length === 0) return;
    const [x, y] = middle(/** @type {SVGPathElement} */ (flow));
    set(label, { x, y: y - 10, fill: gradientInk(carried, theme), stroke: palette.paper, "stroke-width": 4, "paint-order": "stroke", "font-weight": 650 });
    label.textContent = back.map((edge) => figure(edge.contribution, graph.nodes[edge.from].shape)).join(" + ");
  }

  /**
   * The lines on which something travels at a step: towards the result, or back from it.
   * @param {import("./steps.js").Step} step
   * @param {import("./answer.js").Graph} graph
   * @returns {SVGPathElement[]}
   */
  waysOf(step, graph) {
    return this.lines
      .filter(({ line }) => line.edges.some((id) => graph.edges[id].to === step.node))
      .map(({ flow }) => /** @type {SVGPathElement} */ (flow));
  }
}

/** @param {SVGPathElement} path */
function middle(path) {
  const { x, y } = path.getPointAtLength(path.getTotalLength() * 0.45);
  return [x, y];
}

/**
 * @param {Box} box
 * @param {Node|null} node null for a fold
 * @param {import("./answer.js").Drawing} picture
 * @returns {Drawn}
 */
function buildBox(box, node, picture) {
  const { x, y, width, height } = box;
  const group = svg("g", {
    transform: `translate(${x - width / 2} ${y - height / 2})`,
    role: "button",
    tabindex: -1,
    "data-box": box.id,
    class: node?.literal ? "box literal" : "box",
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
    texts.value = svg("text", { x: width - 9, y: height * 0.31, "text-anchor": "end", "dominant-baseline": "central", "font-size": 12.5 });
    texts.gradient = svg("text", { x: width - 9, y: height * 0.7, "text-anchor": "end", "dominant-baseline": "central", "font-size": 11.5, "font-weight": 600 });
    texts.rule = svg("path", { d: head > 0 ? `M${head + 2} 7V${height - 7}` : "M0 0", "stroke-width": 1 });
    if (node.kind === "result" && node.label) {
      texts.name = svg("text", { x: width / 2, y: -8, "text-anchor": "middle", "font-size": 13, "font-weight": 700 });
    }
    texts.arrived = svg("g");
  }
  group.append(...(node ? [] : [svg("rect", { width, height, rx: radius, x: 4, y: -4, class: "behind" })]), frame, ...Object.values(texts).flatMap((text) => [text, " "]));
  return { box, group, frame, texts };
}

/**
 * @param {Drawn} drawn
 * @param {Scene} scene
 */
function paintBox(drawn, scene) {
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
  const look = gradientLook(extent(gradient), theme);
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
 * @param {Drawn} drawn
 * @param {Node} node
 * @param {Scene} scene
 * @param {{gradient: any, arrived: number, expected: number, known: boolean}} state
 */
function paintNumbers({ box, texts }, node, { theme, names }, { gradient, arrived, expected, known }) {
  if (!texts.value) return;
  const palette = colours(theme);
  set(texts.rule, { stroke: palette.line });
  write(texts.value, known ? figure(node.value, node.shape) : "");
  set(texts.value, { fill: palette.ink });
  write(texts.gradient, gradient === null || gradient === undefined ? (arrived > 0 ? figure(null, node.shape) : "") : figure(gradient, node.shape));
  set(texts.gradient, { fill: gradientInk(extent(gradient), theme) });
  if (texts.name) {
    write(texts.name, plainName(names[node.id]));
    set(texts.name, { fill: palette.ink });
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
 * @param {Drawn} drawn
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
    const gradient = extent(steps.gradient(id, position).gradient);
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
 * @param {number|null} gradient
 * @param {Theme} theme
 */
function gradientInk(gradient, theme) {
  const { gradientNegative, gradientPositive, soft, ink } = colours(theme);
  if (!gradient) return soft;
  // As text the hues need more contrast than as lines.
  const hue = mix(rgb(gradient < 0 ? gradientNegative : gradientPositive), rgb(ink), 0.2);
  return `rgb(${hue.join(" ")})`;
}

/**
 * A box in words, for screen readers: what it shows, and what it has no room to show.
 * @param {Drawn} drawn
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
