"""Writes the golden binary messages, and beside each a description in JSON.

pytest checks that the codec still writes and reads these bytes, the JavaScript tests that the page
reads the same numbers from them. Run as ``python -m tests.vectors.frames.write``.
"""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from app.protocol import CloseUpShape, FrameLayout, Selected, decode, encode, frame_layout

FOLDER = Path(__file__).parent
Array = npt.NDArray[Any]


def files() -> dict[str, bytes]:
    """Each golden message by its name."""
    return {
        "frame": _frame(),
        "frame-not-finite": _frame_not_finite(),
        "frame-hidden-unit": _frame_selected((1, None, 1), n_next=1),
        "frame-output-unit": _frame_selected((2, None, 0), n_next=None),
        "data": _data(test=2),
        "data-without-test": _data(test=0),
        "checkpoint": _checkpoint(),
    }


def describe(metadata: dict[str, str], tensors: dict[str, Array]) -> dict[str, Any]:
    """A message in JSON: metadata, and each array's dtype, shape and flat values.

    What JSON has no number for is one of the texts "NaN", "Infinity" and "-Infinity".
    """
    return {
        "metadata": metadata,
        "tensors": {
            name: {
                "dtype": array.dtype.name,
                "shape": list(array.shape),
                "values": [_number(value) for value in array.ravel().tolist()],
            }
            for name, array in tensors.items()
        },
    }


def _number(value: float) -> float | str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def _fill(layout: FrameLayout) -> None:
    """Different numbers in every array, each of which its type can hold exactly."""
    for start, view in enumerate(layout.views.values()):
        numbers = np.arange(view.size) + 10 * start
        if view.dtype == np.uint8:
            view[...] = (numbers % 256).reshape(view.shape)
        else:
            view[...] = ((numbers - view.size // 2) / 8).reshape(view.shape)


def _frame() -> bytes:
    """A network of 2-2-1 with small maps."""
    layout = frame_layout(
        parameters=9, units=3, layers=2, outputs=1, map_resolution=4, output_resolution=8
    )
    _fill(layout)
    return layout.pack()


def _frame_not_finite() -> bytes:
    """Three outputs, a focus and a probe; and numbers that are not finite."""
    layout = frame_layout(
        parameters=9,
        units=3,
        layers=1,
        outputs=3,
        map_resolution=4,
        output_resolution=4,
        focus=(1, 2),
        probe=True,
    )
    _fill(layout)
    layout.views["scalars"][:3] = [2**53 - 1, np.nan, -np.inf]
    layout.views["gradient"][:4] = [np.nan, np.inf, -0.0, 1e-45]
    return layout.pack()


def _frame_selected(selected: Selected, n_next: int | None) -> bytes:
    """A network of 2-2-1, one unit of it selected, with room for three examples."""
    layout = frame_layout(
        parameters=9,
        units=3,
        layers=2,
        outputs=1,
        map_resolution=4,
        output_resolution=8,
        close_up=CloseUpShape(selected, rows=3, n_in=2, n_next=n_next),
    )
    _fill(layout)
    return layout.pack()


def _data(test: int) -> bytes:
    n = 5
    arrays: dict[str, Array] = {
        "points": np.arange(2 * n, dtype=np.float32).reshape(n, 2) / 4 - 1,
        "targets": np.array([1, -1, 1, 1, -1], np.float32),
        "input_scales": np.arange(1, 8, dtype=np.float32),
        "test": (np.arange(n) >= n - test).astype(np.uint8),
        "inputs": np.arange(7 * 16, dtype=np.uint8).reshape(7, 4, 4),
    }
    return encode("data", arrays, {"run": "7", "features": "x,y"})


def _checkpoint() -> bytes:
    arrays: dict[str, Array] = {
        "parameters": np.arange(9) / 3,
        "position": np.array([12, 3, 4, 0, 1]),
        "nothing": np.zeros(0),
    }
    return encode("checkpoint", arrays, {"run": "7", "experiment": '{"noise":5,"data_seed":"é"}'})


def write() -> None:
    """Writes all files anew."""
    for name, message in files().items():
        (FOLDER / f"{name}.safetensors").write_bytes(message)
        text = json.dumps(describe(*decode(message)), indent=1, ensure_ascii=False)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
