"""The card's formulas in a real browser: what is written out in numbers comes to what is shown."""

import math
import re

from playwright.sync_api import Page, expect

from tests.browser.playground import (
    SUPERSCRIPTS,
    number,
    open_playground,
    pause,
    play,
    select_neuron,
)

NUMBER = re.compile(r"−?\d+(?:\.\d+)?(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?")


def value_of(text: str) -> float:
    """−1.72·10⁻⁴ as a number."""
    head, power, exponent = text.replace("−", "-").partition("·10")
    return float(head + ("e" + exponent.translate(SUPERSCRIPTS) if power else ""))


def numbers(text: str) -> list[float]:
    """All numbers of a formula, in their order."""
    return [value_of(found) for found in NUMBER.findall(re.sub(r"\s", "", text))]


def formula(page: Page, line: str) -> str:
    """A line's formulas as text."""
    return page.locator(f"#{line} .card-maths").inner_text()


def close(first: float, second: float, last_digit: float = 2e-4) -> bool:
    """Equal to the digits that are printed, the last of which may be off by one half."""
    return math.isclose(first, second, rel_tol=0.02, abs_tol=last_digit)


def total(products: list[tuple[float, float]]) -> float:
    """The sum of products."""
    return sum(one * other for one, other in products)


def half_a_digit(value: float) -> float:
    """How far a printed number may be off: from 0.1 on it has three places, else four or more."""
    return 0.0005 if abs(value) >= 0.0999 else 0.00005


def unprinted(products: list[tuple[float, float]]) -> float:
    """How far the sum of products of printed numbers may be off."""
    return sum(
        abs(one) * half_a_digit(other) + abs(other) * half_a_digit(one) for one, other in products
    )


def select_weight(page: Page) -> None:
    """The weight x₁ → hidden 1, neuron 1, by the keyboard."""
    select_neuron(page, 1, 0)
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#card-kind")).to_have_text("Weight")


def test_a_weights_products_come_to_its_gradient_and_update(page: Page) -> None:
    """Of two examples both products are there: their mean is the gradient, times −η the update."""
    open_playground(page, "/#batchSize=2&seed=0.5")
    select_weight(page)
    page.locator("#step").click()
    expect(page.locator("#step-count")).to_have_text("1")
    expect(page.locator("#card-note")).to_contain_text("Δw")
    mean, products = formula(page, "card-second").split("(", 1)
    a1, delta1, a2, delta2, gradient = numbers(products)
    rate, same_gradient, update = numbers(formula(page, "card-note"))

    assert "1/2" in mean
    assert close((a1 * delta1 + a2 * delta2) / 2, gradient)
    assert close(gradient, number(page.locator("#card-gradient")))
    assert rate == -0.03
    assert same_gradient == gradient
    assert close(update, number(page.locator("#card-update")))
    up, down = (number(page.locator(f"#{line} b")) for line in ("card-up", "card-down"))
    assert close(up + down, gradient)


def test_a_neurons_numbers_hold_together_in_full_flight(page: Page) -> None:
    """While it plays, every look finds one example's sum, activation and δ, of one frame."""
    open_playground(page)
    select_neuron(page, 1, 0)
    expect(page.locator("#card-first math")).to_have_count(2)
    play(page)
    z_text = ""
    for _ in range(5):
        found = page.wait_for_function(
            """before => {
                const formulas = document.querySelectorAll("#card-first math, #card-second math");
                const texts = [...formulas].map((formula) => formula.textContent);
                return texts.length === 3 && texts[0] !== before && texts;
            }""",
            arg=z_text,
        )
        z_text, a_text, delta_text = found.json_value()
        w1, a1, w2, a2, b, z = numbers(z_text)
        z_again, a = numbers(a_text)
        v1, d1, v2, d2, slope, delta = numbers(delta_text)
        went_in = [(w1, a1), (w2, a2), (b, 1.0)]
        came_back = [(v1, d1), (v2, d2)]
        assert abs(total(went_in) - z) <= unprinted(went_in) + half_a_digit(z)
        assert z_again == z
        assert close(math.tanh(z), a, 1e-3)
        unknown = unprinted([*came_back, (total(came_back), slope)])
        assert abs(total(came_back) * slope - delta) <= unknown + half_a_digit(delta)
    pause(page)


def test_another_example_is_chosen_by_keyboard(page: Page) -> None:
    """The strip is a slider: its arrows choose whose numbers are written out."""
    open_playground(page)
    select_neuron(page, 1, 0)
    expect(page.locator("#card-example")).to_have_text("Example 1 of 10")
    before = formula(page, "card-first")
    strip = page.locator("#card-strip")
    strip.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#card-example")).to_have_text("Example 2 of 10")
    expect(strip).to_have_attribute("aria-valuetext", re.compile("^Example 2 of 10: "))

    assert formula(page, "card-first") != before


def test_the_picture_stands_still_whatever_is_selected(page: Page) -> None:
    """Whatever is selected, the card keeps its place, and no formula is cut off."""
    open_playground(page)
    boxes = [page.locator("#card").bounding_box()]
    for layer in (0, 1, 3):
        select_neuron(page, layer, 0)
        page.wait_for_timeout(100)
        boxes.append(page.locator("#card").bounding_box())
    select_weight(page)
    boxes.append(page.locator("#card").bounding_box())

    assert all(box == boxes[0] for box in boxes)
    for line in ("#card-first", "#card-second", "#card-note"):
        assert page.locator(line).evaluate("e => e.scrollWidth <= e.clientWidth + 1")


def test_a_past_moment_shows_its_own_numbers_or_says_that_it_has_none(page: Page) -> None:
    """Of a step that was seen with the weight selected its products; of others, a sentence."""
    open_playground(page)
    page.locator("#step").click()
    expect(page.locator("#step-count")).to_have_text("1")
    select_weight(page)
    page.locator("#step").click()
    expect(page.locator("#step-count")).to_have_text("2")
    kept = formula(page, "card-second")
    page.locator("#step").click()
    expect(page.locator("#step-count")).to_have_text("3")
    page.locator("#timeline-canvas").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#step-count")).to_have_text("2")

    assert formula(page, "card-second") == kept

    page.keyboard.press("Home")
    expect(page.locator("#card-second")).to_contain_text("not kept")
    expect(page.locator("#card-examples")).to_be_hidden()


def test_how_an_update_comes_about_is_a_walk_away(page: Page) -> None:
    """With Adam the card gives the update, and a way to the lines that make the next one."""
    open_playground(page, "/#optimizer=adam")
    select_weight(page)
    expect(page.locator("#card-how")).to_be_hidden()
    page.locator("#step").click()
    expect(page.locator("#card-note")).to_contain_text("Adam")
    page.locator("#card-how").click()
    current = page.locator("#phases [aria-current=step]")
    expect(current).to_contain_text("Update")
