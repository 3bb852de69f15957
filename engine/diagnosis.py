"""What is wrong with how gradients travel through a network: where, what, how much.

The rules are here and nowhere else: the frames of a run in training, the figures of its layers and
the dissection of an update all ask this module about the same pass.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from engine.activations import DEAD_SLOPE, SATURATED_SLOPE, Activation
from engine.arrays import Array
from engine.layers import Pass
from engine.network import Network
from engine.trace import Trace

# A layer whose error signals are this much smaller, or larger, than those of the output layer.
VANISHING_RATIO = 1e-3
EXPLODING_RATIO = 1e3
# Examples whose dL/da is below this at the outputs are as good as learnt: an output that has come
# to its target, and stands on the flat end there, has nothing wrong with it.
LEARNT = 0.1


class Ailment(StrEnum):
    """DEAD: the unit lets no gradient through for any example. SATURATED: it is on the flat ends
    of a bounded activation for most of them, while there is something left to learn. VANISHING,
    EXPLODING: the layer's error signals are far smaller, or larger, than those of the output
    layer. NOT_FINITE: it has NaN or infinity.
    """

    DEAD = "dead"
    SATURATED = "saturated"
    VANISHING = "vanishing"
    EXPLODING = "exploding"
    NOT_FINITE = "not_finite"


AILMENTS = tuple(Ailment)


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


@dataclass(frozen=True)
class LayerHealth:
    """What a pass shows of one layer.

    Attributes:
        ratio: the root mean square of its delta over that of the output layer; 1 where nothing
            comes back at all.
        largest_slope: (units,) each unit's largest |da/dz| over the batch.
        dead: (units,) True where that lets no gradient through.
        flat: (units,) True where most examples are on the flat ends of a bounded activation.
        ailment: the whole layer's, None where it has none.
        ailments: which units (units,) have which of their own, none of them twice.
    """

    ratio: float
    largest_slope: Array
    dead: npt.NDArray[np.bool_]
    flat: npt.NDArray[np.bool_]
    ailment: Ailment | None
    ailments: dict[Ailment, npt.NDArray[np.bool_]]


def examine(network: Network, trace: Trace) -> list[LayerHealth]:
    """How each layer fares in a pass forward and backward, from the first on."""
    with np.errstate(all="ignore"):
        output = trace.passes[-1]
        # da carries 1/batch; the loss of one example does not.
        learnt = _root_mean_square(output.da) * trace.batch < LEARNT
        last = _root_mean_square(output.delta)
        return [
            _examine(layer.activation, step, last, learnt)
            for layer, step in zip(network.layers, trace.passes, strict=True)
        ]


def _examine(activation: Activation, step: Pass, last: float, learnt: bool) -> LayerHealth:
    size = _root_mean_square(step.delta)
    ratio = size / last if last else 1.0
    slopes = np.abs(step.slope)
    largest: Array = np.maximum.reduce(slopes, 1)
    dead = largest < DEAD_SLOPE
    flat = np.zeros_like(dead)
    if activation.bound is not None:
        np.greater(np.add.reduce(slopes < SATURATED_SLOPE, 1), slopes.shape[1] / 2, flat)
    ailment = _ailment(step.delta, size, ratio)
    ailments: dict[Ailment, npt.NDArray[np.bool_]] = {}
    if ailment is not Ailment.NOT_FINITE:
        ailments[Ailment.DEAD] = dead
        if not learnt:
            ailments[Ailment.SATURATED] = flat & ~dead
    return LayerHealth(ratio, largest, dead, flat, ailment, ailments)


def _ailment(delta: Array, size: float, ratio: float) -> Ailment | None:
    # Only where the mean of the squares is not finite can one of the numbers be so.
    if not np.isfinite(size) and not np.isfinite(delta).all():
        return Ailment.NOT_FINITE
    if ratio < VANISHING_RATIO:
        return Ailment.VANISHING
    return Ailment.EXPLODING if ratio > EXPLODING_RATIO else None


def diagnose(network: Network, trace: Trace) -> list[Finding]:
    """Everything that a pass forward and backward shows, from the first layer on."""
    findings: list[Finding] = []
    for number, health in enumerate(examine(network, trace), start=1):
        if health.ailment is not None:
            measure = 0.0 if health.ailment is Ailment.NOT_FINITE else health.ratio
            findings.append(Finding(health.ailment, number, None, measure))
        findings += [
            Finding(ailment, number, int(unit), float(health.largest_slope[unit]))
            for ailment, units in health.ailments.items()
            for unit in np.flatnonzero(units)
        ]
    return findings


def _root_mean_square(array: Array) -> float:
    numbers = array.ravel()
    return float(np.sqrt(numbers.dot(numbers) / numbers.size))
