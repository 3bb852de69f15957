"""Fixtures for tests that speak to a real server or look through a real browser."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import chromium
from tools.serving import serving

# A busy machine is no fault of an example; everything else stays as Hypothesis has it.
settings.register_profile("unhurried", parent=settings(), deadline=None)
settings.load_profile("unhurried")
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The base address ("http://127.0.0.1:…", without a slash) of a server in its own process."""
    with serving() as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium; one a module, since Playwright keeps an event loop in its thread."""
    path = chromium.find()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A fresh English page of 1280×720 that has not gone anywhere yet.

    The test fails on an error in the console, on an uncaught exception, and on a request to any
    host but the server's.
    """
    context = browser.new_context(
        base_url=server, locale="en-GB", viewport={"width": 1280, "height": 720}
    )
    context.set_default_timeout(60_000)
    opened = context.new_page()
    faults = watch(opened, server)
    yield opened
    context.close()

    assert faults == []


def watch(page: Page, server: str) -> list[str]:
    """A list that grows with each console error, exception and foreign request of the page."""
    faults: list[str] = []
    home = urlsplit(server).netloc
    page.on(
        "console",
        lambda message: (
            faults.append(f"console: {message.text}") if message.type == "error" else None
        ),
    )
    page.on("pageerror", lambda error: faults.append(f"exception: {error}"))
    page.on(
        "request",
        lambda request: (
            faults.append(f"foreign request: {request.url}")
            if urlsplit(request.url).netloc not in ("", home)
            else None
        ),
    )
    return faults
