"""The scope column of the microscope: what is traced, the lit lines, the findings, the copies."""

import ast
import io
from contextlib import redirect_stdout
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import number, open_playground

# Two inputs, two neurons, one output.
SMALL = "/#networkShape=2&batchSize=4&seed=0.4&weightSeed=3"
MAP_PX = 104


def look_closer(page: Page, address: str = SMALL) -> None:
    """Opens a run under the microscope, at the grain of phases, before the first step."""
    open_playground(page, address)
    dial = page.locator("#dial")
    dial.focus()
    while int(dial.input_value()) >= 0:
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#trace h2")).not_to_be_empty()


def outcome(page: Page) -> tuple[float, float]:
    """Output and loss, as the column shows them of one example."""
    values = page.locator(".trace-outcome dd")
    return number(values.nth(0)), number(values.nth(1))


def example(page: Page) -> list[float]:
    """The traced example's inputs and target, as the fields show them."""
    inputs = [number(page.locator(f'[data-field="{name}"]')) for name in ("x1", "x2")]
    return [*inputs, float(page.locator(".trace-field select").input_value())]


def lit(page: Page) -> list[str]:
    """The lines that are lit."""
    return page.locator('#program li[aria-current="step"]').all_inner_texts()


def run(script: str) -> dict[str, Any]:
    """What a script prints, by the names that it prints."""
    output = io.StringIO()
    with redirect_stdout(output):
        exec(compile(script, "copied.py", "exec"), {"__name__": "__main__"})
    pairs = (line.partition(" = ") for line in output.getvalue().splitlines())
    return {name: ast.literal_eval(value) for name, _, value in pairs}


def test_a_click_traces_the_nearest_example(page: Page) -> None:
    """The example under the pointer is traced, with its own output and half-squared loss."""
    look_closer(page)
    expect(page.locator("#trace h2")).to_have_text("Example 1 of this batch’s 4")
    before = example(page)
    page.locator(".trace-map").click(position={"x": MAP_PX / 2, "y": MAP_PX / 2})
    expect(page.locator("#trace h2")).not_to_have_text("Example 1 of this batch’s 4")
    x1, x2, target = example(page)
    output, loss = outcome(page)

    assert [x1, x2, target] != before
    assert abs(x1) < 1.5
    assert abs(x2) < 1.5
    assert abs(loss - 0.5 * (output - target) ** 2) < 1e-3


def test_the_keyboard_goes_through_batch_and_data(page: Page) -> None:
    """→ leads to the batch's next example, ↓ out of it; what is traced is said."""
    look_closer(page)
    plane = page.get_by_role("slider", name="Traced example")
    plane.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#trace h2")).to_have_text("Example 2 of this batch’s 4")
    said = plane.get_attribute("aria-valuetext") or ""
    assert said.startswith("Example 2 of this batch’s 4. x₁ ")
    assert page.locator('[data-field="x2"]').input_value() in said
    for _ in range(4):
        page.keyboard.press("ArrowDown")
        if page.locator(".trace-note").is_visible():
            break
    expect(page.locator(".trace-note")).to_contain_text(
        "not in this batch: the update does not learn from it."
    )
    assert lit(page) == []


def test_a_typed_example_is_a_trial_with_a_way_back(page: Page) -> None:
    """Typing shows another output and loss at once; undo brings back all that was."""
    look_closer(page)
    before = (example(page), outcome(page))
    page.locator('[data-field="x1"]').fill("−1,5")
    expect(page.locator("#trace h2")).to_have_text("Your own example")
    expect(page.locator(".trace-note")).to_have_text("A trial: the update does not learn from it.")
    typed = page.locator(".trace-outcome dd").nth(1).inner_text()
    page.locator(".trace-field select").select_option("1" if before[0][2] < 0 else "-1")
    page.wait_for_function(
        "typed => document.querySelectorAll('.trace-outcome dd')[1].textContent !== typed",
        arg=typed,
    )
    output, loss = outcome(page)
    assert abs(loss - 0.5 * (output + before[0][2]) ** 2) < 1e-3
    page.locator("#trace-undo").click()
    expect(page.locator("#trace h2")).to_have_text("Example 1 of this batch’s 4")

    assert (example(page), outcome(page)) == before


@pytest.mark.parametrize("typed", ["abc", "", "101"])
def test_a_faulty_number_is_refused_by_its_name(page: Page, typed: str) -> None:
    """The message names the field, what was expected and what came; nothing else changes."""
    look_closer(page)
    before = (example(page), outcome(page))
    field = page.locator('[data-field="x2"]')
    field.fill(typed)
    field.press("Enter")
    expect(page.get_by_role("alert")).to_have_text(
        "x₂: expected a number from −100 to 100, got " + (f"“{typed}”." if typed else "nothing.")
    )
    expect(field).to_have_attribute("aria-invalid", "true")
    field.blur()

    assert (example(page), outcome(page)) == before


