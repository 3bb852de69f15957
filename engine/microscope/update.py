"""From a gradient to new parameters, every quantity on the way by its name.

What the optimizer in use computes comes from the engine's own functions, and so is what the
trainer will do, to the bit. What only explains it (Adam's corrected means, say) is worked out here.
"""

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.clipping import CLIPPINGS
from engine.optimizers import OPTIMIZERS
from engine.recipe import Recipe
from engine.regularizers import REGULARIZERS, Pull

State = dict[str, npt.NDArray[Any]]

# The optimizers' memory by the names that the lines use; the others are called alike.
MEMORY_NAMES = {"mean": "m", "mean_square": "v", "count": "t"}
_ADAMS = ("adam", "adamw")


def memory_names(optimizer: str) -> dict[str, str]:
    """For each entry of the optimizer's state, what the lines call it."""
    state = OPTIMIZERS[optimizer](np.zeros(0)).state
    return {name: MEMORY_NAMES[name] if optimizer in _ADAMS else name for name in state}


def take_apart(
    recipe: Recipe,
    learning_rate: float,
    state: State,
    parameters: Array,
    is_weight: npt.NDArray[np.bool_],
    gradient: Array,
) -> dict[str, Array]:
    """Every quantity of one update.

    Args:
        recipe: how the trainer trains.
        learning_rate: after the schedule.
        state: the trainer's state before the update; it is left alone.
        parameters: (P,) before the update; they are left alone.
        is_weight: (P,) False for biases.
        gradient: (P,) of the mean loss over the batch.

    Returns:
        Arrays by the names that the lines of the update assign, each (P,), or () for a number.
    """
    with np.errstate(all="ignore"):
        found: dict[str, Array] = {"gradient": gradient}
        used = _clip(recipe, gradient, found)
        if recipe.schedule != "constant":
            found["learning_rate"] = np.array(learning_rate)
        update = _propose(recipe, learning_rate, state, parameters, used, found)
        _bend(recipe, learning_rate, state, parameters, is_weight, update, found)
        found["update"] = update
        found["new_parameters"] = parameters + update
    return found


def _clip(recipe: Recipe, gradient: Array, found: dict[str, Array]) -> Array:
    clipped = CLIPPINGS[recipe.clipping](gradient, recipe.clip_limit, np.empty_like(gradient))
    if recipe.clipping == "norm":
        norm = math.sqrt(gradient.dot(gradient))
        found["norm"] = np.array(norm)
        found["factor"] = np.array(min(recipe.clip_limit / (norm + 1e-6), 1.0))
    if recipe.clipping != "none":
        found["clipped"] = clipped
    return clipped


def _propose(
    recipe: Recipe,
    learning_rate: float,
    state: State,
    parameters: Array,
    gradient: Array,
    found: dict[str, Array],
) -> Array:
    """The optimizer's step, and its memory after it."""
    optimizer = OPTIMIZERS[recipe.optimizer](parameters)
    for name, array in optimizer.state.items():
        array[...] = state[f"optimizer.{name}"]
    update = np.empty_like(parameters)
    optimizer.step(recipe, learning_rate, gradient, update)
    names = memory_names(recipe.optimizer)
    found |= {names[name]: array for name, array in optimizer.state.items()}
    if recipe.optimizer in _ADAMS:
        found["t"] = found["t"].astype(np.float64).reshape(())
    found |= _explain(recipe, learning_rate, parameters, gradient, found)
    if recipe.regularization != "none":
        found["proposed"] = update.copy()
    return update


def _explain(
    recipe: Recipe,
    learning_rate: float,
    parameters: Array,
    gradient: Array,
    found: dict[str, Array],
) -> dict[str, Array]:
    """What the optimizer does not keep, but a reader wants to see."""
    if recipe.optimizer == "nesterov":
        return {"ahead": gradient + recipe.momentum * found["velocity"]}
    if recipe.optimizer == "rmsprop":
        root = np.sqrt(found["mean_square"])
        return {"effective_rate": learning_rate / (root + recipe.epsilon)}
    if recipe.optimizer not in _ADAMS:
        return {}
    count = float(found["t"])
    v_hat = found["v"] / (1.0 - recipe.beta2**count)
    explained = {
        "m_hat": found["m"] / (1.0 - recipe.beta1**count),
        "v_hat": v_hat,
        "effective_rate": learning_rate / (np.sqrt(v_hat) + recipe.epsilon),
    }
    if recipe.optimizer == "adamw":
        explained["adam_step"] = -explained["effective_rate"] * explained["m_hat"]
        explained["decay"] = parameters * (-learning_rate * recipe.weight_decay)
    return explained


def _bend(
    recipe: Recipe,
    learning_rate: float,
    state: State,
    parameters: Array,
    is_weight: npt.NDArray[np.bool_],
    update: Array,
    found: dict[str, Array],
) -> None:
    """What the penalty adds to ``update``."""
    if recipe.regularization == "none":
        return
    rule, strength = REGULARIZERS[recipe.regularization], learning_rate * recipe.regularization_rate
    slope = np.empty_like(parameters)
    rule.derivative(parameters, slope)
    found["pull"] = -strength * slope * is_weight
    pull = Pull(is_weight, parameters)
    pull.dead[...] = state["dead"]
    if rule.stops_at_zero:
        found["moved"] = parameters + update
    pull.bend(rule, strength, parameters, update)
    if rule.stops_at_zero:
        found["dead"] = pull.dead.astype(np.float64)
