/**
 * Lockstep: both runs are asked for the same amount of training, and are shown when both are there.
 * It knows neither sockets nor clocks. What it sends is counted in updates; a run that comes back
 * from anywhere, a cut line or a server that forgot it, is asked for what it lacks.
 */

/** @typedef {0|1} Who A or B */
/** @typedef {{step: number, epoch: number, batch: number, batches: number}} Place */
/** @typedef {{unit: "update"|"epoch", count: number}} Stretch */
/**
 * @typedef {object} Runner
 * @property {Place|null} place where it was seen last; null before its first frame
 * @property {number} goal the step that it was sent to
 * @property {number} asked the step that it has been asked for so far
 * @property {number} before where it was before it was sent back
 * @property {number|null} ended the last step of a run whose numbers blew up
 * @property {boolean} ending whether its next frame is its last
 */

/** The most updates that one command may ask for. */
const MOST = 10_000;

/**
 * @param {number} goal
 * @returns {Runner}
 */
const fresh = (goal) => ({ place: null, goal, asked: 0, before: 0, ended: null, ending: false });

export class Lockstep {
  /** @param {(who: Who, command: Record<string, unknown>) => void} send */
  constructor(send) {
    this.send = send;
    /** @type {[Runner, Runner]} */
    this.runners = [fresh(0), fresh(0)];
  }

  /**
   * Both begin anew.
   * @param {[number, number]} goals the steps to meet at first
   */
  restart(goals = [0, 0]) {
    this.runners = [fresh(goals[0]), fresh(goals[1])];
  }

  /** Whether both are where they were sent, or can go no further. */
  get met() {
    return this.runners.every(({ place, goal, asked }) => place?.step === goal && asked === goal);
  }

  /** Whether neither can go on. */
  get over() {
    return this.runners.every(({ ended }) => ended !== null);
  }

  /** Whether updates of the two are not the same stretch of the data: then only epochs meet. */
  get wholeEpochs() {
    const [a, b] = this.runners;
    return a.place !== null && b.place !== null && a.place.batches !== b.place.batches;
  }

  /**
   * A frame came.
   * @param {Who} who
   * @param {Place} place
   * @returns {boolean} whether both are there now
   */
  take(who, place) {
    const runner = this.runners[who];
    // After a beginning or a cut line nothing is under way: what is lacking is asked for anew.
    if (runner.place === null) runner.asked = place.step;
    runner.place = place;
    if (runner.ending) {
      runner.ending = false;
      runner.ended = runner.goal = runner.asked = place.step;
    }
    if (place.step !== runner.goal && place.step === runner.asked) this.#ask(who);
    return this.met;
  }

  /**
   * A line was cut: nothing that was asked for will come.
   * @param {Who} who
   */
  lose(who) {
    const runner = this.runners[who];
    runner.place = null;
    runner.ending = false;
  }

  /**
   * A run's numbers blew up: its next frame is the last finite state, and it stays there.
   * @param {Who} who
   */
  end(who) {
    this.runners[who].ending = true;
  }

  /**
   * Sends both on; a run that ended stays.
   * @param {Stretch} stretch
   */
  advance({ unit, count }) {
    if (!this.met) return;
    for (const who of /** @type {Who[]} */ ([0, 1])) {
      const runner = this.runners[who];
      const { place, ended } = runner;
      if (!place || ended !== null) continue;
      const { step, batch, batches } = place;
      runner.goal = step + (unit === "update" ? count : count * batches - batch);
      this.#ask(who);
    }
  }

  /**
   * Sends both back to where the farther one was before. One that ended earlier stays where it is
   * until the other has come back past it.
   * @param {Stretch} stretch
   */
  retreat({ unit, count }) {
    if (!this.met) return;
    const [a, b] = this.runners.map(({ place }) => /** @type {Place} */ (place));
    const ahead = share(a) >= share(b) ? a : b;
    const back = unit === "update" ? count : ahead.batch || ahead.batches * count;
    const reached = Math.max(0, ahead.step - back) / ahead.batches;
    for (const who of /** @type {Who[]} */ ([0, 1])) {
      const runner = this.runners[who];
      const { step, batches } = /** @type {Place} */ (runner.place);
      runner.before = step;
      runner.goal = Math.min(step, Math.round(reached * batches));
      if (runner.goal === step) continue;
      runner.ended = null;
      this.#ask(who);
    }
  }

  /**
   * One of them cannot go back so far: both are to be where they were.
   * @param {Who} refused
   */
  stay(refused) {
    for (const runner of this.runners) runner.goal = runner.before;
    this.runners[refused].asked = this.runners[refused].before;
    const other = /** @type {Who} */ (1 - refused);
    const { place, asked, goal } = this.runners[other];
    // What is under way arrives first, and is sent on from there.
    if (place?.step === asked && asked !== goal) this.#ask(other);
  }

  /** @param {Who} who */
  #ask(who) {
    const runner = this.runners[who];
    const from = /** @type {Place} */ (runner.place).step;
    if (from > runner.goal) {
      runner.asked = runner.goal;
      this.send(who, { command: "back", count: from - runner.goal });
      return;
    }
    runner.asked = Math.min(runner.goal, from + MOST);
    this.send(who, { command: "step", unit: "batch", count: runner.asked - from });
  }
}

/**
 * How far a run is, in epochs.
 * @param {Place} place
 */
function share({ step, batches }) {
  return step / batches;
}
