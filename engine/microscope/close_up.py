"""Close-up: what one weight, or one unit with its bias, does for each example of a pass."""

from typing import NamedTuple

import numpy as np

from engine.arrays import Array
from engine.trace import Trace


class UnitSignals(NamedTuple):
    """One unit in a pass, (rows,) each; da and delta are of each example's own loss, without
    1/rows."""

    z: Array
    a: Array
    slope: Array
    da: Array
    delta: Array


def unit_signals(trace: Trace, layer: int, unit: int) -> UnitSignals:
    """What one unit (layer from 1, unit from 0) does for each example."""
    z, a, slope, da, delta = (
        getattr(trace, name)[layer][:, unit] for name in ("z", "a", "slope", "da", "delta")
    )
    return UnitSignals(z, a, slope, da * trace.batch, delta * trace.batch)


def source(trace: Trace, layer: int, from_: int | None) -> Array:
    """(rows,) what a weight W[from, ·] of a layer is multiplied by; ones for a bias."""
    if from_ is None:
        return np.ones(trace.batch, trace.gradient.dtype)
    arrived: Array = trace.a[layer - 1][:, from_]
    return arrived


def contributions(trace: Trace, layer: int, from_: int | None, to: int) -> Array:
    """What each example adds to dL/dW[from, to] of a layer, or to dL/db[to].

    Args:
        trace: a finished pass.
        layer: from 1.
        from_: from 0; None for the bias.
        to: from 0.

    Returns:
        (rows,) numbers, 1/rows included: their sum is the gradient.
    """
    added: Array = source(trace, layer, from_) * trace.delta[layer][:, to]
    return added
