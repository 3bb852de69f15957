"""The explanation of reverse mode: its program runs, fits, and gives the numbers in its text."""

import re
from pathlib import Path
from typing import Any

import pytest

from engine.scalar import Value

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "reverse-mode-in-fifty-lines.md"
(PROGRAM,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def test_program_fits_into_fifty_lines() -> None:
    """The title is true, blank lines left out."""
    assert len([line for line in PROGRAM.split("\n") if line.strip()]) <= 50


def test_program_prints_what_its_comment_says(capsys: pytest.CaptureFixture[str]) -> None:
    """The last line's comment is its output."""
    exec(compile(PROGRAM, str(PAGE), "exec"), {})
    printed = capsys.readouterr().out.strip()

    assert PROGRAM.strip().endswith(f"# {printed}")


def test_program_agrees_with_the_engine(capsys: pytest.CaptureFixture[str]) -> None:
    """On an expression with shared parts it gives the engine's gradients."""
    names: dict[str, Any] = {}
    exec(compile(PROGRAM, str(PAGE), "exec"), names)
    gradients = []
    for kind in (names["Number"], Value):
        a, b = kind(0.5), kind(-1.5)
        shared = (a * b + a).tanh()
        (shared * shared + shared * b).backward()
        gradients.append((a.grad, b.grad))

    assert gradients[0] == pytest.approx(gradients[1])


def test_program_needs_no_recursion(capsys: pytest.CaptureFixture[str]) -> None:
    """A chain of 10,000 additions is no deeper than one of ten."""
    names: dict[str, Any] = {}
    exec(compile(PROGRAM, str(PAGE), "exec"), names)
    start = total = names["Number"](1.0)
    for _ in range(10_000):
        total = total + start
    total.backward()

    assert start.grad == 10_001.0
