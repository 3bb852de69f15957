"""A snippet from its text to its result."""

import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from app.snippet.backward import backward
from app.snippet.checking import check, dialect_of
from app.snippet.engine_errors import domain_refusal
from app.snippet.errors import Gettext, Refusal, SnippetError, Source, filled, gettext_noop
from app.snippet.graph import graph_json, numbers
from app.snippet.limits import Limits, Meter, too_deep
from app.snippet.namespaces import FORGIVEN, known_names
from app.snippet.passes import recorded
from app.snippet.reading import read
from app.snippet.remarks import compare_comments
from app.snippet.state import State, node_of
from app.snippet.statements import Interpreter
from engine.operations import DomainError
from engine.scalar import Value
from engine.tape import order
from engine.tensor import Tensor


@dataclass(frozen=True)
class Result:
    """What a snippet gives; the package's docstring describes the parts.

    Attributes:
        dialect: "plain", "torch" or "micrograd".
        graph: of the last backward pass; None where nothing was computed.
        printed: the output, line by line.
        grads: the gradients of the named leaves, as they are at the end.
        passes: the value of the root of every backward pass, in order.
        notes: what the reader should know.
    """

    dialect: str
    graph: dict[str, Any] | None
    printed: list[dict[str, Any]]
    grads: dict[str, Any]
    passes: list[Any]
    notes: list[dict[str, Any]]

    def to_json(self) -> dict[str, Any]:
        """The result as plain dicts, lists, texts and finite numbers."""
        # asdict would copy a large graph node by node, which takes longer than to compute it.
        return {field.name: getattr(self, field.name) for field in fields(self)}


def run(
    text: str,
    limits: Limits | None = None,
    gettext: Gettext = str,
    clock: Callable[[], float] = time.thread_time,
) -> Result | SnippetError:
    """Interpret a snippet. Nothing of it is handed to Python's own eval, exec or import.

    Args:
        text: the program.
        limits: what it may use; the defaults of ``Limits`` if None.
        gettext: translates messages into the reader's language.
        clock: seconds of processor time; tests pass their own.

    Returns:
        The result, or the error in the reader's language. It raises nothing for any text.
    """
    source = Source(text)
    try:
        return _result(source, limits or Limits(), gettext, clock)
    except Refusal as refusal:
        return source.error(refusal, gettext)
    except RecursionError:
        return source.error(too_deep(), gettext)


def _result(
    source: Source, limits: Limits, gettext: Gettext, clock: Callable[[], float]
) -> Result:
    meter = Meter(limits, clock)
    tree = read(source, limits)
    dialect = dialect_of(tree)
    check(tree, source, [*known_names(dialect), *FORGIVEN])
    state = State(source, meter, dialect)
    interpreter = Interpreter(state)
    interpreter.run(tree.body)
    state.here = None
    try:
        _finish(state)
    except Refusal as refusal:
        if refusal.where is None and state.latest is not None:
            refusal.where = state.spans.get(node_of(state.latest))
        raise
    compare_comments(state)
    return Result(
        dialect,
        None if state.newest is None else graph_json(state, state.newest),
        [{"line": printed.line, "text": printed.text} for printed in state.printed],
        _gradients(interpreter.globals),
        [numbers(value) for _, value in state.finished],
        [
            {
                "kind": remark.kind,
                **source.span(remark.where)._asdict(),
                "message": filled(remark.message, remark.values, gettext),
            }
            for remark in state.remarks
        ],
    )


def _finish(state: State) -> None:
    """See to it that a program that calls no backward() shows a graph all the same."""
    if state.newest is not None or state.latest is None:
        return
    root = state.latest
    if isinstance(root, Value) and state.dialect == "plain":
        try:
            backward(state, root)
        except DomainError as error:
            raise domain_refusal(error, state.spans.get(error.node)) from None
        return
    node = node_of(root)
    state.meter.graph(len(order(node)))
    state.newest = recorded(node, [], None)
    state.remark(
        "no-backward",
        gettext_noop("The program calls no backward(), so there are no gradients yet."),
        state.spans.get(node),
    )


def _gradients(names: dict[str, Any]) -> dict[str, Any]:
    found = {}
    for name, value in names.items():
        if isinstance(value, Tensor) and value.is_leaf and value.grad is not None:
            found[name] = numbers(value.grad.data)
        elif isinstance(value, Value) and not value.parents:
            found[name] = value.grad
    return found
