"""The graph room in a browser: type, step, drag, descend, in both languages, by hand and by key."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import open_playground, select_neuron
from tests.browser.test_access import violations

FIRST = "x = 2.0\nw = 3.0\nb = 1.0\ntarget = 9.0"


def open_graph(page: Page, address: str = "/graph") -> None:
    """Goes there and waits for the first graph."""
    page.goto(address)
    expect(page.locator("#node-count")).not_to_have_text("–")
    expect(page.locator("#picture [data-box]").first).to_be_attached()


def write(page: Page, text: str, nodes: int) -> None:
    """Types a program and waits for its graph."""
    page.locator("#code").fill(text)
    expect(page.locator("#node-count")).to_have_text(str(nodes))


def drag(page: Page, where: str, by: int) -> None:
    """Drags what is found there sideways by so many pixels."""
    # An answer that comes meanwhile writes the numbers anew: finding and measuring are one step.
    found = page.wait_for_function(
        """where => {
            const place = document.querySelector(where)?.getBoundingClientRect();
            return place?.width > 0 && [place.x + 5, place.y + place.height / 2];
        }""",
        arg=where,
    )
    x, y = found.json_value()
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by, y, steps=5)
    page.mouse.up()


def box(page: Page, node: int) -> str:
    """What a box shows, from top to bottom, with the other spaces removed."""
    return re.sub(r"\s+", " ", page.locator(f'[data-box="{node}"]').text_content() or "").strip()


def test_typing_draws_the_graph_and_an_error_is_marked_in_place(page: Page) -> None:
    """Each key redraws; a mistake is underlined, named with line and column, and mended."""
    open_graph(page)
    page.locator("#code").fill("")
    page.locator("#code").press_sequentially("a = 2.0\nb = a * 3 + a")

    expect(page.locator("#node-count")).to_have_text("4")
    expect(page.locator("#result")).to_have_text("8")
    page.locator("#code").press_sequentially(" + q")
    expect(page.locator("#code-error")).to_contain_text("Line 2, column 17:")
    expect(page.locator("#code-copy .error")).to_have_text("q")
    expect(page.locator("#code")).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Backspace")
    page.keyboard.type("a")
    expect(page.locator("#code-error")).to_be_hidden()
    expect(page.locator("#code")).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#result")).to_have_text("10")


def test_stepping_backward_shows_slope_times_what_came_back(page: Page) -> None:
    """The card has formula and numbers, and gradients appear one node at a time."""
    open_graph(page, "/graph#example=lesson&step=0")
    expect(page.locator("#step-count")).to_have_text("0 / 9")
    assert "-30" not in box(page, 0).replace("−", "-")
    for _ in range(9):
        page.locator("#step").click()

    expect(page.locator("#card-title")).to_have_text("Backward: v₁ passes its gradient on")
    expect(page.locator("#card-rows .equation").first).to_have_text(
        "∂L∂w=∂v₁∂w·∂L∂v₁=x·∂L∂v₁=3·(−10)=−30"
    )
    expect(page.locator('[data-box="0"]')).to_contain_text("−30")
    page.locator("#back").click()
    expect(page.locator("#step-count")).to_have_text("8 / 9")
    expect(page.locator('[data-box="0"]')).not_to_contain_text("−30")
    expect(page.locator("#remarks")).to_contain_text("The comment says tensor(6.)")


def test_gradients_add_up_where_a_value_is_used_twice(page: Page) -> None:
    """The sum grows with each arrival, and its terms are named."""
    open_graph(page, "/graph#example=fan-out&step=6")
    expect(page.locator("#card-rows .sum")).to_contain_text("(1/4)")
    page.locator("#to-end").click()

    expect(page.locator("#card-rows .sum").last).to_contain_text("(4/4)")
    expect(page.locator('[data-box="0"]')).to_contain_text("4.152")


def test_playing_goes_to_the_end_and_pauses(page: Page) -> None:
    """From the end play begins again at the inputs."""
    open_graph(page)
    page.locator("#pace").select_option("60")
    page.keyboard.press("Escape")
    page.locator("#play").click()
    expect(page.locator("#step-count")).to_have_text("9 / 9")
    expect(page.locator("#play")).not_to_have_attribute("data-playing", "")


@pytest.mark.parametrize("where", ['[data-box="0"]', '#code-copy [data-number="1"]'])
def test_a_dragged_number_changes_text_and_graph(page: Page, where: str) -> None:
    """In the graph and in the code alike; w goes from 3.0 to 4.0 in fifty pixels."""
    open_graph(page)
    expect(page.locator("#picture")).to_contain_text("−12")
    drag(page, where, 51)

    expect(page.locator("#code")).to_have_value(re.compile(r"^x = 2.0\nw = 4.0\n"))
    expect(page.locator("#result")).to_have_text("0")
    expect(page.locator('[data-box="0"]')).to_contain_text("4")
    # On the lines too there is nothing left of the numbers before.
    expect(page.locator("#picture")).not_to_contain_text("−12")


@pytest.mark.parametrize(
    ("selected", "where"),
    [
        (False, '#code-copy [data-number="1"]'),
        (False, '[data-box="0"] [data-kind="value"][data-cell="1"]'),
        (True, '#card-values [data-place="1"]'),
    ],
)
def test_a_number_inside_lists_is_dragged(page: Page, selected: bool, where: str) -> None:
    """In the code, in its cell of the box, and in the card: the second number of W, row by row."""
    open_graph(page)
    text = "import torch\nW = torch.tensor([[0.5, -1.0], [2.0, 3.0]], requires_grad=True)\n"
    write(page, f"{text}loss = (W * W).sum()\nloss.backward()", 3)
    expect(page.locator('[data-box="0"] [data-cell]')).to_have_count(8)
    if selected:
        page.locator('[data-box="0"]').click()
    drag(page, where, 51)

    expect(page.locator("#code")).to_have_value(re.compile(r"\[\[0.5, 0.0\], \[2.0, 3.0\]\]"))
    expect(page.locator("#result")).to_have_text("13.25")


def test_a_count_stays_whole_when_it_is_dragged(page: Page) -> None:
    """A loop's number of turns, which is no leaf of the graph; also back from an error."""
    open_graph(page)
    write(page, "x = 2.0\nfor i in range(3):\n    x = x * x\n", 4)
    drag(page, '#code-copy [data-number="1"]', 11)
    expect(page.locator("#code")).to_have_value(re.compile(r"range\(5\)"))
    expect(page.locator("#node-count")).to_have_text("6")
    drag(page, '#code-copy [data-number="1"]', 160)
    expect(page.locator("#code-error")).to_be_visible()
    drag(page, '#code-copy [data-number="1"]', -170)
    expect(page.locator("#code-error")).to_be_hidden()


