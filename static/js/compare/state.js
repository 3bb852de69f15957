/** What the comparison's page knows besides what each run's own store does. */

/** @typedef {import("../experiment.js").Experiment} Experiment */
/** @typedef {import("../frame.js").Frame} Frame */
/** @typedef {import("../store.js").Grain} Grain */
/** @typedef {import("../store.js").Pace} Pace */
/** @typedef {import("../store.js").State} RunState */
/** @typedef {import("./difference.js").Difference} Difference */
/**
 * @typedef {object} RoomState
 * @property {Difference} difference
 * @property {Experiment} experiment A's
 * @property {string} link of the comparison, without the #
 * @property {[Frame, Frame]|null} pair of one moment: they are shown together or not at all
 * @property {boolean} ready whether both are at the same moment and can go on
 * @property {boolean} playing
 * @property {Pace} pace
 * @property {Grain|null} grain always null: two runs go by whole updates
 * @property {boolean} wholeEpochs whether the two only meet at the ends of epochs
 * @property {[boolean, boolean]} ended whose numbers have blown up
 * @property {RunState["status"]} status of the worse of the two lines
 * @property {"light"|"dark"} theme
 * @property {boolean} logLoss
 * @property {"train"|"test"} curve which loss is drawn
 * @property {number|null} cursor a time that is pointed at, in epochs
 */

/**
 * Before the server has said anything.
 * @param {Difference} difference
 * @param {Experiment} experiment
 * @param {"light"|"dark"} theme
 * @returns {RoomState}
 */
export function firstState(difference, experiment, theme) {
  return {
    difference,
    experiment,
    link: "",
    pair: null,
    ready: false,
    playing: false,
    pace: { unit: "epoch", rate: 1 },
    grain: null,
    wholeEpochs: false,
    ended: [false, false],
    status: "connecting",
    theme,
    logLoss: false,
    curve: "train",
    cursor: null,
  };
}
