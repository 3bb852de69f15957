"""The Trainer: repeatable, resumable at any point, honest about what it shows."""

import dataclasses
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.arrays import Array
from engine.network import LayerSpec, Network
from engine.optimizers import OPTIMIZERS
from engine.training import Recipe, Trainer
from tests.strategies import Task, tasks

WIDTHS = (2, 4, 2, 1)
optimizers = st.sampled_from(sorted(OPTIMIZERS))


def make(examples: int = 43, dtype: str = "float64", **recipe: Any) -> Trainer:
    """A default network on xor-like data; 43 examples leave a last batch of 3."""
    network = Network(WIDTHS[0], [LayerSpec(units, "tanh") for units in WIDTHS[1:]], dtype)
    rng = np.random.default_rng(3)
    network.initialize("playground", 1.0, rng)
    X = rng.uniform(-5.0, 5.0, (examples, 2))
    return Trainer(network, X, np.where(X[:, 0] * X[:, 1] > 0.0, 1.0, -1.0), Recipe(**recipe))


def shown(trainer: Trainer) -> dict[str, Any]:
    """Everything that a frame would show, copied."""
    passes = trainer.trace.passes
    return {
        "position": (trainer.step, trainer.epoch, trainer.batch, trainer.sample),
        "applied": (trainer.applied, trainer.batch_rows, trainer.learning_rate),
        "loss": trainer.loss,
        "parameters": trainer.network.parameters.tobytes(),
        "gradient": trainer.gradient.tobytes(),
        "update": trainer.update.tobytes(),
        "delta": [p.delta.tobytes() for p in passes],
        "a": [p.a.tobytes() for p in passes],
    }


@settings(max_examples=20, deadline=None)
@given(task=tasks(min_examples=3), optimizer=optimizers, steps=st.integers(0, 12))
def test_same_recipe_repeats_bit_for_bit(task: Task, optimizer: str, steps: int) -> None:
    """The same network, data and recipe give the same numbers, bit for bit."""
    start = task.network.parameters.copy()
    recipe = Recipe("mse", task.problem, batch_size=2, optimizer=optimizer, shuffle_seed=5)
    y = np.resize([1.0, -1.0], (len(task.X), task.network.n_out))
    results = []
    for _ in range(2):
        task.network.parameters[...] = start
        trainer = Trainer(task.network, task.X, y, recipe)
        trainer.advance(steps)
        results.append(shown(trainer))

    assert results[0] == results[1]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("dtype", ["float64", "float32"])
@settings(max_examples=15, deadline=None)
@given(samples=st.integers(0, 150), more=st.integers(0, 60))
def test_run_goes_on_bit_for_bit_from_a_state(
    optimizer: str, dtype: str, samples: int, more: int
) -> None:
    """A state taken anywhere, inside a batch too, shows and continues the same run."""
    recipe: dict[str, Any] = {
        "optimizer": optimizer,
        "regularization": "L1",
        "regularization_rate": 0.03,
    }
    run = make(dtype=dtype, **recipe)
    run.advance_samples(samples)
    state = run.state()
    other = make(dtype=dtype, **recipe)
    other.advance_epochs(1)
    other.restore(state)

    assert shown(other) == shown(run)

    for trainer in (run, other):
        trainer.advance_samples(3)
        trainer.advance(more)

    assert shown(other) == shown(run)


def test_state_is_float64_and_int64_only() -> None:
    """A checkpoint holds two kinds of numbers, whatever the network's precision."""
    state = make(dtype="float32", optimizer="adam").state()

    assert {a.dtype for a in state.values()} == {np.dtype("float64"), np.dtype("int64")}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("parameters", np.zeros(3)),
        ("position", np.array([1, 0, 99, 0, 1])),
        ("position", np.array([1, 0, 0, 10, 0])),
        ("position", np.array([-1, 0, 0, 0, 0])),
        ("position", np.array([3, 0, 3, 2, 1])),
        ("optimizer.velocity", None),
    ],
)
def test_unfit_state_is_refused_and_changes_nothing(name: str, value: Array | None) -> None:
    """A state of another run says what was expected, and the run stays as it was."""
    trainer = make(optimizer="momentum")
    trainer.advance(7)
    before = shown(trainer)
    state = trainer.state()
    if value is None:
        del state[name]
    else:
        state[name] = value
    with pytest.raises(ValueError, match="expected"):
        trainer.restore(state)

    assert shown(trainer) == before


