import assert from "node:assert/strict";
import { test } from "node:test";

import { Lockstep } from "../../static/js/compare/lockstep.js";

/** @typedef {0|1} Who */

/** Two servers that make updates when they are told to, and send a frame when they are told to. */
class Servers {
  constructor(batches = [10, 10]) {
    this.batches = batches;
    this.steps = [0, 0];
    /** @type {[Who, any][]} */
    this.sent = [];
    this.lockstep = new Lockstep((who, command) => {
      this.sent.push([who, command]);
      this.steps[who] += command.command === "back" ? -Number(command.count) : Number(command.count);
    });
  }

  /** @param {Who} who @param {number} [step] where the frame was made, if not at the newest */
  frame(who, step = this.steps[who]) {
    const batches = this.batches[who];
    const place = { step, batches, epoch: Math.floor(step / batches), batch: step % batches };
    return this.lockstep.take(who, place);
  }

  both() {
    this.frame(0);
    return this.frame(1);
  }
}

test("nothing is asked for until both are where they were sent", () => {
  const servers = new Servers();
  assert.equal(servers.both(), true);

  servers.lockstep.advance({ unit: "update", count: 3 });
  assert.deepEqual(servers.steps, [3, 3]);
  assert.equal(servers.frame(0), false);
  servers.lockstep.advance({ unit: "update", count: 3 });
  assert.deepEqual(servers.steps, [3, 3]);
  assert.equal(servers.frame(1), true);
});

test("a frame from the way there does not count as arrival", () => {
  const servers = new Servers();
  servers.both();
  servers.lockstep.advance({ unit: "update", count: 100 });
  servers.frame(0);

  assert.equal(servers.frame(1, 40), false);
  assert.equal(servers.frame(1, 100), true);
  assert.equal(servers.sent.length, 2);
});

test("runs with other batches meet at the ends of epochs", () => {
  const servers = new Servers([10, 25]);
  servers.both();
  assert.equal(servers.lockstep.wholeEpochs, true);
  servers.lockstep.advance({ unit: "epoch", count: 2 });

  assert.deepEqual(servers.steps, [20, 50]);
});

test("an epoch is up to its end, from wherever in it", () => {
  const servers = new Servers();
  servers.both();
  servers.lockstep.advance({ unit: "update", count: 4 });
  servers.both();
  servers.lockstep.advance({ unit: "epoch", count: 1 });

  assert.deepEqual(servers.steps, [10, 10]);
});

test("what one command cannot ask for is asked for in parts", () => {
  const servers = new Servers();
  servers.both();
  servers.lockstep.advance({ unit: "update", count: 25_000 });
  assert.deepEqual(servers.steps, [10_000, 10_000]);
  for (let part = 0; part < 2; part += 1) assert.equal(servers.both(), false);

  assert.deepEqual(servers.steps, [25_000, 25_000]);
  assert.equal(servers.both(), true);
});

test("a run that comes back from an older state makes up for what it lacks", () => {
  const servers = new Servers();
  servers.both();
  servers.lockstep.advance({ unit: "update", count: 50 });
  servers.both();
  servers.lockstep.advance({ unit: "update", count: 50 });
  servers.frame(0);
  servers.lockstep.lose(1);
  servers.steps[1] = 20;
  assert.equal(servers.frame(1), false);

  assert.deepEqual(servers.sent.at(-1), [1, { command: "step", unit: "batch", count: 80 }]);
  assert.equal(servers.frame(1), true);
});

test("a run whose numbers blew up stays at its last finite state, and the other goes on", () => {
  const servers = new Servers();
  servers.both();
  servers.lockstep.advance({ unit: "update", count: 50 });
  servers.lockstep.end(0);
  servers.steps[0] = 8;
  servers.both();
  assert.equal(servers.lockstep.met, true);
  servers.lockstep.advance({ unit: "update", count: 50 });

  assert.deepEqual(servers.steps, [8, 100]);
  assert.equal(servers.lockstep.over, false);
});

test("going back, a run that ended earlier waits until the other is past its end", () => {
  const servers = new Servers();
  servers.both();
  servers.lockstep.advance({ unit: "update", count: 10 });
  servers.lockstep.end(0);
  servers.steps[0] = 8;
  servers.both();
  servers.lockstep.retreat({ unit: "update", count: 1 });
  servers.both();
  assert.deepEqual(servers.steps, [8, 9]);
  servers.lockstep.retreat({ unit: "update", count: 3 });

  assert.deepEqual(servers.steps, [6, 6]);
  assert.equal(servers.lockstep.runners[0].ended, null);
});

test("when one cannot go back so far, both are where they were", () => {
  const servers = new Servers();
  servers.both();
  servers.lockstep.advance({ unit: "update", count: 10 });
  servers.both();
  servers.lockstep.retreat({ unit: "update", count: 1 });
  servers.steps[0] = 10;
  servers.lockstep.stay(0);
  assert.equal(servers.lockstep.met, false);
  servers.frame(1);

  assert.deepEqual(servers.steps, [10, 10]);
  assert.equal(servers.frame(1), true);
});

test("a page that takes over begins where the last one was", () => {
  const servers = new Servers();
  servers.lockstep.restart([30, 30]);
  servers.steps = [30, 25];
  servers.both();

  assert.deepEqual(servers.steps, [30, 30]);
  assert.equal(servers.frame(1), true);
});
