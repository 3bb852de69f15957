"""How long the server's event loop works at a stretch, while visitors ask much of it.

    python -m benchmarks.event_loop

Prints a table. The loop runs in this process and is asked, as often as it can be, how much
processor time its thread has used since it was asked last: what others take of the machine, and the
worker's threads, do not count. Visitors come from a process of their own.
"""

import asyncio
import json
import socket
import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial
from html.parser import HTMLParser
from multiprocessing import get_context
from urllib.request import Request, urlopen

import uvicorn

from app.__main__ import configuration
from app.settings import Settings
from benchmarks.graph import BODY
from benchmarks.microscope import ask_on
from benchmarks.server import Case, measure, relu

SECONDS = 4.0
ALLOWED_S = 0.005
PAUSE_S = 0.0005
PAGES = ("/", "/?lang=zh", "/compare", "/graph")
GRAPH_TURNS = 499


class Visited(HTMLParser):
    """The scripts and style sheets that a page names."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes the addresses of one element."""
        if tag in ("link", "script"):
            self.found += [value for name, value in attrs if name in ("href", "src") and value]


def train(url: str) -> None:
    """16 learners at full speed."""
    asyncio.run(measure(Case("", {}, 16, 60), _socket(url)))


def dissect(url: str) -> None:
    """One update after the other is taken apart, at 2-8×6-1."""
    asyncio.run(_ask(url, relu(8, 6)))


def dissect_large(url: str) -> None:
    """The same at the largest network, 2-32×12-1."""
    asyncio.run(_ask(url, relu(32, 12)))


def visit(url: str) -> None:
    """Every page with its files, the first time and again."""
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        for page in PAGES:
            with urlopen(url + page) as answer:
                files = Visited(answer.read().decode()).found
            for file in files:
                with urlopen(Request(url + file, headers={"Accept-Encoding": "gzip"})) as answer:
                    answer.read()


def type_graph(url: str) -> None:
    """Graphs of 2,000 nodes, one key after the other."""
    end = time.perf_counter() + SECONDS
    numbers = iter(range(10_000))
    while time.perf_counter() < end:
        text = BODY.format(number=0.5 + next(numbers) / 10_000, turns=GRAPH_TURNS)
        body = json.dumps({"text": text}).encode()
        with urlopen(Request(f"{url}/graph/run", body)) as answer:
            answer.read()


VISITORS: dict[str, Callable[[str], None]] = {
    "16 learners at full speed": train,
    "dissections of 2-8×6-1": dissect,
    "dissections of 2-32×12-1": dissect_large,
    "first visits, all pages": visit,
    "typing at 2,000 nodes": type_graph,
}


def main() -> None:
    """Measures each kind of visitor against a server of its own."""
    print(f"{'processor time at a stretch':<34}{'longest, ms':>12}{'over 5 ms':>12}")
    with ProcessPoolExecutor(1, get_context("spawn")) as visitors:
        for name, visitor in VISITORS.items():
            config = configuration(Settings(log_level="warning"))
            with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
                stretches = runner.run(serve(config, visitors, visitor))
            over = sum(stretch > ALLOWED_S for stretch in stretches)
            print(f"{name:<34}{1000 * max(stretches):>12.2f}{over:>12}")


async def serve(
    config: uvicorn.Config, visitors: Executor, visitor: Callable[[str], None]
) -> list[float]:
    """Serves one visitor twice.

    Returns:
        Of the second time, seconds of the loop's processor time from each turn to the next.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(config)
    loop = asyncio.get_running_loop()
    stretches: list[float] = []
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:
        await asyncio.sleep(0.01)
    come = partial(visitor, f"http://127.0.0.1:{listener.getsockname()[1]}")
    # What is read and imported when it is first wanted is no stretch that a neighbour waits for.
    await loop.run_in_executor(visitors, come)
    watching = asyncio.create_task(_watch(stretches))
    await loop.run_in_executor(visitors, come)
    watching.cancel()
    server.should_exit = True
    await serving
    return stretches


async def _watch(stretches: list[float]) -> None:
    before = time.thread_time()
    while True:
        await asyncio.sleep(PAUSE_S)
        now = time.thread_time()
        stretches.append(now - before)
        before = now


async def _ask(url: str, experiment: dict[str, object]) -> None:
    try:
        async with asyncio.timeout(SECONDS):
            await ask_on(_socket(url), experiment)
    except TimeoutError:
        return


def _socket(url: str) -> str:
    return url.replace("http", "ws", 1) + "/ws"


if __name__ == "__main__":
    main()
