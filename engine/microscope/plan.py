"""The order in which one update is walked through, down to a single product, as plain numbers.

A plan is a table of the smallest stages in the order in which they are carried out. Coarser walks
stop at some of its rows only, so that a walk may change its grain anywhere and go back exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.microscope.program import PHASES, Program

# What a stage does. "term" and "bias" are summands of z; "came_back" are those of dL/da.
ACTS = (
    "term",
    "bias",
    "activation",
    "per_example",
    "mean",
    "came_back",
    "slope",
    "delta",
    "dW",
    "db",
    "line",
)
# The columns of a plan's stages. A stage without layer has 0 there, without unit or term -1. The
# term of a bias is the row of [W; b] that it stands in.
COLUMNS = ("phase", "act", "layer", "unit", "term", "line")
# The columns of a plan's numbers: what is put together, what comes of it, and the sum so far.
NUMBERS = ("left", "right", "value", "total")
GRAINS = ("phase", "layer", "neuron", "term")

_FORWARD, _LOSS, _BACKWARD, _UPDATE = range(len(PHASES))


class Signals(NamedTuple):
    """What is walked through: one example's numbers, or the averages of a batch.

    Attributes:
        a: for each layer, the inputs first, (units,).
        z, slope, da, delta: for each layer (units,); entry 0 is empty.
        dW, db: for each layer (n_in, units) and (units,); entry 0 is empty.
        loss: of the example, or the batch's mean.
    """

    a: list[Array]
    z: list[Array]
    slope: list[Array]
    da: list[Array]
    delta: list[Array]
    dW: list[Array]
    db: list[Array]
    loss: float


@dataclass(frozen=True)
class Plan:
    """The stages of one update.

    Attributes:
        stages: (S, 6) whole numbers, columns as in COLUMNS.
        numbers: (S, 4) what each stage computes, columns as in NUMBERS; NaN where there is nothing.
        stops: for each of GRAINS, after how many stages such a walk stops, in rising order.
    """

    stages: npt.NDArray[np.int32]
    numbers: npt.NDArray[np.float64]
    stops: dict[str, npt.NDArray[np.int32]]


def make_plan(
    program: Program, signals: Signals, W: Sequence[Array], b: Sequence[Array], after: float
) -> Plan:
    """The plan of a program.

    Args:
        program: whose lines the stages belong to.
        signals: the numbers that it computes.
        W, b: for each layer; entry 0 is not looked at.
        after: the loss after the update.
    """
    lines = {(line.phase, line.layer, line.name): k for k, line in enumerate(program.lines)}
    last = len(W) - 1
    parts = [_forward(layer, signals, W, b, lines) for layer in range(1, last + 1)]
    parts.append(_loss(signals, lines))
    parts += [_backward(layer, signals, W, lines) for layer in range(last, 0, -1)]
    parts.append(_update(program, after))
    stages = np.concatenate([ids for ids, _ in parts]).astype(np.int32)
    numbers = np.concatenate([values for _, values in parts]).astype(np.float64)
    return Plan(stages, numbers, _stops(stages))


_Part = tuple[npt.NDArray[Any], npt.NDArray[Any]]
_Lines = dict[tuple[int, int, str], int]


class _Table:
    """The stages of one layer in one phase: a row of them for each unit, laid out side by side."""

    def __init__(self, phase: int, layer: int, units: int, stages: int) -> None:
        self._ids = np.empty((units, stages, len(COLUMNS)))
        self._ids[:, :, 0] = phase
        self._ids[:, :, 2] = layer
        self._ids[:, :, 3] = np.arange(units)[:, None]
        self._numbers = np.full((units, stages, len(NUMBERS)), np.nan)
        self._next = 0

    def add_terms(self, act: str, line: int, *numbers: Array, first: int = 0) -> None:
        """Append k stages, from left, right, value and total, each as (units, k) or (1, k).

        Their terms are counted from ``first`` on.
        """
        count = numbers[-1].shape[1]
        place = slice(self._next, self._next + count)
        self._ids[:, place, 1] = ACTS.index(act)
        self._ids[:, place, 4] = np.arange(first, first + count)
        self._ids[:, place, 5] = line
        for column, values in enumerate(numbers):
            self._numbers[:, place, column] = values
        self._next = place.stop

    def add(self, act: str, line: int, left: Array, right: Array, value: Array) -> None:
        """Append one stage, from (units,) numbers, whose value is also what stands there so far."""
        columns = (left, right, value, value)
        self.add_terms(act, line, *(np.broadcast_to(c, value.shape)[:, None] for c in columns))
        self._ids[:, self._next - 1, 4] = -1

    def part(self) -> _Part:
        return self._ids.reshape(-1, len(COLUMNS)), self._numbers.reshape(-1, len(NUMBERS))


_NOTHING = np.array(np.nan)


def _forward(
    layer: int, signals: Signals, W: Sequence[Array], b: Sequence[Array], lines: _Lines
) -> _Part:
    """Each unit's products one by one, its bias, its activation."""
    n_in, units = W[layer].shape
    table = _Table(_FORWARD, layer, units, n_in + 2)
    a_prev = signals.a[layer - 1][None, :]
    products = W[layer].T * a_prev
    totals = np.cumsum(products, axis=1)
    z_line, a_line = lines[_FORWARD, layer, "z"], lines[_FORWARD, layer, "a"]
    table.add_terms("term", z_line, W[layer].T, a_prev, products, totals)
    bias = b[layer][:, None]
    numbers = (bias, np.ones_like(bias), bias, totals[:, -1:] + bias)
    table.add_terms("bias", z_line, *numbers, first=n_in)
    table.add("activation", a_line, signals.z[layer], _NOTHING, signals.a[layer])
    return table.part()


