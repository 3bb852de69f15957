"""Operations that mix the elements of an array: products, sums, softmax and the losses.

A row of ``ARRAY_OPERATIONS`` has a forward function and a ``pull``, which turns dL/dresult into
dL/doperand. In the written forms A and B are the operands, Y the result and G stands for dL/dY.
"""

# ruff: noqa: ARG001 - the pulls of all operations share one signature

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import EllipsisType
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Settings = Mapping[str, Any]
Index = int | slice | EllipsisType | None | tuple[Any, ...]


class ShapeError(ValueError):
    """Arrays whose shapes do not fit an operation, or an axis that an array has not.

    Attributes:
        operation: its name.
        shapes: the shapes that it was given.
        expected: what it needs, in English.
    """

    def __init__(
        self, operation: str, shapes: Sequence[tuple[int, ...]], expected: str
    ) -> None:
        self.operation = operation
        self.shapes = tuple(shapes)
        self.expected = expected
        got = " and ".join(str(list(shape)) for shape in self.shapes)
        super().__init__(f"{operation}: expected {expected}, got {got}")


@dataclass(frozen=True)
class ArrayOperation:
    """One operation on whole arrays.

    Attributes:
        name: key in ``ARRAY_OPERATIONS``.
        symbol: what a drawn node shows.
        formula: the result in terms of A and B.
        forward: (operands, settings) to result.
        pull: (gradient, operands, result, settings, position) to what that operand receives.
        pull_formulas: the same for each operand, as they are shown.
        keeps_integers: whether integer operands give an integer result in PyTorch.
    """

    name: str
    symbol: str
    formula: str
    forward: Callable[[Sequence[Array], Settings], Array]
    pull: Callable[[Array, Sequence[Array], Array, Settings, int], Array]
    pull_formulas: tuple[str, ...]
    keeps_integers: bool = False


def reduced(gradient: Array, shape: tuple[int, ...]) -> Array:
    """A gradient summed over the axes along which an operand of this shape was broadcast."""
    extra = gradient.ndim - len(shape)
    gradient = gradient.sum(axis=tuple(range(extra)))
    stretched = tuple(
        axis for axis, size in enumerate(shape) if size == 1 and gradient.shape[axis] != 1
    )
    return np.asarray(gradient.sum(axis=stretched, keepdims=True) if stretched else gradient)


def _matmul(operands: Sequence[Array], settings: Settings) -> Array:
    return np.asarray(operands[0] @ operands[1])


def _matmul_pull(
    gradient: Array, operands: Sequence[Array], result: Array, settings: Settings, position: int
) -> Array:
    left, right = operands
    rows = left.reshape(1, -1) if left.ndim == 1 else left
    columns = right.reshape(-1, 1) if right.ndim == 1 else right
    gradient = gradient.reshape(rows.shape[0], columns.shape[1])
    if position == 0:
        return (gradient @ columns.T).reshape(left.shape)
    return (rows.T @ gradient).reshape(right.shape)


def _spread(gradient: Array, shape: tuple[int, ...], settings: Settings) -> Array:
    """A gradient of a reduction, given back to every element that went into it."""
    if settings["axis"] is not None and not settings["keepdims"]:
        gradient = np.expand_dims(gradient, settings["axis"])
    return np.broadcast_to(gradient, shape)


def _sum(operands: Sequence[Array], settings: Settings) -> Array:
    return np.asarray(operands[0].sum(axis=settings["axis"], keepdims=settings["keepdims"]))


def _sum_pull(
    gradient: Array, operands: Sequence[Array], result: Array, settings: Settings, position: int
) -> Array:
    return _spread(gradient, operands[0].shape, settings)


def _mean(operands: Sequence[Array], settings: Settings) -> Array:
    return np.asarray(operands[0].mean(axis=settings["axis"], keepdims=settings["keepdims"]))


