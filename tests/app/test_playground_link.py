"""Links: TensorFlow Playground's own, ours, and broken ones."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import languages
from app.experiment import Experiment
from app.playground_link import READERS, from_link, to_link
from tests.strategies import experiments

PLAYGROUND = (
    "activation=relu&regularization=L2&batchSize=25&dataset=spiral&regDataset=reg-gauss"
    "&learningRate=0.1&regularizationRate=0.003&noise=15&networkShape=8,6,4&seed=0.55731"
    "&showTestData=true&discretize=false&percTrainData=70&x=true&y=true&xTimesY=false"
    "&xSquared=true&ySquared=false&cosX=false&sinX=false&cosY=false&sinY=true"
    "&collectStats=false&problem=classification&initZero=false&hideText=false"
    "&playButton_hide=true&stepButton_hide=false"
)


def read(text: str) -> Experiment:
    """The Experiment of a link that has no fault."""
    experiment, problems = from_link(text, str)

    assert problems == []
    return experiment


def faults(text: str) -> list[str]:
    """The names of the parts that a link's problems are about."""
    return [problem.field for problem in from_link(text, str)[1]]


@given(experiments())
def test_every_experiment_survives_its_link(experiment: Experiment) -> None:
    """Reading what was written gives the same Experiment, without a problem."""
    assert (experiment, []) == from_link(to_link(experiment), str)


@given(experiments())
def test_links_need_no_further_escaping(experiment: Experiment) -> None:
    """A link holds only characters that a fragment may hold as they are (RFC 3986, 3.5)."""
    assert re.fullmatch(r"[A-Za-z0-9\-._~!$&'()*+,;=:@/?%]*", to_link(experiment))


def test_a_link_of_the_playground_gives_the_same_set_up() -> None:
    """Each of the Playground's names and spellings is understood."""
    experiment = read(PLAYGROUND)

    assert [(layer.units, layer.activation) for layer in experiment.layers] == [
        (8, "relu"),
        (6, "relu"),
        (4, "relu"),
    ]
    assert experiment.features == ("x", "y", "xSquared", "sinY")
    assert (
        experiment.problem,
        experiment.dataset,
        experiment.data_seed,
    ) == ("classification", "spiral", "0.55731")
    assert (
        experiment.regularization,
        experiment.regularization_rate,
        experiment.learning_rate,
        experiment.batch_size,
    ) == ("L2", 0.003, 0.1, 25)
    assert (
        experiment.noise,
        experiment.train_percent,
        experiment.view.show_test,
        experiment.view.discretize,
    ) == (15, 70, True, False)
    assert experiment.hidden == ("playButton",)


@pytest.mark.parametrize(
    "before", ["", "#", "?", "https://playground.tensorflow.org/#", " http://a.b/c?lang=en#"]
)
def test_a_link_may_be_pasted_whole(before: str) -> None:
    """A fragment, with its sign, or a whole address: all are read the same."""
    assert read(PLAYGROUND) == read(before + PLAYGROUND)


@pytest.mark.parametrize(
    "text", ["", "#", "&&", "learningRate=", "learningRate", "https://playground.tensorflow.org/"]
)
def test_what_is_absent_is_the_default(text: str) -> None:
    """No part, or a part without a value, is no fault."""
    assert Experiment() == read(text)


def test_the_default_link_is_short() -> None:
    """Only what differs stands in a link, and the data's seed."""
    assert to_link(Experiment()) == "seed=0.31415"


@pytest.mark.parametrize("name", ["bce", "hinge", "softmax"])
def test_losses_of_classes_do_not_fit_regression(name: str) -> None:
    """A fault between two parts is told of the one that gives way."""
    experiment, problems = from_link(f"problem=regression&loss={name}", str)

    assert [problem.field for problem in problems] == ["loss"]
    assert (experiment.problem, experiment.loss) == ("regression", "half-squared")


def test_regression_reads_its_own_data_set() -> None:
    """The Playground writes both data sets; the problem says which one counts."""
    both = "dataset=spiral&regDataset=reg-gauss"

    assert read(both).dataset == "spiral"
    assert read(f"{both}&problem=regression").dataset == "reg-gauss"


