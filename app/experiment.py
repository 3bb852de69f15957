"""The Experiment: all that defines a run, and all that a link can say.

One frozen model is the body of the ``configure`` command, the state in the link and the file that
is saved. The same Experiment gives the same numbers.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from engine.activations import ACTIVATIONS
from engine.clipping import CLIPPINGS
from engine.datasets import DATASETS, DEFAULT_SAMPLES, FEATURES
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.regularizers import REGULARIZERS
from engine.schedules import SCHEDULES

POINTS = "points"
MANY_CLASSES = ("blobs", POINTS)

LIMITS: dict[str, tuple[float, float]] = {
    "layers": (0, 12),
    "units": (1, 32),
    "samples": (10, 5000),
    "points": (1, 5000),
    "classes": (2, 6),
    "coordinate": (-100, 100),
    "noise": (0, 80),
    "train_percent": (10, 100),
    "batch_size": (1, 5000),
    "seed_text": (1, 64),
    "weight_seed": (0, 2**32 - 1),
    "weight": (-1e6, 1e6),
    # Starting weights that are given: as many as leave a link below 8,000 characters.
    "parameters": (1, 700),
    "initializer_scale": (0, 100),
    "epsilon": (1e-16, 1),
    "weight_decay": (0, 10),
    "learning_rate": (0, 100),
    "schedule_period": (1, 100_000),
    "clip_limit": (1e-6, 1e6),
    "regularization_rate": (0, 100),
}
MAX_LAYERS = int(LIMITS["layers"][1])
MAX_COORDINATE = LIMITS["coordinate"][1]

HIDE_IDS = (
    "showTestData",
    "discretize",
    "playButton",
    "stepButton",
    "resetButton",
    "learningRate",
    "activation",
    "regularization",
    "regularizationRate",
    "problem",
    "dataset",
    "percTrainData",
    "noise",
    "batchSize",
    "numHiddenLayers",
    "speed",
    "features",
    "loss",
    "optimizer",
    "initializer",
    "mode",
    "numbers",
    "output",
    "timeline",
    "card",
    *FEATURES,
)

RESET_FIELDS = (
    "problem",
    "dataset",
    "points",
    "classes",
    "samples",
    "data_seed",
    "features",
    "layers",
    "loss",
    "parameters",
    "initializer",
    "weight_seed",
    "precision",
)


Entries = TypeVar("Entries", bound=tuple[object, ...])


def _one_of(names: Iterable[str]) -> AfterValidator:
    choices = tuple(names)

    def check(value: str) -> str:
        if value not in choices:
            raise PydanticCustomError("choice", "choice", {"choices": ", ".join(choices)})
        return value

    return AfterValidator(check)


def _each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(names)) != len(names):
        raise PydanticCustomError("unique", "unique")
    return names


def _not_empty(entries: Entries) -> Entries:
    # pydantic's own min_length would complain a second time when an entry is at fault.
    if not entries:
        raise PydanticCustomError("too_short", "short", {"min_length": 1})
    return entries


def _in_order_of(names: Iterable[str]) -> AfterValidator:
    order = tuple(names)
    return AfterValidator(lambda chosen: tuple(sorted(chosen, key=order.index)))


def _seed_text(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise PydanticCustomError("seed_text", "seed", {"max_length": LIMITS["seed_text"][1]})
    return text


def _limited(name: str) -> Any:
    low, high = LIMITS[name]
    return Field(ge=low, le=high, allow_inf_nan=False)


def _sized(name: str) -> Any:
    return Field(max_length=int(LIMITS[name][1]))


Coordinate = Annotated[StrictFloat, _limited("coordinate")]
Share = Annotated[StrictFloat, Field(ge=0, le=1, allow_inf_nan=False)]
Decay = Annotated[StrictFloat, Field(ge=0, lt=1, allow_inf_nan=False)]
Weight = Annotated[StrictFloat, _limited("weight")]
Point = tuple[Coordinate, Coordinate, Coordinate]
ActivationName = Annotated[StrictStr, _one_of(ACTIVATIONS)]
DatasetName = Annotated[StrictStr, _one_of([*DATASETS, POINTS])]
FeatureName = Annotated[StrictStr, _one_of(FEATURES)]
HideId = Annotated[StrictStr, _one_of(HIDE_IDS)]
SeedText = Annotated[StrictStr, _sized("seed_text"), AfterValidator(_seed_text)]


class Part(BaseModel):
    """A frozen record that refuses what it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, use_attribute_docstrings=True
    )


