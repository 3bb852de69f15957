"""Writes graph_exports.json: what PyTorch gives for the examples' exports of single numbers.

Run from the project's folder, with a Python that has PyTorch:
``python -m tests.vectors.make_graph_exports``.
"""

import json
from pathlib import Path

import torch

from app.graph.examples import EXAMPLES
from app.graph.export import export
from tests.vectors.make_snippet_programs import execute


def main() -> None:
    """Export, execute, and write the file beside this script."""
    examples = {}
    for example in EXAMPLES:
        if "error" not in export(example.code, "micrograd", str):
            code = export(example.code, "pytorch", str)["code"]
            examples[example.name] = execute(code)["grads"]
    written = json.dumps({"torch": torch.__version__, "examples": examples}, indent=1)
    Path(__file__).with_name("graph_exports.json").write_text(f"{written}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
