"""The embed: made in its dialog, shown in somebody else's page."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import open_playground


def test_the_dialog_makes_an_iframe_that_works_in_a_plain_page(page: Page, tmp_path: Path) -> None:
    """The snippet, put into a plain HTML file, shows the experiment and trains."""
    open_playground(page, "/#dataset=spiral")
    page.locator("#open-embed").click()
    page.locator("#embed").get_by_label("output map").uncheck()
    preview = page.frame_locator("#embed-preview iframe")
    expect(preview.locator("#play")).to_be_enabled()
    expect(preview.locator(".output")).to_be_hidden()
    snippet = page.locator("#embed-code").input_value()
    plain = tmp_path / "lecture.html"
    plain.write_text(f"<!doctype html><title>Lecture</title><p>See:</p>{snippet}", "utf-8")

    page.goto(plain.as_uri())
    figure = page.frame_locator("iframe")
    expect(figure.locator("#play")).to_be_enabled()
    expect(figure.locator(".nav")).to_have_count(0)
    figure.locator("#play").click()
    expect(figure.locator("#epoch")).not_to_have_text("0")


def test_a_hidden_part_is_hidden_and_the_rest_stays(page: Page) -> None:
    """The Playground's hide ids work in a link."""
    open_playground(page, "/#dataset=xor&playButton_hide=true&noise_hide=true")

    expect(page.locator("#play")).to_be_hidden()
    expect(page.locator("#noise")).to_be_hidden()
    expect(page.locator("#step")).to_be_visible()
    expect(page.locator("#test-loss")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_in_a_slide_the_head_of_the_walk_holds_all_of_its_parts(page: Page, language: str) -> None:
    """In 800×450 the way back to training stays clear of the column beside the network."""
    page.set_viewport_size({"width": 800, "height": 450})
    open_playground(page, f"/embed?lang={language}#networkShape=3,2")
    page.locator("#look-closer").click()
    expect(page.locator("#trace h2")).not_to_be_empty()
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#phases [aria-current]")).to_contain_text("✓")
    right = page.locator(".network").evaluate("e => e.getBoundingClientRect().right")
    reached = page.locator("#leave-walk").evaluate("e => e.getBoundingClientRect().right")

    assert reached <= right
