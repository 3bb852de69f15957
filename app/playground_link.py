"""The Experiment in a link's fragment, by TensorFlow Playground's names and spellings.

What the Playground lacks has names of ours, which it would ignore. Reading is as tolerant as the
Playground was: absent parts are its defaults. A part that cannot be used is told and becomes its
default too; the rest of the link stays.
"""

import re
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from struct import Struct
from typing import Any
from urllib.parse import quote, unquote

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.experiment import HIDE_IDS, Experiment, Layer, datasets_of
from app.protocol.problems import (
    MOST_PROBLEMS,
    NOTHING,
    Gettext,
    Problem,
    expectation,
    make_problem,
    show_text,
)
from engine.activations import ACTIVATIONS
from engine.datasets import FEATURES

HIDE = "_hide"
DEAD_FEATURES = ("cosX", "cosY")
NO_EFFECT = (*DEAD_FEATURES, "collectStats", "tutorial")
NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", re.ASCII)
WEIGHT = Struct("<d")
NODE_BUTTONS = re.compile(r"numNodes\d+", re.ASCII)


class _PartError(ValueError):
    """A part's text that is not of the part's form."""

    def __init__(self, kind: str, **context: object) -> None:
        self.kind = kind
        self.context = context
        super().__init__(kind)


def _text(value: str) -> str:
    return value


def _one_of(names: Iterable[str]) -> Callable[[str], str]:
    choices = tuple(names)

    def read(value: str) -> str:
        if value not in choices:
            raise _PartError("choice", choices=choices)
        return value

    return read


def _number(value: str) -> float | int:
    """A number as JavaScript would read it; whole ones become int."""
    if not NUMBER.fullmatch(value):
        raise _PartError("link_number")
    number = float(value)
    return int(number) if number.is_integer() else number


def _truth(value: str) -> bool:
    if value not in ("true", "false"):
        raise _PartError("bool_type")
    return value == "true"


def _numbers(value: str) -> list[float | int]:
    """Numbers with commas between them; an empty text is none."""
    try:
        return [_number(part) for part in value.split(",")] if value.strip() else []
    except _PartError:
        raise _PartError("link_numbers") from None


def _points(value: str) -> list[list[float | int]]:
    """Points x1,x2,target with semicolons between them."""
    points = [_numbers(part) for part in value.split(";")]
    if any(len(point) != 3 for point in points):
        raise _PartError("link_points")
    return points


def _weights(value: str) -> list[float]:
    """Numbers of 8 bytes each, the lowest first, in base64url with or without its padding."""
    try:
        packed = b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise _PartError("link_weights") from None
    if len(packed) % WEIGHT.size:
        raise _PartError("link_weights")
    return [number for (number,) in WEIGHT.iter_unpack(packed)]


def _write_weights(weights: tuple[float, ...]) -> str:
    packed = b"".join(map(WEIGHT.pack, weights))
    return urlsafe_b64encode(packed).decode().rstrip("=")


def _names(value: str) -> list[str]:
    return [part.strip() for part in value.split(",")]


@dataclass(frozen=True)
class Term:
    """A part of a link that says one field.

    Attributes:
        name: its name in the link.
        path: where its value stands in the Experiment.
        read: its value from the link's text, or a _PartError.
    """

    name: str
    path: tuple[str, ...]
    read: Callable[[str], Any]


