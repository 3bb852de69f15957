"""What a network may be fed with: functions of a point, by TensorFlow Playground's names."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

FEATURES: dict[str, Callable[[Array, Array], Array]] = {
    "x": lambda x1, _x2: x1,
    "y": lambda _x1, x2: x2,
    "xSquared": lambda x1, _x2: x1 * x1,
    "ySquared": lambda _x1, x2: x2 * x2,
    "xTimesY": lambda x1, x2: x1 * x2,
    "sinX": lambda x1, _x2: np.sin(x1),
    "sinY": lambda _x1, x2: np.sin(x2),
}


def features(points: Array, names: Sequence[str]) -> Array:
    """The inputs of a network at some points.

    Args:
        points: (n, 2) positions.
        names: keys of FEATURES, in the order of the columns.

    Returns:
        (n, len(names)).

    Raises:
        KeyError: a name is not in FEATURES.
        ValueError: points is not (n, 2).
    """
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError(f"expected points of shape (n, 2), got {points.shape}")
    X = np.empty((len(points), len(names)))
    for column, name in enumerate(names):
        X[:, column] = FEATURES[name](points[:, 0], points[:, 1])
    return X
