"""What a learner's session does, seen by its client."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from app.protocol import Hello, Step
from app.session import Session
from tests.app.learner import Learner, application, connected, experiment, same, scalars

FULL = {"unit": "full"}


def test_hello_gives_the_default_run(learner: Learner) -> None:
    """configured says what the run is, then come the data, then for a credit the first frame."""
    configured = learner.events[-1]
    data = learner.file("data")
    frame = learner.frame()

    assert configured["shape"] == [2, 4, 2, 1]
    assert configured["activations"] == ["tanh", "tanh", "tanh"]
    assert (configured["parameters"], configured["train"], configured["test"]) == (25, 250, 250)
    assert configured["reset"] is True
    assert data.metadata["run"] == str(configured["run"])
    assert data.tensors["points"].shape == (500, 2)
    assert data.tensors["test"].tolist() == [0] * 250 + [1] * 250
    assert list(data.tensors["input_scales"]) == [6, 6, 36, 36, 36, 1, 1]
    assert scalars(frame)["run"] == configured["run"]
    assert scalars(frame)["step"] == 0
    assert scalars(frame)["applied"] == 0
    assert not frame.tensors["update"].any()


@pytest.mark.parametrize(
    ("unit", "count", "step", "sample"),
    [("sample", 3, 0, 3), ("sample", 13, 1, 3), ("batch", 1, 1, 0), ("epoch", 2, 50, 0)],
)
def test_steps_go_as_far_as_asked(
    learner: Learner, unit: str, count: int, step: int, sample: int
) -> None:
    """A step advances by samples, updates or epochs, and stays there."""
    learner.ask("step", unit=unit, count=count)
    learner.file("checkpoint")
    shown = scalars(learner.frame())

    assert (shown["step"], shown["sample"], shown["playing"]) == (step, sample, 0)


def test_an_epoch_step_ends_at_the_end_of_the_epoch(learner: Learner) -> None:
    """From the middle of an epoch, one epoch's step finishes that epoch."""
    learner.ask("step", unit="batch", count=7)
    learner.ask("step", unit="epoch")
    shown = scalars(learner.frame_at(25))

    assert (shown["step"], shown["epoch"], shown["batch"]) == (25, 1, 0)


def test_two_paths_to_one_step_give_the_same_numbers() -> None:
    """Slices, paces and single steps change no bit of the frame at a step."""
    with application() as client, connected(client) as first, connected(client) as second:
        first.ask("hello")
        first.ask("step", unit="batch", count=300)
        one = first.frame_at(300)
        second.ask("hello")
        second.ask("play", pace={"unit": "update", "rate": 1000.0})
        while scalars(second.frame())["step"] < 20:
            pass
        second.ask("pause")
        reached = scalars(second.frame())["step"]
        for _ in range(5):
            second.ask("step", unit="sample", count=7)
        second.ask("step", unit="batch", count=int(300 - reached) - 3)
        other = second.frame_at(300)

    for name, array in one.tensors.items():
        if name != "scalars":
            assert np.array_equal(array, other.tensors[name]), name
    assert scalars(one) | {"run": 0} == scalars(other) | {"run": 0}


def test_full_speed_trains_between_frames(learner: Learner) -> None:
    """While playing, each frame is ahead of the one before, and learning works."""
    learner.ask("play", pace=FULL)
    steps = [scalars(learner.frame()) for _ in range(30)]

    assert all(later["step"] > earlier["step"] for earlier, later in pairwise(steps))
    assert steps[-1]["playing"] == 1
    assert steps[-1]["train_loss"] < 0.5 * steps[0]["train_loss"]


def test_the_epoch_pace_shows_whole_epochs(learner: Learner) -> None:
    """At three epochs a frame every frame stands at the end of an epoch, three after the last."""
    learner.ask("play", pace={"unit": "epoch", "rate": 3})
    shown = [scalars(learner.frame()) for _ in range(8)]
    moved = [frame for frame in shown if frame["step"]]

    assert all(frame["batch"] == 0 for frame in moved)
    assert all(b["epoch"] - a["epoch"] == 3 for a, b in pairwise(moved))


def test_reset_repeats_the_weights(learner: Learner) -> None:
    """Reset begins a new run with the same numbers, and says that it did."""
    first = learner.frame()
    learner.ask("step", unit="epoch", count=2)
    learner.frame_at(50)
    answer = learner.ask("reset")
    again = learner.frame()

    assert answer["reset"] is True
    assert answer["run"] > scalars(first)["run"]
    assert same(
        first._replace(tensors={**first.tensors, "scalars": again.tensors["scalars"]}), again
    )