TERMS = (
    Term("regularization", ("regularization",), _text),
    Term("batchSize", ("batch_size",), _number),
    Term("learningRate", ("learning_rate",), _number),
    Term("regularizationRate", ("regularization_rate",), _number),
    Term("noise", ("noise",), _number),
    Term("showTestData", ("view", "show_test"), _truth),
    Term("discretize", ("view", "discretize"), _truth),
    Term("percTrainData", ("train_percent",), _number),
    Term("problem", ("problem",), _text),
    Term("hideText", ("hide_text",), _truth),
    # From here on the names are ours.
    Term("classes", ("classes",), _number),
    Term("samples", ("samples",), _number),
    Term("points", ("points",), _points),
    Term("loss", ("loss",), _text),
    Term("initScale", ("initializer", "scale"), _number),
    Term("weightSeed", ("weight_seed",), _number),
    Term("weights", ("parameters",), _weights),
    Term("precision", ("precision",), _text),
    Term("optimizer", ("optimizer", "name"), _text),
    Term("momentum", ("optimizer", "momentum"), _number),
    Term("beta1", ("optimizer", "beta1"), _number),
    Term("beta2", ("optimizer", "beta2"), _number),
    Term("rho", ("optimizer", "rho"), _number),
    Term("epsilon", ("optimizer", "epsilon"), _number),
    Term("weightDecay", ("optimizer", "weight_decay"), _number),
    Term("schedule", ("schedule", "name"), _text),
    Term("schedulePeriod", ("schedule", "period"), _number),
    Term("scheduleGamma", ("schedule", "gamma"), _number),
    Term("scheduleFloor", ("schedule", "floor"), _number),
    Term("clipping", ("clipping", "name"), _text),
    Term("clipLimit", ("clipping", "limit"), _number),
    Term("reshuffle", ("reshuffle",), _truth),
    Term("mode", ("view", "mode"), _text),
    Term("logLoss", ("view", "log_loss"), _truth),
)
# Parts that need more than one field to be told: see _build and to_link.
READERS: dict[str, Callable[[str], Any]] = {
    "dataset": _one_of(datasets_of("classification")),
    "regDataset": _one_of(datasets_of("regression")),
    "seed": _text,
    "networkShape": _numbers,
    "activation": _one_of(ACTIVATIONS),
    "activations": _names,
    "initZero": _truth,
    "init": _text,
    **dict.fromkeys(FEATURES, _truth),
    **{name + HIDE: _truth for name in HIDE_IDS},
    **{term.name: term.read for term in TERMS},
}
_ORIGINS = {term.path: term.name for term in TERMS} | {
    ("data_seed",): "seed",
    ("initializer", "name"): "init",
}
_DEFAULT = Experiment()


def to_link(experiment: Experiment) -> str:
    """The fragment, without "#", that ``from_link`` reads as the same Experiment.

    It names what differs from the defaults, and the data's seed in any case, because the
    Playground draws one of its own where none is given.
    """
    parts = {"seed": quote(experiment.data_seed, safe="")}
    regression = experiment.problem == "regression"
    if experiment.dataset != Experiment(problem=experiment.problem).dataset:
        parts["regDataset" if regression else "dataset"] = experiment.dataset
    parts |= _layers_to_parts(experiment.layers)
    for name in FEATURES:
        if (name in experiment.features) != (name in _DEFAULT.features):
            parts[name] = _write(name in experiment.features)
    if experiment.initializer.name == "zeros":
        parts["initZero"] = "true"
    elif experiment.initializer.name != _DEFAULT.initializer.name:
        parts["init"] = experiment.initializer.name
    for term in TERMS:
        value, usual = _at(experiment, term.path), _at(_DEFAULT, term.path)
        if value != usual:
            parts[term.name] = _write_weights(value) if term.name == "weights" else _write(value)
    parts |= {name + HIDE: "true" for name in experiment.hidden}
    return "&".join(f"{name}={value}" for name, value in parts.items())


def _layers_to_parts(layers: tuple[Layer, ...]) -> dict[str, str]:
    parts = {}
    if [layer.units for layer in layers] != [layer.units for layer in _DEFAULT.layers]:
        parts["networkShape"] = ",".join(str(layer.units) for layer in layers)
    names = [layer.activation for layer in layers]
    if len(set(names)) > 1:
        parts["activations"] = ",".join(names)
    elif names and names[0] != _DEFAULT.layers[0].activation:
        parts["activation"] = names[0]
    return parts


def _at(experiment: Experiment, path: tuple[str, ...]) -> Any:
    value: Any = experiment
    for name in path:
        value = getattr(value, name)
    return value


def _write(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, tuple):
        return ";".join(",".join(map(_write, point)) for point in value)
    return str(value)


@dataclass
class _Reading:
    """A link while it is read: the parts still believed, their texts, and the faults so far."""

    gettext: Gettext
    given: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def blame(self, name: str, kind: str, context: Mapping[str, object]) -> None:
        """Notes a fault and forgets the part, so that its default counts."""
        text = self.texts.get(name)
        got = self.gettext(NOTHING) if text is None else show_text(text)
        self.given.pop(name, None)
        self.problems.append(make_problem(kind, show_text(name), got, self.gettext, context))


def from_link(text: str, gettext: Gettext) -> tuple[Experiment, list[Problem]]:
    """The Experiment that a link describes, and what in the link could not be used.

    Args:
        text: a fragment with or without "#" or "?", or a whole address of the Playground's or ours.
        gettext: translates the problems into the reader's language.
    """
    reading = _Reading(gettext, texts=_parts(text))
    for name, value in reading.texts.items():
        _read_part(reading, name, value)
    _limit_noise(reading)
    while True:
        try:
            experiment = Experiment.model_validate(_build(reading.given))
        except ValidationError as error:
            believed = len(reading.given)
            for fault in error.errors(include_url=False):
                _settle(reading, fault)
            if len(reading.given) == believed:
                raise
        else:
            return experiment, reading.problems[:MOST_PROBLEMS]


