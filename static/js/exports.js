/** Texts that the server makes of the run: scripts, its Experiment, a link with the weights of now. */

/** @typedef {"numpy"|"pytorch"|"experiment"|"link"} Format */
/** @typedef {{format: Format, filename: string, text: string}} Export */

export class Exports {
  /** @param {(command: Record<string, unknown>) => number} send gives the command's id, 0 when the line is cut */
  constructor(send) {
    this.send = send;
    /** @type {Map<number, (made: Export|null) => void>} by the ids of the commands */
    this.awaited = new Map();
  }

  /**
   * @param {Format} format
   * @returns {Promise<Export|null>} null when it was refused, which the page says by itself, or the
   *   line was cut
   */
  ask(format) {
    const id = this.send({ command: "export", format });
    if (!id) return Promise.resolve(null);
    return new Promise((resolve) => this.awaited.set(id, resolve));
  }

  /** @param {Export & {id: number}} event */
  answered({ id, ...made }) {
    this.#settle(id, made);
  }

  /** @param {number|undefined} id of a command that was refused, whichever that is */
  refused(id) {
    if (id !== undefined) this.#settle(id, null);
  }

  /** The line was cut: no answer will come any more. */
  interrupted() {
    for (const id of [...this.awaited.keys()]) this.#settle(id, null);
  }

  /**
   * @param {number} id
   * @param {Export|null} made
   */
  #settle(id, made) {
    this.awaited.get(id)?.(made);
    this.awaited.delete(id);
  }
}
