"""What a page is shown of a run: frames of the network, and the data that it learns from."""

from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from app.close_up import close_up_scalars, close_up_shape, write_close_up
from app.protocol import CLOSE_UP_SCALARS, SCALARS, Detail, encode, frame_layout
from app.run import Run
from engine.boundary import EXTENT, Boundary, Grid, nice_scale, quantize
from engine.datasets import FEATURES, features
from engine.diagnosis import AILMENTS, LayerHealth, examine
from engine.losses import LOSSES
from engine.statistics import layer_statistics

Array = npt.NDArray[np.float64]

FEATURE_LATTICE = 25
# The byte that says that nothing is wrong; ailments follow in their order.
WELL = 0
CODES = {ailment: code for code, ailment in enumerate(AILMENTS, start=WELL + 1)}


class Camera:
    """Takes the frames of one run at one level of detail; its arrays are allocated once."""

    def __init__(self, run: Run, detail: Detail) -> None:
        """Makes room.

        Args:
            run: whose frames are taken; changes of its numbers are seen, those of its shape and
                of its batches not.
            detail: resolutions, focus, probe and what is selected, all within the run's network.
        """
        self._run = run
        self._detail = detail
        network = run.trainer.network
        self._loss = LOSSES[run.experiment.loss]
        self._boundary = Boundary(
            network,
            partial(features, names=run.experiment.features),
            self._loss,
            detail.output,
            detail.map,
        )
        self._layout = frame_layout(
            parameters=network.parameters.size,
            units=network.units,
            layers=len(network.layers),
            outputs=network.n_out,
            map_resolution=detail.map,
            output_resolution=detail.output,
            focus=detail.focus,
            probe=detail.probe is not None,
            close_up=None if detail.selected is None else close_up_shape(run, detail.selected),
        )
        self._views = self._layout.views
        ends = np.cumsum([layer.units for layer in network.layers])
        self._starts = [0, *map(int, ends[:-1])]
        self._free_units = self._make_scales()

    def take(self, *, playing: bool) -> bytes:
        """A frame of the run as it stands."""
        # float64 becomes float32 here: what is larger than that shows as infinite.
        with np.errstate(all="ignore"):
            self._write_numbers(playing=playing)
            self._write_signals()
            self._write_findings()
            self._write_maps()
            if self._detail.selected is not None:
                write_close_up(self._run, self._detail.selected, self._views)
        return self._layout.pack()

    def _write_numbers(self, *, playing: bool) -> None:
        trainer, examples = self._run.trainer, self._run.examples
        train = trainer.evaluate(trainer.X, trainer.y)
        test = trainer.evaluate(examples.X[examples.train :], examples.y[examples.train :])
        scalars: dict[str, float] = {
            "run": self._run.number,
            "step": trainer.step,
            "epoch": trainer.epoch,
            "batch": trainer.batch,
            "batches": trainer.batches_per_epoch,
            "batch_rows": trainer.batch_rows,
            "sample": trainer.sample,
            "applied": trainer.applied,
            "learning_rate": trainer.learning_rate,
            "loss": trainer.loss,
            "train_loss": train.loss,
            "test_loss": test.loss,
            "penalty": trainer.penalty(),
            "train_accuracy": train.accuracy,
            "test_accuracy": test.accuracy,
            "playing": playing,
        }
        names: tuple[str, ...] = SCALARS
        if self._detail.selected is not None:
            names += CLOSE_UP_SCALARS
            scalars |= close_up_scalars(self._run, self._detail.selected)
        self._views["scalars"][:] = [scalars[name] for name in names]
        self._views["parameters"][:] = trainer.network.parameters
        self._views["gradient"][:] = trainer.gradient
        self._views["update"][:] = trainer.update

    def _write_signals(self) -> None:
        trace = self._run.trainer.trace
        for start, layer in zip(self._starts, trace.passes, strict=True):
            units = slice(start, start + len(layer.a))
            # delta carries 1/batch: its sum is the mean error signal of an example.
            self._views["delta"][units] = np.add.reduce(layer.delta, 1)
            squares = np.einsum("ub,ub->u", layer.delta, layer.delta)
            self._views["delta_rms"][units] = np.sqrt(squares * trace.batch)
            self._views["activation"][units] = np.add.reduce(layer.a, 1) / trace.batch

    def _write_findings(self) -> None:
        trainer, views = self._run.trainer, self._views
        healths = examine(trainer.network, trainer.trace)
        views["statistics"][:] = layer_statistics(trainer, healths)
        views["layer_ailments"][:] = [_code(health) for health in healths]
        codes = views["unit_ailments"]
        codes.fill(WELL)
        for start, health in zip(self._starts, healths, strict=True):
            for ailment, units in health.ailments.items():
                codes[start : start + len(units)][units] = CODES[ailment]

    def _write_maps(self) -> None:
        boundary, views = self._boundary, self._views
        boundary.refresh(self._run.trainer.network)
        scales = views["scales"]
        if len(self._free_units):
            highest = np.abs(boundary.maps[self._free_units]).max(axis=(1, 2))
            scales[self._free_units] = [nice_scale(float(value)) for value in highest]
        quantize(boundary.maps, scales[:, None, None], views["maps"])
        output_scales = scales[self._starts[-1] :, None, None]
        quantize(boundary.outputs, output_scales, views["outputs"])
        if self._detail.focus is not None:
            self._write_focus(*self._detail.focus)
        if self._detail.probe is not None:
            self._write_probe(*self._detail.probe)

    def _write_focus(self, layer: int, unit: int) -> None:
        output = layer == len(self._starts)
        maps = self._boundary.outputs if output else self._boundary.details[layer - 1]
        scale = self._views["scales"][self._starts[layer - 1] + unit]
        quantize(maps[unit], float(scale), self._views["focus"])

    def _write_probe(self, x1: float, x2: float) -> None:
        inputs = features(np.array([[x1, x2]]), self._run.experiment.features)
        *hidden, outputs = self._run.trainer.network.activations(inputs)[1:]
        shown = np.empty_like(outputs.T)
        self._loss.present(np.ascontiguousarray(outputs.T), shown)
        self._views["probe"][:] = np.concatenate([*(a[0] for a in hidden), shown[:, 0]])

    def _make_scales(self) -> npt.NDArray[np.intp]:
        """Fills in the scales that never change, and returns the units whose scales follow them.

        A bounded activation keeps its bound, so that a picture does not flicker; outputs are drawn
        on the scale of their targets, because both are seen in one picture.
        """
        scales = self._views["scales"]
        free: list[int] = []
        *hidden, output = zip(self._starts, self._run.trainer.network.layers, strict=True)
        for start, layer in hidden:
            if layer.activation.bound is None:
                free += range(start, start + layer.units)
            else:
                scales[start : start + layer.units] = layer.activation.bound
        scales[output[0] :] = target_scale(self._run)
        return np.array(free, dtype=np.intp)


