"""The tutorial in both languages: its program runs, its pictures and numbers are the page's."""

import re
from pathlib import Path

import pytest

from engine.microscope import dissect
from tests.app.test_presets import begun
from tools.pictures import LOCALES, PICTURES

FOLDER = Path(__file__).parent.parent / "docs" / "tutorial"
PAGES = {
    "light": FOLDER / "your-first-backward-pass.md",
    "zh": FOLDER / "your-first-backward-pass.zh-CN.md",
}
TEXTS = {suffix: page.read_text(encoding="utf-8") for suffix, page in PAGES.items()}


@pytest.mark.parametrize("suffix", TEXTS)
def test_its_program_prints_what_its_comments_say(
    suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The update in plain Python gives the loss, the gradients and the new weights of the text."""
    (program,) = re.findall(r"```python\n(.*?)```", TEXTS[suffix], re.DOTALL)
    exec(program, {})
    said = re.findall(r"^print\(.*#\s*(.*)$", program, re.MULTILINE)

    assert capsys.readouterr().out.splitlines() == said


@pytest.mark.parametrize("suffix", TEXTS)
def test_its_pictures_are_there_and_can_be_made_again(suffix: str) -> None:
    """Each picture exists, is of the text's language, and has its maker in tools/pictures.py."""
    shown = re.findall(r"\]\(\.\./images/(.*?)\)", TEXTS[suffix])
    made = {f"{picture.name}-{suffix}.png" for picture in PICTURES}

    assert len(shown) == len(set(shown)) == 10
    assert set(shown) <= made
    assert all((FOLDER.parent / "images" / name).is_file() for name in shown)


def test_both_languages_show_the_same() -> None:
    """The texts are written apart, but their pictures and their table are the same ones."""
    pictures = [re.findall(r"images/(.*?)-(?:light|zh)", text) for text in TEXTS.values()]
    rows = [re.findall(r"^\| [\d.]+ \|.*$", text, re.MULTILINE) for text in TEXTS.values()]

    assert pictures[0] == pictures[1]
    assert rows[0] == rows[1]
    assert set(TEXTS) == set(LOCALES)


@pytest.mark.parametrize("suffix", TEXTS)
def test_the_hidden_layers_numbers_are_the_engines(suffix: str) -> None:
    """What the text says of exclusive or is what its first example gives, rounded."""
    trainer = begun("xor").trainer
    update = dissect(trainer, int(dissect(trainer).examples[0]))
    trace = update.traced.trace
    numbers = {
        "δ of the output": f"{trace.delta[2].item():.3f}",
        "what comes back": f"{trace.da[1][0, 1]:.3f}",
        "slope of the lower one": f"{trace.slope[1][0, 1]:.3f}",
        "δ of the lower one": f"{trace.delta[1][0, 1]:.4f}",
        "its gradients": f"{trace.dW[1][0, 1]:.4f}",
        "slope of the upper one": f"{trace.slope[1][0, 0]:.3f}",
    }

    assert trace.a[0].tolist() == [[2, -2]]
    for what, number in numbers.items():
        assert number.replace("-", "−") in TEXTS[suffix], what