@settings(max_examples=25, deadline=None)
@given(strides=st.lists(st.integers(0, 25), max_size=12), optimizer=optimizers)
def test_sample_steps_end_where_batch_steps_do(strides: list[int], optimizer: str) -> None:
    """However an epoch is cut into examples, its updates are those of whole batches."""
    by_samples, by_batches = make(optimizer=optimizer), make(optimizer=optimizer)
    for stride in strides:
        by_samples.advance_samples(stride)
    by_batches.advance(by_samples.step)

    assert by_samples.network.parameters.tobytes() == by_batches.network.parameters.tobytes()

    by_samples.advance(1)
    by_batches.advance(1)

    assert shown(by_samples) == shown(by_batches)


def test_sample_steps_count_every_example() -> None:
    """Forty-three examples are five updates and one epoch; the 44th begins the next."""
    trainer = make()
    for _ in range(43):
        trainer.advance_samples(1)

    assert (trainer.step, trainer.epoch, trainer.batch, trainer.sample) == (5, 1, 0, 0)

    trainer.advance_samples(1)

    assert (trainer.step, trainer.epoch, trainer.batch, trainer.sample) == (5, 1, 0, 1)
    assert (trainer.applied, trainer.batch_rows) == (False, 1)


def test_partial_batch_shows_the_mean_over_what_it_has_seen() -> None:
    """After k examples the gradient is that of a batch of those k, and no update has been made."""
    trainer = make(reshuffle=False)
    trainer.advance_samples(4)
    whole = make(reshuffle=False, batch_size=4)

    assert trainer.gradient == pytest.approx(whole.gradient, rel=1e-14)
    assert not trainer.update.any()


def test_short_last_batch_is_an_update_of_its_own() -> None:
    """The last three of 43 examples make the fifth update, from their own mean."""
    trainer = make(reshuffle=False)
    trainer.advance(4)
    before = trainer.network.parameters.copy()
    tail = Trainer(trainer.network, trainer.X[40:], trainer.y[40:], Recipe(batch_size=3))
    expected = before - trainer.learning_rate * tail.gradient
    trainer.advance(1)

    assert trainer.batches_per_epoch == 5
    assert trainer.batch_rows == 3
    assert trainer.network.parameters == pytest.approx(expected, rel=1e-14)


def test_every_epoch_sees_every_example_once_in_its_own_order() -> None:
    """Reshuffling permutes; two epochs differ; without it the order is the data's."""
    orders = []
    trainer = make()
    for _ in range(2):
        seen = []
        for _ in range(trainer.batches_per_epoch):
            trainer.advance(1)
            seen.append(trainer.trace.X.copy())
        orders.append(np.concatenate(seen))
    fixed = make(reshuffle=False)
    fixed.advance(1)

    assert not np.array_equal(orders[0], orders[1])
    for order in orders:
        assert sorted(map(tuple, order)) == sorted(map(tuple, trainer.X))
    assert np.array_equal(fixed.trace.X, fixed.X[:10])


def test_order_of_an_epoch_depends_on_seed_and_epoch_alone() -> None:
    """Jumping into the fifth epoch gives the order that walking there gives."""
    walked, jumped = make(shuffle_seed=9), make(shuffle_seed=9)
    walked.advance_epochs(4)
    state = walked.state()
    jumped.restore(state)
    walked.advance(1)
    jumped.advance(1)

    assert np.array_equal(walked.trace.X, jumped.trace.X)


