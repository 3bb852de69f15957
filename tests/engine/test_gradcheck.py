"""The gradient check agrees with right code and finds planted errors."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from engine.activations import ACTIVATIONS
from engine.arrays import Array
from engine.gradcheck import check
from engine.losses import LOSSES, Loss
from engine.network import LayerSpec, Network
from tests.strategies import Task, tasks


def small(activation: str) -> tuple[Network, Array, Array]:
    network = Network(2, [LayerSpec(3, activation), LayerSpec(1, "tanh")])
    rng = np.random.default_rng(6)
    network.initialize("normal", 0.5, rng)
    X = rng.uniform(-2.0, 2.0, (10, 2))
    return network, X, np.sign(X[:, 0])


@settings(max_examples=40, deadline=None)
@given(task=tasks(loss="mse"))
def test_right_code_passes(task: Task) -> None:
    """On drawn networks the largest relative error away from kinks is below 1e-4."""
    before = task.network.parameters.copy()
    result = check(task.network, task.X, task.y, LOSSES["mse"])

    assert result.worst is None or result.relative_error[result.worst] < 1e-4
    assert np.array_equal(task.network.parameters, before)


def test_smooth_networks_agree_to_seven_digits() -> None:
    """At an ordinary tanh network the error is far below what a mistake would make."""
    result = check(*small("tanh"), LOSSES["half-squared"])
    worst = result.worst

    assert worst is not None
    assert result.relative_error[worst] < 1e-7
    assert result.indices.tolist() == list(range(13))


def test_part_of_the_parameters_can_be_checked() -> None:
    """Chosen positions give the same numbers as the whole check."""
    network, X, y = small("tanh")
    whole = check(network, X, y, LOSSES["mse"])
    part = check(network, X, y, LOSSES["mse"], [2, 9])

    assert part.analytic.tolist() == whole.analytic[[2, 9]].tolist()
    assert part.numeric.tolist() == whole.numeric[[2, 9]].tolist()


def test_wrong_derivative_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tanh whose derivative forgets the square fails in the layer that uses it."""

    def forgets_the_square(_z: Array, a: Array, out: Array, _scratch: Array) -> None:
        np.subtract(1.0, a, out)

    wrong = replace(ACTIVATIONS["tanh"], name="wrong", derivative=forgets_the_square)
    monkeypatch.setitem(ACTIVATIONS, "wrong", wrong)
    result = check(*small("wrong"), LOSSES["half-squared"])
    first_layer = result.indices < 9

    assert result.worst is not None
    assert first_layer[result.worst]
    assert result.relative_error[first_layer].max() > 0.01
    assert result.relative_error[~first_layer].max() < 1e-6


def _lost_mean(row: Loss) -> Callable[[Array, Array, Array, Array], None]:
    def gradient(a: Array, y: Array, out: Array, scratch: Array) -> None:
        row.gradient(a, y, out, scratch)
        np.multiply(out, a.shape[1], out)

    return gradient


def test_lost_factor_one_over_batch_is_found() -> None:
    """A loss that forgets its 1/batch is wrong everywhere by the factor 10."""
    row = LOSSES["half-squared"]
    result = check(*small("tanh"), replace(row, gradient=_lost_mean(row)))

    assert result.relative_error == pytest.approx(np.full(13, 0.9), abs=1e-3)


def test_crossed_kinks_are_marked() -> None:
    """A ReLU whose z is zero for an example has no derivative there, and the check says so."""
    network, X, y = small("relu")
    network.layers[0].W[:, 1] = 0.0
    network.layers[0].b[1] = 0.0
    result = check(network, X, y, LOSSES["mse"])

    assert result.at_kink[[1, 4, 7]].all()
    assert not result.at_kink[[9, 10, 11, 12]].any()
    assert result.worst is not None
    assert result.relative_error[result.worst] < 1e-6


def test_float32_network_is_checked_in_float64() -> None:
    """The check is about the mathematics, not about float32's rounding."""
    network, X, y = small("tanh")
    narrow = Network(2, network.spec, np.float32)
    narrow.parameters[...] = network.parameters
    result = check(narrow, X, y, LOSSES["mse"])

    assert result.relative_error.max() < 1e-6
