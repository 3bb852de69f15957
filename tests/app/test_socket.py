"""The WebSocket: flow by credits, refusals, limits, and what happens when something breaks."""

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.protocol import MAX_CHECKPOINT_BYTES, MAX_TEXT_BYTES, BinaryMessage
from app.session import Session
from tests.app.learner import Learner, application, connected, same, scalars

FULL = {"unit": "full"}


@pytest.fixture
def client() -> Iterator[TestClient]:
    """An application of its own."""
    with application() as client:
        yield client


@pytest.fixture(scope="module")
def lasting() -> Iterator[Learner]:
    """One learner for many bad messages, three updates into a run."""
    with application() as client, connected(client) as learner:
        learner.ask("hello")
        learner.ask("step", count=3)
        learner.frame_at(3)
        yield learner


def frames(learner: Learner) -> int:
    """How many frames have come."""
    return sum(file.metadata["kind"] == "frame" for file in learner.files)


def test_a_client_that_takes_no_frames_is_not_worked_for(client: TestClient) -> None:
    """Without credits no frame is made, and training waits after one slice."""
    with connected(client) as learner:
        learner.ask("hello")
        learner.ask("play", pace=FULL)
        learner.file("checkpoint")
        for _ in range(100):
            learner.ask("play", pace={"unit": "epoch", "rate": 1})
        assert frames(learner) == 0

        learner.ask("pause")
        first = scalars(learner.frame())["step"]
        learner.ask("play", pace=FULL)
        for _ in range(20):
            learner.ask("checkpoint")
        learner.ask("pause")
        second = scalars(learner.frame())["step"]

    assert 0 < second - first < 20_000
    assert frames(learner) == 2


def test_each_credit_is_one_frame(client: TestClient) -> None:
    """Eight credits are eight frames, and a ninth does not come."""
    with connected(client) as learner:
        learner.ask("hello")
        learner.ask("play", pace=FULL)
        learner.tell("credit", frames=8)
        for _ in range(8):
            learner.file("frame")
        for _ in range(20):
            learner.ask("checkpoint")

    assert frames(learner) == 8


def test_frames_of_an_old_run_never_follow_a_new_one(client: TestClient) -> None:
    """Everything behind configured belongs to the run that it names, data before frames."""
    with connected(client) as learner:
        learner.ask("hello")
        learner.ask("play", pace=FULL)
        for _ in range(10):
            learner.tell("credit", frames=3)
            run = learner.ask("regenerate")["run"]
            data = learner.receive()
            assert isinstance(data, BinaryMessage)
            assert (data.metadata["kind"], data.metadata["run"]) == ("data", str(run))
            assert scalars(learner.file("frame"))["run"] == run


def test_two_learners_get_fair_shares(client: TestClient) -> None:
    """With the same credits neither is kept waiting, and neither trains twice as far."""
    with connected(client) as first, connected(client) as second:
        for learner in (first, second):
            learner.ask("hello")
            learner.ask("play", pace=FULL)
        for _ in range(40):
            first.tell("credit")
            second.tell("credit")
            one, two = scalars(first.file("frame")), scalars(second.file("frame"))

    assert 0.5 < one["step"] / two["step"] < 2


def test_two_learners_share_nothing(client: TestClient) -> None:
    """What one does leaves the other's run alone."""
    with connected(client) as first, connected(client) as second:
        first.ask("hello")
        second.ask("hello")
        before = second.frame()
        first.ask("set", parameter="b", layer=1, to=0, value=5.0)
        first.ask("step", count=10)
        first.frame_at(10)
        second.ask("detail")
        after = second.frame()

    assert same(before, after)


BAD_TEXT = [
    ("", "message"),
    ("null", "message"),
    ("[]", "message"),
    ("{}", "command"),
    ("{", "message"),
    ('{"command": 3}', "command"),
    ('{"command": "fly"}', "command"),
    ('{"command": "step", "count": 0}', "count"),
    ('{"command": "step", "count": 1.5}', "count"),
    ('{"command": "step", "count": 1e99}', "count"),
    ('{"command": "step", "unit": "year"}', "unit"),
    ('{"command": "play"}', "pace"),
    ('{"command": "play", "pace": {"unit": "update", "rate": NaN}}', "pace.rate"),
    ('{"command": "play", "pace": {"unit": "update", "rate": 1e6}}', "pace.rate"),
    ('{"command": "credit", "frames": 9}', "frames"),
    ('{"command": "set", "parameter": "W", "layer": 4, "from": 0, "to": 0, "value": 1}', "layer"),
    ('{"command": "set", "parameter": "W", "layer": 1, "from": 2, "to": 0, "value": 1}', "from"),
    ('{"command": "set", "parameter": "b", "layer": 1, "to": 4, "value": 1}', "to"),
    ('{"command": "set", "parameter": "b", "layer": 1, "to": 0, "value": Infinity}', "value"),
    ('{"command": "set", "parameter": "b", "layer": 1, "to": 0, "value": "big"}', "value"),
    ('{"command": "detail", "map": 7, "output": 60}', "output"),
    ('{"command": "detail", "focus": [4, 0]}', "focus"),
    ('{"command": "detail", "focus": [2, 2]}', "focus"),
    ('{"command": "configure", "experiment": {"layers": [{"units": 33}]}}', "units"),
    (json.dumps({"command": "configure", "experiment": {"layers": [{"units": 1}] * 13}}), "layers"),
    ('{"command": "configure", "experiment": {"learning_rate": "fast"}}', "learning_rate"),
    ('{"command": "configure", "experiment": {"colour": 1}}', "colour"),
    ('{"command": "hello", "extra": 1}', "extra"),
    ('{"command": "pause", "id": -1}', "id"),
    ("[" * 100_000, "message"),
    (" " * 10_000 + "{", "message"),
]


