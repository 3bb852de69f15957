"""One result in an expression graph of arrays: what it is, and what it was made from."""

from typing import Any, Protocol

import numpy as np

from engine.array_operations import Array, ArrayOperation, Settings, reduced
from engine.operations import DomainError, Fault, Operation, slope


class Owner(Protocol):
    """What collects the gradients that arrive at a node."""

    def accumulate(self, gradient: Array) -> None:
        """Add a gradient, of the node's shape, to those that came before."""


class Node:
    """An immutable result in an expression graph.

    Attributes:
        data: float64, or int64 and bool, which take no gradient.
        parents: the nodes that it was computed from.
        operation: the row that made it; None for a leaf.
        constants: operands that are no nodes, such as an exponent.
        settings: what an array operation was told besides, such as its axis.
        needs_gradient: whether a gradient flows into it.
        owner: what collects the gradients that arrive here, if anything does.
    """

    __slots__ = (
        "constants", "data", "needs_gradient", "operation", "owner", "parents", "settings",
    )

    def __init__(
        self,
        data: Any,
        parents: tuple["Node", ...] = (),
        operation: Operation | ArrayOperation | None = None,
        constants: tuple[float, ...] = (),
        settings: Settings | None = None,
    ) -> None:
        self.data = np.asarray(data)
        self.data.flags.writeable = False
        self.parents = parents
        self.operation = operation
        self.constants = constants
        self.settings = settings or {}
        self.needs_gradient: bool = any(parent.needs_gradient for parent in parents)
        self.owner: Owner | None = None

    def locals(self) -> tuple[Array | None, ...]:
        """For each parent the local derivative, element by element; None where it has no such form.

        It broadcasts to the shape of ``data``. Parents that take no gradient have None.
        """
        if not isinstance(self.operation, Operation):
            return (None,) * len(self.parents)
        operands = (*(as_float(parent.data) for parent in self.parents), *self.constants)
        return tuple(
            np.asarray(slope(self.operation, position, operands, as_float(self.data)))
            if parent.needs_gradient
            else None
            for position, parent in enumerate(self.parents)
        )

    def pull(self, gradient: Array) -> tuple[Array | None, ...]:
        """What each parent receives of ``gradient``, in its own shape; None if it takes none.

        Raises:
            DomainError: a derivative, or a product with one, is not finite.
        """
        if self.operation is None:
            return ()
        with np.errstate(all="ignore"):
            parts = self._parts(gradient)
        for position, part in enumerate(parts):
            if part is not None and not np.isfinite(part).all():
                raise DomainError(self.operation.name, (), Fault.OVERFLOW, position)
        return parts

    def _parts(self, gradient: Array) -> tuple[Array | None, ...]:
        if isinstance(self.operation, ArrayOperation):
            operands = [as_float(parent.data) for parent in self.parents]
            return tuple(
                self.operation.pull(gradient, operands, self.data, self.settings, position)
                if parent.needs_gradient
                else None
                for position, parent in enumerate(self.parents)
            )
        return tuple(
            None if local is None else reduced(np.asarray(gradient * local), parent.data.shape)
            for local, parent in zip(self.locals(), self.parents, strict=True)
        )


def as_float(data: Any) -> Array:
    """Data in float64, which is what every operation computes with."""
    return np.asarray(data, dtype=np.float64)