def test_gradient_shown_made_the_update_shown() -> None:
    """Under SGD update = -learning rate x gradient, and it leads from old to new weights."""
    trainer = make()
    trainer.advance(9)

    assert trainer.applied
    assert np.array_equal(trainer.update, -0.03 * trainer.gradient)
    assert np.array_equal(trainer.network.parameters, trainer.parameters_before + trainer.update)


def test_gradient_is_that_of_the_data_loss_alone() -> None:
    """The penalty is in the update and in ``penalty()``, not in gradient or loss."""
    plain, pulled = make(), make(regularization="L2", regularization_rate=0.1)
    plain.advance(1)
    pulled.advance(1)
    weights = pulled.network.is_weight()
    squares = float(np.sum(np.square(pulled.network.parameters[weights])))

    assert np.array_equal(plain.gradient, pulled.gradient)
    assert plain.loss == pulled.loss
    assert not np.array_equal(plain.update[weights], pulled.update[weights])
    assert pulled.penalty() == pytest.approx(0.1 * 0.5 * squares)
    assert plain.penalty() == 0.0


def test_before_the_first_update_the_gradient_of_the_batch_to_come_is_shown() -> None:
    """A new trainer shows what the first update will be made from."""
    trainer = make()
    shown_first, loss = trainer.gradient.copy(), trainer.loss

    assert not trainer.applied
    trainer.advance(1)
    assert np.array_equal(trainer.gradient, shown_first)
    assert trainer.loss == loss


def test_refresh_recomputes_after_an_edit() -> None:
    """After a weight is set, gradient and loss are those of the new weights; no update is shown."""
    trainer = make()
    trainer.advance(3)
    trainer.network.layers[1].W[0, 0] = 2.0
    trainer.refresh()
    pending, loss = trainer.gradient.copy(), trainer.loss

    assert not trainer.applied
    assert not trainer.update.any()
    trainer.advance(1)
    assert np.array_equal(trainer.gradient, pending)
    assert trainer.loss == loss


def test_edited_dead_weight_lives_again() -> None:
    """L1's dead weight stays at zero until somebody moves it; then it trains again."""
    trainer = make(regularization="L1", regularization_rate=0.3)
    trainer.advance_epochs(20)
    dead = int(np.flatnonzero(trainer.network.parameters == 0.0)[0])
    trainer.advance_epochs(1)

    assert trainer.network.parameters[dead] == 0.0
    trainer.network.parameters[dead] = 0.8
    trainer.refresh()
    trainer.advance(1)
    assert trainer.network.parameters[dead] not in (0.0, 0.8)


def test_replacing_the_rate_goes_on_where_it_was() -> None:
    """A live change of the learning rate keeps weights, position, gradient and velocity."""
    trainer = make(optimizer="momentum")
    trainer.advance(7)
    before = shown(trainer)
    velocity = trainer.state()["optimizer.velocity"]
    trainer.replace(dataclasses.replace(trainer.recipe, learning_rate=0.1))
    after = shown(trainer)

    assert trainer.learning_rate == 0.1
    assert {**after, "applied": None} == {**before, "applied": None}
    assert np.array_equal(trainer.state()["optimizer.velocity"], velocity)


def test_another_optimizer_starts_without_memory() -> None:
    """Changing the optimizer keeps the weights and forgets the velocity."""
    trainer = make(optimizer="momentum")
    trainer.advance(7)
    parameters = trainer.network.parameters.copy()
    trainer.replace(dataclasses.replace(trainer.recipe, optimizer="nesterov"))

    assert np.array_equal(trainer.network.parameters, parameters)
    assert not trainer.state()["optimizer.velocity"].any()


@pytest.mark.parametrize("change", [{"batch_size": 7}, {"reshuffle": False}, {"shuffle_seed": 1}])
def test_another_order_begins_the_epoch_anew(change: dict[str, Any]) -> None:
    """Batch size and order restart the epoch, and nothing else."""
    trainer = make()
    trainer.advance(7)
    parameters = trainer.network.parameters.copy()
    trainer.replace(dataclasses.replace(trainer.recipe, **change))

    assert (trainer.step, trainer.epoch, trainer.batch) == (7, 1, 0)
    assert np.array_equal(trainer.network.parameters, parameters)
    assert not trainer.applied


