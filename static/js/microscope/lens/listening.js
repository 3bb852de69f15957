/** How a neuron listens to each example of a batch: its numbers, and one plain sentence. Pure. */

import { gettext, ngettext } from "../../i18n.js";
import { neuronIndex } from "../../parameters.js";
import { format } from "../../scales.js";
import { exampleName } from "./examples.js";

/** @typedef {import("../../draw/curve.js").Point} Point */
/** @typedef {import("../reading.js").Reading} Reading */
/** @typedef {import("../reading.js").Signal} Signal */
/** @typedef {import("./subject.js").Neuron} Neuron */
/** @typedef {"listening"|"barely"|"deaf"} Hearing */
/**
 * A neuron in the batch, and how much of it the walk has come to.
 * @typedef {object} Listening
 * @property {Point[]} points the batch's examples
 * @property {Point} own what is walked through: an example's numbers, or the batch's means
 * @property {number} da what came back to it
 * @property {number} place of the example among the points, or −1
 * @property {{z: boolean, a: boolean, slope: boolean, da: boolean, delta: boolean}} there
 */

const SIGNALS = 5;

/**
 * @param {Reading} reading
 * @param {Neuron} neuron
 * @returns {Listening}
 */
export function listeningOf(reading, [layer, unit]) {
  const { dissection, shape, walk } = reading;
  const table = dissection.tensor("neuron");
  const points = Array.from({ length: reading.rows }, (_, i) => {
    const [z, a, slope, , delta] = table.subarray(i * SIGNALS, (i + 1) * SIGNALS);
    return { z, a, slope, delta };
  });
  const signal = (/** @type {import("../reading.js").Signal} */ name) => reading.signal(name, layer, unit);
  const index = neuronIndex(shape, layer, unit);
  return {
    points,
    own: { z: signal("z"), a: signal("a"), slope: signal("slope"), delta: signal("delta") },
    da: signal("da"),
    place: dissection.scalar("place"),
    there: {
      z: walk.has("z", index),
      a: walk.has("a", index),
      slope: walk.has("slope", index),
      da: walk.has("cameBack", index),
      delta: walk.has("delta", index),
    },
  };
}

/**
 * Whether a neuron lets a gradient through, by the server's own bounds.
 * @param {Reading} reading
 * @param {number} slope
 * @returns {Hearing}
 */
export function hearingOf({ dissection }, slope) {
  const size = Math.abs(slope);
  if (size < dissection.scalar("dead_slope")) return "deaf";
  return size < dissection.scalar("saturated_slope") ? "barely" : "listening";
}

/**
 * One plain sentence about what the neuron does with the example, or with the batch.
 * @param {Reading} reading
 * @param {Listening} listening
 * @returns {string}
 */
export function verdictOf(reading, { points, own, there }) {
  if (!there.z) return gettext("Its z is not there yet: → goes on.");
  if (reading.averaged) return batchVerdict(reading, points, there.slope);
  if (there.slope && !Number.isFinite(own.slope)) return gettext("Its numbers are no numbers any more.");
  if (there.slope) return ownVerdict(hearingOf(reading, own.slope));
  return reading.dissection.outside
    ? gettext("Where this example stands, and the batch's examples beside it.")
    : ngettext(
        "Where this example stands among the batch's %(n)s.",
        "Where this example stands among the batch's %(n)s.",
        reading.rows,
      );
}

/**
 * @param {Reading} reading
 * @param {Point[]} points
 * @param {boolean} sloped
 */
function batchVerdict(reading, points, sloped) {
  if (!sloped) return gettext("The batch's examples, and their mean ◆: it need not be on the curve.");
  const open = points.filter(({ slope }) => hearingOf(reading, slope) === "listening").length;
  return ngettext(
    "It listens to %(open)s of the batch's %(n)s example.",
    "It listens to %(open)s of the batch's %(n)s examples.",
    points.length,
    { open },
  );
}

/** @param {Hearing} hearing */
function ownVerdict(hearing) {
  switch (hearing) {
    case "listening":
      return gettext("It is listening: what comes back goes through.");
    case "barely":
      return gettext("It is barely listening: the curve is nearly flat here, and little goes through.");
    case "deaf":
      return gettext("It is deaf: the curve is flat here, and nothing goes through.");
  }
}

/**
 * A number under the curve.
 * @typedef {object} Figure
 * @property {string} symbol
 * @property {string} number
 * @property {string} joint what joins it to the next; of a batch nothing, for means are no equation
 * @property {string} kind a class for the number
 */

/**
 * @param {Reading} reading
 * @param {Listening} listening
 * @returns {Figure[]}
 */
export function figuresOf(reading, { own, da, there }) {
  const shown = (/** @type {boolean} */ ready, /** @type {number} */ number) => (ready ? format(number) : "·");
  const hue = (/** @type {number} */ number) =>
    number > 0 ? "gradient-text above" : number < 0 ? "gradient-text" : "";
  const mean = reading.averaged;
  if (!there.slope && !there.da) {
    return [
      {
        symbol: mean ? "z̄" : "z",
        number: shown(there.z, own.z),
        joint: mean ? "" : "φ →",
        kind: "value-text",
      },
      { symbol: mean ? "ā" : "a", number: shown(there.a, own.a), joint: "", kind: "value-text" },
    ];
  }
  return [
    { symbol: "∂L/∂a", number: shown(there.da, da), joint: mean ? "" : "×", kind: hue(da) },
    {
      symbol: mean ? "φ′(z)" : `φ′(${format(own.z)})`,
      number: shown(there.slope, own.slope),
      joint: mean ? "" : "=",
      kind: "",
    },
    { symbol: mean ? "δ̄" : "δ", number: shown(there.delta, own.delta), joint: "", kind: hue(own.delta) },
  ];
}

/**
 * One example, in one line.
 * @param {Reading} reading
 * @param {Listening} listening
 * @param {number} i its place in the batch
 */
export function pointWords(reading, { points, there }, i) {
  const { z, a, slope, delta } = points[i];
  const name = exampleName(reading, i);
  if (there.delta) {
    return gettext("%(name)s: slope %(slope)s, δ %(delta)s", { name, slope: format(slope), delta: format(delta) });
  }
  if (there.slope) return gettext("%(name)s: z %(z)s, slope %(slope)s", { name, z: format(z), slope: format(slope) });
  return gettext("%(name)s: z %(z)s, a %(a)s", { name, z: format(z), a: format(a) });
}
