"""The page for everybody: Chinese, keyboard, phone, screen readers."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import number, open_playground, wait_for_epoch

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe-core finds wrong, in few words, once nothing glides into its place any more.

    Evaluated, since the page's CSP forbids a script.
    """
    page.wait_for_function(
        "() => document.getAnimations().every((one) => one.playState !== 'running')"
    )
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => JSON.stringify((await axe.run()).violations)")
    return [
        {"id": fault["id"], "where": [node["target"] for node in fault["nodes"]]}
        for fault in json.loads(found)
    ]


def test_chinese_is_chosen_by_the_switch_and_keeps_the_experiment(page: Page) -> None:
    """The language link carries experiment and weights along; titles and labels are Chinese."""
    open_playground(page, "/#dataset=xor")
    page.locator("#step-unit").select_option("epoch")
    page.locator("#step").click()
    expect(page.locator("#epoch")).to_have_text("1")
    with page.expect_event("websocket") as line:
        page.locator("a.language").click()
    assert "lang=zh-Hans" in line.value.url

    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator("#data-title")).to_have_text("数据")
    expect(page.locator("#epoch")).to_have_text("1")
    expect(page.locator(".thumb[aria-pressed=true]")).to_have_attribute("value", "xor")


def test_a_term_carries_the_other_language(page: Page) -> None:
    """The field's terms name themselves in Chinese on hover."""
    open_playground(page)
    term = page.locator("label[for=learning-rate] .term")

    expect(term).to_have_attribute("data-other", "学习率")


def test_the_keyboard_alone_plays_steps_walks_the_network_and_edits(page: Page) -> None:
    """Space, arrow right and R drive; arrows go from neuron to weight to neuron; Enter edits."""
    open_playground(page)
    page.keyboard.press("ArrowRight")
    expect(page.locator("#step-count")).to_have_text("1")
    page.keyboard.press("Space")
    wait_for_epoch(page, 3)
    page.keyboard.press("Space")
    expect(page.locator("#play")).not_to_have_attribute("data-playing", "")
    page.keyboard.press("r")
    expect(page.locator("#step-count")).to_have_text("0")

    tab_to(page, "#nodes button")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#card-kind")).to_have_text("Weight")
    expect(page.locator("#card-place")).to_contain_text("x₂ → hidden 1")
    page.keyboard.press("Enter")
    page.keyboard.type("1.5")
    page.keyboard.press("Enter")
    expect(page.locator("#card-value")).to_have_value("1.5")
    assert number(page.locator("#card-value")) == 1.5


def test_links_skip_to_a_part_and_leave_the_run_alone(page: Page) -> None:
    """A handful of Tabs lead from the step to the slips, and the address stays the experiment's."""
    open_playground(page, "/#dataset=xor")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#step-count")).to_have_text("1")
    page.locator("#look-closer").click()
    expect(page.locator("#equation")).to_contain_text("Update 2 begins")
    address = page.url
    page.keyboard.press("Tab")
    presses = 1
    while page.evaluate("document.activeElement.hash") != "#slips":
        page.keyboard.press("Tab")
        presses += 1
    assert presses <= 6
    page.keyboard.press("Enter")
    expect(page.locator("#slips")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".slip-name").first).to_be_focused()

    assert page.url == address
    expect(page.locator("#step-count")).to_have_text("1")


def test_leaving_the_walk_and_branching_are_said(page: Page) -> None:
    """The live region tells what those who look see happen."""
    open_playground(page)
    live = page.locator("#live")
    for step in ("1", "2"):
        page.keyboard.press("ArrowRight")
        expect(page.locator("#step-count")).to_have_text(step)
    page.locator("#look-closer").click()
    expect(live).to_contain_text("Update 3 begins")
    page.locator("#leave-walk").click()
    expect(live).to_contain_text("Back to training. Epoch 0, step 2")
    page.locator("#timeline-canvas").focus()
    page.keyboard.press("Home")
    expect(live).to_contain_text("The past is shown.")
    page.locator("#moment-branch").click()
    expect(live).to_contain_text("The run goes on from epoch 0, step 0.")


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until something that the selector names has the keyboard."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def test_the_probe_reads_the_map_by_keyboard(page: Page) -> None:
    """Arrow keys move the probe over the output map, and its value is shown."""
    open_playground(page)
    page.locator("#output-canvas").focus()
    page.keyboard.press("ArrowUp")

    expect(page.locator("#probe")).to_contain_text("x₂ = 0.25")
    expect(page.locator("#probe")).to_contain_text("a =")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_phone_shows_one_column_without_sideways_scrolling(page: Page, language: str) -> None:
    """At 360 pixels nothing sticks out, the settings unfold, and play stays in reach."""
    page.set_viewport_size({"width": 360, "height": 740})
    open_playground(page, f"/?lang={language}")
    page.locator("#side-toggle").click()
    expect(page.locator("#learning-rate")).to_be_visible()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.locator("#play")).to_be_in_viewport()


