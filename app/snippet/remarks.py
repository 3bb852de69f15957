"""Where the comment beside a print says another number than the program prints."""

import ast
import io
import re
import tokenize
from collections import Counter

from app.snippet.errors import Span, gettext_noop
from app.snippet.state import Printed, State

_NUMBER = r"[-+−]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
# "tensor(6.)", or a number that nothing but punctuation follows: "# 3 inputs" says no result.
_SAID = re.compile(
    rf"#\s*(?:[=→⇒>-]+\s*)?(?:prints?:?\s+)?(tensor\([^()]*\)|{_NUMBER}(?=\s*(?:$|[,;，；。←(（])))"
)


def compare_comments(state: State) -> None:
    """Add a note for each print, made once, whose comment gives another result."""
    comments = _comments(state.source.text)
    times = Counter(printed.call for printed in state.printed)
    for printed in state.printed:
        if printed.call is None or times[printed.call] > 1:
            continue
        line = getattr(printed.call, "end_lineno", printed.line)
        place, comment = comments.get(line, (None, ""))
        said = _SAID.match(comment)
        if place and said and not _agree(said.group(1), printed.text):
            span = Span(place.line, place.column, place.line, place.column + said.end(1))
            _remark(state, printed, said.group(1), span)


def _comments(text: str) -> dict[int, tuple[Span, str]]:
    found = {}
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                found[token.start[0]] = (Span(*token.start, *token.end), token.string)
    except (tokenize.TokenError, SyntaxError):
        # The parser has accepted the text; a comment that cannot be found is not compared.
        return found
    return found


def _numbers(text: str) -> list[str]:
    return re.findall(_NUMBER, text)


def _agree(said: str, printed: str) -> bool:
    ours, theirs = _numbers(printed.split(", grad_fn=")[0]), _numbers(said)
    return len(ours) == len(theirs) and all(map(_rounds_to, ours, theirs))


def _rounds_to(number: str, rounded: str) -> bool:
    exact, shown = (float(text.replace("−", "-")) for text in (number, rounded))
    decimals = len(rounded.partition(".")[2])
    if decimals and "e" not in rounded.lower():
        return abs(exact - shown) <= 0.51 * 10.0**-decimals
    return abs(exact - shown) <= 1e-6 * max(1.0, abs(exact))


def _remark(state: State, printed: Printed, said: str, span: Span) -> None:
    name = _gradient_of(printed.call)
    numbers = _numbers(printed.text)
    opposite = numbers and (numbers[0].startswith("-") != said.lstrip("tensor(").startswith("-"))
    if not name or not opposite:
        message = gettext_noop("The comment says %(said)s; the program gives %(given)s.")
    elif numbers[0].startswith("-"):
        message = gettext_noop(
            "The comment says %(said)s; the program gives %(given)s. The gradient is negative, so "
            "a descent step makes %(name)s larger."
        )
    else:
        message = gettext_noop(
            "The comment says %(said)s; the program gives %(given)s. The gradient is positive, so "
            "a descent step makes %(name)s smaller."
        )
    state.remark("comment-differs", message, span, said=said, given=printed.text, name=name)


def _gradient_of(call: ast.AST | None) -> str:
    """The name w in print(w.grad); "" for another print."""
    if isinstance(call, ast.Call) and len(call.args) == 1:
        argument = call.args[0]
        if (
            isinstance(argument, ast.Attribute)
            and argument.attr == "grad"
            and isinstance(argument.value, ast.Name)
        ):
            return argument.value.id
    return ""
