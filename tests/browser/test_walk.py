"""The network's picture in the walk through one update: its numbers and the neurons' names."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import open_playground

SMALL = "/#networkShape=2&weightSeed=7&loss=bce&activation=sigmoid"
GRAINS = ["phase", "layer", "neuron", "term"]
SEEN = """() => [
    ...[...document.querySelectorAll("#figures .figure")].map(
        (e) => `${e.dataset.of}: ${e.innerText}`,
    ),
    ...[...document.querySelectorAll("#nodes [data-node]")].map((e) => e.ariaLabel),
].sort()"""


def walk(page: Page, grain: str) -> None:
    """Opens a small network, and turns the dial down to a grain."""
    open_playground(page, SMALL)
    page.locator("#look-closer").click()
    expect(page.locator("#figures [data-of='0,0 below']")).to_be_visible()
    page.locator("#dial").focus()
    for _ in range(GRAINS.index(grain)):
        page.keyboard.press("ArrowLeft")
    page.locator("#dial").blur()


def seen(page: Page) -> list[str]:
    """Every number in the picture, and every neuron's name."""
    shown: list[str] = page.evaluate(SEEN)
    return shown


def over(page: Page) -> bool:
    """Whether the update has come to its end."""
    return page.locator("#phases button").last.get_attribute("data-done") is not None


def figure(page: Page, of: str) -> str:
    """The number that the picture shows of something."""
    return page.locator(f"#figures [data-of='{of}']").inner_text()


def name(page: Page, layer: int, unit: int) -> str:
    """A neuron's accessible name."""
    return page.locator(f'[data-node="{layer},{unit}"]').get_attribute("aria-label") or ""


@pytest.mark.parametrize(("grain", "states"), list(zip(GRAINS, [5, 6, 9, 30], strict=True)))
def test_every_step_back_shows_what_was_there_before(page: Page, grain: str, states: int) -> None:
    """Numbers arrive step by step, and stepping back takes them away again, to the last digit."""
    walk(page, grain)
    history = [seen(page)]
    while not over(page):
        page.keyboard.press("ArrowRight")
        history.append(seen(page))
    assert len({tuple(shown) for shown in history}) >= states
    for shown in history[-2::-1]:
        page.keyboard.press("ArrowLeft")
        assert seen(page) == shown


def test_a_sum_grows_at_its_neuron_and_becomes_its_activation(page: Page) -> None:
    """Product by product: the sum so far, then z, then a; and nothing at the neuron after it."""
    walk(page, "term")
    assert name(page, 1, 0) == "Neuron hidden 1, neuron 1: not reached yet"
    page.keyboard.press("ArrowRight")
    first = figure(page, "1,0,0 product").removeprefix("w·a").split("=")[-1].strip()
    assert figure(page, "1,0 z").split() == ["Σ", first]
    assert name(page, 1, 0) == f"Neuron hidden 1, neuron 1: z so far {first}"
    page.keyboard.press("ArrowRight")
    assert figure(page, "1,0,0 product") == first
    page.keyboard.press("ArrowRight")
    z = figure(page, "1,0 z").removeprefix("z").strip()
    assert name(page, 1, 0) == f"Neuron hidden 1, neuron 1: z = {z}"
    page.keyboard.press("ArrowRight")
    a = figure(page, "1,0 a").removeprefix("a").strip()
    assert name(page, 1, 0) == f"Neuron hidden 1, neuron 1: z = {z}, a = {a}"
    assert f"={a}" in page.locator("#equation").inner_text().replace("\n", "")
    assert name(page, 1, 1) == "Neuron hidden 1, neuron 2: not reached yet"


def test_backward_comes_back_through_the_lines_and_the_update_comes_last(page: Page) -> None:
    """δ arrives layer by layer from the loss; weights have new values only at the very end."""
    walk(page, "layer")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert "∂L/∂a" not in name(page, 2, 0)
    assert figure(page, "loss value") in name(page, 2, 0)
    page.keyboard.press("ArrowRight")
    assert "δ = " in name(page, 2, 0)
    assert "δ = " not in name(page, 1, 0)
    page.keyboard.press("ArrowRight")
    assert "∂L/∂a = " in name(page, 1, 1)
    page.locator('[data-node="1,0"]').focus()
    page.keyboard.press("ArrowLeft")
    weight = page.locator("#nodes .edge")
    expect(weight).to_have_attribute("aria-label", re.compile("w = .*w·a = .*∂L/∂w = "))
    expect(weight).not_to_have_attribute("aria-label", re.compile("new w"))
    page.locator("#finish").click()
    expect(weight).to_have_attribute("aria-label", re.compile("Δw = .*new w = "))
    expect(page.locator("#figures [data-of='loss after']")).to_be_visible()


def test_a_mark_says_in_a_sentence_what_ails_a_neuron_or_a_layer(page: Page) -> None:
    """A dead neuron has a mark; a click selects it and shows why, a step puts the sentence away."""
    open_playground(page, "/#networkShape=6,4&activation=relu&learningRate=3")
    page.locator("#step-unit").select_option("epoch")
    page.locator("#step").click()
    expect(page.locator("#epoch")).to_have_text("1")
    page.locator("#look-closer").click()
    mark = page.locator("#marks [data-ailment=dead]").first
    mark.click()
    page.mouse.move(5, 5)
    sentence = page.locator("#marks .mark-sentence")
    expect(sentence).to_be_visible()
    expect(sentence).to_have_text(re.compile("is dead: its slope is 0"))
    said = sentence.inner_text()
    expect(page.locator(f'#nodes [aria-label$="{said[1:]}"]')).to_have_count(1)
    page.keyboard.press("ArrowRight")
    expect(sentence).to_be_hidden()
    page.locator("#marks [data-ailment=vanishing]").first.focus()
    expect(sentence).to_be_visible()
    expect(sentence).to_have_text(re.compile("The gradient vanishes"))
