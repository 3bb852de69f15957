/** What the page knows, in one place: read by every panel, changed only through `set`. */

/** @typedef {import("./experiment.js").Experiment} Experiment */
/** @typedef {import("./experiment.js").ExperimentFacts} ExperimentFacts */
/** @typedef {import("./frame.js").Frame} Frame */

/** @typedef {{unit: "update"|"epoch"|"full", rate?: number}} Pace */
/** @typedef {import("./dissection.js").Grain} Grain */
/** @typedef {import("./dissection.js").Walk} Walk */
/**
 * What is walked through: the batch's first example, whichever that is; null for the whole batch;
 * a row of the data; or an example of the reader's own, [x1, x2, target].
 * @typedef {"first"|null|number|[number, number, number]} Traced
 */
/** @typedef {import("./exports.js").Export} Export */
/** @typedef {import("./exports.js").Format} Format */
/** @typedef {{step: number, train_loss: number|null}} Bookmark */
/** @typedef {{field: string, expected?: string, got?: string, message: string}} Problem */

/**
 * What can be pointed at: a weight W[from, to] into a layer, or a neuron with its bias. Layers
 * count from 1, and layer 0 is the inputs.
 * @typedef {{kind: "weight", layer: number, from: number, to: number}
 *   | {kind: "neuron", layer: number, unit: number}} Selection
 */

/**
 * @typedef {object} State
 * @property {Experiment} experiment what the reader asked for last
 * @property {string} link the server's link for the experiment it runs, without the #
 * @property {number} run
 * @property {number[]} shape neurons in each layer, inputs first
 * @property {string[]} activations of layer 1 and on
 * @property {{parameters: number, train: number, test: number}} counts
 * @property {boolean} playing
 * @property {Pace} pace
 * @property {Grain|null} grain what one step of the walk through an update is; null where the dial
 *   stands at whole updates
 * @property {Walk|null} walk where the reader is in that update
 * @property {Traced} traced
 * @property {boolean} walking whether the walk goes on by itself
 * @property {number} walkPace steps of the walk a second
 * @property {"connecting"|"open"|"waiting"|"lost"} status of the connection
 * @property {number} retryAt when the next attempt is made, in ms of performance.now()
 * @property {"light"|"dark"} theme
 * @property {Frame|null} frame the one that is shown: the newest, or a past moment's
 * @property {boolean} past whether a past moment is shown
 * @property {import("./dissection.js").Finding[]} findings what has been wrong for a while, or was about
 *   the past moment that is shown
 * @property {any} data the newest data message, decoded
 * @property {Selection|null} selection kept by a click or by the keyboard
 * @property {Selection|null} hover under the pointer
 * @property {[number, number]|null} probe a point of the plane, under the pointer
 * @property {{step: number, layer: number, message: string}|null} diverged
 * @property {Bookmark|null} trial where the trial under way began
 * @property {number} answered the id of the command that the server has answered last
 */

/**
 * The page's facts, as the template brings them.
 * @typedef {object} Facts
 * @property {string} version
 * @property {string} language
 * @property {Record<string, string>} languages
 * @property {Record<string, string>} catalogue
 * @property {ExperimentFacts} experiment
 * @property {string} wsPath
 * @property {string} staticBase
 * @property {string} partsBase
 * @property {boolean} embed
 */

/**
 * What a panel is given.
 * @typedef {object} App
 * @property {Store} store
 * @property {Facts} facts
 * @property {(command: Record<string, unknown>) => number} send its id, 0 when the line is cut
 * @property {(experiment: Experiment, rapid?: "rapid") => void} change asks the server for another
 *   experiment; a rapid change (a slider on its way) replaces the last link instead of adding one
 * @property {(time: number|null) => void} scrub pauses, and shows the moment nearest to a time in
 *   epochs; null shows the newest
 * @property {() => void} branch goes on from the past moment that is shown
 * @property {(action: "begin"|"undo"|"keep") => void} trial keeps the present moment while something
 *   is tried, comes back to it, or lets it go
 * @property {(format: Format) => Promise<Export|null>} export what the server makes of the run as it
 *   is now; null when it cannot
 * @property {() => void} redraw asks for the pictures to be drawn before the next frame is shown
 */

/**
 * @template {object} [S=State]
 */
export class Store {
  /** @param {S} initial */
  constructor(initial) {
    /** @type {Readonly<S>} */
    this.state = initial;
    /** @type {{keys: (keyof S)[], listener: (state: Readonly<S>) => void}[]} */
    this.subscriptions = [];
  }

  /**
   * Calls the listener now, and again whenever one of the keys has a new value.
   * @param {(keyof S)[]} keys
   * @param {(state: Readonly<S>) => void} listener
   */
  subscribe(keys, listener) {
    this.subscriptions.push({ keys, listener });
    listener(this.state);
  }

  /**
   * Changes several values at once; listeners hear of it once.
   * @param {Partial<S>} patch
   */
  set(patch) {
    const changed = keysOf(patch).filter((key) => patch[key] !== this.state[key]);
    if (changed.length === 0) return;
    this.state = { ...this.state, ...patch };
    for (const { keys, listener } of this.subscriptions) {
      if (keys.some((key) => changed.includes(key))) listener(this.state);
    }
  }
}

/**
 * @template {object} S
 * @param {Partial<S>} patch
 * @returns {(keyof S)[]}
 */
function keysOf(patch) {
  return /** @type {(keyof S)[]} */ (Object.keys(patch));
}

/**
 * Before the server has said anything.
 * @param {Facts} facts
 * @param {string} link without the #
 * @param {"light"|"dark"} theme
 * @returns {State}
 */
export function firstState(facts, link, theme) {
  return {
    experiment: facts.experiment.default,
    link,
    run: 0,
    shape: [],
    activations: [],
    counts: { parameters: 0, train: 0, test: 0 },
    playing: false,
    pace: { unit: "epoch", rate: 1 },
    grain: null,
    walk: null,
    traced: "first",
    walking: false,
    walkPace: 1,
    status: "connecting",
    retryAt: 0,
    theme,
    frame: null,
    past: false,
    findings: [],
    data: null,
    selection: null,
    hover: null,
    probe: null,
    diverged: null,
    trial: null,
    answered: 0,
  };
}
