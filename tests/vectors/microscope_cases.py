"""The updates that the microscope and PyTorch must agree on, stage by stage."""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.network import LayerSpec, Network
from engine.recipe import Recipe
from engine.training import Trainer


@dataclass(frozen=True)
class Case:
    """One update of a small network.

    Attributes:
        name: the vectors' file uses it.
        layers: what the network is.
        parameters: (P,) where it starts.
        X, y: the examples, y as ``Loss.encode`` gives it.
        updates: how many are made before the one that is looked at.
    """

    name: str
    layers: tuple[LayerSpec, ...]
    parameters: Array
    X: Array
    y: Array
    recipe: Recipe
    updates: int = 0

    def trainer(self) -> Trainer:
        """A trainer that is about to make the update."""
        network = Network(self.X.shape[1], self.layers)
        network.parameters[...] = self.parameters
        trainer = Trainer(network, self.X, self.y, self.recipe)
        assert trainer.advance(self.updates) is None
        return trainer


def all_cases() -> list[Case]:
    """The lesson's example; 2-2-1 with sigmoid and cross-entropy; Adam on a batch of 10."""
    rng = np.random.default_rng(30)
    X = rng.uniform(-2.0, 2.0, (10, 2))
    signs = np.where(X[:, 0] * X[:, 1] > 0.0, 1.0, -1.0)
    lesson = Case(
        "lesson",
        (LayerSpec(1, "linear"),),
        np.array([2.0, -1.0]),
        np.array([[3.0]]),
        np.array([10.0]),
        Recipe(loss="mse", problem="regression", batch_size=1, reshuffle=False),
    )
    cross_entropy = Case(
        "cross-entropy",
        (LayerSpec(2, "sigmoid"), LayerSpec(1, "linear")),
        np.array([0.5, -0.4, 0.3, 0.8, 0.1, -0.2, 1.2, -0.7, 0.05]),
        np.array([[1.0, -2.0]]),
        np.array([1.0]),
        Recipe(loss="bce", batch_size=1, learning_rate=0.5, reshuffle=False),
    )
    adam = Case(
        "adam",
        (LayerSpec(4, "tanh"), LayerSpec(3, "silu"), LayerSpec(1, "tanh")),
        rng.normal(0.0, 0.7, 12 + 15 + 4),
        X,
        signs,
        Recipe(optimizer="adam", learning_rate=0.05, reshuffle=False),
        updates=3,
    )
    return [lesson, cross_entropy, adam]
