"""The graph room: from a key to the redrawn graph, and how soon bombs are refused.

    python -m benchmarks.graph

Prints two tables. The page runs in headless Chromium beside its server, on the same machine; a
graph counts as redrawn when the frame after its drawing begins.
"""

import json
import statistics
from time import perf_counter
from urllib.request import Request, urlopen

from playwright.sync_api import Page, sync_playwright

from tests import chromium
from tools.serving import serving

REPEATS = 9
BODY = "w = {number}\nx = 0.5\nfor i in range({turns}):\n    x = tanh(x * w + 0.1)\nloss = x * x\n"
CASES = (
    ("100 nodes, folded", 25, "auto", 100),
    ("100 nodes, unfolded", 25, "off", 100),
    ("2,000 nodes, folded", 499, "auto", 1000),
    ("2,000 nodes, unfolded", 499, "off", 1000),
)
BOMBS = {
    "10**10**10": "x = 10**10**10",
    "nested loops": "for i in range(9999):\n    for j in range(9999):\n        x = i * j",
    "a slow loop": "x = 0.5\nfor i in range(9999):\n    x = tanh(x)",
    "doubling lists": "x = [1]\nfor i in range(99):\n    x = x + x",
    "deep nesting": "x = " + "(" * 5000 + "1" + ")" * 5000,
    "endless calls": "def f(x):\n    return f(x) + f(x)\ny = f(1.0)",
    "100,000 characters": "a" * 100_000,
}
BOMB_MS = 200
MEGABYTE = "x = 1.0\n" * 125_000

TYPE = """([text]) => new Promise((done) => {
  const field = document.querySelector("#code");
  const result = document.querySelector("#result");
  const before = result.textContent;
  const began = performance.now();
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  const look = () => {
    if (result.textContent === before) requestAnimationFrame(look);
    else requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
  };
  look();
})"""


def redraw_ms(page: Page, turns: int) -> list[float]:
    """Milliseconds from a changed digit to the frame that shows it, of several."""
    numbers = [0.9 + 0.05 * repeat for repeat in range(REPEATS + 1)]
    texts = [BODY.format(number=f"{number:.2f}", turns=turns) for number in numbers]
    times: list[float] = [page.evaluate(TYPE, [text]) for text in texts]
    # The first draws another graph than was there; the rest is typing.
    return times[1:]


def refusal_ms(url: str, text: str) -> float:
    """Milliseconds until a text is refused.

    Raises:
        RuntimeError: it is not refused.
    """
    body = json.dumps({"text": text}).encode()
    began = perf_counter()
    request = Request(f"{url}/graph/run", body, {"Content-Type": "application/json"})
    try:
        with urlopen(request) as response:
            # Errors are short, and travel gzipped like all answers.
            if len(response.read()) > 1000:
                raise RuntimeError(f"{text[:30]} was not refused")
    except OSError as refused:
        if getattr(refused, "code", None) != 413:
            raise
    return (perf_counter() - began) * 1000


def main() -> None:
    """Prints both tables."""
    with serving() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=chromium.ARGUMENTS
        )
        print("| key to redrawn graph | median ms | worst ms | limit ms |\n|---|---|---|---|")
        for name, turns, folding, limit in CASES:
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.goto(f"{url}/graph#fold={folding}")
            page.wait_for_selector("#picture [data-box]")
            times = redraw_ms(page, turns)
            print(f"| {name} | {statistics.median(times):.0f} | {max(times):.0f} | {limit} |")
            page.close()
        browser.close()
        print("\n| refused | median ms | worst ms | limit ms |\n|---|---|---|---|")
        for name, text in [*BOMBS.items(), ("a megabyte of text", MEGABYTE)]:
            times = [refusal_ms(url, text) for _ in range(REPEATS)]
            print(f"| {name} | {statistics.median(times):.0f} | {max(times):.0f} | {BOMB_MS} |")


if __name__ == "__main__":
    main()
