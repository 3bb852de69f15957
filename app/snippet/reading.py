"""From text to syntax tree: size, depth, and syntax errors in the reader's words."""

import ast
import re
import threading
import warnings
from collections.abc import Iterator

from app.snippet.errors import Refusal, Source, Span, gettext_noop
from app.snippet.limits import Limits, too_deep

# Warning filters belong to the whole process, so one text is read at a time.
_READING = threading.Lock()

_FULL_WIDTH = dict(zip("（），：；［］＝＋－＊／．“”‘’。、", "(),:;[]=+-*/.\"\"''.,", strict=True))

# What a formula on paper has, and what a program has for it.
_MATHEMATICS = {
    "²": "** 2", "³": "** 3", "×": "*", "·": "*", "⋅": "*", "÷": "/", "−": "-", "–": "-",
    "√": "** 0.5", "π": "pi", "≤": "<=", "≥": ">=", "≠": "!=",
}  # fmt: skip

# What CPython says, what we say, and what to write instead.
_SYNTAX: tuple[tuple[str, str, str], ...] = (
    (
        r"'(?P<what>.)' was never closed",
        gettext_noop("This %(what)s is never closed."),
        gettext_noop("Add the closing bracket."),
    ),
    (
        r"unmatched '(?P<what>.)'",
        gettext_noop("This %(what)s closes a bracket that was never opened."),
        "",
    ),
    (
        r"closing parenthesis '(?P<what>.)' does not match opening parenthesis '(?P<other>.)'",
        gettext_noop("This %(what)s closes a bracket that was opened as %(other)s."),
        "",
    ),
    (
        r"unterminated (?:triple-quoted )?(?:f-)?string literal",
        gettext_noop("This text has no closing quotation mark."),
        "",
    ),
    (
        r"expected ':'",
        gettext_noop("A colon is missing here."),
        gettext_noop("Lines with for, if, def and with end in a colon."),
    ),
    (
        r"expected an indented block",
        gettext_noop("The line above ends in a colon, so this line must be indented."),
        gettext_noop("Put four spaces before it."),
    ),
    (
        r"unexpected indent",
        gettext_noop("This line is indented, and nothing above asks for it."),
        "",
    ),
    (
        r"unindent does not match|inconsistent use of tabs",
        gettext_noop("This line's indentation matches none of the lines above."),
        "",
    ),
    (
        r"too many nested|too many statically nested|recursion|Parser stack overflowed|too complex",
        gettext_noop("This is nested too deeply."),
        gettext_noop("Give the inner parts names, on lines of their own."),
    ),
    (
        r"Exceeds the limit|digits",
        gettext_noop("This number is too long."),
        gettext_noop("Write it as 1e20, say."),
    ),
    (
        r"cannot assign to|invalid syntax\. Maybe you meant '=='",
        gettext_noop("What stands left of = is no name that could hold a value."),
        "",
    ),
    (
        r"Perhaps you forgot a comma",
        gettext_noop("Two things stand side by side here, and nothing joins them."),
        gettext_noop("A comma or an operator may be missing."),
    ),
    (
        r"invalid decimal literal",
        gettext_noop("A number and a name stand side by side here, and nothing joins them."),
        gettext_noop("For a product write *, as in 2 * x."),
    ),
    (
        r"Missing parentheses in call to 'print'",
        gettext_noop("print needs brackets."),
        gettext_noop("Write print(…)."),
    ),
)


def read(source: Source, limits: Limits) -> ast.Module:
    """The syntax tree of a text.

    Raises:
        Refusal: it is too long, nested too deeply, or not Python.
    """
    if len(source.text) > limits.characters:
        raise Refusal(
            gettext_noop("The text has %(count)s characters; up to %(limit)s can be read."),
            count=f"{len(source.text):,}",
            limit=f"{limits.characters:,}",
        )
    tree = _parse(source)
    for joined in [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]:
        _take_place(joined)
    for node, depth in _depths(tree):
        if depth > limits.depth:
            refusal = too_deep()
            refusal.where = node
            raise refusal
    return tree


def _parse(source: Source) -> ast.Module:
    try:
        with _READING, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source.text)
    except SyntaxError as error:
        raise _syntax_refusal(error, source) from None
    except (RecursionError, MemoryError):
        raise too_deep() from None
    except ValueError:
        # A null character, half of a surrogate pair, or a number of too many digits.
        raise Refusal(
            gettext_noop("The text holds characters that no program can contain.")
        ) from None


def _take_place(joined: ast.JoinedStr) -> None:
    """Python 3.11 misplaces what stands inside an f-string; mark the whole of it instead."""
    for inner in ast.walk(joined):
        if inner is not joined and hasattr(inner, "lineno"):
            ast.copy_location(inner, joined)


def _depths(tree: ast.Module) -> Iterator[tuple[ast.AST, int]]:
    """Every node with its depth; the left side of an operator is as deep as the operator."""
    waiting: list[tuple[ast.AST, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        for child in ast.iter_child_nodes(node):
            in_chain = isinstance(node, ast.BinOp) and child is node.left
            waiting.append((child, depth if in_chain else depth + 1))


def _syntax_refusal(error: SyntaxError, source: Source) -> Refusal:
    span = _syntax_span(error, source)
    said = error.msg or ""
    character = re.search(r"invalid character '(.)'", said)
    if character:
        return _character_refusal(character.group(1), span)
    invisible = re.search(r"invalid non-printable character (\S+)", said)
    if invisible:
        return Refusal(
            gettext_noop("The character %(character)s is no part of Python."),
            gettext_noop("It is invisible, and may look like a space; delete it."),
            span,
            character=invisible.group(1),
        )
    for pattern, message, hint in _SYNTAX:
        found = re.search(pattern, said)
        if found:
            return Refusal(message, hint, span, **found.groupdict())
    return Refusal(gettext_noop("Python cannot read this."), _paper_hint(source, span), span)


def _paper_hint(source: Source, span: Span) -> str:
    """What to write for |x| and sin x, which a formula on paper may have."""
    line = source.lines[span.line - 1]
    if re.search(r"\|[^|]+\|", line):
        return gettext_noop("For the absolute value write abs(x).")
    if re.search(r"\b(sin|cos|tanh|exp|log|sqrt|relu|sigmoid)\s*$", line[: span.column]):
        return gettext_noop("A function takes its number in brackets: sin(x).")
    return ""


def _character_refusal(character: str, span: Span) -> Refusal:
    if character in _FULL_WIDTH:
        return Refusal(
            gettext_noop("The character %(character)s is no part of Python."),
            gettext_noop("It is the full-width form; write %(plain)s instead."),
            span,
            character=character,
            plain=_FULL_WIDTH[character],
        )
    if character in _MATHEMATICS:
        return Refusal(
            gettext_noop("The character %(character)s is no part of Python."),
            gettext_noop("Write %(plain)s instead."),
            span,
            character=character,
            plain=_MATHEMATICS[character],
        )
    return Refusal(
        gettext_noop("The character %(character)s is no part of Python."),
        gettext_noop("If it belongs to a remark, write # before the remark."),
        span,
        character=character,
    )


def _syntax_span(error: SyntaxError, source: Source) -> Span:
    line = min(max(error.lineno or 1, 1), len(source.lines))
    column = max((error.offset or 1) - 1, 0)
    column = min(column, len(source.lines[line - 1]))
    end_line = error.end_lineno or line
    end_column = (error.end_offset or 0) - 1
    if not line <= end_line <= len(source.lines) or (end_line == line and end_column <= column):
        end_line, end_column = line, column + 1
    return Span(line, column, end_line, end_column)
