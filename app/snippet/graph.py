"""A recorded pass as JSON: nodes, edges, and the two orders in which it is stepped through."""

import ast
from typing import Any

import numpy as np

from app.snippet.passes import AnyNode, Pass
from app.snippet.state import State
from engine.operations import Operation

# Larger arrays are described, not listed.
_LISTED = 64


def graph_json(state: State, shown: Pass) -> dict[str, Any]:
    """The graph of a pass; the package's docstring describes it."""
    ids = {node: number for number, node in enumerate(shown.forward)}
    gradients = {stop.node: stop.gradient for stop in shown.steps}
    return {
        "root": ids[shown.root],
        "nodes": [_node(state, shown, node, ids, gradients) for node in shown.forward],
        "edges": _edges(shown, ids),
        "forward": list(ids.values()),
        "backward": [ids[stop.node] for stop in shown.steps],
    }


def _node(
    state: State, shown: Pass, node: AnyNode, ids: dict[AnyNode, int], gradients: dict[AnyNode, Any]
) -> dict[str, Any]:
    operation = node.operation
    names = state.names.get(node, [])
    constants = _constants(node)
    return {
        "id": ids[node],
        "kind": "result" if operation else "variable" if names else "constant",
        "op": operation.name if operation else None,
        "symbol": _symbol(operation.name, operation.symbol, constants) if operation else None,
        "formula": operation.formula if operation else None,
        "constants": constants,
        "label": names[0] if names else None,
        "names": names,
        "shape": list(np.shape(shown.values[node])),
        "value": numbers(shown.values[node]),
        "gradient": numbers(gradients.get(node)),
        "accumulated": numbers(shown.accumulated.get(node)),
        "range": _range(shown.values[node]),
        "parents": [ids[parent] for parent in node.parents],
        "span": _span(state, state.spans.get(node)),
        "literals": _literals(state, state.literals.get(node)),
    }


def _constants(node: AnyNode) -> list[float | None]:
    """Numbers that are no operands; None for a clamp's end that is left open."""
    return [constant if np.isfinite(constant) else None for constant in node.constants]


def _symbol(name: str, symbol: str, constants: list[float | None]) -> str:
    return f"^{constants[0]:g}" if name == "pow" and constants else symbol


def _edges(shown: Pass, ids: dict[AnyNode, int]) -> list[dict[str, Any]]:
    stops = {stop.node: stop for stop in shown.steps}
    edges: list[dict[str, Any]] = []
    for node in shown.forward:
        stop = stops.get(node)
        parents: tuple[AnyNode, ...] = node.parents
        for position, parent in enumerate(parents):
            local = shown.locals[node][position] if stop else None
            part = stop.parts[position] if stop else None
            edges.append(
                {
                    "id": len(edges),
                    "from": ids[parent],
                    "to": ids[node],
                    "operand": position,
                    "formula": _formula(node, position),
                    "local": numbers(local),
                    "contribution": numbers(part),
                }
            )
    return edges


def _formula(node: AnyNode, position: int) -> str | None:
    operation = node.operation
    if operation is None:
        return None
    if isinstance(operation, Operation):
        return operation.slope_formulas[position]
    # A stack has as many operands as it likes, all treated alike.
    return operation.pull_formulas[min(position, len(operation.pull_formulas) - 1)]


def numbers(data: Any) -> Any:
    """A number, or nested lists of a small array's numbers; None for none or for too many."""
    # Most of a graph's numbers are Python's own, and go through as they are.
    if data is None or type(data) is float:
        return data
    if np.size(data) > _LISTED:
        return None
    return np.asarray(data).tolist()


def _range(data: Any) -> list[float] | None:
    if type(data) is float or np.size(data) < 2:
        return None
    return [float(np.min(data)), float(np.max(data))]


def _literals(state: State, written: list[ast.expr | None] | None) -> list[Any] | None:
    if written is None or len(written) > _LISTED:
        return None
    return [_span(state, number) for number in written]


def _span(state: State, syntax: ast.AST | None) -> dict[str, int] | None:
    return None if syntax is None else state.source.span(syntax)._asdict()
