"""What a run can be taken away as: scripts that make its next update, and its Experiment."""

from collections.abc import Callable
from typing import NamedTuple

from app.exports.numpy_script import numpy_script
from app.exports.torch_script import torch_script
from app.protocol import Gettext
from app.run import Run

__all__ = ["EXPORTS", "Export", "experiment_json", "export", "numpy_script", "torch_script"]


class Export(NamedTuple):
    """A text file for a person to keep."""

    filename: str
    text: str


def experiment_json(run: Run, _gettext: Gettext) -> str:
    """The run's Experiment, as ``configure`` takes it."""
    return run.experiment.model_dump_json(indent=2) + "\n"


# For each format, how the text is made and what its file is called.
EXPORTS: dict[str, tuple[Callable[[Run, Gettext], str], str]] = {
    "numpy": (numpy_script, "gradient-express-step-{step}-numpy.py"),
    "pytorch": (torch_script, "gradient-express-step-{step}-pytorch.py"),
    "experiment": (experiment_json, "gradient-express-experiment.json"),
}


def export(run: Run, kind: str, gettext: Gettext) -> Export:
    """A run as a text file.

    Args:
        run: left as it is.
        kind: a row of EXPORTS.
        gettext: translates comments into the reader's language.
    """
    write, filename = EXPORTS[kind]
    return Export(filename.format(step=run.trainer.step), write(run, gettext))
