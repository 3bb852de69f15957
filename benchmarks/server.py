"""How fast a server trains and sends, measured by clients on the loopback interface.

    python -m benchmarks.server

Prints a table. Each client grants a credit for each frame: at once, or 60 times a second as a page
does. "stall" is the longest answer to a ping: what the event loop kept a client waiting.
"""

import asyncio
import json
import statistics
import time
from dataclasses import dataclass

import numpy as np
from websockets.asyncio.client import ClientConnection, connect

from tools.serving import serving

SECONDS = 3.0
WARM_UP_S = 0.5
PING_S = 0.02
HEADER = ("network", "sessions", "credits", "epochs/s", "frames/s", "bytes", "stall ms", "fairness")


@dataclass(frozen=True)
class Case:
    """One row of the table."""

    name: str
    experiment: dict[str, object]
    sessions: int
    hertz: float | None


@dataclass
class Count:
    """What one client saw, after the warm-up."""

    epochs_a_second: float = 0.0
    frames_a_second: float = 0.0
    frame_bytes: int = 0
    longest_ping_s: float = 0.0


def relu(units: int, layers: int) -> dict[str, object]:
    """An Experiment with so many hidden layers."""
    return {"layers": [{"units": units, "activation": "relu"}] * layers}


CASES = [
    Case("2-4-2-1 tanh", {}, 1, None),
    Case("2-4-2-1 tanh", {}, 1, 60),
    Case("2-8×6-1 relu", relu(8, 6), 1, 60),
    Case("2-32×12-1 relu", relu(32, 12), 1, 60),
    Case("2-4-2-1 tanh", {}, 4, 60),
    Case("2-4-2-1 tanh", {}, 16, 60),
]


def main() -> None:
    """Measures every case against one server process."""
    with serving() as url:
        print(("{:<16}" + "{:>10}" * 7).format(*HEADER))
        for case in CASES:
            print(row(case, asyncio.run(measure(case, url.replace("http", "ws", 1) + "/ws"))))


def row(case: Case, counts: list[Count]) -> str:
    """The case's line: means over its clients, the worst stall, and the least share of the most."""
    epochs = [count.epochs_a_second for count in counts]
    return ("{:<16}{:>10}{:>10}{:>10.0f}{:>10.1f}{:>10}{:>10.1f}{:>10.2f}").format(
        case.name,
        case.sessions,
        "at once" if case.hertz is None else f"{case.hertz:.0f} Hz",
        statistics.mean(epochs),
        statistics.mean(count.frames_a_second for count in counts),
        counts[0].frame_bytes,
        1000 * max(count.longest_ping_s for count in counts),
        min(epochs) / max(epochs),
    )


async def measure(case: Case, url: str) -> list[Count]:
    """What each of the case's clients sees."""
    return await asyncio.gather(*(watch(case, url) for _ in range(case.sessions)))


async def watch(case: Case, url: str) -> Count:
    """Plays at full speed for SECONDS after a warm-up."""
    count = Count()
    async with connect(url, compression=None, max_size=None) as client:
        await tell(client, "configure", experiment=case.experiment)
        await tell(client, "play", pace={"unit": "full"})
        await tell(client, "credit")
        pinging = asyncio.create_task(ping(client, count))
        marks: list[tuple[float, float]] = []
        begun = time.perf_counter()
        due = begun
        while time.perf_counter() < begun + WARM_UP_S + SECONDS:
            frame = await receive_frame(client)
            count.frame_bytes = len(frame)
            if time.perf_counter() > begun + WARM_UP_S:
                marks.append((time.perf_counter(), epochs_in(frame)))
            if case.hertz is not None:
                due = max(due + 1 / case.hertz, time.perf_counter())
                await asyncio.sleep(due - time.perf_counter())
            await tell(client, "credit")
        pinging.cancel()
    seconds = marks[-1][0] - marks[0][0]
    count.epochs_a_second = (marks[-1][1] - marks[0][1]) / seconds
    count.frames_a_second = (len(marks) - 1) / seconds
    return count


async def ping(client: ClientConnection, count: Count) -> None:
    """Notes the longest answer to a ping, from the end of the warm-up on."""
    await asyncio.sleep(WARM_UP_S)
    while True:
        waiter = await client.ping()
        count.longest_ping_s = max(count.longest_ping_s, await waiter)
        await asyncio.sleep(PING_S)


async def tell(client: ClientConnection, command: str, **fields: object) -> None:
    """Sends a command."""
    await client.send(json.dumps({"command": command, **fields}))


async def receive_frame(client: ClientConnection) -> bytes:
    """The next frame."""
    while True:
        message = await client.recv()
        if isinstance(message, bytes) and header_of(message)["__metadata__"]["kind"] == "frame":
            return message


def header_of(message: bytes) -> dict[str, dict[str, str]]:
    """The header of a safetensors file."""
    header: dict[str, dict[str, str]] = json.loads(
        message[8 : 8 + int.from_bytes(message[:8], "little")]
    )
    return header


def epochs_in(frame: bytes) -> float:
    """How far the run is, the part of an epoch included; the scalars stand first in the file."""
    names = header_of(frame)["__metadata__"]["scalars"].split(",")
    start = 8 + int.from_bytes(frame[:8], "little")
    scalars = dict(zip(names, np.frombuffer(frame, "<f8", len(names), start), strict=True))
    return float(scalars["epoch"] + scalars["batch"] / scalars["batches"])


if __name__ == "__main__":
    main()
