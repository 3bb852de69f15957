"""What goes wrong in a snippet: where, what, and what to write instead."""

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

Gettext = Callable[[str], str]


class Span(NamedTuple):
    """A stretch of the text: lines count from 1, columns are characters from 0, the end is open."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class SnippetError:
    """Why a snippet gives no result.

    Attributes:
        line: of the first marked character, from 1.
        column: of the first marked character, in characters from 0.
        end: (line, column) just after the last marked character.
        message: what is wrong, in the reader's language.
        hint: what to write instead, in the reader's language; "" where there is nothing to say.
    """

    line: int
    column: int
    end: tuple[int, int]
    message: str
    hint: str


@dataclass(frozen=True)
class Phrase:
    """A msgid inside a message's values, to be translated with the message."""

    msgid: str


class Refusal(Exception):  # noqa: N818 - it is an answer, and is never left to propagate
    """A snippet that is not run further.

    Attributes:
        message: msgid, with %(name)s places.
        hint: msgid of what to write instead, with the same places; may be "".
        values: what goes into the places; a ``Phrase`` is translated.
        where: the syntax node or stretch to mark; the evaluator fills it in when it is None.
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        where: ast.AST | Span | None = None,
        **values: Any,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.values = values
        self.where = where


def gettext_noop(msgid: str) -> str:
    """Mark a msgid for the catalogue; it is translated when the answer is written."""
    return msgid


def filled(msgid: str, values: Mapping[str, Any], gettext: Gettext) -> str:
    """A msgid in the reader's language with its places filled; "" stays ""."""
    if not msgid:
        return ""
    ready = {
        name: gettext(value.msgid) if isinstance(value, Phrase) else value
        for name, value in values.items()
    }
    return gettext(msgid) % ready


class Source:
    """A text, and the place of a syntax node in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = re.split(r"\r\n|\r|\n", text)

    def span(self, where: ast.AST | Span | None) -> Span:
        """The stretch of a node; the start of the text where there is none."""
        if isinstance(where, Span):
            return where
        line = getattr(where, "lineno", None)
        if line is None or where is None:
            return Span(1, 0, 1, 0)
        end_line = getattr(where, "end_lineno", None) or line
        start = self._characters(line, where.col_offset)  # type: ignore[attr-defined]
        end = self._characters(end_line, getattr(where, "end_col_offset", None) or 0)
        return Span(line, start, end_line, end)

    def _characters(self, line: int, offset: int) -> int:
        """ast counts the bytes of UTF-8; readers and editors count characters."""
        written = self.lines[line - 1] if line <= len(self.lines) else ""
        if written.isascii():
            return min(offset, len(written))
        return len(written.encode("utf-8", "replace")[:offset].decode("utf-8", "ignore"))

    def error(self, refusal: Refusal, gettext: Gettext) -> SnippetError:
        """A refusal as the reader sees it."""
        line, column, end_line, end_column = self.span(refusal.where)
        return SnippetError(
            line,
            column,
            (end_line, max(end_column, column + 1) if end_line == line else end_column),
            filled(refusal.message, refusal.values, gettext),
            filled(refusal.hint, refusal.values, gettext),
        )
