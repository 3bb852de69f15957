"""Parity with PyTorch as it is installed here; elsewhere ``test_torch_vectors`` has the facts."""

import numpy as np
import pytest

from tests.vectors import parity

pytest.importorskip("torch")

from tests.vectors import torch_reference

CASES = {case.name: case for case in parity.all_cases()}


@pytest.mark.parametrize("name", CASES)
def test_gradients_and_parameters_are_torchs(name: str) -> None:
    """Gradients agree to a relative 1e-12, parameters to 1e-8 after 100 steps."""
    case = CASES[name]
    given = parity.draw(case.shape[-1])
    mine, theirs = parity.train(case, given), torch_reference.train(case, given)

    assert parity.relative_difference(mine["gradient"], theirs["gradient"]) <= 1e-12
    assert np.max(np.abs(mine["parameters"] - theirs["parameters"])) <= 1e-8
