"""Every Hypothesis strategy of the tests: networks, data and recipes; Experiments and messages."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from app import experiment
from app.experiment import Experiment, Layer, Optimizer, Schedule
from engine.activations import ACTIVATIONS
from engine.arrays import Array
from engine.clipping import CLIPPINGS
from engine.datasets import FEATURES
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES, REGRESSION
from engine.network import LayerSpec, Network
from engine.optimizers import OPTIMIZERS
from engine.regularizers import REGULARIZERS
from engine.schedules import SCHEDULES

activations = st.sampled_from(sorted(ACTIVATIONS))
losses = st.sampled_from(sorted(LOSSES))
seeds = st.integers(0, 2**32 - 1)


@dataclass(frozen=True)
class Task:
    """A network and examples that its loss can be computed for.

    Attributes:
        network: parameters drawn from a normal distribution.
        X: (n, n_in); y: targets as ``Loss.encode`` gives them.
    """

    network: Network
    X: Array
    y: Array
    problem: str


@st.composite
def tasks(
    draw: st.DrawFn,
    activation: str | None = None,
    loss: str | None = None,
    min_examples: int = 1,
    max_examples: int = 12,
) -> Task:
    """A task; activation and loss are drawn where they are not given."""
    row = LOSSES[loss or draw(losses)]
    problem = draw(st.sampled_from(sorted(row.problems)))
    classes = 1 if problem == REGRESSION else draw(st.integers(2, 4))
    n_in = draw(st.integers(1, 4))
    hidden = [
        LayerSpec(units, activation or draw(activations))
        for units in draw(st.lists(st.integers(1, 5), max_size=3))
    ]
    output = LayerSpec(row.outputs(classes), row.output_activation(problem))
    network = Network(n_in, [*hidden, output])
    rng = np.random.default_rng(draw(seeds))
    network.parameters[...] = rng.normal(0.0, 0.7, network.parameters.size)
    examples = draw(st.integers(min_examples, max_examples))
    X = rng.uniform(-2.0, 2.0, (examples, n_in))
    return Task(network, X, _targets(rng, row.name, problem, classes, examples), problem)


def _targets(
    rng: np.random.Generator, loss: str, problem: str, classes: int, examples: int
) -> Array:
    if problem == REGRESSION:
        return rng.uniform(-1.0, 1.0, examples)
    labels = rng.integers(0, classes, examples)
    as_written = np.where(labels == 1, 1, -1) if classes == 2 else labels
    return LOSSES[loss].encode(as_written, problem, classes)


# Experiments and messages


def whole(limit: str) -> st.SearchStrategy[int]:
    """Whole numbers within one of the Experiment's limits."""
    low, high = experiment.LIMITS[limit]
    return st.integers(int(low), int(high))


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    """Finite numbers of a range, both ends included."""
    return st.floats(low, high, allow_nan=False)


SEED_TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" "),
    min_size=1,
    max_size=64,
).filter(lambda text: text.isprintable() and bool(text.strip()))
LAYERS = st.lists(
    st.builds(
        Layer,
        units=whole("units"),
        activation=st.sampled_from(sorted(ACTIVATIONS)),
    ),
    max_size=experiment.MAX_LAYERS,
)
OPTIMIZER_PARTS = st.builds(
    Optimizer,
    name=st.sampled_from(sorted(OPTIMIZERS)),
    momentum=numbers(0, 0.999),
    beta1=numbers(0, 0.999),
    beta2=numbers(0, 0.999),
    rho=numbers(0, 0.999),
    epsilon=numbers(1e-16, 1),
    weight_decay=numbers(0, 10),
)
SCHEDULE_PARTS = st.builds(
    Schedule,
    name=st.sampled_from(sorted(SCHEDULES)),
    period=st.integers(1, 100_000),
    gamma=numbers(0, 1),
    floor=numbers(0, 1),
)


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    """Any Experiment that may be configured."""
    problem = draw(st.sampled_from(["classification", "regression"]))
    dataset = draw(st.sampled_from(experiment.datasets_of(problem)))
    classes = draw(whole("classes"))
    hidden = draw(st.lists(st.sampled_from(experiment.HIDE_IDS), unique=True, max_size=5))
    visible = [name for name in FEATURES if name not in hidden]
    features = draw(st.lists(st.sampled_from(visible), unique=True, min_size=1))
    layers = draw(LAYERS)
    loss = draw(st.sampled_from(experiment.losses_of(problem)))
    return Experiment.model_validate(
        {
            "parameters": draw(_parameters(problem, dataset, classes, features, layers, loss)),
            "problem": problem,
            "dataset": dataset,
            "classes": classes,
            "points": draw(_points(problem, classes)) if dataset == "points" else None,
            "samples": draw(st.none() | whole("samples")),
            "noise": draw(numbers(0, 80)),
            "train_percent": draw(numbers(10, 100)),
            "data_seed": draw(SEED_TEXTS),
            "hidden": hidden,
            "hide_text": draw(st.booleans()),
            "features": features,
            "layers": layers,
            "loss": loss,
            "initializer": {
                "name": draw(st.sampled_from(sorted(INITIALIZERS))),
                "scale": draw(numbers(0, 100)),
            },
            "weight_seed": draw(whole("weight_seed")),
            "precision": draw(st.sampled_from(["float64", "float32"])),
            "optimizer": draw(OPTIMIZER_PARTS),
            "learning_rate": draw(numbers(0, 100)),
            "schedule": draw(SCHEDULE_PARTS),
            "clipping": {
                "name": draw(st.sampled_from(sorted(CLIPPINGS))),
                "limit": draw(numbers(1e-6, 1e6)),
            },
            "regularization": draw(st.sampled_from(sorted(REGULARIZERS))),
            "regularization_rate": draw(numbers(0, 100)),
            "batch_size": draw(whole("batch_size")),
            "reshuffle": draw(st.booleans()),
            "view": {
                "mode": draw(st.sampled_from(["weights", "gradients", "both", "updates"])),
                "show_test": draw(st.booleans()),
                "discretize": draw(st.booleans()),
                "log_loss": draw(st.booleans()),
            },
        }
    )


def _parameters(
    problem: str, dataset: str, classes: int, features: list[str], layers: list[Layer], loss: str
) -> st.SearchStrategy[list[float] | None]:
    """Starting weights of the right number, from a seed so that many stay quick; or none."""
    many = dataset in experiment.MANY_CLASSES
    outputs = LOSSES[loss].outputs(1 if problem == REGRESSION else classes if many else 2)
    spec = [*(LayerSpec(layer.units, "tanh") for layer in layers), LayerSpec(outputs, "tanh")]
    size = Network(len(features), spec).parameters.size
    if size > experiment.LIMITS["parameters"][1]:
        return st.none()
    return st.none() | st.builds(
        lambda seed: np.random.default_rng(seed).normal(0.0, 10.0, size).tolist(), seeds
    )


def _points(problem: str, classes: int) -> st.SearchStrategy[list[tuple[float, float, float]]]:
    place = numbers(-experiment.MAX_COORDINATE, experiment.MAX_COORDINATE)
    labels = [-1.0, 1.0] if classes == 2 else [float(label) for label in range(classes)]
    target = place if problem == "regression" else st.sampled_from(labels)
    return st.lists(st.tuples(place, place, target), min_size=1, max_size=6)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(10**400), 10**400)
    | st.floats()
    | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4)
    ),
    max_leaves=12,
)
