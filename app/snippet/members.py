"""What may stand after a dot: attributes and methods of tensors, Values and lists."""

# ruff: noqa: ARG001 - every method is called with the state of the run

import ast
from collections.abc import Callable
from typing import Any

import numpy as np

from app.snippet import torch_functions
from app.snippet.arithmetic import binary
from app.snippet.backward import backward, change
from app.snippet.errors import Refusal, gettext_noop
from app.snippet.hints import MISSING, NOT_OF_TENSORS, few
from app.snippet.plain_functions import UNARY, joined, unary
from app.snippet.state import State
from app.snippet.values import Module, Native, Size, checked, is_number, kind, tensor, whole
from engine import tensor as tensors
from engine.scalar import Value
from engine.tensor import Tensor


def _item(state: State, self: Tensor) -> Any:
    return self.item()


def _tolist(state: State, self: Tensor) -> Any:
    return self.data.tolist()


def _backward(
    state: State, self: Tensor, gradient: Any = None, retain_graph: Any = None
) -> None:
    start = None if gradient is None else tensor(gradient, "backward")
    backward(state, self, start, retain_graph=retain_graph is True)


def _value_backward(state: State, self: Value) -> None:
    backward(state, self)


def _zero(state: State, self: Tensor) -> Tensor:
    change(state, self, Tensor(np.zeros_like(self.data)))
    return self


def _in_place(operator: type[ast.operator]) -> Callable[..., Any]:
    def apply(state: State, self: Tensor, other: Any) -> Tensor:
        change(state, self, binary(state, operator, self, other))
        return self

    apply.__doc__ = "Change a tensor by an operator."
    return apply


def _detach(state: State, self: Tensor) -> Tensor:
    return state.computed(self.detach())


def _clone(state: State, self: Tensor) -> Tensor:
    return state.computed(tensors.reshape(self, self.shape))


def _reshape(state: State, self: Tensor, *shape: Any) -> Tensor:
    return state.computed(
        tensors.reshape(self, torch_functions.size_of(state, shape, "reshape"))
    )


def _transpose(state: State, self: Tensor) -> Tensor:
    return state.computed(self.T)


def _unsqueeze(state: State, self: Tensor, dim: Any) -> Tensor:
    place = whole(dim, "dim")
    if not -self.ndim - 1 <= place <= self.ndim or self.ndim >= 8:
        raise Refusal(gettext_noop("The tensor has no such axis."))
    shape = list(self.shape)
    shape.insert(place % (self.ndim + 1), 1)
    return state.computed(tensors.reshape(self, tuple(shape)))


def _squeeze(state: State, self: Tensor) -> Tensor:
    return state.computed(
        tensors.reshape(self, tuple(length for length in self.shape if length != 1))
    )


def _size(state: State, self: Tensor, dim: Any = None) -> Any:
    if dim is None:
        return Size(self.shape)
    place = whole(dim, "dim")
    if not -self.ndim <= place < self.ndim:
        raise Refusal(gettext_noop("The tensor has no such axis."))
    return self.shape[place]


def _dim(state: State, self: Tensor) -> int:
    return self.ndim


def _numel(state: State, self: Tensor) -> int:
    return int(self.data.size)


def _float(state: State, self: Tensor) -> Tensor:
    return self if self.is_floating else state.computed(Tensor(self.data * 1.0))


def _retain_grad(state: State, self: Tensor) -> None:
    self.retain_grad()


def _requires_grad(state: State, self: Tensor, requires_grad: Any = True) -> Tensor:
    if not self.is_leaf or requires_grad is not True:
        raise Refusal(
            gettext_noop("Only a leaf can be told to require a gradient."),
            gettext_noop("Write requires_grad=True where the tensor is made."),
        )
    if not self.requires_grad:
        fresh = Tensor(self.data, requires_grad=True)
        self.node = fresh.node
        self.node.owner = self
        state.place(self)
    return self


def _append(state: State, self: list[Any], item: Any) -> None:
    state.meter.elements(len(self) + 1)
    self.append(item)


def _value_two(name: str) -> Callable[..., Any]:
    def choose(state: State, self: Value, other: Any) -> Any:
        return joined(state, name, self, other)

    choose.__doc__ = f"The {name} of two."
    return choose


_UNARY: dict[str, Callable[..., Any]] = {name: unary(name) for name in UNARY}

_TENSOR: dict[str, Callable[..., Any]] = {
    **_UNARY,
    "sum": torch_functions.total, "mean": torch_functions.mean, "pow": torch_functions.power,
    "matmul": torch_functions.matmul, "mm": torch_functions.matmul,
    "softmax": torch_functions.softmax, "log_softmax": torch_functions.log_softmax,
    "clamp": torch_functions.clamp,
    "item": _item, "tolist": _tolist, "backward": _backward, "zero_": _zero,
    "add_": _in_place(ast.Add), "sub_": _in_place(ast.Sub), "mul_": _in_place(ast.Mult),
    "div_": _in_place(ast.Div), "detach": _detach, "clone": _clone, "reshape": _reshape,
    "view": _reshape, "t": _transpose, "unsqueeze": _unsqueeze, "squeeze": _squeeze,
    "size": _size, "dim": _dim, "numel": _numel, "float": _float,
    "retain_grad": _retain_grad, "requires_grad_": _requires_grad,
}