def _parts(text: str) -> dict[str, str]:
    """The parts of a fragment by name; of two of the same name the last one counts."""
    fragment = text.strip()
    if "#" in fragment:
        fragment = fragment.partition("#")[2]
    elif "://" in fragment:
        fragment = fragment.partition("?")[2]
    pairs = [part.partition("=") for part in fragment.lstrip("#?").split("&") if part.strip()]
    return {unquote(name).strip(): unquote(value) for name, _, value in pairs}


def _read_part(reading: _Reading, name: str, text: str) -> None:
    if name in NO_EFFECT or NODE_BUTTONS.fullmatch(name.removesuffix(HIDE)):
        if text not in ("", "false"):
            reading.blame(name, "link_effect", {})
    elif name not in READERS:
        reading.blame(name, "link_part", {})
    elif text.strip() or name == "networkShape":
        try:
            reading.given[name] = READERS[name](text)
        except _PartError as fault:
            reading.blame(name, fault.kind, fault.context)


def _limit_noise(reading: _Reading) -> None:
    """The Playground's rule: below 0 is 0, above 80 is 50."""
    noise = reading.given.get("noise", 0)
    if not 0 <= noise <= 80:
        reading.blame("noise", "between", {"low": 0, "high": 80})
        reading.given["noise"] = 0 if noise < 0 else 50


def _build(given: Mapping[str, Any]) -> dict[str, Any]:
    """The Experiment's fields as the parts say them, not yet validated."""
    values: dict[str, Any] = {}
    for term in TERMS:
        if term.name in given:
            inner = values
            for step in term.path[:-1]:
                inner = inner.setdefault(step, {})
            inner[term.path[-1]] = given[term.name]
    dataset = "regDataset" if given.get("problem") == "regression" else "dataset"
    for name, part in (("dataset", dataset), ("data_seed", "seed")):
        if part in given:
            values[name] = given[part]
    if given.get("initZero") or "init" in given:
        values.setdefault("initializer", {})["name"] = given.get("init", "zeros")
    values["layers"] = _layers_from_parts(given)
    values["hidden"] = [name for name in HIDE_IDS if given.get(name + HIDE)]
    # In the Playground, hiding a feature takes it away from the network.
    values["features"] = [
        name
        for name in FEATURES
        if given.get(name, name in _DEFAULT.features) and name not in values["hidden"]
    ]
    return values


def _layers_from_parts(given: Mapping[str, Any]) -> list[dict[str, Any]]:
    shape = given.get("networkShape", [layer.units for layer in _DEFAULT.layers])
    usual = given.get("activation", _DEFAULT.layers[0].activation)
    names = given.get("activations", [usual] * len(shape))
    # A missing or surplus name shows as a layer that lacks its half: see _settle.
    if len(names) != len(shape):
        names = [None] * len(shape)
    return [{"units": units, "activation": name} for units, name in zip(shape, names, strict=True)]


def _settle(reading: _Reading, fault: ErrorDetails) -> None:
    """Blames the part behind a fault of the Experiment, once."""
    location = tuple(part for part in fault["loc"] if isinstance(part, str))
    kind, context = expectation(fault)
    name = _ORIGINS.get(location)
    if location == ("layers", "activation"):
        name = "activations"
        if kind == "string_type":
            count = len(reading.given.get("networkShape", _DEFAULT.layers))
            kind, context = "per_layer", {"count": count}
    elif location[0] == "layers":
        name = "networkShape"
    elif location[0] == "points":
        _settle_points(reading, kind, context)
        return
    elif location == ("features",):
        _settle_features(reading, kind, context)
        return
    if name in reading.given:
        reading.blame(name, kind, context)


def _settle_points(reading: _Reading, kind: str, context: Mapping[str, object]) -> None:
    """Points that are missing take the data set that wants them along."""
    if kind == "points_dataset":
        if "points" not in reading.texts:
            reading.blame("points", kind, context)
        reading.given.pop("dataset", None)
        reading.given.pop("regDataset", None)
    elif "points" in reading.given:
        reading.blame("points", kind, context)


def _settle_features(reading: _Reading, kind: str, context: Mapping[str, object]) -> None:
    """A link that leaves no feature gets the default ones, shown."""
    off = [name for name in FEATURES if not reading.given.get(name, True)]
    hidden = [name + HIDE for name in FEATURES if name + HIDE in reading.given]
    reading.blame((off + hidden)[0], kind, context)
    for name in off + hidden:
        reading.given.pop(name, None)
