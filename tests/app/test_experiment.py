"""The Experiment: what it accepts, and what its changes mean."""

import json
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from app.experiment import RESET_FIELDS, Experiment, changes
from app.facts import experiment_facts
from engine.datasets import DATASETS
from tests.strategies import experiments


def fields(values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The places of the faults in an Experiment's values."""
    with pytest.raises(ValidationError) as raised:
        Experiment.model_validate(values)
    return [error["loc"] for error in raised.value.errors()]


def test_the_default_is_the_playgrounds() -> None:
    """TensorFlow Playground's page, untouched."""
    experiment = Experiment()

    assert (
        experiment.problem,
        experiment.dataset,
        experiment.sample_count,
    ) == ("classification", "circle", 500)
    assert [(part.units, part.activation) for part in experiment.layers] == [
        (4, "tanh"),
        (2, "tanh"),
    ]
    assert (
        experiment.learning_rate,
        experiment.batch_size,
        experiment.train_percent,
        experiment.noise,
        experiment.regularization,
        experiment.loss,
    ) == (0.03, 10, 50, 0, "none", "half-squared")


def test_regression_has_defaults_of_its_own() -> None:
    """The default data set and its size follow the problem."""
    experiment = Experiment(problem="regression")

    assert (
        experiment.dataset,
        experiment.sample_count,
        experiment.class_count,
    ) == ("reg-plane", 1200, 1)


@given(experiments())
def test_json_keeps_every_number(experiment: Experiment) -> None:
    """The Experiment survives JSON, in which it is sent and saved."""
    assert experiment == Experiment.model_validate_json(experiment.model_dump_json())


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"noise": float("nan")}, ("noise",)),
        ({"noise": float("inf")}, ("noise",)),
        ({"noise": 81}, ("noise",)),
        ({"noise": True}, ("noise",)),
        ({"noise": "5"}, ("noise",)),
        ({"batch_size": 2.0}, ("batch_size",)),
        ({"batch_size": True}, ("batch_size",)),
        ({"batch_size": 0}, ("batch_size",)),
        ({"reshuffle": 1}, ("reshuffle",)),
        ({"train_percent": 9}, ("train_percent",)),
        ({"samples": 9}, ("samples",)),
        ({"data_seed": " "}, ("data_seed",)),
        ({"data_seed": "\n"}, ("data_seed",)),
        ({"data_seed": 5}, ("data_seed",)),
        ({"layers": [{"units": 2}] * 13}, ("layers",)),
        ({"layers": [{"units": 2}, {"units": 33}]}, ("layers", 1, "units")),
        ({"layers": [{"units": 2, "activation": "nil"}]}, ("layers", 0, "activation")),
        ({"layers": [{"units": 2, "bias": 1}]}, ("layers", 0, "bias")),
        ({"features": []}, ("features",)),
        ({"features": ["x", "x"]}, ("features",)),
        ({"features": ["z"]}, ("features", 0)),
        ({"features": ["x"], "hidden": ["x"]}, ("features",)),
        ({"dataset": "reg-plane"}, ("dataset",)),
        ({"problem": "regression", "dataset": "circle"}, ("dataset",)),
        ({"problem": "regression", "loss": "bce"}, ("loss",)),
        ({"dataset": "points"}, ("points",)),
        ({"points": [[1, 2, 1]]}, ("points",)),
        ({"dataset": "points", "points": []}, ("points",)),
        ({"dataset": "points", "points": [[1, 2, 0]]}, ("points",)),
        ({"dataset": "points", "classes": 3, "points": [[1, 2, 3]]}, ("points",)),
        ({"dataset": "points", "points": [[1, 200, 1]]}, ("points", 0, 1)),
        ({"learning_rate": 10**400}, ("learning_rate",)),
        ({"weight_seed": 2**32}, ("weight_seed",)),
        ({"optimizer": {"momentum": 1}}, ("optimizer", "momentum")),
        ({"wheels": 4}, ("wheels",)),
    ],
)
def test_faults_name_their_field(values: dict[str, Any], place: tuple[Any, ...]) -> None:
    """Every fault stands where the value stood."""
    assert [place] == fields(values)


def test_features_and_hidden_names_have_one_order() -> None:
    """Two Experiments that mean the same are equal."""
    experiment = Experiment(features=("sinX", "x"), hidden=("noise", "dataset"))

    assert experiment.features == ("x", "sinX")
    assert experiment.hidden == ("dataset", "noise")


@pytest.mark.parametrize(
    ("change", "reset"),
    [
        ({"learning_rate": 1.0}, False),
        ({"noise": 10.0}, False),
        ({"train_percent": 70.0}, False),
        ({"batch_size": 5}, False),
        ({"regularization_rate": 0.1}, False),
        ({"view": {"mode": "updates"}}, False),
        ({"layers": ()}, True),
        ({"data_seed": "2"}, True),
        ({"weight_seed": 2}, True),
        ({"precision": "float32"}, True),
        ({"loss": "mse"}, True),
    ],
)
def test_only_what_must_resets(change: dict[str, Any], reset: bool) -> None:
    """Changing what the network is resets it; changing how it trains or is seen does not."""
    new = Experiment.model_validate(change)

    assert (reset, list(change)) == changes(Experiment(), new)


def test_nothing_changed() -> None:
    """An equal Experiment is no change."""
    assert changes(Experiment(), Experiment()) == (False, [])


def test_a_reset_names_what_made_it() -> None:
    """Live changes beside it are not to blame."""
    new = Experiment(learning_rate=1.0, dataset="xor", weight_seed=2)

    assert changes(Experiment(), new) == (True, ["dataset", "weight_seed"])


def test_reset_fields_are_fields() -> None:
    """No name in RESET_FIELDS is misspelt."""
    assert set(RESET_FIELDS) <= set(Experiment.model_fields)


def test_facts_are_json() -> None:
    """The page gets limits, choices and thumbnails that JSON can carry."""
    known = json.loads(json.dumps(experiment_facts()))

    assert known["default"] == json.loads(Experiment().model_dump_json())
    assert set(DATASETS) == set(known["thumbnails"])
    for points in known["thumbnails"].values():
        assert len(points) == 90
        assert all(isinstance(number, int) for point in points for number in point)
