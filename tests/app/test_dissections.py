"""Dissections and exports, asked for by a client."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.experiment import Experiment
from app.protocol import BinaryMessage, decode
from tests.app.learner import Event, Learner, application, connected, same, scalars
from tests.vectors.displayed_cases import all_cases
from tests.vectors.dissections.write import FOLDER, LESSON, files

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "protocol.md"


@pytest.fixture
def learner() -> Iterator[Learner]:
    """A learner with the default run, 30 updates along."""
    with application() as client, connected(client) as learner:
        learner.ask("hello")
        learner.ask("step", count=30)
        learner.frame_at(30)
        yield learner


def configure(learner: Learner, **fields: Any) -> None:
    """Another Experiment, default but for some fields, 5 updates along."""
    learner.ask("configure", experiment={**Experiment().model_dump(mode="json"), **fields})
    learner.ask("step", count=5)
    learner.frame_at(5)


def look(learner: Learner, **fields: Any) -> BinaryMessage:
    """The dissection that is asked for."""
    answer = learner.ask("dissect", **fields)
    assert answer["event"] == "state", answer
    dissection = learner.files[-1]
    assert dissection.metadata["kind"] == "dissection"
    assert dissection.metadata["id"] == str(answer["id"])
    return dissection


def test_the_next_frame_shows_the_dissected_update(learner: Learner) -> None:
    """Gradient, update and new parameters of the dissection are those of the step then made."""
    dissection = look(learner)
    learner.ask("step")
    frame = learner.frame_at(31)

    for mine, theirs in (
        ("update.gradient", "gradient"),
        ("update.update", "update"),
        ("update.new_parameters", "parameters"),
        ("delta", "delta"),
        ("a", "activation"),
    ):
        assert dissection.tensors[mine].dtype == np.float64
        assert np.array_equal(dissection.tensors[mine].astype(np.float32), frame.tensors[theirs])
    assert scalars(dissection)["batch_loss"] == scalars(frame)["loss"]
    assert scalars(dissection)["step"] == 30


def test_looking_changes_nothing(learner: Learner) -> None:
    """A dissection in between leaves the run as if it had not been."""
    look(learner, example=3)
    learner.ask("step", count=10)
    looked = learner.frame_at(40)
    learner.ask("reset")
    learner.ask("step", count=40)
    fresh = learner.frame_at(40)

    assert same(
        looked, fresh._replace(tensors={**fresh.tensors, "scalars": looked.tensors["scalars"]})
    )


def test_shapes_and_names(learner: Learner) -> None:
    """Every array has the shape that the reference gives it; texts in the metadata are JSON."""
    configure(learner, loss="softmax", dataset="blobs", classes=3, optimizer={"name": "adam"})
    dissection = look(learner, neuron=[2, 1], weight=[1, 0, 3])
    arrays, metadata = dissection.tensors, dissection.metadata
    stages = len(arrays["stages"])
    shapes = {
        "inputs": (2,), "targets": (10, 3), "presented": (10, 3), "per_example": (10,),
        "examples": (10,), "z": (9,), "a": (9,), "slope": (9,), "da": (9,), "delta": (9,),
        "parameters": (31,), "share": (31,), "update.m_hat": (31,), "update.t": (),
        "before.m": (31,), "before.t": (), "numbers": (stages, 4), "stages": (stages, 6),
        "neuron": (10, 5), "curve": (161, 3), "contributions": (10,),
        "contribution_sums": (2,),
    }  # fmt: skip

    assert {name: arrays[name].shape for name in shapes} == shapes
    assert arrays["stages"].dtype == arrays["examples"].dtype == np.int32
    assert arrays["stops.term"].tolist() == list(range(1, stages + 1))
    assert arrays["presented"].sum(axis=1) == pytest.approx(np.ones(10))
    assert arrays["update.t"] == arrays["before.t"] + 1
    assert metadata["source"] == "batch"
    assert json.loads(metadata["choice"]) == {
        "example": None,
        "neuron": [2, 1],
        "weight": [1, 0, 3],
    }
    assert {f"update.{name}" for name in metadata["update"].split(",")} <= set(arrays)
    line = json.loads(metadata["program"])["lines"][0]
    assert line == {"phase": 0, "layer": 1, "name": "z", "text": "z[1] = a[0] @ W[1] + b[1]"}
    assert json.loads(metadata["findings"]) == []


def test_a_closeup_is_a_part_of_the_dissection(learner: Learner) -> None:
    """Asked for by themselves, the arrays of a neuron and of a weight are the same to the bit."""
    chosen: dict[str, Any] = {"neuron": [2, 1], "weight": [1, None, 3]}
    whole = look(learner, **chosen)
    answer = learner.ask("closeup", **chosen)
    part = learner.files[-1]

    assert part.metadata["id"] == str(answer["id"])
    assert json.loads(part.metadata["choice"]) == chosen
    assert scalars(part) == {name: scalars(whole)[name] for name in ("run", "step")}
    names = {"neuron", "curve", "contributions", "contribution_sums"}
    assert set(part.tensors) == names | {"scalars"}
    for name in names:
        assert np.array_equal(part.tensors[name], whole.tensors[name])


def test_the_reference_explains_every_array(learner: Learner) -> None:
    """Each array, scalar and metadata entry of these messages stands in the reference."""
    configure(learner, optimizer={"name": "adamw"}, regularization="L1", regularization_rate=0.1)
    learner.ask("gradcheck")
    files = [look(learner, neuron=[1, 0], weight=[1, 0, 0]), learner.file("gradcheck")]
    words = set(re.findall(r"`([^`\s]+)`", REFERENCE.read_text(encoding="utf-8")))
    for file in files:
        names = {re.sub(r"^(update|before|stops)\..*", r"\1.*", name) for name in file.tensors}
        assert names | set(file.metadata) | set(scalars(file)) <= words


def test_the_first_example_need_not_be_known(learner: Learner) -> None:
    """Asked for the batch's first example, the answer says which that is, and is that example's."""
    first = look(learner, example="first")
    row = int(first.tensors["examples"][0])

    assert json.loads(first.metadata["choice"])["example"] == row
    assert scalars(first)["place"] == 0
    assert np.array_equal(first.tensors["z"], look(learner, example=row).tensors["z"])


def test_an_example_of_the_batch(learner: Learner) -> None:
    """One of the batch's examples: its own numbers, and its share of the batch's gradient."""
    batch = look(learner)
    example = int(batch.tensors["examples"][4])
    one = look(learner, example=example)

    assert one.metadata["source"] == "member"
    assert scalars(one)["place"] == 4
    assert scalars(one)["loss"] == pytest.approx(batch.tensors["per_example"][4])
    assert one.tensors["targets"].shape == (1, 1)
    assert np.array_equal(one.tensors["update.update"], batch.tensors["update.update"])
    shares = [look(learner, example=int(k)).tensors["share"] for k in batch.tensors["examples"]]
    assert np.mean(shares, axis=0) == pytest.approx(batch.tensors["update.gradient"], rel=1e-9)


def test_examples_are_those_of_the_data_message(learner: Learner) -> None:
    """The number of an example is its row in the data file, also of one that tests."""
    learner.ask("reset")
    points = learner.file("data").tensors["points"]
    for example in (0, 249, 250, 499):
        dissection = look(learner, example=example)
        assert dissection.tensors["inputs"].astype(np.float32).tolist() == points[example].tolist()
    assert dissection.metadata["source"] == "outsider"


@pytest.mark.parametrize("loss", ["half-squared", "bce", "softmax", "hinge"])
def test_a_typed_example(learner: Learner, loss: str) -> None:
    """x1, x2 and a target, written as the data write them, give what that example of them gives."""
    configure(learner, loss=loss, features=["x", "y", "xTimesY"])
    learner.ask("reset")
    data = learner.file("data").tensors
    typed = look(learner, example=[1, -2.5, -1])
    assert typed.tensors["inputs"].tolist() == [1.0, -2.5, -2.5]
    known = look(learner, example=7)
    x1, x2 = map(float, data["points"][7])
    again = look(learner, example=[x1, x2, float(data["targets"][7])])

    assert again.tensors["share"] == pytest.approx(known.tensors["share"], rel=1e-4, abs=1e-6)


def test_contributions_cancel_in_the_open(learner: Learner) -> None:
    """What the examples add to a weight sums to its gradient, a bias's too."""
    weight = look(learner, weight=[2, 3, 1]).tensors
    bias = look(learner, weight=[2, None, 1]).tensors
    gradient = weight["update.gradient"][12:22].reshape(5, 2)

    assert weight["contributions"].sum() == pytest.approx(gradient[3, 1])
    assert bias["contributions"].sum() == pytest.approx(gradient[4, 1])
    for arrays, whole in ((weight, gradient[3, 1]), (bias, gradient[4, 1])):
        above, below = arrays["contribution_sums"]
        assert above >= 0 >= below
        assert above + below == pytest.approx(whole)


