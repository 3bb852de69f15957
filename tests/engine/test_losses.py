"""The table of losses: values worked by hand, stability, targets, and what is drawn."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.arrays import Array
from engine.losses import LOSSES, Loss

rows = pytest.mark.parametrize("row", LOSSES.values(), ids=list(LOSSES))


def gradient(row: Loss, a: Array, y: Array) -> Array:
    out, scratch = np.full_like(a, np.nan), np.full_like(a, np.nan)
    row.gradient(a, y, out, scratch)
    return out


def outputs_for(row: Loss) -> int:
    return 3 if row.name == "softmax" else 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("half-squared", (0.5 * 0.25 + 0.5 * 4.0) / 2),
        ("mse", (0.25 + 4.0) / 2),
        ("huber", (0.5 * 0.25 + (2.0 - 0.5)) / 2),
        ("bce", (math.log(1 + math.exp(-0.5)) + math.log(1 + math.exp(1.0))) / 2),
        ("hinge", (0.5 + 2.0) / 2),
    ],
)
def test_value_is_the_mean_over_the_batch(name: str, expected: float) -> None:
    """Outputs 0.5 and 1 against targets +1 and -1."""
    row = LOSSES[name]

    assert row.value(
        np.array([[0.5, 1.0]]), row.prepare(np.array([1.0, -1.0]), 1)
    ) == pytest.approx(expected)


def test_half_squared_sums_over_outputs_and_mse_averages() -> None:
    """Two outputs that are off by 1 and 2: 2.5 and 2.5; three with 0 too: 2.5 and 5/3."""
    a, y = np.array([[1.0], [2.0], [0.0]]), np.zeros((3, 1))

    assert LOSSES["half-squared"].value(a, y) == 2.5
    assert LOSSES["mse"].value(a, y) == pytest.approx(5.0 / 3.0)


def test_cross_entropy_of_equal_logits_is_log_k() -> None:
    """A softmax that knows nothing loses log 3 on three classes."""
    row = LOSSES["softmax"]

    assert row.value(np.zeros((3, 2)), row.prepare(np.array([0.0, 2.0]), 3)) == pytest.approx(
        math.log(3.0)
    )


def test_undecided_outputs_lose_what_the_page_says() -> None:
    """Zero output: 0.5 for half the square, 0.693 for cross-entropy."""
    zero, y = np.zeros((1, 2)), np.array([1.0, -1.0])

    assert LOSSES["half-squared"].value(zero, LOSSES["half-squared"].prepare(y, 1)) == 0.5
    assert LOSSES["bce"].value(zero, LOSSES["bce"].prepare(y, 1)) == pytest.approx(math.log(2.0))


@given(logits=st.lists(st.floats(-30, 30), min_size=3, max_size=3), shift=st.floats(-500.0, 500.0))
def test_softmax_ignores_a_shift(logits: list[float], shift: float) -> None:
    """Adding the same number to every logit changes neither loss nor gradient."""
    row = LOSSES["softmax"]
    a: Array = np.array(logits, dtype=np.float64).reshape(3, 1)
    y = row.prepare(np.array([1.0]), 3)

    assert row.value(a + shift, y) == pytest.approx(row.value(a, y), rel=1e-9, abs=1e-9)
    assert gradient(row, a + shift, y) == pytest.approx(gradient(row, a, y), abs=1e-9)


@rows
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_logits_of_a_thousand_are_stable(row: Loss, dtype: type) -> None:
    """Right or wrong by 1,000: loss and gradient are finite, and nothing overflows or warns."""
    if row.name == "softmax":
        a: Array = np.array([[1000.0, -1000.0], [0.0, 0.0], [-1000.0, 1000.0]], dtype)
        y = row.prepare(np.array([0.0, 0.0], dtype), 3)
    else:
        a = np.array([[1000.0, -1000.0]], dtype)
        y = row.prepare(np.array([1.0, 1.0], dtype), 1)
    slopes = gradient(row, a, y)

    assert math.isfinite(row.value(a, y))
    assert np.isfinite(slopes).all()
    if row.on_logits:
        assert row.per_example(a, y)[0] == 0.0
        assert row.per_example(a, y)[1] >= 1000.0
        assert slopes[0] == pytest.approx([0.0, -0.5], abs=1e-30)


@rows
def test_gradient_carries_one_over_batch(row: Loss) -> None:
    """The same example twice: half the gradient for each, the same loss."""
    k = outputs_for(row)
    one = np.linspace(-0.4, 0.3, k)[:, None]
    y = row.prepare(np.array([1.0]), k)
    twice, y_twice = np.hstack([one, one]), np.hstack([y, y])

    assert row.value(twice, y_twice) == pytest.approx(row.value(one, y))
    assert gradient(row, twice, y_twice)[:, :1] == pytest.approx(gradient(row, one, y) / 2.0)


@pytest.mark.parametrize(
    ("name", "problem", "activation"),
    [
        ("half-squared", "classification", "tanh"),
        ("half-squared", "regression", "linear"),
        ("huber", "classification", "tanh"),
        ("bce", "classification", "linear"),
        ("softmax", "classification", "linear"),
        ("hinge", "classification", "linear"),
    ],
)
def test_output_layer_suits_the_loss(name: str, problem: str, activation: str) -> None:
    """tanh for ±1 targets, linear for values and for logits."""
    assert LOSSES[name].output_activation(problem) == activation


def test_two_classes_are_encoded_for_every_loss() -> None:
    """±1 labels stay ±1, become class indices for softmax, and 0/1 inside bce."""
    labels = [-1, 1, 1]

    assert LOSSES["half-squared"].encode(labels, "classification", 2).tolist() == [-1, 1, 1]
    assert LOSSES["softmax"].encode(labels, "classification", 2).tolist() == [0, 1, 1]
    bce = LOSSES["bce"]
    encoded = bce.encode(labels, "classification", 2)
    assert bce.prepare(encoded, 1).tolist() == [[0, 1, 1]]
    assert (LOSSES["bce"].outputs(2), LOSSES["softmax"].outputs(2)) == (1, 2)


def test_many_classes_are_one_against_the_rest() -> None:
    """Class indices become rows of ±1, and stay indices for softmax."""
    labels = [0, 2, 1]
    expected = [[1, -1, -1], [-1, -1, 1], [-1, 1, -1]]

    assert LOSSES["hinge"].encode(labels, "classification", 3).tolist() == expected
    assert LOSSES["softmax"].encode(labels, "classification", 3).tolist() == labels
    assert (LOSSES["hinge"].outputs(3), LOSSES["softmax"].outputs(3)) == (3, 3)
    one_hot = LOSSES["softmax"].prepare(np.array(labels), 3)
    assert one_hot.tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]


@pytest.mark.parametrize("name", ["bce", "softmax", "hinge"])
def test_losses_for_classes_refuse_values(name: str) -> None:
    """Regression is refused by the losses that need classes."""
    with pytest.raises(ValueError, match="expects a problem of classification"):
        LOSSES[name].encode([0.3], "regression", 1)


@pytest.mark.parametrize("labels", [[0.0, 3.0], [-1.0, 1.0], [0.5, 1.0]])
def test_softmax_refuses_what_is_no_class(labels: list[float]) -> None:
    """Labels that are not 0, 1 or 2 are no classes of three."""
    with pytest.raises(ValueError, match="expected class indices from 0 to 2"):
        LOSSES["softmax"].prepare(np.array(labels), 3)


def test_accuracy_counts_right_classes() -> None:
    """One output by its sign, zero being positive; several by the largest."""
    a = np.array([[0.0, -0.1, 2.0, -3.0]])
    y = np.array([1.0, 1.0, 1.0, -1.0])
    several = np.array([[0.1, 5.0], [0.2, -5.0], [0.0, 6.0]])

    for name in ("half-squared", "bce", "hinge"):
        assert LOSSES[name].accuracy(a, LOSSES[name].prepare(y, 1)) == 0.75
    softmax = LOSSES["softmax"]
    assert softmax.accuracy(several, softmax.prepare(np.array([1.0, 0.0]), 3)) == 0.5


def test_what_is_drawn_is_bounded() -> None:
    """bce shows 2p - 1, softmax probabilities that add up to 1, the others the output itself."""
    logits = np.array([[0.0, 1000.0, -1000.0, 1.0]])
    out = np.empty_like(logits)
    LOSSES["bce"].present(logits, out)

    assert out[0] == pytest.approx([0.0, 1.0, -1.0, 2.0 / (1.0 + math.exp(-1.0)) - 1.0])
    many = np.vstack([logits, -logits, logits * 0.0])
    shown = np.empty_like(many)
    LOSSES["softmax"].present(many, shown)
    assert shown.sum(axis=0) == pytest.approx(np.ones(4))
    assert shown.min() >= 0.0
    LOSSES["hinge"].present(logits, out)
    assert np.array_equal(out, logits)
