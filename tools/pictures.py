"""Make the pictures of the READMEs and the tutorial, from the page itself, in both languages.

Run as ``python -m tools.pictures [name …]``; without names it makes all of them.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, FloatRect, Page, ViewportSize, expect, sync_playwright

from app.presets import presets
from tests import chromium
from tools.serving import serving

FOLDER = Path(__file__).parent.parent / "docs" / "images"
WINDOW: ViewportSize = {"width": 1280, "height": 720}
SHARPNESS = 1.5
LOCALES = {"light": "en-GB", "zh": "zh-CN"}
EPOCHS = 86
COMPARED_EPOCHS = 60


class Picture(NamedTuple):
    """A picture, and how to come to what it shows.

    Attributes:
        name: its file is called name-light.png, or name-zh.png for the Chinese page.
        prepare: from a fresh page to what is to be seen.
        whole: the whole page, or its main part without the settings.
    """

    name: str
    prepare: Callable[[Page], None]
    whole: bool = False


def _train(page: Page, epochs: int) -> None:
    page.locator("#step-unit").select_option("epoch")
    for epoch in range(1, epochs + 1):
        page.locator("#step").click()
        expect(page.locator("#epoch")).to_have_text(str(epoch))


def _playground(page: Page) -> None:
    page.goto("/#networkShape=5,4&noise=10&xTimesY=true&seed=0.31415")
    expect(page.locator("#train-loss")).not_to_have_text("–")
    _train(page, EPOCHS)
    page.locator('[data-node="2,1"]').focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#card-body")).to_be_visible()
    page.locator(":focus").blur()


def _graph(page: Page) -> None:
    page.goto("/graph#example=squared-error&step=9")
    expect(page.locator("#picture [data-box]").first).to_be_attached()


def _compare(page: Page) -> None:
    page.goto("/compare")
    expect(page.locator("#step")).to_be_enabled()
    _train(page, COMPARED_EPOCHS)


def _points(page: Page) -> None:
    page.goto("/#problem=regression")
    expect(page.locator("#train-loss")).not_to_have_text("–")
    page.locator("#open-points").click()
    page.locator("#points-text").fill("3, 0, 10")


def _walk(preset: str, steps: int, slip: int = 0) -> Callable[[Page], None]:
    """So many steps into the first update of an example; then perhaps a layer's slip, opened."""
    place = [one.name for one in presets()].index(preset)

    def prepare(page: Page) -> None:
        page.goto("/")
        expect(page.locator("#train-loss")).not_to_have_text("–")
        page.locator("#open-examples").click()
        page.locator("#examples a").nth(place).click()
        words = page.locator(".equation-words")
        expect(words).to_contain_text("→")
        for _ in range(steps):
            before = words.inner_text()
            page.keyboard.press("ArrowRight")
            expect(words).not_to_have_text(before)
        expect(page.locator("#note")).to_be_hidden(timeout=10_000)
        page.locator("#play").blur()
        if slip:
            page.locator("#slips .slip-name").nth(slip - 1).click()
            expect(page.locator("dialog[open]")).to_be_visible()

    return prepare


PICTURES = (
    Picture("playground", _playground, whole=True),
    Picture("compare", _compare, whole=True),
    Picture("graph", _graph, whole=True),
    Picture("tutorial-points", _points, whole=True),
    Picture("tutorial-start", _walk("lesson", 0), whole=True),
    Picture("tutorial-forward", _walk("lesson", 2)),
    Picture("tutorial-loss", _walk("lesson", 4)),
    Picture("tutorial-signal", _walk("lesson", 8)),
    Picture("tutorial-gradient", _walk("lesson", 9)),
    Picture("tutorial-update", _walk("lesson", 13)),
    Picture("tutorial-fell", _walk("lesson", 14)),
    Picture("tutorial-slip", _walk("lesson", 10, slip=1)),
    Picture("tutorial-passed-on", _walk("xor", 8)),
)


def _beside_settings(page: Page) -> FloatRect:
    """The window without its navigation, its controls and the column of settings."""
    side = page.locator(".side").bounding_box()
    if side is None:
        raise RuntimeError("expected a column of settings, got a page without one")
    left, top = side["x"] + side["width"], side["y"]
    return {
        "x": left,
        "y": top,
        "width": WINDOW["width"] - left,
        "height": WINDOW["height"] - top,
    }


def take(browser: Browser, url: str, picture: Picture, suffix: str) -> Path:
    """One picture in one language; where it was written."""
    context = browser.new_context(
        base_url=url,
        locale=LOCALES[suffix],
        viewport=WINDOW,
        device_scale_factor=SHARPNESS,
        color_scheme="light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    picture.prepare(page)
    page.wait_for_timeout(600)
    path = FOLDER / f"{picture.name}-{suffix}.png"
    page.screenshot(path=path, clip=None if picture.whole else _beside_settings(page))
    context.close()
    return path


def main(names: list[str]) -> None:
    """Make the named pictures, or all."""
    with serving() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=chromium.ARGUMENTS
        )
        for picture in PICTURES:
            for suffix in LOCALES if not names or picture.name in names else ():
                print(take(browser, url, picture, suffix).relative_to(FOLDER.parent.parent))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
