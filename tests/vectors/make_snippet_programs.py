"""Writes snippet_programs.json: 500 drawn programs with what PyTorch gives for them.

Run from the project's folder, with a Python that has PyTorch:
``python -m tests.vectors.make_snippet_programs``.
"""

import contextlib
import io
import json
from pathlib import Path
from random import Random
from typing import Any

import torch

from tests.snippet_programs import draw

PROGRAMS = 500


def execute(text: str) -> dict[str, Any]:
    """What PyTorch gives for a program in float64: its output, and the leaves' gradients."""
    torch.set_default_dtype(torch.float64)
    output = io.StringIO()
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(output):
        exec(compile(text, "program", "exec"), names)
    grads = {
        name: value.grad.tolist()
        for name, value in names.items()
        if isinstance(value, torch.Tensor) and value.is_leaf and value.grad is not None
    }
    return {"printed": output.getvalue(), "grads": grads}


def main() -> None:
    """Draw from fixed seeds and write the file beside this script."""
    texts = [draw(Random(seed)) for seed in range(PROGRAMS)]
    lines = ",\n".join(json.dumps({"text": text, **execute(text)}) for text in texts)
    written = f'{{"torch": "{torch.__version__}", "programs": [\n{lines}\n]}}\n'
    Path(__file__).with_name("snippet_programs.json").write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
