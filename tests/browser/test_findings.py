"""Marks on what is wrong, while the run trains and when it is paused, in words, with what helps."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from app.presets import presets
from tests.browser.playground import open_playground, pause, play, select_neuron, wait_for_epoch

LINKS = {preset.name: preset.link for preset in presets()}
SENTENCE = "Hidden 1, neuron 3 is dead: its slope is 0 for the whole batch, so it learns nothing."
# What the live region said.
LISTEN = """
window.said = [];
addEventListener("DOMContentLoaded", () => {
  const live = document.querySelector("#live");
  new MutationObserver(() => window.said.push(live.textContent)).observe(live, { childList: true });
});
"""


def open_preset(page: Page, name: str, room: str = "/") -> None:
    """Opens an example in the playground or in an embed."""
    open_playground(page, f"{room}#{LINKS[name]}")


def test_a_dead_neuron_is_marked_said_once_and_helped_in_full_flight(page: Page) -> None:
    """The mark stays the same while the run trains; the keyboard reads it; the remedy takes it."""
    page.add_init_script(LISTEN)
    open_preset(page, "dead")
    play(page)
    mark = page.locator(".marks-live .mark")
    expect(mark).to_have_attribute("data-ailment", "dead")
    mark.evaluate("mark => { window.mark = mark; }")
    select_neuron(page, 1, 2)
    expect(page.locator(".marks-live .mark-sentence")).to_have_text(re.compile(SENTENCE, re.I))
    expect(page.locator('[data-node="1,2"]')).to_have_attribute(
        "aria-label", re.compile(rf"^Neuron hidden 1, neuron 3\. {SENTENCE}$", re.I)
    )
    wait_for_epoch(page, 40)
    assert mark.count() == 1
    assert mark.evaluate("mark => mark === window.mark")
    assert sum("is dead" in text for text in page.evaluate("window.said")) == 1
    line = page.locator(".card-finding")
    expect(line).to_contain_text("dead, no gradient gets through")
    line.get_by_role("button", name="leaky ReLU in hidden 1").click()
    expect(page.locator("#activation")).to_have_value("leaky-relu")
    expect(mark).to_have_count(0)
    expect(line).to_be_hidden()


def test_layers_are_marked_for_the_keyboard_and_say_why(page: Page) -> None:
    """Layers are marked in the Tab order, and keep the keyboard while they train; why is told."""
    open_preset(page, "vanishing")
    marks = page.locator(".marks-live .mark")
    expect(marks).to_have_count(4)
    marks.nth(2).focus()
    bubble = page.locator(".marks-live .mark-sentence")
    expect(bubble).to_have_text(re.compile(r"The gradient vanishes: δ in hidden 3 is .* times"))
    paused = bubble.inner_text()
    page.locator("#play").evaluate("button => button.click()")
    wait_for_epoch(page, 60)
    expect(marks.nth(2)).to_be_focused()
    expect(bubble).not_to_have_text(paused)
    page.keyboard.press("Tab")
    expect(bubble).to_have_text(re.compile("δ in hidden 4 is"))
    page.keyboard.press("Enter")
    line = page.locator(".card-finding")
    expect(line).to_contain_text("hidden 4: the gradient vanishes here")
    line.get_by_role("button", name="and 3 more").click()
    dialog = page.locator("dialog[open]")
    expect(dialog.locator(".finding")).to_have_text(
        [re.compile(f"hidden {n} ") for n in (4, 1, 2, 3)]
    )
    dialog.get_by_role("button", name="ReLU in all hidden layers").first.click()
    expect(page.locator("#activation")).to_have_value("relu")
    expect(marks).to_have_count(0)


def test_the_past_shows_what_was_wrong_then(page: Page) -> None:
    """A neuron killed on the way is marked now, not at the start of the run; both at once."""
    open_playground(page, "/#networkShape=2&seed=0.4&weightSeed=3&activation=relu")
    page.locator("#step").click()
    page.locator("#step").click()
    select_neuron(page, 1, 0)
    page.locator("#card-value").fill("-50")
    page.locator("#trial-keep").click()
    mark = page.locator(".marks-live .mark")
    expect(mark).to_have_count(1)
    timeline = page.locator("#timeline-canvas")
    timeline.focus()
    page.keyboard.press("Home")
    expect(page.locator("#moment")).to_be_visible()
    assert mark.count() == 0
    page.keyboard.press("End")
    expect(page.locator("#moment")).to_be_hidden()
    assert mark.count() == 1


def test_a_past_moment_has_the_marks_that_came_to_count(page: Page) -> None:
    """The first moment of a run is marked, although the mark took its while to come."""
    open_preset(page, "dead")
    play(page)
    wait_for_epoch(page, 40)
    mark = page.locator(".marks-live .mark")
    expect(mark).to_have_count(1)
    pause(page)
    page.locator("#timeline-canvas").focus()
    page.keyboard.press("Home")
    expect(page.locator("#moment-text")).to_have_text("Past moment: epoch 0, step 0")
    assert mark.count() == 1


def test_a_healthy_network_has_no_marks_and_loads_none(page: Page) -> None:
    """The default network learns; what marks are made of is not even asked for."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_playground(page)
    play(page)
    wait_for_epoch(page, 30)
    pause(page)

    assert page.locator(".mark").count() == 0
    assert not [url for url in asked if "findings" in url]


def test_a_remedy_that_the_lecturer_hides_is_not_offered(page: Page) -> None:
    """Without the activation to change, the next way is shown; with neither there is only why."""
    open_playground(page, f"/#{LINKS['dead']}&activation_hide=true")
    line = page.locator(".card-finding")
    expect(line.locator(".remedy")).to_have_text("learning rate 0.01")
    page.goto("about:blank")
    open_playground(page, f"/#{LINKS['dead']}&activation_hide=true&learningRate_hide=true")
    expect(line.get_by_role("button")).to_have_text(["why?"])


@pytest.mark.parametrize(("room", "size"), [("/", (360, 740)), ("/embed", (800, 450))])
def test_a_finger_reads_a_mark(
    browser: Browser, server: str, room: str, size: tuple[int, int]
) -> None:
    """On a phone and in an embed a tap shows the sentence, all of it within the window."""
    width, height = size
    context = browser.new_context(
        base_url=server,
        locale="en-GB",
        viewport={"width": width, "height": height},
        has_touch=True,
    )
    page = context.new_page()
    open_preset(page, "dead", room)
    page.locator(".marks-live .mark").tap()
    bubble = page.locator(".marks-live .mark-sentence")
    expect(bubble).to_have_text(re.compile("is dead"))
    box = bubble.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    expect(page.locator(".card-finding")).to_contain_text("dead, no gradient gets through")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