_VALUE: dict[str, Callable[..., Any]] = {
    **_UNARY,
    "max": _value_two("max"), "min": _value_two("min"), "clamp": torch_functions.clamp,
    "backward": _value_backward,
}

_LIST: dict[str, Callable[..., Any]] = {"append": _append}

METHODS: dict[type, dict[str, Callable[..., Any]]] = {Tensor: _TENSOR, Value: _VALUE, list: _LIST}


def member(state: State, owner: Any, name: str) -> Any:
    """owner.name

    Raises:
        Refusal: there is no such thing here.
    """
    if isinstance(owner, Module):
        return _of_module(owner, name)
    if isinstance(owner, Tensor) and name in _PROPERTIES:
        return _PROPERTIES[name](state, owner)
    if isinstance(owner, Value) and name in ("data", "grad", "label"):
        return getattr(owner, name)
    for kind_of, methods in METHODS.items():
        if isinstance(owner, kind_of) and name in methods:
            return Native(name, methods[name], (owner,))
    if owner is None:
        raise Refusal(
            gettext_noop("There is nothing here yet: this is None, and has no .%(name)s."),
            gettext_noop("A gradient exists only after backward()."),
            name=name,
        )
    raise Refusal(
        gettext_noop("In this room, %(kind)s has no .%(name)s."),
        _hint_of(owner, name),
        kind=kind(owner),
        name=name,
        known=", ".join(few(name, _names_of(owner))),
    )


def _names_of(owner: Any) -> list[str]:
    known = list(_PROPERTIES) if isinstance(owner, Tensor) else []
    for kind_of, methods in METHODS.items():
        if isinstance(owner, kind_of):
            known += methods
    return known


def _hint_of(owner: Any, name: str) -> str:
    if isinstance(owner, Tensor) and name in NOT_OF_TENSORS:
        return NOT_OF_TENSORS[name]
    names = _names_of(owner)
    if names:
        known = few(name, names)
        return gettext_noop("It has %(known)s.") if len(known) == len(names) else _near(known)
    if is_number(owner):
        return gettext_noop("Write torch.tensor(…) around the number.")
    return ""


def _near(known: list[str]) -> str:
    return gettext_noop("The nearest that there are: %(known)s.") if known else ""


def _of_module(module: Module, name: str) -> Any:
    if name in module.members:
        return module.members[name]
    known = few(name, module.members)
    raise Refusal(
        gettext_noop("%(module)s.%(name)s is not part of this room."),
        MISSING.get(name, gettext_noop("%(module)s has %(known)s here.")
            if len(known) == len(module.members)
            else _near(known)),
        module=module.name,
        name=name,
        known=", ".join(known),
    )


def _grad(state: State, self: Tensor) -> Any:
    if not self.is_leaf and self.grad is None:
        state.remark(
            "intermediate-gradient",
            gettext_noop(
                "PyTorch keeps .grad only for leaves; call retain_grad() on a result before "
                "backward() to keep it there too. The graph shows it in any case."
            ),
        )
    return self.grad


def _data(state: State, self: Tensor) -> Any:
    return state.computed(self.detach())


_PROPERTIES: dict[str, Callable[[State, Tensor], Any]] = {
    "grad": _grad,
    "data": _data,
    "T": lambda state, self: state.computed(self.T),
    "shape": lambda _, self: Size(self.shape),
    "requires_grad": lambda _, self: self.requires_grad,
    "ndim": lambda _, self: self.ndim,
    "is_leaf": lambda _, self: self.is_leaf,
}


def set_member(state: State, owner: Any, name: str, value: Any) -> None:
    """owner.name = value, for data and grad."""
    if isinstance(owner, Value) and name in ("data", "grad") and is_number(value):
        setattr(owner, name, float(checked(value)))
    elif isinstance(owner, Value) and name == "label" and isinstance(value, str):
        owner.label = value
        if value:
            state.name(owner, value)
    elif isinstance(owner, Tensor) and name == "grad" and value is None:
        owner.grad = None
    elif isinstance(owner, Tensor) and name == "grad" and isinstance(value, Tensor):
        owner.grad = value
    elif isinstance(owner, Tensor) and name == "data" and isinstance(value, Tensor):
        recording, state.recording = state.recording, False
        change(state, owner, value.detach())
        state.recording = recording
    else:
        raise Refusal(
            gettext_noop(".%(name)s of %(kind)s cannot be set to %(value)s."),
            name=name,
            kind=kind(owner),
            value=kind(value),
        )
