"""What the browser tests do and read on the playground's page."""

from playwright.sync_api import Locator, Page, expect

SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def open_playground(page: Page, address: str = "/") -> None:
    """Goes there and waits for the first frame."""
    page.goto(address)
    expect(page.locator("#play")).to_be_enabled()
    expect(page.locator("#train-loss")).not_to_have_text("–")


def number(locator: Locator) -> float:
    """The number that a part of the page shows, such as 1,250 or −1.72·10⁻⁴ or 98.4 %."""
    text = locator.input_value() if locator.evaluate("e => e.tagName") == "INPUT" else None
    shown = text if text is not None else locator.inner_text()
    head, power, exponent = shown.strip(" %").replace(",", "").partition("·10")
    digits = head.replace("−", "-") + ("e" + exponent.translate(SUPERSCRIPTS) if power else "")
    return float(digits)


def wait_for_epoch(page: Page, epoch: int) -> None:
    """Waits until at least so many epochs are shown."""
    page.wait_for_function(
        """epoch => {
            const shown = document.querySelector("#epoch").textContent;
            return Number(shown.replaceAll(",", "")) >= epoch;
        }""",
        arg=epoch,
        timeout=120_000,
    )


def play(page: Page) -> None:
    """Presses play, and waits until it plays."""
    page.locator("#play").click()
    expect(page.locator("#play")).to_have_attribute("data-playing", "")


def pause(page: Page) -> None:
    """Presses pause, and waits until it is paused."""
    page.locator("#play").click()
    expect(page.locator("#play")).not_to_have_attribute("data-playing", "")


def select_neuron(page: Page, layer: int, unit: int) -> None:
    """Gives a neuron the keyboard, which selects it. Layer 0 is the inputs, units count from 0."""
    page.locator(f'[data-node="{layer},{unit}"]').focus()
    expect(page.locator("#card-body")).to_be_visible()
