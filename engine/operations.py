"""What one elementwise operation is: its function, its slopes, and how both are written.

A row of ``OPERATIONS`` serves numbers (`engine.scalar`) and arrays (`engine.tensor`) alike, so each
derivative stands once. In the written forms ``a`` and ``b`` are the operands and ``y`` the result.
"""

# ruff: noqa: ARG001, ARG005 - the slopes of one operation share one signature

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

Numeric = Any  # a float, or a float64 array: ufuncs take both


class Fault(StrEnum):
    """Why a result, or a derivative, is not a finite number."""

    LOGARITHM = "the logarithm needs a number above 0"
    ROOT = "the square root needs a number that is not negative"
    DIVISION = "division by zero"
    FRACTIONAL_POWER = "a negative number has no real power with this exponent"
    NOT_FINITE = "an operand is not a finite number"
    OVERFLOW = "the result is too large to be written as a number"
    NO_SLOPE = "the derivative is not finite here"


class DomainError(ArithmeticError):
    """An operation met operands for which it, or its derivative, is no finite number.

    Attributes:
        operation: name of the row, such as "log".
        operands: the numbers that it met; of arrays, those at the first bad place.
        fault: why.
        position: None for the forward pass; else the operand whose derivative failed.
        node: where in the graph the backward pass failed; None in the forward pass.
    """

    def __init__(
        self, operation: str, operands: Sequence[float], fault: Fault, position: int | None = None
    ) -> None:
        self.operation = operation
        self.operands = tuple(operands)
        self.fault = fault
        self.position = position
        self.node: Any = None
        shown = ", ".join(f"{operand:.6g}" for operand in self.operands)
        where = "" if position is None else f", derivative with respect to operand {position + 1}"
        super().__init__(f"{operation}({shown}){where}: {fault.value}")


@dataclass(frozen=True)
class Operation:
    """One elementwise operation.

    Attributes:
        name: key in ``OPERATIONS``.
        symbol: what a drawn node shows.
        formula: the result in terms of a and b.
        forward: operands to result.
        slopes: for each operand, (operands..., result) to the local derivative.
        slope_formulas: the same, as they are shown.
        faults: (fault, test of the operands) pairs that explain a result that is not finite.
        keeps_integers: whether whole operands give a whole result that PyTorch keeps as integer.
    """

    name: str
    symbol: str
    formula: str
    forward: Callable[..., Numeric]
    slopes: tuple[Callable[..., Numeric], ...]
    slope_formulas: tuple[str, ...]
    faults: tuple[tuple[Fault, Callable[..., Numeric]], ...] = ()
    keeps_integers: bool = False


def _sigmoid(a: Numeric) -> Numeric:
    return 1.0 / (1.0 + np.exp(-a))


def _power_slope_base(a: Numeric, b: Numeric, y: Numeric) -> Numeric:
    return np.where(b == 0, 0.0, b * np.power(a, b - 1.0))


def _power_slope_exponent(a: Numeric, b: Numeric, y: Numeric) -> Numeric:
    return np.where((a == 0) & (b >= 0), 0.0, y * np.log(a))


def _share(wins: Numeric, ties: Numeric) -> Numeric:
    """1 to the operand that is chosen, one half each where both are equal, as PyTorch does."""
    return np.where(ties, 0.5, np.where(wins, 1.0, 0.0))


def _is_fractional_power(a: Numeric, b: Numeric) -> Numeric:
    return (a < 0) & (b != np.floor(b))


