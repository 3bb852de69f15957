"""Gradient check: backpropagation against finite differences, parameter by parameter."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.losses import Loss
from engine.network import Network
from engine.trace import Trace

# Truncation grows with the square of the step and rounding with its inverse: near 1e-5 both
# stay below 1e-10 for a loss of about 1.
STEP = 1e-5
# What a difference of two losses of about 1 can tell from zero, with a margin: rounding alone
# brings right code to 1.3e-6 of it.
FLOOR = 1e-5
# From this error on a finer step is tried too: where the loss bends sharply, or has a kink within
# the step, the numeric opinion is the one that is wrong.
DOUBT = 1e-6
FINER = 0.1


@dataclass(frozen=True)
class GradientCheck:
    """Two opinions on a gradient.

    Attributes:
        indices: (k,) which parameters were checked.
        analytic: (k,) dL/dparameter by backpropagation.
        numeric: (k,) (L(p + h) - L(p - h)) / 2h with h = 1e-5 max(1, |p|), or a tenth of that where
            the two agree better by it.
        relative_error: (k,) |analytic - numeric| over the larger of the two; where both are
            smaller than 1e-5 max(1, loss), over that.
        at_kink: (k,) True where a unit passed the kink of its activation between p - h and p + h:
            there is no derivative in between, and the two may rightly differ.
    """

    indices: npt.NDArray[np.int64]
    analytic: Array
    numeric: Array
    relative_error: Array
    at_kink: npt.NDArray[np.bool_]

    @property
    def worst(self) -> int | None:
        """Position of the largest relative error away from kinks, None when all are at kinks."""
        errors = np.where(self.at_kink, -1.0, self.relative_error)
        worst = int(np.argmax(errors))
        return None if self.at_kink[worst] else worst


def check(
    network: Network,
    X: npt.ArrayLike,
    y: npt.ArrayLike,
    loss: Loss,
    indices: Sequence[int] | None = None,
) -> GradientCheck:
    """Check the gradient of the mean loss over X (n, n_in), y at the network's parameters.

    Args:
        network: left as it is; the check is made in float64 on a copy.
        X: (n, n_in) inputs.
        y: targets as ``Loss.encode`` gives them.
        loss: what is differentiated, without penalty.
        indices: positions in ``network.parameters``, to check a part at a time; None for all.
    """
    bench = _Bench(network, np.asarray(X, np.float64), np.asarray(y, np.float64), loss)
    chosen = np.arange(network.parameters.size) if indices is None else np.asarray(indices)
    with np.errstate(all="ignore"):
        analytic = bench.gradient()[chosen]
        floor = FLOOR * max(1.0, bench.loss())
        opinions = [
            _opinion(bench, int(index), float(slope), floor)
            for index, slope in zip(chosen, analytic, strict=True)
        ]
    numeric = np.array([slope for slope, _, _ in opinions])
    return GradientCheck(
        indices=chosen.astype(np.int64),
        analytic=analytic,
        numeric=numeric,
        relative_error=np.array([error for _, error, _ in opinions]),
        at_kink=np.array([crossed for _, _, crossed in opinions], dtype=bool),
    )


def _opinion(
    bench: "_Bench", index: int, analytic: float, floor: float
) -> tuple[float, float, bool]:
    """The numeric slope, its relative error, and whether a kink was crossed on the way."""

    def compared(fineness: float) -> tuple[float, float, bool]:
        slope, crossed = bench.difference(index, fineness)
        larger = max(abs(analytic), abs(slope), floor)
        return slope, abs(analytic - slope) / larger, crossed

    first = compared(1.0)
    if first[1] <= DOUBT:
        return first
    finer = compared(FINER)
    return finer if finer[1] < first[1] else first


class _Bench:
    """A float64 copy of a network with one batch on it."""

    def __init__(self, network: Network, X: Array, y: Array, loss: Loss) -> None:
        self._network = Network(network.n_in, network.spec)
        self._network.parameters[...] = network.parameters
        self._loss = loss
        self._targets = loss.prepare(y, network.n_out)
        self._trace: Trace = self._network.trace(len(X))
        self._trace.set_inputs(X)

    def loss(self) -> float:
        return self._loss.value(self._network.forward(self._trace), self._targets)

    def gradient(self) -> Array:
        output = self._trace.passes[-1]
        a = self._network.forward(self._trace)
        self._loss.gradient(a, self._targets, output.da, output.delta)
        self._network.backward(self._trace)
        return self._trace.gradient

    def difference(self, index: int, fineness: float) -> tuple[float, bool]:
        """The central difference for one parameter, and whether a unit crossed its kink.

        Args:
            index: which parameter.
            fineness: what the usual step is multiplied by.
        """
        parameters = self._network.parameters
        here = float(parameters[index])
        step = fineness * STEP * max(1.0, abs(here))
        parameters[index] = here + step
        above, sides_above = self.loss(), self._sides()
        parameters[index] = here - step
        below, sides_below = self.loss(), self._sides()
        parameters[index] = here
        crossed = any(
            not np.array_equal(*pair) for pair in zip(sides_above, sides_below, strict=True)
        )
        return (above - below) / (2.0 * step), crossed

    def _sides(self) -> list[npt.NDArray[np.bool_]]:
        """For every layer with a kink, on which side of it its units are."""
        return [
            passed.z > layer.activation.kink
            for layer, passed in zip(self._network.layers, self._trace.passes, strict=True)
            if layer.activation.kink is not None
        ]
