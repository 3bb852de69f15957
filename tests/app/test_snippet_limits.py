"""Every bomb is refused with a message of its own, and no text gives anything untyped."""

import json
from random import Random

import pytest

from app.snippet import Limits, Result, SnippetError, run
from tests.snippet_fuzz import fuzzed

TORCH = "import torch\n"
LOOPS = "\n".join("    " * depth + f"for i{depth} in range(1000):" for depth in range(15))

BOMBS: dict[str, tuple[str, str]] = {
    "power of a power": ("x = 10**10**10", "exponent"),
    "large power": ("x = 7**900", "whole number"),
    "nested loops": (f"{LOOPS}\n{'    ' * 15}pass", "turns"),
    "long range": ("for i in range(10**15):\n    pass", "turns"),
    "comprehensions": (
        "x = [[[0 for i in range(999)] for j in range(999)] for k in range(9)]", "turns",
    ),
    "doubling list": ("a = [1]\nfor i in range(99):\n    a = a + a", "elements"),
    "list product": ("a = [0] * 10**9", "elements"),
    "tree of lists": ("a = [1]\nfor i in range(60):\n    a = [a, a, a, a]\nprint(a)", "characters"),
    "tree of lists as tensor": (
        f"{TORCH}a = [1.0]\nfor i in range(7):\n    a = [a, a, a, a, a, a]\nx = torch.tensor(a)",
        "",
    ),
    "list in itself": ("a = []\nfor i in range(9999):\n    a.append(a)", "elements"),
    "brackets": ("(" * 15_000, "nested"),
    "brackets of a list": ("x = " + "[" * 90 + "]" * 90, "nested"),
    "signs": ("x = " + "-" * 15_000 + "1", "nested"),
    "nots": ("x = " + "not " * 4_000 + "1", "nested"),
    "dots": ("x = 1\nx" + ".b" * 9_000, "nested"),
    "calls of calls": ("x = 1\nx" + "()" * 9_000, "nested"),
    "long sum": ("x = " + "+".join(["1"] * 9_000), "nested"),
    "powers of powers": ("x = " + "**".join(["2"] * 4_000), "nested"),
    "megabyte": ("x = 1\n" * 170_000, "characters"),
    "megabyte in one name": ("a" * 1_000_000, "characters"),
    "long number": ("x = " + "9" * 15_000, "number"),
    "long hexadecimal number": ("x = 0x" + "f" * 15_000, "whole number"),
    "infinite number": ("x = 1e999", "too large"),
    "text product": ("x = 'a' * 10**9", "does not join"),
    "doubling text": ("s = 'a'\nfor i in range(99):\n    s = s + s", "characters"),
    "doubling f-string": ("s = 'aaaa'\nfor i in range(99):\n    s = f'{s}{s}'", "characters"),
    "wide format": ("x = 1.0\nprint(f'{x:999999999f}')", "form"),
    "recursion": ("def f(x):\n    return f(x)\nf(1)", "deep"),
    "branching recursion": (
        "def f(n):\n    if n < 1:\n        return 1\n    return f(n - 1) + f(n - 1)\nf(15)", "",
    ),
    "recursion in brackets": ("def f(x):\n    return " + "-" * 50 + "f(x)\nf(1)", ""),
    "large tensor": (f"{TORCH}x = torch.zeros(10**9)", "elements"),
    "outer product": (f"{TORCH}x = torch.ones(1000)\ny = x.reshape(1000, 1) * x", "elements"),
    "many dimensions": (f"{TORCH}x = torch.ones({'1,' * 70})", "shape"),
    "matrix powers": (
        f"{TORCH}x = torch.ones(31, 31)\nfor i in range(9999):\n    x = x @ x", "large",
    ),
    "stacks": (f"{TORCH}x = torch.ones(1000)\ny = torch.stack([x] * 1000)", "elements"),
    "endless prints": ("for i in range(9999):\n    print(i)", "lines"),
    "large prints": (
        f"{TORCH}x = torch.ones(1000)\nfor i in range(199):\n    print(x)", "characters",
    ),
    "endless passes": (
        f"{TORCH}w = torch.tensor(1.0, requires_grad=True)\ny = w\nfor i in range(900):\n"
        "    y = y + w\nfor i in range(9000):\n    y.backward()",
        "",
    ),
    "long graph": ("x = 1.0\ny = x\nfor i in range(3000):\n    y = y + x", "nodes"),
    "endless sums": ("for i in range(9999):\n    sum(range(1000))", ""),
    "endless lists": ("a = [0] * 1000\nfor i in range(9999):\n    b = zip(a, a, a, a)", ""),
    "unknown names": ("\n".join(f"y{i} = z{i}" for i in range(1500)), "stands for nothing"),
    "choices": ("x = " + "1 if 1 else " * 1_000 + "1", "nested"),
    "f-string brackets": ("f'" + "{" * 900, ""),
    "conditions": ("x = 1\nif x < 0:\n    pass\n" + "elif x < 0:\n    pass\n" * 800, "nested"),
}  # fmt: skip


SMALL_BOMBS = [text for text, _ in BOMBS.values() if len(text) < 400]


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_is_refused(name: str) -> None:
    """Each asks for more than there is, and gets a message of its own instead."""
    text, words = BOMBS[name]
    # Where it is not time that ends it, a slow machine must not end it sooner.
    error = run(text, Limits(seconds=60) if words else Limits())

    assert isinstance(error, SnippetError), error
    assert words in error.message


def test_time_is_a_limit() -> None:
    """A clock that runs out ends the program, whatever it is doing."""
    ticks = iter(range(10**6))
    error = run("for i in range(9999):\n    pass", clock=lambda: float(next(ticks)))

    assert isinstance(error, SnippetError)
    assert "too long: more than 150 ms" in error.message


def test_2000_nodes_are_shown() -> None:
    """The largest graph that may be shown is shown."""
    result = run("x = 1.0\ny = x\nfor i in range(1999):\n    y = y + x", Limits(seconds=60))

    assert isinstance(result, Result)
    assert result.graph is not None
    assert len(result.graph["nodes"]) == 2000


def test_limits_can_be_set() -> None:
    """A caller's limits hold instead of the defaults."""
    error = run("for i in range(10):\n    pass", Limits(turns=5))

    assert isinstance(error, SnippetError)
    assert "more than 5 turns" in error.message


def check_fuzzed(seed: int) -> None:
    """One drawn text gives a result or an error, as JSON."""
    text = fuzzed(Random(seed), SMALL_BOMBS)
    outcome = run(text)

    assert isinstance(outcome, (Result, SnippetError)), (seed, text)
    if isinstance(outcome, Result):
        json.dumps(outcome.to_json(), allow_nan=False)
    else:
        assert outcome.line >= 1, (seed, text)
        assert outcome.column >= 0, (seed, text)
        assert outcome.end > (outcome.line, outcome.column), (seed, text)
        assert outcome.message, (seed, text)


def test_no_text_of_2000_gives_anything_untyped() -> None:
    """Whatever is typed, the answer is a result or a typed error."""
    for seed in range(2_000):
        check_fuzzed(seed)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_no_text_of_100000_gives_anything_untyped() -> None:
    """The same, at length."""
    for seed in range(2_000, 102_000):
        check_fuzzed(seed)