@pytest.mark.parametrize(
    ("text", "noise", "problems"),
    [("51", 51, 0), ("80", 80, 0), ("81", 50, 1), ("-1", 0, 1), ("1e999", 50, 1)],
)
def test_noise_follows_the_playgrounds_rule(text: str, noise: float, problems: int) -> None:
    """Above 80 becomes 50 and below 0 becomes 0, and both are told."""
    experiment, found = from_link(f"noise={text}", str)

    assert (noise, problems) == (experiment.noise, len(found))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("networkShape=4,x", ["networkShape"]),
        ("networkShape=4,0", ["networkShape"]),
        ("networkShape=4,33", ["networkShape"]),
        ("networkShape=" + ",".join("2" * 13), ["networkShape"]),
        ("networkShape=2.5", ["networkShape"]),
        ("activation=sine&networkShape=4,99", ["networkShape"]),
        ("activation=Tanh", ["activation"]),
        ("activations=relu,nil", ["activations"]),
        ("activations=relu", ["activations"]),
        ("dataset=reg-plane", ["dataset"]),
        ("dataset=points", ["points"]),
        ("dataset=points&points=1,2", ["points"]),
        ("dataset=points&points=1,2,3", ["points"]),
        ("dataset=points&points=1,2,1;1,2,500", ["points"]),
        ("points=1,2,1", ["points"]),
        ("batchSize=0", ["batchSize"]),
        ("batchSize=2.5", ["batchSize"]),
        ("batchSize=ten", ["batchSize"]),
        ("learningRate=NaN", ["learningRate"]),
        ("learningRate=1e999", ["learningRate"]),
        ("learningRate=-1", ["learningRate"]),
        ("weightSeed=" + "9" * 5000, ["weightSeed"]),
        ("discretize=maybe", ["discretize"]),
        ("problem=Regression", ["problem"]),
        ("cosX=true", ["cosX"]),
        ("tutorial=mnist", ["tutorial"]),
        ("numNodes2_hide=true", ["numNodes2_hide"]),
        ("nothing_hide=true", ["nothing_hide"]),
        ("constructor=1&__proto__=2", ["constructor", "__proto__"]),
        ("x=false&y=false", ["x"]),
        ("x_hide=true&y_hide=true", ["x_hide"]),
        ("seed=%00", ["seed"]),
        ("seed=" + "9" * 65, ["seed"]),
        ("init=zero&noise=100", ["noise", "init"]),
    ],
)
def test_a_bad_part_is_named_and_the_rest_stays(text: str, parts: list[str]) -> None:
    """Each fault names its part; every other part still counts."""
    rest = "regularization=L1&seed=7&" if "seed" not in text else "regularization=L1&"
    experiment, problems = from_link(rest + text, str)

    assert parts == [problem.field for problem in problems]
    assert experiment.regularization == "L1"
    assert all(problem.field in problem.message for problem in problems)


def test_a_bad_shape_keeps_the_activation() -> None:
    """The part that is wrong becomes its default, and no other."""
    experiment, _ = from_link("activation=sine&networkShape=4,99", str)

    assert [(layer.units, layer.activation) for layer in experiment.layers] == [
        (4, "sine"),
        (2, "sine"),
    ]


def test_a_hidden_feature_is_no_input() -> None:
    """As in the Playground, hiding a feature takes it away from the network."""
    assert read("y_hide=true&y=true&sinX=true").features == ("x", "sinX")


def test_zero_initialisation_has_the_playgrounds_name() -> None:
    """initZero is read and written; other initialisations have a name of ours."""
    assert read("initZero=true").initializer.name == "zeros"
    assert "initZero=true" in to_link(read("initZero=true"))
    assert "init=he-normal" in to_link(read("init=he-normal"))


def test_the_last_of_two_parts_counts() -> None:
    """As in the Playground."""
    assert read("learningRate=1&learningRate=0.3").learning_rate == 0.3


@given(st.dictionaries(st.sampled_from(sorted(READERS)), st.text(max_size=12)))
def test_any_values_give_an_experiment(parts: dict[str, str]) -> None:
    """Whatever stands behind known names, an Experiment comes of it, and it has a link."""
    experiment, problems = from_link(
        "&".join(f"{name}={value}" for name, value in parts.items()), str
    )

    assert (experiment, []) == from_link(to_link(experiment), str)
    assert all(problem.message for problem in problems)


@given(st.text())
def test_any_text_gives_an_experiment(text: str) -> None:
    """Noise in a link raises nothing."""
    experiment, _ = from_link(text, str)

    assert isinstance(experiment, Experiment)


def test_problems_speak_the_readers_language() -> None:
    """The message is translated; the part's name and what came stay as they were."""
    _, problems = from_link("batchSize=ten", languages.translations("zh-Hans").gettext)

    assert "batchSize" in problems[0].message
    assert problems[0].got == "ten"
