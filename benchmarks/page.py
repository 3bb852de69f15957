"""What a reader gets: the page in headless Chromium beside its server, on the same machine.

    python -m benchmarks.page

Prints how the page loads; how many frames and epochs a second it shows at full speed, beside the
figures of TensorFlow Playground's own page; how many pictures a second it draws while a reader
drags through the past; and how long a step under the microscope takes until it is drawn.
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
# The network's picture begins with wiping its canvas; a microtask comes when it is drawn.
WATCH_DRAWING = """
window.drawn = [];
const wipe = CanvasRenderingContext2D.prototype.clearRect;
CanvasRenderingContext2D.prototype.clearRect = function (...box) {
  if (this.canvas.id === "network-canvas") {
    queueMicrotask(() => window.drawn.push(performance.now()));
  }
  return wipe.apply(this, box);
};
"""
# One key, and the ms until the first and the last picture that come of it: a step is drawn at once,
# and again when the server's answer about another neuron is there.
STEP = """async () => {
  const begun = performance.now();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
  await new Promise((resolve) => setTimeout(resolve, 250));
  const after = window.drawn.filter((time) => time > begun);
  if (after.length === 0) throw new Error("expected a step to be drawn within 250 ms");
  return [after[0] - begun, after.at(-1) - begun];
}"""
GRAINS = {"phase": -16, "layer": -32, "neuron": -48, "term": -64}
STEPS = 25
SCRUB_S = 3.0
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
        print_scrubbing(browser, url)
        print_stepping(browser, url)
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
    frames, epochs, long_ms = rates(page, READ, ("frames", "epoch", "long"))
    context.close()
    return frames, epochs, long_ms


def rates(page: Page, read: str, names: tuple[str, ...]) -> list[float]:
    """By how much each of the numbers that a script reads grows in a second of full speed."""
    play_at_full_speed(page)
    page.wait_for_timeout(WARM_UP_MS)
    before = page.evaluate(read)
    page.wait_for_timeout(SECONDS * 1000)
    after = page.evaluate(read)
    seconds = (after["now"] - before["now"]) / 1000
    return [(after[name] - before[name]) / seconds for name in names]


def print_scrubbing(browser: Browser, url: str) -> None:
    """Dragging through the past: pictures a second."""
    print()
    print(f"{'dragging the timeline':<28}{'pictures/s':>12}")
    for case in CASES:
        rates = [scrub(browser, url + "/" + case.fragment) for _ in range(REPEATS)]
        print(f"{case.name:<28}{statistics.median(rates):>12.1f}")


def scrub(browser: Browser, url: str) -> float:
    """Pictures a second of the network while the pointer goes to and fro over the timeline."""
    context = browser.new_context(viewport=VIEWPORT)
    page = context.new_page()
    page.add_init_script(WATCH_DRAWING)
    page.goto(url)
    page.wait_for_function(READY)
    play_at_full_speed(page)
    page.wait_for_timeout(SECONDS * 1000)
    page.locator("#play").click()
    box = page.locator("#timeline-canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 12, box["y"] + 20)
    page.mouse.down()
    begun = page.evaluate("(window.drawn.length = 0, performance.now())")
    now, moves = begun, 0
    while now < begun + SCRUB_S * 1000:
        moves += 1
        share = abs((moves * 0.007) % 1.6 - 0.8) + 0.1
        page.mouse.move(box["x"] + box["width"] * share, box["y"] + 20)
        now = page.evaluate("performance.now()")
    pictures = page.evaluate("window.drawn.length")
    page.mouse.up()
    context.close()
    return float(pictures / (now - begun) * 1000)


def print_stepping(browser: Browser, url: str) -> None:
    """Steps under the microscope: ms from the key to the picture."""
    print()
    print(f"{'a step of the microscope':<28}{'median, ms':>12}{'longest':>10}{'with details':>15}")
    for case in CASES:
        for grain, mark in GRAINS.items():
            times = step(browser, url + "/" + case.fragment, mark)
            first, last = zip(*times, strict=True)
            print(f"{case.name + ', ' + grain:<28}{statistics.median(first):>12.1f}", end="")
            print(f"{max(first):>10.1f}{statistics.median(last):>15.1f}")


def step(browser: Browser, url: str, mark: int) -> list[tuple[float, float]]:
    """ms from each of some keys to the first and last picture of it, where nothing glides."""
    context = browser.new_context(viewport=VIEWPORT, reduced_motion="reduce")
    page = context.new_page()
    page.add_init_script(WATCH_DRAWING)
    page.goto(url)
    page.wait_for_function(READY)
    page.locator("#dial").fill(str(mark))
    page.locator("#dial").blur()
    page.wait_for_function("() => document.querySelector('#equation').textContent")
    times = [page.evaluate(STEP) for _ in range(STEPS)]
    context.close()
    return times


def play_at_full_speed(page: Page) -> None:
    """The dial to its end, then play."""
    page.locator("#dial").focus()
    page.keyboard.press("End")
    page.locator("#play").click()


if __name__ == "__main__":
    main()
