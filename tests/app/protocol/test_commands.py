"""Text messages: what is read, what is refused and how, and what the server answers."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic_core.core_schema import ErrorType

from app import protocol
from app.experiment import Experiment
from app.protocol import (
    MAX_TEXT_BYTES,
    Command,
    Configured,
    MessageTooLarge,
    Pace,
    Problem,
    ProtocolError,
    Refused,
    SetParameter,
    parse_command,
)
from app.protocol.problems import EXPECTED, show
from tests.strategies import JSON, experiments

APP = Path(__file__).parents[3] / "app"
NAN = float("nan")
WEIGHT = {"parameter": "W", "layer": 1, "from": 0, "to": 0, "value": 1}
COMMANDS: tuple[type[BaseModel], ...] = Command.__args__


def name_of(model: type[BaseModel], field: str) -> str:
    """The text by which a command or event is known."""
    name: str = model.model_fields[field].annotation.__args__[0]  # type: ignore[union-attr]
    return name


def say(command: object, **values: object) -> str:
    """A command as a client would send it."""
    return json.dumps({"command": command, **values})


def experiment(**values: object) -> str:
    """The command that configures an Experiment."""
    return say("configure", experiment=values)


def refusal(text: str) -> ProtocolError:
    """The error that a message raises."""
    with pytest.raises(ProtocolError) as raised:
        parse_command(text, str)
    return raised.value


# Commands


@pytest.mark.parametrize(
    "text",
    [
        '{"command": "hello"}',
        '{"command": "hello", "id": 0}',
        '{"command": "configure", "experiment": {}}',
        '{"command": "open", "link": "#dataset=xor"}',
        '{"command": "play", "pace": {"unit": "update", "rate": 0.2}}',
        '{"command": "play", "pace": {"unit": "epoch", "rate": 1000}}',
        '{"command": "play", "pace": {"unit": "full"}}',
        '{"command": "pause"}',
        '{"command": "step"}',
        '{"command": "step", "unit": "sample", "count": 10000}',
        '{"command": "reset"}',
        '{"command": "reseed"}',
        '{"command": "regenerate"}',
        '{"command": "set", "parameter": "W", "layer": 1, "from": 0, "to": 3, "value": -1}',
        '{"command": "set", "parameter": "b", "layer": 13, "to": 0, "value": 0.5}',
        '{"command": "set", "parameter": "b", "layer": 1, "from": null, "to": 0, "value": 0}',
        '{"command": "detail", "map": 20, "output": 100, "focus": [1, 0], "probe": [-6, 6]}',
        '{"command": "detail", "selected": [2, 0, 1]}',
        '{"command": "detail", "selected": [2, null, 1]}',
        '{"command": "credit"}',
        '{"command": "credit", "frames": 8}',
        '{"command": "checkpoint"}',
        '{"command": "trial", "action": "begin"}',
    ],
)
def test_commands_are_read(text: str) -> None:
    """Each command is read, and what is read says the same when it is written."""
    command = parse_command(text, str)

    assert command == parse_command(command.model_dump_json(), str)
    assert json.loads(text).items() <= json.loads(command.model_dump_json()).items() or (
        command.command in ("configure", "play")
    )


def test_from_is_an_index_of_w_only() -> None:
    """The name that Python reserves is read and written as the protocol has it."""
    text = '{"command": "set", "parameter": "W", "layer": 1, "from": 2, "to": 3, "value": 0}'
    command = parse_command(text, str)

    assert isinstance(command, SetParameter)
    assert command.from_ == 2
    assert '"from":2' in command.model_dump_json()


@pytest.mark.parametrize(
    ("text", "field", "expected", "got"),
    [
        ("", "message", "valid JSON", ""),
        ("{", "message", "valid JSON", "{"),
        ("[]", "message", "an object", "[]"),
        ("null", "message", "an object", "null"),
        ("{}", "command", "an object with a field", "nothing"),
        (say(5), "command", "one of hello,", "5"),
        (say("fly"), "command", "one of hello,", "fly"),
        (say("hello", wings=2), "wings", "no field of this name", "2"),
        (say("hello", id=-1), "id", "at least 0", "-1"),
        (say("hello", id=True), "id", "a whole number", "true"),
        (say("hello", id=2**53), "id", "below", "9007199254740992"),
        (say("step", count=0), "count", "at least 1", "0"),
        (say("step", count=1.5), "count", "a whole number", "1.5"),
        (say("step", count="2"), "count", "a whole number", '"2"'),
        (say("step", unit="year"), "unit", "sample, batch, epoch", '"year"'),
        (say("play"), "pace", "a value", "nothing"),
        (say("play", pace={"unit": "update", "rate": 0.1}), "pace.rate", "from 0.2 to 1000", "0.1"),
        (say("play", pace={"unit": "epoch", "rate": NAN}), "pace.rate", "finite", "NaN"),
        (say("credit", frames=9), "frames", "at most 8", "9"),
        (say("detail", map=3), "map", "at least 4", "3"),
        (say("detail", map=7), "output", "a multiple of 7", "60"),
        (say("detail", focus=[0, 0]), "focus[0]", "at least 1", "0"),
        (say("detail", selected=[1, -1, 0]), "selected[1]", "at least 0", "-1"),
        (say("detail", selected=[1, 0]), "selected[2]", "a value", "nothing"),
        (say("detail", probe=[1, -NAN]), "probe[1]", "finite", "NaN"),
        ('{"command": "detail", "probe": [1, 1e999]}', "probe[1]", "finite", "Infinity"),
        (say("set", **{**WEIGHT, "from": None}), "from", "a whole number", "null"),
        (say("set", **{**WEIGHT, "parameter": "b"}), "from", "null", "0"),
        (say("set", **{**WEIGHT, "layer": 14}), "layer", "at most 13", "14"),
        (say("set", **{**WEIGHT, "value": 1e7}), "value", "at most 1000000", "10000000.0"),
        (experiment(noise=NAN), "experiment.noise", "finite", "NaN"),
        (experiment(layers=[{"units": 99}]), "experiment.layers[0].units", "at most 32", "99"),
        (experiment(layers=[{"units": 1}] * 13), "experiment.layers", "at most 12", "[{"),
        (experiment(batch_size=10**4000), "experiment.batch_size", "at most 5000", "1000000"),
        ("[" * 100_000, "message", "valid JSON", "[[["),
        ('{"command": "hello", "id": "\\ud800"}', "message", "valid JSON", "{"),
        ("\ud800", "message", "UTF-8", "?"),
    ],
)
def test_refusals_name_field_expectation_and_what_came(
    text: str, field: str, expected: str, got: str
) -> None:
    """Each fault is told by its field, what may stand there and what stood there."""
    problem = refusal(text).problems[0]

    assert problem.field == field
    assert expected in problem.expected
    assert got in problem.got
    place = "Expected" if field == "message" else f"{field}: expected"
    assert problem.message == f"{place} {problem.expected}, got {problem.got}."


def test_refusals_keep_command_and_id() -> None:
    """The answer says which message it answers."""
    error = refusal('{"command": "step", "count": 0, "id": 7}')

    assert (error.command, error.id) == ("step", 7)


def test_refusals_are_bounded() -> None:
    """However much is wrong, 20 problems are told, and each shows 60 characters at most."""
    error = refusal(json.dumps({"command": "hello", **{"x" * 99 + str(n): 0 for n in range(500)}}))

    assert len(error.problems) == 20
    assert all(len(problem.field) <= 60 for problem in error.problems)


@pytest.mark.parametrize(
    "value", ["x" * 99, ["\n" * 99], {"a": b"\xff"}, object(), "\ud800", float("nan")]
)
def test_what_came_is_shown_on_one_short_line(value: Any) -> None:
    """Anything can be shown, and sent."""
    shown = show(value)

    assert len(shown) <= 60
    assert shown.isprintable()
    assert shown.encode()


def test_oversized_text_is_told_apart() -> None:
    """The socket closes for these, and only for these."""
    with pytest.raises(MessageTooLarge):
        parse_command('"' + "é" * (MAX_TEXT_BYTES // 2) + '"', str)


@given(st.text())
def test_noise_is_refused(text: str) -> None:
    """Any text is a command or a ProtocolError."""
    _read(text)


@given(JSON)
def test_any_json_is_refused_or_read(value: Any) -> None:
    """Any JSON is a command or a ProtocolError."""
    _read(json.dumps(value))


@given(
    st.sampled_from([name_of(model, "command") for model in COMMANDS]),
    st.dictionaries(
        st.sampled_from(
            sorted(
                {
                    field.alias or name
                    for model in COMMANDS
                    for name, field in model.model_fields.items()
                }
            )
        ),
        JSON,
    ),
)
def test_any_values_are_refused_or_read(command: str, values: dict[str, Any]) -> None:
    """Known names with any values are a command or a ProtocolError."""
    _read(json.dumps({**values, "command": command}))


@given(st.dictionaries(st.sampled_from(sorted(Experiment.model_fields)), JSON))
def test_any_experiment_is_refused_or_read(values: dict[str, Any]) -> None:
    """The same for what an Experiment may say."""
    _read(json.dumps({"command": "configure", "experiment": values}))


def _read(text: str) -> None:
    problems: list[Problem] = []
    try:
        parse_command(text, str)
    except ProtocolError as error:
        problems = error.problems

    assert all(problem.expected != "another value" for problem in problems)
    assert all(problem.field in ("message", *problem.message.split(":")) for problem in problems)
    assert Refused(problems=tuple(problems)).text().encode()


@given(experiments())
def test_every_experiment_can_be_configured(wanted: Experiment) -> None:
    """What the server sends in "configured" may come back in "configure"."""
    text = f'{{"command": "configure", "experiment": {wanted.model_dump_json()}}}'
    command = parse_command(text, str)

    assert isinstance(command, protocol.Configure)
    assert command.experiment == wanted


def test_refusals_speak_the_readers_language() -> None:
    """Expectation and sentence are translated, placeholders and all."""
    catalogue = {
        "a number of at least %(ge)s": "不小于 %(ge)s 的数",
        "%(field)s: expected %(expected)s, got %(got)s.": "%(got)s → %(expected)s (%(field)s)",
    }
    with pytest.raises(ProtocolError) as raised:
        parse_command(say("step", count=0), lambda message: catalogue.get(message, message))

    assert raised.value.problems[0].message == "0 → 不小于 1 的数 (count)"


def test_rows_for_pydantics_errors_are_its_own() -> None:
    """No error type is misspelt; what is not pydantic's is raised by us, so it stands in app/."""
    sources = "".join(path.read_text(encoding="utf-8") for path in APP.rglob("*.py"))
    for kind in EXPECTED.keys() - set(get_args(ErrorType)):
        assert sources.count(f'"{kind}"') > 1, kind


# Events


def test_events_are_lines_of_json() -> None:
    """An event carries its name, and an id only when it answers."""
    event = protocol.State(playing=True, pace=Pace(unit="full"))

    assert json.loads(event.text()) == {
        "event": "state",
        "playing": True,
        "pace": {"unit": "full", "rate": 1.0},
        "trial": None,
    }
    assert json.loads(event.model_copy(update={"id": 3}).text())["id"] == 3


def test_configured_carries_the_experiment() -> None:
    """The Experiment in it is the JSON that is saved."""
    event = Configured(
        run=1, experiment=Experiment(), link="", shape=(2, 1), activations=("tanh",),
        reset=True, parameters=3, train=1, test=0,
    )  # fmt: skip

    assert Experiment.model_validate(json.loads(event.text())["experiment"]) == Experiment()