def test_dead_units_are_told(learner: Learner) -> None:
    """A unit that lets nothing through is found, with its place."""
    configure(learner, layers=[{"units": 3, "activation": "relu"}])
    learner.ask("set", parameter="b", layer=1, to=2, value=-100)
    findings = json.loads(look(learner).metadata["findings"])

    assert {"ailment": "dead", "layer": 1, "unit": 2, "measure": 0.0} in findings


def test_a_run_that_plays_can_be_looked_at(learner: Learner) -> None:
    """In full flight the answer is about one moment, and the run goes on."""
    learner.ask("play", pace={"unit": "full"})
    learner.frame_at(100)
    dissection = look(learner)
    later = learner.frame_at(int(scalars(dissection)["step"]) + 1)

    assert scalars(dissection)["step"] >= 100
    assert scalars(later)["playing"] == 1


BAD = [
    ({"example": -1}, "example"),
    ({"example": 500}, "example"),
    ({"example": 1.5}, "example"),
    ({"example": True}, "example"),
    ({"example": "last"}, "example"),
    ({"example": [1, 2]}, "example"),
    ({"example": [1, 2, 3, 4]}, "example"),
    ({"example": [1, 2, 0]}, "example[2]"),
    ({"example": [1, None, 1]}, "example"),
    ({"example": [1, 1e9, 1]}, "example"),
    ({"example": {"x": 1}}, "example"),
    ({"neuron": [4, 0]}, "neuron[0]"),
    ({"neuron": [0, 0]}, "neuron[0]"),
    ({"neuron": [2, 2]}, "neuron[1]"),
    ({"neuron": [1]}, "neuron[1]"),
    ({"weight": [9, 0, 0]}, "weight[0]"),
    ({"weight": [1, 2, 0]}, "weight[1]"),
    ({"weight": [1, 0, 4]}, "weight[2]"),
    ({"weight": [1, 0, -1]}, "weight[2]"),
    ({"layer": 1}, "layer"),
]


