"""The badge of the gradient check and its dialog, in a real browser."""

import re

from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from app.protocol import decode, encode
from tests.browser.playground import number, open_playground, play, select_neuron


def badge(page: Page) -> Locator:
    """The badge beside the network."""
    return page.locator("#proof")


def rows(page: Page) -> Locator:
    """The parameters in the dialog's table, as far as they are built."""
    return page.locator("#proof-dialog tbody tr:not([aria-hidden])")


def test_a_paused_run_is_checked_without_asking(page: Page) -> None:
    """The badge agrees at the start, after a step and after an edit, each time of that moment."""
    open_playground(page)
    expect(badge(page)).to_have_attribute("data-verdict", "agree")
    expect(badge(page)).to_have_attribute("title", re.compile("step 0: .* agree"))
    page.locator("#step").click()
    expect(badge(page)).to_have_attribute("title", re.compile("step 1: .* agree"))
    expect(badge(page)).not_to_have_attribute("data-late", "")
    before = badge(page).get_attribute("title")
    select_neuron(page, 1, 0)
    page.locator("#card-value").fill("0.8")
    expect(badge(page)).not_to_have_attribute("title", before or "")
    expect(badge(page)).to_have_attribute("title", re.compile("step 1: .* agree"))


def test_all_parameters_stand_side_by_side(page: Page) -> None:
    """A click shows every weight and bias, by error or by place, equal to six digits."""
    open_playground(page)
    expect(badge(page)).to_have_attribute("data-verdict", "agree")
    badge(page).click()
    expect(rows(page)).to_have_count(25)
    expect(page.locator(".proof-verdict")).to_contain_text("agree")
    page.get_by_role("button", name="Weight or bias").click()
    expect(rows(page).first.locator("th")).to_have_text("weight x₁ → hidden 1, neuron 1")
    expect(rows(page).last.locator("th")).to_have_text("bias of output")
    cells = rows(page).first.locator("td")
    analytic, numeric = number(cells.nth(0)), number(cells.nth(1))
    page.keyboard.press("Escape")
    expect(page.locator("#proof-dialog")).to_be_hidden()

    assert analytic != 0
    assert abs(analytic - numeric) <= 1e-6 * abs(analytic)


def test_it_is_copied_as_csv(page: Page) -> None:
    """The clipboard has a line for each parameter under the names of the columns."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_playground(page)
    expect(badge(page)).to_have_attribute("data-verdict", "agree")
    badge(page).click()
    page.locator(".proof-copy").click()
    expect(page.locator(".proof-copy")).to_have_text("Copied")
    lines = page.evaluate("navigator.clipboard.readText()").strip().split("\n")

    assert lines[0] == "parameter,layer,from,to,analytic,numeric,relative_error,at_kink"
    assert len(lines) == 26


def test_it_checks_in_full_flight(page: Page) -> None:
    """While the run plays, the badge says of which step it is, and a click checks a newer one."""
    open_playground(page)
    expect(badge(page)).to_have_attribute("data-verdict", "agree")
    play(page)
    expect(page.locator(".proof-step")).to_have_text("step 0")
    page.wait_for_function(
        "() => Number(document.querySelector('#step-count').textContent.replace(',', '')) > 50"
    )
    badge(page).click()
    expect(page.locator(".proof-verdict")).not_to_contain_text("step 0:")
    expect(page.locator(".proof-verdict")).to_contain_text("agree")
    expect(page.locator("#play")).to_have_attribute("data-playing", "")


def test_a_large_network_waits_to_be_asked_and_stays_quick(page: Page) -> None:
    """Of 11,000 parameters only those in sight are built, wherever one scrolls."""
    open_playground(page, "/#networkShape=" + ",".join(["32"] * 12))
    expect(badge(page)).to_have_text(re.compile("check the gradient"))
    badge(page).click()
    expect(page.locator(".proof-verdict")).to_contain_text("agree", timeout=60_000)
    page.get_by_role("button", name="Weight or bias").click()
    page.locator(".proof-table").evaluate("e => { e.scrollTop = e.scrollHeight; }")
    expect(rows(page).last.locator("th")).to_have_text("bias of output")

    assert rows(page).count() < 80


def test_kinks_are_said_and_not_called_errors(page: Page) -> None:
    """ReLU units that all stand at zero have no derivative: the badge says so, and no alarm."""
    open_playground(page, "/#activation=relu&initZero=true&networkShape=3")
    select_neuron(page, 1, 0)
    page.locator("#card-value").fill("0")
    select_neuron(page, 1, 1)
    page.locator("#card-value").fill("0")
    expect(badge(page)).to_have_attribute("title", re.compile("sit on a kink"))

    assert badge(page).get_attribute("data-verdict") != "differ"


def forge(message: str | bytes) -> str | bytes:
    """A gradient check with a mistake at parameter 3; everything else as it is."""
    if isinstance(message, str) or b'"kind":"gradcheck"' not in message[:4096]:
        return message
    metadata, tensors = decode(message)
    arrays = {name: array.copy() for name, array in tensors.items()}
    arrays["analytic"][3] *= -1
    arrays["relative_error"][3] = 2
    names = metadata["scalars"].split(",")
    arrays["scalars"][names.index("worst")] = 3
    arrays["scalars"][names.index("largest_error")] = 2
    kept = {name: text for name, text in metadata.items() if name not in ("kind", "version")}
    return encode("gradcheck", arrays, kept)


def forge_checks(page_side: WebSocketRoute) -> None:
    """Stands between page and server."""
    server_side = page_side.connect_to_server()
    server_side.on_message(lambda message: page_side.send(forge(message)))


def test_a_mismatch_is_an_alarm(page: Page) -> None:
    """A gradient that is wrong in one place is shown, named, and said aloud."""
    page.route_web_socket("**/ws**", forge_checks)
    open_playground(page)
    expect(badge(page)).to_have_attribute("data-verdict", "differ")
    expect(page.locator("#live")).to_contain_text("differ")
    expect(badge(page)).to_have_attribute("title", re.compile("x₁ → hidden 1, neuron 4"))
    badge(page).click()
    expect(rows(page).first).to_have_attribute("data-differs", "")
