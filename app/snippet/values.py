"""What a name in a snippet can stand for, and what each kind is called."""

import ast
import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from app.snippet.errors import Phrase, Refusal, gettext_noop
from engine.scalar import Value
from engine.tensor import Tensor

Number = int | float  # bool is one too, as in Python


class Size(tuple[int, ...]):
    """A shape, which PyTorch prints in its own way."""

    __slots__ = ()


@dataclass(frozen=True)
class Native:
    """A function of ours that a snippet may call.

    Attributes:
        name: as it is written, such as "torch.relu".
        function: called with the run's state, then what the snippet passes.
        bound: what stands before it, as in x.relu().
    """

    name: str
    function: Callable[..., Any]
    bound: tuple[Any, ...] = ()

    def call(self, state: Any, arguments: list[Any], named: dict[str, Any]) -> Any:
        """Call it, once the arguments are seen to fit its parameters."""
        given = (state, *self.bound, *arguments)
        signature = _signature(self.function)
        try:
            signature.bind(*given, **named)
        except TypeError:
            parameters = list(signature.parameters.values())
            shown = ", ".join(map(_parameter, parameters[1 + len(self.bound) :]))
            raise Refusal(
                gettext_noop("%(name)s cannot be called with these arguments."),
                gettext_noop("Write %(form)s."),
                name=self.name,
                form=f"{self.name}({shown})",
            ) from None
        return self.function(*given, **named)


@lru_cache(maxsize=256)
def _signature(function: Callable[..., Any]) -> inspect.Signature:
    return inspect.signature(function)


def _parameter(parameter: inspect.Parameter) -> str:
    if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
        return "…"
    if parameter.default is inspect.Parameter.empty:
        return parameter.name
    default = parameter.default
    return f"{parameter.name}={default.name if isinstance(default, Marker) else repr(default)}"


@dataclass(frozen=True)
class Function:
    """A function that the snippet defines."""

    syntax: ast.FunctionDef
    defaults: Mapping[str, Any]
    local_names: frozenset[str]

    @property
    def name(self) -> str:
        """As it is written after def."""
        return self.syntax.name


@dataclass(frozen=True)
class Module:
    """A namespace such as torch or torch.nn.functional."""

    name: str
    members: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Marker:
    """A named thing that can only be handed on: torch.float32, torch.no_grad()."""

    name: str


def kind(value: Any) -> Phrase:
    """What a value is called in a message."""
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (type(None), gettext_noop("None")),
        ((int, float), gettext_noop("a number")),
        (str, gettext_noop("a text")),
        (Tensor, gettext_noop("a tensor")),
        (Value, gettext_noop("a number of the graph")),
        (list, gettext_noop("a list")),
        (tuple, gettext_noop("a tuple")),
        (range, gettext_noop("a range")),
        ((Native, Function), gettext_noop("a function")),
        (Module, gettext_noop("a module")),
    )
    for types, msgid in kinds:
        if isinstance(value, types):
            return Phrase(msgid)
    return Phrase(gettext_noop("something else"))


def is_number(value: Any) -> bool:
    """Whether a value is one of Python's numbers."""
    return isinstance(value, (int, float))


def is_differentiable(value: Any) -> bool:
    """Whether a value can be part of a graph."""
    return isinstance(value, (Tensor, Value))


def checked(number: Any) -> Any:
    """A number, unless it is one that a computer's float cannot hold exactly or at all."""
    if isinstance(number, int) and abs(number) > 2**53:
        raise Refusal(
            gettext_noop("This whole number is larger than 2 to the power of 53."),
            gettext_noop("Write it as 1e20, say."),
        )
    if isinstance(number, float) and not math.isfinite(number):
        raise Refusal(gettext_noop("The result is too large to be written as a number."))
    return number


def whole(value: Any, what: str) -> int:
    """A whole number for a range, an index or an axis.

    Args:
        value: an int, or a leaf Value or one-element tensor that holds a whole number.
        what: what it is wanted for, as written: "range", "dim".
    """
    if isinstance(value, Value) and not value.parents and value.data == math.floor(value.data):
        return int(value.data)
    if isinstance(value, Tensor) and not value.is_floating and value.data.size == 1:
        return int(value.item())
    if isinstance(value, int) and abs(value) <= 2**53:
        return int(value)
    raise Refusal(
        gettext_noop("%(what)s needs a whole number here, and got %(kind)s."),
        what=what,
        kind=kind(value),
    )


def tensor(value: Any, name: str) -> Tensor:
    """A value that must be a tensor for the function of this name."""
    if isinstance(value, Tensor):
        return value
    raise Refusal(
        gettext_noop("%(name)s needs a tensor, and got %(kind)s."),
        gettext_noop("Write torch.tensor(…) around the number or the list."),
        name=name,
        kind=kind(value),
    )
