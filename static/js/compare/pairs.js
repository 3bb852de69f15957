/** Ready-made comparisons for lectures, each a link as the server writes it. */

import { gettext } from "../i18n.js";

/** @typedef {{name: string, claim: string, link: string}} Pair claim says what is to be seen */

/** @returns {Pair[]} */
export const pairs = () => [
  {
    name: gettext("sigmoid or ReLU"),
    claim: gettext("Six hidden layers: through sigmoids the gradient vanishes on its way back, and nothing is learnt."),
    link: "seed=0.31415&networkShape=8,8,8,8,8,8&activation=sigmoid&init=glorot-uniform&learningRate=0.1&loss=bce&weightSeed=3&compare=activation&with=relu",
  },
  {
    name: gettext("zeros or Glorot"),
    claim: gettext("From zeros no gradient reaches any weight: nothing is learnt."),
    link: "seed=0.31415&dataset=xor&networkShape=6,6,6&initZero=true&learningRate=0.1&loss=bce&compare=init&with=glorot-uniform",
  },
  {
    name: gettext("SGD or Adam"),
    claim: gettext("At the same learning rate Adam takes the spiral while SGD has hardly begun."),
    link: "seed=0.31415&dataset=spiral&networkShape=8,8,8&init=glorot-uniform&learningRate=0.01&loss=bce&compare=optimizer&with=adam",
  },
  {
    name: gettext("rate 0.03 or 3"),
    claim: gettext("Steps a hundred times as long leap over every valley: the loss never settles."),
    link: "seed=0.31415&networkShape=6,6&init=glorot-uniform&loss=bce&weightSeed=3&compare=learningRate&with=3",
  },
  {
    name: gettext("clipping or none"),
    claim: gettext("Large starting weights: unclipped, the first updates kill every ReLU, and nothing is learnt."),
    link: "seed=0.31415&networkShape=8,8,8,8,8,8&activation=relu&init=normal&learningRate=0.1&loss=bce&initScale=1.5&logLoss=true&compare=clipping&with=norm%3A1",
  },
];

/**
 * The pair that a link opens.
 * @param {string} link without the #
 * @returns {Pair|undefined}
 */
export function pairOf(link) {
  return pairs().find((pair) => pair.link === link);
}
