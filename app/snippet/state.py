"""What one run of a snippet has done so far: its output, its notes, and the results it made."""

import ast
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

import numpy as np

from app.snippet.errors import Source, Span
from app.snippet.limits import Meter
from app.snippet.passes import AnyNode, Pass
from app.snippet.values import is_differentiable
from app.snippet.written import says
from engine.scalar import Value
from engine.tensor import Tensor

Dialect = Literal["plain", "torch", "micrograd"]
T = TypeVar("T")


@dataclass(frozen=True)
class Printed:
    """One print: the line it stands in, what it printed, and the syntax node of the call."""

    line: int
    text: str
    call: ast.AST | None


@dataclass(frozen=True)
class Remark:
    """Something the reader should know: a msgid with its values, and where it belongs."""

    kind: str
    where: ast.AST | Span | None
    message: str
    values: dict[str, Any]


@dataclass
class State:
    """The state of one run.

    Attributes:
        source: the text.
        meter: what it may still use.
        dialect: "plain" where numbers with names become leaves; else the library that it uses.
        here: the syntax node being evaluated; new results belong to it.
        recording: False inside ``with torch.no_grad()``.
        names: the names that each node was given, first one first.
        spans: the syntax node that made a node.
        literals: where the numbers of a leaf are written, row by row; None for one that is not.
        reflected: nodes with a plain number on the left of their operator.
        latest: the newest result that a statement outside functions made.
        finished: the root and value of every backward pass.
        newest: the record of the latest one.
        retained: the roots whose last pass was asked to keep its graph.
    """

    source: Source
    meter: Meter
    dialect: Dialect
    here: ast.AST | None = None
    recording: bool = True
    printed: list[Printed] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    names: dict[AnyNode, list[str]] = field(default_factory=dict)
    spans: dict[AnyNode, ast.AST] = field(default_factory=dict)
    literals: dict[AnyNode, list[ast.expr | None]] = field(default_factory=dict)
    reflected: set[AnyNode] = field(default_factory=set)
    latest: Tensor | Value | None = None
    finished: list[tuple[AnyNode, Any]] = field(default_factory=list)
    newest: Pass | None = None
    retained: set[AnyNode] = field(default_factory=set)

    def computed(self, value: T) -> T:
        """Count and place a new result; without its history where gradients are off."""
        if isinstance(value, Tensor):
            if not self.recording and value.node.parents:
                value.node = value.detach().node
            self.meter.result(value.data.size)
        elif isinstance(value, Value):
            self.meter.result(1)
        self.place(value)
        return value

    def place(self, value: Any) -> None:
        """Note which syntax made a result, unless that is known."""
        if is_differentiable(value) and self.here is not None:
            self.spans.setdefault(node_of(value), self.here)

    def write(self, leaf: AnyNode, numbers: list[ast.expr | None]) -> None:
        """Note where the numbers of a leaf are written, if it holds as many, and any of them is."""
        values = np.ravel(leaf.data)
        if len(numbers) != len(values):
            return
        there = [
            number if says(number, value) else None
            for number, value in zip(numbers, values, strict=True)
        ]
        if any(there):
            self.literals[leaf] = there

    def name(self, value: Any, name: str) -> None:
        """Note that a name stands for a result."""
        if is_differentiable(value):
            known = self.names.setdefault(node_of(value), [])
            if name not in known and len(known) < 8:
                known.append(name)

    def remark(
        self, kind: str, message: str, where: ast.AST | Span | None = None, **values: Any
    ) -> None:
        """Add a note, once for each kind and place."""
        place = where if where is not None else self.here
        if all((known.kind, known.where) != (kind, place) for known in self.remarks):
            self.remarks.append(Remark(kind, place, message, values))


def node_of(value: Tensor | Value) -> AnyNode:
    """The node of the graph that a value stands for."""
    return value.node if isinstance(value, Tensor) else value
