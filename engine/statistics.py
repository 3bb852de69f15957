"""Per-layer figures of the newest pass: how large the numbers are, and which units have stopped."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.diagnosis import LayerHealth
from engine.training import Trainer

STATISTICS = (
    "weight_norm",
    "gradient_norm",
    "update_norm",
    "activation_mean",
    "activation_std",
    "delta_norm",
    "delta_ratio",
    "dead_share",
    "saturated_share",
)


def layer_statistics(trainer: Trainer, healths: Sequence[LayerHealth]) -> npt.NDArray[np.float64]:
    """(L, 9) numbers, a row for each layer, a column for each name in STATISTICS.

    Norms are Euclidean: of W; of dL/dW; of the change of W; of dL/dz over the batch, 1/batch
    included, which the ratio compares with the output layer's, in the root of the mean square.
    Mean and standard deviation are those of all of the layer's activations. A unit is dead when
    it lets no gradient through for any example of the pass, saturated when it is on the flat ends
    of a bounded activation for more than half of them.

    Args:
        trainer: whose newest pass it is.
        healths: what ``examine`` says of each of its layers.
    """
    with np.errstate(all="ignore"):
        return np.array([_row(trainer, number, health) for number, health in enumerate(healths)])


def _row(trainer: Trainer, number: int, health: LayerHealth) -> list[float]:
    layer = trainer.network.layers[number]
    passed = trainer.trace.passes[number]
    part = trainer.network.slices[number]
    weights = slice(part.start, part.stop - layer.units)
    return [
        _norm(trainer.network.parameters[weights]),
        _norm(trainer.gradient[weights]),
        _norm(trainer.update[weights]),
        float(passed.a.mean()),
        float(passed.a.std()),
        _norm(passed.delta.ravel()),
        health.ratio,
        np.count_nonzero(health.dead) / layer.units,
        np.count_nonzero(health.flat) / layer.units,
    ]


def _norm(vector: Array) -> float:
    return float(np.sqrt(vector.dot(vector)))
