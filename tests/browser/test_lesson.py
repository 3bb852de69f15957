"""The worked example of the lesson: built by hand, walked through, and every number on the way."""

import re

from playwright.sync_api import Page, expect

from tests.browser.playground import open_playground

NUMBER = re.compile(r"−?\d+\.\d+")
# The numbers of the formula in their order, but for exponents.
FORMULA_NUMBERS = """() =>
    [...document.querySelectorAll(".equation-formula mn:not(msup > :last-child)")]
        .map((number) => Number(number.textContent.replace("−", "-").replace("+", "")))"""

# One weight 2, bias −1, input 3, target 10, squared error, learning rate 0.01: what each step's
# formula says in numbers, product by product. A "2" of the symbols counts too; the last is 25 → 16.
STOPS: list[tuple[str, list[float]]] = [
    ("first product", [2, 3, -1, 6]),
    ("bias, and z", [2, 3, -1, 5]),
    ("activation", [5]),
    ("loss of the example", [5, 10, 25]),
    ("mean of the batch", [25]),
    ("∂L/∂a", [2, 2, 5, 10, -10]),
    ("slope", [5, 1]),
    ("δ", [-10, 1, -10]),
    ("∂L/∂w", [3, -10, -30]),
    ("∂L/∂b", [-10]),
    ("gradient of the update", [-30]),
    ("Δw", [0.01, -30, 0.3]),
    ("new weight", [2, 0.3, 2.3]),
    ("loss afterwards", [25, 16, -9]),
]
# The update's lines for the bias, the first with what the only example adds to its gradient.
BIAS_STOPS = [[-10, -10], [0.01, -10, 0.1], [-1, 0.1, -0.9]]


def numbers_of(text: str) -> list[float]:
    """The numbers that a text prints, with their signs."""
    return [float(number.replace("−", "-")) for number in NUMBER.findall(text)]


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until an element has the keyboard."""
    for _ in range(150):
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {selector}")


def press(page: Page, *keys: str) -> None:
    """Presses keys one after another."""
    for key in keys:
        page.keyboard.press(key)


def build_by_keyboard(page: Page) -> None:
    """Builds the example from the default playground without a pointer."""
    tab_to(page, "#problem")
    press(page, "ArrowDown")
    expect(page.locator("#problem")).to_have_value("regression")
    tab_to(page, "#open-points")
    press(page, "Enter")
    expect(page.locator("#points-text")).to_be_focused()
    page.keyboard.type("3, 0, 10")
    tab_to(page, "#points-use")
    press(page, "Enter")
    tab_to(page, "#features :nth-child(2)")
    press(page, "Space")
    tab_to(page, "#learning-rate")
    press(page, "ArrowUp")
    tab_to(page, "#loss")
    press(page, "ArrowDown")
    tab_to(page, "#remove-layer")
    press(page, "Enter", "Enter")
    expect(page.locator('[data-node="1,0"]')).to_be_attached()
    expect(page.locator("#layer-count")).to_have_text("0")
    page.wait_for_function("() => location.hash.includes('networkShape=&')")
    tab_to(page, "#nodes button")
    press(page, "ArrowRight", "Enter")
    page.keyboard.type("2")
    press(page, "Enter")
    tab_to(page, "#nodes button")
    press(page, "ArrowRight", "Enter")
    page.keyboard.type("-1")
    press(page, "Enter")


def start_walking(page: Page) -> None:
    """Turns the dial down to single products, by keyboard, and waits for the update's parts."""
    tab_to(page, "#dial")
    press(page, "Home")
    tab_to(page, "#step")
    expect(page.locator("#equation")).to_contain_text("Update 1 begins")


def numbers_after(page: Page, key: str) -> list[float]:
    """Presses a key, and gives the formula's numbers once it is another one."""
    formula = page.locator(".equation-formula")
    before = formula.inner_text()
    page.keyboard.press(key)
    page.wait_for_function(
        "before => document.querySelector('.equation-formula').innerText !== before", arg=before
    )
    numbers: list[float] = page.evaluate(FORMULA_NUMBERS)
    return numbers


def test_the_example_is_built_and_walked_through_by_keyboard(page: Page) -> None:
    """Each of the 14 steps prints the numbers that come out by hand, forward and back again."""
    open_playground(page)
    build_by_keyboard(page)
    expect(page.locator("#train-loss")).to_have_text("25.000")
    start_walking(page)
    seen = [numbers_after(page, "ArrowRight") for _ in STOPS]

    assert seen == [numbers for _, numbers in STOPS]
    back = [numbers_after(page, "ArrowLeft") for _ in STOPS[:-1]]
    assert back == [numbers for _, numbers in STOPS[-2::-1]]


