"""The names that a snippet finds: torch, its functional module, math, and Python's own."""

# ruff: noqa: ARG001 - every function is called with the state of the run

import math
from collections.abc import Callable
from typing import Any

from app.snippet import plain_functions as plain
from app.snippet import torch_functions as torch
from app.snippet.errors import Refusal, gettext_noop
from app.snippet.state import Dialect, State
from app.snippet.values import Marker, Module, Native, checked, is_number, kind
from engine import tensor as tensors
from engine.scalar import Value
from engine.tensor import Tensor

NO_GRAD = Marker("torch.no_grad()")


def _no_grad(state: State) -> Marker:
    return NO_GRAD


def _make_value(state: State, data: Any, label: Any = "") -> Value:
    if not is_number(data):
        raise Refusal(
            gettext_noop("%(name)s needs a number, and got %(kind)s."),
            name="Value",
            kind=kind(data),
        )
    if not isinstance(label, str):
        raise Refusal(
            gettext_noop("A label is a text, and this is %(kind)s."),
            gettext_noop("Write %(form)s."),
            kind=kind(label),
            form="Value(2.0, label='a')",
        )
    value = state.computed(Value(checked(data), label=label))
    if label:
        state.name(value, label)
    return value


def _of_tensors(name: str) -> Callable[..., Any]:
    """An elementwise function that, as in PyTorch, takes no plain numbers."""

    def apply(state: State, input: Any) -> Tensor:  # noqa: A002 - PyTorch's name
        if not isinstance(input, Tensor):
            raise Refusal(
                gettext_noop("%(name)s needs a tensor, and got %(kind)s."),
                gettext_noop("Write torch.tensor(…) around the number or the list."),
                name=f"torch.{name}",
                kind=kind(input),
            )
        return state.computed(tensors.elementwise(name, input))

    apply.__doc__ = f"PyTorch's {name}."
    return apply


def _natives(prefix: str, functions: dict[str, Callable[..., Any]]) -> dict[str, Any]:
    return {name: Native(prefix + name, function) for name, function in functions.items()}


_UNARY = {name: plain.unary(name) for name in plain.UNARY}
_OF_TENSORS = {name: _of_tensors(name) for name in plain.UNARY}

BUILTINS: dict[str, Any] = _natives(
    "",
    {
        "print": plain.print_, "range": plain.range_, "len": plain.length, "sum": plain.sum_,
        "zip": plain.zip_, "enumerate": plain.enumerate_, "float": plain.to_float,
        "int": plain.to_int, "round": plain.round_, "abs": _UNARY["abs"],
        "max": plain.extreme("max"), "min": plain.extreme("min"), "pow": plain.power,
    },
)

CALCULATOR: dict[str, Any] = {
    **_natives("", {**_UNARY, "clamp": torch.clamp}),
    "pi": math.pi,
    "e": math.e,
}

FUNCTIONAL = Module(
    "torch.nn.functional",
    _natives(
        "F.",
        {
            **{name: _OF_TENSORS[name] for name in ("relu", "sigmoid", "tanh")},
            "softmax": torch.softmax,
            "log_softmax": torch.log_softmax,
            "mse_loss": torch.loss("mse_loss", tensors.mse_loss),
            "cross_entropy": torch.loss("cross_entropy", tensors.cross_entropy),
            "binary_cross_entropy_with_logits": torch.loss(
                "binary_cross_entropy_with_logits", tensors.binary_cross_entropy_with_logits
            ),
        },
    ),
)

TORCH = Module(
    "torch",
    {
        **_natives(
            "torch.",
            {
                **_OF_TENSORS,
                "tensor": torch.make_tensor, "matmul": torch.matmul, "mm": torch.matmul,
                "sum": torch.total, "mean": torch.mean, "pow": torch.power,
                "softmax": torch.softmax, "log_softmax": torch.log_softmax,
                "maximum": torch.of_two("max"), "minimum": torch.of_two("min"),
                "clamp": torch.clamp, "stack": torch.stack, "zeros": torch.filled(0.0),
                "ones": torch.filled(1.0), "zeros_like": torch.filled_like(0.0),
                "ones_like": torch.filled_like(1.0), "no_grad": _no_grad,
            },
        ),
        **torch.DTYPES,
        "nn": Module("torch.nn", {"functional": FUNCTIONAL}),
    },
)

MATH = Module(
    "math",
    {
        **_natives("math.", {name: _UNARY[name] for name in _UNARY if name in dir(math)}),
        "fabs": Native("math.fabs", _UNARY["abs"]),
        "pi": math.pi,
        "e": math.e,
    },
)

VALUE = Native("Value", _make_value)

# What a snippet may use without importing it; the reader is told that Python would not.
FORGIVEN: dict[str, Any] = {"torch": TORCH, "Value": VALUE}

IMPORTS: dict[str, Module] = {
    "torch": TORCH,
    "torch.nn": TORCH.members["nn"],
    "torch.nn.functional": FUNCTIONAL,
    "math": MATH,
    "micrograd.engine": Module("micrograd.engine", {"Value": VALUE}),
    "engine.scalar": Module("engine.scalar", {"Value": VALUE}),
}


def known_names(dialect: Dialect) -> dict[str, Any]:
    """The names that need no import."""
    return {**CALCULATOR, **BUILTINS} if dialect == "plain" else BUILTINS
