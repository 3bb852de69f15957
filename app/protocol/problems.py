"""What is wrong with something that a client sent, told in the reader's language."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic_core import ErrorDetails

Gettext = Callable[[str], str]

GOT_CHARACTERS = 60
MOST_PROBLEMS = 20
# A default that hangs on another field is missing only because that field is at fault.
ECHOES = {"default_factory_not_called"}


def gettext_noop(message: str) -> str:
    """Marks a string for the translators; it is translated when the reader is known."""
    return message


class Problem(BaseModel):
    """One fault of a message or a link.

    Attributes:
        field: the JSON path of the faulty part, such as "experiment.layers[2].units"; "message"
            for the whole of it.
        expected: what may stand there.
        got: what stood there as JSON, cut to 60 characters; a word where nothing did.
        message: the three in one sentence.
    """

    model_config = ConfigDict(frozen=True)

    field: str
    expected: str
    got: str
    message: str


class ProtocolError(ValueError):
    """A message from the client that cannot be accepted; it has changed nothing.

    Attributes:
        problems: every fault that was found, at least one, in the reader's language.
        command: the name of the command, as far as the message told it.
        id: the number by which the client knows its message.
    """

    def __init__(
        self, problems: Iterable[Problem], command: str | None = None, message_id: int | None = None
    ) -> None:
        self.problems = list(problems)
        self.command = command
        self.id = message_id
        super().__init__(" ".join(problem.message for problem in self.problems))


class MessageTooLarge(ProtocolError):  # noqa: N818 - the name says what is the case
    """A message longer than its kind may be: the connection is closed with 1009."""


# What each kind of fault expected. The kinds are pydantic's error types, then our own.
EXPECTED: dict[str, str] = {
    "missing": gettext_noop("a value"),
    "extra_forbidden": gettext_noop("no field of this name"),
    "json_invalid": gettext_noop("valid JSON"),
    "model_type": gettext_noop("an object"),
    "model_attributes_type": gettext_noop("an object"),
    "dict_type": gettext_noop("an object"),
    "list_type": gettext_noop("a list"),
    "tuple_type": gettext_noop("a list"),
    "iteration_error": gettext_noop("a list"),
    "int_type": gettext_noop("a whole number"),
    "int_from_float": gettext_noop("a whole number"),
    "int_parsing": gettext_noop("a whole number"),
    "int_parsing_size": gettext_noop("a smaller number"),
    "float_type": gettext_noop("a number"),
    "float_parsing": gettext_noop("a number"),
    "finite_number": gettext_noop("a finite number"),
    "bool_type": gettext_noop("true or false"),
    "string_type": gettext_noop("text"),
    "string_unicode": gettext_noop("text"),
    "string_pattern_mismatch": gettext_noop("text of the form %(pattern)s"),
    "string_too_short": gettext_noop("at least %(min_length)s characters"),
    "string_too_long": gettext_noop("at most %(max_length)s characters"),
    "too_short": gettext_noop("at least %(min_length)s entries"),
    "too_long": gettext_noop("at most %(max_length)s entries"),
    "greater_than": gettext_noop("a number above %(gt)s"),
    "greater_than_equal": gettext_noop("a number of at least %(ge)s"),
    "less_than": gettext_noop("a number below %(lt)s"),
    "less_than_equal": gettext_noop("a number of at most %(le)s"),
    "literal_error": gettext_noop("one of %(choices)s"),
    "union_tag_invalid": gettext_noop("one of %(choices)s"),
    "union_tag_not_found": gettext_noop('an object with a field "command"'),
    "choice": gettext_noop("one of %(choices)s"),
    "between": gettext_noop("a number from %(low)s to %(high)s"),
    "whole_between": gettext_noop("a whole number from %(low)s to %(high)s"),
    "null": gettext_noop("null"),
    "seed_text": gettext_noop("a seed of 1 to %(max_length)s printable characters"),
    "unique": gettext_noop("each name once"),
    "visible_feature": gettext_noop("features that are not hidden"),
    "loss_of_problem": gettext_noop("a loss for this problem: %(choices)s"),
    "points_dataset": gettext_noop('points, because the data set is "points"'),
    "no_points": gettext_noop('no points, because the data set is not "points"'),
    "class_label": gettext_noop("a class: %(choices)s"),
    "example": gettext_noop(
        "null, first, the number of an example, or [x1, x2, target] with numbers from %(low)s to "
        "%(high)s"
    ),
    "reach": gettext_noop("at most %(count)s, which is as far as the server remembers"),
    "trial": gettext_noop("begin, because no trial is under way"),
    "no_trial": gettext_noop("undo or keep, because a trial is under way"),
    "multiple": gettext_noop("a multiple of %(of)s"),
    "message_bytes": gettext_noop("at most %(limit)s bytes"),
    "utf8": gettext_noop("text in UTF-8"),
    "safetensors": gettext_noop("a complete safetensors file"),
    "kind": gettext_noop("a file of the kind %(kind)s"),
    "array": gettext_noop("an array %(array)s"),
    "position": gettext_noop("a position that a run of this experiment can reach"),
    "started": gettext_noop("hello, configure, open or a checkpoint first"),
    "fewer_sessions": gettext_noop("fewer than %(limit)s sessions on this server"),
    "same_origin": gettext_noop("a page of this server"),
    "link_part": gettext_noop("a part that links may have"),
    "link_effect": gettext_noop("no such part, for it has no effect here"),
    "link_numbers": gettext_noop("numbers, with commas between them"),
    "link_number": gettext_noop("a number"),
    "link_weights": gettext_noop("numbers of 8 bytes each, written in base64url"),
    "weight_count": gettext_noop("%(count)s numbers, one for each weight and bias"),
    "linked_weights": gettext_noop(
        "at most %(count)s weights and biases; a checkpoint holds any number"
    ),
    "link_points": gettext_noop("points x1,x2,target with semicolons between them"),
    "per_layer": gettext_noop("one for each of the %(count)s layers"),
}
FALLBACK = gettext_noop("another value")
SENTENCE = gettext_noop("%(field)s: expected %(expected)s, got %(got)s.")
# What a reader of the page meets without having written a field.
SENTENCES: dict[str, str] = {
    "reach": gettext_noop(
        "The server remembers this run from step %(oldest)s on. What came before can be looked "
        "at, but not gone back to."
    ),
}
WHOLE_MESSAGE = "message"
WHOLE = gettext_noop("Expected %(expected)s, got %(got)s.")
NOTHING = gettext_noop("nothing")


def make_problem(
    kind: str, field: str, got: str, gettext: Gettext, context: Mapping[str, object] | None = None
) -> Problem:
    """A problem of a kind that stands in EXPECTED.

    Args:
        kind: the row of EXPECTED.
        field: the JSON path of the faulty part.
        got: what stood there; see ``show``.
        gettext: translates into the reader's language.
        context: what the row's placeholders stand for.
    """
    details = {name: _plain(value) for name, value in (context or {}).items()}
    expected = gettext(EXPECTED.get(kind, FALLBACK)) % details
    values = {"field": field, "expected": expected, "got": got}
    general = WHOLE if field == WHOLE_MESSAGE else SENTENCE
    message = gettext(SENTENCES.get(kind, general)) % {**details, **values}
    return Problem(**values, message=message)


def out_of_range(
    field: str, low: int, high: int, got: object, gettext: Gettext, command: str | None = None
) -> ProtocolError:
    """The refusal of a whole number that only the session could check, such as a layer."""
    limits = {"low": low, "high": high}
    return ProtocolError(
        [make_problem("whole_between", field, show(got), gettext, limits)], command
    )


def check_whole(field: str, number: int, low: int, high: int, gettext: Gettext) -> None:
    """Refuses a whole number outside its range that only the session could check.

    Raises:
        ProtocolError: the number is out of range.
    """
    if not low <= number <= high:
        raise out_of_range(field, low, high, number, gettext)


def from_validation(
    errors: Iterable[ErrorDetails], gettext: Gettext, *, skip: int = 0
) -> list[Problem]:
    """pydantic's errors as problems, at most 20 of them.

    Args:
        errors: what ``ValidationError.errors()`` returns.
        gettext: translates into the reader's language.
        skip: how many leading parts of each location name a union's member and not a field.
    """
    problems = []
    told = [error for error in errors if error["type"] not in ECHOES]
    for error in told[:MOST_PROBLEMS]:
        kind, context = expectation(error)
        nothing = kind in ("missing", "union_tag_not_found")
        got = gettext(NOTHING) if nothing else show(context.get("tag", error["input"]))
        field = "command" if kind.startswith("union_tag") else path(error["loc"][skip:])
        problems.append(make_problem(kind, field or WHOLE_MESSAGE, got, gettext, context))
    return problems


def expectation(error: ErrorDetails) -> tuple[str, dict[str, object]]:
    """The row of EXPECTED for one of pydantic's errors, and what its placeholders stand for."""
    kind, context = error["type"], dict(error.get("ctx", {}))
    if kind == "literal_error":
        context["choices"] = _quoted(str(context["expected"]))
    elif kind == "union_tag_invalid":
        context["choices"] = _quoted(str(context["expected_tags"]))
    return kind, context


