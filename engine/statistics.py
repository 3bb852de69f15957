"""Per-layer figures of the newest pass: how large the numbers are, and which units have stopped."""

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.training import Trainer

STATISTICS = (
    "weight_norm",
    "gradient_norm",
    "update_norm",
    "activation_mean",
    "activation_std",
    "delta_norm",
    "dead_share",
    "saturated_share",
)


def layer_statistics(trainer: Trainer) -> npt.NDArray[np.float64]:
    """(L, 8) numbers, a row for each layer, a column for each name in STATISTICS.

    Norms are Euclidean: of W; of dL/dW; of the change of W; of dL/dz over the batch, 1/batch
    included. Mean and standard deviation are those of all of the layer's activations. A unit is
    dead when it lets no gradient through for any example of the pass, saturated when it is on
    the flat ends of a bounded activation for more than half of them.
    """
    with np.errstate(all="ignore"):
        return np.array([_row(trainer, number) for number in range(len(trainer.network.layers))])


def _row(trainer: Trainer, number: int) -> list[float]:
    layer = trainer.network.layers[number]
    passed = trainer.trace.passes[number]
    part = trainer.network.slices[number]
    weights = slice(part.start, part.stop - layer.units)
    rule = layer.activation
    return [
        _norm(trainer.network.parameters[weights]),
        _norm(trainer.gradient[weights]),
        _norm(trainer.update[weights]),
        float(passed.a.mean()),
        float(passed.a.std()),
        _norm(passed.delta.ravel()),
        float(np.mean(rule.dead(passed.slope))),
        float(np.mean(rule.saturated(passed.slope))),
    ]


def _norm(vector: Array) -> float:
    return float(np.sqrt(vector.dot(vector)))
