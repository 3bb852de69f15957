"""The microscope shows what the trainer then does, line by line, and changes nothing."""

import io
import re
from contextlib import redirect_stdout
from dataclasses import fields
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from safetensors import safe_open

from engine.activations import ACTIVATIONS
from engine.arrays import Array
from engine.clipping import CLIPPINGS
from engine.diagnosis import diagnose
from engine.losses import LOSSES
from engine.microscope import (
    ACTS,
    COLUMNS,
    GRAINS,
    NUMBERS,
    PHASES,
    Ailment,
    Dissection,
    Outsider,
    Source,
    dissect,
)
from engine.network import LayerSpec, Network
from engine.optimizers import OPTIMIZERS
from engine.recipe import Recipe
from engine.regularizers import REGULARIZERS
from engine.schedules import SCHEDULES
from engine.training import Trainer
from tests.strategies import Task, tasks
from tests.vectors import microscope_cases

VECTORS = Path(__file__).parents[1] / "vectors" / "microscope.safetensors"
CASES = {case.name: case for case in microscope_cases.all_cases()}


def make_trainer(
    activation: str = "tanh",
    widths: tuple[int, ...] = (5, 3),
    dtype: str = "float64",
    **recipe: Any,
) -> Trainer:
    """A trainer in the middle of its second epoch; the last batch of an epoch is short."""
    loss = LOSSES[recipe.get("loss", "half-squared")]
    hidden = [LayerSpec(units, activation) for units in widths]
    output = LayerSpec(loss.outputs(2), loss.output_activation("classification"))
    network = Network(2, [*hidden, output], np.dtype(dtype))
    rng = np.random.default_rng(4)
    network.parameters[...] = rng.normal(0.0, 0.7, network.parameters.size)
    X = rng.uniform(-2.0, 2.0, (23, 2))
    labels = np.where(X[:, 0] * X[:, 1] > 0.0, 1.0, -1.0)
    y = loss.encode(labels, "classification", 2)
    trainer = Trainer(network, X, y, Recipe(**{"batch_size": 5, "shuffle_seed": 3, **recipe}))
    assert trainer.advance(7) is None
    return trainer


def run(dissection: Dissection) -> dict[str, Any]:
    """The variables after the dissection's own lines have been run, one by one."""
    names: dict[str, Any] = {"np": np, **dissection.givens()}
    with np.errstate(all="ignore"):
        for text in (*dissection.program.definitions, *dissection.program.setup):
            exec(text, names)
        for line in dissection.program.lines:
            exec(line.text, names)
    return names


# What the trainer then does


@pytest.mark.parametrize(
    ("optimizer", "clipping", "regularization"),
    [*product(OPTIMIZERS, CLIPPINGS, REGULARIZERS)],
)
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_the_update_is_the_trainers_to_the_bit(
    optimizer: str, clipping: str, regularization: str, dtype: str
) -> None:
    """Every array of the pass, the update and the optimizer's memory is what advance(1) leaves."""
    trainer = make_trainer(
        dtype=dtype,
        optimizer=optimizer,
        clipping=clipping,
        clip_limit=0.05,
        regularization=regularization,
        regularization_rate=0.5,
        schedule="exponential",
    )
    dissection = dissect(trainer)
    trainer.advance(1)
    mine, theirs = dissection.whole.trace, trainer.trace

    for name in ("z", "a", "slope", "da", "delta", "dW", "db"):
        for one, other in zip(getattr(mine, name), getattr(theirs, name), strict=True):
            assert np.array_equal(one, other), name
    assert np.array_equal(dissection.update["gradient"], trainer.gradient)
    assert np.array_equal(dissection.update["update"], trainer.update)
    assert np.array_equal(dissection.update["new_parameters"], trainer.network.parameters)
    assert dissection.whole.loss == trainer.loss
    state = trainer.state()
    after = dissect(trainer).memory
    for name, array in after.items():
        assert np.array_equal(dissection.update[name], array), name
    if regularization == "L1":
        assert np.array_equal(dissection.update["dead"], state["dead"])


@pytest.mark.parametrize("samples", [0, 3])
def test_the_trainer_is_left_alone(samples: int) -> None:
    """Looking changes no array and no position, inside a batch too; training goes on the same."""
    looked_at, other = (make_trainer(optimizer="adam", regularization="L1") for _ in range(2))
    for trainer in (looked_at, other):
        trainer.advance_samples(samples)
    gradient = looked_at.gradient.copy()
    dissect(looked_at, 4)

    assert np.array_equal(looked_at.gradient, gradient)
    assert looked_at.batch_rows == (samples or 5)
    for _ in range(2):
        mine, theirs = looked_at.state(), other.state()
        assert all(np.array_equal(mine[name], theirs[name]) for name in theirs)
        for trainer in (looked_at, other):
            trainer.advance(9)


