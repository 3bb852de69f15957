"""The functions of torch and torch.nn.functional that a snippet may call."""

# ruff: noqa: A002 - the parameters have PyTorch's names, since they can be passed by name

import ast
import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from app.snippet.arithmetic import binary
from app.snippet.errors import Refusal, gettext_noop
from app.snippet.plain_functions import items, joined
from app.snippet.printing import shown
from app.snippet.state import State
from app.snippet.values import Marker, checked, is_number, kind, tensor, whole
from engine import tensor as tensors
from engine.scalar import Value
from engine.tensor import Tensor

DTYPES = {
    name: Marker(f"torch.{name}")
    for name in ("float32", "float64", "float", "double", "int64", "long")
}


def make_tensor(state: State, data: Any, requires_grad: Any = False, dtype: Any = None) -> Tensor:
    """A tensor of numbers in nested lists; no gradient flows into what it was made from."""
    numbers = _plain_data(state, data, 0)
    array = _array(state, numbers)
    if isinstance(dtype, Marker) and dtype in DTYPES.values():
        array = array.astype(np.int64 if dtype.name.endswith(("int64", "long")) else np.float64)
    elif dtype is not None:
        raise Refusal(
            gettext_noop("%(name)s is no type of numbers."), name=shown(dtype, state.meter)
        )
    return state.computed(Tensor(array, requires_grad=_flag(requires_grad)))


def _flag(requires_grad: Any) -> bool:
    """True or False, as PyTorch wants it: a text or a number is neither."""
    if isinstance(requires_grad, bool):
        return requires_grad
    raise Refusal(
        gettext_noop("requires_grad is True or False, and got %(kind)s."),
        gettext_noop("Write requires_grad=True, without quotation marks."),
        kind=kind(requires_grad),
    )


def _plain_data(state: State, data: Any, inside: int) -> Any:
    state.meter.step()
    if isinstance(data, (list, tuple)) and inside < 8:
        state.meter.elements(len(data))
        return [_plain_data(state, item, inside + 1) for item in data]
    if isinstance(data, (Tensor, Value)):
        return data.data.tolist() if isinstance(data, Tensor) else data.data
    if is_number(data):
        return checked(data)
    raise Refusal(
        gettext_noop("torch.tensor needs a number or lists of numbers, and got %(kind)s."),
        kind=kind(data),
    )


def _array(state: State, numbers: Any) -> Any:
    try:
        array = np.array(numbers, dtype=None if numbers != [] else np.float64)
    except ValueError:
        raise Refusal(
            gettext_noop("The rows have different lengths."),
            gettext_noop("Each row of a tensor has as many numbers as the first."),
        ) from None
    state.meter.elements(array.size)
    return array


def filled(number: float) -> Callable[..., Any]:
    def fill(state: State, *size: Any, requires_grad: Any = False) -> Tensor:
        shape = size_of(state, size, "torch.zeros")
        return state.computed(Tensor(np.full(shape, number), requires_grad=_flag(requires_grad)))

    fill.__doc__ = f"A tensor of this shape, full of {number:g}."
    return fill


def filled_like(number: float) -> Callable[..., Any]:
    def fill(state: State, input: Any) -> Tensor:
        shape = tensor(input, "torch.zeros_like").shape
        return state.computed(Tensor(np.full(shape, number)))

    fill.__doc__ = f"A tensor of another's shape, full of {number:g}."
    return fill


def size_of(state: State, size: Iterable[Any], name: str) -> tuple[int, ...]:
    """A shape, given as numbers or as one list of them."""
    given = list(size)
    if len(given) == 1 and isinstance(given[0], (list, tuple)):
        given = list(given[0])
    shape = tuple(whole(length, name) for length in given)
    if len(shape) > 8 or any(length < -1 for length in shape):
        raise Refusal(gettext_noop("This is no shape that a tensor can have."))
    if -1 in shape and name != "reshape":
        raise Refusal(gettext_noop("This is no shape that a tensor can have."))
    state.meter.elements(math.prod(max(length, 1) for length in shape))
    return shape


