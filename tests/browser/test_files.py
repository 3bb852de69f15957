"""Saving a run to a file and opening it again, in a real browser."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import number, open_playground, select_neuron


def save(page: Page, kind: str, folder: Path) -> Path:
    """Saves from the share dialog; the file as it came."""
    page.locator("#open-share").click()
    with page.expect_download() as coming:
        page.locator(f"[data-save={kind}]").click()
    page.locator("#share [data-close]").click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def open_file(page: Page, path: Path) -> None:
    """Opens a file from the share dialog."""
    page.locator("#open-share").click()
    page.locator("#open-file").set_input_files(path)
    expect(page.locator("#share")).to_be_hidden()


def test_a_checkpoint_goes_on_where_it_was_saved(page: Page, tmp_path: Path) -> None:
    """Saved, changed and opened again: the same step, the same weight, the same next step."""
    open_playground(page)
    select_neuron(page, 1, 0)
    page.locator("#step-unit").select_option("epoch")
    page.locator("#step").click()
    expect(page.locator("#epoch")).to_have_text("1")
    weight = page.locator("#card-value").input_value()
    saved = save(page, "checkpoint", tmp_path)
    page.locator("#step").click()
    expect(page.locator("#epoch")).to_have_text("2")
    later = page.locator("#card-value").input_value()
    page.locator("#reseed").click()
    expect(page.locator("#epoch")).to_have_text("0")
    open_file(page, saved)
    expect(page.locator("#epoch")).to_have_text("1")
    expect(page.locator("#card-value")).to_have_value(weight)
    page.locator("#step").click()
    expect(page.locator("#card-value")).to_have_value(later)


def test_an_experiment_comes_back_from_its_file(page: Page, tmp_path: Path) -> None:
    """The JSON holds the set-up, and opening it gives the same starting loss."""
    open_playground(page, "/#dataset=spiral&networkShape=5,3&seed=0.777")
    loss = number(page.locator("#train-loss"))
    saved = save(page, "experiment", tmp_path)
    page.goto("/")
    expect(page.locator("#train-loss")).not_to_have_text("–")
    open_file(page, saved)
    page.wait_for_function("() => location.hash.includes('spiral')")
    page.wait_for_function(
        "loss => Math.abs(Number(document.querySelector('#train-loss').textContent) - loss) < 1e-9",
        arg=loss,
    )

    assert json.loads(saved.read_text())["dataset"] == "spiral"


def test_the_script_prints_the_pages_numbers(page: Page, tmp_path: Path) -> None:
    """The NumPy script runs by itself, and the weight that it prints is the one after the step."""
    open_playground(page)
    select_neuron(page, 3, 0)
    script = save(page, "numpy", tmp_path)
    printed = subprocess.run(
        [sys.executable, "-I", str(script)], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    page.locator("#step").click()
    expect(page.locator("#step-count")).to_have_text("1")
    bias = number(page.locator("#card-value"))

    assert any(abs(value - bias) < 1e-6 for value in numbers_in(printed))


WRONG = {
    "cut.safetensors": "Expected a complete safetensors file, got 9 bytes.",
    "noise.json": "It is not valid JSON: ",
    "other.json": 'layers[1].units: expected a whole number, got "many".',
    "large.safetensors": "It may have at most 4194304 bytes, and has 5000000.",
}


def numbers_in(text: str) -> list[float]:
    """Every number of a text."""
    words = text.replace("[", " ").replace("]", " ").replace(",", " ").split()
    found: list[float] = []
    for word in words:
        try:
            found.append(float(word))
        except ValueError:
            continue
    return found


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut.safetensors", b"\x40\x00\x00\x00\x00\x00\x00\x00{"),
        ("noise.json", b"{not json"),
        ("other.json", b'{"layers": [{"units": 4}, {"units": "many"}]}'),
        ("large.safetensors", bytes(5_000_000)),
    ],
)
def test_a_bad_file_is_refused_and_changes_nothing(
    page: Page, tmp_path: Path, name: str, content: bytes
) -> None:
    """A notice names the file and what is wrong in it, and the run is where it was."""
    open_playground(page)
    page.locator("#step").click()
    expect(page.locator("#step-count")).to_have_text("1")
    loss = page.locator("#train-loss").inner_text()
    path = tmp_path / name
    path.write_bytes(content)
    open_file(page, path)
    notice = page.locator("#notices")
    expect(notice).to_contain_text(f"{name} cannot be opened; nothing has changed.")
    expect(notice).to_contain_text(WRONG[name])
    page.locator("#step").click()
    page.locator("#back").click()
    expect(page.locator("#step-count")).to_have_text("1")

    assert page.locator("#train-loss").inner_text() == loss
