"""Losses: what is optimized, its gradient, and what targets it wants.

The factor 1/batch lives here and nowhere else. Inside the engine outputs and targets are
feature-major, (n_out, batch); a loss that works on logits expects a linear output layer.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.activations import sigmoid
from engine.arrays import Array

CLASSIFICATION = "classification"
REGRESSION = "regression"
HUBER_DELTA = 1.0


@dataclass(frozen=True)
class Loss:
    """One loss function.

    Attributes:
        name: its name in an Experiment.
        per_example: ``per_example(a, y)`` -> (batch,) the loss of each example.
        gradient: ``gradient(a, y, out, scratch)`` fills ``out`` (n_out, batch) with dL/da of the
            mean over the batch; ``scratch`` has the same shape and is overwritten.
        prepare: targets as the Trainer gets them -> (n_out, n) targets that the two above take.
        problems: the problems that it can be used for.
        on_logits: True when it expects a linear output layer, in classification too.
        present: ``present(a, out)`` fills ``out`` with what is drawn: a itself, or for a loss
            on logits a score in [-1, 1] or a probability in [0, 1].
    """

    name: str
    per_example: Callable[[Array, Array], Array]
    gradient: Callable[[Array, Array, Array, Array], None]
    prepare: Callable[[Array, int], Array]
    present: Callable[[Array, Array], None]
    problems: frozenset[str] = frozenset({CLASSIFICATION, REGRESSION})
    on_logits: bool = False

    def value(self, a: Array, y: Array) -> float:
        """The loss that is optimized: the mean over the batch of (n_out, batch) arrays."""
        return float(np.mean(self.per_example(a, y)))

    def output_activation(self, problem: str) -> str:
        """Name of the output layer's activation."""
        return "linear" if self.on_logits or problem == REGRESSION else "tanh"

    def outputs(self, classes: int) -> int:
        """How many outputs tell ``classes`` classes apart; 1 in regression (classes 1)."""
        if self.name == "softmax":
            return classes
        return classes if classes > 2 else 1

    def encode(self, targets: npt.ArrayLike, problem: str, classes: int) -> Array:
        """Targets for the Trainer from a data set's labels.

        Args:
            targets: (n,) values in regression; -1 and +1 for two classes; 0..classes-1 for more.
            problem: "classification" or "regression".
            classes: the number of classes; no matter in regression.

        Returns:
            (n,) values in regression; class indices for softmax (+1 is class 1); -1 and +1 for
            every other loss, (n,) for two classes and (n, classes), one against the rest, for more.

        Raises:
            ValueError: this loss cannot be used for the problem.
        """
        if problem not in self.problems:
            expected = " or ".join(sorted(self.problems))
            raise ValueError(f"{self.name} expects a problem of {expected}, got {problem!r}")
        labels = np.asarray(targets, dtype=np.float64)
        if problem == REGRESSION:
            return labels
        if self.name == "softmax":
            return (labels > 0).astype(np.float64) if classes == 2 else labels
        if classes == 2:
            return labels
        return np.where(labels[:, None] == np.arange(classes), 1.0, -1.0)

    def accuracy(self, a: Array, y: Array) -> float:
        """Share of examples whose class is right; (n_out, n) outputs and prepared targets.

        One output: its sign, with 0 counted as the positive class. More: the largest one.
        """
        if len(a) == 1:
            threshold = 0.5 if self.name == "bce" else 0.0
            right = (a[0] >= 0.0) == (y[0] > threshold)
        else:
            right = np.argmax(a, axis=0) == np.argmax(y, axis=0)
        return float(np.mean(right))


def _as_rows(y: Array, n_out: int) -> Array:
    rows = np.reshape(y, (-1, 1)) if np.ndim(y) == 1 else np.asarray(y)
    if rows.ndim != 2 or rows.shape[1] != n_out:
        raise ValueError(f"expected targets for {n_out} outputs, got an array of {np.shape(y)}")
    return np.ascontiguousarray(rows.T)


def _as_zero_one(y: Array, n_out: int) -> Array:
    rows = _as_rows(y, n_out)
    return (rows > 0.0).astype(rows.dtype)


def _as_one_hot(y: Array, n_out: int) -> Array:
    indices = np.asarray(y)
    if indices.ndim != 1 or not np.isin(indices, np.arange(n_out)).all():
        raise ValueError(f"expected class indices from 0 to {n_out - 1}, got {np.unique(y)}")
    one_hot: Array = (np.arange(n_out)[:, None] == indices).astype(indices.dtype)
    return one_hot


