"""What the page must know before it can ask: limits, choices, defaults and thumbnails."""

from functools import cache
from typing import Any

import numpy as np

from app.experiment import (
    HIDE_IDS,
    LIMITS,
    MANY_CLASSES,
    RESET_FIELDS,
    Experiment,
    class_labels,
    datasets_of,
    losses_of,
)
from app.protocol import MAX_CHECKPOINT_BYTES, MAX_TEXT_BYTES
from engine.activations import ACTIVATIONS
from engine.clipping import CLIPPINGS
from engine.datasets import DATASETS, DEFAULT_SAMPLES, FEATURES, make
from engine.initializers import INITIALIZERS
from engine.optimizers import OPTIMIZERS
from engine.regularizers import REGULARIZERS
from engine.schedules import SCHEDULES

LEARNING_RATES = (0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10)
CLIP_LIMITS = (0.01, 0.1, 1, 10)
REGULARIZATION_RATES = (0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10)
THUMBNAIL_POINTS = 90
THUMBNAIL_CLASSES = 3


@cache
def experiment_facts() -> dict[str, Any]:
    """What the page needs to know: limits, choices and defaults. Its labels are its own matter."""
    return {
        "default": Experiment().model_dump(mode="json"),
        "limits": LIMITS,
        "file_bytes": {"checkpoint": MAX_CHECKPOINT_BYTES, "experiment": MAX_TEXT_BYTES},
        # What the controls offer; links and commands may go to the limits.
        "offered": {
            "layers": [*LIMITS["layers"], 1],
            "units": [*LIMITS["units"], 1],
            "noise": [0, 50, 5],
            "train_percent": [10, 100, 10],
            "batch_size": [1, 30, 1],
            "learning_rate": list(LEARNING_RATES),
            "regularization_rate": list(REGULARIZATION_RATES),
            "clip_limit": list(CLIP_LIMITS),
        },
        "choices": {
            "problem": ["classification", "regression"],
            "dataset": {problem: datasets_of(problem) for problem in DEFAULT_SAMPLES},
            "feature": list(FEATURES),
            "activation": list(ACTIVATIONS),
            "loss": {problem: losses_of(problem) for problem in DEFAULT_SAMPLES},
            "initializer": list(INITIALIZERS),
            "precision": ["float64", "float32"],
            "optimizer": list(OPTIMIZERS),
            "schedule": list(SCHEDULES),
            "clipping": list(CLIPPINGS),
            "regularization": list(REGULARIZERS),
            "mode": ["weights", "gradients", "both", "updates"],
        },
        "default_samples": DEFAULT_SAMPLES,
        "many_classes": list(MANY_CLASSES),
        "class_labels": {count: list(class_labels(count)) for count in _counts("classes")},
        "reset_fields": list(RESET_FIELDS),
        "hide_ids": list(HIDE_IDS),
        "thumbnails": {name: _thumbnail(name) for name in DATASETS},
    }


def _counts(limit: str) -> range:
    """All whole numbers within a limit."""
    low, high = map(int, LIMITS[limit])
    return range(low, high + 1)


def _thumbnail(name: str) -> list[list[int]]:
    """90 clean points of a data set as [x, y, target], whole numbers of tenths."""
    classes = THUMBNAIL_CLASSES if name in MANY_CLASSES else 2
    data = make(name, THUMBNAIL_POINTS, 0.0, "thumbnail", classes)
    tenths: list[list[int]] = (
        np.rint(10 * np.column_stack([data.points, data.targets])).astype(int).tolist()
    )
    return tenths