class Layer(Part):
    """One hidden layer."""

    units: Annotated[StrictInt, _limited("units")]
    activation: ActivationName = "tanh"


class Initializer(Part):
    """How weights start; ``scale`` is the standard deviation of "normal"."""

    name: Annotated[StrictStr, _one_of(INITIALIZERS)] = "playground"
    scale: Annotated[StrictFloat, _limited("initializer_scale")] = 0.5


class Optimizer(Part):
    """How a gradient becomes an update; each optimizer reads the numbers that it needs."""

    name: Annotated[StrictStr, _one_of(OPTIMIZERS)] = "sgd"
    momentum: Decay = 0.9
    beta1: Decay = 0.9
    beta2: Decay = 0.999
    rho: Decay = 0.99
    epsilon: Annotated[StrictFloat, _limited("epsilon")] = 1e-8
    weight_decay: Annotated[StrictFloat, _limited("weight_decay")] = 0.01


class Schedule(Part):
    """How the learning rate changes with the epochs; each schedule reads what it needs."""

    name: Annotated[StrictStr, _one_of(SCHEDULES)] = "constant"
    period: Annotated[StrictInt, _limited("schedule_period")] = 100
    """Epochs between steps, until the cosine's end, or of the warm-up."""
    gamma: Share = 0.5
    """Factor of one step, or of one epoch of the exponential."""
    floor: Share = 0.0
    """Share of the learning rate at which the cosine ends."""


class Clipping(Part):
    """What keeps a gradient small."""

    name: Annotated[StrictStr, _one_of(CLIPPINGS)] = "none"
    limit: Annotated[StrictFloat, _limited("clip_limit")] = 1.0


class View(Part):
    """What is drawn; nothing here changes a number."""

    mode: Literal["weights", "gradients", "both", "updates"] = "both"
    show_test: StrictBool = False
    discretize: StrictBool = False
    log_loss: StrictBool = False


def _default_dataset(data: dict[str, Any]) -> str:
    return "reg-plane" if data.get("problem") == "regression" else "circle"


def class_labels(classes: int) -> tuple[int, ...]:
    """How a data set writes its classes."""
    return (-1, 1) if classes == 2 else tuple(range(classes))


