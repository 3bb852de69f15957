"""When the numbers blow up: what the page says, and the ways on that it offers."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from safetensors.numpy import load_file

from tests.browser.playground import number, open_playground

LINK = "problem=regression&activation=linear&loss=mse&learningRate=10"


def blow_up(page: Page, address: str = f"/#{LINK}") -> Locator:
    """Trains with much too large a learning rate; the notice."""
    open_playground(page, address)
    page.locator("#play").click()
    notice = page.locator('[data-kind="diverged"]')
    expect(notice).to_be_visible()
    expect(page.locator("#play")).not_to_have_attribute("data-playing", "")
    return notice


@pytest.mark.parametrize(
    ("language", "pattern"),
    [("en", r"at update (\d+), .+ in layer \d"), ("zh-Hans", r"第 ?(\d+) ?次更新")],
)
def test_layer_step_and_quantity_are_named(page: Page, language: str, pattern: str) -> None:
    """In the reader's language; what is shown is the step before."""
    notice = blow_up(page, f"/?lang={language}#{LINK}")
    said = re.search(pattern, notice.inner_text())
    assert said is not None
    expect(page.locator("#step-count")).to_have_text(str(int(said[1]) - 1))
    assert notice.get_attribute("role") == "alert"


def test_an_overflow_is_no_wrong_gradient(page: Page) -> None:
    """The gradient check beside such numbers does not call them a mistake."""
    blow_up(page)
    expect(page.locator("#proof")).to_have_attribute("title", re.compile("too large"))


def test_the_last_finite_state_can_be_saved(page: Page, tmp_path: object) -> None:
    """The checkpoint holds finite numbers only, and the notice stays for the ways on."""
    notice = blow_up(page)
    with page.expect_download() as coming:
        notice.get_by_role("button", name="Save this state").click()
    arrays = load_file(coming.value.path())
    expect(notice).to_be_visible()

    assert abs(arrays["parameters"]).max() < float("inf")
    assert arrays["position"][0] == number(page.locator("#step-count"))


def test_one_can_go_back_and_on_more_slowly(page: Page) -> None:
    """Twenty updates back, then on with a third of the rate: the run plays past the place."""
    notice = blow_up(page, f"/#{LINK.replace('=10', '=1')}")
    step = number(page.locator("#step-count"))
    notice.get_by_role("button", name=re.compile(r"Go back \d+ update")).click()
    expect(page.locator("#step-count")).to_have_text(str(int(max(0, step - 20))))
    notice.get_by_role("button", name="Go on with a third").click()
    expect(page.locator("#learning-rate")).to_have_value("0.3")
    page.wait_for_function(
        """step => document.querySelector("[data-kind=diverged]")
            || Number(document.querySelector("#step-count").textContent) > step""",
        arg=step,
    )


def test_reset_with_a_third_begins_again(page: Page) -> None:
    """The start, with a smaller rate, and no notice any more."""
    notice = blow_up(page)
    notice.get_by_role("button", name="Reset with a third").click()
    expect(page.locator("#step-count")).to_have_text("0")
    expect(page.locator("#learning-rate")).to_have_value("3")
    expect(notice).to_be_hidden()