def _code(health: LayerHealth) -> int:
    return WELL if health.ailment is None else CODES[health.ailment]


def target_scale(run: Run) -> float:
    """The value that outputs are drawn against: 1, or more where a person's points reach higher."""
    if run.experiment.problem == "regression" and run.experiment.points is not None:
        return max(1.0, nice_scale(float(np.max(np.abs(run.examples.targets)))))
    return 1.0


def encode_data(run: Run, map_resolution: int) -> bytes:
    """The "data" message: the points, and a map of every feature that there is."""
    examples = run.examples
    grid = Grid(map_resolution)
    maps = features(grid.points.astype(np.float64), list(FEATURES)).T.reshape(
        -1, map_resolution, map_resolution
    )
    scales = _feature_scales()
    test = np.zeros(len(examples.points), np.uint8)
    test[examples.train :] = 1
    arrays: dict[str, npt.NDArray[Any]] = {
        "points": examples.points.astype(np.float32),
        "targets": examples.targets.astype(np.float32),
        "input_scales": scales.astype(np.float32),
        "test": test,
        "inputs": quantize(maps, scales[:, None, None]),
    }
    return encode("data", arrays, {"run": str(run.number), "features": ",".join(FEATURES)})


def _feature_scales() -> Array:
    """(7,) the whole number that each feature reaches over the plane: 6, 36 or 1."""
    edge = np.linspace(-EXTENT, EXTENT, FEATURE_LATTICE)
    lattice = np.stack(np.meshgrid(edge, edge), axis=-1).reshape(-1, 2)
    highest: Array = np.ceil(np.abs(features(lattice, list(FEATURES))).max(axis=0))
    return highest
