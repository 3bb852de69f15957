"""Where the parameters start: a row of the table fills one layer's block."""

import math
from collections.abc import Callable

import numpy as np

from engine.arrays import Array

PLAYGROUND_BIAS = 0.1

Initializer = Callable[[np.random.Generator, int, int, float], Array]


def _block(weights: Array, bias: float) -> Array:
    """Weights (n_in, n_out) with the biases as the last row: (n_in + 1, n_out)."""
    return np.vstack([weights, np.full((1, weights.shape[1]), bias)])


def _playground(rng: np.random.Generator, n_in: int, n_out: int, scale: float) -> Array:
    """Uniform in [-0.5, 0.5), bias 0.1. Source: TensorFlow Playground, ``nn.ts``."""
    return _block(rng.uniform(-0.5, 0.5, (n_in, n_out)) * scale, PLAYGROUND_BIAS)


def _zeros(_rng: np.random.Generator, n_in: int, n_out: int, _scale: float) -> Array:
    return np.zeros((n_in + 1, n_out))


def _normal(rng: np.random.Generator, n_in: int, n_out: int, scale: float) -> Array:
    return _block(rng.normal(0.0, 1.0, (n_in, n_out)) * scale, 0.0)


def _glorot_uniform(rng: np.random.Generator, n_in: int, n_out: int, scale: float) -> Array:
    """Source: Glorot and Bengio (2010), equation 16."""
    limit = math.sqrt(6.0 / (n_in + n_out))
    return _block(rng.uniform(-limit, limit, (n_in, n_out)) * scale, 0.0)


def _glorot_normal(rng: np.random.Generator, n_in: int, n_out: int, scale: float) -> Array:
    """Variance 2 / (n_in + n_out). Source: Glorot and Bengio (2010), equation 12."""
    deviation = math.sqrt(2.0 / (n_in + n_out))
    return _block(rng.normal(0.0, deviation, (n_in, n_out)) * scale, 0.0)


def _he_uniform(rng: np.random.Generator, n_in: int, n_out: int, scale: float) -> Array:
    limit = math.sqrt(6.0 / n_in)
    return _block(rng.uniform(-limit, limit, (n_in, n_out)) * scale, 0.0)


def _he_normal(rng: np.random.Generator, n_in: int, n_out: int, scale: float) -> Array:
    """Variance 2 / n_in. Source: He et al. (2015), equation 10."""
    return _block(rng.normal(0.0, math.sqrt(2.0 / n_in), (n_in, n_out)) * scale, 0.0)


# Every rule multiplies its weights by ``scale``: 1 is the rule as published.
INITIALIZERS: dict[str, Initializer] = {
    "playground": _playground,
    "zeros": _zeros,
    "normal": _normal,
    "glorot-uniform": _glorot_uniform,
    "glorot-normal": _glorot_normal,
    "he-uniform": _he_uniform,
    "he-normal": _he_normal,
}
