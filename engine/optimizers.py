"""Optimizers: from a gradient to the update that is added to the parameters.

An optimizer keeps its memory in ``state``, vectors as long as the parameters (and a count of
steps), which is all that a checkpoint needs of it.
"""

import math
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.recipe import Recipe

State = dict[str, npt.NDArray[Any]]


class Optimizer(Protocol):
    """A rule with its memory."""

    state: State

    def step(self, recipe: Recipe, learning_rate: float, gradient: Array, update: Array) -> None:
        """Fill ``update`` (P,) with the change that ``gradient`` (P,) asks for."""


class Sgd:
    """update = -learning_rate * gradient."""

    def __init__(self, _parameters: Array) -> None:
        self.state: State = {}

    def step(self, _recipe: Recipe, learning_rate: float, gradient: Array, update: Array) -> None:
        np.multiply(gradient, -learning_rate, update)


class Momentum:
    """v = momentum * v + gradient; update = -learning_rate * v.

    Source: Sutskever et al. (2013), in the form that PyTorch uses.
    """

    def __init__(self, parameters: Array) -> None:
        self.velocity = np.zeros_like(parameters)
        self.state: State = {"velocity": self.velocity}

    def step(self, recipe: Recipe, learning_rate: float, gradient: Array, update: Array) -> None:
        np.multiply(self.velocity, recipe.momentum, self.velocity)
        np.add(self.velocity, gradient, self.velocity)
        np.multiply(self.velocity, -learning_rate, update)


class Nesterov(Momentum):
    """As momentum, but looking ahead: update = -learning_rate * (gradient + momentum * v)."""

    def step(self, recipe: Recipe, learning_rate: float, gradient: Array, update: Array) -> None:
        super().step(recipe, learning_rate, gradient, update)
        np.multiply(self.velocity, recipe.momentum, update)
        np.add(update, gradient, update)
        np.multiply(update, -learning_rate, update)


class RmsProp:
    """s = rho * s + (1 - rho) * gradient²; update = -learning_rate * gradient / (√s + epsilon).

    Source: Hinton's lecture 6e (2012), with epsilon outside the root.
    """

    def __init__(self, parameters: Array) -> None:
        self.mean_square = np.zeros_like(parameters)
        self.state: State = {"mean_square": self.mean_square}

    def step(self, recipe: Recipe, learning_rate: float, gradient: Array, update: Array) -> None:
        _blend(self.mean_square, recipe.rho, gradient, gradient, update)
        np.sqrt(self.mean_square, update)
        np.add(update, recipe.epsilon, update)
        np.divide(gradient, update, update)
        np.multiply(update, -learning_rate, update)


class Adam:
    """m and v, means of gradient and gradient², corrected for their start at zero.

    update = -learning_rate * m̂ / (√v̂ + epsilon). Source: Kingma and Ba (2015), algorithm 1.
    """

    def __init__(self, parameters: Array) -> None:
        self.mean = np.zeros_like(parameters)
        self.mean_square = np.zeros_like(parameters)
        self.count = np.zeros(1, dtype=np.int64)
        self._ones = np.ones_like(parameters)
        self.state: State = {
            "mean": self.mean,
            "mean_square": self.mean_square,
            "count": self.count,
        }

    def step(self, recipe: Recipe, learning_rate: float, gradient: Array, update: Array) -> None:
        self.count += 1
        count = int(self.count[0])
        _blend(self.mean, recipe.beta1, gradient, self._ones, update)
        _blend(self.mean_square, recipe.beta2, gradient, gradient, update)
        np.sqrt(self.mean_square, update)
        np.multiply(update, 1.0 / math.sqrt(1.0 - recipe.beta2**count), update)
        np.add(update, recipe.epsilon, update)
        np.divide(self.mean, update, update)
        np.multiply(update, -learning_rate / (1.0 - recipe.beta1**count), update)


class AdamW(Adam):
    """As Adam, and every parameter decays by learning_rate * weight_decay of itself, biases too.

    Source: Loshchilov and Hutter (2019), algorithm 2.
    """

    def __init__(self, parameters: Array) -> None:
        super().__init__(parameters)
        self._parameters = parameters
        self._decay = np.zeros_like(parameters)

    def step(self, recipe: Recipe, learning_rate: float, gradient: Array, update: Array) -> None:
        super().step(recipe, learning_rate, gradient, update)
        np.multiply(self._parameters, -learning_rate * recipe.weight_decay, self._decay)
        np.add(update, self._decay, update)


def _blend(mean: Array, keep: float, x: Array, times: Array, scratch: Array) -> None:
    """mean = keep * mean + (1 - keep) * x * times."""
    np.multiply(x, times, scratch)
    np.multiply(scratch, 1.0 - keep, scratch)
    np.multiply(mean, keep, mean)
    np.add(mean, scratch, mean)


# Called with the network's parameter vector (P,).
OPTIMIZERS: dict[str, type[Sgd | Momentum | RmsProp | Adam]] = {
    "sgd": Sgd,
    "momentum": Momentum,
    "nesterov": Nesterov,
    "rmsprop": RmsProp,
    "adam": Adam,
    "adamw": AdamW,
}
