"""Divergence: where numbers first stopped being finite."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.network import Network
from engine.trace import Trace


@dataclass(frozen=True)
class Diverged:
    """An outcome of training, not an error.

    Attributes:
        step: the update, counted from 1, that could not be made.
        layer: counted from 1.
        quantity: what went first: z, a, loss, delta, gradient, update, parameters or optimizer.
    """

    step: int
    layer: int
    quantity: str


def is_finite(*arrays: npt.NDArray[Any]) -> bool:
    """Whether every number of every array is finite."""
    return all(bool(np.isfinite(array).all()) for array in arrays)


def first_non_finite_pass(trace: Trace, loss: float) -> tuple[int, str] | None:
    """Layer and quantity that went first in a pass, in the order in which a pass computes."""
    return next((place for place, *numbers in _pass(trace, loss) if not is_finite(*numbers)), None)


def first_non_finite_part(network: Network, quantity: str, vector: Array) -> tuple[int, str] | None:
    """The first layer whose stretch of ``vector`` (P,) is not finite."""
    for number, part in enumerate(network.slices, start=1):
        if not is_finite(vector[part]):
            return number, quantity
    return None


def _pass(trace: Trace, loss: float) -> Iterator[tuple[tuple[int, str], Array]]:
    last = len(trace.passes)
    for number, layer in enumerate(trace.passes, start=1):
        yield (number, "z"), layer.z
        yield (number, "a"), layer.a
    yield (last, "loss"), np.array(loss)
    for number in range(last, 0, -1):
        yield (number, "delta"), trace.passes[number - 1].delta
        yield (number, "gradient"), trace.dW[number]
        yield (number, "gradient"), trace.db[number]
