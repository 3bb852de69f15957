"""Activation functions: a row of the table is a function and its derivative.

Every function writes into an array that its caller owns, so that a training step allocates
nothing. ``z`` is the value before the activation and ``a`` the value after it.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array

LEAKY_SLOPE = 0.01
DEAD_SLOPE = 1e-6
SATURATED_SLOPE = 0.05
_GELU_CUBE = 0.044715
_GELU_RATE = math.sqrt(2.0 / math.pi)
# exp(88) is the largest power that float32 holds, and float64 far from its end: below z = -88
# the sigmoid stays at 6e-39 instead of overflowing on its way to zero.
_EXPONENT_LIMIT = 88.0
# NumPy takes half as long again over a Python number; tanh stands in the inner loop of the default.
_ONE = {np.dtype(kind): np.ones((), kind) for kind in (np.float64, np.float32)}


@dataclass(frozen=True)
class Activation:
    """One activation function.

    Attributes:
        name: its name in an Experiment.
        function: ``function(z, out)`` fills ``out`` with a.
        derivative: ``derivative(z, a, out, scratch)`` fills ``out`` with da/dz; ``scratch`` has
            the same shape and is overwritten. ``out`` and ``scratch`` are neither z nor a.
        lower, upper: what a cannot leave; infinite where there is no bound.
        kink: the z at which the derivative jumps, None when it is smooth.
    """

    name: str
    function: Callable[[Array, Array], object]
    derivative: Callable[[Array, Array, Array, Array], object]
    lower: float = -math.inf
    upper: float = math.inf
    kink: float | None = None

    @property
    def bound(self) -> float | None:
        """The largest |a| that can occur, None when there is none."""
        bound = max(abs(self.lower), abs(self.upper))
        return bound if math.isfinite(bound) else None


def _tanh_derivative(_z: Array, a: Array, out: Array, _scratch: Array) -> None:
    np.multiply(a, a, out)
    np.subtract(_ONE[out.dtype], out, out)


def _relu(z: Array, out: Array) -> None:
    np.maximum(z, 0.0, out=out)


def _relu_derivative(_z: Array, a: Array, out: Array, _scratch: Array) -> None:
    np.sign(a, out)


def sigmoid(z: Array, out: Array) -> None:
    """Fill ``out`` with 1 / (1 + exp(-z)), for any z without overflow."""
    np.negative(z, out)
    np.minimum(out, _EXPONENT_LIMIT, out=out)
    np.exp(out, out)
    np.add(out, 1.0, out)
    np.reciprocal(out, out)


def _sigmoid_derivative(_z: Array, a: Array, out: Array, _scratch: Array) -> None:
    np.subtract(1.0, a, out)
    np.multiply(out, a, out)


def _linear(z: Array, out: Array) -> None:
    np.copyto(out, z)


def _linear_derivative(_z: Array, _a: Array, out: Array, _scratch: Array) -> None:
    out.fill(1.0)


def _leaky_relu(z: Array, out: Array) -> None:
    np.multiply(z, LEAKY_SLOPE, out)
    np.maximum(z, out, out=out)


def _leaky_relu_derivative(z: Array, _a: Array, out: Array, _scratch: Array) -> None:
    np.sign(z, out)
    np.maximum(out, LEAKY_SLOPE, out=out)


def _elu(z: Array, out: Array) -> None:
    # exp(z) - 1 is above z everywhere and 0 where z was cut, so the larger one is the function.
    np.minimum(z, 0.0, out=out)
    np.expm1(out, out)
    np.maximum(z, out, out=out)


def _elu_derivative(z: Array, _a: Array, out: Array, _scratch: Array) -> None:
    np.minimum(z, 0.0, out=out)
    np.exp(out, out)


def _gelu_tanh(z: Array, out: Array) -> None:
    np.multiply(z, z, out)
    np.multiply(out, _GELU_CUBE, out)
    np.add(out, 1.0, out)
    np.multiply(out, z, out)
    np.multiply(out, _GELU_RATE, out)
    np.tanh(out, out)


def _gelu(z: Array, out: Array) -> None:
    """The tanh form; NumPy has no erf. Source: Hendrycks and Gimpel (2016), section 2."""
    _gelu_tanh(z, out)
    np.add(out, 1.0, out)
    np.multiply(out, z, out)
    np.multiply(out, 0.5, out)


def _gelu_derivative(z: Array, _a: Array, out: Array, scratch: Array) -> None:
    """With t = tanh(u): (1 + t) / 2 + z (1 - t^2) u' / 2, written (1 + t)(1 + z (1 - t) u') / 2."""
    _gelu_tanh(z, scratch)
    np.multiply(z, z, out)
    np.multiply(out, 3.0 * _GELU_CUBE, out)
    np.add(out, 1.0, out)
    np.multiply(out, z, out)
    np.multiply(out, _GELU_RATE, out)
    np.negative(scratch, scratch)
    np.add(scratch, 1.0, scratch)
    np.multiply(out, scratch, out)
    np.add(out, 1.0, out)
    np.subtract(2.0, scratch, scratch)
    np.multiply(out, scratch, out)
    np.multiply(out, 0.5, out)


def _silu(z: Array, out: Array) -> None:
    sigmoid(z, out)
    np.multiply(out, z, out)


def _silu_derivative(z: Array, a: Array, out: Array, scratch: Array) -> None:
    """With s = sigmoid(z) and a = z s: s (1 + z - a)."""
    sigmoid(z, scratch)
    np.subtract(z, a, out)
    np.add(out, 1.0, out)
    np.multiply(out, scratch, out)


def _softplus(z: Array, out: Array) -> None:
    np.logaddexp(z, 0.0, out)


def _softplus_derivative(z: Array, _a: Array, out: Array, _scratch: Array) -> None:
    sigmoid(z, out)


def _sine_derivative(z: Array, _a: Array, out: Array, _scratch: Array) -> None:
    np.cos(z, out)


def _step(z: Array, out: Array) -> None:
    np.heaviside(z, 1.0, out)


def _step_derivative(_z: Array, _a: Array, out: Array, _scratch: Array) -> None:
    """Zero, also at the jump: no gradient ever passes, which is why a step cannot learn."""
    out.fill(0.0)


ACTIVATIONS: dict[str, Activation] = {
    row.name: row
    for row in (
        Activation("relu", _relu, _relu_derivative, lower=0.0, kink=0.0),
        Activation("tanh", np.tanh, _tanh_derivative, lower=-1.0, upper=1.0),
        Activation("sigmoid", sigmoid, _sigmoid_derivative, lower=0.0, upper=1.0),
        Activation("linear", _linear, _linear_derivative),
        Activation("leaky-relu", _leaky_relu, _leaky_relu_derivative, kink=0.0),
        Activation("elu", _elu, _elu_derivative, lower=-1.0),
        Activation("gelu", _gelu, _gelu_derivative),
        Activation("silu", _silu, _silu_derivative),
        Activation("softplus", _softplus, _softplus_derivative, lower=0.0),
        Activation("sine", np.sin, _sine_derivative, lower=-1.0, upper=1.0),
        Activation("step", _step, _step_derivative, lower=0.0, upper=1.0, kink=0.0),
    )
}
