"""What a frame says of the selected weight or unit: the numbers of the pass that it shows."""

import math
from typing import Any

import numpy as np
import pytest

from app.close_up import close_up_scalars
from app.experiment import Experiment
from app.frames import Camera
from app.protocol import (
    CLOSE_UP_COLUMNS,
    MAX_EXAMPLES,
    BinaryMessage,
    Detail,
    Selected,
    decode,
)
from app.run import Run
from engine.losses import LOSSES
from engine.microscope.close_up import contributions
from engine.network import Network
from tests.app.learner import application, connected, scalars

EVERYWHERE: list[Selected] = [
    (1, 0, 1),
    (1, None, 2),
    (2, 3, 1),
    (2, None, 0),
    (3, 1, 0),
    (3, None, 0),
]


def run(steps: int = 7, **fields: Any) -> Run:
    """A run that has made a few updates."""
    made = Run(5, Experiment.model_validate(fields))
    made.trainer.advance(steps)
    return made


def take(run: Run, selected: Selected) -> BinaryMessage:
    """One frame."""
    return decode(Camera(run, Detail(command="detail", selected=selected)).take(playing=True))


def column(frame: BinaryMessage, name: str) -> Any:
    """(rows,) one column about the examples."""
    assert frame.metadata["signals"].split(",") == list(CLOSE_UP_COLUMNS)
    return frame.tensors["selected"][:, CLOSE_UP_COLUMNS.index(name)]


def gradient(run: Run, selected: Selected) -> float:
    """The entry of the gradient shown."""
    layer, from_, to = selected
    trace = run.trainer.trace
    return float(trace.db[layer][to] if from_ is None else trace.dW[layer][from_, to])


@pytest.mark.parametrize("selected", EVERYWHERE)
def test_contributions_add_up_to_the_gradient(selected: Selected) -> None:
    """In float64 to 1e-12, those above and those below zero alike; the frame rounds them."""
    made = run(loss="bce")
    each = contributions(made.trainer.trace, *selected)
    counted = close_up_scalars(made, selected)
    frame = take(made, selected)

    assert math.isclose(each.sum(), gradient(made, selected), rel_tol=1e-12, abs_tol=1e-16)
    total = counted["positive_sum"] + counted["negative_sum"]
    assert math.isclose(total, gradient(made, selected), rel_tol=1e-12, abs_tol=1e-16)
    assert counted["positive_count"] == (each > 0).sum()
    assert counted["negative_count"] == (each < 0).sum()
    assert np.array_equal(column(frame, "contribution"), each.astype(np.float32))


@pytest.mark.parametrize("loss", ["half-squared", "bce", "softmax", "hinge", "huber", "mse"])
@pytest.mark.parametrize("selected", EVERYWHERE)
def test_a_contribution_is_what_the_examples_own_loss_asks_for(
    selected: Selected, loss: str
) -> None:
    """Central differences of each example's loss at the weights before the update."""
    made = run(loss=loss)
    trainer = made.trainer
    network = Network(trainer.network.n_in, trainer.network.spec)
    network.parameters[...] = trainer.parameters_before
    layer, from_, to = selected
    row = -1 if from_ is None else from_
    losses = []
    for h in (1e-6, -1e-6):
        block = network.layers[layer - 1].block
        block[row, to] += h
        a = network.predict(trainer.trace.X).T
        losses.append(LOSSES[loss].per_example(np.ascontiguousarray(a), trainer.targets))
        block[row, to] -= h
    numeric = (losses[0] - losses[1]) / 2e-6 / trainer.batch_rows

    assert np.allclose(column(take(made, selected), "contribution"), numeric, atol=1e-7)


@pytest.mark.parametrize("batch_size", [1, 3, 10])
def test_the_columns_make_up_the_contribution(batch_size: int) -> None:
    """source · delta / n, delta = da · slope, and a = tanh(z), of each example by itself."""
    frame = take(run(batch_size=batch_size), (2, 1, 0))
    of = {name: column(frame, name).astype(float) for name in CLOSE_UP_COLUMNS}

    assert frame.metadata["selected"] == "2,1,0"
    assert np.allclose(of["contribution"], of["source"] * of["delta"] / batch_size, rtol=1e-5)
    assert np.allclose(of["delta"], of["da"] * of["slope"], rtol=1e-5)
    assert np.allclose(of["a"], np.tanh(of["z"]), atol=1e-6)


