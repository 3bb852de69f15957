"""How fast the graph room's interpreter answers, and how soon it refuses what asks for too much.

    python -m benchmarks.snippet

Prints two tables: from a text to its graph as JSON, by nodes; and the slowest refusals of the bombs
that the tests try, against the 200 ms that they may take.
"""

import json
import statistics
import time

from app.snippet import Result, run
from tests.app.test_snippet_limits import BOMBS

REPEATS = 5
ALLOWED_MS = 200.0
SLOWEST = 6


def main() -> None:
    """Measures answers and refusals."""
    print(f"{'nodes':<10}{'median ms':>12}")
    for nodes in (100, 500, 2000):
        print(f"{nodes:<10}{statistics.median(answer_ms(nodes) for _ in range(REPEATS)):>12.1f}")
    times = {
        name: statistics.median(refusal_ms(text) for _ in range(REPEATS))
        for name, (text, _) in BOMBS.items()
    }
    print(f"\n{len(times)} bombs, the slowest refusals{'median ms':>12}{'of 200 ms':>12}")
    for name in sorted(times, key=lambda name: -times[name])[:SLOWEST]:
        print(f"{name:<32}{times[name]:>12.1f}{times[name] / ALLOWED_MS:>12.2f}")


def answer_ms(nodes: int) -> float:
    """Processor time from a chain of so many nodes to its JSON."""
    text = "x = 1.0\ny = x\n" + f"for i in range({(nodes - 1) // 3}):\n    y = y * 0.9 + x\n"
    began = time.thread_time()
    outcome = run(text)
    if not isinstance(outcome, Result):
        raise ValueError(f"expected a graph of {nodes} nodes, got {outcome}")
    json.dumps(outcome.to_json())
    return (time.thread_time() - began) * 1000


def refusal_ms(text: str) -> float:
    """Processor time until a bomb is refused."""
    began = time.thread_time()
    run(text)
    return (time.thread_time() - began) * 1000


if __name__ == "__main__":
    main()
