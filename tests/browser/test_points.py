"""A reader's own points, in a real browser: written, pasted, drawn, put right, used."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.playground import open_playground


@pytest.fixture
def editor(page: Page) -> Page:
    """The page with the editor open."""
    open_playground(page)
    page.locator("#open-points").click()
    expect(page.locator("#points-text")).to_be_focused()
    return page


def click(plane: Locator, x1: float, x2: float, **how: object) -> None:
    """Clicks at a point of the plane, which goes from −6 to 6 beside and above its axes."""
    box = plane.bounding_box()
    assert box
    x = 18 + (x1 + 6) / 12 * (box["width"] - 19)
    y = 1 + (6 - x2) / 12 * (box["height"] - 17)
    plane.click(position={"x": x, "y": y}, **how)  # type: ignore[arg-type]


def test_points_are_drawn_taken_away_and_used(editor: Page) -> None:
    """Clicks write lines of the chosen class, Shift or the right button removes the nearest."""
    plane, text = editor.locator("#points-plane"), editor.locator("#points-text")
    expect(editor.locator("#points-use")).to_be_disabled()
    click(plane, -2, 3)
    click(plane, 1, 1)
    editor.get_by_role("radio", name="1", exact=True).check(force=True)
    click(plane, 4, -5)
    expect(text).to_have_value("-2, 3, -1\n1, 1, -1\n4, -5, 1")
    click(plane, 1, 1, modifiers=["Shift"])
    click(plane, -4, -4, button="right")
    expect(text).to_have_value("-2, 3, -1\n4, -5, 1")
    expect(editor.locator("#points-count")).to_have_text("2 points.")
    editor.locator("#points-use").click()

    editor.wait_for_function("() => location.hash.includes('points=-2,3,-1;4,-5,1')")
    expect(editor.locator("#open-points")).to_contain_text("2")
    expect(editor.locator("output[for=train-percent]")).to_have_text("100 %")
    expect(editor.locator("#notices")).to_be_empty()
    editor.go_back()
    expect(editor.get_by_role("button", name="circle")).to_have_attribute("aria-pressed", "true")


def test_faults_are_named_until_they_are_put_right(editor: Page) -> None:
    """A faulty line is told by number and field, and nothing can be used before it is right."""
    text = editor.locator("#points-text")
    text.fill("x1,x2,label\n1,2,1\n3,cat,-1\n4,5")
    faults = editor.locator("#points-faults li")
    expect(faults).to_have_count(2)
    expect(faults.first).to_have_text("Line 3, x₂: expected a number from −100 to 100, got “cat”.")
    expect(editor.locator("#points-use")).to_be_disabled()
    text.fill("x1,x2,label\n1,2,1\n3,4,-1")
    expect(faults).to_have_count(0)
    editor.keyboard.press("Control+Enter")

    editor.wait_for_function("() => location.hash.includes('points=1,2,1;3,4,-1')")


def test_three_classes_are_known_by_their_labels_and_renamed_with_their_number(
    editor: Page,
) -> None:
    """Labels 0 to 2 make three classes with three outputs; two of them again are −1 and 1."""
    editor.locator("#points-text").fill("0,0,0\n1,1,1\n2,2,2")
    expect(editor.locator("#points-classes")).to_have_value("3")
    editor.locator("#points-use").click()
    expect(editor.locator('[data-node="3,2"]')).to_be_attached()
    editor.locator("#open-points").click()
    expect(editor.locator("#points-text")).to_have_value("0,0,0\n1,1,1\n2,2,2")
    editor.locator("#points-classes").fill("2")
    editor.locator("#points-classes").blur()
    expect(editor.locator("#points-text")).to_have_value("0, 0, -1\n1, 1, 1\n2, 2, 2")
    expect(editor.locator("#points-faults")).to_contain_text("Line 3, target")


def test_the_present_data_are_copied(editor: Page) -> None:
    """All 500 examples of the circle are taken over, and may be used with a test share."""
    editor.locator("#points-copy").click()
    expect(editor.locator("#points-count")).to_have_text("500 points.")
    editor.locator("#points-all").uncheck()
    editor.locator("#points-use").click()
    expect(editor.locator("#open-points")).to_contain_text("500")

    expect(editor.locator("#test-loss-item")).to_be_visible()
    expect(editor.locator("#noise")).to_be_disabled()


def test_values_are_points_of_regression(page: Page) -> None:
    """In regression a point has a value, which may be drawn too."""
    open_playground(page, "/#problem=regression")
    page.locator("#open-points").click()
    page.get_by_label("Target of the next point").fill("2.5")
    click(page.locator("#points-plane"), 0, 2)
    expect(page.locator("#points-text")).to_have_value("0, 2, 2.5")
    page.locator("#points-use").click()

    page.wait_for_function("() => location.hash.includes('points=0,2,2.5')")
    expect(page.locator("#problem")).to_have_value("regression")


def test_blobs_after_two_classes_throw_nothing(page: Page) -> None:
    """While the new classes' data are on their way the old ones are shown without a fault."""
    open_playground(page)
    page.get_by_role("button", name="blobs").click()

    expect(page.locator('[data-node="3,2"]')).to_be_attached()
