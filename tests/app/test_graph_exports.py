"""The graph room's exports: DOT, and programs that give the same numbers elsewhere."""

import contextlib
import io
import json
import sys
import types
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.graph.examples import EXAMPLES
from app.graph.export import export
from app.snippet import Limits, Result, run
from engine.scalar import Value
from tests.plain_programs import draw

TEXTS = {example.name: example.code for example in EXAMPLES}
# Those of single numbers; micrograd cannot say the others.
SCALAR = [name for name in TEXTS if name != "arrays"]
GOLDEN: dict[str, Any] = json.loads(
    Path(__file__).parents[1].joinpath("vectors", "graph_exports.json").read_text("utf-8")
)
PATIENT = Limits(seconds=60)


def code_of(text: str, language: str) -> str:
    """The exported program."""
    found = export(text, language, str)
    assert "error" not in found, (text, found)
    return str(found["code"])


def numbers_of(text: str) -> dict[str, float]:
    """The gradient of every named leaf of a text, as the room has it."""
    result = run(text, PATIENT)
    assert isinstance(result, Result), (text, result)
    assert result.graph is not None
    return {
        node["label"]: node["gradient"]
        for node in result.graph["nodes"]
        if node["kind"] == "variable" and node["gradient"] is not None
    }


def executed_by_micrograd(code: str) -> dict[str, float]:
    """What an exported program gives where micrograd's Value is ours: its leaves' gradients."""
    modules = {name: types.ModuleType(name) for name in ("micrograd", "micrograd.engine")}
    modules["micrograd.engine"].Value = Value  # type: ignore[attr-defined]
    names: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()):
        for name, module in modules.items():
            patch.setitem(sys.modules, name, module)
        exec(compile(code, "export", "exec"), names)
    return {
        name: value.grad
        for name, value in names.items()
        if isinstance(value, Value) and not value.parents
    }


def executed_by_torch(code: str) -> dict[str, Any]:
    """What PyTorch gives for an exported program."""
    from tests.vectors.make_snippet_programs import execute

    grads: dict[str, Any] = execute(code)["grads"]
    return grads


class TestDot:
    """Graphviz."""

    def test_names_every_node_and_edge(self) -> None:
        """Each box has its value and gradient."""
        code = code_of(TEXTS["lesson"], "dot")

        assert code.count("label=") == 8
        assert code.count("->") == 7
        assert "data 2 | grad -30" in code


class TestPyTorch:
    """Programs for PyTorch, run by PyTorch where it is installed; else see ``TestMicrograd``."""

    @pytest.mark.parametrize("name", ["lesson", "arrays"])
    def test_keeps_a_program_for_pytorch(self, name: str) -> None:
        """What was written for torch comes back as it stands."""
        assert code_of(TEXTS[name], "pytorch") == TEXTS[name]

    @pytest.mark.parametrize("name", TEXTS)
    def test_examples_give_pytorch_our_gradients(self, name: str) -> None:
        """Every example, exported and run by PyTorch itself."""
        pytest.importorskip("torch")
        found = executed_by_torch(code_of(TEXTS[name], "pytorch"))
        wanted = numbers_of(TEXTS[name])

        assert found.keys() == wanted.keys()
        for leaf, gradient in wanted.items():
            np.testing.assert_allclose(found[leaf], gradient, rtol=1e-12, atol=1e-12)

    @given(st.integers(0, 2**64))
    @settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_drawn_programs_give_pytorch_our_gradients(self, seed: int) -> None:
        """Programs that nobody has seen before, with every operation that the room has."""
        pytest.importorskip("torch")
        text = draw(Random(seed))
        found = executed_by_torch(code_of(text, "pytorch"))

        assert found == pytest.approx(numbers_of(text), rel=1e-10, abs=1e-12)


class TestMicrograd:
    """Programs for micrograd's Value."""

    @pytest.mark.parametrize("name", SCALAR)
    def test_examples_give_pytorchs_gradients(self, name: str) -> None:
        """Run by our Value under micrograd's import, against what PyTorch gave for its export."""
        found = executed_by_micrograd(code_of(TEXTS[name], "micrograd"))
        golden = GOLDEN["examples"][name]

        assert golden.keys() <= found.keys()
        for leaf, gradient in golden.items():
            assert found[leaf] == pytest.approx(gradient, rel=1e-12, abs=1e-12)

    def test_goldens_are_of_every_example(self) -> None:
        """None was added without them, and PyTorch made them."""
        assert sorted(GOLDEN["examples"]) == sorted(SCALAR)
        assert GOLDEN["torch"].startswith("2.")

    @pytest.mark.parametrize("start", range(0, 200, 50))
    def test_drawn_programs_give_our_gradients(self, start: int) -> None:
        """Programs with every operation that the room has."""
        for seed in range(start, start + 50):
            text = draw(Random(seed))
            found = executed_by_micrograd(code_of(text, "micrograd"))

            for leaf, gradient in numbers_of(text).items():
                assert found[leaf] == pytest.approx(gradient, rel=1e-12, abs=1e-12), text

    @pytest.mark.parametrize("name", ["squared-error", "lesson", "micrograd"])
    def test_says_micrograd_where_micrograd_is_enough(self, name: str) -> None:
        """Sums, products, powers and relu need nothing of ours."""
        assert "from micrograd.engine import Value" in code_of(TEXTS[name], "micrograd")

    @pytest.mark.parametrize(("ends", "slope"), [("min=3.0", 0.0), ("max=3.0", 1.0)])
    def test_an_open_end_of_a_clamp_stays_open(self, ends: str, slope: float) -> None:
        """A clamp with one end holds that one, whichever it is."""
        text = f"import torch\nx = torch.tensor(2.0, requires_grad=True)\ny = x.clamp({ends})\n"
        code = code_of(f"{text}y.backward()\n", "micrograd")

        assert executed_by_micrograd(code)["x"] == slope

    def test_arrays_have_none(self) -> None:
        """What micrograd cannot say is refused with the reason."""
        assert "arrays" in export(TEXTS["arrays"], "micrograd", str)["error"]["message"]
