"""Arrays as Python source that reads back to the same bits."""

import textwrap
from typing import Any

import numpy as np
import numpy.typing as npt

WIDTH = 80
INDENT = "    "


def literal(array: npt.NDArray[Any]) -> str:
    """Nested lists, a row of a matrix on a line of its own, every number with all its digits."""
    if array.ndim == 0:
        return repr(array.item())
    if array.ndim == 1:
        return _row(array, "")
    rows = "".join(f"\n{INDENT}{_row(row, INDENT)}," for row in array)
    return f"[{rows}\n]"


def _row(numbers: npt.NDArray[Any], indent: str) -> str:
    # A float32 as the float64 of the same value: narrowed again, it is the same bits.
    flat = f"[{', '.join(repr(number) for number in numbers.tolist())}]"
    if len(indent) + len(flat) <= WIDTH:
        return flat
    inner = textwrap.fill(
        flat[1:-1],
        WIDTH,
        initial_indent=indent + INDENT,
        subsequent_indent=indent + INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return f"[\n{inner},\n{indent}]"


def comment(text: str) -> str:
    """Text as comment lines; Chinese has no spaces to break at, and is not broken."""
    lines = textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join(f"# {line}" for line in lines)


def blocks(vector: npt.NDArray[Any], shapes: list[tuple[int, int]]) -> list[npt.NDArray[Any]]:
    """A vector laid out as the parameters -> W and b of each layer in turn."""
    parts, start = [], 0
    for n_in, units in shapes:
        end = start + (n_in + 1) * units
        block = vector[start:end].reshape(n_in + 1, units)
        parts += [block[:-1], block[-1]]
        start = end
    return parts


def dtype_name(array: npt.NDArray[Any]) -> str:
    """float64 or float32."""
    return np.dtype(array.dtype).name
