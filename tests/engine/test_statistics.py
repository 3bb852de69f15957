"""Per-layer figures, against plain NumPy over the public views."""

import numpy as np
import pytest

from engine.diagnosis import examine
from engine.network import LayerSpec, Network
from engine.statistics import STATISTICS, layer_statistics
from engine.training import Recipe, Trainer


def test_figures_are_those_of_the_newest_pass() -> None:
    """Norms, mean and deviation, and the shares of dead and saturated units, layer by layer."""
    network = Network(2, [LayerSpec(5, "relu"), LayerSpec(4, "tanh"), LayerSpec(1, "tanh")])
    rng = np.random.default_rng(2)
    network.initialize("normal", 1.0, rng)
    X = rng.uniform(-5.0, 5.0, (20, 2))
    network.layers[0].b[:2] = -100.0
    network.layers[1].b[0] = 60.0
    trainer = Trainer(network, X, np.sign(X[:, 0]), Recipe(batch_size=20, learning_rate=1e-4))
    trainer.advance(1)
    figures = layer_statistics(trainer, examine(network, trainer.trace))
    trace = trainer.trace

    assert figures.shape == (3, len(STATISTICS))
    for number, layer in enumerate(network.layers, start=1):
        row = dict(zip(STATISTICS, figures[number - 1], strict=True))
        assert row["weight_norm"] == pytest.approx(np.linalg.norm(layer.W))
        assert row["gradient_norm"] == pytest.approx(np.linalg.norm(trace.dW[number]))
        assert row["update_norm"] == pytest.approx(1e-4 * np.linalg.norm(trace.dW[number]))
        assert row["activation_mean"] == pytest.approx(trace.a[number].mean())
        assert row["activation_std"] == pytest.approx(trace.a[number].std())
        assert row["delta_norm"] == pytest.approx(np.linalg.norm(trace.delta[number]))
        own, last = (np.mean(trace.delta[place] ** 2) ** 0.5 for place in (number, -1))
        assert row["delta_ratio"] == pytest.approx(own / last)
    assert figures[0, -2] == pytest.approx(2 / 5)
    assert figures[0, -1] == 0.0
    assert figures[1, -2] == pytest.approx(1 / 4)
    assert figures[1, -1] >= 1 / 4