def test_descent_lowers_the_loss_and_too_large_a_rate_shows(page: Page) -> None:
    """One step has its formula in numbers; a rate of 1 is seen to diverge; undo brings it back."""
    open_graph(page)
    expect(page.locator("#moves > div").first).to_have_text("w(1)=3−0.01·(−8)")
    page.locator("#descend").click()
    expect(page.locator("#moves > div").first).to_have_text("w(1)=3−0.01·(−8)=3.08")
    page.locator("#descend-ten").click()
    expect(page.locator("#descent-chart svg")).to_have_attribute(
        "aria-label", re.compile("over 11 steps of descent: from 4 to 0")
    )
    page.locator("#rate").fill("1")
    page.locator("#descend-ten").click()
    expect(page.locator("#descent-word")).to_contain_text("too large")
    page.locator("#descend-back").click()
    expect(page.locator("#code")).to_have_value(re.compile(f"^{FIRST}"))


def test_a_loop_is_folded_until_it_is_opened(page: Page) -> None:
    """400 nodes are a dozen boxes; Enter on the fold opens it, the switch folds again."""
    open_graph(page)
    loop = "s = 0.1\nw = 0.3\nfor i in range(30):\n    s = tanh(s * w + 0.1)\nloss = s * s"
    write(page, loop, 123)
    expect(page.locator("#picture [data-box]")).to_have_count(12)
    page.locator('[data-box="fold0"]').click()
    expect(page.locator("#card-title")).to_have_text("28 more turns of the loop, folded")
    page.locator("#card-open").click()
    expect(page.locator("#picture [data-box]")).to_have_count(123)
    page.locator("#fold").click()
    expect(page.locator("#picture [data-box]")).to_have_count(12)