def test_a_phone_leads_from_room_to_room(page: Page) -> None:
    """Every room is one tap away from every other, and back."""
    page.set_viewport_size({"width": 360, "height": 740})
    open_playground(page)
    rooms = page.locator(".rooms")
    for name in ("Compare", "Graph", "Playground"):
        rooms.get_by_role("link", name=name).click()
        expect(rooms.locator("[aria-current=page]")).to_have_text(name)


@pytest.mark.parametrize("size", [(1280, 720), (1024, 640)])
def test_a_projector_needs_no_scrolling(page: Page, size: tuple[int, int]) -> None:
    """The whole page is one screen, and no part of it is cut off."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_playground(page)

    assert page.evaluate("document.documentElement.scrollHeight") <= size[1]
    assert page.evaluate("document.querySelector('#side').scrollHeight") <= page.evaluate(
        "document.querySelector('#side').clientHeight"
    )
    for part in (".timeline", ".output", ".card", ".readout", ".tools"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_axe_finds_nothing(page: Page, language: str, theme: str) -> None:
    """No violation, with something selected and the explanation open."""
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    open_playground(page, f"/?lang={language}")
    page.locator("#step").click()
    page.locator('[data-node="1,0"]').focus()
    page.locator("#more summary").click()
    assert violations(page) == []
    page.locator("#open-explain").click()
    assert violations(page) == []


def test_axe_finds_nothing_on_a_phone_and_in_an_embed(page: Page) -> None:
    """No violation where the page is rearranged."""
    page.set_viewport_size({"width": 360, "height": 740})
    open_playground(page)
    page.locator("#side-toggle").click()
    assert violations(page) == []
    page.set_viewport_size({"width": 800, "height": 450})
    open_playground(page, "/embed")
    assert violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_axe_finds_nothing_in_the_comparison(page: Page, language: str, theme: str) -> None:
    """No violation after a step, with the chart's cursor shown, with each dialog, and as embed."""
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    open_comparison(page, f"/compare?lang={language}")
    page.locator("#step").click()
    page.locator("#chart").focus()
    page.keyboard.press("Home")
    assert violations(page) == []
    for dialog in ("explain", "share", "embed"):
        page.locator(f"#open-{dialog}").click()
        assert violations(page) == []
        page.keyboard.press("Escape")
    page.set_viewport_size({"width": 800, "height": 450})
    open_comparison(page, f"/compare/embed?lang={language}")
    assert violations(page) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_phone_shows_the_comparison_without_sideways_scrolling(page: Page, language: str) -> None:
    """At 360 pixels nothing sticks out, and play stays in reach."""
    page.set_viewport_size({"width": 360, "height": 740})
    open_comparison(page, f"/compare?lang={language}")
    assert violations(page) == []
    page.evaluate("scrollTo(0, document.body.scrollHeight)")

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.locator("#play")).to_be_in_viewport()


def open_comparison(page: Page, address: str) -> None:
    """Goes there and waits until both runs are there."""
    page.goto(address)
    expect(page.locator("#play")).to_be_enabled()


def test_on_a_phone_the_walk_begins_with_its_picture_in_view(page: Page) -> None:
    """The phases and the formula are on the screen together, under the controls."""
    page.set_viewport_size({"width": 360, "height": 740})
    open_playground(page)
    page.locator("#look-closer").click()
    expect(page.locator("#equation")).to_contain_text("Update 1 begins")

    expect(page.locator("#phases")).to_be_in_viewport(ratio=1)
    expect(page.locator(".equation-formula")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("room", "part"), [("/graph", "code"), ("/compare", "chooser")])
def test_the_other_rooms_skip_without_opening_another_link(
    page: Page, room: str, part: str
) -> None:
    """What follows the # is what the room shows: a skip link leaves it."""
    page.goto(room)
    expect(page.locator("#play")).to_be_enabled()
    address = page.url
    page.keyboard.press("Tab")
    expect(page.locator("a.skip").first).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator(f"#{part}")).to_be_focused()
    assert page.url == address
