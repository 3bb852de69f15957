"""What a reader gets: the page in headless Chromium beside its server, on the same machine.

    python -m benchmarks.page

Prints two tables: how the page loads, and how many frames and epochs a second it shows at full
speed, beside the figures of TensorFlow Playground's own page.
"""

import statistics
from dataclasses import dataclass

from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright

from tests import chromium
from tools.serving import serving

SECONDS = 4.0
WARM_UP_MS = 1500
REPEATS = 3
VIEWPORT: ViewportSize = {"width": 1280, "height": 720}

# A credit is granted for each frame that is taken for drawing; a pace is counted by the page's own
# numbers, so that what is measured is what is shown.
WATCH = """
window.watched = { frames: 0, long: 0, largest: 0 };
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (data) {
  if (typeof data === "string" && data.includes('"credit"')) {
    window.watched.frames += JSON.parse(data).frames;
  }
  return send.call(this, data);
};
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.watched.long += duration;
}).observe({ entryTypes: ["longtask"] });
"""
READ = """() => ({
  now: performance.now(), ...window.watched,
  epoch: Number(document.querySelector("#epoch").textContent.replace(/[^0-9]/g, "")),
})"""
READY = "() => !document.querySelector('#play').disabled"


@dataclass(frozen=True)
class Case:
    """A network, and what the Playground's page shows of it: epochs and frames a second.

    Source of the Playground's figures: its own page, measured in headless Chromium on the same
    kind of machine when this project began.
    """

    name: str
    fragment: str
    playground: tuple[int, int]


CASES = [
    Case("2-4-2-1 tanh", "", (56, 56)),
    Case("2-8×6-1 relu", "#networkShape=8,8,8,8,8,8&activation=relu", (18, 18)),
]


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
    """The first load, with nothing kept from before."""
    loads = [load(browser, url) for _ in range(REPEATS)]
    print(f"{'first load':<34}{'median':>10}")
    print(f"{'  compressed, kB':<34}{statistics.median(load[0] for load in loads) / 1000:>10.1f}")
    print(f"{'  interactive after, ms':<34}{statistics.median(load[1] for load in loads):>10.0f}")
    print(f"{'  requests to other hosts':<34}{max(load[2] for load in loads):>10}")


def load(browser: Browser, url: str) -> tuple[float, float, int]:
    """Bytes that came over the wire, ms until the play button answers, requests to other hosts."""
    context = browser.new_context(viewport=VIEWPORT)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes = transferred(session)
    foreign: list[str] = []
    page.on("request", lambda request: None if url in request.url else foreign.append(request.url))
    page.goto(url)
    page.wait_for_function(READY)
    ready = page.evaluate("performance.now()")
    page.wait_for_load_state("networkidle")
    context.close()
    return sum(sizes), ready, len(foreign)


def transferred(session: CDPSession) -> list[float]:
    """Grows with the size of each answer, headers included, as it came over the wire."""
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    return sizes


def print_playing(browser: Browser, url: str) -> None:
    """Full speed, case by case."""
    print()
    print(f"{'at full speed':<16}{'frames/s':>10}{'epochs/s':>10}{'long ms/s':>11}", end="")
    print(f"{'× Playground, frames':>22}{'epochs':>9}")
    for case in CASES:
        runs = [play(browser, url + "/" + case.fragment) for _ in range(REPEATS)]
        frames, epochs, long_ms = (statistics.median(run[i] for run in runs) for i in range(3))
        theirs_epochs, theirs_frames = case.playground
        print(f"{case.name:<16}{frames:>10.1f}{epochs:>10.0f}{long_ms:>11.0f}", end="")
        print(f"{frames / theirs_frames:>22.2f}{epochs / theirs_epochs:>9.1f}")


def play(browser: Browser, url: str) -> tuple[float, float, float]:
    """Frames and epochs a second that the page shows, and ms of long tasks in a second."""
    context = browser.new_context(viewport=VIEWPORT)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(url)
    page.wait_for_function(READY)
    play_at_full_speed(page)
    page.wait_for_timeout(WARM_UP_MS)
    before = page.evaluate(READ)
    page.wait_for_timeout(SECONDS * 1000)
    after = page.evaluate(READ)
    context.close()
    seconds = (after["now"] - before["now"]) / 1000
    frames, epochs, long_ms = (
        (after[name] - before[name]) / seconds for name in ("frames", "epoch", "long")
    )
    return frames, epochs, long_ms


def play_at_full_speed(page: Page) -> None:
    """The dial to its end, then play."""
    page.locator("#dial").focus()
    page.keyboard.press("End")
    page.locator("#play").click()


if __name__ == "__main__":
    main()
