"""What two runs share that differ in one part of their Experiment, as the comparison promises."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from app.experiment import Experiment
from app.run import Run

LAYERS = [{"units": 5, "activation": "tanh"}] * 3

# Same data, same starting weights, same batches in the same order.
LIKE_IN_ALL: list[dict[str, Any]] = [
    {"layers": [{"units": 5, "activation": "relu"}] * 3},
    {"optimizer": {"name": "adam"}},
    {"learning_rate": 3.0},
    {"regularization": "L2", "regularization_rate": 0.1},
    {"clipping": {"name": "norm", "limit": 0.1}},
    {"schedule": {"name": "exponential"}},
    {"noise": 30},
]


def run(**fields: Any) -> Run:
    """A run of the common Experiment with some fields of its own."""
    return Run(1, Experiment.model_validate({"dataset": "xor", "layers": LAYERS, **fields}))


def inputs(made: Run, updates: int) -> list[npt.NDArray[Any]]:
    """The inputs of so many batches, as they are trained on."""
    rows = []
    for _ in range(updates):
        made.trainer.advance(1)
        rows.append(made.trainer.trace.a[0].copy())
    return rows


def parameters(made: Run) -> npt.NDArray[Any]:
    """The weights and biases, in one row."""
    return made.trainer.network.parameters.copy()


def test_without_a_difference_two_runs_are_equal_bit_for_bit() -> None:
    """Weights, gradient and inputs are the same bytes after 100 updates over several epochs."""
    one, other = run(), run()
    for _ in range(100):
        one.trainer.advance(1)
        other.trainer.advance(1)

    assert parameters(one).tobytes() == parameters(other).tobytes()
    assert one.trainer.gradient.tobytes() == other.trainer.gradient.tobytes()


@pytest.mark.parametrize("difference", LIKE_IN_ALL, ids=lambda fields: next(iter(fields)))
def test_most_differences_leave_weights_and_the_order_of_the_batches_alone(
    difference: dict[str, Any],
) -> None:
    """The first weights are the same bytes; each batch has the same examples, for three epochs."""
    one, other = run(), run(**difference)
    assert parameters(one).tobytes() == parameters(other).tobytes()
    epochs = 3 * one.trainer.batches_per_epoch
    if "noise" in difference:
        pairs = zip(batch_rows(one, epochs), batch_rows(other, epochs), strict=True)
    else:
        assert one.examples.points.tobytes() == other.examples.points.tobytes()
        assert one.examples.targets.tobytes() == other.examples.targets.tobytes()
        pairs = zip(inputs(one, epochs), inputs(other, epochs), strict=True)
    assert all(np.array_equal(mine, others) for mine, others in pairs)


def batch_rows(made: Run, updates: int) -> list[npt.NDArray[Any]]:
    """Which examples so many batches are made of, found by their inputs."""
    rows = {example.tobytes(): i for i, example in enumerate(made.examples.X)}
    found = []
    for batch in inputs(made, updates):
        found.append(np.array([rows[example.tobytes()] for example in batch]))
    return found


def test_precision_alone_rounds_the_same_start() -> None:
    """In float32 the run begins with the rounded weights and data of the one in float64."""
    wide, narrow = run(), run(precision="float32")

    assert np.array_equal(parameters(wide).astype(np.float32), parameters(narrow))
    assert np.array_equal(wide.examples.points, narrow.examples.points)


def test_other_batches_are_cut_from_the_same_order() -> None:
    """An epoch of small batches has the examples of one of large batches, in the same order."""
    small, large = run(batch_size=5), run(batch_size=25)
    assert parameters(small).tobytes() == parameters(large).tobytes()
    mine = np.concatenate(batch_rows(small, small.trainer.batches_per_epoch))
    others = np.concatenate(batch_rows(large, large.trainer.batches_per_epoch))

    assert np.array_equal(mine, others)


@pytest.mark.parametrize("initializer", ["playground", "glorot-uniform", "he-normal"])
def test_a_deeper_network_has_the_same_first_layers(initializer: str) -> None:
    """The hidden layers that both have start from the same weights."""
    shallow = run(initializer={"name": initializer})
    deep = run(initializer={"name": initializer}, layers=[*LAYERS, LAYERS[0], LAYERS[0]])
    hidden = sum((layer.n_in + 1) * layer.units for layer in shallow.trainer.network.layers[:-1])

    assert np.array_equal(parameters(shallow)[:hidden], parameters(deep)[:hidden])
    assert all(map(np.array_equal, batch_rows(shallow, 60), batch_rows(deep, 60)))


@pytest.mark.parametrize("loss", ["mse", "bce", "softmax", "hinge"])
def test_another_loss_starts_from_the_same_hidden_layers(loss: str) -> None:
    """Only the output layer may have other weights."""
    one, other = run(), run(loss=loss)
    hidden = sum((layer.n_in + 1) * layer.units for layer in one.trainer.network.layers[:-1])

    assert np.array_equal(parameters(one)[:hidden], parameters(other)[:hidden])
    assert all(map(np.array_equal, batch_rows(one, 60), batch_rows(other, 60)))


@pytest.mark.parametrize(
    "difference",
    [{"initializer": {"name": "he-normal"}}, {"layers": [{"units": 3, "activation": "tanh"}] * 3}],
    ids=["init", "width"],
)
def test_other_starting_weights_leave_the_batches_alone(difference: dict[str, Any]) -> None:
    """Initialization and width change the weights, and not the order of the examples."""
    one, other = run(), run(**difference)

    assert not np.array_equal(parameters(one), parameters(other))
    assert all(map(np.array_equal, batch_rows(one, 60), batch_rows(other, 60)))


def test_the_weight_seed_leaves_the_data_alone() -> None:
    """Another weight seed is another start on the same examples."""
    one, other = run(), run(weight_seed=2)

    assert not np.array_equal(parameters(one), parameters(other))
    assert one.examples.points.tobytes() == other.examples.points.tobytes()
