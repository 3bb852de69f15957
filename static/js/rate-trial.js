/**
 * What if the learning rate were another one: within a trial that stands still, choosing a rate
 * makes the next update with it, so that gradient, update and loss are seen at once. Another rate
 * undoes that update and makes it anew.
 */

/** @typedef {import("./experiment.js").Experiment} Experiment */
/** @typedef {import("./session.js").Session} Session */
/** @typedef {import("./store.js").Store} Store */

/** What leaves the run where it is. */
const LOOKS = new Set(["detail", "pause", "gradcheck", "export", "checkpoint", "dissect"]);

export class RateTrial {
  /**
   * @param {Store} store
   * @param {Session} session
   */
  constructor(store, session) {
    this.store = store;
    this.session = session;
    /** Whether the newest update was made for a rate, and nothing else happened since. */
    this.made = false;
    store.subscribe(["run", "diverged"], () => {
      this.made = false;
    });
  }

  /**
   * Something else is asked for: an update that was made for a rate stays.
   * @param {unknown} command its name
   */
  heard(command) {
    if (!LOOKS.has(String(command))) this.made = false;
  }

  /**
   * Takes a change of the learning rate within a trial.
   * @param {Experiment} experiment
   * @returns {boolean} false where it is none, and nothing was done
   */
  change(experiment) {
    const { trial, playing, grain, experiment: present } = this.store.state;
    const other = experiment.learning_rate !== present.learning_rate;
    if (!trial || playing || grain !== null || !other) {
      this.made = false;
      return false;
    }
    this.session.remake(experiment, this.made);
    this.made = true;
    return true;
  }
}
