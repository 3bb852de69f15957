"""What a pass shows to be wrong: where, what and how much; and nothing where all is well."""

from typing import Any

import numpy as np
import pytest

from engine.diagnosis import Ailment, diagnose, examine
from engine.network import LayerSpec, Network
from engine.training import Recipe, Trainer

Place = tuple[str, int, int | None]


def make_trainer(
    hidden: str = "tanh",
    widths: tuple[int, ...] = (4, 2),
    initializer: str = "playground",
    output: str = "tanh",
) -> Trainer:
    """Fifty examples on a disc and around it, in batches of ten; half the squared error."""
    network = Network(2, [*(LayerSpec(n, hidden) for n in widths), LayerSpec(1, output)])
    network.initialize(initializer, 0.5, np.random.default_rng(1))
    X = np.random.default_rng(2).uniform(-5.0, 5.0, (50, 2))
    y = np.where(np.square(X).sum(axis=1) < 10.0, 1.0, -1.0)
    return Trainer(network, X, y, Recipe(batch_size=10))


def found(trainer: Trainer) -> dict[Place, float]:
    """The findings of the newest pass."""
    findings = diagnose(trainer.network, trainer.trace)
    return {(f.ailment, f.layer, f.unit): f.measure for f in findings}


def changed(trainer: Trainer, **edit: Any) -> dict[Place, float]:
    """The findings of the pass after an edit of the first layer's unit 1."""
    layer = trainer.network.layers[0]
    layer.b[1] = edit.get("b", layer.b[1])
    layer.W[:, 1] = edit.get("W", layer.W[:, 1])
    trainer.refresh()
    return found(trainer)


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "leaky-relu"])
def test_nothing_is_wrong_with_a_healthy_network(activation: str) -> None:
    """Neither with fresh weights nor while it learns."""
    trainer = make_trainer(activation, initializer="glorot-uniform")
    for _ in range(20):
        assert found(trainer) == {}
        trainer.advance(5)


def test_a_relu_that_is_off_for_all_examples_is_dead() -> None:
    """Its largest slope is 0; with one example that wakes it, it is not dead."""
    trainer = make_trainer("relu", initializer="glorot-uniform")
    assert changed(trainer, b=-100.0, W=0.1) == {(Ailment.DEAD, 1, 1): 0.0}
    z = trainer.trace.z[1][:, 1]
    assert changed(trainer, b=-100.0 - z.max() + 1e-3, W=0.1) == {}


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_a_unit_that_is_flat_for_most_examples_is_saturated(activation: str) -> None:
    """Far out it is; the measure is its largest slope. Farther out still it is dead."""
    trainer = make_trainer(activation, initializer="glorot-uniform")
    findings = changed(trainer, b=5.0, W=0.1)
    slope = np.abs(trainer.trace.slope[1][:, 1])

    assert np.mean(slope < 0.05) > 0.5
    assert findings == {(Ailment.SATURATED, 1, 1): slope.max()}
    assert changed(trainer, b=50.0, W=0.0)[Ailment.DEAD, 1, 1] < 1e-6
    assert (Ailment.SATURATED, 1, 1) not in found(trainer)


def test_a_unit_that_is_flat_for_half_of_the_examples_is_not_saturated() -> None:
    """More than half of them it takes; and a function without bounds never is."""
    for activation, ailing in (("tanh", True), ("elu", False)):
        trainer = make_trainer(activation, initializer="glorot-uniform")
        trainer.trace.slope[1][:, 1] = np.repeat([0.01, 0.2], 5)
        assert found(trainer) == {}
        trainer.trace.slope[1][5, 1] = 0.01
        assert ((Ailment.SATURATED, 1, 1) in found(trainer)) == ailing


def test_what_has_learnt_everything_is_not_saturated() -> None:
    """Outputs that have come to their targets lie on the flat end, and nothing is wrong there."""
    trainer = make_trainer()
    layer = trainer.network.layers[-1]
    layer.W.fill(0.1)
    layer.b.fill(3.0)
    trainer.replace_data(trainer.X, np.ones(50))
    assert found(trainer) == {}
    assert examine(trainer.network, trainer.trace)[-1].flat.tolist() == [True]
    trainer.replace_data(trainer.X, np.where(np.arange(50) < 40, 1.0, -1.0))

    assert (Ailment.SATURATED, 3, 0) in found(trainer)


def test_ten_layers_of_sigmoids_vanish() -> None:
    """The early ones get less than a thousandth, each less than the next; the last ones do not."""
    trainer = make_trainer("sigmoid", (4,) * 10)
    ratios = [found(trainer).get((Ailment.VANISHING, layer, None)) for layer in range(1, 12)]
    vanished = [ratio for ratio in ratios if ratio is not None]

    assert 6 <= len(vanished) <= 9
    assert ratios[: len(vanished)] == sorted(vanished)
    assert vanished[-1] < 1e-3
    assert vanished[0] < 1e-9


def test_large_weights_explode() -> None:
    """With weights of up to 16 the signals grow on their way back, to over a thousand times."""
    trainer = make_trainer("relu", (8, 8, 8, 8), output="linear")
    trainer.network.parameters[...] *= 32.0
    trainer.refresh()

    assert found(trainer)[Ailment.EXPLODING, 1, None] > 1e3
    assert (Ailment.EXPLODING, 5, None) not in found(trainer)


@pytest.mark.parametrize(("factor", "ailing"), [(0.9, True), (1.1, False)])
def test_the_ratio_is_that_of_the_root_mean_squares(factor: float, ailing: bool) -> None:
    """Just under a thousandth of the output's error signal is found, just over it is not."""
    trainer = make_trainer(widths=(4,))
    deltas = trainer.trace.delta
    deltas[1][...] = np.sqrt(np.mean(deltas[2] ** 2)) * 1e-3 * factor

    assert found(trainer) == (
        {(Ailment.VANISHING, 1, None): pytest.approx(1e-3 * factor)} if ailing else {}
    )


def test_numbers_that_overflow_are_found() -> None:
    """A layer whose error signals are not finite says so and nothing more; nothing is raised."""
    trainer = make_trainer("linear", (5, 3))
    trainer.trace.delta[1][3, 2] = np.nan

    assert found(trainer) == {(Ailment.NOT_FINITE, 1, None): 0.0}
    trainer.trace.delta[1][3, 2] = 1e300
    assert found(trainer) == {(Ailment.EXPLODING, 1, None): np.inf}
