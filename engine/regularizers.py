"""Regularization: what large weights cost, and how a step pulls them back.

Source of the rules: TensorFlow Playground, ``nn.ts``. Biases are spared; the pull is taken at
the weight before the step; a weight that L1 pulls across zero stops there and stays.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.arrays import Array


def _nothing(_w: Array) -> float:
    return 0.0


def _no_pull(_w: Array, out: Array) -> None:
    out.fill(0.0)


def _absolute(w: Array) -> float:
    return float(np.sum(np.abs(w)))


def _sign(w: Array, out: Array) -> None:
    np.sign(w, out)


def _half_square(w: Array) -> float:
    return 0.5 * float(np.sum(np.square(w)))


def _itself(w: Array, out: Array) -> None:
    np.copyto(out, w)


@dataclass(frozen=True)
class Regularizer:
    """A penalty on weights (n,), to be multiplied by the rate, and its derivative.

    Attributes:
        stops_at_zero: whether a weight that is pulled across zero dies there.
    """

    name: str
    penalty: Callable[[Array], float]
    derivative: Callable[[Array, Array], None]
    stops_at_zero: bool = False


REGULARIZERS: dict[str, Regularizer] = {
    row.name: row
    for row in (
        Regularizer("none", _nothing, _no_pull),
        Regularizer("L1", _absolute, _sign, stops_at_zero=True),
        Regularizer("L2", _half_square, _itself),
    )
}


class Pull:
    """A regularizer at work on one parameter vector.

    Attributes:
        dead: (P,) True for a weight that has stopped at zero and no longer moves.
    """

    def __init__(self, is_weight: npt.NDArray[np.bool_], like: Array) -> None:
        self.dead = np.zeros(like.shape, dtype=bool)
        self._is_weight = is_weight.astype(like.dtype)
        self._crossed = np.zeros_like(self.dead)
        self._moved, self._new = np.zeros_like(like), np.zeros_like(like)

    def bend(self, rule: Regularizer, strength: float, parameters: Array, update: Array) -> None:
        """Add to ``update`` (P,) what the penalty asks for; strength = learning rate x rate."""
        moved, new = self._moved, self._new
        np.add(parameters, update, moved)
        rule.derivative(parameters, new)
        np.multiply(new, self._is_weight, new)
        np.multiply(new, -strength, new)
        np.add(new, moved, new)
        if rule.stops_at_zero:
            np.multiply(moved, new, moved)
            np.less(moved, 0.0, self._crossed)
            np.logical_or(self.dead, self._crossed, self.dead)
            np.copyto(new, 0.0, where=self.dead)
        np.subtract(new, parameters, update)

    def revive(self, parameters: Array) -> None:
        """Forget the death of weights that somebody has moved away from zero."""
        np.logical_and(self.dead, parameters == 0.0, self.dead)
