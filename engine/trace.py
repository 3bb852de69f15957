"""Trace: everything that one pass through a network leaves behind, for whoever wants to look.

Rows are examples in every public view, layers count from 1, and the list of a layer's arrays
is indexed by its number: ``trace.z[1]`` is the first layer's. ``a[0]`` is X. The views look
into arrays that the next pass overwrites.
"""

from collections.abc import Sequence

import numpy as np

from engine.arrays import Array
from engine.layers import Dense, Pass


class Trace:
    """The arrays of one forward and backward pass over a batch, allocated once.

    Attributes:
        batch: examples in the pass.
        rows: (n_in + 1, batch) the inputs, feature-major, with a last row of ones. Whoever
            starts a pass sets it; it may be a view of a larger array.
        passes: one for each layer.
        gradient: (P,) dL/dparameters, laid out as the network's parameters.
    """

    def __init__(self, layers: Sequence[Dense], batch: int, gradient: Array) -> None:
        self.batch = batch
        self.gradient = gradient
        self.rows = np.ones((layers[0].n_in + 1, batch), gradient.dtype)
        self._layers = layers
        passes: list[Pass] = []
        self._blocks: list[Array] = []
        start = 0
        for layer in layers:
            stretch = gradient[start : start + layer.size]
            passes.append(layer.make_pass(batch, stretch))
            self._blocks.append(stretch.reshape(layer.n_in + 1, layer.units))
            start += layer.size
        self.passes = tuple(passes)

    def set_inputs(self, X: Array) -> None:
        """Copy X (batch, n_in) in."""
        self.rows[:-1] = X.T

    @property
    def X(self) -> Array:
        """(batch, n_in) the inputs."""
        return self.rows[:-1].T

    @property
    def z(self) -> list[Array]:
        """Before the activation, (batch, units) each; ``z[0]`` is X, so that numbers match."""
        return [self.X, *(step.z.T for step in self.passes)]

    @property
    def a(self) -> list[Array]:
        """After the activation, (batch, units) each; ``a[0]`` is X."""
        return [self.X, *(step.a.T for step in self.passes)]

    @property
    def slope(self) -> list[Array]:
        """da/dz, (batch, units) each; ``slope[0]`` is empty."""
        return [_nothing(self.batch), *(step.slope.T for step in self.passes)]

    @property
    def da(self) -> list[Array]:
        """dL/da with 1/batch in it, (batch, units) each; ``da[0]`` is empty."""
        return [_nothing(self.batch), *(step.da.T for step in self.passes)]

    @property
    def delta(self) -> list[Array]:
        """dL/dz with 1/batch in it, (batch, units) each; ``delta[0]`` is empty."""
        return [_nothing(self.batch), *(step.delta.T for step in self.passes)]

    @property
    def dW(self) -> list[Array]:
        """dL/dW, (n_in, units) each; ``dW[0]`` is empty."""
        return [_nothing(0), *(block[:-1] for block in self._blocks)]

    @property
    def db(self) -> list[Array]:
        """dL/db, (units,) each; ``db[0]`` is empty."""
        return [_nothing(0)[:, 0:0].reshape(0), *(block[-1] for block in self._blocks)]


def _nothing(rows: int) -> Array:
    return np.empty((rows, 0))
