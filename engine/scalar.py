"""A number that knows where it came from: scalar reverse-mode autodiff with micrograd's interface.

    >>> a, b = Value(2.0), Value(-3.0)
    >>> y = (a * b).tanh() + a
    >>> y.backward()
    >>> round(a.grad, 6), round(b.grad, 6)
    (0.999926, 4.9e-05)

The interface is that of Andrej Karpathy's micrograd (MIT licence), so that code written for it runs
here; the derivatives are the rows of `engine.operations`.
"""

import math
from collections.abc import Sequence
from numbers import Real
from typing import Any

from engine.operations import OPERATIONS, DomainError, Fault, Operation, evaluate, slope
from engine.tape import sweep


class Value:
    """A scalar in an expression graph.

    Attributes:
        data: the number.
        grad: dL/dself, summed over every ``backward()`` since it was last set to 0.
        label: what a drawing calls it; as in the lecture on micrograd, nothing else uses it.
    """

    __array_ufunc__ = None  # so that a NumPy number on the left leaves the operation to us

    def __init__(
        self, data: Any, _children: Sequence["Value"] = (), _op: str = "", label: str = ""
    ) -> None:
        if not isinstance(data, Real):
            raise TypeError(f"Value needs a number, got {type(data).__name__}")
        self.data = float(data)
        self.grad = 0.0
        self.label = label
        self._prev = tuple(_children)
        self._op = _op  # for drawing
        self._operation: Operation | None = None
        self._constants: tuple[float, ...] = ()

    @property
    def parents(self) -> tuple["Value", ...]:
        """The values that this one was computed from, in the order of the operands."""
        return self._prev

    @property
    def operation(self) -> Operation | None:
        """The row of the table that made this value; None for a leaf."""
        return self._operation

    @property
    def constants(self) -> tuple[float, ...]:
        """The operands that are no nodes, such as an exponent."""
        return self._constants

    def locals(self) -> tuple[float, ...]:
        """The local derivative with respect to each parent."""
        if self._operation is None:
            return ()
        operands = self._operands()
        return tuple(
            float(slope(self._operation, position, operands, self.data))
            for position in range(len(self._prev))
        )

    def pull(self, gradient: float) -> tuple[float | None, ...]:
        """What each parent receives of ``gradient``: the chain rule, one node of it.

        Raises:
            DomainError: a product is no finite number.
        """
        if self._operation is None:
            return (None,) * len(self._prev)
        parts = tuple(gradient * local for local in self.locals())
        for position, part in enumerate(parts):
            if not math.isfinite(part):
                raise DomainError(
                    self._operation.name, self._operands(), Fault.OVERFLOW, position
                )
        return parts

    def backward(self) -> None:
        """Add dself/dnode to the ``grad`` of every node that this value depends on.

        Raises:
            DomainError: a derivative is not finite; no ``grad`` has changed then.
        """
        for node, gradient, _ in sweep(self, 1.0):
            node.grad += gradient

    def _operands(self) -> tuple[float, ...]:
        return tuple(parent.data for parent in self._prev) + self._constants

    def _apply(self, name: str, *others: Any, constants: tuple[float, ...] = ()) -> "Value":
        operation = OPERATIONS[name]
        nodes = (self, *(other if isinstance(other, Value) else Value(other) for other in others))
        operands = tuple(node.data for node in nodes) + constants
        symbol = operation.symbol if name != "pow" or not constants else f"**{constants[0]:g}"
        result = Value(float(evaluate(operation, operands)), nodes, symbol)
        result._operation = operation
        result._constants = constants
        return result

    def __add__(self, other: Any) -> "Value":
        return self._apply("add", other) if _joins(other) else NotImplemented

    def __sub__(self, other: Any) -> "Value":
        return self._apply("sub", other) if _joins(other) else NotImplemented

    def __mul__(self, other: Any) -> "Value":
        return self._apply("mul", other) if _joins(other) else NotImplemented

    def __truediv__(self, other: Any) -> "Value":
        return self._apply("div", other) if _joins(other) else NotImplemented

    def __pow__(self, other: Any) -> "Value":
        if isinstance(other, Value):
            return self._apply("pow", other)
        return self._apply("pow", constants=(float(other),)) if _joins(other) else NotImplemented

    def __radd__(self, other: Any) -> "Value":
        return Value(other) + self if _joins(other) else NotImplemented

    def __rsub__(self, other: Any) -> "Value":
        return Value(other) - self if _joins(other) else NotImplemented

    def __rmul__(self, other: Any) -> "Value":
        return Value(other) * self if _joins(other) else NotImplemented

    def __rtruediv__(self, other: Any) -> "Value":
        return Value(other) / self if _joins(other) else NotImplemented

    def __rpow__(self, other: Any) -> "Value":
        return Value(other) ** self if _joins(other) else NotImplemented

    def __neg__(self) -> "Value":
        return self._apply("neg")

    def __abs__(self) -> "Value":
        return self._apply("abs")

    def relu(self) -> "Value":
        """The value where it is positive, else 0. The slope at 0 is 0."""
        return self._apply("relu")

    def tanh(self) -> "Value":
        """The hyperbolic tangent."""
        return self._apply("tanh")

    def sigmoid(self) -> "Value":
        """1 / (1 + e^-self)."""
        return self._apply("sigmoid")

    def exp(self) -> "Value":
        """e to the power of self."""
        return self._apply("exp")

    def log(self) -> "Value":
        """The natural logarithm; needs a positive value."""
        return self._apply("log")

    def sqrt(self) -> "Value":
        """The square root; needs a value that is not negative, and a positive one for a slope."""
        return self._apply("sqrt")

    def sin(self) -> "Value":
        """The sine of an angle in radians."""
        return self._apply("sin")

    def cos(self) -> "Value":
        """The cosine of an angle in radians."""
        return self._apply("cos")

    def abs(self) -> "Value":
        """The distance from 0. The slope at 0 is 0."""
        return self._apply("abs")

    def max(self, other: Any) -> "Value":
        """The larger of two; at a tie each receives half of the gradient."""
        return self._apply("max", other)

    def min(self, other: Any) -> "Value":
        """The smaller of two; at a tie each receives half of the gradient."""
        return self._apply("min", other)

    def clamp(self, low: float = -math.inf, high: float = math.inf) -> "Value":
        """The value, kept between two limits; the slope is 1 up to and on them, 0 outside."""
        return self._apply("clamp", constants=(float(low), float(high)))

    def __repr__(self) -> str:
        return f"Value(data={self.data}, grad={self.grad})"


def _joins(other: object) -> bool:
    return isinstance(other, (Value, Real))
