"""Writes golden dissections: real answers of the server, for the tests of whoever reads them.

Run as ``python -m tests.vectors.dissections.write``.
"""

from pathlib import Path
from typing import Any

from app.dissections import encode_dissection
from app.experiment import Experiment
from app.protocol import Dissect
from app.run import Run
from tests.vectors import displayed_cases

FOLDER = Path(__file__).parent

# The lesson's example: one weight 2, bias -1, input 3, target 10, squared error.
LESSON: dict[str, Any] = {
    "problem": "regression",
    "dataset": "points",
    "points": [[3, 0, 10]],
    "features": ["x"],
    "layers": [],
    "loss": "mse",
    "train_percent": 100,
    "batch_size": 1,
}
CROSS_ENTROPY: dict[str, Any] = {
    "layers": [{"units": 2, "activation": "sigmoid"}],
    "loss": "bce",
}
ADAM: dict[str, Any] = {
    "layers": [{"units": 3, "activation": "relu"}],
    "optimizer": {"name": "adam"},
    "clipping": {"name": "norm", "limit": 0.1},
    "regularization": "L2",
    "regularization_rate": 0.01,
}


def files() -> dict[str, bytes]:
    """Each golden dissection by its name."""
    lesson = _run(LESSON)
    lesson.trainer.network.parameters[...] = [2.0, -1.0]
    lesson.trainer.refresh()
    return {
        "lesson": _dissect(lesson),
        "cross-entropy": _dissect(_run(CROSS_ENTROPY), example=0, neuron=(1, 1)),
        "adam": _dissect(_run(ADAM, updates=4), neuron=(1, 0), weight=(1, 1, 0)),
        **{case.name: case.message() for case in displayed_cases.all_cases()},
    }


def _run(fields: dict[str, Any], updates: int = 0) -> Run:
    run = Run(1, Experiment.model_validate(fields))
    run.trainer.advance(updates)
    return run


def _dissect(run: Run, **fields: Any) -> bytes:
    return encode_dissection(run, Dissect(command="dissect", **fields), str)


def main() -> None:
    """Write all of them."""
    for name, message in files().items():
        (FOLDER / f"{name}.safetensors").write_bytes(message)


if __name__ == "__main__":
    main()