def test_two_thousand_nodes_are_drawn(page: Page) -> None:
    """Unfolded, as light boxes."""
    open_graph(page, "/graph#fold=off")
    write(page, "x = 0.5\nfor i in range(660):\n    x = tanh(x * 0.9)\n", 1981)

    expect(page.locator("#picture [data-box]")).to_have_count(1981)


def test_the_link_brings_text_step_and_rate_back(page: Page) -> None:
    """What is typed stands in the address, and opens again from it."""
    open_graph(page)
    write(page, "权重 = 1.5\n损失 = 权重 ** 2", 2)
    page.locator("#rate").fill("0.25")
    page.locator("#back").click()
    page.wait_for_url(re.compile("code=z.*step=2.*rate=0.25"))
    address = page.url
    page.goto("about:blank")
    open_graph(page, address)

    expect(page.locator("#code")).to_have_value("权重 = 1.5\n损失 = 权重 ** 2")
    expect(page.locator("#step-count")).to_have_text("2 / 3")
    expect(page.locator("#rate")).to_have_value("0.25")


def test_exports_are_files_and_code(page: Page) -> None:
    """SVG and PNG are saved; DOT, PyTorch and micrograd are shown to be copied."""
    open_graph(page)
    page.locator("#open-export").click()
    with page.expect_download() as picture:
        page.locator("#export-svg").click()
    svg = picture.value.path().read_text(encoding="utf-8")
    assert svg.startswith("<svg")
    assert "−12" in svg
    with page.expect_download() as image:
        page.locator("#export-png").click()
    assert image.value.path().read_bytes().startswith(b"\x89PNG")
    for name, part in (
        ("Graphviz DOT", "digraph"),
        ("PyTorch", "import torch"),
        ("micrograd", "from micrograd.engine import Value"),
    ):
        page.get_by_role("button", name=name).click()
        expect(page.locator("#export-code")).to_have_value(re.compile(part))


def test_keys_step_walk_the_graph_and_change_a_number(page: Page) -> None:
    """Arrows step; in the graph they go from box to box; Enter edits, Escape lets go."""
    open_graph(page)
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#step-count")).to_have_text("8 / 9")
    page.keyboard.press("r")
    expect(page.locator("#step-count")).to_have_text("0 / 9")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#step-count")).to_have_text("1 / 9")
    page.locator("#to-end").click()
    page.locator('#picture [tabindex="0"]').focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#card-title")).to_contain_text("b: given")
    page.keyboard.press("Enter")
    expect(page.locator("#card-values input")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page.locator("#code")).to_have_value(re.compile("b = 3.0"))
    expect(page.locator("#result")).to_have_text("0")


def test_the_graph_can_be_read_in_words(page: Page) -> None:
    """An outline has a line for each node, and steps are announced."""
    open_graph(page)
    page.locator("#outline summary").click()

    expect(page.locator("#outline-list li")).to_have_count(8)
    expect(page.locator("#outline-list")).to_contain_text(
        "v₁ = × (w, x) = 6; ∂L/∂v₁ = −4; passes on −8 to w, −12 to x"
    )
    page.locator("#back").click()
    expect(page.locator("#live")).to_contain_text("Backward: y passes its gradient on")


def test_chinese_from_the_switch_with_the_same_program(page: Page) -> None:
    """The language link keeps the text; labels, errors and examples are Chinese."""
    open_graph(page)
    write(page, "w = 1.5\nL = w ** 2", 2)
    page.wait_for_url(re.compile("code=z"))
    page.locator("a.language").click()

    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator("#code")).to_have_value("w = 1.5\nL = w ** 2")
    expect(page.locator("#code-title")).to_have_text("代码")
    page.locator("#code").fill("w = ")
    expect(page.locator("#code-error-place")).to_contain_text("第 1 行")
    assert "十个" in page.locator("#examples").inner_text()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_axe_finds_nothing(page: Page, language: str, theme: str) -> None:
    """No violation at the end, with an error, and with the dialogs open."""
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    open_graph(page, f"/graph?lang={language}#example=lesson")
    page.locator("#descend").click()
    expect(page.locator("#moves > div")).to_have_count(2)
    assert violations(page) == []
    page.locator("#code").fill("w = ")
    expect(page.locator("#code-error")).to_be_visible()
    assert violations(page) == []
    page.locator("#open-export").click()
    assert violations(page) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_phone_shows_one_column_without_sideways_scrolling(page: Page, language: str) -> None:
    """At 360 pixels nothing sticks out, and axe finds nothing."""
    page.set_viewport_size({"width": 360, "height": 740})
    open_graph(page, f"/graph?lang={language}#example=network")

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(page) == []


