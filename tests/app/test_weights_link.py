"""Links that carry the weights: exact to the bit, bounded, and refused in words."""

import base64
import json
import struct
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.experiment import LIMITS, Experiment
from app.playground_link import from_link, to_link
from tests.app.learner import Learner, application, connected, scalars

SMALL = {"layers": [], "features": ["x"]}
MOST = int(LIMITS["parameters"][1])


@pytest.fixture
def learner() -> Iterator[Learner]:
    """A learner who has said nothing yet."""
    with application() as client, connected(client) as learner:
        yield learner


def with_weights(link: str, packed: bytes) -> str:
    """A link of one weight and one bias with these bytes as its weights."""
    text = base64.urlsafe_b64encode(packed).decode()
    return f"{link}&weights={text}"


def told(link: str) -> dict[str, str]:
    """What was wrong with a link, by the part."""
    return {problem.field: problem.message for problem in from_link(link, str)[1]}


@given(
    weights=st.lists(
        st.floats(*LIMITS["weight"], allow_nan=False, allow_subnormal=True),
        min_size=2,
        max_size=2,
    )
)
def test_weights_come_back_bit_for_bit(weights: list[float]) -> None:
    """Any finite weight survives the link, the sign of zero and subnormal numbers included."""
    experiment = Experiment.model_validate({**SMALL, "parameters": weights})
    again, problems = from_link(to_link(experiment), str)

    assert problems == []
    assert again.parameters is not None
    assert struct.pack("<2d", *again.parameters) == struct.pack("<2d", *weights)


def test_the_largest_that_fits_stays_below_8000_characters() -> None:
    """So many weights as the limit allows, in a network of many layers."""
    layers = [{"units": 25, "activation": "leaky-relu"}] * 2 + [{"units": 1}] * 4
    experiment = Experiment.model_validate({"layers": layers, "dataset": "checkerboard"})
    count = 2 * 25 + 25 + 25 * 25 + 25
    assert count > MOST
    units = [25, 22, 2]
    shape = [{"units": n, "activation": "leaky-relu"} for n in units]
    size = 3 * 25 + 26 * 22 + 23 * 2 + 3
    fitting = Experiment.model_validate({"layers": shape, "parameters": [0.1] * size})

    assert MOST - 10 < size <= MOST
    assert len(to_link(fitting)) < 8000
    assert "weights" not in to_link(experiment)


def test_a_link_of_now_begins_where_the_run_is(learner: Learner) -> None:
    """Trained, exported and opened: the first frame has exactly those weights, at step 0; and
    reset returns to them."""
    learner.ask("hello")
    learner.ask("step", count=50)
    trained = learner.frame_at(50)
    exported = learner.ask("export", format="link")
    opened = learner.ask("open", link=exported["text"])
    first = learner.frame()
    learner.ask("step", count=5)
    learner.frame_at(5)
    learner.ask("reset")
    again = learner.frame()

    assert opened["problems"] == []
    assert opened["link"] == exported["text"]
    assert scalars(first)["step"] == scalars(again)["step"] == 0
    assert scalars(first)["train_loss"] == scalars(trained)["train_loss"]
    assert np.array_equal(first.tensors["parameters"], trained.tensors["parameters"])
    assert np.array_equal(again.tensors["parameters"], trained.tensors["parameters"])


def test_new_weights_replace_given_ones(learner: Learner) -> None:
    """Reseed draws, and other data keep the weights that were given."""
    learner.ask("configure", experiment={**SMALL, "parameters": [0.25, -0.5]})
    kept = learner.ask("regenerate")
    learner.ask("reseed")
    drawn = learner.ask("export", format="experiment")

    assert kept["experiment"]["parameters"] == [0.25, -0.5]
    assert json.loads(drawn["text"])["parameters"] is None


def test_the_saved_experiment_has_them(learner: Learner) -> None:
    """JSON carries given weights, and configure takes them back."""
    learner.ask("configure", experiment={**SMALL, "parameters": [0.25, -0.5]})
    saved = json.loads(learner.ask("export", format="experiment")["text"])
    learner.ask("configure", experiment={})
    learner.ask("configure", experiment=saved)
    frame = learner.frame()

    assert saved["parameters"] == [0.25, -0.5]
    assert frame.tensors["parameters"].tolist() == [0.25, -0.5]


def test_other_weights_begin_a_new_run(learner: Learner) -> None:
    """The field resets: the same set-up with one other weight is another run."""
    learner.ask("configure", experiment={**SMALL, "parameters": [0.25, -0.5]})
    answer = learner.ask("configure", experiment={**SMALL, "parameters": [0.25, 0.5]})

    assert (answer["reset"], answer["because"]) == (True, ["parameters"])


def test_too_many_for_a_link_is_refused(learner: Learner) -> None:
    """The refusal says how many a link carries and what holds more."""
    layers = [{"units": 32}] * 2
    learner.ask("configure", experiment={"layers": layers})
    answer = learner.ask("export", format="link")

    assert answer["event"] == "refused"
    assert "700" in answer["problems"][0]["message"]
    assert "checkpoint" in answer["problems"][0]["message"]


BASE = "networkShape=&y=false"
ONE, TWO = struct.pack("<d", 1.0), struct.pack("<2d", 1.0, 2.0)


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (f"{BASE}&weights=%%%", "base64url"),
        (f"{BASE}&weights=AAAA", "8 bytes"),
        (with_weights(BASE, TWO)[:-6], "8 bytes"),
        (with_weights(BASE, ONE), "2 numbers"),
        (with_weights(BASE, TWO + ONE), "2 numbers"),
        (with_weights(BASE, struct.pack("<2d", 1.0, float("nan"))), "a finite number"),
        (with_weights(BASE, struct.pack("<2d", float("inf"), 1.0)), "a finite number"),
        (with_weights(BASE, struct.pack("<2d", 1e7, 1.0)), "at most 1000000"),
        (with_weights("", TWO), "25 numbers"),
    ],
)
def test_corrupted_weights_are_told_and_drawn(link: str, words: str) -> None:
    """The part is named with what was expected, and the network begins with drawn weights."""
    problems = told(link)

    assert list(problems) == ["weights"]
    assert words in problems["weights"]
    assert from_link(link, str)[0].parameters is None


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ([0.1], "experiment.parameters"),
        ([0.1, "0.2"], "experiment.parameters[1]"),
        ([0.1, 2e6], "experiment.parameters[1]"),
        ([0.1] * (MOST + 1), "experiment.parameters"),
        ("0.1", "experiment.parameters"),
    ],
)
def test_a_faulty_list_is_refused(learner: Learner, parameters: Any, field: str) -> None:
    """Of the wrong length, type or size: the refusal names the place."""
    learner.ask("hello")
    answer = learner.ask("configure", experiment={**SMALL, "parameters": parameters})

    assert answer["event"] == "refused"
    assert answer["problems"][0]["field"] == field
