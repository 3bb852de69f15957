"""Gradient clipping: how much of a gradient reaches the optimizer."""

import math
from collections.abc import Callable

import numpy as np

from engine.arrays import Array

# PyTorch's clip_grad_norm_ divides by this much more than the norm.
_NORM_MARGIN = 1e-6


def _none(gradient: Array, _limit: float, _out: Array) -> Array:
    return gradient


def _norm(gradient: Array, limit: float, out: Array) -> Array:
    """The gradient, made shorter where its Euclidean norm exceeds the limit."""
    norm = math.sqrt(gradient.dot(gradient))
    np.multiply(gradient, min(limit / (norm + _NORM_MARGIN), 1.0), out)
    return out


def _value(gradient: Array, limit: float, out: Array) -> Array:
    """Every entry within -limit and limit."""
    np.minimum(gradient, limit, out=out)
    np.maximum(out, -limit, out=out)
    return out


# clip(gradient, limit, out) -> the gradient to use: ``out``, or ``gradient`` itself if unclipped.
CLIPPINGS: dict[str, Callable[[Array, float, Array], Array]] = {
    "none": _none,
    "norm": _norm,
    "value": _value,
}