def test_other_data_keep_the_weights() -> None:
    """New data begin the epoch anew with the weights as they are."""
    trainer = make()
    trainer.advance(7)
    parameters = trainer.network.parameters.copy()
    trainer.replace_data(trainer.X[:12], trainer.y[:12])

    assert (trainer.step, trainer.batch, trainer.batches_per_epoch) == (7, 0, 2)
    assert np.array_equal(trainer.network.parameters, parameters)


def test_unfit_data_and_recipes_are_refused_and_change_nothing() -> None:
    """Wrong shapes and impossible numbers are refused, and the run goes on as before."""
    trainer = make()
    trainer.advance(7)
    before = shown(trainer)
    for X, y in (
        (np.zeros((4, 3)), np.zeros(4)),
        (np.zeros((4, 2)), np.zeros(5)),
        (np.zeros((0, 2)), np.zeros(0)),
        (np.zeros((4, 2)), np.zeros((4, 2))),
    ):
        with pytest.raises(ValueError, match="expected"):
            trainer.replace_data(X, y)
    for change in ({"batch_size": 0}, {"shuffle_seed": -1}, {"loss": "softmax"}):
        with pytest.raises(ValueError, match="expected"):
            trainer.replace(dataclasses.replace(trainer.recipe, **change))
    for verb in (trainer.advance, trainer.advance_epochs, trainer.advance_samples):
        with pytest.raises(ValueError, match="expected"):
            verb(-1)

    assert shown(trainer) == before


def test_advance_by_epochs_ends_at_an_epochs_end() -> None:
    """From the middle of an epoch, one epoch more is the rest of it."""
    trainer = make()
    trainer.advance(3)
    trainer.advance_epochs(1)

    assert (trainer.epoch, trainer.batch, trainer.step) == (1, 0, 5)
    trainer.advance_epochs(3)
    assert (trainer.epoch, trainer.batch, trainer.step) == (4, 0, 20)


def test_evaluation_knows_loss_and_accuracy() -> None:
    """Two classes by sign; nothing to evaluate gives NaN; regression has no accuracy."""
    trainer = make(batch_size=43)
    a = trainer.network.predict(trainer.X)[:, 0]
    result = trainer.evaluate(trainer.X, trainer.y)
    nothing = trainer.evaluate(trainer.X[:0], trainer.y[:0])

    assert result.loss == pytest.approx(trainer.loss)
    assert result.accuracy == np.mean((a >= 0.0) == (trainer.y > 0.0))
    assert math.isnan(nothing.loss)
    assert math.isnan(nothing.accuracy)
    trainer.replace(dataclasses.replace(trainer.recipe, problem="regression"))
    assert math.isnan(trainer.evaluate(trainer.X, trainer.y).accuracy)


def test_row_order_leaves_the_mean_loss_alone() -> None:
    """The loss over a batch is the same in whatever order its rows stand."""
    trainer = make()
    shuffled = np.random.default_rng(0).permutation(len(trainer.X))
    there = trainer.evaluate(trainer.X, trainer.y)
    back = trainer.evaluate(trainer.X[shuffled], trainer.y[shuffled])

    assert there.loss == pytest.approx(back.loss, rel=1e-14)


def test_float32_network_trains_in_float32() -> None:
    """Nothing in a float32 run is silently computed in float64."""
    trainer = make(dtype="float32", optimizer="adamw", regularization="L2", clipping="norm")
    trainer.advance(9)
    arrays = [trainer.gradient, trainer.update, trainer.trace.rows, trainer.targets]
    for p in trainer.trace.passes:
        arrays += [p.z, p.a, p.slope, p.da, p.delta]

    assert {a.dtype for a in arrays} == {np.dtype("float32")}