def _mean_pull(
    gradient: Array, operands: Sequence[Array], result: Array, settings: Settings, position: int
) -> Array:
    share = result.size / operands[0].size
    return share * _spread(gradient, operands[0].shape, settings)


def _reshape(operands: Sequence[Array], settings: Settings) -> Array:
    return operands[0].reshape(settings["shape"])


def _reshape_pull(
    gradient: Array, operands: Sequence[Array], result: Array, settings: Settings, position: int
) -> Array:
    return gradient.reshape(operands[0].shape)


def _transpose(operands: Sequence[Array], settings: Settings) -> Array:
    return operands[0].T


def _transpose_pull(
    gradient: Array, operands: Sequence[Array], result: Array, settings: Settings, position: int
) -> Array:
    return gradient.T


def _select(operands: Sequence[Array], settings: Settings) -> Array:
    return np.asarray(operands[0][settings["index"]])


def _select_pull(
    gradient: Array, operands: Sequence[Array], result: Array, settings: Settings, position: int
) -> Array:
    whole = np.zeros_like(operands[0])
    whole[settings["index"]] = gradient
    return whole


def _stack(operands: Sequence[Array], settings: Settings) -> Array:
    return np.stack(operands)


def _stack_pull(
    gradient: Array, operands: Sequence[Array], result: Array, settings: Settings, position: int
) -> Array:
    return np.asarray(gradient[position])


def _log_softmax(operands: Sequence[Array], settings: Settings) -> Array:
    logits, axis = operands[0], settings["axis"]
    shifted = logits - logits.max(axis=axis, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True)))


def _log_softmax_pull(
    gradient: Array, operands: Sequence[Array], result: Array, settings: Settings, position: int
) -> Array:
    total = gradient.sum(axis=settings["axis"], keepdims=True)
    return np.asarray(gradient - np.exp(result) * total)


def _softmax(operands: Sequence[Array], settings: Settings) -> Array:
    logits, axis = operands[0], settings["axis"]
    powers = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis=axis, keepdims=True))


def _softmax_pull(
    gradient: Array, operands: Sequence[Array], result: Array, settings: Settings, position: int
) -> Array:
    mean = (gradient * result).sum(axis=settings["axis"], keepdims=True)
    return np.asarray(result * (gradient - mean))


def _reduce(losses: Array, settings: Settings, examples: int) -> Array:
    """Losses of examples or elements, put together as PyTorch's ``reduction`` says."""
    if settings["reduction"] == "none":
        return losses
    total = np.asarray(losses.sum())
    return total / examples if settings["reduction"] == "mean" else total


def _share(gradient: Array, settings: Settings, examples: int) -> Array:
    return gradient / examples if settings["reduction"] == "mean" else gradient


def _squared_error(operands: Sequence[Array], settings: Settings) -> Array:
    losses = np.asarray((operands[0] - operands[1]) ** 2)
    return _reduce(losses, settings, losses.size)


def _squared_error_pull(
    gradient: Array, operands: Sequence[Array], result: Array, settings: Settings, position: int
) -> Array:
    difference = operands[position] - operands[1 - position]
    whole = 2.0 * difference * _share(gradient, settings, difference.size)
    return reduced(np.asarray(whole), operands[position].shape)


def _binary_cross_entropy(operands: Sequence[Array], settings: Settings) -> Array:
    z, target = operands
    losses = np.maximum(z, 0.0) - z * target + np.log1p(np.exp(-np.abs(z)))
    return _reduce(losses, settings, losses.size)


def _binary_cross_entropy_pull(
    gradient: Array, operands: Sequence[Array], result: Array, settings: Settings, position: int
) -> Array:
    z, target = operands
    share = _share(gradient, settings, z.size)
    if position == 1:
        return np.asarray(-z * share)
    # e^-|z| never overflows, whichever side of 0 the logit is on.
    small = np.exp(-np.abs(z))
    probability = np.where(z >= 0, 1.0, small) / (1.0 + small)
    return np.asarray((probability - target) * share)


