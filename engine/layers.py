"""What a layer is, and the dense one.

A layer owns a stretch of the network's parameter vector. For a batch it makes a pass: the
arrays of one trip forward and backward, allocated once. A pass does three things, and any other
kind of layer only has to do the same three: ``forward`` sends activations on, ``receive`` takes
dL/da and works out the layer's own share of it, ``pass_on`` sends the rest to the layer before.

Arrays are feature-major here, (units, batch), and the activations carry a last row of ones, so
that the bias rides along in the matrix product.
"""

from typing import Any, Protocol

import numpy as np

from engine.activations import ACTIVATIONS, Activation
from engine.arrays import Array


class Pass(Protocol):
    """One layer's arrays for a batch, and its three acts."""

    z: Array
    a: Array
    slope: Array
    da: Array
    delta: Array

    def forward(self, rows: Array) -> Array:
        """From the rows (n_in + 1, batch) of the layer before to this layer's rows."""

    def receive(self) -> None:
        """From ``da`` to ``delta`` and to this layer's part of the gradient."""

    def pass_on(self, da_prev: Array) -> None:
        """From ``delta`` to dL/da of the layer before."""


class Layer(Protocol):
    """A stretch of the parameter vector and a way to make passes over it."""

    units: int
    activation: Activation
    size: int

    def make_pass(self, batch: int, gradient: Array) -> Pass:
        """A pass for ``batch`` examples that writes its gradient into ``gradient`` (size,)."""


class Dense:
    """z = a_prev @ W + b, a = activation(z).

    Attributes:
        W: (n_in, n_out) weights, a view of the network's parameters.
        b: (n_out,) biases, a view too.
        block: (n_in + 1, n_out) both in one, b as the last row.
        size: how many numbers that is.
    """

    def __init__(self, parameters: Array, n_in: int, units: int, activation: str) -> None:
        self.n_in = n_in
        self.units = units
        self.activation = ACTIVATIONS[activation]
        self.size = (n_in + 1) * units
        self.block = parameters.reshape(n_in + 1, units)
        self.W = self.block[:-1]
        self.b = self.block[-1]

    def make_pass(self, batch: int, gradient: Array) -> "DensePass":
        return DensePass(self, batch, gradient.reshape(self.n_in + 1, self.units))


class DensePass:
    """The arrays of one dense layer for one batch, every view bound before the loop begins.

    Attributes:
        z, a, slope, da, delta: (units, batch): before and after the activation, da/dz, dL/da
            and dL/dz, which carries 1/batch.
        block: (n_in + 1, units) this layer's part of the gradient, db as the last row.
    """

    def __init__(self, layer: Dense, batch: int, block: Array) -> None:
        shape = (layer.units, batch)
        dtype: np.dtype[Any] = layer.block.dtype
        self.z, self.slope, self.da, self.delta = (np.zeros(shape, dtype) for _ in range(4))
        self.block = block
        self._rows = np.ones((layer.units + 1, batch), dtype)
        self._rows_before = self._rows
        self.a = self._rows[:-1]
        self._delta_columns = self.delta.T
        self._activate = layer.activation.function
        self._differentiate = layer.activation.derivative
        # Methods of the views themselves: np.dot(x, y, out) looks its arguments over first.
        self._affine = layer.block.T.dot
        self._weigh = layer.W.dot

    def forward(self, rows: Array) -> Array:
        """z = a_prev @ W + b; a = activation(z)."""
        self._rows_before = rows
        self._affine(rows, self.z)
        self._activate(self.z, self.a)
        return self._rows

    def receive(self) -> None:
        """delta = da * activation'(z); dW = a_prev.T @ delta and db, the sum of delta, in one."""
        self._differentiate(self.z, self.a, self.slope, self.delta)
        np.multiply(self.da, self.slope, self.delta)
        self._rows_before.dot(self._delta_columns, self.block)

    def pass_on(self, da_prev: Array) -> None:
        """da_prev = delta @ W.T."""
        self._weigh(self.delta, da_prev)