def test_a_begun_batch_is_shown_whole() -> None:
    """Within a batch the update is that of the complete batch, as the trainer will make it."""
    trainer = make_trainer()
    trainer.advance_samples(2)
    dissection = dissect(trainer)
    trainer.advance(1)

    assert len(dissection.examples) == 5
    assert np.array_equal(dissection.update["update"], trainer.update)


def test_the_short_last_batch_is_its_own_update() -> None:
    """With 23 examples in batches of 5, the fifth batch has 3, and its mean is over 3."""
    trainer = make_trainer()
    trainer.advance(2)
    dissection = dissect(trainer)
    trainer.advance(1)

    assert trainer.batch == 0
    assert dissection.whole.trace.batch == 3
    assert np.array_equal(dissection.update["update"], trainer.update)


def test_the_examples_are_named() -> None:
    """``examples`` are the rows of X that the batch is made of."""
    trainer = make_trainer()
    dissection = dissect(trainer)

    assert np.array_equal(trainer.X[dissection.examples], dissection.whole.trace.X)
    assert len(set(dissection.examples.tolist())) == 5


# The lines of NumPy


def assert_lines_compute(dissection: Dissection, tolerance: float = 1e-12) -> None:
    """The lines give the arrays of the pass that is walked through, and those of the update."""
    names, trace = run(dissection), dissection.traced.trace
    last = len(dissection.network.layers)

    def close(mine: Any, theirs: Any, name: str) -> None:
        scale = max(1e-300, float(np.max(np.abs(theirs), initial=0.0)))
        assert np.shape(mine) == np.shape(theirs), name
        assert np.max(np.abs(mine - theirs), initial=0.0) <= tolerance * scale, name

    for layer in range(1, last + 1):
        for name in ("z", "a", "slope", "da", "delta", "dW", "db"):
            close(names[name][layer], getattr(trace, name)[layer], f"{name}[{layer}]")
    close(names["per_example"], dissection.traced.per_example, "per_example")
    assigned = {line.name for line in dissection.program.lines if PHASES[line.phase] == "update"}
    assert assigned == set(dissection.update)
    for name, array in dissection.update.items():
        close(np.asarray(names[name], np.float64), array, name)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
def test_lines_compute_every_activation_and_loss(activation: str, loss: str) -> None:
    """For each activation and loss the lines, run in their order, give the engine's arrays."""
    assert_lines_compute(dissect(make_trainer(activation, loss=loss)))


@pytest.mark.parametrize(
    ("optimizer", "clipping", "regularization"),
    [*product(OPTIMIZERS, CLIPPINGS, REGULARIZERS)],
)
def test_lines_compute_every_update(optimizer: str, clipping: str, regularization: str) -> None:
    """For each way to make an update the lines give its quantities."""
    trainer = make_trainer(
        optimizer=optimizer,
        clipping=clipping,
        clip_limit=0.05,
        regularization=regularization,
        regularization_rate=0.5,
    )

    assert_lines_compute(dissect(trainer), 1e-10)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_lines_compute_every_schedule(schedule: str) -> None:
    """For each schedule the lines find the trainer's learning rate."""
    trainer = make_trainer(
        schedule=schedule, schedule_period=4, schedule_gamma=0.7, schedule_floor=0.1
    )
    dissection = dissect(trainer)

    assert_lines_compute(dissection)
    assert run(dissection)["learning_rate"] == pytest.approx(trainer.learning_rate, rel=1e-14)


@pytest.mark.parametrize("loss", ["half-squared", "bce", "softmax"])
@pytest.mark.parametrize("place", [None, 2])
def test_lines_compute_one_example(loss: str, place: int | None) -> None:
    """With one example traced, inside the batch or not, the update is still the batch's."""
    trainer = make_trainer(loss=loss, optimizer="adam")
    batch = dissect(trainer)
    outside = next(k for k in range(23) if k not in batch.examples)
    example = outside if place is None else int(batch.examples[place])
    dissection = dissect(trainer, example)

    assert dissection.source is (Source.OUTSIDER if place is None else Source.MEMBER)
    assert dissection.place == place
    assert np.array_equal(dissection.update["update"], batch.update["update"])
    assert_lines_compute(dissection)


@settings(max_examples=40, deadline=None)
@given(task=tasks())
def test_lines_compute_drawn_networks(task: Task) -> None:
    """Shapes of every kind, several outputs among them, give the same."""
    recipe = Recipe(loss="mse", problem=task.problem, batch_size=4)
    if task.network.spec[-1].activation == "linear" and task.problem == "classification":
        return
    trainer = Trainer(task.network, task.X, task.y, recipe)

    assert_lines_compute(dissect(trainer), 1e-9)