def _class_axis(logits: Array) -> int:
    return 0 if logits.ndim == 1 else 1


def _class_weights(logits: Array, target: Array) -> Array:
    """Targets as probabilities, shaped like the logits: one-hot where they are class indices."""
    if target.shape == logits.shape:
        return target
    return np.eye(logits.shape[-1])[target.astype(np.intp)]


def _cross_entropy(operands: Sequence[Array], settings: Settings) -> Array:
    logits, target = operands
    axis = _class_axis(logits)
    log_probabilities = _log_softmax([logits], {"axis": axis})
    losses = -(_class_weights(logits, target) * log_probabilities).sum(axis=axis)
    return _reduce(np.asarray(losses), settings, losses.size)


def _cross_entropy_pull(
    gradient: Array, operands: Sequence[Array], result: Array, settings: Settings, position: int
) -> Array:
    logits, target = operands
    axis = _class_axis(logits)
    examples = logits.size // logits.shape[axis]
    share = _share(gradient, settings, examples)
    share = np.expand_dims(share, axis) if share.ndim else share
    if position == 1:
        return np.asarray(-_log_softmax([logits], {"axis": axis}) * share)
    weights = _class_weights(logits, target)
    # The weights of an example add up to 1, unless someone gave other "probabilities".
    total = weights.sum(axis=axis, keepdims=True)
    return np.asarray((total * _softmax([logits], {"axis": axis}) - weights) * share)


_ROWS = (
    ArrayOperation(
        "matmul", "@", "A @ B", _matmul, _matmul_pull, ("G @ Bᵀ", "Aᵀ @ G"), keeps_integers=True
    ),
    ArrayOperation(
        "sum", "Σ", "Σ A", _sum, _sum_pull, ("G to every summand",), keeps_integers=True
    ),
    ArrayOperation("mean", "mean", "Σ A / n", _mean, _mean_pull, ("G / n to every element",)),
    ArrayOperation(
        "reshape", "reshape", "A in another shape", _reshape, _reshape_pull,
        ("G in the shape of A",), keeps_integers=True,
    ),
    ArrayOperation(
        "transpose", "ᵀ", "Aᵀ", _transpose, _transpose_pull, ("Gᵀ",), keeps_integers=True
    ),
    ArrayOperation(
        "select", "[ ]", "A[i]", _select, _select_pull,
        ("G at the selected places, 0 elsewhere",), keeps_integers=True,
    ),
    ArrayOperation(
        "stack", "stack", "the operands as rows", _stack, _stack_pull,
        ("the row of G that belongs to it",), keeps_integers=True,
    ),
    ArrayOperation(
        "softmax", "softmax", "e^A / Σ e^A", _softmax, _softmax_pull, ("Y · (G − Σ G·Y)",)
    ),
    ArrayOperation(
        "log_softmax", "log softmax", "A − ln Σ e^A", _log_softmax, _log_softmax_pull,
        ("G − softmax(A) · Σ G",),
    ),
    ArrayOperation(
        "mse_loss", "MSE", "mean (A − B)²", _squared_error, _squared_error_pull,
        ("2 (A − B) / n · G", "2 (B − A) / n · G"),
    ),
    ArrayOperation(
        "binary_cross_entropy_with_logits", "BCE",
        "mean of −B · ln σ(A) − (1 − B) · ln(1 − σ(A))",
        _binary_cross_entropy, _binary_cross_entropy_pull,
        ("(σ(A) − B) / n · G", "−A / n · G"),
    ),
    ArrayOperation(
        "cross_entropy", "CE", "mean of −B · ln softmax(A)",
        _cross_entropy, _cross_entropy_pull,
        ("(softmax(A) − B) / n · G", "−ln softmax(A) / n · G"),
    ),
)

ARRAY_OPERATIONS: dict[str, ArrayOperation] = {row.name: row for row in _ROWS}
