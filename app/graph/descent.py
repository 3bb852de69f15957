"""Gradient descent on the numbers of a text: w ← w − rate · ∂L/∂w, written back where w stands."""

import math
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from app.graph.answer import drawn, error_json
from app.snippet import Result, SnippetError, run
from app.snippet.errors import Gettext, Source, Span, gettext_noop

# However many steps are asked for, those of a slow program end after this.
MOST_SECONDS = 0.5


@dataclass(frozen=True)
class Move:
    """How one number of the text changes: after = before − rate · gradient."""

    name: str
    before: float
    gradient: float
    after: float


@dataclass(frozen=True)
class _Place:
    """A number in the text, the leaf that it makes, and dL/d(number)."""

    span: Span
    name: str
    value: float
    gradient: float


def descend(
    text: str,
    rate: float,
    names: Collection[str],
    steps: int,
    folding: str,
    opened: Sequence[str],
    gettext: Gettext,
    clock: Callable[[], float] = time.thread_time,
) -> dict[str, Any]:
    """Take steps of gradient descent, and draw the graph where they end.

    Args:
        text: the program.
        rate: the learning rate.
        names: the leaves that may move.
        steps: how many, at most; fewer where numbers are no longer finite, or time is up.
        folding, opened: as for ``answer``.
        gettext: into the reader's language.
        clock: seconds of processor time.

    Returns:
        ``steps`` (loss before the step, and its moves), ``text`` and ``answer`` after the last one,
        and ``stopped``: null, or why there were fewer steps.
    """
    result = run(text, gettext=gettext)
    if isinstance(result, SnippetError):
        return {"steps": [], "text": text, "answer": {"error": error_json(result)}, "stopped": None}
    taken: list[dict[str, Any]] = []
    stopped = None
    deadline = clock() + MOST_SECONDS
    for _ in range(steps):
        if clock() > deadline:
            break
        loss = _loss(result)
        places = [] if loss is None else _places(text, result, names)
        if loss is None or not places:
            stopped = gettext(_NO_LOSS if loss is None else _NOTHING_MOVES)
            break
        moves = [_moved(place, rate) for place in places]
        if not all(math.isfinite(move.after) for move in moves):
            stopped = gettext(_TOO_LARGE)
            break
        moved = _rewritten(text, places, moves)
        following = run(moved, gettext=gettext)
        taken.append({"loss": loss, "moves": [asdict(move) for move in moves]})
        if isinstance(following, SnippetError):
            taken[-1]["lost"] = True
            stopped = following.message
            break
        text, result = moved, following
    return {
        "steps": taken,
        "text": text,
        "answer": drawn(result, folding, opened),
        "stopped": stopped,
    }


_NO_LOSS = gettext_noop("Descent needs a last result that is a single number, with its gradients.")
_TOO_LARGE = gettext_noop("The next step would be larger than any number: lower the learning rate.")
_NOTHING_MOVES = gettext_noop("None of the chosen names is a number in the text that can be moved.")


def _loss(result: Result) -> float | None:
    graph = result.graph
    if graph is None or not graph["backward"]:
        return None
    loss = graph["nodes"][graph["root"]]["value"]
    return loss if isinstance(loss, float) else None


def _places(text: str, result: Result, names: Collection[str]) -> list[_Place]:
    """The numbers that the chosen names hold.

    A number that makes several leaves counts once, with the sum of their gradients. It stays where
    it is if one of these leaves may not move.
    """
    found: dict[Span, _Place] = {}
    kept: set[Span] = set()
    for node in (result.graph or {})["nodes"]:
        if node["label"] not in names or node["gradient"] is None or node["kind"] != "variable":
            kept |= {Span(**written) for written in node["literals"] or () if written is not None}
            continue
        for span, name, value, gradient in _numbers(node):
            known = found.get(span)
            if value == _written(text, span):
                found[span] = (
                    _Place(span, f"{known.name}, {name}", value, known.gradient + gradient)
                    if known
                    else _Place(span, name, value, gradient)
                )
    movable = [place for place in found.values() if place.span not in kept]
    return sorted(movable, key=lambda place: place.span)


def _numbers(node: dict[str, Any]) -> Iterator[tuple[Span, str, float, float]]:
    """The (place, name, value, gradient) of each number that a leaf is written with."""
    if node["literals"] is None or node["value"] is None:
        return
    values, gradients = np.ravel(node["value"]), np.ravel(node["gradient"])
    for place, index in enumerate(np.ndindex(*node["shape"])):
        written = node["literals"][place]
        if written is not None:
            part = f"[{', '.join(map(str, index))}]" if index else ""
            name = f"{node['label']}{part}"
            yield Span(**written), name, float(values[place]), float(gradients[place])


def _written(text: str, span: Span) -> float | None:
    """The number that stands at a place; None where something else does."""
    if span.line != span.end_line:
        return None
    line = Source(text).lines[span.line - 1]
    try:
        return float(line[span.column : span.end_column].replace(" ", "").replace("_", ""))
    except ValueError:
        return None


def _moved(place: _Place, rate: float) -> Move:
    with np.errstate(all="ignore"):
        after = float(np.float64(place.value) - np.float64(rate) * place.gradient)
    # What the text can hold is what the next step starts from.
    after = float(written_number(after))
    return Move(place.name, place.value, place.gradient, after)


def _rewritten(text: str, places: Sequence[_Place], moves: Sequence[Move]) -> str:
    """The text with the new numbers in place of the old ones."""
    lines = text.splitlines(keepends=True)
    for place, move in sorted(
        zip(places, moves, strict=True), key=lambda pair: pair[0].span, reverse=True
    ):
        line, column, _, end_column = place.span
        whole = lines[line - 1]
        lines[line - 1] = whole[:column] + written_number(move.after) + whole[end_column:]
    return "".join(lines)


def written_number(value: float) -> str:
    """A number as a program writes it: 15 digits, always with a point or a power of ten."""
    text = f"{value:.15g}"
    return text if set(text) & set(".en") else f"{text}.0"