# One example, one weight


def test_an_example_has_its_own_gradient() -> None:
    """Traced alone it carries no 1/batch, and the examples' gradients average to the batch's."""
    trainer = make_trainer(loss="bce")
    batch = dissect(trainer)
    own = [dissect(trainer, int(k)).traced for k in batch.examples]
    mean = np.mean([look.trace.gradient for look in own], axis=0)

    assert mean == pytest.approx(batch.update["gradient"], rel=1e-12, abs=1e-15)
    assert [look.loss for look in own] == pytest.approx(batch.whole.per_example, rel=1e-12)


def test_an_example_of_ones_own_gives_the_same_as_the_trainers() -> None:
    """The inputs and target of an example, typed in, give that example's numbers."""
    trainer = make_trainer()
    typed = dissect(trainer, Outsider(trainer.X[6], trainer.y[6]))
    known = dissect(trainer, 6)

    assert np.array_equal(typed.traced.trace.gradient, known.traced.trace.gradient)
    assert typed.traced_after == known.traced_after


def test_contributions_add_up_to_the_gradient() -> None:
    """What the examples add to each weight and bias sums to its gradient, cancellation included."""
    dissection = dissect(make_trainer())
    trace = dissection.whole.trace
    for layer in (1, 2, 3):
        n_in, units = trace.dW[layer].shape
        for to in range(units):
            bias = dissection.contributions(layer, None, to)
            assert bias.sum() == pytest.approx(trace.db[layer][to], rel=1e-9)
            for from_ in range(n_in):
                shares = dissection.contributions(layer, from_, to)
                assert shares.shape == (5,)
                assert shares.sum() == pytest.approx(trace.dW[layer][from_, to], rel=1e-9)
                sums = dissection.contribution_sums(layer, from_, to)
                assert sums == pytest.approx((shares[shares > 0].sum(), shares[shares < 0].sum()))


def test_a_unit_lies_on_its_curve() -> None:
    """The examples' z and a, and the slope there, are points of the activation's curve."""
    unit = dissect(make_trainer("sigmoid")).unit(1, 2)

    assert unit.curve[0, 0] < unit.z.min() < unit.z.max() < unit.curve[-1, 0]
    assert unit.a == pytest.approx(np.interp(unit.z, unit.curve[:, 0], unit.curve[:, 1]), abs=1e-3)
    assert unit.slope == pytest.approx(
        np.interp(unit.z, unit.curve[:, 0], unit.curve[:, 2]), abs=1e-3
    )
    assert unit.delta == pytest.approx(unit.da * unit.slope, rel=1e-12)


# The plan


def columns(dissection: Dissection) -> dict[str, Array]:
    """The plan's columns by name."""
    plan = dissection.plan
    stages = dict(zip(COLUMNS, plan.stages.T, strict=True))
    return {**stages, **dict(zip(NUMBERS, plan.numbers.T, strict=True))}


@pytest.mark.parametrize("example", [None, 3])
def test_terms_add_up(example: int | None) -> None:
    """In the plan the running sum of a unit's products ends at z, and that of what came back at da.

    So it is for one example, and for the means over a batch, because both sums are linear.
    """
    dissection = dissect(make_trainer(), example)
    table, signals = columns(dissection), dissection.signals
    for layer, units in ((1, 5), (2, 3), (3, 1)):
        for unit in range(units):
            here = (table["layer"] == layer) & (table["unit"] == unit)
            act = table["act"]
            (bias,) = table["total"][here & (act == ACTS.index("bias"))]
            back = here & (act == ACTS.index("came_back"))
            terms = here & (act == ACTS.index("term"))
            assert bias == pytest.approx(signals.z[layer][unit], abs=1e-12)
            assert table["total"][back][-1] == pytest.approx(signals.da[layer][unit], abs=1e-12)
            assert table["value"][terms] == pytest.approx(
                table["left"][terms] * table["right"][terms]
            )
            assert table["term"][terms].tolist() == list(range(terms.sum()))


def test_a_plan_goes_through_every_line_in_order() -> None:
    """Stages belong to lines of their own phase and layer, and no line is left out."""
    dissection = dissect(make_trainer(optimizer="adamw", regularization="L1"))
    table, lines = columns(dissection), dissection.program.lines

    assert set(table["line"].tolist()) == set(range(len(lines)))
    for phase, layer, line in zip(table["phase"], table["layer"], table["line"], strict=True):
        assert (lines[line].phase, lines[line].layer) == (phase, layer)
    assert (np.diff(table["phase"]) >= 0).all()