@pytest.mark.parametrize(("fields", "field"), BAD, ids=str)
def test_faulty_requests_are_refused(learner: Learner, fields: dict[str, Any], field: str) -> None:
    """What there is not, or what is no example, is refused by its path, in one sentence."""
    commands = ["dissect"] if "example" in fields else ["dissect", "closeup"]
    for command in commands:
        refused = learner.ask(command, **fields)

        assert refused["event"] == "refused"
        assert [problem["field"] for problem in refused["problems"]] == [field]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e400", "9" * 400])
def test_numbers_that_are_none_are_refused(learner: Learner, number: str) -> None:
    """An example must be finite."""
    learner.socket.send_text(f'{{"command": "dissect", "example": [1, {number}, 1]}}')
    refused = learner.event()

    assert refused["problems"][0]["field"] == "example"
    assert "null, first, the number of an example" in refused["problems"][0]["expected"]


def test_there_is_nothing_to_look_at_before_a_run() -> None:
    """Without a run all of these commands are refused."""
    with application() as client, connected(client) as learner:
        for command, fields in (("dissect", {}), ("closeup", {}), ("export", {"format": "numpy"})):
            assert learner.ask(command, **fields)["event"] == "refused"


# The lesson, and golden messages


def test_the_lessons_example_can_be_built(learner: Learner) -> None:
    """One weight 2, bias -1, input 3, target 10, squared error: loss 25, gradients -30 and -10."""
    configure(learner, **LESSON)
    learner.ask("set", parameter="W", layer=1, **{"from": 0}, to=0, value=2)
    learner.ask("set", parameter="b", layer=1, to=0, value=-1)
    dissection = look(learner)
    arrays = dissection.tensors
    stages = dict(zip(dissection.metadata["stages"].split(","), arrays["stages"].T, strict=True))
    acts = dissection.metadata["acts"].split(",")
    walk = [acts[act] for act in stages["act"]]
    values = arrays["numbers"][:, 2]

    assert [arrays["z"].item(), arrays["a"].item(), scalars(dissection)["loss"]] == [5, 5, 25]
    assert arrays["update.gradient"].tolist() == [-30, -10]
    assert arrays["update.new_parameters"] == pytest.approx([2.9, -0.7])
    assert walk[:-4] == [
        "term", "bias", "activation", "per_example", "mean",
        "came_back", "slope", "delta", "dW", "db",
    ]  # fmt: skip
    assert values[:-4].tolist() == [6, -1, 5, 25, 25, -10, 1, -10, -30, -10]
    assert values[-1] == pytest.approx((3 * 2.9 - 0.7 - 10) ** 2)


