"""Frames and data files show what the engine computes, on the scales that they tell."""

import json
from typing import Any

import numpy as np
import pytest

from app.dissections import encode_dissection
from app.experiment import Experiment
from app.frames import Camera, encode_data
from app.presets import presets
from app.protocol import BinaryMessage, Detail, Dissect, decode
from app.run import Run
from engine.boundary import Grid
from engine.datasets import FEATURES, features
from tests.app.learner import scalars


def run(**fields: Any) -> Run:
    """A run that has made 40 updates."""
    made = Run(5, Experiment.model_validate(fields))
    made.trainer.advance(40)
    return made


def take(run: Run, **detail: Any) -> BinaryMessage:
    """One frame."""
    return decode(Camera(run, Detail(command="detail", **detail)).take(playing=True))


def at_cells(resolution: int, *names: str) -> Any:
    """(resolution², n) features at the cell centres of a map."""
    return features(Grid(resolution).points.astype(np.float64), names)


def values(levels: Any, scale: Any) -> Any:
    """What bytes stand for, as the protocol's reference says."""
    return (levels - 127.5) / 127.5 * scale


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "linear"])
def test_maps_show_each_unit_over_the_plane(activation: str) -> None:
    """A unit's bytes are its activation at the cell centres, to half a level."""
    made = run(layers=[{"units": 3, "activation": activation}, {"units": 2}])
    frame = take(made, map=12, output=24)
    network = made.trainer.network
    expected = np.concatenate(network.activations(at_cells(12, "x", "y"))[1:], axis=1).T.reshape(
        -1, 12, 12
    )
    scales = frame.tensors["scales"][:, None, None]

    shown = values(frame.tensors["maps"].astype(float), scales)
    assert np.all(np.abs(shown - expected) <= 0.51 * scales / 127.5 + 1e-6)


@pytest.mark.parametrize(
    ("loss", "present"),
    [
        ("half-squared", lambda a: a),
        ("bce", lambda a: np.tanh(a / 2)),
        ("softmax", lambda a: np.exp(a) / np.exp(a).sum(axis=1, keepdims=True)),
    ],
)
def test_outputs_show_what_a_person_reads(loss: str, present: Any) -> None:
    """Scores from -1 to 1, probabilities for softmax, with row 0 at the top."""
    made = run(loss=loss)
    frame = take(made, map=10, output=40)
    a = made.trainer.network.predict(at_cells(40, "x", "y"))
    expected = present(a).T.reshape(-1, 40, 40)

    assert np.abs(values(frame.tensors["outputs"].astype(float), 1) - expected).max() < 0.005


def test_the_focus_is_the_same_unit_in_large() -> None:
    """At the output's resolution, on the scale of its small map."""
    made = run(layers=[{"units": 3, "activation": "relu"}])
    frame = take(made, map=10, output=60, focus=(1, 2))
    a = made.trainer.network.activations(at_cells(60, "x", "y"))[1][:, 2]
    scale = frame.tensors["scales"][2]
    shown = values(frame.tensors["focus"].astype(float), scale).ravel()

    assert np.abs(shown - np.minimum(a, scale)).max() < scale / 127.5


@pytest.mark.parametrize("loss", ["half-squared", "bce"])
def test_the_probe_is_every_unit_at_one_point(loss: str) -> None:
    """Hidden units give their activation, outputs what is shown of them."""
    made = run(loss=loss)
    frame = take(made, probe=(1.5, -0.5))
    a = made.trainer.network.activations(np.array([[1.5, -0.5]]))[1:]
    shown = a[-1][0] if loss == "half-squared" else np.tanh(a[-1][0] / 2)

    assert np.allclose(frame.tensors["probe"], np.concatenate([a[0][0], a[1][0], shown]), atol=1e-6)


def test_signals_are_those_of_the_batch() -> None:
    """delta is the mean error signal, delta_rms that of single examples, loss the batch's."""
    made = run()
    trainer = made.trainer
    frame = take(made)
    delta = np.concatenate([layer.T for layer in trainer.trace.delta[1:]])
    a = np.concatenate([layer.T for layer in trainer.trace.a[1:]])

    assert np.allclose(frame.tensors["delta"], delta.sum(axis=1), rtol=1e-5)
    each = 10 * delta
    assert np.allclose(frame.tensors["delta_rms"], np.sqrt((each**2).mean(axis=1)), rtol=1e-5)
    assert np.allclose(frame.tensors["activation"], a.mean(axis=1), rtol=1e-5)
    assert scalars(frame)["loss"] == trainer.loss


def place(finding: dict[str, Any]) -> tuple[int, int]:
    """Where a finding is: layer and unit, the layer itself first."""
    return finding["layer"], -1 if finding["unit"] is None else finding["unit"]


