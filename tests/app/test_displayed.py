"""Every number that the page shows of an update is PyTorch's, from committed vectors and live."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors import safe_open

from app.protocol import decode
from engine.arrays import Array
from engine.microscope import GRAINS
from tests.vectors import displayed_cases

VECTORS = Path(__file__).parents[1] / "vectors" / "displayed.safetensors"
CASES = {case.name: case for case in displayed_cases.all_cases()}
# What a message says that is no number of the network: who is in it, and in which order.
BESIDE = {"scalars", "stages", "examples", *(f"stops.{grain}" for grain in GRAINS)}
LOSSES = {"loss", "batch_loss", "loss_after", "batch_loss_after"}


@cache
def golden() -> dict[str, Array]:
    with safe_open(VECTORS, framework="numpy") as file:
        return {name: np.array(file.get_tensor(name)) for name in file.keys()}  # noqa: SIM118


def of_case(name: str) -> dict[str, Array]:
    start = f"{name}/"
    return {key[len(start) :]: array for key, array in golden().items() if key.startswith(start)}


def compare(name: str, theirs: dict[str, Array]) -> None:
    """The case's message against the numbers of PyTorch: the same names, and 1e-9."""
    message = decode(CASES[name].message())
    names = message.metadata["scalars"].split(",")
    scalars = dict(zip(names, message.tensors["scalars"], strict=True))
    mine: dict[str, Any] = {
        **{key: array for key, array in message.tensors.items() if key not in BESIDE},
        **{key: scalars[key] for key in LOSSES},
    }

    assert set(mine) == set(theirs)
    for key, array in theirs.items():
        assert np.shape(mine[key]) == np.shape(array), key
        assert mine[key] == pytest.approx(array, rel=1e-9, abs=1e-12, nan_ok=True), key


def test_file_says_which_torch_wrote_it() -> None:
    """The vectors carry the version of torch that computed them, and no case too many."""
    with safe_open(VECTORS, framework="numpy") as file:
        assert file.metadata()["torch"].startswith("2.13")
    assert {key.partition("/")[0] for key in golden()} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_every_displayed_number_is_pytorchs(name: str) -> None:
    """Each array and each loss of a message agrees with committed numbers to 1e-9."""
    compare(name, of_case(name))


@pytest.mark.parametrize("name", CASES)
def test_every_displayed_number_is_that_of_the_torch_here(name: str) -> None:
    """The same with PyTorch as it is installed here."""
    pytest.importorskip("torch")
    from tests.vectors.torch_displayed import displayed

    compare(name, displayed(CASES[name]))


def test_the_cases_are_those_that_count() -> None:
    """2-2-1 with sigmoid and cross-entropy, and Adam's m, v and t on a batch of ten."""
    assert of_case("xor-example")["z"].shape == (3,)
    assert of_case("ten-batch")["per_example"].shape == (10,)
    assert {"before.m", "before.v", "before.t", "update.m_hat", "update.v_hat"} <= set(
        of_case("ten-batch")
    )
    assert of_case("ten-batch")["before.t"] == 3
