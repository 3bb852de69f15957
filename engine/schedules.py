"""Learning-rate schedules: the factor on the learning rate in a given epoch, from 0 on."""

import math
from collections.abc import Callable

from engine.recipe import Recipe


def _constant(_recipe: Recipe, _epoch: int) -> float:
    return 1.0


def _step(recipe: Recipe, epoch: int) -> float:
    return recipe.schedule_gamma ** (epoch // recipe.schedule_period)


def _exponential(recipe: Recipe, epoch: int) -> float:
    return recipe.schedule_gamma**epoch


def _cosine(recipe: Recipe, epoch: int) -> float:
    """Half a cosine from 1 to the floor. Source: Loshchilov and Hutter (2017), without restart."""
    progress = min(epoch / recipe.schedule_period, 1.0)
    share = 0.5 * (1.0 + math.cos(math.pi * progress))
    return recipe.schedule_floor + (1.0 - recipe.schedule_floor) * share


def _warmup(recipe: Recipe, epoch: int) -> float:
    """A straight line from 1/period in the first epoch to 1 in the period's last."""
    return min((epoch + 1) / recipe.schedule_period, 1.0)


SCHEDULES: dict[str, Callable[[Recipe, int], float]] = {
    "constant": _constant,
    "step": _step,
    "exponential": _exponential,
    "cosine": _cosine,
    "warmup": _warmup,
}