def findings(frame: BinaryMessage) -> list[dict[str, Any]]:
    """What a frame says to be wrong with layers of four units and one output."""
    names = frame.metadata["ailments"].split(",")
    column = frame.metadata["statistics"].split(",").index("delta_ratio")
    ratios = frame.tensors["statistics"][:, column]
    codes = frame.tensors["unit_ailments"]
    outputs = len(ratios)
    places = [(1 + k // 4, k % 4) for k in range(len(codes) - 1)] + [(outputs, 0)]
    told: list[tuple[int, tuple[int, int | None], float | None]] = [
        (code, (n + 1, None), float(ratios[n]))
        for n, code in enumerate(frame.tensors["layer_ailments"])
    ]
    told += [(code, at, None) for code, at in zip(codes, places, strict=True)]
    return [
        {"ailment": names[code - 1], "layer": layer, "unit": unit, "measure": measure}
        for code, (layer, unit), measure in told
        if code
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"layers": [{"units": 4, "activation": "relu"}] * 3, "learning_rate": 3.0},
        {"layers": [{"units": 4, "activation": "sigmoid"}] * 6, "loss": "bce"},
        {"layers": [{"units": 4}], "initializer": {"name": "normal", "scale": 3.0}},
        {"layers": [{"units": 4}]},
    ],
    ids=["dead", "vanishing", "saturated", "healthy"],
)
def test_a_frame_finds_what_a_dissection_of_the_same_pass_finds(fields: dict[str, Any]) -> None:
    """Paused before an update, both show the batch to come: the same ailments and ratios."""
    made = run(**fields)
    made.trainer.refresh()
    message = encode_dissection(made, Dissect(command="dissect"), str)
    expected = json.loads(decode(message).metadata["findings"])
    shown, wanted = sorted(findings(take(made)), key=place), sorted(expected, key=place)

    assert [{**one, "measure": 0} for one in shown] == [{**one, "measure": 0} for one in wanted]
    for one, other in zip(shown, wanted, strict=True):
        if one["unit"] is None:
            assert one["measure"] == pytest.approx(other["measure"])
    assert bool(shown) == (fields != {"layers": [{"units": 4}]})


@pytest.mark.parametrize(
    ("name", "most"), [("lesson", 0), ("xor", 1), ("adam", 0), ("dead", 1), ("vanishing", 0)]
)
def test_hardly_any_unit_of_the_examples_stays_unwell(name: str, most: int) -> None:
    """In a hundred epochs so few units have an ailment in as many as 20 frames in a row."""
    (preset,) = (preset for preset in presets() if preset.name == name)
    made = Run(5, preset.experiment)
    camera = Camera(made, Detail(command="detail"))
    streaks = np.zeros(made.trainer.network.units)
    for _ in range(100):
        tensors = decode(camera.take(playing=True)).tensors
        streaks = (streaks + 1) * (tensors["unit_ailments"] > 0)
        assert np.count_nonzero(streaks >= 20) <= most
        assert tensors["layer_ailments"].any() == (name == "vanishing")
        made.trainer.advance_epochs(1)


def test_losses_are_those_of_all_examples_without_the_penalty() -> None:
    """Training and test loss and accuracy are computed with the weights that the frame shows."""
    made = run(regularization="L2", regularization_rate=0.1)
    shown = scalars(take(made))
    train = made.examples.train
    a = made.trainer.network.predict(made.examples.X)[:, 0]
    losses = (a - made.examples.y) ** 2 / 2
    right = (a >= 0) == (made.examples.y > 0)
    weights = np.concatenate([layer.W.ravel() for layer in made.trainer.network.layers])

    assert shown["train_loss"] == pytest.approx(losses[:train].mean())
    assert shown["test_loss"] == pytest.approx(losses[train:].mean())
    assert shown["train_accuracy"] == right[:train].mean()
    assert shown["test_accuracy"] == right[train:].mean()
    assert shown["penalty"] == pytest.approx(0.1 * (weights**2).sum() / 2)


def test_drawn_values_are_shown_on_their_own_scale() -> None:
    """Points of a regression that reach 40 are drawn, and their outputs with them, up to 50."""
    made = run(
        problem="regression",
        dataset="points",
        points=[[1.0, 1.0, 40.0], [0.0, 1.0, -7.0]],
        learning_rate=0.0,
    )

    assert take(made).tensors["scales"][-1] == 50


def test_numbers_too_large_for_a_frame_become_infinite() -> None:
    """A float64 beyond float32 is shown as infinite, without a warning."""
    made = run()
    made.trainer.network.layers[0].W[0, 0] = 1e300

    assert np.isinf(take(made).tensors["parameters"][0])


def test_inputs_are_all_seven_features() -> None:
    """The data file maps every feature, chosen or not, and nothing of it is clipped."""
    made = run(features=["sinX"])
    data = decode(encode_data(made, 16))
    expected = at_cells(16, *FEATURES).T.reshape(7, 16, 16)
    scales = data.tensors["input_scales"][:, None, None]
    shown = values(data.tensors["inputs"].astype(float), scales)

    assert np.all(np.abs(shown - expected) <= 0.51 * scales / 127.5)
    assert np.allclose(data.tensors["points"], made.examples.points, rtol=1e-6)
