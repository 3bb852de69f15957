"""Two runs side by side, in a real browser."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.playground import number, open_playground, wait_for_epoch
from tests.browser.server import serving_at
from tools.serving import free_port

ROWS = ("step", "train_loss", "test_loss", "accuracy", "first", "last", "ratio")
SMALL = "dataset=xor&networkShape=4,3&weightSeed=5"


def open_compare(page: Page, fragment: str, address: str = "/compare?lang=en") -> None:
    """Goes to a comparison, and waits until both runs are there."""
    page.goto(f"{address}#{fragment}")
    expect(page.locator("#play")).to_be_enabled()


def column(page: Page, who: int) -> list[str]:
    """What the table says of A (0) or B (1)."""
    return [page.locator(cell(row, who)).inner_text() for row in ROWS]


def cell(row: str, who: int) -> str:
    """The selector of a number in the table."""
    return f'[data-row="{row}"] [data-run="{who}"]'


def step_epochs(page: Page, epochs: int) -> None:
    """Steps by whole epochs, each when the one before has been made."""
    page.locator("#step-unit").select_option("epoch")
    reached = int(number(page.locator("#epoch")))
    for epoch in range(reached + 1, reached + epochs + 1):
        page.locator("#step").click()
        expect(page.locator("#epoch")).to_have_text(str(epoch))


def turn_dial(page: Page, mark: int) -> None:
    """Puts the dial to a mark."""
    page.locator("#dial").evaluate(
        "(dial, mark) => { dial.value = mark; dial.dispatchEvent(new Event('input')); }", mark
    )


def undisturbed(browser: Browser, server: str, fragment: str, epochs: int) -> list[list[str]]:
    """Both columns after so many epochs in a page that nothing happens to."""
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 720})
    page = context.new_page()
    open_compare(page, fragment)
    step_epochs(page, epochs)
    columns = [column(page, 0), column(page, 1)]
    context.close()
    return columns


def test_without_a_difference_both_runs_show_the_same_numbers(page: Page) -> None:
    """With B's value that of A, every number and every pixel of the networks is the same."""
    open_compare(page, f"{SMALL}&activation=tanh&compare=activation&with=tanh")
    expect(page.locator("#shared")).to_have_text(
        "No difference: both runs are the same, bit for bit."
    )
    step_epochs(page, 12)

    assert column(page, 0) == column(page, 1)
    networks = page.locator(".run-output").evaluate_all(
        "canvases => canvases.map(canvas => canvas.toDataURL())"
    )
    assert networks[0] == networks[1]


def test_one_difference_shows_from_the_first_update_on(page: Page) -> None:
    """Both start from the same numbers, stay in step, and part; back is where they were."""
    open_compare(page, f"{SMALL}&compare=learningRate&with=1")
    start = [column(page, 0), column(page, 1)]
    assert start[0] == start[1]
    page.locator("#step").click()
    expect(page.locator(cell("step", 1))).to_have_text("1")
    first = [column(page, 0), column(page, 1)]
    assert first[0] != first[1]
    page.locator("#step").click()
    expect(page.locator(cell("step", 1))).to_have_text("2")
    page.locator("#back").click()
    expect(page.locator(cell("step", 1))).to_have_text("1")
    assert [column(page, 0), column(page, 1)] == first

    page.locator("#reset").click()
    expect(page.locator(cell("step", 0))).to_have_text("0")
    expect(page.locator("#play")).to_be_enabled()
    assert [column(page, 0), column(page, 1)] == start


# What each ready-made pair claims, in numbers that it must have reached.
CLAIMS: list[tuple[str, int, dict[str, Any], dict[str, Any]]] = [
    ("sigmoid or ReLU", 150, {"accuracy": (0, 60), "ratio": (0, 1e-3)}, {"accuracy": (95, 100)}),
    ("zeros or Glorot", 100, {"accuracy": (0, 60), "first": (0, 0)}, {"accuracy": (95, 100)}),
    ("SGD or Adam", 300, {"accuracy": (0, 75)}, {"accuracy": (90, 100)}),
    ("rate 0.03 or 3", 200, {"train_loss": (0, 0.1)}, {"train_loss": (0.3, 10)}),
    ("clipping or none", 100, {"accuracy": (0, 60), "last": (0, 0)}, {"accuracy": (95, 100)}),
]


def test_each_ready_made_pair_shows_what_it_claims(page: Page) -> None:
    """Trained for so many epochs, A and B are where the sentence says that they are."""
    open_compare(page, "")
    turn_dial(page, 100)
    for name, epochs, *expected in CLAIMS:
        button = page.get_by_role("button", name=name)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(page.locator("#claim")).to_have_text(button.get_attribute("title") or "")
        expect(page.locator("#play")).to_be_enabled()
        page.locator("#play").click()
        wait_for_epoch(page, epochs)
        page.locator("#play").click()
        for who, claims in enumerate(expected):
            for row, (low, high) in claims.items():
                shown = number(page.locator(cell(row, who)))
                assert low <= shown <= high, (name, "AB"[who], row, shown)


