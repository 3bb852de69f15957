"""One backward pass, kept as it went: the values may change afterwards, the record does not."""

import ast
from dataclasses import dataclass
from typing import Any

from engine.node import Node
from engine.scalar import Value
from engine.tape import Step, order
from engine.tensor import Tensor

AnyNode = Node | Value


@dataclass(frozen=True)
class Pass:
    """A graph as it was when its gradients were computed, or when it was shown without any.

    Attributes:
        root: the result whose gradients are wanted.
        forward: every node, parents first.
        values: the data of each node.
        steps: the stops of the backward pass, in their order; empty without one.
        locals: for each node visited, the local derivative towards each parent.
        accumulated: for each leaf, its ``grad`` after the pass.
        where: the syntax that asked for it; None where the room did so itself.
    """

    root: AnyNode
    forward: list[AnyNode]
    values: dict[AnyNode, Any]
    steps: list[Step]
    locals: dict[AnyNode, tuple[Any, ...]]
    accumulated: dict[AnyNode, Any]
    where: ast.AST | None


def recorded(root: AnyNode, steps: list[Step], where: ast.AST | None) -> Pass:
    """A pass from its stops; called right after it, before any value changes."""
    forward: list[AnyNode] = order(root)
    return Pass(
        root,
        forward,
        {node: node.data for node in forward},
        steps,
        {step.node: step.node.locals() for step in steps},
        {node: total for node in forward if (total := _accumulated(node)) is not None},
        where,
    )


def _accumulated(node: AnyNode) -> Any:
    if isinstance(node, Value):
        return node.grad
    if isinstance(node.owner, Tensor) and node.owner.grad is not None:
        return node.owner.grad.data
    return None
