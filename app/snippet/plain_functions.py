"""Functions for numbers and graphs alike: Python's own few, and those of a calculator."""

# ruff: noqa: ARG001 - every function is called with the state of the run

import ast
from collections.abc import Callable
from typing import Any

from app.snippet.arithmetic import binary
from app.snippet.errors import Refusal, gettext_noop
from app.snippet.printing import shown
from app.snippet.state import Printed, State
from app.snippet.values import checked, is_number, kind, whole
from engine import tensor as tensors
from engine.operations import OPERATIONS, evaluate
from engine.scalar import Value
from engine.tensor import Tensor

UNARY = ("relu", "sigmoid", "tanh", "exp", "log", "sqrt", "sin", "cos", "abs")


def print_(state: State, *values: Any) -> None:
    """Print values, separated by spaces."""
    plain = state.dialect == "plain"
    texts = [
        shown(value.data if plain and isinstance(value, Value) else value, state.meter)
        for value in values
    ]
    text = " ".join(texts)
    state.meter.printed(len(text))
    line = getattr(state.here, "lineno", 1)
    state.printed.append(Printed(line, text, state.here))


def range_(state: State, *bounds: Any) -> range:
    """Python's range, of whole numbers."""
    numbers = [whole(bound, "range") for bound in bounds]
    if not 1 <= len(numbers) <= 3 or (len(numbers) == 3 and numbers[2] == 0):
        raise Refusal(
            gettext_noop("range takes one to three whole numbers."),
            gettext_noop("Write %(form)s."),
            form="range(10)",
        )
    return range(*numbers)


def items(state: State, value: Any) -> list[Any]:
    """What a loop over a value goes through, except for a range."""
    if isinstance(value, Tensor) and value.ndim:
        return [state.computed(value[index]) for index in range(value.shape[0])]
    if isinstance(value, (list, tuple)):
        return list(value)
    if isinstance(value, range):
        state.meter.elements(len(value))
        return list(value)
    raise Refusal(
        gettext_noop("There is nothing to go through in %(kind)s."),
        gettext_noop("Write range(…) or a list."),
        kind=kind(value),
    )


def length(state: State, value: Any) -> int:
    """How many items a list has, or rows a tensor."""
    if isinstance(value, (list, tuple, range, str)):
        return len(value)
    if isinstance(value, Tensor) and value.ndim:
        return value.shape[0]
    raise Refusal(gettext_noop("There is no length of %(kind)s."), kind=kind(value))


def sum_(state: State, values: Any, start: Any = 0) -> Any:
    """Add the items of a list one by one."""
    total = start
    for item in items(state, values):
        total = binary(state, ast.Add, total, item)
    return total


def zip_(state: State, *lists: Any) -> list[Any]:
    """Items that stand at the same place, together."""
    return list(zip(*(items(state, one) for one in lists), strict=False))


def enumerate_(state: State, values: Any) -> list[Any]:
    """Items with their numbers."""
    return list(enumerate(items(state, values)))


def to_float(state: State, value: Any) -> float:
    """A plain number; no gradient flows through it."""
    if isinstance(value, Tensor):
        return float(value.item())
    if isinstance(value, Value):
        return value.data
    if is_number(value):
        return float(value)
    raise Refusal(
        gettext_noop("%(name)s needs a number, and got %(kind)s."), name="float", kind=kind(value)
    )


def to_int(state: State, value: Any) -> int:
    """A whole number, cut towards 0."""
    return int(checked(int(to_float(state, value))))


def round_(state: State, value: Any, digits: Any = 0) -> Any:
    """A plain number, rounded."""
    places = max(-20, min(20, whole(digits, "round")))
    rounded = round(to_float(state, value), places)
    return rounded if places > 0 else int(checked(int(rounded)))


def extreme(name: str) -> Callable[..., Any]:
    def choose(state: State, *values: Any) -> Any:
        candidates = items(state, values[0]) if len(values) == 1 else list(values)
        if not candidates:
            raise Refusal(gettext_noop("%(name)s needs something to choose from."), name=name)
        best = candidates[0]
        for other in candidates[1:]:
            best = joined(state, name, best, other)
        return best

    choose.__doc__ = f"The {name} of several numbers; the gradient goes to the one chosen."
    return choose


def power(state: State, base: Any, exponent: Any) -> Any:
    """base ** exponent."""
    return binary(state, ast.Pow, base, exponent)


def joined(state: State, name: str, *operands: Any, constants: tuple[float, ...] = ()) -> Any:
    """Apply a row of the operation table to operands of one kind, or of one kind and numbers."""
    differentiable = [operand for operand in operands if isinstance(operand, (Tensor, Value))]
    others = [operand for operand in operands if not isinstance(operand, (Tensor, Value))]
    for other in others:
        if not is_number(other):
            raise Refusal(
                gettext_noop("%(name)s needs a number, and got %(kind)s."),
                name=name,
                kind=kind(other),
            )
    if not differentiable:
        result = float(evaluate(OPERATIONS[name], (*map(float, others), *constants)))
        whole_result = OPERATIONS[name].keeps_integers and result.is_integer()
        integers = all(isinstance(number, int) for number in (*others, *constants))
        return checked(int(result) if whole_result and integers else result)
    if len({type(operand) for operand in differentiable}) > 1:
        raise Refusal(gettext_noop("Tensors and Values cannot be joined."))
    if isinstance(differentiable[0], Tensor):
        return state.computed(tensors.elementwise(name, *operands, constants=constants))
    first = operands[0] if isinstance(operands[0], Value) else Value(operands[0])
    return state.computed(getattr(first, name)(*operands[1:], *constants))


def unary(name: str) -> Callable[..., Any]:
    def apply(state: State, x: Any) -> Any:
        return joined(state, name, x)

    apply.__doc__ = f"{name}, of a number, a Value or a tensor."
    return apply
