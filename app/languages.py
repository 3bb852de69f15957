"""The languages that the site speaks, and the choice among them for one reader.

A language is known by its web tag ("en", "zh-Hans"). Catalogues are read from their .po sources
when they are first wanted: there is no compiled file that could be out of date.
"""

import gettext
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from babel import Locale, UnknownLocaleError
from babel.messages import Catalog
from babel.messages.pofile import read_po

SOURCE_LANGUAGE = "en"
LANGUAGES = {"en": "English", "zh-Hans": "简体中文"}
_LOCALES = {"zh-Hans": "zh_Hans"}


def choose(wish: str | None, accept_language: str | None) -> str:
    """The language for a reader: the link's wish first, then the browser's, then English.

    Args:
        wish: the value of ``?lang=``, such as "zh", "zh-CN" or "en"; an unknown one counts as none.
        accept_language: the Accept-Language header.
    """
    for tag in [wish or "", *_by_quality(accept_language or "")]:
        language = match(tag)
        if language:
            return language
    return SOURCE_LANGUAGE


def match(tag: str) -> str | None:
    """The language that a tag such as "zh_CN" or "en-GB" asks for, or None where we lack it.

    Traditional Chinese readers are better served by Simplified Chinese than by English.
    """
    try:
        locale = Locale.parse(tag.strip().replace("_", "-"), sep="-")
    except (ValueError, UnknownLocaleError):
        return None
    return {"en": "en", "zh": "zh-Hans"}.get(locale.language)


def _by_quality(accept_language: str) -> list[str]:
    """The tags of an Accept-Language header (RFC 9110, 12.5.4), best first, no refused ones."""
    wishes = []
    for part in accept_language.split(","):
        tag, _, parameter = part.partition(";")
        try:
            quality = float(parameter.strip().removeprefix("q=") or 1)
        except ValueError:
            quality = 0.0
        if quality > 0:
            wishes.append((-quality, tag))
    return [tag for _, tag in sorted(wishes, key=lambda wish: wish[0])]


@cache
def catalog(language: str) -> Catalog:
    """The catalogue of a language other than English, as it stands in its .po file."""
    path = files("app").joinpath("locales", _LOCALES[language], "LC_MESSAGES", "messages.po")
    with path.open("rb") as source:
        return read_po(source, locale=_LOCALES[language])


@cache
def translations(language: str) -> gettext.NullTranslations:
    """gettext's translations for a language; English is what the sources say."""
    if language == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    return CatalogTranslations(catalog(language))


def in_other_language(language: str, term: str) -> str:
    """A term of the field as a reader of the other language knows it: shown on hover."""
    others = [other for other in LANGUAGES if other != language]
    return translations(others[0]).gettext(term)


def page_catalogue(language: str, modules: Iterable[str]) -> dict[str, str]:
    """What a page's scripts need: each msgid that occurs in them, with its translation.

    For a plural the value is the one Chinese form. English needs none: its msgids are the text.

    Args:
        language: the reader's.
        modules: the scripts, as paths below static.
    """
    if language == SOURCE_LANGUAGE:
        return {}
    scripts = {f"static/{module}" for module in modules}
    return {
        _msgid(message.id): _first(message.string)
        for message in catalog(language)
        if message.id
        and message.string
        and not scripts.isdisjoint(path for path, _ in message.locations)
    }


class CatalogTranslations(gettext.NullTranslations):
    """gettext's interface over a catalogue that has not been compiled."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self._strings = {_msgid(message.id): _first(message.string) for message in catalog}

    def gettext(self, message: str) -> str:
        """The translation, or the message itself where there is none."""
        return self._strings.get(message) or message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The translation of a plural: Chinese has one form for every number."""
        return self._strings.get(msgid1) or (msgid1 if n == 1 else msgid2)


def _msgid(identifier: str | tuple[str, ...] | list[str]) -> str:
    return identifier if isinstance(identifier, str) else identifier[0]


def _first(string: str | tuple[str, ...] | list[str] | None) -> str:
    if isinstance(string, (tuple, list)):
        return string[0]
    return string or ""
