"""Checkpoints: a run goes on bit for bit, and nothing but a whole checkpoint is accepted."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load, save

from app.checkpoint import decode_checkpoint, encode_checkpoint
from app.experiment import Experiment
from app.protocol import MAX_CHECKPOINT_BYTES, MessageTooLarge, ProtocolError, decode
from app.run import Run
from tests.app.learner import application, connected, same, scalars


def run(**fields: Any) -> Run:
    """A run of a small Experiment that has made 33 updates and looked at 3 more examples."""
    fields = {"samples": 100, "layers": [{"units": 3}], **fields}
    made = Run(7, Experiment.model_validate(fields))
    made.trainer.advance(33)
    made.trainer.advance_samples(3)
    return made


FILE = encode_checkpoint(run(optimizer={"name": "adam"}))
METADATA = decode(FILE).metadata


def changed(metadata: Any = None, **arrays: Any) -> bytes:
    """The checkpoint with other metadata or arrays; None leaves an array out."""
    tensors: dict[str, Any] = {**load(FILE), **arrays}
    kept = {name: array for name, array in tensors.items() if array is not None}
    return save(kept, metadata={**METADATA, **(metadata or {})})


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw"])
@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_the_numbers_go_on_bit_for_bit(optimizer: str, precision: str) -> None:
    """A run that is resumed from its file and one that was never interrupted stay the same."""
    first = run(
        optimizer={"name": optimizer},
        precision=precision,
        regularization="L1",
        regularization_rate=0.03,
    )
    second = decode_checkpoint(encode_checkpoint(first), str)

    assert encode_checkpoint(second) == encode_checkpoint(first)
    assert np.array_equal(second.trainer.gradient, first.trainer.gradient)
    for trainer in (first.trainer, second.trainer):
        trainer.advance(200)
    assert encode_checkpoint(second) == encode_checkpoint(first)


def test_a_checkpoint_opens_with_any_safetensors_reader() -> None:
    """Its arrays are the trainer's state, its metadata the Experiment."""
    tensors = load(FILE)

    assert tensors["parameters"].dtype == np.float64
    assert tensors["position"].tolist() == [33, 6, 3, 3, 0]
    assert Experiment.model_validate_json(METADATA["experiment"]).samples == 100


@pytest.mark.parametrize(
    ("file", "field"),
    [
        (changed(parameters=None), "parameters"),
        (changed(parameters=np.zeros(3)), "parameters"),
        (changed(parameters=load(FILE)["parameters"].astype(np.float32)), "parameters"),
        (changed(parameters=load(FILE)["parameters"] * np.nan), "parameters"),
        (changed(update=load(FILE)["update"] + np.inf), "update"),
        (changed(**{"optimizer.count": np.array([-1])}), "optimizer.count"),
        (changed(**{"optimizer.velocity": np.zeros(3)}), "optimizer.velocity"),
        (changed(position=np.array([33, 6, 5, 3, 0])), "position"),
        (changed(position=np.array([33, 6, 3, 10, 0])), "position"),
        (changed(position=np.array([33, 6, -3, 0, 0])), "position"),
        (changed(position=np.array([1, 0, 0, 0, 1])), "position"),
        (changed(position=np.array([2**60, 6, 3, 3, 0])), "position"),
        (changed(dead=np.full(13, -1)), "dead"),
        (changed({"kind": "frame"}), "kind"),
        (changed({"version": "2"}), "version"),
        (changed({"run": "-1"}), "run"),
        (changed({"run": "99999999999999999"}), "run"),
        (changed({"experiment": "{"}), "experiment.message"),
        (changed({"experiment": json.dumps({"samples": 9})}), "experiment.samples"),
        (changed({"experiment": json.dumps({"layers": [{"units": 4}]})}), "parameters"),
        (save({"x": np.zeros(2)}), "kind"),
        (b"", "message"),
        (b"hello", "message"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(file: bytes, field: str) -> None:
    """The refusal names the part that is wrong, and what was expected."""
    with pytest.raises(ProtocolError) as refusal:
        decode_checkpoint(file, str)

    assert field in refusal.value.problems[0].field
    assert refusal.value.problems[0].expected


def test_float32_cannot_hold_every_float64() -> None:
    """A weight that the run's precision would make infinite is refused."""
    file = encode_checkpoint(run(precision="float32"))
    tensors = {**load(file)}
    tensors["parameters"] = tensors["parameters"] + 1e300

    with pytest.raises(ProtocolError, match="parameters"):
        decode_checkpoint(save(tensors, metadata=decode(file).metadata), str)


def test_an_oversized_checkpoint_is_told_apart() -> None:
    """It is not read at all."""
    with pytest.raises(MessageTooLarge):
        decode_checkpoint(bytes(MAX_CHECKPOINT_BYTES + 1), str)


@given(st.integers(0, len(FILE) - 1))
def test_a_checkpoint_cut_short_is_refused(length: int) -> None:
    """Cut anywhere, it is a ProtocolError and nothing else."""
    with pytest.raises(ProtocolError):
        decode_checkpoint(FILE[:length], str)


@given(st.integers(0, len(FILE) - 1), st.integers(0, 255))
def test_a_damaged_checkpoint_is_refused_or_trains(place: int, byte: int) -> None:
    """One wrong byte gives a ProtocolError, or a run that can go on or diverge."""
    damaged = FILE[:place] + bytes([byte]) + FILE[place + 1 :]
    try:
        resumed = decode_checkpoint(damaged, str)
    except ProtocolError:
        return
    resumed.trainer.advance(3)


def test_a_client_resumes_where_it_was() -> None:
    """A binary message answers with configured, data and the very frame of before."""
    with application() as client:
        with connected(client) as first:
            answer = first.ask("configure", experiment=Experiment().model_dump(mode="json"))
            first.ask("step", unit="batch", count=77)
            frame = first.frame_at(77)
            checkpoint = first.checkpoint()
        with connected(client) as second:
            resumed = second.resume(checkpoint)
            again = second.frame()
            second.ask("step", unit="sample", count=3)
            beyond = scalars(second.frame())

    del answer["id"]
    assert resumed == {**answer, "reset": False, "because": ["checkpoint"]}
    assert second.files[0].metadata["kind"] == "data"
    assert same(frame, again)
    assert (beyond["step"], beyond["sample"]) == (77, 3)


def test_a_refused_checkpoint_changes_nothing() -> None:
    """The run, its step and the connection stay as they were."""
    with application() as client, connected(client) as learner:
        learner.ask("hello")
        learner.ask("step", count=3)
        before = learner.frame_at(3)
        answer = learner.resume(FILE[:-1])
        learner.ask("detail", map=10)
        after = learner.frame()

    assert (answer["event"], answer["command"]) == ("refused", "checkpoint")
    assert same(before, after)
