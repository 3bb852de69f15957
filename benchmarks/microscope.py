"""How fast a server takes an update apart, steps back and proves its gradient, for one client.

    python -m benchmarks.microscope

Prints two tables: the time from a command to its answer; and what a neighbour who trains at full
speed notices of someone who asks for one dissection after the other.
"""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable

from websockets.asyncio.client import ClientConnection, connect

from benchmarks.server import Case, Count, header_of, relu, row, tell, watch
from tools.serving import serving

REPEATS = 40
UPDATES = 300
NETWORKS: dict[str, dict[str, object]] = {
    "2-4-2-1 tanh": {},
    "2-8×6-1 relu": relu(8, 6),
    "2-8×6-1 adam": {**relu(8, 6), "optimizer": {"name": "adam"}},
    "2-32×12-1 relu": relu(32, 12),
}
# For each command, its fields and the kind of the binary message that answers it.
COMMANDS: dict[str, tuple[dict[str, object], str]] = {
    "dissect": ({"neuron": [1, 0], "weight": [1, 0, 0]}, "dissection"),
    "closeup": ({"neuron": [1, 0], "weight": [1, 0, 0]}, "closeup"),
    "back": ({"count": 1}, "frame"),
    "gradcheck": ({}, "gradcheck"),
}


def main() -> None:
    """Measures against one server process."""
    with serving() as address:
        url = address.replace("http", "ws", 1) + "/ws"
        print(("{:<18}{:<12}" + "{:>12}" * 3).format("network", "", "median ms", "max ms", "bytes"))
        for name, experiment in NETWORKS.items():
            for line in asyncio.run(answers(url, experiment)):
                print(f"{name:<18}{line}")
        print("\na neighbour of 2-4-2-1 at full speed, 60 Hz: alone, then beside dissections")
        case = Case("2-4-2-1 tanh", {}, 1, 60)
        print(row(case, [asyncio.run(watch(case, url))]))
        print(row(case, [asyncio.run(beside(url, case))]))


async def answers(url: str, experiment: dict[str, object]) -> list[str]:
    """A line for each command."""
    lines = []
    async with connect(url, compression=None, max_size=None) as client:
        await tell(client, "configure", experiment=experiment)
        for command, (fields, kind) in COMMANDS.items():
            await tell(client, "step", count=UPDATES)
            await receive(client, "checkpoint")
            ask = _asker(client, command, fields, kind)
            times, size = [], 0
            for _ in range(3 if command == "gradcheck" else REPEATS):
                begun = time.perf_counter()
                size = await ask()
                times.append(1000 * (time.perf_counter() - begun))
            lines.append(
                f"{command:<12}{statistics.median(times):>12.1f}{max(times):>12.1f}{size:>12}"
            )
    return lines


def _asker(
    client: ClientConnection, command: str, fields: dict[str, object], kind: str
) -> Callable[[], Awaitable[int]]:
    async def ask() -> int:
        if kind == "frame":
            await tell(client, "credit")
        await tell(client, command, **fields)
        return await receive(client, kind)

    return ask


async def receive(client: ClientConnection, kind: str) -> int:
    """Waits for a binary message of a kind; its size in bytes."""
    while True:
        message = await client.recv()
        if isinstance(message, bytes) and header_of(message)["__metadata__"]["kind"] == kind:
            return len(message)


async def beside(url: str, case: Case) -> Count:
    """What a neighbour sees while someone asks for dissections of 2-8×6-1, one after the other."""
    asking = asyncio.create_task(ask_on(url, relu(8, 6)))
    try:
        return await watch(case, url)
    finally:
        asking.cancel()


async def ask_on(url: str, experiment: dict[str, object]) -> None:
    """Asks for one dissection after the other, without end."""
    async with connect(url, compression=None, max_size=None) as client:
        await tell(client, "configure", experiment=experiment)
        while True:
            await tell(client, "dissect")
            await receive(client, "dissection")


if __name__ == "__main__":
    main()
