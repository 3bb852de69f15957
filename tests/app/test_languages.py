"""The choice of a language, and catalogues that say all that the sources say."""

import json
import re
from pathlib import Path

import pytest
from babel.messages import Message
from hypothesis import given
from hypothesis import strategies as st

from app import languages
from tools import catalogues

GETTEXT = re.compile(r"""\bn?gettext\(\s*("(?:[^"\\]|\\.)*")""")
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%%")


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh", "zh-Hans"),
        ("zh-Hans", "zh-Hans"),
        ("zh_CN", "zh-Hans"),
        ("zh-TW", "zh-Hans"),
        ("en", "en"),
        ("EN-gb", "en"),
        ("de", None),
        ("", None),
        ("*", None),
        ("../../en", None),
    ],
)
def test_a_tag_matches_the_language_that_serves_it(tag: str, language: str | None) -> None:
    """Every kind of Chinese gets Chinese, every kind of English English, and others none."""
    assert languages.match(tag) == language


@pytest.mark.parametrize(
    ("wish", "accept_language", "language"),
    [
        ("en", "zh-CN", "en"),
        ("zh", "en", "zh-Hans"),
        ("klingon", "zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        (None, "de, en;q=0.4, zh-CN;q=0.5", "zh-Hans"),
        (None, "zh;q=0, en;q=0.1", "en"),
        (None, "de", "en"),
        (None, None, "en"),
    ],
)
def test_the_link_comes_before_the_browser(
    wish: str | None, accept_language: str | None, language: str
) -> None:
    """``?lang=`` decides, then the best accepted language, then English."""
    assert languages.choose(wish, accept_language) == language


@given(st.text(), st.text())
def test_any_header_gives_a_language(wish: str, accept_language: str) -> None:
    """No text that a client may send is an error."""
    assert languages.choose(wish, accept_language) in languages.LANGUAGES


@pytest.mark.parametrize("locale", ["zh_Hans"])
def test_catalogue_says_all_that_the_sources_say(locale: str) -> None:
    """Each message of the sources is translated, and nothing is left over."""
    assert catalogues.problems(locale) == []


def test_no_string_of_the_page_is_missed() -> None:
    """The extractor does not see into template literals and other calls: nothing stands there."""
    ids = [message.id for message in catalogues.extract()]
    known = {one if isinstance(one, str) else one[0] for one in ids if one}
    scripts = Path(__file__).parents[2] / "static" / "js"
    for path in scripts.rglob("*.js"):
        for literal in GETTEXT.findall(path.read_text(encoding="utf-8")):
            assert json.loads(literal) in known, f"{path.name}: {literal}"


def messages() -> list[Message]:
    """The translated messages, without the header."""
    return [message for message in languages.catalog("zh-Hans") if message.id and message.string]


@pytest.mark.parametrize("message", messages(), ids=lambda message: str(message.id)[:40])
def test_translation_has_the_placeholders_of_its_message(message: Message) -> None:
    """Each %(name)s of the English stands in the Chinese too, and no other."""
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
    wanted = {name for text in ids for name in PLACEHOLDER.findall(text)}

    for string in strings:
        assert set(PLACEHOLDER.findall(string)) == wanted


def test_translations_fall_back_to_english() -> None:
    """What a catalogue lacks is shown in English, with English plurals."""
    chinese = languages.translations("zh-Hans")

    assert chinese.gettext("no such message") == "no such message"
    assert chinese.ngettext("%(n)s such", "%(n)s such ones", 2) == "%(n)s such ones"


def test_english_is_what_the_sources_say() -> None:
    """English needs no catalogue, in Python or in the page."""
    assert languages.translations("en").gettext("linear") == "linear"
    assert languages.page_catalogue("en", ["js/labels.js"]) == {}


def test_terms_carry_the_other_languages_word() -> None:
    """A reader of either language can learn what the other one says."""
    assert languages.in_other_language("en", "Learning rate") == "学习率"
    assert languages.in_other_language("zh-Hans", "Learning rate") == "Learning rate"


def test_page_catalogue_holds_only_what_the_scripts_say() -> None:
    """Messages of the command line, and those of another room, do not travel to the page."""
    catalogue = languages.page_catalogue("zh-Hans", ["js/labels.js"])

    assert catalogue["linear"] == "线性"
    assert "The inputs are there. Step forward." not in catalogue
    assert "show this help and exit" not in catalogue
    assert "Play" not in catalogue
