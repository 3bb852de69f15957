"""A new user's way through the playground, in a real browser."""

from playwright.sync_api import Page, expect

from tests.browser.playground import (
    number,
    open_playground,
    pause,
    play,
    select_neuron,
    wait_for_epoch,
)


def test_play_trains_and_the_loss_falls(page: Page) -> None:
    """Open, press play: epochs pass, the loss falls, and pause stops them."""
    open_playground(page)
    before = number(page.locator("#train-loss"))
    play(page)
    wait_for_epoch(page, 60)
    pause(page)

    assert number(page.locator("#train-loss")) < before


def test_a_step_is_one_update_or_one_epoch(page: Page) -> None:
    """The step button makes exactly what its unit says: 250 examples in batches of 10."""
    open_playground(page)
    page.locator("#step").click()
    expect(page.locator("#step-count")).to_have_text("1")
    page.locator("#step-unit").select_option("epoch")
    page.locator("#step").click()
    expect(page.locator("#epoch")).to_have_text("1")
    expect(page.locator("#step-count")).to_have_text("25")


def test_reset_repeats_the_same_weights(page: Page) -> None:
    """Reset and the same steps give the same numbers; new weights give others."""
    open_playground(page)
    select_neuron(page, 1, 0)
    page.keyboard.press("ArrowLeft")
    weight = page.locator("#card-value")
    start = weight.input_value()
    page.locator("#step").click()
    expect(weight).not_to_have_value(start)
    page.locator("#reset").click()
    expect(weight).to_have_value(start)
    page.locator("#reseed").click()
    expect(weight).not_to_have_value(start)


def test_another_data_set_begins_anew_and_stands_in_the_link(page: Page) -> None:
    """A thumbnail switches the data set, says so, and back goes back."""
    open_playground(page)
    page.get_by_role("button", name="spiral").click()
    expect(page.locator("#live")).to_contain_text("data set")
    page.wait_for_function("() => location.hash.includes('dataset=spiral')")
    page.go_back()
    expect(page.get_by_role("button", name="circle")).to_have_attribute("aria-pressed", "true")


def test_layers_and_neurons_are_added_and_taken_away(page: Page) -> None:
    """The plus buttons change the network that the server trains."""
    open_playground(page)
    page.get_by_role("button", name="Add a hidden layer").click()
    expect(page.locator('[data-node="4,0"]')).to_be_attached()
    page.get_by_role("button", name="One neuron more in hidden layer 3").click()
    expect(page.locator('[data-node="3,2"]')).to_be_attached()
    page.get_by_label("Activation of hidden layer 3").select_option("relu")
    page.wait_for_function("() => decodeURIComponent(location.hash).includes('relu')")
    page.get_by_role("button", name="Remove the last hidden layer").click()
    expect(page.locator('[data-node="4,0"]')).not_to_be_attached()


def test_the_learning_rate_changes_without_a_reset(page: Page) -> None:
    """The epoch goes on when the learning rate changes, and the link has it."""
    open_playground(page)
    page.locator("#step").click()
    page.locator("#learning-rate").select_option("0.3")
    page.wait_for_function("() => location.hash.includes('learningRate=0.3')")
    expect(page.locator("#step-count")).to_have_text("1")


def test_a_weight_is_edited_and_the_loss_follows(page: Page) -> None:
    """The card's value is written into the network, the output's bias too."""
    open_playground(page)
    before = page.locator("#train-loss").inner_text()
    select_neuron(page, 3, 0)
    page.keyboard.press("Enter")
    page.keyboard.type("0.9")
    page.keyboard.press("Enter")

    expect(page.locator("#train-loss")).not_to_have_text(before)
    expect(page.locator("#card-value")).to_have_value("0.9")


def test_a_line_is_picked_with_the_pointer(page: Page) -> None:
    """A click on a line between two neurons shows its weight, gradient and update."""
    open_playground(page)
    page.locator("#step").click()
    one = page.locator('[data-node="2,0"]').bounding_box()
    other = page.locator('[data-node="3,0"]').bounding_box()
    assert one
    assert other
    x = (one["x"] + one["width"] + other["x"]) / 2
    y = (one["y"] + other["y"]) / 2 + one["height"] / 2
    page.mouse.click(x, y)

    expect(page.locator("#card-place")).to_contain_text("hidden 2")
    assert number(page.locator("#card-gradient")) * number(page.locator("#card-update")) < 0


def test_a_link_shows_the_same_numbers_in_a_second_window(page: Page) -> None:
    """The same link and the same steps give the same loss to the last digit shown."""
    open_playground(page, "/#dataset=moons&networkShape=5,3&activation=relu&noise=10")
    second = page.context.new_page()
    open_playground(second, page.url)
    losses = []
    for window in (page, second):
        window.locator("#step-unit").select_option("epoch")
        for epoch in range(1, 4):
            window.locator("#step").click()
            expect(window.locator("#epoch")).to_have_text(str(epoch))
        losses.append(window.locator("#train-loss").inner_text())

    assert losses[0] == losses[1]


def test_a_bad_link_says_what_was_wrong(page: Page) -> None:
    """The part that cannot be used is named, the rest is kept."""
    open_playground(page, "/#noise=soup&batchSize=20")

    expect(page.locator("#notices")).to_contain_text("noise")
    expect(page.locator("output[for=batch-size]")).to_have_text("20")


def test_a_playground_link_typed_into_the_address_bar_is_opened(page: Page) -> None:
    """A new fragment takes effect without a reload."""
    open_playground(page)
    page.evaluate("location.hash = 'dataset=xor&networkShape=3'")

    expect(page.get_by_role("button", name="exclusive or")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(page.locator("#layer-count")).to_have_text("1")


def test_numbers_that_blow_up_are_told_with_a_way_on(page: Page) -> None:
    """A learning rate of 10 on a linear regression diverges: the page says so and can reset."""
    open_playground(page, "/#problem=regression&activation=linear&learningRate=10&networkShape=8,8")
    page.locator("#play").click()
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("blew up")
    notice.get_by_role("button", name="Reset with").click()

    expect(notice).to_have_count(0)
    expect(page.locator("#step-count")).to_have_text("0")


def test_the_theme_is_chosen_and_remembered(page: Page) -> None:
    """The switch turns the page dark, and a reload keeps it."""
    open_playground(page)
    page.locator("#theme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
