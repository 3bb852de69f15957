"""Trials: whatever is tried, undo gives back the very moment at which it began."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.protocol import ProtocolError, decode, parse_command
from app.session import Session
from tests.app.learner import Event, Learner, experiment, same, scalars


def trial(learner: Learner, action: str) -> Event:
    """The newest ``state`` after the answer to a trial command."""
    answer = learner.ask("trial", action=action)
    return answer if answer["event"] == "state" else learner.event("state")


def set_weight(learner: Learner, value: float) -> None:
    """Sets one weight by hand."""
    learner.ask("set", parameter="W", layer=1, **{"from": 0}, to=0, value=value)


def test_a_trial_says_where_it_began(learner: Learner) -> None:
    """The bookmark is the step and the training loss that the frame showed there."""
    learner.ask("step", count=7)
    shown = scalars(learner.frame_at(7))
    state = trial(learner, "begin")

    assert state["playing"] is False
    assert state["trial"] == {"step": 7, "train_loss": shown["train_loss"]}
    assert learner.ask("checkpoint")["trial"] == state["trial"]


def test_undo_gives_back_frame_checkpoint_and_future(learner: Learner) -> None:
    """After a weight, a rate, an optimizer, other noise and steps: all as it was, to the bit."""
    learner.ask("configure", experiment=experiment(optimizer={"name": "momentum"}))
    learner.ask("step", count=33)
    before = learner.frame_at(33)
    kept = decode(learner.checkpoint())
    trial(learner, "begin")
    set_weight(learner, 3.0)
    learner.ask("configure", experiment=experiment(learning_rate=1.0, noise=20.0, batch_size=3))
    learner.ask("step", count=40)
    learner.frame_at(73)
    learner.ask("back", count=15)
    answer = learner.ask("trial", action="undo")
    state = learner.event("state")
    again = learner.frame()

    assert answer["event"] == "configured"
    assert (answer["because"], answer["reset"]) == (["trial"], False)
    assert answer["experiment"]["optimizer"]["name"] == "momentum"
    assert (answer["experiment"]["learning_rate"], answer["experiment"]["noise"]) == (0.03, 0.0)
    assert state["trial"] is None
    assert same(before, again)
    assert same(kept, decode(learner.checkpoint()))


def test_the_past_before_a_trial_stays_within_reach(learner: Learner) -> None:
    """After undo, back leads to every update from before the trial, though the trial had more
    moments than the server keeps."""
    learner.ask("step", count=5)
    early = learner.frame_at(5)
    learner.ask("step", count=20)
    learner.frame_at(25)
    trial(learner, "begin")
    for number in range(80):
        set_weight(learner, number / 10)
    refused = learner.ask("back", count=20)
    trial(learner, "undo")
    learner.ask("back", count=20)
    shown = learner.frame()

    assert refused["event"] == "refused"
    assert same(early, shown)


def test_what_is_kept_stays(learner: Learner) -> None:
    """Keep ends the trial with the weight that was tried, and it cannot be undone any more."""
    trial(learner, "begin")
    set_weight(learner, 2.5)
    state = trial(learner, "keep")
    frame = learner.frame()

    assert state["trial"] is None
    assert frame.tensors["parameters"][0] == 2.5
    assert learner.ask("trial", action="undo")["event"] == "refused"


def test_a_trial_of_half_a_batch_comes_back_to_it(learner: Learner) -> None:
    """Begun after four single examples, undo shows those four again."""
    learner.ask("step", unit="sample", count=4)
    before = learner.frame()
    trial(learner, "begin")
    learner.ask("step", unit="sample", count=9)
    learner.frame()
    trial(learner, "undo")
    again = learner.frame()

    assert scalars(before)["sample"] == 4
    assert same(before, again)


def test_beginning_pauses_and_undo_pauses(learner: Learner) -> None:
    """A run that plays stands still at both ends of a trial, and may play in between."""
    learner.ask("play", pace={"unit": "full"})
    assert trial(learner, "begin")["playing"] is False
    start = learner.frame()
    learner.ask("play", pace={"unit": "full"})
    while scalars(learner.frame())["step"] < scalars(start)["step"] + 100:
        pass
    state = trial(learner, "undo")
    again = learner.frame()

    assert state["playing"] is False
    assert np.array_equal(start.tensors["parameters"], again.tensors["parameters"])
    assert scalars(start)["step"] == scalars(again)["step"]


def test_what_is_only_shown_is_not_undone(learner: Learner) -> None:
    """A view that was chosen within the trial stays chosen."""
    view = {"mode": "updates", "show_test": True, "discretize": False, "log_loss": False}
    trial(learner, "begin")
    learner.ask("configure", experiment=experiment(view=view, learning_rate=0.5))
    answer = learner.ask("trial", action="undo")

    assert answer["experiment"]["view"] == view
    assert answer["experiment"]["learning_rate"] == 0.03


@pytest.mark.parametrize("command", ["reset", "reseed", "regenerate", "hello"])
def test_a_new_run_ends_the_trial(learner: Learner, command: str) -> None:
    """There is nothing to undo in another run, and the client is told."""
    trial(learner, "begin")
    learner.ask(command)

    assert learner.event("state")["trial"] is None
    assert learner.ask("trial", action="undo")["event"] == "refused"


def test_a_resumed_run_has_no_trial(learner: Learner) -> None:
    """A checkpoint is another moment than the one that was kept."""
    checkpoint = learner.checkpoint()
    trial(learner, "begin")
    learner.resume(checkpoint)

    assert learner.event("state")["trial"] is None


@pytest.mark.parametrize("actions", [["undo"], ["keep"], ["begin", "begin"]])
def test_actions_that_do_not_fit_are_refused(learner: Learner, actions: list[str]) -> None:
    """Two trials at once, and an end without a beginning: refused, and nothing has changed."""
    answers = [learner.ask("trial", action=action) for action in actions]

    assert answers[-1]["event"] == "refused"
    assert answers[-1]["problems"][0]["field"] == "action"
    assert (learner.ask("checkpoint")["trial"] is None) == (len(actions) == 1)


TRIED = st.lists(
    st.one_of(
        st.just('{"command": "step", "count": 3}'),
        st.just('{"command": "step", "unit": "sample", "count": 7}'),
        st.just('{"command": "back"}'),
        st.just('{"command": "set", "parameter": "b", "layer": 2, "to": 0, "value": -1}'),
        st.just('{"command": "configure", "experiment": {"learning_rate": 1, "batch_size": 4}}'),
        st.just('{"command": "configure", "experiment": {"optimizer": {"name": "adam"}}}'),
        st.just(
            '{"command": "configure", "experiment": {"regularization": "L1", '
            '"regularization_rate": 0.3, "schedule": {"name": "exponential"}}}'
        ),
        st.just('{"command": "configure", "experiment": {"train_percent": 30, "noise": 40}}'),
    ),
    max_size=6,
)


@settings(max_examples=25)
@given(before=TRIED, tried=TRIED)
def test_undo_undoes_anything(before: list[str], tried: list[str]) -> None:
    """Whatever went before and whatever is tried, frame and checkpoint come back bit for bit."""
    session = Session(str)
    obey(session, '{"command": "hello"}')
    for text in ['{"command": "step", "count": 5}', *before]:
        obey(session, text)
    frame, checkpoint = session.frame(), session.checkpoint()
    obey(session, '{"command": "trial", "action": "begin"}')
    for text in tried:
        obey(session, text)
    obey(session, '{"command": "trial", "action": "undo"}')

    assert session.checkpoint() == checkpoint
    assert session.frame() == frame


def obey(session: Session, text: str) -> None:
    """Applies a command and does the work that follows from it."""
    with suppress(ProtocolError):  # Back beyond the beginning.
        session.apply(parse_command(text, str))
    while session.work_due_at() < 0:
        session.train(0.01, lambda: False)