@pytest.mark.parametrize(
    ("command", "field"), [("reseed", "weight_seed"), ("regenerate", "data_seed")]
)
def test_new_seeds_are_in_the_link(learner: Learner, command: str, field: str) -> None:
    """A drawn seed stands in the Experiment, so that its link gives the same run again."""
    before = learner.events[-1]
    answer = learner.ask(command)
    frame = learner.frame()
    reopened = learner.ask("open", link=before["link"])
    again = learner.ask("open", link=answer["link"])

    assert answer["because"] == [field]
    assert answer["experiment"][field] != before["experiment"][field]
    assert reopened["experiment"] == before["experiment"]
    assert again["experiment"] == answer["experiment"]
    assert np.array_equal(frame.tensors["parameters"], learner.frame().tensors["parameters"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("learning_rate", 0.1),
        ("regularization", "L2"),
        ("regularization_rate", 0.1),
        ("batch_size", 7),
        ("noise", 20.0),
        ("train_percent", 70.0),
        ("reshuffle", False),
        ("optimizer", {"name": "adam"}),
        ("schedule", {"name": "cosine"}),
        ("clipping", {"name": "norm"}),
        ("view", {"show_test": True}),
        ("hidden", ["noise"]),
    ],
)
def test_live_fields_never_reset(learner: Learner, field: str, value: object) -> None:
    """They keep the weights and the step, and configured names the field."""
    learner.ask("step", unit="batch", count=30)
    before = learner.frame_at(30)
    answer = learner.ask("configure", experiment=experiment(**{field: value}))
    after = learner.frame()

    assert (answer["reset"], answer["because"]) == (False, [field])
    assert answer["run"] == scalars(before)["run"]
    assert scalars(after)["step"] == 30
    assert np.array_equal(before.tensors["parameters"], after.tensors["parameters"])


@pytest.mark.parametrize("field", ["noise", "train_percent"])
def test_changed_data_are_sent(learner: Learner, field: str) -> None:
    """Noise and split give new data, and the epoch begins anew."""
    first = learner.file("data")
    learner.ask("step", unit="batch", count=30)
    learner.frame_at(30)
    learner.ask("configure", experiment=experiment(**{field: 60.0}))
    second = learner.file("data")
    shown = scalars(learner.frame())

    assert not same(first, second)
    assert (shown["step"], shown["epoch"], shown["batch"]) == (30, 1, 0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("dataset", "spiral"),
        ("features", ["x", "xTimesY"]),
        ("layers", [{"units": 3}]),
        ("loss", "bce"),
        ("precision", "float32"),
        ("samples", 100),
        ("initializer", {"name": "zeros"}),
    ],
)
def test_what_must_reset_says_so(learner: Learner, field: str, value: object) -> None:
    """The answer names the field that made the network start anew."""
    learner.ask("step", unit="batch", count=3)
    learner.frame_at(3)
    answer = learner.ask("configure", experiment=experiment(**{field: value}))

    assert (answer["reset"], answer["because"]) == (True, [field])
    assert scalars(learner.frame())["step"] == 0


@pytest.mark.parametrize(
    ("fields", "shape"),
    [
        ({"layers": []}, [2, 1]),
        ({"problem": "regression", "dataset": "reg-gauss"}, [2, 4, 2, 1]),
        ({"dataset": "blobs", "classes": 5, "loss": "softmax"}, [2, 4, 2, 5]),
        ({"dataset": "blobs", "classes": 3}, [2, 4, 2, 3]),
        ({"loss": "softmax"}, [2, 4, 2, 2]),
        ({"loss": "hinge"}, [2, 4, 2, 1]),
        (
            {"dataset": "points", "points": [[1, 2, 1], [-1, 0, -1]], "train_percent": 100},
            [2, 4, 2, 1],
        ),
    ],
)
def test_every_kind_of_problem_trains(fields: dict[str, Any], shape: list[int]) -> None:
    """Outputs are as many as the loss needs, and frames of the shape that configured told."""
    with application() as client, connected(client) as learner:
        answer = learner.ask("configure", experiment=experiment(**fields))
        learner.ask("step", unit="epoch", count=2)
        frame = learner.frame_at(2)
    test_loss = scalars(frame)["test_loss"]

    assert answer["shape"] == shape
    assert frame.tensors["maps"].shape == (sum(shape[1:]), 10, 10)
    assert frame.tensors["outputs"].shape == (shape[-1], 60, 60)
    assert np.isnan(test_loss) == (answer["test"] == 0)


