"""What if: a trial in a real browser, undone exactly or kept."""

from playwright.sync_api import Page, expect

from tests.browser.playground import number, open_playground, pause, play, select_neuron

EVERYTHING = """() => [
    ...["step-count", "train-loss", "test-loss", "accuracy", "card-gradient", "card-update"]
        .map((id) => document.getElementById(id).textContent),
    document.getElementById("card-value").value,
    document.getElementById("learning-rate").value,
    document.getElementById("output-canvas").toDataURL(),
].join("|")"""


def everything(page: Page) -> str:
    """All that the frame shows, in numbers and pictures, once it stands still."""
    # The check of the gradient comes after the last frame has been shown for a while.
    expect(page.locator("#proof")).not_to_have_attribute("data-late", "")
    text: str = page.evaluate(EVERYTHING)
    return text


def expect_everything(page: Page, before: str) -> None:
    """Waits until the page shows the same again."""
    page.wait_for_function(f"before => ({EVERYTHING})() === before", arg=before)


def slide(page: Page, value: float) -> None:
    """Drags the card's slider to a value."""
    page.locator("#card-slider").evaluate(
        """(slider, value) => {
            slider.value = value;
            slider.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        value,
    )


def test_a_weight_is_tried_and_undone(page: Page) -> None:
    """Sliding shows the new loss beside the old one at once; undo brings every number back."""
    open_playground(page)
    page.locator("#step-unit").select_option("epoch")
    page.locator("#step").click()
    expect(page.locator("#epoch")).to_have_text("1")
    select_neuron(page, 2, 0)
    expect(page.locator("#trial")).to_be_hidden()
    before = everything(page)
    loss = number(page.locator("#train-loss"))
    for value in (0.5, 1.0, 1.5, -2.0):
        slide(page, value)
    expect(page.locator("#trial")).to_be_visible()
    expect(page.locator("#trial-now")).not_to_have_text(page.locator("#trial-before").inner_text())
    expect(page.locator("#card-value")).to_have_value("-2")
    assert abs(number(page.locator("#trial-before")) - loss) < 1e-3
    page.locator("#trial-undo").click()
    expect(page.locator("#trial")).to_be_hidden()
    expect(page.locator("#live")).to_contain_text("Undone")
    expect_everything(page, before)


def test_an_edit_whose_frame_never_came_is_undone_too(page: Page) -> None:
    """The page grants no frames while a weight slides on: undo still brings the old one back."""
    page.add_init_script(
        """const send = WebSocket.prototype.send;
        const held = [];
        window.hold = false;
        window.release = () => { window.hold = false; for (const go of held.splice(0)) go(); };
        WebSocket.prototype.send = function (data) {
            const go = () => send.call(this, data);
            if (window.hold && String(data).includes("credit")) held.push(go);
            else go();
        };"""
    )
    open_playground(page)
    select_neuron(page, 1, 0)
    expect(page.locator("#card-value")).to_have_value("0.1")
    page.evaluate("window.hold = true")
    for value in (0.2, 0.3, 0.4, 0.5, 0.9):
        slide(page, value)
        page.wait_for_timeout(50)
    expect(page.locator("#card-value")).to_have_value("0.9")
    page.locator("#trial-undo").click()
    expect(page.locator("#live")).to_contain_text("Undone")
    page.evaluate("window.release()")

    expect(page.locator("#card-value")).to_have_value("0.1")
    expect(page.locator("#card-slider")).to_have_js_property("valueAsNumber", 0.1)


def test_a_field_left_empty_shows_the_weight_again(page: Page) -> None:
    """Nothing typed is no weight: once the keyboard leaves, the field says what is."""
    open_playground(page)
    select_neuron(page, 1, 0)
    page.locator("#card-value").fill("")
    page.keyboard.press("Enter")

    expect(page.locator("#card-value")).to_have_value("0.1")
    expect(page.locator("#trial")).to_be_hidden()


def test_rate_noise_and_steps_are_undone_together(page: Page) -> None:
    """Within a trial anything may change and the run may play: undo brings back all of it."""
    open_playground(page)
    page.locator("#step").click()
    expect(page.locator("#step-count")).to_have_text("1")
    select_neuron(page, 1, 1)
    before = everything(page)
    page.locator("#trial-begin").click()
    expect(page.locator("#trial")).to_be_visible()
    page.locator("#learning-rate").select_option("1")
    page.locator("#noise").fill("30")
    play(page)
    page.wait_for_function("() => document.querySelector('#epoch').textContent !== '0'")
    pause(page)
    page.locator("#trial-undo").click()
    expect(page.locator("#trial")).to_be_hidden()
    expect(page.locator("#step-count")).to_have_text("1")
    expect(page.locator("#noise")).to_have_value("0")
    expect(page.locator("#learning-rate")).to_have_value("0.03")

    expect_everything(page, before)


def test_what_was_tried_can_be_kept(page: Page) -> None:
    """Keep leaves the weight and takes the mark away; the next change is a new trial."""
    open_playground(page)
    select_neuron(page, 3, 0)
    page.locator("#card-value").fill("0.75")
    expect(page.locator("#trial")).to_be_visible()
    page.locator("#trial-keep").click()
    expect(page.locator("#trial")).to_be_hidden()
    expect(page.locator("#live")).to_contain_text("Kept")
    expect(page.locator("#card-value")).to_have_value("0.75")
    slide(page, -0.5)
    expect(page.locator("#trial")).to_be_visible()
    page.locator("#trial-undo").click()
    expect(page.locator("#card-value")).to_have_value("0.75")


def test_the_keyboard_alone_tries_and_undoes(page: Page) -> None:
    """Enter goes to the value, arrow keys move it by a hundredth, Tab reaches Undo."""
    open_playground(page)
    select_neuron(page, 1, 0)
    page.keyboard.press("Enter")
    expect(page.locator("#card-value")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("#card-value")).to_have_value("0.03")
    expect(page.locator("#live")).to_contain_text("Training loss before the trial")
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.locator("#trial-undo").evaluate("e => e === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#card-value")).to_have_value("0.1")
    expect(page.locator("#trial-begin")).to_be_focused()


def test_a_new_run_ends_the_trial(page: Page) -> None:
    """Another network has nothing to undo: the mark goes and a listener hears why."""
    open_playground(page)
    page.locator("#trial-begin").click()
    expect(page.locator("#trial")).to_be_visible()
    page.locator("#add-layer").click()
    expect(page.locator("#trial")).to_be_hidden()
    expect(page.locator("#notices")).to_be_empty()


def test_an_edit_in_full_flight_is_no_trial(page: Page) -> None:
    """While the run plays, a typed weight is set and the run plays on."""
    open_playground(page)
    select_neuron(page, 1, 0)
    play(page)
    page.locator("#card-value").fill("2")
    page.wait_for_function("() => document.querySelector('#epoch').textContent !== '0'")
    expect(page.locator("#play")).to_have_attribute("data-playing", "")
    expect(page.locator("#trial")).to_be_hidden()


def test_an_embed_can_try_too(page: Page) -> None:
    """The same in somebody else's page."""
    page.set_viewport_size({"width": 800, "height": 450})
    open_playground(page, "/embed")
    select_neuron(page, 1, 0)
    page.locator("#card-value").fill("0.9")
    expect(page.locator("#trial-now")).to_be_visible()
    page.locator("#trial-undo").click()
    expect(page.locator("#card-value")).to_have_value("0.1")


def test_a_learning_rate_is_seen_at_once(page: Page) -> None:
    """In a trial a rate makes one update; another rate the same one anew; undo undoes it all."""
    open_playground(page)
    page.locator("#step").click()
    expect(page.locator("#step-count")).to_have_text("1")
    select_neuron(page, 2, 0)
    before = everything(page)
    page.locator("#trial-begin").click()
    expect(page.locator("#trial-note")).to_contain_text("learning rate")
    page.locator("#learning-rate").select_option("1")
    expect(page.locator("#trial-note")).to_have_text("after 1 update, η = 1")
    gradient, loss, update = (
        number(page.locator(place)) for place in ("#card-gradient", "#trial-now", "#card-update")
    )
    page.locator("#learning-rate").select_option("3")
    expect(page.locator("#trial-note")).to_have_text("after 1 update, η = 3")

    assert page.locator("#step-count").inner_text() == "2"
    assert number(page.locator("#card-gradient")) == gradient
    assert number(page.locator("#trial-now")) != loss
    assert abs(number(page.locator("#card-update")) / update - 3) < 0.02

    page.locator("#trial-undo").click()
    expect(page.locator("#trial")).to_be_hidden()
    expect_everything(page, before)
