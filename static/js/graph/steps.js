/** The two passes as a row of steps, and what is known after each. Nothing here computes numbers. */

/** @typedef {import("./answer.js").Graph} Graph */
/** @typedef {import("./answer.js").Edge} Edge */
/** @typedef {{phase: "forward"|"seed"|"backward", node: number}} Step */

export class Steps {
  /**
   * Forward goes through every result, then the root gets its 1, then backward goes through every
   * result again. Leaves are there from the start.
   * @param {Graph} graph
   */
  constructor(graph) {
    this.graph = graph;
    const isResult = (/** @type {number} */ id) => graph.nodes[id].kind === "result";
    /** @type {Step[]} */
    this.list = graph.forward.filter(isResult).map((node) => ({ phase: "forward", node }));
    /** How many steps the forward pass has. */
    this.forwardCount = this.list.length;
    if (graph.backward.length > 0) {
      this.list.push({ phase: "seed", node: graph.root });
      for (const node of graph.backward.filter(isResult)) this.list.push({ phase: "backward", node });
    }
    /** The edges of each result, and those that leave each node. @type {Edge[][]} */
    this.operands = graph.nodes.map(() => []);
    /** @type {Edge[][]} */
    this.uses = graph.nodes.map(() => []);
    for (const edge of graph.edges) {
      this.operands[edge.to].push(edge);
      if (edge.arrival !== null) this.uses[edge.from].push(edge);
    }
    for (const uses of this.uses) uses.sort((a, b) => Number(a.arrival) - Number(b.arrival));
    /** @type {number[]} the position from which a node's value is known */
    this.valueAt = graph.nodes.map(() => 0);
    /** @type {number[]} the position from which a result has passed its gradient on */
    this.passedAt = graph.nodes.map(() => Infinity);
    for (const [index, { phase, node }] of this.list.entries()) {
      if (phase === "forward") this.valueAt[node] = index + 1;
      if (phase === "backward") this.passedAt[node] = index + 1;
    }
  }

  get length() {
    return this.list.length;
  }

  /**
   * The step that was taken last; null at the very start.
   * @param {number} position steps taken
   */
  current(position) {
    return this.list[position - 1] ?? null;
  }

  /**
   * @param {number} node
   * @param {number} position
   */
  knowsValue(node, position) {
    return this.valueAt[node] <= position;
  }

  /**
   * The edges through which a gradient has come back to a node.
   * @param {number} node
   * @param {number} position
   */
  arrived(node, position) {
    return this.uses[node].filter((edge) => this.passedAt[edge.to] <= position);
  }

  /**
   * What a node has received so far, and whether more is to come.
   * @param {number} node
   * @param {number} position
   * @returns {{gradient: any, arrived: number, expected: number}} gradient null before anything came
   */
  gradient(node, position) {
    const expected = this.uses[node].length;
    if (node === this.graph.root) {
      const seeded = this.length > this.forwardCount && position > this.forwardCount;
      return { gradient: seeded ? this.graph.nodes[node].gradient : null, arrived: 0, expected: 0 };
    }
    const arrived = this.arrived(node, position);
    const whole = arrived.length === expected;
    const gradient = whole ? this.graph.nodes[node].gradient : arrived.at(-1)?.total;
    return { gradient: arrived.length > 0 ? gradient : null, arrived: arrived.length, expected };
  }
}
