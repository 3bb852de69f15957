"""A checkpoint: everything that a run needs to go on, as one file that the page keeps."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import ValidationError

from app.experiment import Experiment
from app.protocol import (
    MAX_CHECKPOINT_BYTES,
    VERSION,
    Gettext,
    ProtocolError,
    decode,
    encode,
    from_validation,
    make_problem,
    show,
)
from app.run import Run

KIND = "checkpoint"
LIMIT = 2**53

State = dict[str, npt.NDArray[Any]]


def encode_checkpoint(run: Run) -> bytes:
    """The file; what it holds is independent of the run from here on."""
    metadata = {"run": str(run.number), "experiment": run.experiment.model_dump_json()}
    return encode(KIND, run.trainer.state(), metadata)


def decode_checkpoint(message: bytes, gettext: Gettext) -> Run:
    """The run that a checkpoint holds, which goes on with the numbers that it would have had.

    Args:
        message: any bytes.
        gettext: translates a refusal into the reader's language.

    Raises:
        MessageTooLarge: it is longer than any checkpoint.
        ProtocolError: it is no checkpoint of ours, or its parts do not fit together.
    """
    metadata, tensors = decode(message, gettext, kind=KIND, limit=MAX_CHECKPOINT_BYTES)
    if metadata.get("version") != str(VERSION):
        context = {"choices": VERSION}
        raise _refusal("choice", "version", metadata.get("version"), gettext, context)
    run = Run(_run_number(metadata, gettext), _experiment(metadata, gettext))
    _check_arrays(tensors, run, gettext)
    _check_position(tensors["position"], gettext)
    try:
        run.trainer.restore(tensors)
    except ValueError as error:
        raise _refusal("position", "position", tensors["position"].tolist(), gettext) from error
    return run


def _run_number(metadata: dict[str, str], gettext: Gettext) -> int:
    text = metadata.get("run", "")
    if not (text.isascii() and text.isdecimal() and len(text) < 17 and int(text) < LIMIT):
        raise _refusal(
            "whole_between", "run", metadata.get("run"), gettext, {"low": 0, "high": LIMIT - 1}
        )
    return int(text)


def _experiment(metadata: dict[str, str], gettext: Gettext) -> Experiment:
    if "experiment" not in metadata:
        raise _refusal("missing", "experiment", None, gettext)
    try:
        return Experiment.model_validate_json(metadata["experiment"])
    except ValidationError as error:
        errors = error.errors(include_url=False)
        problems = [
            problem.model_copy(update={"field": f"experiment.{problem.field}"})
            for problem in from_validation(errors, gettext)
        ]
        raise ProtocolError(problems) from error


def _check_arrays(tensors: State, run: Run, gettext: Gettext) -> None:
    """Refuses arrays that the run's own state does not have, or that hold impossible numbers."""
    wanted = run.trainer.state()
    for name in [*wanted, *(name for name in tensors if name not in wanted)]:
        if name not in wanted:
            raise _refusal("extra_forbidden", name, _describe(tensors[name]), gettext)
        if name not in tensors or _describe(tensors[name]) != _describe(wanted[name]):
            got = _describe(tensors[name]) if name in tensors else None
            context = {"array": _describe(wanted[name])}
            raise _refusal("array", name, got, gettext, context)
        _check_numbers(name, tensors[name], run, gettext)


def _check_numbers(name: str, array: npt.NDArray[Any], run: Run, gettext: Gettext) -> None:
    if array.dtype.kind == "f":
        # A float32 network can hold less than the file's float64 says.
        with np.errstate(over="ignore"):
            held = array.astype(run.trainer.network.parameters.dtype)
        wrong = array[~np.isfinite(held)]
        if wrong.size:
            raise _refusal("finite_number", name, float(wrong[0]), gettext)
    else:
        wrong = array[(array < 0) | (array >= LIMIT)]
        if wrong.size:
            limits = {"low": 0, "high": LIMIT - 1}
            raise _refusal("whole_between", name, int(wrong[0]), gettext, limits)


def _check_position(position: npt.NDArray[Any], gettext: Gettext) -> None:
    """Refuses what no run can reach: an update made, but before the first batch of all."""
    _, epoch, batch, _, applied = map(int, position)
    if applied > 1 or (applied and epoch == batch == 0):
        raise _refusal("position", "position", position.tolist(), gettext)


def _describe(array: npt.NDArray[Any]) -> str:
    return f"{array.dtype.name}{list(array.shape)}"


def _refusal(
    kind: str,
    field: str,
    got: object,
    gettext: Gettext,
    context: Mapping[str, object] | None = None,
) -> ProtocolError:
    return ProtocolError([make_problem(kind, field, show(got), gettext, context)])
