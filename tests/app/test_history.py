"""Going back: to any update within reach, bit for bit, across changes by hand, in bounded room."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.experiment import Experiment
from app.history import MOST_BYTES, MOST_MOMENTS, History
from app.run import Run
from tests.app.learner import Learner, application, connected, experiment, same, scalars


def frames(learner: Learner, until: int) -> dict[int, Any]:
    """A frame of every update from the present one to another, one by one."""
    seen = {}
    for number in range(until + 1):
        seen[number] = learner.frame_at(number)
        learner.ask("step")
    learner.frame_at(until + 1)
    return seen


def test_each_step_back_shows_that_update_again(learner: Learner) -> None:
    """Back by one, and by several, gives the very frames that were seen."""
    seen = frames(learner, 40)
    for count, reached in ((1, 40), (1, 39), (7, 32), (30, 2), (2, 0)):
        learner.ask("back", count=count)
        shown = learner.frame()

        assert scalars(shown)["step"] == reached
        assert same(shown, seen[reached])


def test_going_on_from_the_past_repeats_the_future(learner: Learner) -> None:
    """Back by ten and on by ten gives the same frame."""
    learner.ask("step", count=300)
    before = learner.frame_at(300)
    learner.ask("back", count=10)
    learner.ask("step", count=10)
    again = learner.frame_at(300)

    assert same(before, again)


def test_back_leads_to_updates_not_into_batches(learner: Learner) -> None:
    """Where single examples were looked at, back gives the update before them."""
    learner.ask("step")
    first = learner.frame_at(1)
    learner.ask("reset")
    learner.ask("step", unit="sample", count=13)
    learner.frame_at(1)
    learner.ask("step", count=3)
    learner.frame_at(4)
    learner.ask("back", count=3)
    shown = learner.frame()

    assert scalars(shown) == scalars(first) | {"run": scalars(shown)["run"]}
    assert np.array_equal(shown.tensors["update"], first.tensors["update"])


def test_full_speed_can_be_gone_back_from(learner: Learner) -> None:
    """After thousands of updates at full speed the one before the last is within reach."""
    learner.ask("play", pace={"unit": "full"})
    while scalars(learner.frame())["step"] < 3000:
        pass
    learner.ask("pause")
    reached = int(scalars(learner.frame())["step"])
    learner.ask("back", count=reached - 1234)
    shown = learner.frame()
    learner.ask("reset")
    learner.ask("step", count=1234)
    fresh = learner.frame_at(1234)

    assert np.array_equal(shown.tensors["parameters"], fresh.tensors["parameters"])
    assert np.array_equal(shown.tensors["update"], fresh.tensors["update"])


def test_back_crosses_a_change_of_recipe_and_undoes_it(learner: Learner) -> None:
    """Before another optimizer was chosen the old one trained, and it is chosen again."""
    learner.ask("step", count=20)
    before = learner.frame_at(20)
    changed = learner.ask("configure", experiment=experiment(optimizer={"name": "adam"}))
    learner.ask("step", count=20)
    learner.frame_at(40)
    within = learner.ask("back", count=5)
    assert within["event"] == "state"
    assert scalars(learner.frame())["step"] == 35
    learner.ask("back", count=15)

    assert changed["experiment"]["optimizer"]["name"] == "adam"
    assert scalars(learner.frame())["step"] == 20
    learner.ask("back", count=1)
    configured = [event for event in learner.events if event["event"] == "configured"][-1]
    assert configured["because"] == ["back"]
    assert configured["reset"] is False
    assert configured["experiment"]["optimizer"]["name"] == "sgd"
    learner.ask("step")
    again = learner.frame_at(20)
    assert same(before, again)


def test_a_past_that_was_gone_back_from_is_forgotten(learner: Learner) -> None:
    """After a change was undone by going back, its moments no longer lead anywhere."""
    learner.ask("step", count=20)
    learner.frame_at(20)
    learner.ask("configure", experiment=experiment(learning_rate=1.0))
    learner.ask("step", count=20)
    learner.frame_at(40)
    learner.ask("back", count=35)
    learner.frame()
    learner.ask("step", count=60)
    learner.frame_at(65)
    learner.ask("back", count=15)
    shown = learner.frame()
    learner.ask("reset")
    learner.ask("step", count=50)
    fresh = learner.frame_at(50)

    assert scalars(shown)["step"] == 50
    assert np.array_equal(shown.tensors["parameters"], fresh.tensors["parameters"])


def test_back_crosses_a_change_of_data(learner: Learner) -> None:
    """Before the noise was turned up the data were the old ones, and they are sent again."""
    learner.ask("step", count=9)
    before = learner.frame_at(9)
    learner.ask("configure", experiment=experiment(noise=30.0))
    learner.ask("step", count=5)
    learner.frame_at(14)
    learner.files.clear()
    learner.ask("back", count=6)
    data = learner.file("data")
    learner.frame_at(8)
    learner.ask("step")

    assert data.metadata["kind"] == "data"
    assert same(before, learner.frame_at(9))


def test_back_undoes_a_weight_set_by_hand(learner: Learner) -> None:
    """The edited weight is there at the step of the edit, and not before."""
    learner.ask("step", count=4)
    plain = learner.frame_at(4)
    learner.ask("set", parameter="W", layer=1, **{"from": 0, "to": 0}, value=3.0)
    edited = learner.frame()
    learner.ask("step", count=3)
    learner.frame_at(7)
    learner.ask("back", count=3)
    assert same(edited, learner.frame())
    learner.ask("back", count=1)
    learner.ask("step")

    assert same(plain, learner.frame_at(4))


def test_view_stays_when_going_back(learner: Learner) -> None:
    """How a run is looked at is not part of its past."""
    learner.ask("step", count=3)
    view = {"mode": "gradients", "show_test": True}
    learner.ask("configure", experiment=experiment(view=view, learning_rate=0.1))
    learner.ask("step", count=3)
    learner.frame_at(6)
    learner.ask("back", count=4)
    configured = [event for event in learner.events if event["event"] == "configured"][-1]

    assert configured["experiment"]["learning_rate"] == 0.03
    assert configured["experiment"]["view"]["mode"] == "gradients"


@pytest.mark.parametrize("count", [6, 10**9])
def test_what_is_out_of_reach_is_refused(learner: Learner, count: int) -> None:
    """Before its first update a run has no past; the refusal says how far one can go."""
    learner.ask("step", count=5)
    learner.frame_at(5)
    refused = learner.ask("back", count=count)

    assert refused["event"] == "refused"
    assert refused["problems"][0]["field"] == "count"
    assert "at most 5" in refused["problems"][0]["expected"]
    assert "remembers this run from step 0 on" in refused["problems"][0]["message"]
    learner.ask("step")
    assert scalars(learner.frame_at(6))["step"] == 6


@pytest.mark.parametrize("fields", [{"count": 0}, {"count": -1}, {"count": 1.5}, {"steps": 1}])
def test_bad_counts_are_refused(learner: Learner, fields: dict[str, Any]) -> None:
    """Only whole numbers from 1 on go back."""
    assert learner.ask("back", **fields)["event"] == "refused"


def test_nothing_can_be_gone_back_from_before_a_run() -> None:
    """Without a run the command is refused."""
    with application() as client, connected(client) as learner:
        assert learner.ask("back")["event"] == "refused"


def test_going_back_pauses(learner: Learner) -> None:
    """A run that plays stops where it was taken back to, and a checkpoint of there follows."""
    learner.ask("play", pace={"unit": "update", "rate": 500})
    learner.frame_at(5)
    answer = learner.ask("back", count=2)

    assert answer == answer | {"event": "state", "playing": False}
    assert scalars(learner.frame())["playing"] == 0


def test_resuming_begins_a_past_of_its_own(learner: Learner) -> None:
    """A checkpoint holds no past: one can go back as far as to it."""
    learner.ask("step", count=5)
    learner.frame_at(5)
    learner.ask("export", format="experiment")
    learner.socket.send_text('{"command": "checkpoint"}')
    learner.file("checkpoint")
    assert learner.ask("back", count=5)["event"] == "state"


# What is kept


def wander(run: Run, history: History, deeds: list[int]) -> None:
    """Trains by deeds above 0; sets a weight by those of 0."""
    history.begin(run)
    for deed in deeds:
        if deed:
            history.keep(run)
            run.trainer.advance(deed)
        else:
            run.trainer.network.layers[0].W[0, 0] += 0.01
            run.trainer.refresh()
            history.keep_edited(run)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([0, 1, 1, 2, 5, 30]), min_size=80, max_size=200))
def test_every_update_within_reach_is_found_again(deeds: list[int]) -> None:
    """However a run was trained and edited, the moments kept lead to its every update."""
    run, history = Run(1, Experiment()), History()
    wander(run, history, deeds)
    twin = Run(1, Experiment())
    parameters = {0: twin.trainer.network.parameters.copy()}
    for deed in deeds:
        for _ in range(deed):
            twin.trainer.advance(1)
            parameters[twin.trainer.step] = twin.trainer.network.parameters.copy()
        if not deed:
            twin.trainer.network.layers[0].W[0, 0] += 0.01
            twin.trainer.refresh()
            parameters[twin.trainer.step] = twin.trainer.network.parameters.copy()
    for step in range(run.trainer.step, history.oldest - 1, -7):
        moment = history.go_back(step)
        run.trainer.restore(moment.state)
        run.trainer.advance(step - moment.step)

        assert np.array_equal(run.trainer.network.parameters, parameters[step])


def test_the_past_is_bounded_and_thinner_with_age() -> None:
    """Thousands of moments leave 64, the newest side by side, the oldest far apart."""
    run, history = Run(1, Experiment()), History()
    wander(run, history, [1] * 3000)
    steps = [moment.step for moment in history._moments]
    gaps = np.diff(steps)

    assert len(steps) == MOST_MOMENTS
    assert steps[0] == 0
    assert (gaps[-5:] <= 2).all()
    assert 100 < gaps[:5].max() < 1000


def test_the_past_of_a_large_network_is_bounded_in_bytes() -> None:
    """Twelve layers of 32 units, with Adam's memory: fewer moments are kept."""
    layers = [{"units": 32}] * 12
    wide = Experiment.model_validate({"layers": layers, "optimizer": {"name": "adam"}})
    run, history = Run(1, wide), History()
    wander(run, history, [1] * 40)
    size = sum(a.nbytes for moment in history._moments for a in moment.state.values())

    assert size <= MOST_BYTES
    assert history.oldest == 0
