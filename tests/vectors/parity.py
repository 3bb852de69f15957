"""The trainings that our engine and PyTorch must agree on, and our side of them."""

from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Array
from engine.clipping import CLIPPINGS
from engine.losses import LOSSES
from engine.network import LayerSpec, Network
from engine.optimizers import OPTIMIZERS
from engine.recipe import Recipe
from engine.schedules import SCHEDULES
from engine.training import Trainer

EXAMPLES = 20
BATCH = 5
STEPS = 100
HIDDEN = 4


@dataclass(frozen=True)
class Case:
    """One training of a 2-4-K network: its activation, and a recipe that keeps the data's order.

    Attributes:
        name: unique; the vectors' file uses it.
        shape: inputs, hidden units and outputs.
    """

    name: str
    activation: str
    recipe: Recipe
    shape: tuple[int, int, int] = field(default=(2, HIDDEN, 1))

    @property
    def output_activation(self) -> str:
        return LOSSES[self.recipe.loss].output_activation("classification")


def _recipe(**changes: Any) -> Recipe:
    return Recipe(batch_size=BATCH, reshuffle=False, learning_rate=0.02, **changes)


def _case(name: str, activation: str, **changes: Any) -> Case:
    outputs = 3 if changes.get("loss") == "softmax" else 1
    return Case(name, activation, _recipe(**changes), (2, HIDDEN, outputs))


def all_cases() -> list[Case]:
    """Every activation x loss x optimizer, then what changes a gradient or a rate on its way."""
    crossed = [
        _case(f"{activation}/{loss}/{o}", activation, loss=loss, optimizer=o)
        for activation, loss, o in product(ACTIVATIONS, LOSSES, OPTIMIZERS)
    ]
    clipped = [
        _case(f"tanh/clip-{c}/{o}", "tanh", clipping=c, clip_limit=0.05, optimizer=o)
        for c, o in product([c for c in CLIPPINGS if c != "none"], OPTIMIZERS)
    ]
    scheduled = [
        _case(
            f"tanh/{s}/{o}",
            "tanh",
            schedule=s,
            schedule_period=30 if s == "cosine" else 7,
            schedule_gamma=0.8,
            schedule_floor=0.1,
            optimizer=o,
        )
        for s, o in product([s for s in SCHEDULES if s != "constant"], ("sgd", "adam"))
    ]
    decayed = _case("tanh/L2/sgd", "tanh", regularization="L2", regularization_rate=0.1)
    return [*crossed, *clipped, *scheduled, decayed]


def draw(outputs: int) -> dict[str, Array]:
    """Parameters, inputs and targets of all cases with so many outputs."""
    rng = np.random.default_rng(20 + outputs)
    X = rng.uniform(-2.0, 2.0, (EXAMPLES, 2))
    score = X[:, 0] * X[:, 1] + 0.3 * rng.normal(size=EXAMPLES)
    y = np.where(score > 0.0, 1.0, -1.0) if outputs == 1 else np.digitize(score, [-0.5, 0.5])
    size = 3 * HIDDEN + (HIDDEN + 1) * outputs
    return {"parameters": rng.normal(0.0, 0.7, size), "X": X, "y": y.astype(np.float64)}


def train(case: Case, given: dict[str, Array]) -> dict[str, Array]:
    """Our engine's gradient over all examples, and its parameters after 100 steps."""
    n_in, hidden, outputs = case.shape
    layers = [LayerSpec(hidden, case.activation), LayerSpec(outputs, case.output_activation)]
    network = Network(n_in, layers)
    network.parameters[...] = given["parameters"]
    whole = Recipe(loss=case.recipe.loss, batch_size=EXAMPLES, reshuffle=False)
    gradient = Trainer(network, given["X"], given["y"], whole).gradient
    trainer = Trainer(network, given["X"], given["y"], case.recipe)
    assert trainer.advance(STEPS) is None
    return {"gradient": gradient, "parameters": network.parameters}


def relative_difference(mine: Array, theirs: Array) -> float:
    """Largest difference over the largest entry of ``theirs``; 0 when both are all zero."""
    largest = float(np.max(np.abs(theirs)))
    difference = float(np.max(np.abs(mine - theirs)))
    return difference / largest if largest else difference