def axes_of(dim: Any) -> tuple[int, ...] | int | None:
    """The axis, or axes, that a reduction runs along."""
    if dim is None:
        return None
    if isinstance(dim, (list, tuple)):
        return tuple(whole(axis, "dim") for axis in dim)
    return whole(dim, "dim")


def matmul(state: State, input: Any, other: Any) -> Tensor:
    """The product of two matrices."""
    left, right = tensor(input, "torch.matmul"), tensor(other, "torch.matmul")
    return state.computed(tensors.matmul(left, right))


def total(state: State, input: Any, dim: Any = None, keepdim: Any = False) -> Tensor:
    """The sum of all elements, or along an axis."""
    summed = tensors.total(tensor(input, "torch.sum"), axes_of(dim), keepdim is True)
    return state.computed(summed)


def mean(state: State, input: Any, dim: Any = None, keepdim: Any = False) -> Tensor:
    """The mean of all elements, or along an axis."""
    averaged = tensor(input, "torch.mean")
    if not averaged.is_floating:
        raise Refusal(
            gettext_noop("PyTorch takes no mean of integers."),
            gettext_noop("Write the numbers with a point: 1.0 instead of 1."),
        )
    return state.computed(tensors.mean(averaged, axes_of(dim), keepdim is True))


def power(state: State, input: Any, exponent: Any) -> Any:
    """input ** exponent."""
    return binary(state, ast.Pow, tensor(input, "torch.pow"), exponent)


def softmax(state: State, input: Any, dim: Any) -> Tensor:
    """e^x, scaled to add up to 1 along an axis."""
    return state.computed(tensors.softmax(tensor(input, "softmax"), whole(dim, "dim")))


def log_softmax(state: State, input: Any, dim: Any) -> Tensor:
    """The logarithm of the softmax."""
    return state.computed(tensors.log_softmax(tensor(input, "log_softmax"), whole(dim, "dim")))


def stack(state: State, values: Any) -> Tensor:
    """Tensors of one shape as the rows of a larger one."""
    rows = [tensor(item, "torch.stack") for item in items(state, values)]
    return state.computed(tensors.stack(rows))


def loss(name: str, compute: Callable[..., Tensor]) -> Callable[..., Any]:
    def compute_loss(state: State, input: Any, target: Any, reduction: Any = "mean") -> Tensor:
        prediction, wanted = tensor(input, name), tensor(target, name)
        if reduction not in ("mean", "sum", "none"):
            raise Refusal(gettext_noop("reduction is 'mean', 'sum' or 'none'."))
        result = state.computed(compute(prediction, wanted, reduction))
        if name == "mse_loss" and prediction.shape != wanted.shape:
            state.remark(
                "broadcast-loss",
                gettext_noop(
                    "The prediction has shape %(left)s and the target %(right)s: each is compared "
                    "with each, which is seldom meant. PyTorch warns of it too."
                ),
                left=list(prediction.shape),
                right=list(wanted.shape),
            )
        return result

    compute_loss.__doc__ = f"PyTorch's {name}."
    return compute_loss


def of_two(name: str) -> Callable[..., Any]:
    """torch.maximum and torch.minimum."""

    def choose(state: State, input: Any, other: Any) -> Tensor:
        return state.computed(
            tensors.elementwise(name, tensor(input, f"torch.{name}imum"), tensor(other, name))
        )

    choose.__doc__ = f"The {name} of two tensors, element by element."
    return choose


def _limits(low: Any, high: Any) -> tuple[float, float]:
    for limit in (low, high):
        if limit is not None and not is_number(limit):
            raise Refusal(
                gettext_noop("%(name)s needs a number, and got %(kind)s."),
                name="clamp",
                kind=kind(limit),
            )
    return (-math.inf if low is None else low), (math.inf if high is None else high)


def clamp(state: State, input: Any, min: Any = None, max: Any = None) -> Any:
    """Keep a number between two limits."""
    return joined(state, "clamp", input, constants=_limits(min, max))
