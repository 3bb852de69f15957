"""What a client may ask for: typed commands, or a refusal that says what was wrong."""

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictFloat,
    StrictInt,
    StrictStr,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError, from_json

from app.experiment import MAX_COORDINATE, MAX_LAYERS, Experiment, Weight
from app.protocol.problems import (
    Gettext,
    MessageTooLarge,
    ProtocolError,
    first_fields,
    from_validation,
    make_problem,
    show_text,
)

MAX_TEXT_BYTES = 2**20
MAX_LINK = 2**19
MAX_STEPS = 10_000
MAX_CREDIT = 8
MAX_BACK = 10**9
MAP_RESOLUTIONS = (4, 40)
OUTPUT_RESOLUTIONS = (20, 120)
PACES = {"update": (0.2, 1000.0), "epoch": (1.0, 1000.0), "full": (0.0, 1000.0)}

Coordinate = Annotated[
    StrictFloat, Field(ge=-MAX_COORDINATE, le=MAX_COORDINATE, allow_inf_nan=False)
]
Number = Annotated[StrictInt, Field(ge=0, lt=2**53)]
LayerNumber = Annotated[StrictInt, Field(ge=1, le=MAX_LAYERS + 1)]
Index = Annotated[StrictInt, Field(ge=0)]


def _is_example(value: object) -> bool:
    """null, "first", an example's number, or x1, x2 and a target."""
    if isinstance(value, list | tuple):
        return len(value) == 3 and all(
            isinstance(part, int | float)
            and not isinstance(part, bool)
            and -MAX_COORDINATE <= part <= MAX_COORDINATE
            for part in value
        )
    if value is None or value == "first":
        return True
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _check_example(value: Any) -> Any:
    # One message for all that it may be; pydantic would complain once for each member of a union.
    if not _is_example(value):
        context = {"low": -MAX_COORDINATE, "high": MAX_COORDINATE}
        raise PydanticCustomError("example", "example", context)
    return value


Example = Annotated[
    Literal["first"] | int | tuple[float, float, float] | None,
    BeforeValidator(_check_example),
]


class Record(BaseModel):
    """A frozen part of a command that refuses what it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, serialize_by_alias=True
    )


class Message(Record):
    """A command; the answer to it carries the same ``id``."""

    id: Number | None = None


class Pace(Record):
    """How fast to play: updates a second, whole epochs a frame, or as fast as the server goes."""

    unit: Literal["update", "epoch", "full"]
    rate: Annotated[StrictFloat, Field(allow_inf_nan=False)] = 1.0

    @field_validator("rate")
    @classmethod
    def _rate_fits(cls, rate: float, info: ValidationInfo) -> float:
        low, high = PACES[info.data.get("unit", "full")]
        if not low <= rate <= high:
            raise PydanticCustomError("between", "rate", {"low": low, "high": high})
        return rate


class Hello(Message):
    """Start with the default Experiment."""

    command: Literal["hello"]


class Configure(Message):
    """Take this Experiment; what differs decides whether the network starts anew."""

    command: Literal["configure"]
    experiment: Experiment


class Open(Message):
    """Take the Experiment that a link's fragment describes."""

    command: Literal["open"]
    link: Annotated[StrictStr, Field(max_length=MAX_LINK)]


class Play(Message):
    """Train on at this pace; while playing, change the pace."""

    command: Literal["play"]
    pace: Pace


class Pause(Message):
    """Stop after the update that is being made."""

    command: Literal["pause"]


class Step(Message):
    """Advance by so many samples, batches or epochs, and pause there."""

    command: Literal["step"]
    unit: Literal["sample", "batch", "epoch"] = "batch"
    count: Annotated[StrictInt, Field(ge=1, le=MAX_STEPS)] = 1


class Reset(Message):
    """Start again from the same weights."""

    command: Literal["reset"]


class Reseed(Message):
    """Start again from new weights."""

    command: Literal["reseed"]


class Regenerate(Message):
    """Draw new data of the same kind and start again."""

    command: Literal["regenerate"]


class SetParameter(Message):
    """Set one weight W[from, to] or one bias b[to] of a layer."""

    command: Literal["set"]
    parameter: Literal["W", "b"]
    layer: LayerNumber
    from_: Index | None = Field(default=None, alias="from")
    to: Index
    value: Weight

    @field_validator("from_")
    @classmethod
    def _from_fits(cls, index: int | None, info: ValidationInfo) -> int | None:
        parameter = info.data.get("parameter")
        if parameter == "W" and index is None:
            raise PydanticCustomError("int_type", "from")
        if parameter == "b" and index is not None:
            raise PydanticCustomError("null", "from")
        return index


