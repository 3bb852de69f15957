"""The hot loop allocates nothing."""

import tracemalloc
from typing import Any

import numpy as np
import pytest

from engine.activations import ACTIVATIONS
from engine.losses import LOSSES
from engine.network import LayerSpec, Network
from engine.optimizers import OPTIMIZERS
from engine.training import Recipe, Trainer

UNITS, BATCH, EXAMPLES = 32, 250, 600
# A temporary of a hidden layer would be 64,000 bytes, one of the inputs 4,000, one of the
# parameters 9,000. What is left are Python's own short-lived numbers.
ALLOWED = 2000


def make(activation: str = "tanh", **recipe: Any) -> Trainer:
    rng = np.random.default_rng(0)
    loss = LOSSES[recipe.get("loss", "half-squared")]
    X = rng.uniform(-1.0, 1.0, (EXAMPLES, 2))
    output = LayerSpec(loss.outputs(2), loss.output_activation("classification"))
    network = Network(2, [LayerSpec(UNITS, activation), LayerSpec(UNITS, activation), output])
    network.initialize("glorot-uniform", 1.0, rng)
    y = loss.encode(np.sign(X[:, 0] * X[:, 1]), "classification", 2)
    return Trainer(network, X, y, Recipe(batch_size=BATCH, learning_rate=1e-3, **recipe))


def peak_bytes(trainer: Trainer) -> int:
    """The most that seven updates, two epochs and a short batch among them, hold at once."""
    for _ in range(7):
        trainer._step()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        for _ in range(7):
            trainer._step()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_no_activation_allocates(activation: str) -> None:
    """Forward and backward through every activation use the trace's own arrays."""
    assert peak_bytes(make(activation)) < ALLOWED


@pytest.mark.parametrize("loss", [name for name in LOSSES if name != "softmax"])
def test_no_loss_allocates(loss: str) -> None:
    """Gradients of every loss are written in place."""
    assert peak_bytes(make(loss=loss)) < ALLOWED


def test_softmax_takes_no_more_than_numpys_buffer() -> None:
    """Where a row is subtracted from every row, NumPy itself buffers one array of logits."""
    assert peak_bytes(make(loss="softmax")) < ALLOWED + 2 * BATCH * 8


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("clipping", ["none", "norm", "value"])
def test_no_optimizer_allocates(optimizer: str, clipping: str) -> None:
    """Clipping and every optimizer work in vectors that they own."""
    assert peak_bytes(make(optimizer=optimizer, clipping=clipping)) < ALLOWED


@pytest.mark.parametrize("regularization", ["L1", "L2"])
def test_no_regularizer_allocates(regularization: str) -> None:
    """The pull of the penalty is worked out in place."""
    trainer = make(regularization=regularization, regularization_rate=0.01)

    assert peak_bytes(trainer) < ALLOWED


def test_measure_would_see_a_temporary() -> None:
    """The measure is not blind: one temporary array a step is seen."""
    trainer = make()
    step = trainer._step

    def wasteful() -> None:
        step()
        trainer.gradient.copy()

    trainer._step = wasteful  # type: ignore[method-assign]

    assert peak_bytes(trainer) > ALLOWED