def test_a_hidden_unit_shows_what_comes_in_and_what_comes_back() -> None:
    """z from the weights before the update, and da from the next layer's, example by example."""
    made = run(learning_rate=1.0)
    frame = take(made, (2, None, 1))
    tensors = {name: array.astype(float) for name, array in frame.tensors.items()}
    z = tensors["incoming_a"] @ tensors["incoming"][:-1] + tensors["incoming"][-1]
    da = tensors["outgoing_delta"] @ tensors["outgoing"]

    assert frame.metadata["selected"] == "2,,1"
    assert np.all(column(frame, "source") == 1)
    assert np.allclose(z, column(frame, "z"), atol=1e-6)
    assert np.allclose(da, column(frame, "da"), atol=1e-6)
    assert not np.allclose(tensors["incoming"][:-1], made.trainer.network.layers[1].W[:, 1])


def test_an_output_shows_its_target_and_what_a_person_reads() -> None:
    """Of softmax: one-hot targets, probabilities, and da as their difference."""
    made = run(loss="softmax", dataset="blobs", classes=3)
    frame = take(made, (3, None, 2))
    target, presented = frame.tensors["answer"].T

    assert set(target.tolist()) <= {0.0, 1.0}
    assert np.allclose(presented - target, column(frame, "da"), atol=1e-6)
    assert "outgoing" not in frame.tensors


def test_a_large_batch_is_shown_in_part_and_summed_whole() -> None:
    """64 examples at most are sent; counts and sums are those of all."""
    made = run(batch_size=200, samples=600)
    frame = take(made, (1, 0, 0))
    told = scalars(frame)

    assert len(frame.tensors["selected"]) == MAX_EXAMPLES
    assert told["positive_count"] + told["negative_count"] == 200
    total = told["positive_sum"] + told["negative_sum"]
    assert math.isclose(total, gradient(made, (1, 0, 0)), rel_tol=1e-12)


def test_a_short_last_batch_leaves_rows_empty() -> None:
    """Its rows are NaN, not those of the batch before."""
    made = run(steps=3, batch_size=10, samples=50, train_percent=50)
    frame = take(made, (1, None, 0))

    assert scalars(frame)["batch_rows"] == 5
    for name in ("selected", "incoming_a", "outgoing_delta"):
        assert np.isfinite(frame.tensors[name][:5]).all()
        assert np.isnan(frame.tensors[name][5:]).all()


def plain_rate(run: Run) -> float:
    """What the frame says of the weight W[0, 0] of layer 1."""
    return scalars(take(run, (1, 0, 0)))["plain_rate"]


def test_the_rate_is_told_where_the_update_is_minus_rate_times_gradient() -> None:
    """Of SGD alone, at an epoch's end too; not once another rate was chosen, nor before a step."""
    plain = run(schedule={"name": "exponential", "gamma": 0.5})
    ended = run(steps=25, schedule={"name": "exponential", "gamma": 0.5})
    changed = run()
    changed.adopt(changed.experiment.model_copy(update={"learning_rate": 1.0}))

    assert plain_rate(plain) == 0.03
    assert (ended.trainer.epoch, plain_rate(ended)) == (1, 0.03)
    assert math.isnan(plain_rate(changed))
    assert math.isnan(plain_rate(run(steps=0)))
    assert math.isnan(plain_rate(run(optimizer={"name": "adam"})))
    assert math.isnan(plain_rate(run(regularization="L2", regularization_rate=0.1)))
    assert math.isnan(plain_rate(run(clipping={"name": "norm", "limit": 1e-6})))


def test_another_batch_size_makes_other_room() -> None:
    """A live change of the batch is followed by frames that hold all of its examples."""
    with application() as client, connected(client) as learner:
        learner.ask("hello")
        learner.ask("detail", selected=[1, 0, 0])
        before = learner.frame()
        experiment = Experiment(batch_size=30).model_dump(mode="json", by_alias=True)
        learner.ask("configure", experiment=experiment)
        after = learner.frame()

    assert len(before.tensors["selected"]) == 10
    assert len(after.tensors["selected"]) == 30
    assert scalars(after)["batch_rows"] == 30


def test_what_the_network_has_not_is_refused_or_forgotten() -> None:
    """A weight beyond its layer is refused by name; one that is gone is selected no more."""
    with application() as client, connected(client) as learner:
        learner.ask("hello")
        refused = learner.ask("detail", selected=[1, 2, 0])
        learner.ask("detail", selected=[2, None, 1])
        kept = learner.frame()
        experiment = Experiment.model_validate({"layers": [{"units": 3}]})
        learner.ask("configure", experiment=experiment.model_dump(mode="json", by_alias=True))
        gone = learner.frame()

    assert refused["problems"][0]["field"] == "selected[1]"
    assert "selected" in kept.tensors
    assert "selected" not in gone.tensors
