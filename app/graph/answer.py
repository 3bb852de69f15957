"""What the room answers to a text: the snippet's result with a picture, or its error."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from app.graph.folding import MOST_UNFOLDED, Fold, box_of, find_folds
from app.graph.layout import Box, lay_out
from app.graph.rows import BoxId
from app.snippet import Result, SnippetError, run
from app.snippet.errors import Gettext


def answer(text: str, folding: str, opened: Sequence[str], gettext: Gettext) -> dict[str, Any]:
    """Run a text and draw its graph.

    Args:
        text: the program.
        folding: "auto" folds large graphs only, "on" all, "off" none.
        opened: keys of folds that the reader opened.
        gettext: into the reader's language.

    Returns:
        ``{"error": ...}``, or the result's JSON with ``picture`` and with ``total`` and ``arrival``
        in every edge that carries a gradient.
    """
    result = run(text, gettext=gettext)
    if isinstance(result, SnippetError):
        return {"error": error_json(result)}
    return drawn(result, folding, opened)


def error_json(error: SnippetError) -> dict[str, Any]:
    """An error with its place as the page wants it."""
    found = asdict(error)
    found["end_line"], found["end_column"] = found.pop("end")
    return found


def drawn(result: Result, folding: str, opened: Sequence[str]) -> dict[str, Any]:
    """A result with its picture."""
    found = result.to_json()
    graph = found["graph"]
    if graph is None:
        return found | {"picture": None}
    add_totals(graph)
    folds = folds_of(graph, folding, opened)
    found["picture"] = picture_of(graph, folds) | {
        "foldable": bool(folds) or bool(find_folds(graph, ())),
    }
    return found


def folds_of(graph: dict[str, Any], folding: str, opened: Sequence[str]) -> list[Fold]:
    """The folds that are wanted."""
    if folding == "off" or (folding == "auto" and len(graph["nodes"]) <= MOST_UNFOLDED):
        return []
    return find_folds(graph, opened)


def picture_of(graph: dict[str, Any], folds: Sequence[Fold]) -> dict[str, Any]:
    """The layout of a graph's boxes, with its folds described."""
    home = box_of(graph["nodes"], folds)
    lines: dict[tuple[BoxId, BoxId], list[int]] = defaultdict(list)
    for edge in graph["edges"]:
        source, target = home[edge["from"]], home[edge["to"]]
        if source != target:
            lines[source, target].append(edge["id"])
    picture = lay_out(_ordered(graph["nodes"], home, lines), lines)
    picture["folds"] = {
        f"fold{number}": {
            "key": fold.key,
            "kind": fold.kind,
            "count": fold.count,
            "members": sorted(fold.members),
        }
        for number, fold in enumerate(folds)
    }
    return picture


def _ordered(
    nodes: Sequence[dict[str, Any]],
    home: dict[int, BoxId],
    lines: dict[tuple[BoxId, BoxId], list[int]],
) -> list[Box]:
    """One box for each node or fold, operands first."""
    before: dict[BoxId, int] = dict.fromkeys(home.values(), 0)
    users: dict[BoxId, list[BoxId]] = defaultdict(list)
    for source, target in lines:
        before[target] += 1
        users[source].append(target)
    texts = {home[node["id"]]: node["label"] or node["symbol"] or "" for node in nodes}
    for node in nodes:
        if node["kind"] == "result":
            texts[home[node["id"]]] = node["symbol"]
    arrays = {home[node["id"]] for node in nodes if node["shape"] and node["value"] is not None}
    ready = [box for box, count in reversed(before.items()) if count == 0]
    boxes = []
    while ready:
        box = ready.pop()
        fold = isinstance(box, str)
        boxes.append(Box(box, texts[box], fold, box in arrays and not fold))
        for user in reversed(users[box]):
            before[user] -= 1
            if before[user] == 0:
                ready.append(user)
    return boxes


def add_totals(graph: dict[str, Any]) -> None:
    """Say in each edge what its operand has received up to and with it, in backward's order.

    ``arrival`` counts from 1; ``total`` is null where a contribution is not listed.
    """
    edges: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for edge in graph["edges"]:
        edge["arrival"] = edge["total"] = None
        edges[edge["to"]].append(edge)
    totals: dict[int, Any] = {}
    arrivals: dict[int, int] = defaultdict(int)
    for stop in graph["backward"]:
        for edge in edges[stop]:
            if edge["contribution"] is None:
                continue
            operand = edge["from"]
            arrivals[operand] += 1
            totals[operand] = np.add(totals.get(operand, 0.0), edge["contribution"])
            edge["arrival"] = arrivals[operand]
            edge["total"] = totals[operand].tolist()
