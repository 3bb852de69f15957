"""The examples to start from: what each is there to show, it shows."""

import pytest

from app.playground_link import from_link
from app.presets import Preset, presets
from app.run import Run
from engine.microscope import GRAINS, Ailment, Dissection, dissect

PRESETS = {preset.name: preset for preset in presets()}


def begun(name: str) -> Run:
    return Run(1, PRESETS[name].experiment)


def looked_at(name: str) -> Dissection:
    return dissect(begun(name).trainer)


def test_names_are_different_and_grains_known() -> None:
    """A name means one preset, and the dial has a stop for its grain."""
    assert len(PRESETS) == len(presets())
    assert {preset.grain for preset in presets()} <= {None, *GRAINS}


@pytest.mark.parametrize("preset", presets(), ids=PRESETS)
def test_links_open_the_same_experiment(preset: Preset) -> None:
    """What a preset's link says is the preset, without a complaint."""
    assert from_link(preset.link, str) == (preset.experiment, [])


def test_the_lessons_numbers() -> None:
    """2 · 3 − 1 = 5, loss 25, gradients −30 and −10; with a rate of 0.01 the loss falls to 16."""
    update = looked_at("lesson")

    assert update.whole.trace.z[1].item() == 5
    assert update.whole.loss == 25
    assert update.update["gradient"].tolist() == [-30, -10]
    assert update.update["new_parameters"] == pytest.approx([2.3, -0.9])
    assert update.loss_after == pytest.approx(16)


@pytest.mark.parametrize(("rate", "loss"), [(0.01, 16), (0.03, 4), (0.1, 25), (0.3, 625)])
def test_the_lessons_rates(rate: float, loss: float) -> None:
    """The tutorial's table: too long a step lands on the other side of the valley, or higher."""
    lesson = PRESETS["lesson"].experiment.model_copy(update={"learning_rate": rate})

    assert dissect(Run(1, lesson).trainer).loss_after == pytest.approx(loss)


def test_exclusive_or_is_learnt() -> None:
    """A few hundred updates bring all four points to their sides."""
    trainer = begun("xor").trainer
    trainer.advance(400)

    assert trainer.loss < 0.05


def test_adam_takes_ten_examples() -> None:
    """The batch has ten examples, and the update m and v."""
    update = looked_at("adam")

    assert len(update.examples) == 10
    assert {"m_hat", "v_hat"} <= set(update.update)


def test_the_dead_unit_is_found_and_stays_dead() -> None:
    """The third hidden unit is dead at the start, and after 200 updates with the same weights."""
    run = begun("dead")
    network = run.trainer.network
    start = network.parameters.copy()
    before = [(f.ailment, f.layer, f.unit) for f in dissect(run.trainer).findings]
    run.trainer.advance(200)
    after = [(f.ailment, f.layer, f.unit) for f in dissect(run.trainer).findings]

    assert (Ailment.DEAD, 1, 2) in before
    assert (Ailment.DEAD, 1, 2) in after
    assert network.parameters[[2, 6, 10]].tolist() == start[[2, 6, 10]].tolist()


def test_the_gradient_vanishes() -> None:
    """The first four of six sigmoid layers get less than a thousandth, the first a millionth."""
    found = {f.layer: f.measure for f in looked_at("vanishing").findings}

    assert set(found) == {1, 2, 3, 4}
    assert found[1] < 1e-6
