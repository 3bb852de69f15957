"""The "dissection" message: the run's next update, with everything that the page shows of it."""

import json
import math
from typing import Any

import numpy as np
import numpy.typing as npt

from app.closeups import SIGNALS, check_chosen, chosen_arrays
from app.experiment import class_labels
from app.protocol import Dissect, Gettext, ProtocolError, check_whole, encode, make_problem, show
from app.run import Run
from engine.activations import DEAD_SLOPE, SATURATED_SLOPE
from engine.datasets import features
from engine.losses import LOSSES
from engine.microscope import (
    ACTS,
    COLUMNS,
    GRAINS,
    NUMBERS,
    PHASES,
    Dissection,
    Outsider,
    dissect,
    next_examples,
)

KIND = "dissection"
SCALARS = (
    "run",
    "step",
    "epoch",
    "batch",
    "rows",
    "place",
    "learning_rate",
    "loss",
    "loss_after",
    "batch_loss",
    "batch_loss_after",
    "dead_slope",
    "saturated_slope",
)

Array = npt.NDArray[Any]


def encode_dissection(run: Run, command: Dissect, gettext: Gettext) -> bytes:
    """The message that answers ``command``.

    Args:
        run: left as it is.
        command: what is to be looked at.
        gettext: translates a refusal into the reader's language.

    Raises:
        ProtocolError: the run has no such example, neuron or weight.
    """
    check_chosen(run, command, gettext)
    example = command.example
    if isinstance(example, str):
        example = int(next_examples(run.trainer)[0])
        command = command.model_copy(update={"example": example})
    dissection = dissect(run.trainer, _example(run, example, gettext))
    with np.errstate(all="ignore"):
        arrays = {
            "scalars": _scalars(run, dissection),
            **_traced(run, dissection),
            **_update(dissection),
            **_plan(dissection),
            **chosen_arrays(dissection, command),
        }
    return encode(KIND, arrays, _metadata(run, dissection, command))


def _example(
    run: Run, example: int | tuple[float, float, float] | None, gettext: Gettext
) -> int | Outsider | None:
    """The example as the engine wants it: those that test are none of the trainer's."""
    examples = run.examples
    if example is None:
        return None
    if isinstance(example, int):
        check_whole("example", example, 0, len(examples.points) - 1, gettext)
        if example < examples.train:
            return example
        return Outsider(examples.X[example], examples.y[example])
    x1, x2, target = example
    _check_target(run, target, gettext)
    experiment = run.experiment
    y = LOSSES[experiment.loss].encode([target], experiment.problem, experiment.class_count)
    return Outsider(features(np.array([[x1, x2]]), experiment.features)[0], y[0])


def _check_target(run: Run, target: float, gettext: Gettext) -> None:
    labels = class_labels(run.experiment.class_count)
    if run.experiment.problem == "classification" and target not in labels:
        context = {"choices": ", ".join(map(str, labels))}
        problem = make_problem("class_label", "example[2]", show(target), gettext, context)
        raise ProtocolError([problem])


def _scalars(run: Run, dissection: Dissection) -> Array:
    values = {
        "run": run.number,
        "step": dissection.step,
        "epoch": dissection.epoch,
        "batch": dissection.batch,
        "rows": len(dissection.examples),
        "place": -1 if dissection.place is None else dissection.place,
        "learning_rate": dissection.learning_rate,
        "loss": dissection.traced.loss,
        "loss_after": dissection.traced_after,
        "batch_loss": dissection.whole.loss,
        "batch_loss_after": dissection.loss_after,
        "dead_slope": DEAD_SLOPE,
        "saturated_slope": SATURATED_SLOPE,
    }
    return np.array([values[name] for name in SCALARS], np.float64)


def _traced(run: Run, dissection: Dissection) -> dict[str, Array]:
    """What is walked through, and who makes up the batch."""
    look, signals = dissection.traced, dissection.signals
    outputs = np.ascontiguousarray(look.trace.a[-1].T)
    presented = np.empty_like(outputs)
    LOSSES[run.experiment.loss].present(outputs, presented)
    return {
        "inputs": _wide(signals.a[0]),
        "targets": _wide(look.targets),
        "presented": _wide(presented.T),
        "per_example": _wide(dissection.whole.per_example),
        "examples": dissection.examples.astype(np.int32),
        **{name: _wide(np.concatenate(getattr(signals, name)[1:])) for name in SIGNALS},
        "parameters": _wide(dissection.network.parameters),
        "share": _wide(look.trace.gradient),
    }


def _update(dissection: Dissection) -> dict[str, Array]:
    """The update's quantities, and what the optimizer remembered before it."""
    return {
        **{f"before.{name}": _wide(array) for name, array in dissection.memory.items()},
        **{f"update.{name}": _wide(array) for name, array in dissection.update.items()},
    }


def _plan(dissection: Dissection) -> dict[str, Array]:
    plan = dissection.plan
    return {
        "numbers": plan.numbers,
        "stages": plan.stages,
        **{f"stops.{grain}": plan.stops[grain] for grain in GRAINS},
    }


def _wide(array: npt.ArrayLike) -> Array:
    return np.asarray(array, np.float64)


def _metadata(run: Run, dissection: Dissection, command: Dissect) -> dict[str, str]:
    metadata = {
        "run": str(run.number),
        "source": dissection.source.value,
        "choice": command.model_dump_json(include={"example", "neuron", "weight"}),
        "scalars": ",".join(SCALARS),
        "signals": ",".join(SIGNALS),
        "update": ",".join(dissection.update),
        "phases": ",".join(PHASES),
        "acts": ",".join(ACTS),
        "stages": ",".join(COLUMNS),
        "numbers": ",".join(NUMBERS),
        "grains": ",".join(GRAINS),
        "program": _program(dissection),
        "findings": _findings(dissection),
    }
    return metadata if command.id is None else {**metadata, "id": str(command.id)}


def _program(dissection: Dissection) -> str:
    program = dissection.program
    return json.dumps(
        {
            "definitions": program.definitions,
            "setup": program.setup,
            "lines": [vars(line) for line in program.lines],
        }
    )


def _findings(dissection: Dissection) -> str:
    return json.dumps(
        [
            {**vars(found), "measure": found.measure if math.isfinite(found.measure) else None}
            for found in dissection.findings
        ]
    )
