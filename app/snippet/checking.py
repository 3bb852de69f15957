"""What can be said about a program before it runs: constructs outside the room, unknown names."""

import ast
import builtins
from collections.abc import Collection, Iterator

from app.snippet.errors import Refusal, Source, Span, gettext_noop
from app.snippet.hints import NAMES, OUTSIDE, close_name
from app.snippet.state import Dialect

_SUPPORTED = (
    ast.Module, ast.Import, ast.ImportFrom, ast.alias, ast.Assign, ast.AugAssign, ast.Expr,
    ast.For, ast.If, ast.With, ast.withitem, ast.FunctionDef, ast.arguments, ast.arg, ast.Return,
    ast.Pass, ast.Break, ast.Continue, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp,
    ast.Call, ast.keyword, ast.Attribute, ast.Subscript, ast.Slice, ast.Name, ast.Constant,
    ast.List, ast.Tuple, ast.JoinedStr, ast.FormattedValue, ast.ListComp, ast.GeneratorExp,
    ast.comprehension, ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop,
)  # fmt: skip

_FUNCTION_PARTS = (
    (lambda node: bool(node.decorator_list), "@", gettext_noop("Leave the decorator out.")),
    (
        lambda node: node.args.vararg or node.args.kwarg,
        "*",
        gettext_noop("Name each parameter."),
    ),
)


def check(tree: ast.Module, source: Source, known: Collection[str]) -> None:
    """Refuse a program whose text alone shows that it cannot run, even in a part never called.

    Args:
        tree: its syntax.
        source: its text.
        known: the names that need no definition.

    Raises:
        Refusal: the first construct outside the room, or the first name that stands for nothing.
    """
    found = list(_constructs(tree))
    unknown = _first_unknown_name(tree, source, known)
    if unknown:
        found.append(unknown)
    if found:
        raise min(found, key=lambda refusal: source.span(refusal.where))


def dialect_of(tree: ast.Module) -> Dialect:
    """Which library a program uses; "plain" for arithmetic without one."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {(node.module or "").split(".")[0], *(alias.name for alias in node.names)}
        elif isinstance(node, ast.Name):
            names.add(node.id)
    if "torch" in names:
        return "torch"
    return "micrograd" if names & {"Value", "micrograd"} else "plain"


def _code(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node that is run; types written beside names are not."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for name, value in ast.iter_fields(node):
            if name not in ("annotation", "returns", "type_comment", "type_params"):
                waiting += [
                    child
                    for child in (value if isinstance(value, list) else [value])
                    if isinstance(child, ast.AST)
                ]


def _constructs(tree: ast.Module) -> Iterator[Refusal]:
    top = {id(statement) for statement in tree.body}
    for node in _code(tree):
        if not isinstance(node, _SUPPORTED):
            name, hint = OUTSIDE.get(type(node).__name__, (type(node).__name__, ""))
            yield _outside(name, hint, node)
        elif isinstance(node, ast.FunctionDef):
            for applies, name, hint in _FUNCTION_PARTS:
                if applies(node):
                    yield _outside(name, hint, node)
            if id(node) not in top:
                yield Refusal(
                    gettext_noop("A function is defined inside something else here."),
                    gettext_noop("Define it at the start of a line, and hand in what it needs."),
                    node,
                )
        elif isinstance(node, (ast.For, ast.With)) and node.type_comment:
            continue
        elif isinstance(node, ast.For) and node.orelse:
            yield _outside("for … else", gettext_noop("Leave the else out."), node.orelse[0])


def _outside(name: str, hint: str, node: ast.AST) -> Refusal:
    return Refusal(
        gettext_noop("`%(construct)s` is not part of this room."), hint, node, construct=name
    )


def bound_names(tree: ast.AST) -> set[str]:
    """The names that a piece of syntax gives values to, in whatever place."""
    names = set()
    for node in _code(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name.split(".")[0])
    return names


def _first_unknown_name(
    tree: ast.Module, source: Source, known: Collection[str]
) -> Refusal | None:
    bound = bound_names(tree)
    unknown = [
        node
        for node in _code(tree)
        if isinstance(node, ast.Name)
        and not isinstance(node.ctx, ast.Store)
        and node.id not in bound
        and node.id not in known
    ]
    if not unknown:
        return None
    first = min(unknown, key=source.span)
    remark = _calls_that_look_like_remarks(tree, source).get(first)
    return _unknown(first, remark, [*bound, *known])


def _calls_that_look_like_remarks(tree: ast.Module, source: Source) -> dict[ast.AST, Span]:
    """Words in brackets after a name, as in ``batch_size(words)``: the stretch of the brackets."""
    remarks: dict[ast.AST, Span] = {}
    for node in _code(tree):
        if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
            (argument,) = node.args
            if isinstance(argument, ast.Name) and not argument.id.isascii():
                function, call = source.span(node.func), source.span(node)
                remarks[argument] = Span(*function[2:], *call[2:])
    return remarks


def _unknown(node: ast.Name, remark: Span | None, names: list[str]) -> Refusal:
    if remark:
        return Refusal(
            gettext_noop("Python reads these brackets as a call, with %(name)s as a name."),
            gettext_noop("If this is a remark for the reader, write # before it."),
            remark,
            name=node.id,
        )
    if node.id in _PYTHONS:
        return Refusal(
            gettext_noop("`%(construct)s` is not part of this room."),
            gettext_noop("Of Python's own functions there are %(names)s."),
            node,
            construct=node.id,
            names=", ".join(sorted(_PYTHONS & set(names))),
        )
    named = NAMES.get(node.id)
    if named:
        hint = named
    elif not node.id.isascii():
        hint = gettext_noop("If this is a remark for the reader, write # before it.")
    elif close := close_name(node.id[:40], names):
        return Refusal(
            gettext_noop("The name %(name)s stands for nothing here."),
            gettext_noop("Did you mean %(close)s?"),
            node,
            name=node.id[:40],
            close=close,
        )
    else:
        hint = gettext_noop("Give it a value first: %(name)s = 1.0")
    return Refusal(
        gettext_noop("The name %(name)s stands for nothing here."), hint, node, name=node.id[:40]
    )


_PYTHONS = frozenset(name for name in dir(builtins) if not name.startswith("_"))