_ROWS = (
    Operation(
        "add", "+", "a + b", np.add,
        (lambda a, b, y: 1.0, lambda a, b, y: 1.0), ("1", "1"), keeps_integers=True,
    ),
    Operation(
        "sub", "−", "a − b", np.subtract,
        (lambda a, b, y: 1.0, lambda a, b, y: -1.0), ("1", "−1"), keeps_integers=True,
    ),
    Operation(
        "mul", "×", "a · b", np.multiply,
        (lambda a, b, y: b, lambda a, b, y: a), ("b", "a"), keeps_integers=True,
    ),
    Operation(
        "div", "÷", "a / b", np.divide,
        (lambda a, b, y: np.divide(1.0, b), lambda a, b, y: np.divide(-y, b)), ("1 / b", "−a / b²"),
        ((Fault.DIVISION, lambda a, b: b == 0),),
    ),
    Operation(
        "pow", "xⁿ", "a^b", np.power,
        (_power_slope_base, _power_slope_exponent), ("b · a^(b − 1)", "a^b · ln a"),
        (
            (Fault.DIVISION, lambda a, b: (a == 0) & (b < 0)),
            (Fault.FRACTIONAL_POWER, _is_fractional_power),
        ),
        keeps_integers=True,
    ),
    Operation(
        "neg", "−", "−a", np.negative,
        (lambda a, y: -1.0,), ("−1",), keeps_integers=True,
    ),
    Operation(
        "relu", "ReLU", "max(0, a)", lambda a: np.maximum(a, 0.0),
        (lambda a, y: np.where(a > 0, 1.0, 0.0),), ("1 if a > 0 else 0",), keeps_integers=True,
    ),
    Operation("tanh", "tanh", "tanh a", np.tanh, (lambda a, y: 1.0 - y * y,), ("1 − y²",)),
    Operation(
        "sigmoid", "σ", "1 / (1 + e^(−a))", _sigmoid,
        (lambda a, y: y * (1.0 - y),), ("y · (1 − y)",),
    ),
    Operation("exp", "exp", "e^a", np.exp, (lambda a, y: y,), ("y",)),
    Operation(
        "log", "ln", "ln a", np.log, (lambda a, y: np.divide(1.0, a),), ("1 / a",),
        ((Fault.LOGARITHM, lambda a: a <= 0),),
    ),
    Operation(
        "sqrt", "√", "√a", np.sqrt, (lambda a, y: np.divide(0.5, y),), ("1 / (2y)",),
        ((Fault.ROOT, lambda a: a < 0),),
    ),
    Operation("sin", "sin", "sin a", np.sin, (lambda a, y: np.cos(a),), ("cos a",)),
    Operation("cos", "cos", "cos a", np.cos, (lambda a, y: -np.sin(a),), ("−sin a",)),
    Operation(
        "abs", "|·|", "|a|", np.abs,
        (lambda a, y: np.sign(a),), ("1 if a > 0, −1 if a < 0, else 0",), keeps_integers=True,
    ),
    Operation(
        "max", "max", "max(a, b)", np.maximum,
        (lambda a, b, y: _share(a > b, a == b), lambda a, b, y: _share(b > a, a == b)),
        ("1 if a > b, ½ if a = b, else 0", "1 if b > a, ½ if a = b, else 0"), keeps_integers=True,
    ),
    Operation(
        "min", "min", "min(a, b)", np.minimum,
        (lambda a, b, y: _share(a < b, a == b), lambda a, b, y: _share(b < a, a == b)),
        ("1 if a < b, ½ if a = b, else 0", "1 if b < a, ½ if a = b, else 0"), keeps_integers=True,
    ),
    Operation(
        "clamp", "clamp", "min(max(a, low), high)",
        lambda a, low, high: np.minimum(np.maximum(a, low), high),
        (lambda a, low, high, y: np.where((a >= low) & (a <= high), 1.0, 0.0),),
        ("1 if low ≤ a ≤ high else 0",), keeps_integers=True,
    ),
)

OPERATIONS: dict[str, Operation] = {row.name: row for row in _ROWS}


def evaluate(operation: Operation, operands: Sequence[Numeric]) -> Numeric:
    """The result of an operation, finite everywhere.

    Args:
        operation: a row of the table.
        operands: floats, or float64 arrays whose shapes broadcast; infinities are only allowed
            as the limits of a clamp.

    Returns:
        A NumPy float or array of the broadcast shape.

    Raises:
        DomainError: the result is not finite somewhere.
    """
    with np.errstate(all="ignore"):
        result = operation.forward(*operands)
    if not np.isfinite(result).all():
        raise _explained(operation, operands, np.isfinite(result), None)
    return result


def slope(
    operation: Operation, position: int, operands: Sequence[Numeric], result: Numeric
) -> Numeric:
    """The local derivative with respect to one operand, finite everywhere.

    Args:
        operation: a row of the table.
        position: which operand, from 0.
        operands: as given to ``evaluate``.
        result: what ``evaluate`` gave.

    Returns:
        A float or array that broadcasts to the shape of ``result``.

    Raises:
        DomainError: the derivative is not finite somewhere (the square root at 0).
    """
    with np.errstate(all="ignore"):
        local = operation.slopes[position](*operands, result)
    if not np.isfinite(local).all():
        raise _explained(operation, operands, np.isfinite(local), position)
    return local


def _explained(
    operation: Operation, operands: Sequence[Numeric], finite: Numeric, position: int | None
) -> DomainError:
    arrays = np.broadcast_arrays(*operands, finite)
    place = int(np.argmin(arrays[-1]))
    numbers = [float(array.flat[place]) for array in arrays[:-1]]
    return DomainError(operation.name, numbers, _fault(operation, numbers, position), position)


def _fault(operation: Operation, numbers: Sequence[float], position: int | None) -> Fault:
    if position is not None:
        return Fault.NO_SLOPE
    for fault, applies in operation.faults:
        if applies(*numbers):
            return fault
    finite = np.isfinite(numbers).all() or operation.name == "clamp"
    return Fault.OVERFLOW if finite else Fault.NOT_FINITE