def test_a_choice_is_kept_in_the_address_and_back_takes_it_back(page: Page) -> None:
    """What differs, and its values, go into the link; the browser's way back undoes them."""
    open_compare(page, SMALL)
    page.locator("#kind").select_option("optimizer")
    page.wait_for_url("**&compare=optimizer&with=adam")
    page.locator("#value-b").select_option("rmsprop")
    expect(page.locator('.run[data-run="1"] .run-title')).to_have_text("Optimizer: RMSProp")
    page.wait_for_url("**&compare=optimizer&with=rmsprop")
    page.go_back()
    expect(page.locator("#value-b")).to_have_value("adam")
    page.reload()
    expect(page.locator("#value-b")).to_have_value("adam")


def test_the_playgrounds_experiment_comes_along_and_goes_back(page: Page) -> None:
    """The rooms' links carry it: to A, and from either run to the playground."""
    open_playground(page, "/#dataset=spiral&networkShape=5,3&activation=relu")
    page.locator("a.to-compare").first.click()
    expect(page.locator("#value-a")).to_have_value("relu")
    expect(page.locator(".run-network").first).to_have_attribute(
        "aria-label", "Network of A, neurons in each layer: 2, 5, 3, 1"
    )
    page.locator("#value-b").select_option("sigmoid")
    expect(page.locator('[data-run="1"] a.to-run')).to_have_attribute(
        "href", re.compile("/#seed=0.31415&dataset=spiral&networkShape=5,3&activation=sigmoid$")
    )


def test_faults_of_a_link_are_told_together(page: Page) -> None:
    """What A's part and what the difference says wrongly stands in one notice."""
    open_compare(page, "dataset=mars&compare=optimizer&with=sgdd")
    notice = page.locator("#notices")
    expect(notice).to_contain_text("dataset")
    expect(notice).to_contain_text("with: expected one of sgd, momentum")
    expect(page.locator("#kind")).to_have_value("optimizer")


def test_runs_with_other_batches_go_by_whole_epochs(page: Page) -> None:
    """Single updates are not offered; both are at the same epoch after other numbers of steps."""
    open_compare(page, f"{SMALL}&batchSize=10&compare=batchSize&with=5")
    expect(page.locator('#step-unit option[value="update"]')).to_be_disabled()
    step_epochs(page, 2)

    assert [column(page, who)[0] for who in (0, 1)] == ["50", "100"]


def test_a_run_that_blows_up_stays_and_the_other_goes_on(page: Page) -> None:
    """A says at which step, with its last finite state; going back past it takes that back."""
    exploding = "networkShape=8,8,8,8,8,8&activation=relu&init=normal&initScale=2"
    open_compare(page, f"{exploding}&loss=bce&learningRate=0.01&compare=clipping&with=norm:1")
    step_epochs(page, 1)
    note = page.locator('.run[data-run="0"] .run-note')
    expect(note).to_have_text("Blew up at step 8; this is the last finite state.")
    assert [column(page, who)[0] for who in (0, 1)] == ["7", "25"]
    page.locator("#back").click()
    expect(note).to_have_text("")
    expect(page.locator(cell("step", 1))).to_have_text("0")


def test_one_cut_line_changes_no_number(browser: Browser, server: str) -> None:
    """While B's line is cut A waits; afterwards both have the numbers of an undisturbed pair."""
    fragment = f"{SMALL}&compare=optimizer&with=adam"
    expected = undisturbed(browser, server, fragment, 8)
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.add_init_script(
        "window.lines = []; const Line = WebSocket;"
        "window.WebSocket = class extends Line {"
        " constructor(address) { super(address); window.lines.push(this); } };"
    )
    open_compare(page, fragment)
    step_epochs(page, 5)
    page.evaluate("window.lines[1].close()")
    expect(page.locator("#banner")).to_be_visible()
    expect(page.locator("#banner")).to_be_hidden()
    expect(page.locator("#play")).to_be_enabled()
    step_epochs(page, 3)

    assert [column(page, 0), column(page, 1)] == expected
    context.close()


def test_a_killed_server_is_told_and_both_go_on_with_the_same_numbers(browser: Browser) -> None:
    """The banner shows; at the next server both runs are where they were, and train as before."""
    port = free_port()
    fragment = f"{SMALL}&compare=optimizer&with=adam"
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    with serving_at(port) as address:
        expected = undisturbed(browser, address, fragment, 9)
        open_compare(page, fragment, f"{address}/compare?lang=en")
        step_epochs(page, 6)
    expect(page.locator("#banner")).to_contain_text("interrupted")
    expect(page.locator("#play")).to_be_disabled()
    with serving_at(port):
        expect(page.locator("#banner")).to_be_hidden(timeout=15_000)
        expect(page.locator("#play")).to_be_enabled()
        step_epochs(page, 3)
        assert [column(page, 0), column(page, 1)] == expected
        for _ in range(9):
            shown = page.locator("#epoch").inner_text()
            page.locator("#back").click()
            page.wait_for_function(
                "shown => document.querySelector('#epoch').textContent !== shown"
                " || document.querySelector('#notices').textContent !== ''",
                arg=shown,
            )
        # The new server knows nothing of what was before: that is said, and both stay together.
        expect(page.locator("#notices")).to_contain_text("remembers this run from step")
        assert column(page, 0)[0] == column(page, 1)[0] != "0"
        step_epochs(page, 1)
    context.close()


