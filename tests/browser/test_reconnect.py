"""A server that dies: the page says so, and goes on with the same numbers when it is back."""

from playwright.sync_api import Browser, expect

from tests.browser.playground import number, open_playground, play, wait_for_epoch
from tests.browser.server import serving_at
from tools.serving import free_port


def test_a_killed_server_is_told_and_the_run_goes_on_at_the_next(browser: Browser) -> None:
    """The banner shows while the server is away; then training goes on from the checkpoint."""
    port = free_port()
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 720})
    page = context.new_page()
    with serving_at(port):
        open_playground(page, f"http://127.0.0.1:{port}/")
        play(page)
        wait_for_epoch(page, 100)
    expect(page.locator("#banner")).to_be_visible()
    expect(page.locator("#banner")).to_contain_text("interrupted")
    reached = number(page.locator("#epoch"))
    with serving_at(port):
        expect(page.locator("#banner")).to_be_hidden(timeout=15_000)
        wait_for_epoch(page, int(reached) + 50)
        expect(page.locator("#play")).to_have_attribute("data-playing", "")
    context.close()
