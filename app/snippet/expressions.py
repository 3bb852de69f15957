"""Expressions of a snippet, evaluated one syntax node at a time. Nothing is handed to Python."""

import ast
import re
from collections.abc import Callable, Iterator
from typing import Any

from app.snippet.arithmetic import binary, compared, negated, truth
from app.snippet.engine_errors import domain_refusal, gradient_refusal, shape_refusal
from app.snippet.errors import Refusal, gettext_noop
from app.snippet.members import member
from app.snippet.namespaces import FORGIVEN, known_names
from app.snippet.passes import AnyNode
from app.snippet.plain_functions import items
from app.snippet.printing import shown
from app.snippet.state import State, node_of
from app.snippet.values import (
    Function,
    Native,
    checked,
    is_differentiable,
    is_number,
    kind,
    whole,
)
from app.snippet.written import Written
from engine import tensor as tensors
from engine.array_operations import ShapeError
from engine.operations import DomainError
from engine.scalar import Value
from engine.tensor import GradientError, Tensor

_FORMAT = re.compile(r"[<>^]?[-+ ]?0?\d{0,2},?(\.\d{1,2})?[efgd%]?")
_MAKERS = ("torch.tensor", "Value")


class Evaluator:
    """Evaluates expressions in the names of a program, and of the function that is running."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.globals: dict[str, Any] = {}
        self.locals: dict[str, Any] | None = None
        self.local_names: frozenset[str] = frozenset()
        self.written = Written()
        self._known = known_names(state.dialect)

    def evaluate(self, syntax: ast.expr) -> Any:
        """The value of an expression.

        Raises:
            Refusal: it has none; the refusal says where.
        """
        meter = self.state.meter
        meter.enter()
        outer, self.state.here = self.state.here, syntax
        try:
            meter.step()
            return _FORMS[type(syntax)](self, syntax)
        except Refusal as refusal:
            if refusal.where is None:
                refusal.where = syntax
            raise
        except (DomainError, ShapeError, GradientError) as error:
            raise self._of_engine(error, syntax) from None
        finally:
            self.state.here = outer
            meter.leave()

    def call_function(self, function: Function, arguments: list[Any], named: dict[str, Any]) -> Any:
        """Call a function that the snippet defines; the statements are someone else's."""
        raise NotImplementedError

    def _of_engine(
        self, error: DomainError | ShapeError | GradientError, syntax: ast.AST
    ) -> Refusal:
        if isinstance(error, DomainError):
            return domain_refusal(error, self.state.spans.get(error.node, syntax))
        if isinstance(error, ShapeError):
            return shape_refusal(error, syntax)
        return gradient_refusal(error, syntax)

    # Names and constants

    def name(self, syntax: ast.Name) -> Any:
        """The value that a name stands for."""
        name = syntax.id
        if self.locals is not None and name in self.locals:
            return self.locals[name]
        if self.locals is not None and name in self.local_names:
            raise Refusal(
                gettext_noop("%(name)s has no value yet in this function."),
                gettext_noop(
                    "A name that a function gives a value to is its own; hand the outer value in "
                    "as a parameter."
                ),
                name=name,
            )
        for names in (self.globals, self._known):
            if name in names:
                return names[name]
        if name in FORGIVEN:
            self._forgive(name)
            return FORGIVEN[name]
        raise Refusal(gettext_noop("%(name)s has no value yet at this point."), name=name)

    def _forgive(self, name: str) -> None:
        """Say once that a name lacks its import."""
        known = self.state.remarks
        if all((one.kind, one.values.get("name")) != ("import-missing", name) for one in known):
            self.state.remark(
                "import-missing",
                gettext_noop("Python would need an import for %(name)s; here it is at hand."),
                name=name,
            )

    def constant(self, syntax: ast.Constant) -> Any:
        """A number, a text, True, False or None."""
        value = syntax.value
        if isinstance(value, str):
            self.state.meter.letters(len(value))
            return value
        if value is None or is_number(value):
            return checked(value)
        raise Refusal(gettext_noop("This kind of value is not part of this room."))

    def sequence(self, syntax: ast.List | ast.Tuple) -> Any:
        """A list or a tuple."""
        values = [self.evaluate(element) for element in syntax.elts]
        self.state.meter.elements(len(values))
        return values if isinstance(syntax, ast.List) else tuple(values)

    def text(self, syntax: ast.JoinedStr) -> str:
        """An f-string."""
        parts = []
        for part in syntax.values:
            if isinstance(part, ast.FormattedValue):
                parts.append(self._formatted(part))
            elif isinstance(part, ast.Constant):
                parts.append(str(part.value))
            self.state.meter.letters(sum(map(len, parts)))
        return "".join(parts)

    def _formatted(self, syntax: ast.FormattedValue) -> str:
        value = self.evaluate(syntax.value)
        if syntax.format_spec is None:
            return shown(value, self.state.meter)
        spec = syntax.format_spec
        form = self.text(spec) if isinstance(spec, ast.JoinedStr) else ""
        if isinstance(value, Tensor):
            value = value.item()
        if isinstance(value, Value) and self.state.dialect == "plain":
            value = value.data
        if not is_number(value) or not _FORMAT.fullmatch(form):
            raise Refusal(
                gettext_noop("There is no way to write %(kind)s in the form %(form)s."),
                gettext_noop("Write a number and a form such as .4f, as in f'{loss.item():.4f}'."),
                kind=kind(value),
                form=form[:40],
            )
        try:
            return format(value, form)
        except ValueError:
            raise Refusal(
                gettext_noop("There is no way to write %(kind)s in the form %(form)s."),
                kind=kind(value),
                form=form,
            ) from None

    # Operators

    def operation(self, syntax: ast.BinOp) -> Any:
        """A chain of operators: its left side is followed without recursion."""
        chain = [syntax]
        while isinstance(chain[-1].left, ast.BinOp):
            chain.append(chain[-1].left)
        left_syntax: ast.expr = chain[-1].left
        left = self.evaluate(left_syntax)
        for link in reversed(chain):
            right = self.evaluate(link.right)
            self.state.here = link
            self.state.meter.step()
            try:
                result = binary(self.state, type(link.op), left, right)
            except Refusal as refusal:
                refusal.where = refusal.where or link
                raise
            except (DomainError, ShapeError) as error:
                raise self._of_engine(error, link) from None
            self._note_literals(result, (left_syntax, link.right))
            left, left_syntax = result, link
        return left

    def _note_literals(self, result: Any, operands: tuple[ast.expr, ast.expr]) -> None:
        """Remember where the plain numbers of a new result were written."""
        if not is_differentiable(result):
            return
        parents: tuple[AnyNode, ...] = node_of(result).parents
        for parent, operand in zip(parents, operands, strict=False):
            if not parent.parents and parent not in self.state.spans:
                self.state.spans[parent] = operand
                self.state.write(parent, self.numbers_of(operand))

    def numbers_of(self, syntax: ast.expr) -> list[ast.expr | None]:
        """Where the numbers that an expression makes a leaf of are written."""
        # A parameter may have the name of something outside, and another value in each call.
        return self.written.numbers(syntax, self.globals if self.locals is None else {})

    def sign(self, syntax: ast.UnaryOp) -> Any:
        """-x, +x and not x."""
        value = self.evaluate(syntax.operand)
        if isinstance(syntax.op, ast.Not):
            return not truth(value)
        if isinstance(syntax.op, ast.USub):
            return negated(self.state, value)
        if isinstance(syntax.op, ast.UAdd) and (is_number(value) or isinstance(value, Tensor)):
            return value
        raise Refusal(
            gettext_noop("This operator is not part of this room."),
            gettext_noop("The operators are + - * / ** @ // and %%."),
        )

    def decision(self, syntax: ast.BoolOp) -> Any:
        """and, or: the first value that decides."""
        wanted = isinstance(syntax.op, ast.Or)
        value = None
        for part in syntax.values:
            value = self.evaluate(part)
            if truth(value) is wanted:
                break
        return value

    def comparison(self, syntax: ast.Compare) -> Any:
        """a < b, and chains of comparisons."""
        left = self.evaluate(syntax.left)
        result: Any = True
        for operator, part in zip(syntax.ops, syntax.comparators, strict=True):
            right = self.evaluate(part)
            result = compared(type(operator), left, right)
            if len(syntax.ops) > 1 and not truth(result):
                return result
            left = right
        return result

    def choice(self, syntax: ast.IfExp) -> Any:
        """a if condition else b."""
        return self.evaluate(syntax.body if truth(self.evaluate(syntax.test)) else syntax.orelse)

    # What follows a value: dots, brackets and calls

    def attribute(self, syntax: ast.Attribute) -> Any:
        """owner.name"""
        return member(self.state, self.evaluate(syntax.value), syntax.attr)

    def subscript(self, syntax: ast.Subscript) -> Any:
        """owner[index]"""
        owner = self.evaluate(syntax.value)
        index = self.index(syntax.slice)
        if isinstance(owner, Tensor):
            return self.state.computed(tensors.select(owner, index))
        if isinstance(owner, (list, tuple, range)) and isinstance(index, (int, slice)):
            return item(owner, index)
        raise Refusal(gettext_noop("[ ] does not pick anything from %(kind)s."), kind=kind(owner))

    def index(self, syntax: ast.expr) -> Any:
        """A whole number, a slice, or several of them."""
        if isinstance(syntax, ast.Tuple):
            return tuple(self.index(part) for part in syntax.elts)
        if isinstance(syntax, ast.Slice):
            parts = [
                None if part is None else whole(self.evaluate(part), "[ ]")
                for part in (syntax.lower, syntax.upper, syntax.step)
            ]
            if parts[2] is not None and parts[2] <= 0:
                raise Refusal(
                    gettext_noop("The step of a slice must be positive, as in PyTorch."), "", syntax
                )
            return slice(*parts)
        return whole(self.evaluate(syntax), "[ ]")

    def call(self, syntax: ast.Call) -> Any:
        """function(arguments)"""
        function = self.evaluate(syntax.func)
        arguments = [self.evaluate(argument) for argument in syntax.args]
        named = {one.arg: self.evaluate(one.value) for one in syntax.keywords if one.arg}
        if len(named) != len(syntax.keywords):
            raise Refusal(
                gettext_noop("`%(construct)s` is not part of this room."), construct="**"
            )
        if isinstance(function, Function):
            return self.call_function(function, arguments, named)
        if not isinstance(function, Native):
            raise Refusal(
                gettext_noop("This is %(kind)s, which cannot be called like a function."),
                gettext_noop("For a product write *; for a remark write # before it."),
                kind=kind(function),
            )
        result = function.call(self.state, arguments, named)
        if function.name in _MAKERS and syntax.args:
            self.state.write(node_of(result), self.numbers_of(syntax.args[0]))
        return result

    def comprehension(self, syntax: ast.ListComp | ast.GeneratorExp) -> list[Any]:
        """[expression for target in list if condition]"""
        if len(syntax.generators) > 1:
            raise Refusal(
                gettext_noop("A list can be built by one `for` here."),
                gettext_noop("Write the loops as lines of their own."),
                syntax.generators[1].target,
            )
        (loop,) = syntax.generators
        names = self.globals if self.locals is None else self.locals
        outer = dict(names)
        values: list[Any] = []
        for element in self.elements(loop.iter):
            self.state.meter.turn()
            self.assign(loop.target, element)
            if all(truth(self.evaluate(condition)) for condition in loop.ifs):
                values.append(self.evaluate(syntax.elt))
                self.state.meter.elements(len(values))
        names.clear()
        names.update(outer)
        return values

    def elements(self, syntax: ast.expr) -> Iterator[Any]:
        """What a loop goes through; a range is not written out."""
        value = self.evaluate(syntax)
        if isinstance(value, range):
            return iter(value)
        outer, self.state.here = self.state.here, syntax
        try:
            return iter(items(self.state, value))
        except Refusal as refusal:
            refusal.where = refusal.where or syntax
            raise
        finally:
            self.state.here = outer

    def assign(self, target: ast.expr, value: Any) -> None:
        """Give a value to a name, or to each name of a tuple."""
        if isinstance(target, ast.Name):
            names = self.globals if self.locals is None else self.locals
            names[target.id] = value
            self.state.name(value, target.id)
            return
        if isinstance(target, (ast.Tuple, ast.List)):
            values = items(self.state, value)
            if len(values) != len(target.elts):
                raise Refusal(
                    gettext_noop("%(names)s names stand left of = and %(values)s values right."),
                    "",
                    target,
                    names=len(target.elts),
                    values=len(values),
                )
            for one, part in zip(target.elts, values, strict=True):
                self.assign(one, part)
            return
        self.assign_part(target, value)

    def assign_part(self, target: ast.expr, value: Any) -> None:
        """Give a value to owner.name or owner[index]; the statements know how."""
        raise NotImplementedError


def item(owner: list[Any] | tuple[Any, ...] | range, index: int | slice) -> Any:
    """An item, or a slice, of a list."""
    try:
        return owner[index]
    except IndexError:
        raise Refusal(
            gettext_noop("The list has %(count)s items, counted from 0."), count=len(owner)
        ) from None


_FORMS: dict[type[ast.expr], Callable[[Evaluator, Any], Any]] = {
    ast.Name: Evaluator.name,
    ast.Constant: Evaluator.constant,
    ast.List: Evaluator.sequence,
    ast.Tuple: Evaluator.sequence,
    ast.JoinedStr: Evaluator.text,
    ast.BinOp: Evaluator.operation,
    ast.UnaryOp: Evaluator.sign,
    ast.BoolOp: Evaluator.decision,
    ast.Compare: Evaluator.comparison,
    ast.IfExp: Evaluator.choice,
    ast.Attribute: Evaluator.attribute,
    ast.Subscript: Evaluator.subscript,
    ast.Call: Evaluator.call,
    ast.ListComp: Evaluator.comprehension,
    ast.GeneratorExp: Evaluator.comprehension,
}