def _present_as_is(a: Array, out: Array) -> None:
    np.copyto(out, a)


def _half_squared(a: Array, y: Array) -> Array:
    per_example: Array = 0.5 * np.sum(np.square(a - y), axis=0)
    return per_example


def _half_squared_gradient(a: Array, y: Array, out: Array, _scratch: Array) -> None:
    np.subtract(a, y, out)
    np.multiply(out, 1.0 / a.shape[1], out)


def _mse(a: Array, y: Array) -> Array:
    per_example: Array = np.mean(np.square(a - y), axis=0)
    return per_example


def _mse_gradient(a: Array, y: Array, out: Array, _scratch: Array) -> None:
    np.subtract(a, y, out)
    np.multiply(out, 2.0 / a.size, out)


def _huber(a: Array, y: Array) -> Array:
    error = np.abs(a - y)
    near = np.minimum(error, HUBER_DELTA)
    per_example: Array = np.mean(near * (error - 0.5 * near), axis=0)
    return per_example


def _huber_gradient(a: Array, y: Array, out: Array, _scratch: Array) -> None:
    np.subtract(a, y, out)
    np.minimum(out, HUBER_DELTA, out=out)
    np.maximum(out, -HUBER_DELTA, out=out)
    np.multiply(out, 1.0 / a.size, out)


def _bce(logits: Array, y: Array) -> Array:
    """-log p of the true class: softplus(logit) - y * logit, without overflow."""
    per_example: Array = np.mean(np.logaddexp(logits, 0.0) - y * logits, axis=0)
    return per_example


def _bce_gradient(logits: Array, y: Array, out: Array, _scratch: Array) -> None:
    sigmoid(logits, out)
    np.subtract(out, y, out)
    np.multiply(out, 1.0 / logits.size, out)


def _bce_present(logits: Array, out: Array) -> None:
    """2 sigmoid(z) - 1, which is tanh(z / 2): -1 and +1 are the two classes."""
    np.multiply(logits, 0.5, out)
    np.tanh(out, out)


def _softmax(logits: Array, out: Array, row: Array) -> None:
    """Fill ``out`` with the probabilities; ``row`` (batch,) is overwritten."""
    np.maximum.reduce(logits, axis=0, out=row)
    np.subtract(logits, row, out)
    np.exp(out, out)
    np.add.reduce(out, axis=0, out=row)
    np.divide(out, row, out)


def _cross_entropy(logits: Array, y: Array) -> Array:
    shifted = logits - np.max(logits, axis=0)
    per_example: Array = np.log(np.sum(np.exp(shifted), axis=0)) - np.sum(y * shifted, axis=0)
    return per_example


def _cross_entropy_gradient(logits: Array, y: Array, out: Array, scratch: Array) -> None:
    _softmax(logits, out, scratch[0])
    np.subtract(out, y, out)
    np.multiply(out, 1.0 / logits.shape[1], out)


def _softmax_present(logits: Array, out: Array) -> None:
    _softmax(logits, out, np.empty_like(logits[0]))


def _hinge(logits: Array, y: Array) -> Array:
    per_example: Array = np.mean(np.maximum(1.0 - y * logits, 0.0), axis=0)
    return per_example


def _hinge_gradient(logits: Array, y: Array, out: Array, _scratch: Array) -> None:
    """-y where the margin y * logit is below 1, else 0."""
    np.multiply(y, logits, out)
    np.subtract(1.0, out, out)
    np.sign(out, out)
    np.maximum(out, 0.0, out=out)
    np.multiply(out, y, out)
    np.multiply(out, -1.0 / logits.size, out)


_ONLY_CLASSES = frozenset({CLASSIFICATION})

LOSSES: dict[str, Loss] = {
    row.name: row
    for row in (
        Loss("half-squared", _half_squared, _half_squared_gradient, _as_rows, _present_as_is),
        Loss("mse", _mse, _mse_gradient, _as_rows, _present_as_is),
        Loss("huber", _huber, _huber_gradient, _as_rows, _present_as_is),
        Loss("bce", _bce, _bce_gradient, _as_zero_one, _bce_present, _ONLY_CLASSES, True),
        Loss(
            "softmax",
            _cross_entropy,
            _cross_entropy_gradient,
            _as_one_hot,
            _softmax_present,
            _ONLY_CLASSES,
            True,
        ),
        Loss("hinge", _hinge, _hinge_gradient, _as_rows, _present_as_is, _ONLY_CLASSES, True),
    )
}
