/** The lines of the picture: one for each use of an operand, carrying both ways. */

import { colours } from "../palette.js";
import { figure } from "./answer.js";
import { gradientInk, gradientLook } from "./looks.js";
import { middleOf, set, svg, wayOf } from "./shapes.js";

/** @typedef {import("./answer.js").Box} Box */
/** @typedef {import("./answer.js").Drawing} Drawing */
/** @typedef {import("./answer.js").Edge} Edge */
/** @typedef {import("./answer.js").Graph} Graph */
/** @typedef {import("./answer.js").Line} Line */
/** @typedef {import("./picture.js").Scene} Scene */
/** @typedef {{edges: Edge[], base: SVGElement, flow: SVGPathElement, label: SVGElement, middle: {x: number, y: number}}} DrawnLine */

/**
 * @param {Drawing} picture
 * @param {Graph} graph
 * @returns {DrawnLine[]}
 */
export function buildLines(picture, graph) {
  const places = new Map(picture.boxes.map((box) => [box.id, box]));
  return picture.lines.flatMap((line) => {
    const [from, to] = [places.get(line.from), places.get(line.to)];
    if (!from || !to) return [];
    const edges = line.edges.map((id) => graph.edges[id]);
    // A fold has one line for all that goes there; x · x has two.
    const apart = typeof line.to === "number" ? edges.map((edge) => [edge]) : [edges];
    return apart.map((some) => buildLine(line, from, to, some, graph));
  });
}

/**
 * @param {Line} line
 * @param {Box} from
 * @param {Box} to
 * @param {Edge[]} edges
 * @param {Graph} graph
 * @returns {DrawnLine}
 */
function buildLine(line, from, to, edges, graph) {
  const count = graph.nodes[edges[0].to].parents.length;
  const lane = count > 1 && typeof line.to === "number" ? (2 * edges[0].operand) / (count - 1) - 1 : 0;
  const way = wayOf(line, from, to, lane);
  return {
    edges,
    base: svg("path", { d: way, "stroke-width": 1.4 }),
    flow: /** @type {SVGPathElement} */ (svg("path", { d: way })),
    label: svg("text", { "dominant-baseline": "central" }),
    middle: middleOf(line, from, to, lane),
  };
}

/**
 * @param {DrawnLine} drawn
 * @param {Scene} scene
 */
export function paintLine({ edges: built, base, flow, label, middle }, { graph, steps, position, theme }) {
  const palette = colours(theme);
  // The layout outlives an answer; the numbers must not.
  const edges = built.map(({ id }) => graph.edges[id]);
  const ahead = edges.some((edge) => steps.knowsValue(edge.to, position));
  set(base, { stroke: palette.soft, "stroke-opacity": ahead ? 0.55 : 0.22 });
  const back = edges.filter((edge) => edge.arrival !== null && steps.passedAt[edge.to] <= position);
  const carried = back.length > 0 ? back[0].contribution : null;
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
  set(label, { ...middle, fill: gradientInk(carried, theme), stroke: palette.paper, "stroke-width": 4, "paint-order": "stroke", "font-weight": 650 });
  label.textContent = back.map((edge) => figure(edge.contribution, graph.nodes[edge.from].shape)).join(" + ");
}
