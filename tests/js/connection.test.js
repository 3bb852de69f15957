import assert from "node:assert/strict";
import { test } from "node:test";

import { Connection } from "../../static/js/connection.js";

class FakeSocket {
  readyState = 0;
  /** @type {any[]} */
  sent = [];
  /** @type {any} */ onopen;
  /** @type {any} */ onmessage;
  /** @type {any} */ onclose;

  /** @param {any} data */
  send(data) {
    this.sent.push(typeof data === "string" ? JSON.parse(data) : data);
  }

  accept() {
    this.readyState = 1;
    this.onopen();
  }

  drop() {
    this.readyState = 3;
    this.onclose();
  }
}

/** A connection in a world whose clock and sockets the test moves. */
function connect() {
  /** @type {FakeSocket[]} */
  const sockets = [];
  /** @type {{callback: () => void, wait_ms: number}[]} */
  const timers = [];
  /** @type {any[]} */
  const statuses = [];
  /** @type {boolean[]} */
  const greetings = [];
  const connection = new Connection(
    "ws://host/ws",
    {
      onEvent() {},
      onBinary() {},
      onOpen: (resumed) => greetings.push(resumed),
      onStatus: (status) => statuses.push(status),
    },
    {
      open() {
        const socket = new FakeSocket();
        sockets.push(socket);
        return /** @type {any} */ (socket);
      },
      later: (callback, wait_ms) => timers.push({ callback, wait_ms }),
      cancel() {},
      now: () => 0,
    },
  );
  connection.open();
  return { connection, sockets, timers, statuses, greetings };
}

test("a command given before the line is open is not sent", () => {
  const { connection, sockets } = connect();

  assert.equal(connection.send({ command: "play" }), false);
  sockets[0].accept();
  assert.equal(connection.send({ command: "play" }), true);
  assert.deepEqual(sockets[0].sent, [{ command: "play" }]);
});

test("after a cut it waits longer and longer, and does not try for ever", () => {
  const { sockets, timers, statuses } = connect();
  sockets[0].drop();
  while (statuses.at(-1) === "waiting") {
    timers.at(-1)?.callback();
    sockets.at(-1)?.drop();
  }

  const waits = timers.map(({ wait_ms }) => wait_ms);
  assert.deepEqual(waits.slice(0, 6), [400, 800, 1600, 3200, 6400, 8000]);
  assert.equal(waits.length, 12);
  assert.equal(statuses.at(-1), "lost");
});

test("the reader's wish begins the attempts afresh", () => {
  const { connection, sockets, timers, statuses } = connect();
  sockets[0].drop();
  while (statuses.at(-1) === "waiting") {
    timers.at(-1)?.callback();
    sockets.at(-1)?.drop();
  }
  connection.retry();
  sockets.at(-1)?.accept();

  assert.equal(statuses.at(-1), "open");
});

test("a new line gets the newest checkpoint before anything else", () => {
  const { connection, sockets, timers, greetings } = connect();
  sockets[0].accept();
  connection.checkpoint = new ArrayBuffer(8);
  sockets[0].drop();
  timers[0].callback();
  sockets[1].accept();

  assert.deepEqual(sockets[1].sent, [connection.checkpoint]);
  assert.deepEqual(greetings, [false, true]);
});

test("a full server, which accepts, says so and closes, is asked less and less often", () => {
  const { sockets, timers } = connect();
  for (let attempt = 0; attempt < 4; attempt += 1) {
    sockets.at(-1)?.accept();
    sockets.at(-1)?.onmessage({ data: '{"event": "refused"}' });
    sockets.at(-1)?.drop();
    timers.at(-1)?.callback();
  }
  assert.deepEqual(timers.map(({ wait_ms }) => wait_ms), [400, 800, 1600, 3200]);
  sockets.at(-1)?.accept();
  sockets.at(-1)?.onmessage({ data: new ArrayBuffer(8) });
  sockets.at(-1)?.drop();

  assert.equal(timers.at(-1)?.wait_ms, 400);
});
