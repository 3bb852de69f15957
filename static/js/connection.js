/** The WebSocket: commands out, events and frames in, and another try when the line is cut. */

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 8000;
const MOST_ATTEMPTS = 12;

/**
 * The clock and the socket, so that tests can bring their own.
 * @typedef {object} World
 * @property {(url: string) => WebSocket} open
 * @property {(callback: () => void, wait_ms: number) => unknown} later
 * @property {(timer: any) => void} cancel
 * @property {() => number} now
 */

/** @type {World} */
const browser = {
  open: (url) => new WebSocket(url),
  later: (callback, wait_ms) => setTimeout(callback, wait_ms),
  cancel: (timer) => clearTimeout(timer),
  now: () => performance.now(),
};

/**
 * @typedef {object} Listeners
 * @property {(event: any) => void} onEvent
 * @property {(buffer: ArrayBuffer) => void} onBinary
 * @property {(resumed: boolean) => void} onOpen resumed: a checkpoint has been handed back
 * @property {(status: "connecting"|"open"|"waiting"|"lost", retryAt: number) => void} onStatus
 */

export class Connection {
  /**
   * @param {string} url
   * @param {Listeners} listeners
   * @param {World} [world]
   */
  constructor(url, listeners, world = browser) {
    this.url = url;
    this.listeners = listeners;
    this.world = world;
    /** @type {WebSocket|null} */
    this.socket = null;
    /** The newest checkpoint, which a server that knows nothing of us can go on from. */
    /** @type {ArrayBuffer|null} */
    this.checkpoint = null;
    this.attempts = 0;
    /** @type {unknown} */
    this.timer = null;
  }

  /** Opens the line; also "try now". */
  open() {
    this.world.cancel(this.timer);
    if (this.socket) return;
    this.listeners.onStatus("connecting", 0);
    const socket = this.world.open(this.url);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onopen = () => this.#opened();
    socket.onmessage = ({ data }) => this.#received(data);
    socket.onclose = () => this.#closed(socket);
  }

  /** Starts the attempts afresh, after a rest or at the reader's wish. */
  retry() {
    this.attempts = 0;
    this.open();
  }

  /**
   * Sends a command; one given while the line is cut is dropped, for the state it would change is
   * handed back anew.
   * @param {Record<string, unknown>} command
   * @returns {boolean} whether it went out
   */
  send(command) {
    if (this.socket?.readyState !== 1) return false;
    this.socket.send(JSON.stringify(command));
    return true;
  }

  /**
   * Hands a checkpoint to the server, which goes on from it if it is one.
   * @param {ArrayBuffer} checkpoint
   */
  resume(checkpoint) {
    if (this.socket?.readyState === 1) this.socket.send(checkpoint);
  }

  #opened() {
    this.listeners.onStatus("open", 0);
    if (this.checkpoint) this.socket?.send(this.checkpoint);
    this.listeners.onOpen(this.checkpoint !== null);
  }

  /** @param {string|ArrayBuffer} data */
  #received(data) {
    if (typeof data !== "string") {
      // A full server accepts the line, says so and closes it: only data mean that there is room.
      this.attempts = 0;
      this.listeners.onBinary(data);
      return;
    }
    this.listeners.onEvent(JSON.parse(data));
  }

  /** @param {WebSocket} socket */
  #closed(socket) {
    if (socket !== this.socket) return;
    this.socket = null;
    this.attempts += 1;
    if (this.attempts > MOST_ATTEMPTS) {
      this.listeners.onStatus("lost", 0);
      return;
    }
    const wait_ms = Math.min(FIRST_WAIT_MS * 2 ** (this.attempts - 1), LONGEST_WAIT_MS);
    this.listeners.onStatus("waiting", this.world.now() + wait_ms);
    this.timer = this.world.later(() => this.open(), wait_ms);
  }
}

/**
 * The address of the server's socket, whose messages come in the page's language.
 * @param {{wsPath: string, language: string}} facts
 * @param {string} page the page's own address
 */
export function socketAddress({ wsPath, language }, page) {
  const address = new URL(wsPath, page);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  address.search = `?lang=${language}`;
  return address.href;
}
