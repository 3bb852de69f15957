"""Which examples train and which test."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine.datasets.seeds import stream

Indices = npt.NDArray[np.intp]


class Split(NamedTuple):
    """Row numbers of a data set, each row in one of the two."""

    train: Indices
    test: Indices


def split(n: int, train_percent: float, seed: str) -> Split:
    """Shuffles n rows once and takes the first floor(n * train_percent / 100) for training.

    The order does not depend on the percentage, so a larger share only moves examples over. At
    least one row trains, whatever the share.

    Raises:
        ValueError: n is below 1, or train_percent is not from 0 to 100.
    """
    if n < 1 or not 0 <= train_percent <= 100:
        raise ValueError(f"expected n >= 1 and 0 to 100 percent, got {n} and {train_percent}")
    order = stream(seed, "split").permutation(n)
    count = max(1, int(n * train_percent / 100))
    return Split(order[:count], order[count:])
