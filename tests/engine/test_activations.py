"""The table of activations: values, slopes, bounds, and what dead and saturated mean."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS, Activation
from engine.arrays import Array

# At z = -2, 0.5 and 3, from the defining formulas.
VALUES = {
    "relu": (0.0, 0.5, 3.0),
    "tanh": tuple(math.tanh(z) for z in (-2.0, 0.5, 3.0)),
    "sigmoid": tuple(1.0 / (1.0 + math.exp(-z)) for z in (-2.0, 0.5, 3.0)),
    "linear": (-2.0, 0.5, 3.0),
    "leaky-relu": (-0.02, 0.5, 3.0),
    "elu": (math.exp(-2.0) - 1.0, 0.5, 3.0),
    "gelu": tuple(
        0.5 * z * (1.0 + math.tanh(math.sqrt(2.0 / math.pi) * (z + 0.044715 * z**3)))
        for z in (-2.0, 0.5, 3.0)
    ),
    "silu": tuple(z / (1.0 + math.exp(-z)) for z in (-2.0, 0.5, 3.0)),
    "softplus": tuple(math.log(1.0 + math.exp(z)) for z in (-2.0, 0.5, 3.0)),
    "sine": tuple(math.sin(z) for z in (-2.0, 0.5, 3.0)),
    "step": (0.0, 1.0, 1.0),
}
rows = pytest.mark.parametrize("row", ACTIVATIONS.values(), ids=list(ACTIVATIONS))


def apply(row: Activation, z: Array) -> tuple[Array, Array]:
    """a and da/dz."""
    a, slope, scratch = (np.full_like(z, np.nan) for _ in range(3))
    row.function(z, a)
    row.derivative(z, a, slope, scratch)
    return a, slope


def test_table_has_the_eleven_names() -> None:
    """Names in an Experiment are these, in this order."""
    assert list(ACTIVATIONS) == list(VALUES)


@rows
def test_values_are_those_of_the_formula(row: Activation) -> None:
    """Each function at -2, 0.5 and 3."""
    a, _ = apply(row, np.array([[-2.0, 0.5, 3.0]]))

    assert a[0] == pytest.approx(VALUES[row.name], rel=1e-14)


@rows
@given(z=st.floats(-6.0, 6.0).filter(lambda z: abs(z) > 1e-3))
def test_derivative_is_the_slope_of_the_function(row: Activation, z: float) -> None:
    """Central differences agree everywhere but at a kink."""
    h = 1e-6
    a, slope = apply(row, np.array([[z - h, z, z + h]]))

    assert slope[0, 1] == pytest.approx((a[0, 2] - a[0, 0]) / (2.0 * h), abs=1e-8)


@rows
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_thousands_neither_overflow_nor_warn(row: Activation, dtype: type) -> None:
    """At |z| = 1,000 values and slopes are finite, in the array's own precision."""
    a, slope = apply(row, np.array([[-1000.0, -100.0, 0.0, 100.0, 1000.0]], dtype))

    assert np.isfinite(a).all()
    assert np.isfinite(slope).all()
    assert a.dtype == slope.dtype == dtype


@rows
def test_not_a_number_stays_visible(row: Activation) -> None:
    """NaN comes out as NaN, so that divergence is seen."""
    with np.errstate(invalid="ignore"):
        a, _ = apply(row, np.array([[np.nan]]))

    assert np.isnan(a).all()


@rows
@given(z=st.floats(-1e3, 1e3))
def test_values_keep_within_the_bounds_that_the_row_states(row: Activation, z: float) -> None:
    """``lower`` and ``upper`` are never left, and ``bound`` is the larger of them."""
    a, _ = apply(row, np.array([[z]]))

    assert row.lower <= a[0, 0] <= row.upper
    assert row.bound is None or abs(a[0, 0]) <= row.bound


def test_relu_passes_nothing_at_zero() -> None:
    """ReLU'(0) = 0, as in the Playground and in PyTorch."""
    _, slope = apply(ACTIVATIONS["relu"], np.array([[0.0, -0.0]]))

    assert not slope.any()
