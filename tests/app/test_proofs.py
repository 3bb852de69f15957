"""The gradient check, asked for by a client while other things go on."""

from itertools import pairwise
from typing import Any

import pytest

from app.experiment import Experiment
from app.proofs import MOST_EXAMPLES, Proof
from app.protocol import decode
from app.run import Run
from tests.app.learner import Learner, application, connected, scalars


def test_the_gradient_is_proved(learner: Learner) -> None:
    """Both opinions on every parameter come back, and agree to seven digits."""
    learner.ask("step", count=12)
    learner.frame_at(12)
    answer = learner.ask("gradcheck")
    proof = learner.file("gradcheck")
    numbers = scalars(proof)

    assert answer["event"] == "state"
    assert proof.metadata["id"] == str(answer["id"])
    assert proof.tensors["analytic"].shape == proof.tensors["numeric"].shape == (25,)
    assert (numbers["step"], numbers["rows"]) == (12, 10)
    assert numbers["largest_error"] < 1e-7
    assert numbers["largest_error"] == proof.tensors["relative_error"][int(numbers["worst"])]
    assert not proof.tensors["at_kink"].any()


def test_the_gradient_is_that_of_the_update_to_come(learner: Learner) -> None:
    """What is checked is the gradient that the next update is made with."""
    learner.ask("gradcheck")
    proof = learner.file("gradcheck")
    learner.ask("step")
    frame = learner.frame_at(1)

    assert proof.tensors["analytic"] == pytest.approx(frame.tensors["gradient"], rel=1e-5)


def test_slices_give_what_the_whole_gives() -> None:
    """However little is checked at a time, the message is the same, also if the run goes on."""
    run = Run(1, Experiment())
    whole = Proof(run, None, lambda: 0.0)
    sliced = Proof(run, None, lambda: 0.0)
    message = None
    slices = 0
    while message is None:
        message = sliced.work(1e-9)
        run.trainer.advance(3)
        slices += 1

    assert slices > 5
    assert message == whole.work(1e9)


def test_a_large_batch_is_sampled() -> None:
    """Of 500 examples 64 are checked: their mean is a loss like any other."""
    run = Run(1, Experiment(batch_size=500, train_percent=100.0))
    message = Proof(run, 7, lambda: 0.0).work(1e9)

    assert message is not None
    assert decode(message).tensors["scalars"][2] == MOST_EXAMPLES
    assert decode(message).metadata["id"] == "7"


def test_training_and_frames_go_on_meanwhile(learner: Learner) -> None:
    """While 12,000 parameters are checked, frames keep coming, each ahead of the last."""
    layers = [{"units": 32, "activation": "tanh"}] * 12
    wide: dict[str, Any] = {**Experiment().model_dump(mode="json"), "layers": layers}
    learner.ask("configure", experiment=wide)
    learner.ask("play", pace={"unit": "full"})
    learner.frame()
    learner.ask("gradcheck")
    steps = [scalars(learner.frame())["step"] for _ in range(5)]
    proved = any(file.metadata["kind"] == "gradcheck" for file in learner.files)
    learner.ask("reset")

    assert not proved
    assert all(later > earlier for earlier, later in pairwise(steps))


def test_a_new_run_drops_the_check(learner: Learner) -> None:
    """What was asked of the old run is not answered about the new one."""
    learner.tell("gradcheck")
    learner.ask("reset")
    learner.ask("gradcheck")
    run = [event for event in learner.events if event["event"] == "configured"][-1]["run"]
    while (proof := learner.file("gradcheck")).metadata["run"] != str(run):
        pass

    assert scalars(proof)["run"] == run


def test_kinks_are_marked(learner: Learner) -> None:
    """A network of ReLUs whose weights are zero stands on its kinks, and the check says so."""
    zeros = Experiment.model_validate(
        {"layers": [{"units": 3, "activation": "relu"}], "initializer": {"name": "zeros"}}
    )
    learner.ask("configure", experiment=zeros.model_dump(mode="json"))
    learner.ask("gradcheck")
    proof = learner.file("gradcheck")

    assert proof.tensors["at_kink"].any()
    assert scalars(proof)["worst"] >= 0


@pytest.mark.parametrize("fields", [{"layer": 1}, {"id": -1}])
def test_faulty_requests_are_refused(learner: Learner, fields: dict[str, Any]) -> None:
    """The command takes nothing but an id."""
    learner.tell("gradcheck", **fields)

    assert learner.event()["event"] == "refused"


def test_there_is_nothing_to_check_before_a_run() -> None:
    """Without a run the command is refused."""
    with application() as client, connected(client) as learner:
        assert learner.ask("gradcheck")["event"] == "refused"
