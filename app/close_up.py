"""The part of a frame about what is selected: one weight, or one unit with its bias."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from app.protocol import MAX_EXAMPLES, CloseUpShape, Selected
from app.run import Run
from engine.losses import LOSSES
from engine.microscope.close_up import contributions, source, unit_signals

Views = Mapping[str, npt.NDArray[Any]]


def close_up_shape(run: Run, selected: Selected) -> CloseUpShape:
    """How much room it takes; larger or smaller batches need another one."""
    trainer = run.trainer
    layers = trainer.network.layers
    layer = selected[0]
    return CloseUpShape(
        selected=selected,
        rows=min(MAX_EXAMPLES, trainer.recipe.batch_size, len(trainer.X)),
        n_in=layers[layer - 1].n_in,
        n_next=layers[layer].units if layer < len(layers) else None,
    )


def close_up_scalars(run: Run, selected: Selected) -> dict[str, float]:
    """What all examples of the pass come to, however many of them a frame shows."""
    trainer = run.trainer
    each = contributions(trainer.trace, *selected)
    above, below = each[each > 0], each[each < 0]
    return {
        "positive_count": len(above),
        "positive_sum": float(above.sum()),
        "negative_count": len(below),
        "negative_sum": float(below.sum()),
        "plain_rate": trainer.plain_rate(_index(run, selected)),
    }


def write_close_up(run: Run, selected: Selected, views: Views) -> None:
    """Fills in the arrays, from the pass that made the gradient shown."""
    trace = run.trainer.trace
    layer, from_, to = selected
    rows = min(len(views["selected"]), trace.batch)
    for name in ("selected", "incoming_a", "outgoing_delta", "answer"):
        if name in views:
            views[name][rows:] = np.nan
    columns = (
        source(trace, layer, from_),
        *unit_signals(trace, layer, to),
        contributions(trace, layer, from_, to),
    )
    for column, numbers in enumerate(columns):
        views["selected"][:rows, column] = numbers[:rows]
    if from_ is not None:
        return
    blocks = _blocks_before(run)
    views["incoming"][:] = blocks[layer - 1][:, to]
    views["incoming_a"][:rows] = trace.a[layer - 1][:rows]
    if layer < len(blocks):
        views["outgoing"][:] = blocks[layer][to]
        views["outgoing_delta"][:rows] = trace.delta[layer + 1][:rows] * trace.batch
    else:
        _write_answer(run, to, views["answer"][:rows])


def _write_answer(run: Run, unit: int, answer: npt.NDArray[Any]) -> None:
    """(rows, 2): the target as the loss takes it, and the output as a person reads it."""
    a = run.trainer.trace.passes[-1].a
    presented = np.empty_like(a)
    LOSSES[run.experiment.loss].present(a, presented)
    answer[:, 0] = run.trainer.targets[unit, : len(answer)]
    answer[:, 1] = presented[unit, : len(answer)]


def _blocks_before(run: Run) -> list[npt.NDArray[Any]]:
    """Each layer's weights and biases, (n_in + 1, units), as the pass was computed with them."""
    network, before = run.trainer.network, run.trainer.parameters_before
    return [
        before[part].reshape(layer.block.shape)
        for part, layer in zip(network.slices, network.layers, strict=True)
    ]


def _index(run: Run, selected: Selected) -> int:
    layer, from_, to = selected
    network = run.trainer.network
    block = network.layers[layer - 1]
    row = block.n_in if from_ is None else from_
    return network.slices[layer - 1].start + row * block.units + to