def test_setting_a_weight_recomputes(learner: Learner) -> None:
    """An edited weight or bias, the output's included, shows at once with its own gradient."""
    learner.ask("step", unit="batch", count=5)
    before = learner.frame_at(5)
    learner.ask("set", parameter="W", layer=1, **{"from": 1, "to": 2}, value=0.75)
    edited = learner.frame()
    learner.ask("set", parameter="b", layer=3, to=0, value=-0.5)
    both = learner.frame()

    assert edited.tensors["parameters"][1 * 4 + 2] == 0.75
    assert both.tensors["parameters"][-1] == -0.5
    assert scalars(edited)["step"] == 5
    assert scalars(edited)["applied"] == 0
    assert scalars(edited)["train_loss"] != scalars(before)["train_loss"]
    assert not np.array_equal(edited.tensors["gradient"], both.tensors["gradient"])
    assert not np.array_equal(edited.tensors["outputs"], both.tensors["outputs"])


def test_error_signals_agree_with_the_bias_gradient(learner: Learner) -> None:
    """The sum of delta over the batch is dL/db, unit by unit."""
    learner.ask("step", unit="batch", count=5)
    frame = learner.frame_at(5)
    gradient, delta = frame.tensors["gradient"], frame.tensors["delta"]
    biases = np.concatenate([gradient[8:12], gradient[20:22], gradient[24:25]])

    assert np.allclose(delta, biases, rtol=1e-5)
    assert (frame.tensors["delta_rms"] >= np.abs(delta) - 1e-7).all()


def test_divergence_stops_at_the_last_finite_state(learner: Learner) -> None:
    """Training that leaves the finite numbers names step and layer, and pauses."""
    wild = experiment(
        problem="regression",
        dataset="reg-plane",
        loss="mse",
        learning_rate=100.0,
        layers=[{"units": 4, "activation": "linear"}],
    )
    learner.ask("configure", experiment=wild)
    learner.ask("play", pace=FULL)
    learner.tell("credit", frames=8)
    diverged = learner.event("diverged")
    state = learner.event("state")
    shown = learner.frame()
    while not same(shown, shown) or scalars(shown)["playing"]:
        shown = learner.file("frame")

    assert diverged["step"] == scalars(shown)["step"] + 1
    assert 1 <= diverged["layer"] <= 2
    assert str(diverged["step"]) in diverged["message"]
    assert state["playing"] is False
    assert learner.ask("reset")["reset"] is True


def test_detail_is_sent_only_when_wanted(learner: Learner) -> None:
    """Resolutions, an enlarged neuron and a probed point come with the next frame."""
    learner.frame()
    learner.ask("detail", map=20, output=80, focus=[1, 3], probe=[0.5, -2.0])
    fine = learner.frame()
    data = learner.files[-2]
    learner.ask("detail")
    plain = learner.frame()

    assert fine.tensors["maps"].shape == (7, 20, 20)
    assert fine.tensors["focus"].shape == (80, 80)
    assert fine.metadata["focus"] == "1,3"
    assert fine.tensors["probe"].shape == (7,)
    assert data.tensors["inputs"].shape == (7, 20, 20)
    assert "focus" not in plain.tensors
    assert "probe" not in plain.tensors


def test_a_smaller_network_forgets_the_focus(learner: Learner) -> None:
    """A neuron that is gone can no longer be enlarged."""
    learner.ask("detail", focus=[2, 1])
    learner.ask("configure", experiment=experiment(layers=[]))

    assert "focus" not in learner.frame().tensors


def test_nothing_is_sent_twice_while_paused(learner: Learner) -> None:
    """A credit is kept until something changes; then one frame comes for it, and no more."""
    learner.frame()
    learner.tell("credit", frames=3)
    learner.ask("detail", map=20)
    learner.file("frame")
    learner.ask("pause")
    learner.file("frame")
    learner.ask("detail", map=10)
    learner.ask("checkpoint")

    frames = [file for file in learner.files if file.metadata["kind"] == "frame"]
    assert len(frames) in (3, 4)


def test_steps_in_quick_succession_share_a_checkpoint() -> None:
    """The first step's checkpoint is due at once, the next ones' a tenth of a second later."""
    now = [100.0]
    session = Session(str, lambda: now[0])
    session.apply(Hello(command="hello"))
    session.checkpoint()
    now[0] += 1
    for _ in range(3):
        session.apply(Step(command="step"))
        session.train(1.0, lambda: False)
        if session.checkpoint_due_at() <= now[0]:
            session.checkpoint()
        now[0] += 0.02

    assert session.checkpoint_due_at() == pytest.approx(101.1)