class Experiment(Part):
    """All that defines a run, and how it is shown. Fields that others are checked against stand
    above them."""

    problem: Literal["classification", "regression"] = "classification"
    dataset: DatasetName = Field(default_factory=_default_dataset)
    classes: Annotated[StrictInt, _limited("classes")] = 2
    """Of "blobs" and of points; the other classification sets have two."""
    points: Annotated[tuple[Point, ...], _sized("points"), AfterValidator(_not_empty)] | None = None
    """x1, x2 and the target: a value, or for two classes -1 or 1, or for more 0 to classes - 1."""
    samples: Annotated[StrictInt, _limited("samples")] | None = None
    """None is TensorFlow Playground's own: 500, or 1200 in regression."""
    noise: Annotated[StrictFloat, _limited("noise")] = 0.0
    """Percent."""
    train_percent: Annotated[StrictFloat, _limited("train_percent")] = 50.0
    data_seed: SeedText = "0.31415"
    hidden: Annotated[tuple[HideId, ...], AfterValidator(_each_once), _in_order_of(HIDE_IDS)] = ()
    hide_text: StrictBool = False
    features: Annotated[
        tuple[FeatureName, ...],
        AfterValidator(_not_empty),
        AfterValidator(_each_once),
        _in_order_of(FEATURES),
    ] = ("x", "y")
    layers: Annotated[tuple[Layer, ...], _sized("layers")] = (
        Layer(units=4),
        Layer(units=2),
    )
    loss: Annotated[StrictStr, _one_of(LOSSES)] = "half-squared"
    parameters: Annotated[tuple[Weight, ...], _sized("parameters")] | None = None
    """Starting weights and biases, layer by layer: W row by row, then b; None draws them."""
    initializer: Initializer = Initializer()
    weight_seed: Annotated[StrictInt, _limited("weight_seed")] = 1
    precision: Literal["float64", "float32"] = "float64"
    optimizer: Optimizer = Optimizer()
    learning_rate: Annotated[StrictFloat, _limited("learning_rate")] = 0.03
    schedule: Schedule = Schedule()
    clipping: Clipping = Clipping()
    regularization: Annotated[StrictStr, _one_of(REGULARIZERS)] = "none"
    regularization_rate: Annotated[StrictFloat, _limited("regularization_rate")] = 0.0
    batch_size: Annotated[StrictInt, _limited("batch_size")] = 10
    reshuffle: StrictBool = True
    view: View = View()

    @field_validator("dataset")
    @classmethod
    def _dataset_fits(cls, name: str, info: ValidationInfo) -> str:
        problem = info.data.get("problem")
        fitting = datasets_of(problem) if problem else [name]
        if name not in fitting:
            raise PydanticCustomError("choice", "choice", {"choices": ", ".join(fitting)})
        return name

    @field_validator("points")
    @classmethod
    def _points_fit(
        cls, points: tuple[Point, ...] | None, info: ValidationInfo
    ) -> tuple[Point, ...] | None:
        known = info.data
        if not {"problem", "dataset", "classes"} <= known.keys():
            return points
        if (known["dataset"] == POINTS) != (points is not None):
            kind = "points_dataset" if points is None else "no_points"
            raise PydanticCustomError(kind, "points")
        labels = class_labels(known["classes"])
        strangers = {target for _, _, target in points or ()} - set(labels)
        if known["problem"] == "classification" and strangers:
            choices = ", ".join(map(str, labels))
            raise PydanticCustomError("class_label", "label", {"choices": choices})
        return points

    @field_validator("features")
    @classmethod
    def _features_show(cls, names: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if set(names) & set(info.data.get("hidden", ())):
            raise PydanticCustomError("visible_feature", "hidden")
        return names

    @field_validator("loss")
    @classmethod
    def _loss_fits(cls, name: str, info: ValidationInfo) -> str:
        problem = info.data.get("problem")
        fitting = losses_of(problem) if problem else [name]
        if name not in fitting:
            choices = ", ".join(fitting)
            raise PydanticCustomError("loss_of_problem", "loss", {"choices": choices})
        return name

    @field_validator("parameters")
    @classmethod
    def _parameters_fit(
        cls, parameters: tuple[float, ...] | None, info: ValidationInfo
    ) -> tuple[float, ...] | None:
        known = info.data
        needed = {"problem", "dataset", "classes", "features", "layers", "loss"}
        if parameters is None or not needed <= known.keys():
            return parameters
        classes = _class_count(known["problem"], known["dataset"], known["classes"])
        units = [layer.units for layer in known["layers"]]
        shape = [len(known["features"]), *units, LOSSES[known["loss"]].outputs(classes)]
        count = sum((before + 1) * after for before, after in pairwise(shape))
        if len(parameters) != count:
            raise PydanticCustomError("weight_count", "weights", {"count": count})
        return parameters

    @property
    def class_count(self) -> int:
        """The classes that the data have; 1 in regression."""
        return _class_count(self.problem, self.dataset, self.classes)

    @property
    def sample_count(self) -> int:
        """How many examples there are, training and test together."""
        if self.points is not None:
            return len(self.points)
        return self.samples or DEFAULT_SAMPLES[self.problem]


def _class_count(problem: str, dataset: str, classes: int) -> int:
    if problem == "regression":
        return 1
    return classes if dataset in MANY_CLASSES else 2


def datasets_of(problem: str) -> list[str]:
    """The names of the data sets that a problem can use; "points" always."""
    return [*(name for name, row in DATASETS.items() if row.problem == problem), POINTS]


def losses_of(problem: str) -> list[str]:
    """The names of the losses that can be used for a problem."""
    return [name for name, loss in LOSSES.items() if problem in loss.problems]


def changes(old: Experiment, new: Experiment) -> tuple[bool, list[str]]:
    """Whether going from one to the other must reset the network, and the fields that differ.

    Returns:
        reset, because: the differing fields that make it reset, or all of them when none does.
    """
    different = [
        name for name in Experiment.model_fields if getattr(old, name) != getattr(new, name)
    ]
    because = [name for name in different if name in RESET_FIELDS]
    return bool(because), because or different
