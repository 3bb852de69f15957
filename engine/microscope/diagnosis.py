"""What is wrong with how gradients travel through a network, as data: where, what, how much."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from engine.arrays import Array
from engine.network import Network
from engine.trace import Trace

# A layer whose error signals are this much smaller, or larger, than those of the output layer.
VANISHING_RATIO = 1e-3
EXPLODING_RATIO = 1e3


class Ailment(StrEnum):
    """DEAD: the unit lets no gradient through for any example. SATURATED: it is on the flat ends
    of a bounded activation for most of them. VANISHING, EXPLODING: the layer's error signals are
    far smaller, or larger, than those of the output layer. NOT_FINITE: it has NaN or infinity.
    """

    DEAD = "dead"
    SATURATED = "saturated"
    VANISHING = "vanishing"
    EXPLODING = "exploding"
    NOT_FINITE = "not_finite"


@dataclass(frozen=True)
class Finding:
    """One ailment.

    Attributes:
        layer: from 1.
        unit: from 0; None where it is the whole layer's.
        measure: the unit's largest |slope|; or the layer's root mean square of delta over that of
            the output layer; 0 where numbers are not finite.
    """

    ailment: Ailment
    layer: int
    unit: int | None
    measure: float


def diagnose(network: Network, trace: Trace) -> list[Finding]:
    """Everything that a pass forward and backward shows, from the first layer on."""
    findings: list[Finding] = []
    with np.errstate(all="ignore"):
        last = _root_mean_square(trace.delta[-1])
        for number, layer in enumerate(network.layers, start=1):
            slope, delta = trace.slope[number].T, trace.delta[number]
            if not np.isfinite(delta).all():
                findings.append(Finding(Ailment.NOT_FINITE, number, None, 0.0))
                continue
            ratio = _root_mean_square(delta) / last if last else 1.0
            if ratio < VANISHING_RATIO:
                findings.append(Finding(Ailment.VANISHING, number, None, ratio))
            elif ratio > EXPLODING_RATIO:
                findings.append(Finding(Ailment.EXPLODING, number, None, ratio))
            largest, dead = np.abs(slope).max(axis=1), layer.activation.dead(slope)
            saturated = layer.activation.saturated(slope) & ~dead
            for ailment, mask in ((Ailment.DEAD, dead), (Ailment.SATURATED, saturated)):
                findings += [
                    Finding(ailment, number, int(unit), float(largest[unit]))
                    for unit in np.flatnonzero(mask)
                ]
    return findings


def _root_mean_square(array: Array) -> float:
    return float(np.sqrt(np.mean(np.square(array))))
