/** The page's side of a session: what it asks of the server, and the answers taken into the store. */

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./store.js").Problem} Problem */
/** @typedef {import("./experiment.js").Experiment} Experiment */

/**
 * Where the session's answers go besides the store.
 * @typedef {object} Ears
 * @property {(link: string, how: "push"|"replace") => void} onLink
 * @property {(because: string[]) => void} onReset the network began anew, and which fields made it
 * @property {(problems: Problem[]) => void} onFaultyLink
 * @property {(problems: Problem[], command: string|null, id: number|undefined) => void} onRefused
 * @property {() => void} onFresh another run begins: its history is empty
 * @property {(event: any) => void} onExport a text that was asked for
 */

export class Session {
  /**
   * @param {Store} store
   * @param {(command: Record<string, unknown>) => boolean} transmit
   * @param {Ears} ears
   */
  constructor(store, transmit, ears) {
    this.store = store;
    this.transmit = transmit;
    this.ears = ears;
    this.lastId = 0;
    /** The server's last word on the experiment, to go back to after a refusal. */
    this.confirmed = store.state.experiment;
    /** @type {{id: number, rapid: boolean}|null} the configure under way */
    this.asked = null;
    /** @type {{experiment: Experiment, rapid: boolean}|null} the newest that waits for it */
    this.waiting = null;
    /** @type {Set<number>} ids of open commands, whose links replace the page's */
    this.opened = new Set();
    /** The id of the trial command that is not answered yet, or 0. */
    this.trying = 0;
    /** Whether a checkpoint was handed back and its answer is awaited. */
    this.resuming = false;
  }

  /**
   * @param {Record<string, unknown>} command
   * @returns {number} its id, 0 when the line is cut
   */
  send(command) {
    this.lastId += 1;
    return this.transmit({ ...command, id: this.lastId }) ? this.lastId : 0;
  }

  /**
   * Opens a link: at load, on back and forward, and after a cut that left no checkpoint.
   * @param {string} link without the #
   */
  open(link) {
    this.asked = null;
    this.waiting = null;
    this.opened.add(this.send(link ? { command: "open", link } : { command: "hello" }));
  }

  /** A checkpoint was handed back: what was playing goes on when the server has taken it. */
  resume() {
    this.resuming = true;
  }

  /**
   * Asks for another experiment and shows it at once. One request is under way at a time; of those
   * made meanwhile, as a slider makes them, the newest goes out.
   * @param {Experiment} experiment
   * @param {boolean} rapid
   */
  change(experiment, rapid) {
    this.store.set({ experiment });
    if (this.asked) {
      this.waiting = { experiment, rapid };
      return;
    }
    const id = this.send({ command: "configure", experiment });
    this.asked = id ? { id, rapid } : null;
    if (!id) this.store.set({ experiment: this.confirmed });
  }

  /**
   * Makes the next update by another experiment.
   * @param {Experiment} experiment
   * @param {boolean} anew whether the newest update is undone first
   */
  remake(experiment, anew) {
    // What a slider has still to ask for is in this experiment too.
    this.waiting = null;
    if (anew) this.send({ command: "back", count: 1 });
    this.store.set({ experiment });
    const id = this.send({ command: "configure", experiment });
    this.asked = id ? { id, rapid: true } : null;
    if (id) this.send({ command: "step", unit: "batch", count: 1 });
    else this.store.set({ experiment: this.confirmed });
  }

  /**
   * Begins, undoes or keeps a trial. The page believes it at once, so that what follows without
   * waiting does not begin a second one.
   * @param {"begin"|"undo"|"keep"} action
   */
  trial(action) {
    const { frame, trial } = this.store.state;
    if ((action === "begin") === (trial !== null)) return;
    // What a slider has still to ask for belongs to the trial.
    if (action === "undo") this.waiting = null;
    this.trying = this.send({ command: "trial", action });
    if (!this.trying) return;
    const began = frame && { step: frame.scalar("step"), train_loss: frame.scalar("train_loss") };
    this.store.set(
      action === "begin" ? { trial: began } : { trial: null, ...(action === "undo" && { diverged: null }) },
    );
  }

  /** The line was cut: no answer will come any more. */
  interrupted() {
    this.asked = null;
    this.waiting = null;
    this.opened.clear();
    this.trying = 0;
    this.store.set({ experiment: this.confirmed, trial: null, answered: this.lastId });
  }

  /**
   * Takes an event into the store.
   * @param {any} event
   */
  receive(event) {
    if (event.id) this.store.set({ answered: event.id });
    switch (event.event) {
      case "configured":
        this.#configured(event);
        break;
      case "refused":
        this.#refused(event);
        break;
      case "state":
        this.#state(event);
        break;
      case "export":
        this.ears.onExport(event);
        break;
      case "diverged":
        this.store.set({ diverged: event, playing: false });
        break;
    }
  }

  /** @param {any} event */
  #state({ id, playing, trial = null }) {
    // Answers to what was sent before the trial's command know nothing of it yet.
    const stale = this.trying !== 0 && id !== undefined && id < this.trying;
    if (!stale) this.trying = 0;
    this.store.set({ playing, ...(!stale && { trial }) });
  }

  /** @param {any} event */
  #configured(event) {
    const { run, experiment, link, shape, activations, parameters, train, test } = event;
    const mine = this.asked !== null && this.asked.id === event.id;
    const opened = this.opened.delete(event.id);
    const first = this.store.state.run === 0;
    this.confirmed = experiment;
    this.ears.onLink(link, opened || first || (mine && this.asked?.rapid) ? "replace" : "push");
    const fresh = run !== this.store.state.run;
    if (fresh) this.ears.onFresh();
    this.store.set({
      run,
      link,
      shape,
      activations,
      counts: { parameters, train, test },
      experiment: this.waiting?.experiment ?? experiment,
      // The last frame of another run, and a walk through it, do not fit this one's shape.
      ...(fresh && { frame: null, walk: null }),
      ...(event.reset && { diverged: null }),
    });
    if (event.problems?.length) this.ears.onFaultyLink(event.problems);
    if (event.reset && !first) this.ears.onReset(event.because ?? []);
    if (mine) this.#next();
    if (this.resuming) this.#goOn();
  }

  #goOn() {
    this.resuming = false;
    const { playing, pace } = this.store.state;
    if (playing) this.send({ command: "play", pace });
  }

  /** @param {any} event */
  #refused(event) {
    this.ears.onRefused(event.problems, event.command, event.id);
    if (this.resuming && event.id === undefined) {
      this.resuming = false;
      this.store.set({ playing: false });
      this.open(this.store.state.link);
    }
    if (this.asked?.id !== event.id) return;
    this.store.set({ experiment: this.confirmed });
    this.waiting = null;
    this.asked = null;
  }

  #next() {
    const { waiting } = this;
    this.asked = null;
    this.waiting = null;
    if (waiting) this.change(waiting.experiment, waiting.rapid);
  }
}