def path(location: Iterable[int | str]) -> str:
    """("layers", 2, "units") as "layers[2].units"."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{show_text(part)}" for part in location]
    return "".join(parts).removeprefix(".")


def show(value: object) -> str:
    """A value as JSON on one line, cut to 60 characters, always encodable as UTF-8.

    Bytes are shown as the text that they were meant to be.
    """
    if isinstance(value, bytes):
        return show_text(value[: 4 * GOT_CHARACTERS].decode("utf-8", "replace"))
    try:
        return show_text(json.dumps(value, ensure_ascii=False, default=str))
    except (TypeError, ValueError, RecursionError):
        return show_text(str(type(value).__name__))


def show_text(text: str) -> str:
    """Text without control characters, cut to 60 characters, always encodable as UTF-8."""
    head = text[: GOT_CHARACTERS + 1].encode("utf-8", "replace").decode()
    clean = "".join(character if character.isprintable() else " " for character in head)
    return clean if len(clean) <= GOT_CHARACTERS else f"{clean[: GOT_CHARACTERS - 1]}…"


def _quoted(text: str) -> str:
    """pydantic's "'W' or 'b'" without its English."""
    return ", ".join(re.findall(r"'([^']*)'", text))


def _plain(value: object) -> object:
    """A limit as a person writes it: 1000000, and not 1e+06 or 1000000.0."""
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    return value


def first_fields(value: Any) -> tuple[str | None, int | None]:
    """The command's name and id in a message that may be anything, for the answer to it."""
    if not isinstance(value, dict):
        return None, None
    command, number = value.get("command"), value.get("id")
    known = isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**53
    return (
        show_text(command) if isinstance(command, str) else None,
        number if known else None,
    )
