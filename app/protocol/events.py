"""What the server tells in text: frozen events that become one line of JSON."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.experiment import Experiment
from app.protocol.commands import Pace
from app.protocol.problems import Problem


class Event(BaseModel):
    """An event; ``id`` is that of the command that it answers, and absent where there is none."""

    model_config = ConfigDict(frozen=True, serialize_by_alias=True)

    id: int | None = None

    def text(self) -> str:
        """The message: JSON in which an absent id does not stand."""
        return self.model_dump_json(exclude={"id"} if self.id is None else None)


class Configured(Event):
    """A run begins or changes; docs/reference/protocol.md explains each field."""

    event: Literal["configured"] = "configured"
    run: int
    experiment: Experiment
    link: str
    shape: tuple[int, ...]
    activations: tuple[str, ...]
    reset: bool
    because: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    parameters: int
    train: int
    test: int


class Refused(Event):
    """A message was refused and changed nothing."""

    event: Literal["refused"] = "refused"
    command: str | None = None
    problems: tuple[Problem, ...]


class Bookmark(BaseModel):
    """Where a trial began: the step, and the loss of all training examples there."""

    model_config = ConfigDict(frozen=True)

    step: int
    train_loss: float


class State(Event):
    """Whether the run advances by itself, how fast, and whether a trial is under way."""

    event: Literal["state"] = "state"
    playing: bool
    pace: Pace
    trial: Bookmark | None = None


class Diverged(Event):
    """A number stopped being finite; the run stands at the last finite state, paused."""

    event: Literal["diverged"] = "diverged"
    run: int
    step: int
    layer: int
    quantity: str
    message: str


class Exported(Event):
    """The run as a text file, as ``export`` asked for it."""

    event: Literal["export"] = "export"
    format: str
    filename: str
    content: str = Field(alias="text")


EVENTS: tuple[type[Event], ...] = (Configured, Refused, State, Diverged, Exported)