@pytest.mark.parametrize("size", [(1280, 720), (1024, 640)])
def test_a_projector_needs_no_scrolling(page: Page, size: tuple[int, int]) -> None:
    """The whole room is one screen."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_graph(page, "/graph#example=lesson")

    assert page.evaluate("document.documentElement.scrollHeight") <= size[1]
    for part in (".descent-head", "#descend", "#rate", "#card", ".tools", ".editor"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)


def test_the_embed_shows_the_graph_at_its_step(page: Page) -> None:
    """The dialog's iframe opens the same program at the same step, without furniture."""
    open_graph(page, "/graph#example=fan-out&step=6")
    page.locator("#open-embed").click()
    expect(page.locator("#embed-code")).to_have_value(re.compile("/graph/embed"))
    preview = page.frame_locator("#embed-preview iframe")
    expect(preview.locator("#picture [data-box]")).to_have_count(5)
    page.locator("#embed-width").fill("640")
    page.locator("#embed-height").fill("360")
    page.keyboard.press("Tab")
    expect(page.locator("#embed-code")).to_have_value(re.compile('width="640" height="360"'))
    assert violations(page) == []
    source = page.locator("#embed-code").input_value().split('"')[1].replace("&amp;", "&")
    page.set_viewport_size({"width": 800, "height": 450})
    open_graph(page, source)

    expect(page.locator(".nav")).to_have_count(0)
    expect(page.locator("#step-count")).to_have_text("6 / 9")
    page.locator("#code-toggle").click()
    expect(page.locator("#code")).to_be_visible()
    assert violations(page) == []
    assert json.loads(page.locator("#facts").text_content() or "")["embed"] is True


def open_as_graph(page: Page) -> Page:
    """Presses the dialog's button, and waits for the tab with the graph."""
    with page.context.expect_page() as opened:
        page.locator("#as-graph-open").click()
    expect(opened.value.locator("#code-error")).to_be_hidden()
    expect(opened.value.locator("#node-count")).not_to_have_text("–")
    return opened.value


def test_the_playground_opens_as_graph(page: Page) -> None:
    """The whole network for the first row; a selected neuron for another row, and for one's own."""
    open_playground(page)
    page.locator("#as-graph").click()
    expect(page.locator("#as-graph-row")).to_have_value("1")
    assert violations(page) == []
    whole = open_as_graph(page)
    expect(whole.locator("#code")).to_have_value(re.compile("^# The whole network.*row 1 of"))
    expect(whole.locator("#code")).to_have_value(re.compile("w2_1_1 = "))
    expect(whole.locator("#result-name")).to_have_text("loss")

    select_neuron(page, 1, 0)
    page.locator("#as-graph").click()
    page.locator("#as-graph-row").fill("7")
    x1 = page.locator('.as-graph-dialog [data-field="x1"]')
    written = x1.input_value().replace("−", "-")
    neuron = open_as_graph(page)
    expect(neuron.locator("#code")).to_have_value(re.compile(r"a = tanh\(z\)"))
    found = re.search("x1 = (.*)\n", neuron.locator("#code").input_value())
    assert found
    assert float(found[1]) == pytest.approx(float(written), abs=0.001)

    page.locator("#as-graph").click()
    x1.fill("-2.5")
    expect(page.locator(".as-graph-dialog")).to_contain_text("Your own example")
    own = open_as_graph(page)
    assert "x1 = -2.5\n" in own.locator("#code").input_value()


def test_what_has_no_graph_is_said_in_the_dialog(page: Page) -> None:
    """A step function: the reason stands there, and no tab is left open."""
    open_playground(page, "/#activation=linear&activations=step,step&networkShape=2,2")
    page.locator("#as-graph").click()
    page.locator("#as-graph-open").click()

    expect(page.locator(".as-graph-dialog [role=alert]").last).to_contain_text("step function")
    expect(page.locator(".as-graph-dialog")).to_be_visible()
