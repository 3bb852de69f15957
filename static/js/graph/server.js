/** The server's part: it runs, lays out, descends and exports; the page only shows. */

/** @typedef {import("./answer.js").Answer} Answer */
/** @typedef {import("./answer.js").Fault} Fault */
/** @typedef {Answer & {error?: undefined} | {error: Fault}} Reply */
/** @typedef {{name: string, before: number, gradient: number, after: number}} Move */
/**
 * @typedef {object} Descent
 * @property {{loss: number, moves: Move[], lost?: boolean}[]} steps
 * @property {string} text
 * @property {Reply} answer
 * @property {string|null} stopped
 */
/** @typedef {{text: string, folding: string, opened: string[]}} Wish */

export class Server {
  /**
   * @param {string} base the address of the room, such as /graph
   * @param {string} language
   */
  constructor(base, language) {
    this.base = base;
    this.language = language;
    /** @type {{wish: Wish, take: (reply: Reply) => void, fail: (error: unknown) => void}|null} */
    this.next = null;
    this.running = false;
  }

  /**
   * Runs the newest text. While one is under way only the newest of the others waits.
   * @param {Wish} wish
   * @param {(reply: Reply) => void} take is not called for texts that were overtaken
   * @param {(error: unknown) => void} fail
   */
  run(wish, take, fail) {
    this.next = { wish, take, fail };
    if (!this.running) this.#work();
  }

  async #work() {
    this.running = true;
    while (this.next) {
      const { wish, take, fail } = this.next;
      this.next = null;
      try {
        take(await this.#ask("run", wish));
      } catch (error) {
        fail(error);
      }
    }
    this.running = false;
  }

  /**
   * @param {Wish & {rate: number, names: string[], steps: number}} wish
   * @returns {Promise<Descent>}
   */
  descend(wish) {
    return this.#ask("descend", wish);
  }

  /**
   * @param {string} text
   * @param {string} language
   * @returns {Promise<{code: string, file: string, error?: undefined} | {error: {message: string}}>}
   */
  exported(text, language) {
    return this.#ask("export", { text, language });
  }

  /**
   * @param {string} path
   * @param {object} body
   */
  async #ask(path, body) {
    const response = await fetch(`${this.base}/${path}?lang=${this.language}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error?.message ?? response.statusText);
    return answer;
  }
}