class Detail(Message):
    """Say what to look at closely: resolutions of the maps, a neuron to enlarge, a point to probe,
    a weight or unit whose numbers are wanted example by example."""

    command: Literal["detail"]
    map: Annotated[StrictInt, Field(ge=MAP_RESOLUTIONS[0], le=MAP_RESOLUTIONS[1])] = 10
    output: Annotated[StrictInt, Field(ge=OUTPUT_RESOLUTIONS[0], le=OUTPUT_RESOLUTIONS[1])] = 60
    focus: tuple[LayerNumber, Index] | None = None
    probe: tuple[Coordinate, Coordinate] | None = None
    selected: tuple[LayerNumber, Index | None, Index] | None = None

    @field_validator("output")
    @classmethod
    def _output_fits(cls, output: int, info: ValidationInfo) -> int:
        cells = info.data.get("map")
        if cells is not None and output % cells:
            raise PydanticCustomError("multiple", "output", {"of": cells})
        return output


class Credit(Message):
    """Grant frames: the server sends one for each, newest state first."""

    command: Literal["credit"]
    frames: Annotated[StrictInt, Field(ge=1, le=MAX_CREDIT)] = 1


class Checkpoint(Message):
    """Ask for a checkpoint now."""

    command: Literal["checkpoint"]


class Dissect(Message):
    """Take the next update apart: for the whole batch or one example; changes nothing."""

    command: Literal["dissect"]
    example: Example = None
    neuron: tuple[LayerNumber, Index] | None = None
    weight: tuple[LayerNumber, Index | None, Index] | None = None


class CloseUp(Message):
    """Say more of one unit and one weight of the next update; changes nothing."""

    command: Literal["closeup"]
    neuron: tuple[LayerNumber, Index] | None = None
    weight: tuple[LayerNumber, Index | None, Index] | None = None


class Gradcheck(Message):
    """Check the gradient against finite differences, beside whatever else goes on."""

    command: Literal["gradcheck"]


class Back(Message):
    """Go back by so many updates, exactly, and pause there."""

    command: Literal["back"]
    count: Annotated[StrictInt, Field(ge=1, le=MAX_BACK)] = 1


class Try(Message):
    """Keep this moment while something is tried; then come back to it, or let it go."""

    command: Literal["trial"]
    action: Literal["begin", "undo", "keep"]


class Export(Message):
    """Ask for the run as something to keep."""

    command: Literal["export"]
    format: Literal["numpy", "pytorch", "experiment", "checkpoint", "link"]


Command = (
    Hello
    | Configure
    | Open
    | Play
    | Pause
    | Step
    | Reset
    | Reseed
    | Regenerate
    | SetParameter
    | Detail
    | Credit
    | Checkpoint
    | Dissect
    | CloseUp
    | Gradcheck
    | Back
    | Try
    | Export
)
_COMMAND: TypeAdapter[Command] = TypeAdapter(Annotated[Command, Field(discriminator="command")])


def parse_command(text: str, gettext: Gettext) -> Command:
    """Reads a text message.

    Args:
        text: what the client sent.
        gettext: translates a refusal into the reader's language.

    Raises:
        MessageTooLarge: it is longer than MAX_TEXT_BYTES.
        ProtocolError: it is no command, or one with faults; nothing else is raised.
    """
    try:
        message = text.encode()
    except UnicodeEncodeError as error:
        problem = make_problem("utf8", "message", show_text(text), gettext)
        raise ProtocolError([problem]) from error
    if len(message) > MAX_TEXT_BYTES:
        context = {"limit": MAX_TEXT_BYTES}
        got = show_text(text)
        raise MessageTooLarge([make_problem("message_bytes", "message", got, gettext, context)])
    try:
        return _COMMAND.validate_json(message)
    except ValidationError as error:
        command, number = first_fields(_lenient(message))
        errors = error.errors(include_url=False)
        raise ProtocolError(from_validation(errors, gettext, skip=1), command, number) from error


def _lenient(message: bytes) -> Any:
    """The message as far as it is JSON, else None."""
    try:
        return from_json(message)
    except ValueError:
        return None
