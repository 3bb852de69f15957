"""Where a reader may start from: a few set-ups worth a look, each of them an Experiment."""

from dataclasses import dataclass
from functools import cache

from app.experiment import Experiment, Layer, Optimizer
from app.playground_link import to_link
from app.protocol.problems import gettext_noop


@dataclass(frozen=True)
class Preset:
    """A set-up to start from.

    Attributes:
        name: unlike the others'.
        title: for a person, not yet translated.
        purpose: what there is to see, in a sentence or two, not yet translated.
        grain: where the dial goes, one of the microscope's GRAINS; None leaves it at whole updates.
        experiment: what is set up.
    """

    name: str
    title: str
    purpose: str
    grain: str | None
    experiment: Experiment

    @property
    def link(self) -> str:
        """The fragment that opens it."""
        return to_link(self.experiment)


@cache
def presets() -> tuple[Preset, ...]:
    """All of them, from the smallest network on."""
    return (_lesson(), _xor(), _adam(), _dead(), _vanishing())


def _lesson() -> Preset:
    return Preset(
        "lesson",
        gettext_noop("One neuron, by hand"),
        gettext_noop(
            "Weight 2, bias −1, input 3, target 10, squared error: small enough to check every "
            "number in your head. The gradients come out as −30 and −10."
        ),
        "term",
        Experiment(
            problem="regression",
            dataset="points",
            points=((3, 0, 10),),
            train_percent=100,
            features=("x",),
            layers=(),
            loss="mse",
            parameters=(2, -1),
            learning_rate=0.01,
            batch_size=1,
        ),
    )


def _xor() -> Preset:
    return Preset(
        "xor",
        gettext_noop("Exclusive or, with two hidden neurons"),
        gettext_noop(
            "Four points, sigmoid and cross-entropy: the smallest network in which an error has "
            "to travel back through a hidden layer. Then let it train: a few hundred updates do."
        ),
        "neuron",
        Experiment(
            dataset="points",
            points=((-2, -2, -1), (-2, 2, 1), (2, -2, 1), (2, 2, -1)),
            train_percent=100,
            layers=(Layer(units=2, activation="sigmoid"),),
            loss="bce",
            parameters=(0.7, 0.7, -0.8, -0.4, 0.6, -0.5, -0.9, 0.4, 0.6),
            learning_rate=1,
            batch_size=4,
        ),
    )


def _adam() -> Preset:
    return Preset(
        "adam",
        gettext_noop("A batch of ten, and Adam"),
        gettext_noop(
            "Ten examples each ask for their own change; the batch's gradient is the mean of them. "
            "Adam then turns it into an update, line by line."
        ),
        "phase",
        Experiment(
            dataset="xor",
            layers=(Layer(units=4), Layer(units=2)),
            loss="bce",
            optimizer=Optimizer(name="adam"),
            learning_rate=0.03,
        ),
    )


def _dead() -> Preset:
    return Preset(
        "dead",
        gettext_noop("A dead ReLU"),
        gettext_noop(
            "The third hidden neuron has a bias of −8: it stays below zero for every example, its "
            "slope is 0, no gradient gets through, and so nothing will ever wake it."
        ),
        "layer",
        Experiment(
            layers=(Layer(units=4, activation="relu"),),
            loss="bce",
            parameters=(
                *(0.5, -0.4, 0.3, -0.2),
                *(0.2, 0.3, -0.5, 0.4),
                *(0.1, 0.1, -8, 0.1),
                *(0.4, -0.3, 0.5, -0.2, 0),
            ),
        ),
    )


def _vanishing() -> Preset:
    return Preset(
        "vanishing",
        gettext_noop("A gradient that vanishes"),
        gettext_noop(
            "Six hidden layers of sigmoids: on its way back the gradient shrinks at every layer, "
            "to a millionth and less. Press play and look at the river: the early layers stay "
            "pale."
        ),
        None,
        Experiment(
            layers=(Layer(units=4, activation="sigmoid"),) * 6, loss="bce", learning_rate=0.3
        ),
    )
