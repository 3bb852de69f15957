"""Two runs side by side: the comparison's page beside the playground's, in headless Chromium.

    python -m benchmarks.compare

Prints how long either page takes from its address to a play button that answers, and how many
moments of both networks a second the comparison shows at full speed, beside the playground's frames
of one network. Ratios of one run are what counts.
"""

import statistics

from playwright.sync_api import Browser, sync_playwright

from benchmarks.page import CASES, READY, REPEATS, VIEWPORT, load, play, rates
from tests import chromium
from tools.serving import serving

# A pair that is shown writes its step; a page at full speed has another one in each.
WATCH = """() => {
  window.watched = { pairs: 0, long: 0 };
  const step = document.querySelector('[data-row="step"] [data-run="0"]');
  new MutationObserver(() => { window.watched.pairs += 1; }).observe(step, { childList: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.watched.long += duration;
  }).observe({ entryTypes: ["longtask"] });
}"""
READ = """() => ({
  now: performance.now(), ...window.watched,
  epoch: Number(document.querySelector("#epoch").textContent.replace(/[^0-9]/g, "")),
})"""


def main() -> None:
    """Measures loading and playing."""
    with serving() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=chromium.ARGUMENTS
        )
        print_loading(browser, url)
        print_playing(browser, url)
        browser.close()


def print_loading(browser: Browser, url: str) -> None:
    """The first load of both pages, in turns."""
    loads = [(load(browser, url), load(browser, f"{url}/compare")) for _ in range(REPEATS)]
    print(f"{'first load':<28}{'playground':>12}{'comparison':>12}{'ratio':>8}")
    for name, part, unit in (("  compressed, kB", 0, 1000), ("  interactive after, ms", 1, 1)):
        one, two = (statistics.median(pair[i][part] for pair in loads) / unit for i in (0, 1))
        print(f"{name:<28}{one:>12.0f}{two:>12.0f}{two / one:>8.2f}")


def print_playing(browser: Browser, url: str) -> None:
    """Full speed, case by case: one network in the playground, then two in the comparison."""
    print()
    print(f"{'at full speed':<16}{'frames/s':>10}{'pairs/s':>10}{'ratio':>8}", end="")
    print(f"{'epochs/s':>12}{'of each':>10}{'ratio':>8}{'long ms/s':>11}")
    for case in CASES:
        runs = [
            (play(browser, f"{url}/{case.fragment}"), play_pair(browser, url, case.fragment))
            for _ in range(REPEATS)
        ]
        (frames, epochs, _), (pairs, of_each, long_ms) = (
            [statistics.median(run[who][i] for run in runs) for i in range(3)] for who in (0, 1)
        )
        print(f"{case.name:<16}{frames:>10.1f}{pairs:>10.1f}{pairs / frames:>8.2f}", end="")
        print(f"{epochs:>12.0f}{of_each:>10.0f}{of_each / epochs:>8.2f}{long_ms:>11.0f}")


def play_pair(browser: Browser, url: str, fragment: str) -> tuple[float, float, float]:
    """Moments and epochs a second that the comparison shows, and ms of long tasks in a second.

    The runs differ in their starting weights, so both have the same work.
    """
    context = browser.new_context(viewport=VIEWPORT)
    page = context.new_page()
    page.goto(f"{url}/compare{fragment or '#'}&compare=weightSeed&with=2")
    page.wait_for_function(READY)
    page.evaluate(WATCH)
    pairs, epochs, long_ms = rates(page, READ, ("pairs", "epoch", "long"))
    context.close()
    return pairs, epochs, long_ms


if __name__ == "__main__":
    main()
