"""First steps worked by hand; a hundred steps stand against PyTorch in ``test_torch_vectors``."""

import math

import numpy as np
import pytest

from engine.clipping import CLIPPINGS
from engine.optimizers import OPTIMIZERS
from engine.recipe import Recipe
from engine.schedules import SCHEDULES

RECIPE = Recipe(learning_rate=0.1, momentum=0.9, rho=0.9, epsilon=1e-8, weight_decay=0.5)
GRADIENT = np.array([2.0, -0.5])
PARAMETERS = np.array([1.0, 4.0])


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("sgd", [-0.2, 0.05], [-0.2, 0.05]),
        ("momentum", [-0.2, 0.05], [-0.38, 0.095]),
        ("nesterov", [-0.38, 0.095], [-0.542, 0.1355]),
        # The mean square is 0.1 g², then 0.19 g².
        ("rmsprop", [-0.1 / math.sqrt(0.1), 0.1 / math.sqrt(0.1)],
         [-0.1 / math.sqrt(0.19), 0.1 / math.sqrt(0.19)]),
        # With a gradient that stays, the corrected means are g and g²: a step of one rate.
        ("adam", [-0.1, 0.1], [-0.1, 0.1]),
        ("adamw", [-0.1 - 0.05, 0.1 - 0.2], [-0.1 - 0.05, 0.1 - 0.2]),
    ],
)  # fmt: skip
def test_first_two_updates(name: str, first: list[float], second: list[float]) -> None:
    """The same gradient twice, at parameters that are left alone."""
    optimizer = OPTIMIZERS[name](PARAMETERS.copy())
    update = np.empty(2)
    for expected in (first, second):
        optimizer.step(RECIPE, RECIPE.learning_rate, GRADIENT, update)

        assert update == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_memory_is_all_in_the_state(name: str) -> None:
    """A second optimizer that is given the first one's state makes the same next update."""
    one, two = (OPTIMIZERS[name](PARAMETERS.copy()) for _ in range(2))
    update, again = np.empty(2), np.empty(2)
    for k in range(3):
        one.step(RECIPE, 0.1, GRADIENT * (k - 1.5), update)
    for key, array in one.state.items():
        two.state[key][...] = array
    one.step(RECIPE, 0.1, GRADIENT, update)
    two.step(RECIPE, 0.1, GRADIENT, again)

    assert np.array_equal(update, again)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("constant", [1.0, 1.0, 1.0, 1.0, 1.0]),
        ("step", [1.0, 1.0, 0.5, 0.25, 0.5**10]),
        ("exponential", [1.0, 0.5, 0.0625, 0.5**8, 0.5**40]),
        ("cosine", [1.0, 0.1 + 0.9 * (1 + math.cos(math.pi / 4)) / 2, 0.1, 0.1, 0.1]),
        ("warmup", [0.25, 0.5, 1.0, 1.0, 1.0]),
    ],
)
def test_schedule_in_epochs_0_1_4_8_40(name: str, expected: list[float]) -> None:
    """A period of 4 epochs, gamma one half, floor one tenth."""
    recipe = Recipe(schedule_period=4, schedule_gamma=0.5, schedule_floor=0.1)
    factors = [SCHEDULES[name](recipe, epoch) for epoch in (0, 1, 4, 8, 40)]

    assert factors == pytest.approx(expected)


def test_clipping_by_norm_keeps_the_direction() -> None:
    """(3, 4) clipped to norm 1 is (0.6, 0.8); a shorter one stays; a zero one too."""
    out = np.empty(2)

    assert CLIPPINGS["norm"](np.array([3.0, 4.0]), 1.0, out) == pytest.approx([0.6, 0.8], rel=1e-6)
    assert CLIPPINGS["norm"](np.array([0.3, 0.4]), 1.0, out).tolist() == [0.3, 0.4]
    assert CLIPPINGS["norm"](np.zeros(2), 1.0, out).tolist() == [0.0, 0.0]


def test_clipping_by_value_cuts_every_entry() -> None:
    """(3, -0.5, -4) within 1 is (1, -0.5, -1), and the gradient itself stays."""
    gradient, out = np.array([3.0, -0.5, -4.0]), np.empty(3)

    assert CLIPPINGS["value"](gradient, 1.0, out).tolist() == [1.0, -0.5, -1.0]
    assert gradient.tolist() == [3.0, -0.5, -4.0]
    assert CLIPPINGS["none"](gradient, 1.0, out) is gradient
