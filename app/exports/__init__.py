"""What a run can be taken away as: scripts that make its next update, its Experiment, a link."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from app.experiment import LIMITS
from app.exports.numpy_script import numpy_script
from app.exports.torch_script import torch_script
from app.playground_link import to_link
from app.protocol import Gettext, ProtocolError, make_problem, show
from app.run import Run

__all__ = [
    "EXPORTS",
    "Export",
    "experiment_json",
    "export",
    "numpy_script",
    "torch_script",
    "weights_link",
]


class Export(NamedTuple):
    """A text file for a person to keep."""

    filename: str
    text: str


def experiment_json(run: Run, _gettext: Gettext) -> str:
    """The run's Experiment, as ``configure`` takes it."""
    return run.experiment.model_dump_json(indent=2) + "\n"


def weights_link(run: Run, gettext: Gettext) -> str:
    """A link's fragment that begins where the run is now, with the weights of now.

    Raises:
        ProtocolError: the weights are too many for a link, or too large.
    """
    parameters = run.trainer.network.parameters
    count = {"count": int(LIMITS["parameters"][1])}
    if parameters.size > count["count"]:
        problem = make_problem("linked_weights", "format", show(parameters.size), gettext, count)
        raise ProtocolError([problem])
    low, high = LIMITS["weight"]
    farthest = float(parameters[np.argmax(np.abs(parameters))])
    if not low <= farthest <= high:
        limits = {"low": low, "high": high}
        raise ProtocolError([make_problem("between", "format", show(farthest), gettext, limits)])
    given = tuple(float(weight) for weight in parameters)
    return to_link(run.experiment.model_copy(update={"parameters": given}))


# For each format, how the text is made and what its file is called.
EXPORTS: dict[str, tuple[Callable[[Run, Gettext], str], str]] = {
    "numpy": (numpy_script, "gradient-express-step-{step}-numpy.py"),
    "pytorch": (torch_script, "gradient-express-step-{step}-pytorch.py"),
    "experiment": (experiment_json, "gradient-express-experiment.json"),
    "link": (weights_link, "gradient-express-step-{step}.txt"),
}


def export(run: Run, kind: str, gettext: Gettext) -> Export:
    """A run as a text file.

    Args:
        run: left as it is.
        kind: a row of EXPORTS.
        gettext: translates comments into the reader's language.

    Raises:
        ProtocolError: a link cannot carry the run's weights.
    """
    write, filename = EXPORTS[kind]
    return Export(filename.format(step=run.trainer.step), write(run, gettext))
