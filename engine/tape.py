"""Reverse mode: results remember what they were made from, and the chain rule walks it backward."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

from engine.operations import DomainError


class Traceable(Protocol):
    """A result in an expression graph: a number or an array."""

    @property
    def parents(self) -> Sequence[Any]:
        """The nodes that this one was computed from, in the order of the operands."""

    def pull(self, gradient: Any) -> Sequence[Any]:
        """The share of ``gradient`` that each parent receives; None for one that takes none."""


N = TypeVar("N", bound=Traceable)


class Step(NamedTuple):
    """One stop of the backward pass.

    Attributes:
        node: where it is.
        gradient: dL/dnode, complete: all its consumers have been visited.
        parts: what each parent receives from here, in the order of ``node.parents``.
    """

    node: Any
    gradient: Any
    parts: Sequence[Any]


def order(root: N) -> list[N]:
    """Every node that ``root`` depends on, each after its parents; ``root`` is the last.

    There is no recursion: a chain may be as long as memory allows.
    """
    ordered: list[N] = []
    seen = {id(root)}
    path: list[tuple[N, Iterator[N]]] = [(root, iter(root.parents))]
    while path:
        node, parents = path[-1]
        for parent in parents:
            if id(parent) not in seen:
                seen.add(id(parent))
                path.append((parent, iter(parent.parents)))
                break
        else:
            path.pop()
            ordered.append(node)
    return ordered


def sweep(root: Traceable, seed: Any) -> list[Step]:
    """The backward pass from ``root``, as the list of its stops in the order they are made.

    Args:
        root: the result L whose gradients are wanted.
        seed: dL/dL, of the kind and shape of the root's data.

    Returns:
        A step for every node that a gradient reaches. Nothing is written into the nodes, so a
        pass that fails leaves no half-made gradients.

    Raises:
        DomainError: a derivative is not finite; the error names the node.
    """
    gradients: dict[int, Any] = {id(root): seed}
    steps: list[Step] = []
    for node in reversed(order(root)):
        if id(node) not in gradients:
            continue
        gradient = gradients[id(node)]
        try:
            parts = node.pull(gradient)
        except DomainError as error:
            error.node = node
            raise
        for parent, part in zip(node.parents, parts, strict=True):
            if part is not None:
                gradients[id(parent)] = gradients.get(id(parent), 0.0) + part
        steps.append(Step(node, gradient, parts))
    return steps