def test_dragging_an_example_makes_it_ones_own(page: Page) -> None:
    """Dragged from its place it is a trial there; Shift and an arrow key move it on by a tenth."""
    look_closer(page)
    box = page.locator(".trace-map").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 70, box["y"] + 40)
    page.mouse.move(box["x"] + MAP_PX * 0.75, box["y"] + MAP_PX * 0.25)
    page.mouse.up()
    expect(page.locator("#trace h2")).to_have_text("Your own example")
    x1, x2, target = example(page)
    assert abs(x1 - 3) < 0.2
    assert abs(x2 - 3) < 0.2
    page.locator(".trace-map").focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator('[data-field="x1"]')).to_have_value(f"{x1 + 0.1:.3g}")
    assert example(page)[1:] == [x2, target]


def test_lines_light_up_as_they_are_carried_out(page: Page) -> None:
    """Each step lights its lines, in view, and neither page nor column is scrolled for it."""
    look_closer(page)
    assert lit(page) == []
    page.keyboard.press("Escape")
    page.locator("#step").click()
    assert lit(page)[0] == "z[1] = a[0] @ W[1] + b[1]"
    assert len(lit(page)) == 4
    page.locator("#step").click()
    assert [line.split(" ")[0] for line in lit(page)] == ["per_example", "loss"]
    page.locator("#step").click()
    page.locator("#step").click()
    expect(page.locator("#program li").last).to_have_attribute("aria-current", "step")
    page.wait_for_function(
        """() => {
            const line = document.querySelector("#program li:last-child");
            const [inner, outer] = [line, line.parentElement].map((e) => e.getBoundingClientRect());
            return inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
        }"""
    )
    assert page.evaluate("window.scrollY + document.querySelector('#scope').scrollTop") == 0
    page.get_by_role("button", name="all lines").click()
    expect(page.locator(".program-dialog")).to_contain_text("def mean_loss(W, b):")


def test_a_copied_script_computes_what_the_page_shows(page: Page) -> None:
    """The NumPy script of the clipboard prints the batch's loss, before and after the update."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    look_closer(page, SMALL + "&optimizer=adam&loss=bce")
    page.get_by_role("button", name="whole batch").click()
    expect(page.locator("#trace h2")).to_have_text("The whole batch mean of 4 examples")
    for _ in range(4):
        page.locator("#step").click()
    shown = page.locator(".trace-outcome dd").last
    expect(shown).to_contain_text("→")
    page.get_by_role("button", name="NumPy").click()
    expect(page.locator("#copies")).to_contain_text("copied ✓")
    printed = run(page.evaluate("navigator.clipboard.readText()"))

    before, after = (float(part) for part in shown.inner_text().split("→"))
    assert abs(printed["loss"] - before) < 5e-4
    assert abs(printed["loss after"] - after) < 5e-4
    assert printed["loss"] != printed["loss after"]


def test_without_a_clipboard_the_text_is_selected(page: Page) -> None:
    """Where the page may not copy, a dialog has the text selected, and saves it as a file."""
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'));")
    look_closer(page)
    page.get_by_role("button", name="link", exact=True).focus()
    page.keyboard.press("Enter")
    field = page.locator(".copy-dialog textarea")
    expect(field).to_be_focused()
    link = field.input_value()
    selected = field.evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd)")
    assert selected == link
    assert "weights=" in link
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Save as file").click()
    assert downloading.value.suggested_filename == "gradient-express-step-0.txt"
    assert downloading.value.path().read_text(encoding="utf-8") == link


def test_a_dead_neuron_is_found_and_helped(page: Page) -> None:
    """A ReLU that is flat for the whole batch is named, and the button gives it a slope."""
    look_closer(page, SMALL + "&activation=relu")
    page.locator("#leave-walk").click()
    page.locator('[data-node="1,0"]').focus()
    page.locator("#card-value").fill("-50")
    page.locator("#trial-keep").click()
    page.locator("#dial").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#findings")).to_contain_text("idden 1, neuron 1 is dead: its slope is 0")
    page.locator("#findings").get_by_role("button", name="leaky ReLU in hidden 1").click()
    expect(page.locator("#activation")).to_have_value("leaky-relu")
    expect(page.locator("#findings")).to_be_hidden()


@pytest.mark.parametrize(
    ("address", "target"),
    [("/#problem=regression&networkShape=2", "input"), ("/#dataset=blobs&classes=3", "select")],
)
def test_targets_are_what_the_problem_has(page: Page, address: str, target: str) -> None:
    """In regression a target is a number to type; with three classes it is one of them."""
    look_closer(page, address)
    field = page.locator(".trace-field").last.locator(target)
    expect(field).to_be_visible()
    if target == "input":
        field.fill("0.25")
    else:
        expect(field.locator("option")).to_have_text(["0", "1", "2"])
        field.select_option("2")
    expect(page.locator("#trace h2")).to_have_text("Your own example")


def test_a_class_says_which_y_the_loss_takes_it_for(page: Page) -> None:
    """Cross-entropy counts the class −1 as 0, as the picture and the formula do."""
    open_playground(page, "/#networkShape=2&loss=bce&activation=sigmoid")
    page.locator("#look-closer").click()
    target = page.locator(".trace-field").last
    target.locator("select").select_option("-1")
    expect(target).to_contain_text("target y = 0")
    expect(page.locator("#equation")).to_contain_text("y=0")
    target.locator("select").select_option("1")
    expect(target).not_to_contain_text("y =")
    expect(page.locator("#equation")).to_contain_text("y=1")
