/** The graph as SVG: lines below, boxes on them, and what the current step sends along the lines. */

import { buildBox, paintBox } from "./boxes.js";
import { buildLines, paintLine } from "./lines.js";
import { FACE, svg } from "./shapes.js";

/**
 * @typedef {object} Scene
 * @property {import("./answer.js").Graph} graph
 * @property {import("./answer.js").Drawing} picture
 * @property {import("./steps.js").Steps} steps
 * @property {import("./answer.js").Name[]} names
 * @property {number} position
 * @property {number|string|null} selected a box
 * @property {import("../palette.js").Theme} theme
 */

export class Picture {
  /** @param {SVGGElement} world what it draws into */
  constructor(world) {
    this.world = world;
    /** @type {import("./boxes.js").DrawnBox[]} */
    this.boxes = [];
    /** @type {import("./lines.js").DrawnLine[]} */
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
    const shape = JSON.stringify([picture.boxes, picture.folds, scene.graph.nodes.map((node) => [node.label, node.symbol, node.literals !== null])]);
    const fresh = shape !== this.shape;
    if (fresh) this.#build(scene);
    this.shape = shape;
    for (const drawn of this.boxes) paintBox(drawn, scene);
    for (const line of this.lines) paintLine(line, scene);
    return fresh;
  }

  /** @param {Scene} scene */
  #build({ graph, picture }) {
    const lines = svg("g", { fill: "none" });
    const boxes = svg("g", { "font-family": FACE });
    const labels = svg("g", { "font-family": FACE, "font-size": 10.5, "text-anchor": "middle" });
    this.boxes = picture.boxes.map((box) =>
      buildBox(box, typeof box.id === "number" ? graph.nodes[box.id] : null, picture));
    this.lines = buildLines(picture, graph);
    boxes.append(...this.boxes.map(({ group }) => group));
    lines.append(...this.lines.flatMap(({ base, flow }) => [base, flow]));
    if (picture.manner === "full") labels.append(...this.lines.map(({ label }) => label));
    this.world.replaceChildren(lines, boxes, labels);
  }

  /**
   * The lines on which something travels at a step: towards the result, or back from it.
   * @param {import("./steps.js").Step} step
   * @returns {SVGPathElement[]}
   */
  waysOf(step) {
    return this.lines
      .filter(({ edges }) => edges.some((edge) => edge.to === step.node))
      .map(({ flow }) => flow);
  }
}
