"""A run: what an Experiment becomes, its data split and its network in training."""

from dataclasses import dataclass
from time import time_ns
from typing import Any

import numpy as np
import numpy.typing as npt

from app.experiment import Experiment
from engine.datasets import Dataset, features, from_points, make, split
from engine.losses import LOSSES
from engine.network import LayerSpec, Network
from engine.training import Recipe, Trainer

Array = npt.NDArray[np.floating[Any]]

DATA_FIELDS = ("noise", "train_percent")


@dataclass(frozen=True)
class Examples:
    """The data of a run, those for training first.

    Attributes:
        points: (n, 2) positions.
        targets: (n,) as the data set writes them: -1 and 1, classes from 0, or values.
        X: (n, n_in) inputs of the network.
        y: targets as the loss wants them, (n,) or (n, n_out).
        train: how many of them train; the rest test.
    """

    points: Array
    targets: Array
    X: Array
    y: Array
    train: int


class Run:
    """An Experiment in training.

    Attributes:
        number: tells this run's frames from another's; below 2**53.
        experiment: what it was made from, live changes included.
        examples: its data.
        trainer: its network and how far it has come.
    """

    def __init__(self, number: int, experiment: Experiment) -> None:
        self.number = number
        self.experiment = experiment
        self.examples = make_examples(experiment)
        network = make_network(experiment)
        train = self.examples.train
        self.trainer = Trainer(
            network, self.examples.X[:train], self.examples.y[:train], make_recipe(experiment)
        )

    def adopt(self, experiment: Experiment) -> bool:
        """Takes over live changes: the weights stay, and the step count goes on.

        Returns:
            Whether the data are others now.
        """
        before, self.experiment = self.experiment, experiment
        recipe = make_recipe(experiment)
        if recipe != self.trainer.recipe:
            self.trainer.replace(recipe)
        if all(getattr(before, name) == getattr(experiment, name) for name in DATA_FIELDS):
            return False
        self.examples = make_examples(experiment)
        train = self.examples.train
        self.trainer.replace_data(self.examples.X[:train], self.examples.y[:train])
        return True

    def has_unit(self, unit: tuple[int, int]) -> bool:
        """Whether the network has a unit (layer from 1, unit from 0)."""
        layers = self.trainer.network.layers
        return unit[0] <= len(layers) and unit[1] < layers[unit[0] - 1].units

    def has_weight(self, layer: int, from_: int | None, to: int) -> bool:
        """Whether it has a weight W[from, to] of a layer (from 1), or for None a bias b[to]."""
        if not self.has_unit((layer, to)):
            return False
        return from_ is None or from_ < self.trainer.network.layers[layer - 1].n_in


def new_number(previous: int) -> int:
    """A run's number: microseconds of the calendar, so that no restarted server repeats one."""
    return max(previous + 1, time_ns() // 1000)


def make_examples(experiment: Experiment) -> Examples:
    """The data that an Experiment names."""
    data = _dataset(experiment)
    parts = split(len(data.points), experiment.train_percent, experiment.data_seed)
    order = np.concatenate([parts.train, parts.test])
    points, targets = data.points[order], data.targets[order]
    return Examples(
        points=points,
        targets=targets,
        X=features(points, experiment.features),
        y=LOSSES[experiment.loss].encode(targets, experiment.problem, experiment.class_count),
        train=len(parts.train),
    )


def make_network(experiment: Experiment) -> Network:
    """The network that an Experiment names, with its first weights."""
    loss = LOSSES[experiment.loss]
    hidden = [LayerSpec(layer.units, layer.activation) for layer in experiment.layers]
    output = LayerSpec(
        loss.outputs(experiment.class_count), loss.output_activation(experiment.problem)
    )
    network = Network(len(experiment.features), [*hidden, output], np.dtype(experiment.precision))
    rng = np.random.default_rng(experiment.weight_seed)
    network.initialize(experiment.initializer.name, experiment.initializer.scale, rng)
    if experiment.parameters is not None:
        network.parameters[...] = experiment.parameters
    return network


def make_recipe(experiment: Experiment) -> Recipe:
    """How an Experiment trains."""
    optimizer, schedule, clipping = (
        experiment.optimizer,
        experiment.schedule,
        experiment.clipping,
    )
    return Recipe(
        loss=experiment.loss,
        problem=experiment.problem,
        batch_size=experiment.batch_size,
        learning_rate=experiment.learning_rate,
        optimizer=optimizer.name,
        momentum=optimizer.momentum,
        rho=optimizer.rho,
        beta1=optimizer.beta1,
        beta2=optimizer.beta2,
        epsilon=optimizer.epsilon,
        weight_decay=optimizer.weight_decay,
        schedule=schedule.name,
        schedule_period=schedule.period,
        schedule_gamma=schedule.gamma,
        schedule_floor=schedule.floor,
        clipping=clipping.name,
        clip_limit=clipping.limit,
        regularization=experiment.regularization,
        regularization_rate=experiment.regularization_rate,
        reshuffle=experiment.reshuffle,
        shuffle_seed=experiment.weight_seed,
    )


def _dataset(experiment: Experiment) -> Dataset:
    if experiment.points is not None:
        return from_points(experiment.points)
    return make(
        experiment.dataset,
        experiment.sample_count,
        experiment.noise / 100,
        experiment.data_seed,
        experiment.class_count if experiment.problem == "classification" else 2,
    )
