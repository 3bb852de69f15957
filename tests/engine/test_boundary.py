"""Maps over the plane: where their cells are, what they show, and how they become bytes."""

import numpy as np
import pytest

from engine.boundary import Boundary, Grid, nice_scale, quantize
from engine.losses import LOSSES
from engine.network import LayerSpec, Network


def network(outputs: int = 1, output_activation: str = "tanh") -> Network:
    made = Network(
        3, [LayerSpec(4, "tanh"), LayerSpec(2, "relu"), LayerSpec(outputs, output_activation)]
    )
    made.initialize("normal", 1.0, np.random.default_rng(4))
    return made


def with_product(points: np.ndarray) -> np.ndarray:
    return np.column_stack([points, points[:, 0] * points[:, 1]])


def test_row_0_is_the_top_and_points_are_cell_centres() -> None:
    """Two cells a side over [-6, 6]: centres at ±3, the first row at x2 = +3."""
    assert Grid(2).points.tolist() == [[-3, 3], [3, 3], [-3, -3], [3, -3]]


@pytest.mark.parametrize(("loss", "outputs"), [("half-squared", 1), ("softmax", 3), ("bce", 1)])
def test_maps_are_what_the_network_predicts_there(loss: str, outputs: int) -> None:
    """Every unit's map is its activation at the cell centres; outputs as the loss presents them."""
    row = LOSSES[loss]
    net = network(outputs, row.output_activation("classification"))
    boundary = Boundary(net, with_product, row, 12, 6)
    boundary.refresh(net)
    for resolution, maps in ((12, boundary.outputs), (6, boundary.maps[-outputs:])):
        raw = net.predict(with_product(Grid(resolution).points)).T
        expected = np.empty_like(raw)
        row.present(raw, expected)

        assert maps.reshape(outputs, -1) == pytest.approx(expected, abs=1e-5)
    activations = net.activations(with_product(Grid(6).points))
    hidden = np.hstack(activations[1:-1]).T
    assert boundary.maps[:-outputs].reshape(6, -1) == pytest.approx(hidden, abs=1e-5)
    large = net.activations(with_product(Grid(12).points))[2].T
    assert boundary.details[1].reshape(2, -1) == pytest.approx(large, abs=1e-5)


def test_refresh_follows_the_parameters_into_the_same_arrays() -> None:
    """After a change of weights the same arrays hold the new maps, in float32."""
    net = network()
    boundary = Boundary(net, with_product, LOSSES["half-squared"], 8, 4)
    boundary.refresh(net)
    maps, before = boundary.maps, boundary.maps.copy()
    net.parameters[...] *= -1.0
    boundary.refresh(net)

    assert boundary.maps is maps
    assert maps.dtype == boundary.outputs.dtype == np.float32
    assert not np.array_equal(maps, before)


@pytest.mark.parametrize(
    ("largest", "scale"),
    [(0.0, 1.0), (np.nan, 1.0), (np.inf, 1.0), (1.0, 1.0), (1.1, 2.0), (2.0, 2.0), (2.1, 5.0),
     (5.1, 10.0), (0.2, 0.2), (float(np.float32(0.2)), 0.2), (0.0003, 0.0005), (7e20, 1e21)],
)  # fmt: skip
def test_scales_are_the_next_round_number(largest: float, scale: float) -> None:
    """1, 2 or 5 times a power of ten, not below the largest value."""
    assert nice_scale(largest) == pytest.approx(scale)


def test_bytes_are_symmetric_and_clipped() -> None:
    """-scale is 0, 0 the middle, +scale 255; beyond it is clipped, and NaN is the middle."""
    values = np.array([-9.0, -2.0, 0.0, 1.0, 2.0, 9.0, np.nan], np.float32)

    assert quantize(values, 2.0).tolist() == [0, 0, 128, 191, 255, 255, 128]


def test_bytes_take_a_scale_for_each_map() -> None:
    """Scales are broadcast, and the given array is filled."""
    out = np.empty((2, 1), np.uint8)
    scales = np.array([[1.0], [10.0]], np.float32)

    assert quantize(np.array([[1.0], [1.0]], np.float32), scales, out) is out
    assert out.tolist() == [[255], [140]]
