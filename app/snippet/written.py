"""Where the numbers of a leaf stand in a snippet, so that they can be dragged there."""

import ast
from collections.abc import Iterator
from itertools import islice
from typing import Any

# A leaf with more numbers is not drawn number by number.
MOST = 1000


class Written:
    """The numbers as they are written, also of names that stand for numbers.

    In PyTorch's and micrograd's dialects a name for a plain number is no part of the graph, but
    what is made of it is: ``x = 3.0`` and then ``torch.tensor(x)``.
    """

    def __init__(self) -> None:
        self._named: dict[str, tuple[Any, list[ast.expr | None]]] = {}

    def note(self, name: str, value: Any, numbers: list[ast.expr | None]) -> None:
        """A name of the program, outside of functions, was given a value with these numbers."""
        if any(numbers):
            self._named[name] = (value, numbers)

    def numbers(self, syntax: ast.expr, names: dict[str, Any]) -> list[ast.expr | None]:
        """The numbers in nested lists, row by row; None for one that is not simply written there.

        Args:
            syntax: what a leaf was made of.
            names: the names that are known there, with their values now.

        Returns:
            Nothing where they are too many to be drawn.
        """
        found = list(islice(self._flat(syntax, names), MOST + 1))
        return [] if len(found) > MOST else found

    def _flat(self, syntax: ast.expr, names: dict[str, Any]) -> Iterator[ast.expr | None]:
        if isinstance(syntax, (ast.List, ast.Tuple)):
            for item in syntax.elts:
                yield from self._flat(item, names)
        elif isinstance(syntax, ast.Name) and syntax.id in self._named:
            value, numbers = self._named[syntax.id]
            # It may stand for something else by now.
            yield from numbers if names.get(syntax.id) is value else [None]
        else:
            yield syntax if _read(syntax) is not None else None


def says(written: ast.expr | None, value: float) -> bool:
    """Whether a number is written as it is: of a list some may have changed since."""
    return written is not None and _read(written) == value


def _read(syntax: ast.expr) -> float | None:
    """A number as it is written, with or without a sign; None where it is anything else."""
    sign = 1
    if isinstance(syntax, ast.UnaryOp) and isinstance(syntax.op, (ast.USub, ast.UAdd)):
        sign = -1 if isinstance(syntax.op, ast.USub) else 1
        syntax = syntax.operand
    if isinstance(syntax, ast.Constant) and isinstance(syntax.value, (int, float)):
        return None if isinstance(syntax.value, bool) else sign * syntax.value
    return None