def test_a_server_with_one_place_says_that_two_are_needed(browser: Browser) -> None:
    """The comparison begins by itself as soon as a second place is free."""
    port = free_port()
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    with serving_at(port, GX_MAX_SESSIONS="2") as address:
        other = context.new_page()
        open_playground(other, f"{address}/")
        page.goto(f"{address}/compare?lang=en#{SMALL}")
        expect(page.locator("#notices")).to_contain_text("The server is full.")
        expect(page.locator("#notices")).to_contain_text("two places")
        expect(page.locator("#play")).to_be_disabled()
        other.close()
        expect(page.locator("#play")).to_be_enabled(timeout=15_000)
        expect(page.locator("#notices")).not_to_contain_text("The server is full.")
    context.close()


def test_the_other_language_keeps_the_moment_and_the_past(page: Page) -> None:
    """Numbers, curves and pace are the same in Chinese; training goes on from there."""
    open_compare(page, f"{SMALL}&compare=optimizer&with=adam")
    turn_dial(page, 100)
    step_epochs(page, 6)
    page.locator("#log-loss").check()
    page.wait_for_url("**&logLoss=true&**")
    before = [column(page, 0), column(page, 1)]
    past = page.locator("#chart").get_attribute("aria-valuemax")
    page.locator("a.language").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator("#play")).to_be_enabled()
    expect(page.locator("#epoch")).to_have_text("6")

    assert [column(page, 0), column(page, 1)] == before
    expect(page.locator("#chart")).to_have_attribute("aria-valuemax", past or "")
    expect(page.locator("#log-loss")).to_be_checked()
    expect(page.locator("#dial")).to_have_attribute("aria-valuetext", "全速")
    page.locator("#chart").focus()
    page.keyboard.press("Home")
    expect(page.locator("#chart-value")).to_contain_text("第 0 轮")
    step_epochs(page, 1)


def test_the_keyboard_drives_both_and_reads_the_chart(page: Page) -> None:
    """Space, arrows and R act on both runs; in the chart the arrows read both at a moment."""
    open_compare(page, f"{SMALL}&compare=optimizer&with=adam")
    page.keyboard.press("ArrowRight")
    expect(page.locator(cell("step", 1))).to_have_text("1")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(cell("step", 1))).to_have_text("0")
    page.keyboard.press("Space")
    wait_for_epoch(page, 20)
    page.keyboard.press("Space")
    expect(page.locator("#live")).to_contain_text("Paused.")
    expect(page.locator("#live")).to_contain_text("training loss of A")
    page.locator("#chart").focus()
    page.keyboard.press("Home")
    expect(page.locator("#chart")).to_have_attribute("aria-valuenow", "0.00")
    expect(page.locator("#chart-value")).to_contain_text("epoch 0, A and B")
    page.keyboard.press("Escape")
    expect(page.locator("#chart-value")).to_be_hidden()
    page.locator("#chart").blur()
    page.keyboard.press("r")
    expect(page.locator(cell("step", 0))).to_have_text("0")


@pytest.mark.parametrize(
    ("path", "size"),
    [("/compare", (1280, 720)), ("/compare", (1024, 640)), ("/compare/embed", (800, 450))],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_one_screen_holds_it_all(
    page: Page, path: str, size: tuple[int, int], language: str
) -> None:
    """Nothing scrolls, and no number of the table is cut off."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_compare(page, "", f"{path}?lang={language}")
    page.locator("#step").click()
    expect(page.locator("#back")).to_be_enabled()

    assert page.evaluate("document.documentElement.scrollHeight") <= size[1]
    for part in (".pairwise", ".chart", ".runs", ".chooser", "#legend-gradients"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)
    for row in page.locator(".pairwise tr:visible").all():
        expect(row.locator("td, th").last).to_be_in_viewport(ratio=1)


def test_an_embed_stands_in_a_page_of_its_own_size(page: Page) -> None:
    """The embed dialog hands out an iframe of the comparison, and the share dialog its link."""
    open_compare(page, f"{SMALL}&compare=optimizer&with=adam")
    page.locator("#open-share").click()
    expect(page.locator("#share-link")).to_have_value(page.url)
    page.keyboard.press("Escape")
    page.locator("#open-embed").click()
    code = page.locator("#embed-code").input_value()
    assert "/compare/embed?lang=en#" in code
    assert "&amp;compare=optimizer&amp;with=adam" in code
