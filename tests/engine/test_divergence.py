"""When numbers stop being finite: named by step and layer, and undone."""

from typing import Any

import numpy as np
import pytest

from engine.arrays import Array
from engine.network import LayerSpec, Network
from engine.optimizers import OPTIMIZERS
from engine.training import Diverged, Recipe, Trainer


def make(learning_rate: float = 0.5, **recipe: Any) -> Trainer:
    """Linear regression by two layers with far too large steps."""
    network = Network(2, [LayerSpec(3, "linear"), LayerSpec(1, "linear")])
    rng = np.random.default_rng(1)
    network.initialize("normal", 1.0, rng)
    X = rng.uniform(-5.0, 5.0, (40, 2))
    changes: dict[str, Any] = {"loss": "mse", "problem": "regression", **recipe}
    return Trainer(network, X, X @ [1.0, -2.0], Recipe(learning_rate=learning_rate, **changes))


def step_by_step(trainer: Trainer, steps: int) -> tuple[int, Array]:
    """How many updates leave finite numbers in the parameters, and what these are then."""
    for made in range(steps):
        last = trainer.network.parameters.copy()
        with np.errstate(all="ignore"):
            trainer._step()
        if not np.isfinite(trainer.network.parameters).all():
            return made, last
    raise AssertionError("expected this training to diverge")


@pytest.mark.parametrize("steps", [1000, 300])
def test_divergence_names_step_and_layer_and_keeps_the_last_finite_state(steps: int) -> None:
    """The report is the first update that failed; what is left is the state just before it."""
    trainer, twin = make(), make()
    outcome = trainer.advance(steps)
    made, last = step_by_step(twin, steps)

    assert isinstance(outcome, Diverged)
    assert outcome.step <= made + 1
    assert outcome.layer in (1, 2)
    assert trainer.step == outcome.step - 1
    assert np.isfinite(trainer.network.parameters).all()
    assert np.isfinite(trainer.gradient).all()
    assert np.isfinite(trainer.update).all()
    assert np.isfinite(trainer.loss)
    if outcome.step == made + 1:
        assert np.array_equal(trainer.network.parameters, last)


def test_divergence_is_the_same_at_any_pace() -> None:
    """One update at a time, or a thousand: the same step, layer, quantity and numbers."""
    fast, slow = make(), make()
    report = fast.advance(1000)
    reports = [slow.advance(1) for _ in range(slow.step, fast.step + 1)]

    assert reports[:-1] == [None] * fast.step
    assert reports[-1] == report
    assert np.array_equal(slow.network.parameters, fast.network.parameters)


def test_run_that_diverged_reports_it_again_and_recovers_with_a_smaller_rate() -> None:
    """The last finite state can be trained on, once the cause is gone."""
    trainer = make()
    first = trainer.advance(1000)

    assert trainer.advance(1) == first
    trainer.network.parameters[...] = 0.1
    trainer.replace(Recipe("mse", "regression", learning_rate=0.01))
    trainer.refresh()
    assert trainer.advance(100) is None


def test_first_layer_to_overflow_is_named() -> None:
    """Weights of 1e200 in both layers: the first layer's z is fine, the second's is not."""
    trainer = make()
    trainer.network.parameters[...] = 1e200
    trainer.refresh()

    assert trainer.advance(1) == Diverged(step=1, layer=2, quantity="z")


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("clipping", ["none", "norm", "value"])
def test_no_optimizer_hides_a_number_that_is_not_finite(optimizer: str, clipping: str) -> None:
    """Whatever the optimizer makes of it, a NaN in the data is found at the first update."""
    trainer = make(0.01, optimizer=optimizer, clipping=clipping)
    X = trainer.X.copy()
    X[7, 1] = np.nan
    trainer.replace_data(X, trainer.y)
    report = trainer.advance_epochs(1)

    assert isinstance(report, Diverged)
    assert (report.layer, report.quantity) == (1, "z")


def test_single_steps_inside_a_batch_find_it_too() -> None:
    """A partial pass that overflows is reported, and not shown."""
    trainer = make()
    trainer.network.parameters[...] = 1e200
    trainer.refresh()
    report = trainer.advance_samples(3)

    assert report == Diverged(step=1, layer=2, quantity="z")
    assert trainer.sample == 0
