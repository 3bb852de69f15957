"""The run's past, shown again from the timeline, in a real browser."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.playground import number, open_playground, pause, play, select_neuron

NUMBERS = ("#epoch", "#step-count", "#train-loss", "#test-loss", "#card-gradient")


def shown(page: Page) -> list[str]:
    """The numbers of the moment that the page shows, a weight's own included."""
    weight = page.locator("#card-value").input_value()
    return [weight, *(page.locator(place).inner_text() for place in NUMBERS)]


def take_steps(page: Page, steps: int) -> list[list[str]]:
    """Steps one update at a time; the numbers after each, those of the start first."""
    seen = [shown(page)]
    for step in range(1, steps + 1):
        page.locator("#step").click()
        expect(page.locator("#step-count")).to_have_text(str(step))
        seen.append(shown(page))
    return seen


def test_a_past_moment_shows_the_numbers_that_it_had(page: Page) -> None:
    """Back along the timeline every number is what it was; the end of it is now again."""
    open_playground(page)
    select_neuron(page, 1, 0)
    seen = take_steps(page, 4)
    timeline = page.locator("#timeline-canvas")
    timeline.focus()
    page.keyboard.press("Home")
    expect(page.locator("#moment")).to_be_visible()
    expect(page.locator("#step-count")).to_have_text("0")

    assert shown(page) == seen[0]

    expect(page.locator("#card-value")).to_be_disabled()
    page.keyboard.press("End")
    expect(page.locator("#moment")).to_be_hidden()

    assert shown(page) == seen[-1]


def test_a_step_from_the_past_is_a_step_of_the_run(page: Page) -> None:
    """Looking back changes nothing: the next step goes on from the newest moment."""
    open_playground(page)
    select_neuron(page, 1, 0)
    take_steps(page, 3)
    page.locator("#timeline-canvas").focus()
    page.keyboard.press("Home")
    expect(page.locator("#moment")).to_be_visible()
    page.locator("#step").click()
    expect(page.locator("#moment")).to_be_hidden()
    expect(page.locator("#step-count")).to_have_text("4")


def test_dragging_the_timeline_pauses_and_goes_back(page: Page) -> None:
    """A drag in mid-training stops it and shows an earlier epoch; a button leads back to now."""
    open_playground(page)
    play(page)
    page.wait_for_function("() => Number(document.querySelector('#epoch').textContent) > 30")
    box = page.locator("#timeline-canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 20)
    page.mouse.up()
    expect(page.locator("#play")).not_to_have_attribute("data-playing", "")
    expect(page.locator("#moment")).to_be_visible()
    past = number(page.locator("#epoch"))
    page.locator("#moment-now").click()
    expect(page.locator("#moment")).to_be_hidden()

    assert number(page.locator("#epoch")) > past


def test_playing_on_leaves_the_past(page: Page) -> None:
    """Play goes on from now, whatever moment was shown."""
    open_playground(page)
    play(page)
    page.wait_for_function("() => Number(document.querySelector('#epoch').textContent) > 5")
    pause(page)
    page.locator("#timeline-canvas").focus()
    page.keyboard.press("Home")
    expect(page.locator("#epoch")).to_have_text("0")
    play(page)
    expect(page.locator("#moment")).to_be_hidden()
    page.wait_for_function("() => Number(document.querySelector('#epoch').textContent) > 10")


def test_stepping_back_undoes_exactly(page: Page) -> None:
    """Each step back shows the numbers from before the step, and stepping on repeats them."""
    open_playground(page)
    select_neuron(page, 1, 0)
    seen = take_steps(page, 3)
    for step in (2, 1, 0):
        page.locator("#back").click()
        expect(page.locator("#step-count")).to_have_text(str(step))

        assert shown(page) == seen[step]

    expect(page.locator("#back")).to_be_disabled()

    assert take_steps(page, 3) == seen


def test_a_branch_goes_on_from_the_past(page: Page) -> None:
    """From a past moment the run goes on, and with nothing changed its numbers repeat."""
    open_playground(page)
    select_neuron(page, 1, 0)
    seen = take_steps(page, 4)
    page.locator("#timeline-canvas").focus()
    page.keyboard.press("Home")
    expect(page.locator("#moment")).to_be_visible()
    page.locator("#moment-branch").click()
    expect(page.locator("#moment")).to_be_hidden()
    expect(page.locator("#step-count")).to_have_text("0")

    assert take_steps(page, 4) == seen


def test_the_memory_of_the_past_is_said_and_chosen(page: Page) -> None:
    """It is 64 MB, until the reader chooses otherwise; the choice outlasts the visit."""
    open_playground(page)
    page.locator("#open-explain").click()
    expect(page.get_by_label("Memory for the past")).to_have_value("64")
    page.get_by_label("Memory for the past").select_option("16 MB")
    open_playground(page, "/?lang=en")
    expect(page.locator("#moment")).to_have_attribute("title", re.compile("past in 16 MB"))
    page.locator("#open-explain").click()
    expect(page.get_by_label("Memory for the past")).to_have_value("16")


def test_a_past_before_the_servers_memory_is_told_in_the_readers_words(
    page: Page, tmp_path: Path
) -> None:
    """After a resume what came before is still shown; why it cannot be gone back to, is said."""
    open_playground(page)
    select_neuron(page, 1, 0)
    take_steps(page, 3)
    saved = tmp_path / "run.safetensors"
    page.locator("#open-share").click()
    with page.expect_download() as coming:
        page.locator("[data-save=checkpoint]").click()
    coming.value.save_as(saved)
    page.locator("#open-file").set_input_files(saved)
    page.locator("#timeline-canvas").focus()
    page.keyboard.press("Home")
    page.locator("#moment-branch").click()

    expect(page.locator("#notices")).to_contain_text("remembers this run from step 3 on")
    expect(page.locator("#step-count")).to_have_text("3")
