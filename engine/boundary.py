"""What every neuron says over the plane: its output at the cell centres of a square grid."""

import math
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.losses import Loss
from engine.network import LayerSpec, Network

EXTENT = 6.0

Features = Callable[[Array], Array]


class Grid:
    """Cell centres of a square picture of the plane.

    Attributes:
        resolution: R, cells along a side.
        points: (R * R, 2), row by row; row 0 is the top, where x2 is largest.
    """

    def __init__(self, resolution: int, extent: float = EXTENT) -> None:
        if resolution < 1:
            raise ValueError(f"expected a resolution of at least 1, got {resolution}")
        self.resolution = resolution
        centres = (np.arange(resolution) + 0.5) / resolution * 2.0 * extent - extent
        x1, x2 = np.meshgrid(centres, -centres)
        self.points: Array = np.column_stack([x1.ravel(), x2.ravel()])


class Sheet:
    """Every layer's activations over one grid, in float32, allocated once.

    Attributes:
        resolution: R of the grid.
        layers: (units, R, R) for each layer, before ``Loss.present``.
    """

    def __init__(self, spec: Sequence[LayerSpec], features: Features, grid: Grid) -> None:
        self.resolution = grid.resolution
        side, cells = grid.resolution, len(grid.points)
        inputs = np.asarray(features(grid.points), np.float32)
        self._inputs = np.ascontiguousarray(np.vstack([inputs.T, np.ones((1, cells), np.float32)]))
        self._rows = [np.ones((layer.units + 1, cells), np.float32) for layer in spec]
        self._z = np.empty((max(layer.units for layer in spec), cells), np.float32)
        self.layers = tuple(rows[:-1].reshape(-1, side, side) for rows in self._rows)

    def fill(self, network: Network) -> None:
        """Compute all layers with ``network``, a float32 one."""
        before = self._inputs
        for layer, rows in zip(network.layers, self._rows, strict=True):
            z = self._z[: layer.units]
            np.dot(layer.block.T, before, z)
            layer.activation.function(z, rows[:-1])
            before = rows


class Boundary:
    """Maps of a network for drawing: all units small, the outputs large.

    Attributes:
        outputs: (K, R, R) float32, as ``Loss.present`` shows them.
        maps: (N, r, r) float32, units of layer 1 to L in order; the last K are outputs, presented.
        details: for each layer (units, R, R) float32, not presented: a unit in the large size.
    """

    def __init__(
        self,
        network: Network,
        features: Features,
        loss: Loss,
        output_resolution: int,
        map_resolution: int,
    ) -> None:
        """Make room.

        Args:
            network: its shape counts, not its numbers; ``refresh`` takes those.
            features: from points (n, 2) to the network's inputs (n, n_in).
            loss: how outputs are shown.
            output_resolution: R, cells along a side of the large maps.
            map_resolution: r, of the small ones.
        """
        self._network = Network(network.n_in, network.spec, np.float32)
        self._present = loss.present
        self._large = Sheet(network.spec, features, Grid(output_resolution))
        self._small = Sheet(network.spec, features, Grid(map_resolution))
        self.details = self._large.layers
        self.outputs = np.zeros_like(self.details[-1])
        side = map_resolution
        self.maps = np.zeros((network.units, side, side), np.float32)
        ends = np.cumsum([layer.units for layer in network.spec])
        starts = [0, *ends[:-1]]
        self._shelves = [self.maps[s:e] for s, e in zip(starts, ends, strict=True)]

    def refresh(self, network: Network) -> None:
        """Fill ``outputs``, ``maps`` and ``details`` with what ``network`` computes now."""
        with np.errstate(all="ignore"):
            np.copyto(self._network.parameters, network.parameters, casting="same_kind")
            self._large.fill(self._network)
            self._small.fill(self._network)
            self._present_rows(self._large.layers[-1], self.outputs)
            *hidden, outputs = zip(self._small.layers, self._shelves, strict=True)
            for layer, shelf in hidden:
                np.copyto(shelf, layer)
            self._present_rows(*outputs)

    def _present_rows(self, maps: Array, out: Array) -> None:
        units = len(maps)
        self._present(maps.reshape(units, -1), out.reshape(units, -1))


def nice_scale(max_abs: float) -> float:
    """The smallest of 1, 2, 5 x 10^k that is not below ``max_abs``; 1 for zero or non-finite."""
    if not (math.isfinite(max_abs) and max_abs > 0.0):
        return 1.0
    power = 10.0 ** math.floor(math.log10(max_abs))
    # The margin forgives float32's rounding: 0.2 as a float32 is a little more than 0.2.
    ceiling = (step * power for step in (1.0, 2.0, 5.0, 10.0))
    return next((scale for scale in ceiling if max_abs <= scale * 1.000001), 10.0 * power)


def quantize(
    values: Array, scale: float | Array, out: npt.NDArray[np.uint8] | None = None
) -> npt.NDArray[np.uint8]:
    """Bytes round(127.5 + 127.5 * value / scale), clipped to 0..255; NaN becomes the middle, 128.

    Args:
        values: any shape.
        scale: the value that becomes 255; an array is broadcast against ``values``.
        out: same shape as ``values``, where given.
    """
    if out is None:
        out = np.empty(values.shape, np.uint8)
    with np.errstate(all="ignore"):
        levels = values * (127.5 / scale)
        levels += 127.5
        np.rint(levels, levels)
        np.clip(levels, 0.0, 255.0, levels)
    np.nan_to_num(levels, copy=False, nan=128.0)
    np.copyto(out, levels, casting="unsafe")
    return out