def test_the_slip_holds_what_came_back_and_the_layers_share(page: Page) -> None:
    """At the end of the way back the only slip reads −10, 1, −10, −30, −10, and ends there."""
    open_playground(page, "/#" + lesson_link(page))
    start_walking(page)
    press(page, *["Shift+ArrowRight"] * 3)

    expect(page.locator("#phases")).to_contain_text("Backward✓")
    assert numbers_of(page.locator("#slips").inner_text()) == [-10, 1, -10, -30, -10]


def test_the_bias_has_lines_of_its_own(page: Page) -> None:
    """With the bias selected the update's lines are its; Enter leads back to the steps."""
    open_playground(page, "/#" + lesson_link(page))
    start_walking(page)
    tab_to(page, "#nodes button")
    press(page, "ArrowRight", "ArrowRight", "Enter")
    expect(page.locator("#step")).to_be_focused()
    press(page, *["Shift+ArrowRight"] * 3)
    expect(page.locator("#phases")).to_contain_text("Backward✓")

    assert [numbers_after(page, "ArrowRight") for _ in BIAS_STOPS] == BIAS_STOPS


def test_a_click_on_the_neuron_shows_its_bias_and_esc_leads_back(page: Page) -> None:
    """As the tutorial says: its lines are the bias's until Esc, and the arrows go on stepping."""
    open_playground(page, "/#" + lesson_link(page))
    start_walking(page)
    press(page, *["Shift+ArrowRight"] * 3, "ArrowRight")
    words = page.locator(".equation-words")
    expect(words).to_contain_text("Weight x₁ → output")
    page.locator('[data-node="1,0"]').click(force=True)
    page.mouse.move(5, 5)
    expect(words).to_contain_text("Bias of output")
    press(page, "ArrowRight")
    expect(words).to_contain_text("Bias of output: the step")
    press(page, "Escape")
    expect(words).to_contain_text("Weight x₁ → output: the step")


def test_the_second_update_starts_from_the_new_weights(page: Page) -> None:
    """On from the last step: z = 2.3 · 3 − 0.9 = 6; back over the border the loss is 25 again."""
    open_playground(page, "/#" + lesson_link(page))
    start_walking(page)
    press(page, *["Shift+ArrowRight"] * 4)
    expect(page.locator("#phases")).to_contain_text("Update✓")
    press(page, "ArrowRight")
    expect(page.locator("#step-count")).to_have_text("1")
    expect(page.locator("#equation")).to_contain_text("Update 2 begins")
    first, second = (numbers_after(page, "ArrowRight") for _ in range(2))

    assert (first, second) == ([2.3, 3, -0.9, 6.9], [2.3, 3, -0.9, 6])
    press(page, "ArrowLeft", "ArrowLeft", "ArrowLeft")
    expect(page.locator("#step-count")).to_have_text("0")
    expect(page.locator("#train-loss")).to_have_text("25.000")


def lesson_link(page: Page) -> str:
    """The example's link, as the page offers it."""
    page.goto("/")
    link = page.locator("#examples a").first.get_attribute("href") or ""
    page.goto("about:blank")
    return link.removeprefix("#")


def test_the_example_is_one_click_away(page: Page) -> None:
    """The first of the examples is the lesson's, in single products, and begins anew each time."""
    open_playground(page)
    for _ in range(2):
        page.locator("#open-examples").click()
        page.get_by_role("link", name="One neuron, by hand").click()
        expect(page.locator("#train-loss")).to_have_text("25.000")
        expect(page.locator("#step-count")).to_have_text("0")
        expect(page.locator("#equation")).to_contain_text("Update 1 begins")
        expect(page.locator("#play")).to_be_focused()
        press(page, *["Shift+ArrowRight"] * 4, "ArrowRight")
        expect(page.locator("#step-count")).to_have_text("1")


def test_every_example_opens(page: Page) -> None:
    """Each is taken by the server without a complaint, and begins at step 0."""
    open_playground(page)
    count = page.locator("#examples a").count()
    assert count >= 5
    for place in range(count):
        page.locator("#open-examples").click()
        link = page.locator("#examples a").nth(place)
        link.click()
        page.wait_for_function(
            "link => location.hash === link", arg=link.get_attribute("href")
        )
        expect(page.locator("#step-count")).to_have_text("0")
        expect(page.locator("#notices")).to_be_empty()