@pytest.mark.parametrize(
    "name", ["lesson", "cross-entropy", "adam", *(case.name for case in all_cases())]
)
def test_golden_dissections_are_written(name: str) -> None:
    """The same runs give the same messages as ever, but for the last digits of the machine's."""
    golden = decode((FOLDER / f"{name}.safetensors").read_bytes())
    fresh = decode(files()[name])

    assert fresh.metadata == golden.metadata
    assert list(fresh.tensors) == list(golden.tensors)
    for tensor, array in golden.tensors.items():
        assert fresh.tensors[tensor].dtype == array.dtype
        assert fresh.tensors[tensor] == pytest.approx(array, rel=1e-9, abs=1e-12, nan_ok=True)


# Exports


def test_scripts_are_sent_as_text(learner: Learner) -> None:
    """The answer is an export event with a name, and text that is Python."""
    for kind in ("numpy", "pytorch"):
        answer: Event = learner.ask("export", format=kind)
        assert answer == answer | {"event": "export", "format": kind}
        assert answer["filename"] == f"gradient-express-step-30-{kind}.py"
        compile(answer["text"], answer["filename"], "exec")


def test_comments_are_in_the_language_of_the_connection() -> None:
    """A Chinese reader's script explains itself in Chinese."""
    with application() as client, connected(client, "/ws?lang=zh-Hans") as learner:
        learner.ask("hello")
        assert "前向" in learner.ask("export", format="numpy")["text"]


def test_the_experiment_is_sent_as_json(learner: Learner) -> None:
    """It may be sent back in configure, and changes nothing."""
    kept = json.loads(learner.ask("export", format="experiment")["text"])
    answer = learner.ask("configure", experiment=kept)

    assert (answer["reset"], answer["because"]) == (False, [])


def test_a_checkpoint_is_exported_as_the_file_that_it_is(learner: Learner) -> None:
    """The answer is a state, and with it comes the binary message."""
    assert learner.ask("export", format="checkpoint")["event"] == "state"
    assert learner.files[-1].metadata["kind"] == "checkpoint"


@pytest.mark.parametrize("fields", [{}, {"format": "onnx"}, {"format": None}])
def test_unknown_formats_are_refused(learner: Learner, fields: dict[str, Any]) -> None:
    """The refusal names the formats that there are."""
    refused = learner.ask("export", **fields)

    assert refused["event"] == "refused"
    assert refused["problems"][0]["field"] == "format"
