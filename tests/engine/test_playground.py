"""Our half-squared tanh network follows TensorFlow Playground's own arithmetic."""

from itertools import pairwise

import numpy as np
import pytest

from engine.arrays import Array
from engine.network import LayerSpec, Network
from engine.training import Recipe, Trainer
from tests.engine.playground_reference import Link, Node, Playground, Regularization

WIDTHS = (2, 4, 2, 1)
EPOCHS = 8


def network_and_data() -> tuple[Network, Array, Array]:
    network = Network(WIDTHS[0], [LayerSpec(units, "tanh") for units in WIDTHS[1:]])
    rng = np.random.default_rng(7)
    network.initialize("playground", 1.0, rng)
    X = rng.uniform(-5.0, 5.0, (250, 2))
    return network, X, np.where(X[:, 0] * X[:, 1] > 0.0, 1.0, -1.0)


def as_playground(network: Network, kind: Regularization, rate: float) -> Playground:
    layers = [
        [
            Node(float(layer.b[to]), [Link(float(w)) for w in layer.W[:, to]])
            for to in range(layer.units)
        ]
        for layer in network.layers
    ]
    return Playground(layers, 0.03, kind, rate)


def flat(playground: Playground) -> Array:
    """Weights and biases laid out as our vector."""
    parts = []
    for layer in playground.layers:
        parts.append(np.array([[link.weight for link in node.links] for node in layer]).T.ravel())
        parts.append(np.array([node.bias for node in layer]))
    return np.concatenate(parts)


@pytest.mark.parametrize("batch_size", [1, 10, 25, 250])
@pytest.mark.parametrize(
    ("kind", "rate"), [("none", 0.0), ("L1", 0.03), ("L1", 0.3), ("L2", 0.01), ("L2", 0.3)]
)
def test_parameters_are_the_playgrounds(kind: Regularization, rate: float, batch_size: int) -> None:
    """Epoch after epoch every weight and bias is the Playground's, dead weights included."""
    network, X, y = network_and_data()
    theirs = as_playground(network, kind, rate)
    recipe = Recipe(
        batch_size=batch_size, reshuffle=False, regularization=kind, regularization_rate=rate
    )
    trainer = Trainer(network, X, y, recipe)
    for _ in range(EPOCHS):
        assert trainer.advance_epochs(1) is None
        theirs.epoch(X.tolist(), y.tolist(), batch_size)

        assert network.parameters == pytest.approx(flat(theirs), rel=1e-12, abs=1e-12)
    dead = [link.dead for layer in theirs.layers for node in layer for link in node.links]
    zeros = sum(int(np.sum(layer.W == 0.0)) for layer in network.layers)

    assert zeros == sum(dead)


def test_l1_does_kill_weights_here() -> None:
    """The comparison above is not hollow: L1 at 0.3 kills weights, and they stay at zero."""
    network, X, y = network_and_data()
    recipe = Recipe(reshuffle=False, regularization="L1", regularization_rate=0.3)
    trainer = Trainer(network, X, y, recipe)
    zeros = []
    for _ in range(EPOCHS):
        trainer.advance_epochs(1)
        zeros.append({int(i) for i in np.flatnonzero(network.parameters == 0.0)})

    assert zeros[-1]
    assert all(earlier <= later for earlier, later in pairwise(zeros))


def test_biases_are_spared() -> None:
    """With a gradient of zero the penalty moves every weight and no bias."""
    network = Network(2, [LayerSpec(3, "linear"), LayerSpec(1, "linear")])
    network.parameters[...] = 0.5
    X = np.zeros((4, 2))
    y = np.full(4, float(network.predict(X[:1])[0, 0]))
    recipe = Recipe(
        problem="regression", batch_size=4, regularization="L2", regularization_rate=0.1
    )
    Trainer(network, X, y, recipe).advance(1)

    for layer in network.layers:
        assert (layer.b == 0.5).all()
        assert pytest.approx(0.5 - 0.03 * 0.1 * 0.5) == layer.W