def test_coarser_walks_stop_where_finer_ones_do() -> None:
    """Every stop of a walk is one of the next finer walk, and all end at the last stage."""
    dissection = dissect(make_trainer())
    stops = dissection.plan.stops
    count = len(dissection.plan.stages)

    assert tuple(stops) == GRAINS
    for coarse, fine in pairwise(GRAINS):
        assert set(stops[coarse].tolist()) <= set(stops[fine].tolist())
    assert len(stops["phase"]) == len(PHASES)
    assert stops["term"].tolist() == list(range(1, count + 1))
    assert all(ends[-1] == count for ends in stops.values())
    # Three layers forward, the loss, three layers back, and each line of the update.
    assert len(stops["layer"]) == 3 + 1 + 3 + 4


# What is wrong


def test_what_is_wrong_is_what_the_whole_batch_shows() -> None:
    """The findings are those of the batch's pass, whichever example is walked through."""
    trainer = make_trainer("relu")
    trainer.network.layers[0].b[3] = -30.0
    trainer.refresh()
    expected = diagnose(trainer.network, trainer.trace)

    assert (Ailment.DEAD, 1, 3) in [(f.ailment, f.layer, f.unit) for f in expected]
    assert dissect(trainer).findings == expected
    assert dissect(trainer, 0).findings == expected


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        (23, "from 0 to 22"),
        (-1, "from 0 to 22"),
        (Outsider([1.0], 1.0), "2 inputs"),
        (Outsider([1.0, 2.0], [1.0, 2.0]), "targets for 1 outputs"),
    ],
)
def test_examples_that_do_not_fit_are_refused(example: Any, expected: str) -> None:
    """An example that there is not, or of another shape, raises and says what was expected."""
    with pytest.raises(ValueError, match=expected):
        dissect(make_trainer(), example)


# The reference

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "microscope.md"


def test_the_references_example_runs() -> None:
    """What the reference shows runs, and gives the numbers that stand beside it."""
    (source,) = re.findall(r"```python\n(.*?)```", REFERENCE.read_text(encoding="utf-8"), re.S)
    names: dict[str, Any] = {}
    with redirect_stdout(io.StringIO()) as output:
        exec(source, names)

    assert output.getvalue().startswith("25.0 [-30. -10.]")
    assert output.getvalue().endswith("[ 2.9 -0.7]\n")


def test_the_reference_names_every_attribute() -> None:
    """Each attribute of a Dissection that is not the trainer's own stands in the reference."""
    known = {"step", "epoch", "batch", "recipe", "network", "dead", "learning_rate"}
    words = set(re.findall(r"`(\w+)", REFERENCE.read_text(encoding="utf-8")))

    assert {field.name for field in fields(Dissection)} - known <= words


# PyTorch


def test_the_lessons_example() -> None:
    """With w = 2, b = -1, x = 3 and target 10 the squared error 25 has gradients -30 and -10."""
    dissection = dissect(CASES["lesson"].trainer())
    trace = dissection.whole.trace

    assert trace.z[1].item() == trace.a[1].item() == 5.0
    assert dissection.whole.loss == 25.0
    assert trace.da[1].item() == trace.delta[1].item() == -10.0
    assert (trace.dW[1].item(), trace.db[1].item()) == (-30.0, -10.0)
    assert dissection.update["new_parameters"] == pytest.approx([2.9, -0.7])


@pytest.mark.parametrize("name", CASES)
def test_every_stage_is_pytorchs(name: str) -> None:
    """Each stage of an update agrees with committed numbers of PyTorch to 1e-12."""
    dissection = dissect(CASES[name].trainer())
    trace = dissection.whole.trace
    mine: dict[str, Any] = {
        "loss": np.array([dissection.whole.loss]),
        **dissection.update,
        "loss_after": np.array([dissection.loss_after]),
    }
    for layer in range(1, len(trace.z)):
        mine |= {f"z.{layer}": trace.z[layer], f"a.{layer}": trace.a[layer]}
        mine |= {f"dz.{layer}": trace.delta[layer], f"da.{layer}": trace.da[layer]}
    with safe_open(VECTORS, framework="numpy") as file:
        keys = [key for key in file.keys() if key.startswith(f"{name}/")]  # noqa: SIM118
        theirs = {key.partition("/")[2]: file.get_tensor(key) for key in keys}

    assert {"z.1", "da.1", "dz.1", "gradient", "update", "new_parameters"} <= set(theirs)
    for key, array in theirs.items():
        assert mine[key] == pytest.approx(array, rel=1e-12, abs=1e-14), key
