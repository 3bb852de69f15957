"""Where the boxes of a graph stand: layers from left to right, with few crossings.

Layers are ours: a node stands just before the first that uses it, so that leaves keep close to
their use. Where a node stands in its layer is the matter of ``rows``.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.graph.rows import BoxId, rows_of


@dataclass(frozen=True)
class Manner:
    """How large boxes are drawn, in px of an unscaled picture.

    Attributes:
        name: "full" boxes show value and gradient, "light" ones their operation alone.
        height: of a box.
        array_height: of a box that shows the numbers of an array.
        row: from one box to the next one below.
        gap: between the columns.
        margin: around everything; names stand above their boxes.
    """

    name: str
    height: float
    array_height: float
    row: float
    gap: float
    margin: float


FULL = Manner("full", height=40, array_height=60, row=62, gap=54, margin=26)
TALL = replace(FULL, row=84)
LIGHT = Manner("light", height=20, array_height=20, row=28, gap=30, margin=14)
MOST_FULL_BOXES = 300

_LETTER_WIDTH = 7.6
_SYMBOL_WIDTH = 32.0
_NUMBERS_WIDTH = 84.0
_ARRAY_WIDTH = 112.0
_FOLD_WIDTH = 132.0
_LIGHT_WIDTH = 40.0


@dataclass(frozen=True)
class Box:
    """What is drawn as one box: a node, or a fold of many.

    Attributes:
        id: a node's id, or a fold's name.
        text: what stands at its left: a name or an operation; "" for a mere number.
        fold: whether it stands for many nodes.
        array: whether it shows the numbers of an array.
    """

    id: BoxId
    text: str
    fold: bool = False
    array: bool = False


def lay_out(
    boxes: Sequence[Box], lines: Mapping[tuple[BoxId, BoxId], list[int]]
) -> dict[str, Any]:
    """Place boxes and lines.

    Args:
        boxes: in an order in which operands come first.
        lines: (from, to) to the ids of the edges that run there; without cycles.

    Returns:
        ``manner``, ``width``, ``height`` in px, ``boxes`` (id, x and y of the centre, width,
        height, head: the width before its numbers, layer, cells: whether an array's numbers are
        drawn) and ``lines`` (from, to, edges, points
        between its two ends).
    """
    manner = _manner(boxes)
    layers = _layers(boxes, lines)
    names = tuple(box.id for box in boxes)
    rows, bends = rows_of(names, tuple(lines), tuple(layers[name] for name in names))
    widths = {box.id: _width(box, manner) for box in boxes}
    columns = _columns(boxes, layers, widths, manner)
    used = [*rows.values(), *(row for bend in bends.values() for row, _ in bend)]
    top = min(used)
    tallest = max(manner.array_height if box.array else manner.height for box in boxes)

    def x(layer: int) -> float:
        return round(columns[layer], 1)

    def y(row: float) -> float:
        return round(manner.margin + tallest / 2 + (row - top) * manner.row, 1)

    right = max(columns[layers[box.id]] + widths[box.id] / 2 for box in boxes)
    return {
        "manner": manner.name,
        "width": round(right + manner.margin, 1),
        "height": round(y(max(used)) + tallest / 2 + manner.margin, 1),
        "boxes": [
            {
                "id": box.id,
                "x": x(layers[box.id]),
                "y": y(rows[box.id]),
                "width": widths[box.id],
                "height": manner.array_height if box.array else manner.height,
                "head": round(max(0.0, widths[box.id] - _numbers_width(box)), 1),
                "layer": layers[box.id],
                "cells": box.array and manner is not LIGHT,
            }
            for box in boxes
        ],
        "lines": [
            {
                "from": line[0],
                "to": line[1],
                "edges": edges,
                "points": [[x(layer), y(row)] for row, layer in bends.get(line, [])],
            }
            for line, edges in lines.items()
        ],
    }


def _manner(boxes: Sequence[Box]) -> Manner:
    if len(boxes) > MOST_FULL_BOXES:
        return LIGHT
    return TALL if any(box.array for box in boxes) else FULL


def _layers(
    boxes: Sequence[Box], lines: Mapping[tuple[BoxId, BoxId], list[int]]
) -> dict[BoxId, int]:
    """Each box as far to the right as those that use it allow; the leftmost layer is 0."""
    users: dict[BoxId, list[BoxId]] = defaultdict(list)
    for source, target in lines:
        users[source].append(target)
    layers: dict[BoxId, int] = {}
    for box in reversed(boxes):
        layers[box.id] = min((layers[user] for user in users[box.id]), default=0) - 1
    first = min(layers.values())
    return {name: layer - first for name, layer in layers.items()}


def _width(box: Box, manner: Manner) -> float:
    if manner is LIGHT:
        return _LIGHT_WIDTH
    if box.fold:
        return _FOLD_WIDTH
    if not box.text:
        return _numbers_width(box)
    letters = sum(2 if ord(letter) > 0x2E80 else 1 for letter in box.text)
    return round(max(_SYMBOL_WIDTH, min(letters, 14) * _LETTER_WIDTH + 14) + _numbers_width(box), 1)


def _numbers_width(box: Box) -> float:
    return _ARRAY_WIDTH if box.array else _NUMBERS_WIDTH


def _columns(
    boxes: Sequence[Box],
    layers: Mapping[BoxId, int],
    widths: Mapping[BoxId, float],
    manner: Manner,
) -> list[float]:
    """The x of each layer's middle."""
    widest = [0.0] * (max(layers.values()) + 1)
    for box in boxes:
        widest[layers[box.id]] = max(widest[layers[box.id]], widths[box.id])
    columns = []
    x = manner.margin
    for width in widest:
        columns.append(x + width / 2)
        x += width + manner.gap
    return columns
