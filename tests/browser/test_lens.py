"""The lens in a real browser: each number that it shows is one that the server sent."""

import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from websockets.sync.client import ClientConnection, connect

from app.experiment import Experiment
from app.protocol import BinaryMessage, decode
from tests.browser.playground import SUPERSCRIPTS, open_playground

LEDGER = (
    "#optimizer=adam&clipping=norm&clipLimit=0.1&regularization=L2&regularizationRate=0.01"
    "&schedule=exponential"
)
EXPERIMENT: dict[str, Any] = {
    "optimizer": {"name": "adam"},
    "clipping": {"name": "norm", "limit": 0.1},
    "regularization": "L2",
    "regularization_rate": 0.01,
    "schedule": {"name": "exponential"},
}


@pytest.fixture
def socket(server: str) -> Iterator[ClientConnection]:
    """A client of the same server, which takes the same updates apart."""
    with connect(server.replace("http", "ws", 1) + "/ws") as opened:
        yield opened


def dissection(socket: ClientConnection, experiment: dict[str, Any], **look: Any) -> BinaryMessage:
    """What the server says of the first update of an Experiment."""
    whole = {**Experiment().model_dump(mode="json"), **experiment}
    socket.send(json.dumps({"command": "configure", "experiment": whole}))
    socket.send(json.dumps({"command": "dissect", **look}))
    while True:
        message = socket.recv()
        if isinstance(message, bytes) and decode(message).metadata["kind"] == "dissection":
            return decode(message)


def open_walk(page: Page, address: str = "/", grain: int = -64) -> None:
    """Turns the dial to a grain of the walk: -64 is one product, -16 a phase."""
    open_playground(page, address)
    page.locator("#dial").evaluate(
        """(dial, mark) => {
            dial.value = mark;
            dial.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        grain,
    )
    expect(page.locator("#lens")).to_be_visible()
    expect(page.locator("#lens [aria-pressed=true]")).to_have_count(1)


def finish_phase(page: Page, phase: str) -> None:
    """To the end of one of the four phases."""
    page.locator("#phases").get_by_role("button", name=phase).click()


def numbers(text: str) -> list[float]:
    """The numbers of a text such as +0.031 − 2.80·10⁻⁴ = …, with their signs."""
    plain = text.replace("− ", "-").replace("−", "-").replace("·10", "e").translate(SUPERSCRIPTS)
    return [float(word) for word in plain.split() if word.strip("+-")[:1].isdigit()]


def close_to(shown: float, sent: float) -> bool:
    """Whether what is shown is what was sent, to the four digits of the page."""
    return bool(np.isclose(shown, sent, rtol=6e-3, atol=6e-5 if abs(sent) >= 1e-3 else 0.0))


def test_votes_add_up_and_lead_to_their_example(page: Page, socket: ClientConnection) -> None:
    """A weight's votes and their sums are the server's; a click on a bar follows its example."""
    sent = dissection(socket, {}, weight=[2, 1, 0]).tensors
    open_walk(page)
    page.locator('[data-node="2,0"]').focus()
    page.keyboard.press("ArrowLeft")
    place = page.locator("#lens .lens-place").locator("visible=true")
    expect(place).to_contain_text("hidden 1, neuron 2 → hidden 2, neuron 1")
    expect(page.locator("#lens [data-view=votes]")).to_have_attribute("aria-pressed", "true")
    votes = page.get_by_role("slider", name="What each example asks of the weight")
    expect(votes).to_have_attribute("aria-valuemax", "10")

    above, below, gradient = numbers(page.locator("#lens .lens-sum").inner_text())[:3]
    assert close_to(above, sent["contribution_sums"][0])
    assert close_to(below, sent["contribution_sums"][1])
    assert close_to(gradient, sent["update.gradient"][12 + 1 * 2])

    votes.focus()
    page.keyboard.press("Home")
    for place in np.argsort(-sent["contributions"], kind="stable"):
        shown = votes.get_attribute("aria-valuetext") or ""
        name, _, vote = shown.partition(": ")
        assert name.endswith(f"example {place + 1}")
        assert close_to(numbers(vote.partition(",")[0])[0], sent["contributions"][place])
        page.keyboard.press("ArrowRight")

    box = votes.bounding_box()
    assert box is not None
    most = int(np.argmax(sent["contributions"]))
    page.mouse.click(box["x"] + 44 + 5, box["y"] + 20)
    page.mouse.move(5, 5)
    expect(votes).to_have_attribute("aria-valuetext", re.compile(f"^▾ example {most + 1}:"))


def test_the_curve_shows_the_engines_numbers(page: Page, socket: ClientConnection) -> None:
    """Forward z and a, backward the slope and δ of the neuron that the walk has come to."""
    first = int(dissection(socket, {}).tensors["examples"][0])
    sent = dissection(socket, {}, example=first).tensors
    open_walk(page)
    finish_phase(page, "Forward")
    figures = page.locator("#lens .lens-figures dd")
    expect(page.locator("#lens .lens-title").locator("visible=true")).to_have_text(
        "Is output listening?"
    )
    expect(figures).to_have_count(2)
    z, a = (numbers(text)[0] for text in figures.all_inner_texts())
    assert close_to(z, sent["z"][-1])
    assert close_to(a, sent["a"][-1])

    finish_phase(page, "Loss")
    expect(page.locator("#lens [data-view=losses]")).to_have_attribute("aria-pressed", "true")
    for _ in range(3):
        page.locator("#step").click()
    expect(page.locator("#lens .lens-figures")).to_contain_text("δ")
    expect(figures.last).not_to_have_text("·")
    da, slope, delta = (numbers(text)[0] for text in figures.all_inner_texts())
    assert close_to(da, sent["da"][-1])
    assert close_to(slope, sent["slope"][-1])
    assert close_to(delta, sent["delta"][-1])
    expect(page.locator("#lens")).to_contain_text("It is listening")


def test_the_ledger_has_every_line_of_the_update(page: Page, socket: ClientConnection) -> None:
    """With Adam, clipping, a schedule and L2 each quantity has its line and the server's number."""
    sent = dissection(socket, EXPERIMENT)
    open_walk(page, "/" + LEDGER, grain=-16)
    finish_phase(page, "Update")
    lines = page.locator("#lens .lens-ledger button")
    expect(lines).to_have_count(len(sent.metadata["update"].split(",")) - 1)
    moved = int(np.argmax(np.abs(sent.tensors["update.update"])))
    for line in lines.all():
        array = sent.tensors[f"update.{line.get_attribute('data-name')}"]
        shown = numbers(line.locator("span").last.inner_text())[0]
        assert close_to(shown, float(array) if array.ndim == 0 else float(array[moved])), line
    expect(page.locator("#lens .lens-loss")).to_contain_text("loss")

    lines.first.click()
    expect(lines.first).to_have_attribute("aria-current", "step")
    expect(lines.last).to_have_attribute("data-state", "coming")
