"""A link that carries the weights, made and opened in a real browser."""

from playwright.sync_api import Page, expect

from tests.browser.playground import open_playground, select_neuron


def test_a_link_carries_the_weights_of_now(page: Page) -> None:
    """Another reader begins with the trained weights at step 0, and reset returns to them."""
    open_playground(page)
    page.locator("#step-unit").select_option("epoch")
    page.locator("#step").click()
    expect(page.locator("#epoch")).to_have_text("1")
    select_neuron(page, 2, 1)
    weight = page.locator("#card-value").input_value()
    loss = page.locator("#train-loss").inner_text()
    page.locator("#open-share").click()
    plain = page.locator("#share-link").input_value()
    page.locator("#share-weights").check()
    expect(page.locator("#share-carries")).to_be_visible()
    link = page.locator("#share-link").input_value()
    page.locator("#share-weights").uncheck()
    expect(page.locator("#share-link")).to_have_value(plain)
    page.goto("about:blank")
    open_playground(page, link)
    select_neuron(page, 2, 1)
    expect(page.locator("#card-value")).to_have_value(weight)
    expect(page.locator("#train-loss")).to_have_text(loss)
    expect(page.locator("#step-count")).to_have_text("0")
    page.locator("#step").click()
    expect(page.locator("#step-count")).to_have_text("1")
    page.locator("#reset").click()
    expect(page.locator("#step-count")).to_have_text("0")
    expect(page.locator("#card-value")).to_have_value(weight)
    page.locator("#reseed").click()
    page.wait_for_function("() => !location.hash.includes('weights=')")


def test_another_network_leaves_given_weights_behind(page: Page) -> None:
    """A layer added to a network with given weights is no fault: its weights are drawn."""
    given = "weights=AAAAAAAA8D8AAAAAAAAAQA"  # 1 and 2
    open_playground(page, f"/#networkShape=&y=false&{given}")
    select_neuron(page, 1, 0)
    expect(page.locator("#card-value")).to_have_value("2")
    page.locator("#add-layer").click()
    expect(page.locator("#layer-count")).to_have_text("1")
    expect(page.locator("#notices")).to_be_empty()


def test_too_many_weights_are_said_and_a_checkpoint_is_offered(page: Page) -> None:
    """A large network's dialog says how many a link carries."""
    open_playground(page, "/#networkShape=32,32")
    page.locator("#open-share").click()
    expect(page.locator("#share-weights")).to_be_disabled()
    expect(page.locator("#share-too-many")).to_contain_text("up to 700")
    expect(page.locator("#share [data-save=checkpoint]")).to_be_visible()


def test_a_corrupted_link_is_told(page: Page) -> None:
    """Weights that were cut short: a notice names the part, and the page works."""
    open_playground(page, "/#networkShape=&y=false&weights=AAAAAAAA8D8AAAAAAA")
    expect(page.locator("#notices")).to_contain_text("weights: expected")
