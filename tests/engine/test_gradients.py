"""Every activation x loss x optimizer, on drawn shapes, against finite differences."""

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS
from engine.arrays import Array
from engine.losses import LOSSES
from engine.network import Network
from engine.optimizers import OPTIMIZERS
from engine.recipe import Recipe
from engine.training import Trainer
from tests.strategies import Task, seeds, tasks

# style.md: over 20,000 random layers correct code reached 1.02e-6.
STEP = 1e-6
TOLERANCE = 1e-5
KINK_MARGIN = 1e-3
# A linear network that is blowing up curves more within one step than the tolerance allows.
TAME = 100.0


def stays_off_kinks(trainer: Trainer) -> bool:
    """Whether no unit, and no hinge, of the newest pass is at a point without a derivative."""
    layers = zip(trainer.network.layers, trainer.trace.passes, strict=True)
    distances = [np.abs(p.z - k) for la, p in layers if (k := la.activation.kink) is not None]
    if trainer.recipe.loss == "hinge":
        distances.append(np.abs(np.abs(trainer.trace.passes[-1].a) - 1.0))
    return all(float(distance.min()) > KINK_MARGIN for distance in distances)


def numeric_slope(trainer: Trainer, direction: Array) -> float:
    """Central difference of the loss of the newest pass, along a direction of the parameters."""
    trace, network = trainer.trace, Network(trainer.network.n_in, trainer.network.spec)
    y = trainer.targets

    def loss(shift: float) -> float:
        network.parameters[...] = trainer.parameters_before + shift * direction
        return LOSSES[trainer.recipe.loss].value(network.predict(trace.X).T, y)

    return (loss(STEP) - loss(-STEP)) / (2.0 * STEP)


@pytest.mark.parametrize(("activation", "loss"), list(product(ACTIVATIONS, LOSSES)))
@settings(max_examples=20, deadline=None)
@given(data=st.data(), seed=seeds)
def test_gradient_is_the_slope_of_the_loss(
    activation: str, loss: str, data: st.DataObject, seed: int
) -> None:
    """Under every optimizer the gradient shown is the loss's slope where it was taken."""
    task: Task = data.draw(tasks(activation=activation, loss=loss))
    start = task.network.parameters.copy()
    direction = np.random.default_rng(seed).normal(size=start.size)
    direction /= np.linalg.norm(direction)
    for optimizer in OPTIMIZERS:
        task.network.parameters[...] = start
        recipe = Recipe(
            loss=loss, problem=task.problem, optimizer=optimizer, batch_size=5, learning_rate=0.003
        )
        trainer = Trainer(task.network, task.X, task.y, recipe)
        assert trainer.advance(3) is None
        assume(trainer.loss < TAME and stays_off_kinks(trainer))
        numeric = numeric_slope(trainer, direction)

        assert float(trainer.gradient @ direction) == pytest.approx(
            numeric, rel=TOLERANCE, abs=TOLERANCE
        )
