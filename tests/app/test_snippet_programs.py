"""Snippets against PyTorch: 500 committed programs, and fresh ones where it is installed."""

import json
import re
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.snippet import Limits, Result, run
from tests.snippet_programs import draw

GOLDEN: dict[str, Any] = json.loads(
    Path(__file__).parents[1].joinpath("vectors", "snippet_programs.json").read_text("utf-8")
)
NUMBER = re.compile(r"-?\d+\.\d*(?:e[-+]\d+)?")


def check(text: str, grads: dict[str, Any]) -> Result:
    """The result of a program, once its gradients are seen to be PyTorch's."""
    # How long it takes is no matter here: PyTorch beside it makes Python's own house-keeping slow.
    result = run(text, Limits(seconds=60))
    assert isinstance(result, Result), result
    assert result.grads.keys() == grads.keys()
    for name, expected in grads.items():
        np.testing.assert_allclose(result.grads[name], expected, rtol=1e-12, atol=1e-12)
    return result


def test_there_are_500_committed_programs() -> None:
    """The golden set is whole, and says which PyTorch made it."""
    assert len(GOLDEN["programs"]) == 500
    assert GOLDEN["torch"].startswith("2.")


@pytest.mark.parametrize("start", range(0, 500, 50))
def test_committed_programs_give_pytorchs_gradients_and_prints(start: int) -> None:
    """Gradients agree within 1e-12, output character by character up to the last digit's tie."""
    for program in GOLDEN["programs"][start : start + 50]:
        result = check(program["text"], program["grads"])
        printed = "".join(f"{line['text']}\n" for line in result.printed)

        assert NUMBER.sub("#", printed) == NUMBER.sub("#", program["printed"])
        ours, theirs = (
            [float(number) for number in NUMBER.findall(text)]
            for text in (printed, program["printed"])
        )
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1.01e-4)


@given(st.integers(0, 2**64))
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_drawn_programs_give_pytorchs_gradients(seed: int) -> None:
    """500 programs that nobody has seen before agree too, where PyTorch can be imported."""
    pytest.importorskip("torch", reason="PyTorch is not installed; the golden set stands for it")
    from tests.vectors.make_snippet_programs import execute

    text = draw(Random(seed))
    check(text, execute(text)["grads"])
