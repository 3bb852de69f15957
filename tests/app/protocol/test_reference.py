"""The reference in docs/ tells of everything that the protocol has."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from app.experiment import Experiment
from app.playground_link import HIDE, READERS
from app.protocol import (
    CLOSE_UP_COLUMNS,
    CLOSE_UP_SCALARS,
    EVENTS,
    SCALARS,
    Command,
    decode,
)
from engine.statistics import STATISTICS
from tests.vectors.frames.write import files

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "protocol.md"
COMMANDS: tuple[type[BaseModel], ...] = Command.__args__


def name_of(model: type[BaseModel], field: str) -> str:
    """The text by which a command or event is known."""
    name: str = model.model_fields[field].annotation.__args__[0]  # type: ignore[union-attr]
    return name


def _code_words() -> set[str]:
    return set(re.findall(r"`([^`\s]+)`", REFERENCE.read_text(encoding="utf-8")))


@pytest.mark.parametrize("model", [*COMMANDS, *EVENTS], ids=lambda model: model.__name__)
def test_the_reference_explains_every_message(model: type[BaseModel]) -> None:
    """Each command and event stands in the reference by its name, with each of its fields."""
    field = "event" if model in EVENTS else "command"
    commands, _, events = REFERENCE.read_text(encoding="utf-8").partition("\n## Events\n")
    text = events if model in EVENTS else commands
    (section,) = re.findall(rf"^### `{name_of(model, field)}`$(.*?)(?=^##|\Z)", text, re.M | re.S)
    for name, info in model.model_fields.items():
        if name not in ("id", field):
            assert f"`{info.alias or name}`" in section


def test_the_reference_explains_every_number() -> None:
    """Arrays, scalars, statistics and the Experiment's fields stand in the reference.

    A checkpoint's arrays are the engine's own matter.
    """
    messages = [decode(message) for message in files().values()]
    arrays = {
        name
        for metadata, tensors in messages
        for name in tensors
        if metadata["kind"] != "checkpoint"
    }

    selected = {*CLOSE_UP_SCALARS, *CLOSE_UP_COLUMNS}
    numbers = {*arrays, *selected, *SCALARS, *STATISTICS, *Experiment.model_fields}
    assert numbers <= _code_words()


def test_the_reference_explains_links() -> None:
    """Each part of a link and each hide id stands in the reference."""
    text = REFERENCE.read_text(encoding="utf-8").partition("## The Experiment")[2]

    assert {name.removesuffix(HIDE) for name in READERS} <= set(re.findall(r"\w+", text))
