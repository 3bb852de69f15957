/**
 * What the network's picture shows at a place of the walk: which numbers have arrived, what stands
 * on the lines, and where to look. Pure; every number is the dissection's.
 */

import { neuronIndex, parameterIndex } from "../parameters.js";
import { currentOf, levelRule, pulsesOf, spotOf, summedOf } from "./spot.js";
import { wholeGrain } from "./words.js";

/** @typedef {import("../dissection.js").Dissection} Dissection */
/** @typedef {ArrayLike<number>} Tensor */
/** @typedef {import("./reading.js").Reading} Reading */
/** @typedef {import("./spot.js").Current} Current */
/** @typedef {import("./spot.js").Product} Product */
/** @typedef {import("./spot.js").Pulses} Pulses */
/** @typedef {import("./spot.js").Spot} Spot */
/** @typedef {{value: number, partial: boolean}} Arrived partial: a sum that goes on */
/**
 * @typedef {object} NodeSight
 * @property {number} layer
 * @property {number} unit
 * @property {boolean} lit whether its activation is there; inputs are given
 * @property {boolean} focus whether the walk is at it
 * @property {Arrived|null} z
 * @property {number|null} a
 * @property {Arrived|null} da what came back, ∂L/∂a
 * @property {number|null} delta
 */
/**
 * @typedef {object} LossSight
 * @property {boolean} focus
 * @property {number[]|null} targets null for the whole batch, whose examples have each their own
 * @property {number|null} value
 * @property {number|null} after with the new parameters
 */
/**
 * Lines by the places of the parameters: whether the product with a weight is in its sum, whether
 * its gradient is there, how much it is looked at, and the numbers to draw.
 * @typedef {object} LineSight
 * @property {Uint8Array} flowed
 * @property {Uint8Array} reached
 * @property {Uint8Array} level one of LEVEL
 * @property {Tensor} parameters before the update, and after it once they are new
 * @property {Tensor|null} gradient of what is walked through; in the update the batch's
 * @property {Tensor|null} update once it is known
 * @property {boolean} moved whether the parameters are the new ones
 */
/**
 * @typedef {object} Sight
 * @property {number} position stages done
 * @property {NodeSight[]} nodes layer by layer, the inputs first
 * @property {LineSight} lines
 * @property {LossSight} loss
 * @property {Spot|null} spot null where the walk is in the whole network
 * @property {Current|null} current the one product of this step
 * @property {Product[]} summed the products before it in the same sum
 * @property {Pulses} pulses
 * @property {boolean} averaged whether the numbers are means over the batch
 */

/**
 * @param {Reading} reading
 * @returns {Sight}
 */
export function sightOf(reading) {
  const { walk, shape, averaged } = reading;
  const grain = wholeGrain(walk, reading.grain);
  const spot = spotOf(walk.stage, grain, reading.last);
  const view = { stage: walk.stage, grain, spot, shape };
  return {
    position: walk.position,
    nodes: shape.flatMap((units, layer) =>
      Array.from({ length: units }, (_, unit) => nodeSight(reading, spot, layer, unit)),
    ),
    lines: lineSight(reading, levelRule(view)),
    loss: lossSight(reading),
    spot,
    current: currentOf(view),
    summed: summedOf(walk, view),
    pulses: pulsesOf(view),
    averaged,
  };
}

/**
 * @param {Reading} reading
 * @param {Spot|null} spot
 * @param {number} layer
 * @param {number} unit
 * @returns {NodeSight}
 */
function nodeSight(reading, spot, layer, unit) {
  const focus = spot !== null && spot.layer === layer && (spot.unit < 0 || spot.unit === unit);
  if (layer === 0) {
    const a = reading.signal("a", 0, unit);
    return { layer, unit, lit: true, focus, z: null, a, da: null, delta: null };
  }
  const { walk, shape } = reading;
  const neuron = neuronIndex(shape, layer, unit);
  const here = (/** @type {"a"|"delta"} */ name) =>
    walk.has(name, neuron) ? reading.signal(name, layer, unit) : null;
  const a = here("a");
  return {
    layer,
    unit,
    lit: a !== null,
    focus,
    z: arrived(reading, layer, unit, "z", "z", ["term", "bias"]),
    a,
    da: arrived(reading, layer, unit, "da", "cameBack", ["came_back"]),
    delta: here("delta"),
  };
}

/**
 * A sum: whole, or as far as the walk has come in it.
 * @param {Reading} reading
 * @param {number} layer
 * @param {number} unit
 * @param {"z"|"da"} signal
 * @param {"z"|"cameBack"} arrival
 * @param {string[]} acts that add to it
 * @returns {Arrived|null}
 */
function arrived(reading, layer, unit, signal, arrival, acts) {
  const { stage } = reading.walk;
  if (reading.walk.has(arrival, neuronIndex(reading.shape, layer, unit))) {
    return { value: reading.signal(signal, layer, unit), partial: false };
  }
  const adding = stage !== null && stage.layer === layer && stage.unit === unit && acts.includes(stage.act);
  return adding ? { value: stage.total, partial: true } : null;
}

/**
 * @param {Reading} reading
 * @param {(layer: number, from: number, to: number) => number} level
 * @returns {LineSight}
 */
function lineSight({ walk, dissection, shape }, level) {
  const [count] = dissection.message.shape("parameters");
  const [flowed, reached, levels] = [0, 1, 2].map(() => new Uint8Array(count));
  for (let layer = 1; layer < shape.length; layer += 1) {
    for (let from = 0; from <= shape[layer - 1]; from += 1) {
      for (let to = 0; to < shape[layer]; to += 1) {
        const index = parameterIndex(shape, layer, from, to);
        flowed[index] = Number(walk.has("product", index));
        reached[index] = Number(walk.has("gradient", index));
        levels[index] = level(layer, from, to);
      }
    }
  }
  const done = (/** @type {string} */ name) => walk.position >= lineEnd(dissection, name);
  const moved = done("new_parameters");
  return {
    flowed,
    reached,
    level: levels,
    parameters: dissection.tensor(moved ? "update.new_parameters" : "parameters"),
    gradient: gradientOf(dissection, done),
    update: done("update") ? dissection.tensor("update.update") : null,
    moved,
  };
}

/**
 * The gradients on the lines: of what is walked through, then the batch's as the update takes it.
 * @param {Dissection} dissection
 * @param {(name: string) => boolean} done
 */
function gradientOf(dissection, done) {
  if (done("update")) return null;
  const name = ["clipped", "gradient"].find(done);
  return dissection.tensor(name ? `update.${name}` : "share");
}

/**
 * After how many stages a line of the update is done; never, where it has no such line.
 * @param {Dissection} dissection
 * @param {string} name
 */
function lineEnd(dissection, name) {
  for (let k = dissection.length; k > 0; k -= 1) {
    const stage = dissection.stage(k - 1);
    if (stage.act !== "line") break;
    if (dissection.program.lines[stage.line].name === name) return k;
  }
  return Infinity;
}

/**
 * @param {Reading} reading
 * @returns {LossSight}
 */
function lossSight({ walk, dissection, averaged, targets }) {
  const [forward] = dissection.tensor("stops.phase");
  return {
    focus: walk.stage?.phase === "loss",
    targets: averaged ? null : targets,
    value: walk.position > forward ? dissection.scalar("loss") : null,
    after: walk.atEnd ? dissection.scalar("loss_after") : null,
  };
}