def _loss(signals: Signals, lines: _Lines) -> _Part:
    table = _Table(_LOSS, 0, 1, 2)
    loss = np.array([signals.loss])
    table.add("per_example", lines[_LOSS, 0, "per_example"], _NOTHING, _NOTHING, loss)
    table.add("mean", lines[_LOSS, 0, "loss"], _NOTHING, _NOTHING, loss)
    ids, numbers = table.part()
    ids[:, 3] = -1
    return ids, numbers


def _backward(layer: int, signals: Signals, W: Sequence[Array], lines: _Lines) -> _Part:
    """What came back to each unit, term by term; its slope; delta; its share, weight by weight."""
    n_in, units = W[layer].shape
    output = layer == len(W) - 1
    table = _Table(_BACKWARD, layer, units, (1 if output else W[layer + 1].shape[1]) + n_in + 3)
    line = {name: lines[_BACKWARD, layer, name] for name in ("da", "slope", "delta", "dW", "db")}
    da, slope, delta = signals.da[layer], signals.slope[layer], signals.delta[layer]
    if output:
        table.add("came_back", line["da"], _NOTHING, _NOTHING, da)
    else:
        sent = signals.delta[layer + 1][None, :]
        products = W[layer + 1] * sent
        totals = np.cumsum(products, axis=1)
        table.add_terms("came_back", line["da"], W[layer + 1], sent, products, totals)
    table.add("slope", line["slope"], signals.z[layer], _NOTHING, slope)
    table.add("delta", line["delta"], da, slope, delta)
    dW = signals.dW[layer].T
    table.add_terms("dW", line["dW"], signals.a[layer - 1][None, :], delta[:, None], dW, dW)
    ones, db = np.ones((units, 1)), signals.db[layer][:, None]
    table.add_terms("db", line["db"], ones, delta[:, None], db, db, first=n_in)
    return table.part()


def _update(program: Program, after: float) -> _Part:
    """One stage for each line: the update moves all of the parameters at once."""
    lines = [k for k, line in enumerate(program.lines) if line.phase == _UPDATE]
    ids = np.array([[_UPDATE, ACTS.index("line"), 0, -1, -1, k] for k in lines])
    numbers = np.full((len(lines), len(NUMBERS)), np.nan)
    numbers[-1, 2:] = after
    return ids, numbers


def _stops(stages: npt.NDArray[np.int32]) -> dict[str, npt.NDArray[np.int32]]:
    phase, _, layer, unit, _, line = stages.T
    in_update = np.where(phase == _UPDATE, line, -1)
    in_whole = np.where(layer == 0, line, -1)
    keys = {
        "phase": [phase],
        "layer": [phase, layer, in_update],
        "neuron": [phase, layer, unit, in_whole],
        "term": [np.arange(len(stages))],
    }
    return {grain: _ends(np.stack(keys[grain])) for grain in GRAINS}


def _ends(keys: npt.NDArray[Any]) -> npt.NDArray[np.int32]:
    """After which columns a run of equal ones is over."""
    changes = np.flatnonzero((keys[:, 1:] != keys[:, :-1]).any(axis=0)) + 1
    return np.append(changes, keys.shape[1]).astype(np.int32)