@pytest.mark.parametrize(("text", "field"), BAD_TEXT, ids=[text[:60] for text, _ in BAD_TEXT])
def test_bad_commands_are_refused_by_name(lasting: Learner, text: str, field: str) -> None:
    """The refusal names the field, what was expected and what came; the run stays as it was."""
    lasting.socket.send_text(text)
    refused = lasting.event("refused")
    lasting.ask("detail")
    shown = scalars(lasting.frame())
    problem = refused["problems"][0]

    assert field in problem["field"]
    assert problem["expected"]
    assert problem["message"]
    assert shown["step"] == 3
    assert shown["playing"] == 0


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda part: (
        st.lists(part, max_size=4) | st.dictionaries(st.text(max_size=8), part, max_size=4)
    ),
    max_leaves=12,
)
COMMANDS = ["configure", "open", "play", "step", "set", "detail", "credit", "bogus"]
FIELDS = ["id", "experiment", "link", "pace", "count", "layer", "value", "map", "focus", "frames"]
LIKE_COMMANDS = st.builds(
    lambda name, fields: {**fields, "command": name},
    st.sampled_from(COMMANDS),
    st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=5),
)


@given(LIKE_COMMANDS | ANYTHING)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_message_breaks_the_connection(lasting: Learner, message: object) -> None:
    """Whatever JSON comes, the next command is answered."""
    lasting.socket.send_text(json.dumps(message))

    assert lasting.ask("pause")["event"] == "state"


@given(st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_bytes_break_the_connection(lasting: Learner, message: bytes) -> None:
    """Whatever bytes come, they are refused and the next command is answered."""
    lasting.socket.send_bytes(message)

    assert lasting.event("refused")["command"] == "checkpoint"
    assert lasting.ask("pause")["event"] == "state"


@pytest.mark.parametrize("command", ["play", "pause", "step", "reset", "reseed", "regenerate",
                                     "detail", "checkpoint"])  # fmt: skip
def test_commands_before_a_run_are_refused(client: TestClient, command: str) -> None:
    """Without an Experiment there is nothing to train; the refusal says what must come first."""
    fields = {"pace": FULL} if command == "play" else {}
    with connected(client) as learner:
        refused = learner.ask(command, **fields)
        started = learner.ask("hello")

    assert refused["event"] == "refused"
    assert "hello" in refused["problems"][0]["expected"]
    assert started["event"] == "configured"


def test_refusals_are_in_the_readers_language(client: TestClient) -> None:
    """The link's language, then the browser's."""
    with connected(client, "/ws?lang=zh-Hans") as wished:
        chinese = wished.ask("step", count=0)["problems"][0]["message"]
    with connected(client, headers={"accept-language": "zh-CN"}) as preferred:
        same_chinese = preferred.ask("step", count=0)["problems"][0]["message"]
    with connected(client) as neither:
        english = neither.ask("step", count=0)["problems"][0]["message"]

    assert chinese == same_chinese
    assert not chinese.isascii()
    assert english.isascii()


@pytest.mark.parametrize("text", [" " * (MAX_TEXT_BYTES + 1), None], ids=["text", "binary"])
def test_oversized_messages_close_with_1009(client: TestClient, text: str | None) -> None:
    """They are told why, and no other message is read."""
    with connected(client) as learner:
        if text is None:
            learner.socket.send_bytes(bytes(MAX_CHECKPOINT_BYTES + 1))
        else:
            learner.socket.send_text(text)
        refused = learner.event("refused")
        close = learner.socket.receive()

    assert "bytes" in refused["problems"][0]["expected"]
    assert (close["type"], close["code"]) == ("websocket.close", 1009)


def test_too_many_sessions_are_turned_away() -> None:
    """The refusal says how many there may be; a seat that was left is free again."""
    with application(max_sessions=1) as client:
        with connected(client) as first:
            first.ask("hello")
            with connected(client) as second:
                refused = second.event("refused")
                close = second.socket.receive()
        with connected(client) as third:
            started = third.ask("hello")

    assert "1" in refused["problems"][0]["expected"]
    assert close["code"] == 1013
    assert started["event"] == "configured"


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", "http://testserver:81"])
def test_pages_of_other_sites_are_turned_away(client: TestClient, origin: str) -> None:
    """A foreign page may not spend this server's time with its readers' browsers."""
    with connected(client, headers={"origin": origin}) as stranger:
        refused = stranger.event("refused")
        close = stranger.socket.receive()

    assert refused["problems"][0]["field"] == "Origin"
    assert close["code"] == 1008


def test_our_own_pages_are_welcome(client: TestClient) -> None:
    """The page and its embeds come from the host that they speak to."""
    with connected(client, headers={"origin": "http://testserver"}) as page:
        assert page.ask("hello")["event"] == "configured"


def test_an_unexpected_error_is_logged_with_its_run(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The connection closes with 1011, tells the client nothing, and the server goes on."""

    def fail(session: Session) -> bytes:
        raise ZeroDivisionError("secret")

    with connected(client) as learner:
        run = learner.ask("hello")["run"]
        with monkeypatch.context() as patched:
            patched.setattr(Session, "frame", fail)
            learner.tell("credit")
            with pytest.raises(ConnectionError) as closed:
                learner.event("state")
    with connected(client) as next_one:
        assert next_one.ask("hello")["event"] == "configured"

    assert "1011" in str(closed.value)
    assert "secret" not in str(closed.value)
    assert f"run {run}" in caplog.text
