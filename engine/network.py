"""Network: dense layers over one flat parameter vector."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.initializers import INITIALIZERS
from engine.layers import Dense
from engine.trace import Trace


class LayerSpec(NamedTuple):
    """What a layer is asked to be."""

    units: int
    activation: str


class Network:
    """Layers whose parameters lie one after another in a single vector.

    Attributes:
        n_in: inputs of the first layer.
        parameters: (P,) every weight and bias; a layer's stretch is its (n_in + 1, units) block
            row by row, the last row its biases. It is written in place and never replaced.
        layers: with ``W`` (n_in, units) and ``b`` (units,), views of it.
    """

    def __init__(
        self, n_in: int, layers: Sequence[LayerSpec], dtype: npt.DTypeLike = np.float64
    ) -> None:
        if n_in < 1 or not layers or any(spec.units < 1 for spec in layers):
            raise ValueError(f"expected at least 1 input, layer and unit, got {n_in}, {layers}")
        self.n_in = n_in
        self.spec = tuple(LayerSpec(*spec) for spec in layers)
        widths = [n_in, *(spec.units for spec in self.spec)]
        sizes = [(before + 1) * units for before, units in pairwise(widths)]
        ends = np.cumsum(sizes)
        self.parameters: Array = np.zeros(ends[-1], dtype)
        self.slices = tuple(slice(int(e) - s, int(e)) for e, s in zip(ends, sizes, strict=True))
        self.layers = tuple(
            Dense(self.parameters[part], before, *spec)
            for part, before, spec in zip(self.slices, widths, self.spec, strict=False)
        )

    @property
    def n_out(self) -> int:
        """Units of the last layer."""
        return self.layers[-1].units

    @property
    def units(self) -> int:
        """Units of all layers together."""
        return sum(layer.units for layer in self.layers)

    def initialize(self, initializer: str, scale: float, rng: np.random.Generator) -> None:
        """Fill the parameters, layer by layer, from ``rng``."""
        rule = INITIALIZERS[initializer]
        for layer in self.layers:
            layer.block[...] = rule(rng, layer.n_in, layer.units, scale)

    def is_weight(self) -> npt.NDArray[np.bool_]:
        """(P,) True for a weight, False for a bias."""
        mask = np.ones(self.parameters.shape, dtype=bool)
        for part, layer in zip(self.slices, self.layers, strict=True):
            mask[part][-layer.units :] = False
        return mask

    def trace(self, batch: int, gradient: Array | None = None) -> Trace:
        """Room for passes over ``batch`` examples; several traces may share one gradient (P,)."""
        if gradient is None:
            gradient = np.zeros_like(self.parameters)
        return Trace(self.layers, batch, gradient)

    def forward(self, trace: Trace) -> Array:
        """From ``trace.rows`` to the outputs (n_out, batch), feature-major."""
        rows = trace.rows
        for layer in trace.passes:
            rows = layer.forward(rows)
        return trace.passes[-1].a

    def backward(self, trace: Trace) -> None:
        """From dL/da of the last layer, which the loss has put there, to ``trace.gradient``."""
        passes = trace.passes
        for number in range(len(passes) - 1, 0, -1):
            layer = passes[number]
            layer.receive()
            layer.pass_on(passes[number - 1].da)
        passes[0].receive()

    def activations(self, X: npt.ArrayLike) -> list[Array]:
        """What every layer says to X (n, n_in): a list of (n, units), X itself first."""
        inputs = np.asarray(X, self.parameters.dtype)
        if inputs.ndim != 2 or inputs.shape[1] != self.n_in:
            raise ValueError(f"expected inputs of shape (n, {self.n_in}), got {inputs.shape}")
        a = [inputs]
        for layer in self.layers:
            z = a[-1] @ layer.W + layer.b
            out = np.empty_like(z)
            layer.activation.function(z, out)
            a.append(out)
        return a

    def predict(self, X: npt.ArrayLike) -> Array:
        """Outputs (n, n_out) for X (n, n_in)."""
        return self.activations(X)[-1]
