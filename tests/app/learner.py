"""A client for tests: speaks to an application in this process, and waits for messages only."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from fastapi.testclient import TestClient
from starlette.testclient import WebSocketTestSession

from app.experiment import Experiment
from app.main import create_app
from app.protocol import BinaryMessage, decode
from app.settings import Settings

Event = dict[str, Any]


class Learner:
    """One connection; keeps what it has been sent.

    Attributes:
        events: all of them, in order; files: all binary messages.
        newest: the newest checkpoint, as it came.
    """

    def __init__(self, socket: WebSocketTestSession) -> None:
        self.socket = socket
        self.events: list[Event] = []
        self.files: list[BinaryMessage] = []
        self.newest = b""
        self._ids = 0

    def tell(self, command: str, **fields: Any) -> None:
        """Sends a command, and waits for nothing."""
        self.socket.send_text(json.dumps({"command": command, **fields}))

    def ask(self, command: str, **fields: Any) -> Event:
        """Sends a command with an id, and returns the answer to it."""
        self._ids += 1
        self.tell(command, id=self._ids, **fields)
        while True:
            event = self.event()
            if event.get("id") == self._ids:
                return event

    def resume(self, checkpoint: bytes) -> Event:
        """Hands a checkpoint back, and returns the answer."""
        self.socket.send_bytes(checkpoint)
        while True:
            event = self.event()
            if event["event"] in ("configured", "refused"):
                return event

    def receive(self) -> Event | BinaryMessage:
        """The next message, whatever it is."""
        message = self.socket.receive()
        if message["type"] == "websocket.close":
            raise ConnectionError(message)
        if message.get("text") is not None:
            event: Event = json.loads(message["text"])
            self.events.append(event)
            return event
        file = decode(message["bytes"])
        if file.metadata["kind"] == "checkpoint":
            self.newest = message["bytes"]
        self.files.append(file)
        return file

    def event(self, name: str | None = None) -> Event:
        """The next event, of that name if one is given."""
        while True:
            message = self.receive()
            if isinstance(message, dict) and name in (None, message["event"]):
                return message

    def file(self, kind: str) -> BinaryMessage:
        """The next binary message of a kind."""
        while True:
            message = self.receive()
            if isinstance(message, BinaryMessage) and message.metadata["kind"] == kind:
                return message

    def checkpoint(self) -> bytes:
        """A checkpoint of now, as it came."""
        self.ask("checkpoint")
        return self.newest

    def frame(self) -> BinaryMessage:
        """Grants a credit and returns the frame that comes for it."""
        self.tell("credit")
        return self.file("frame")

    def frame_at(self, step: int) -> BinaryMessage:
        """Grants credits until a frame shows a step, or one behind it."""
        while True:
            frame = self.frame()
            if scalars(frame)["step"] >= step:
                return frame


def scalars(frame: BinaryMessage) -> dict[str, float]:
    """A frame's numbers by their names."""
    names = frame.metadata["scalars"].split(",")
    return dict(zip(names, map(float, frame.tensors["scalars"]), strict=True))


def same(first: BinaryMessage, second: BinaryMessage) -> bool:
    """Whether two files hold the same arrays, bit for bit."""
    return first.tensors.keys() == second.tensors.keys() and all(
        np.array_equal(array, second.tensors[name], equal_nan=array.dtype.kind == "f")
        for name, array in first.tensors.items()
    )


@contextmanager
def application(**settings: Any) -> Iterator[TestClient]:
    """An application of its own, running."""
    with TestClient(create_app(Settings(**settings))) as client:
        yield client


@contextmanager
def connected(client: TestClient, path: str = "/ws", **options: Any) -> Iterator[Learner]:
    """A learner who has said nothing yet."""
    with client.websocket_connect(path, **options) as socket:
        yield Learner(socket)


def experiment(**fields: Any) -> dict[str, Any]:
    """The default Experiment with some fields changed, as JSON."""
    return {**Experiment().model_dump(mode="json"), **fields}
