"""Parity with PyTorch float64, from committed vectors: no torch is needed here."""

from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open

from engine.arrays import Array
from tests.vectors import parity

VECTORS = Path(__file__).parents[1] / "vectors" / "torch.safetensors"
CASES = {case.name: case for case in parity.all_cases()}


@pytest.fixture(scope="module")
def vectors() -> dict[str, Array]:
    with safe_open(VECTORS, framework="numpy") as file:
        return {name: np.array(file.get_tensor(name)) for name in file.keys()}  # noqa: SIM118


def given(vectors: dict[str, Array], case: parity.Case) -> dict[str, Array]:
    start = f"given/{case.shape[-1]}/"
    return {name[len(start) :]: a for name, a in vectors.items() if name.startswith(start)}


def test_file_says_which_torch_wrote_it() -> None:
    """The vectors carry the version of torch that computed them."""
    with safe_open(VECTORS, framework="numpy") as file:
        assert file.metadata()["torch"].startswith("2.13")


def test_every_case_has_its_vectors(vectors: dict[str, Array]) -> None:
    """No case lacks its vectors, and no vector its case."""
    expected = {f"{name}/{what}" for name in CASES for what in ("gradient", "parameters")}

    assert {name for name in vectors if not name.startswith("given/")} == expected


@pytest.mark.parametrize("name", CASES)
def test_gradients_and_parameters_are_torchs(vectors: dict[str, Array], name: str) -> None:
    """Gradients agree to a relative 1e-12, parameters to 1e-8 after 100 steps."""
    case = CASES[name]
    mine = parity.train(case, given(vectors, case))
    gradient, parameters = vectors[f"{name}/gradient"], vectors[f"{name}/parameters"]

    assert parity.relative_difference(mine["gradient"], gradient) <= 1e-12
    assert np.max(np.abs(mine["parameters"] - parameters)) <= 1e-8
