"""Synthetic data sets, their features and their split into training and test."""

from engine.datasets.features import FEATURES, features
from engine.datasets.generators import (
    DATASETS,
    DEFAULT_SAMPLES,
    Dataset,
    Generator,
    from_points,
    make,
)
from engine.datasets.seeds import stream
from engine.datasets.splits import Split, split

__all__ = [
    "DATASETS",
    "DEFAULT_SAMPLES",
    "FEATURES",
    "Dataset",
    "Generator",
    "Split",
    "features",
    "from_points",
    "make",
    "split",
    "stream",
]
