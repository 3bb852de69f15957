"""Statements of a snippet, carried out one after another."""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from app.snippet.arithmetic import binary, truth
from app.snippet.backward import change
from app.snippet.checking import bound_names
from app.snippet.errors import Refusal, gettext_noop
from app.snippet.expressions import Evaluator, item
from app.snippet.members import member, set_member
from app.snippet.namespaces import IMPORTS, NO_GRAD
from app.snippet.state import State, node_of
from app.snippet.values import Function, Module, is_differentiable, is_number, kind, whole
from engine.array_operations import ShapeError
from engine.operations import DomainError
from engine.scalar import Value
from engine.tensor import Tensor


class _Leave(Enum):
    """Why a block is left before its end."""

    BREAK = "break"
    CONTINUE = "continue"


@dataclass(frozen=True)
class _Return:
    """A block is left with a function's result."""

    value: Any


_Exit = _Leave | _Return | None


class Interpreter(Evaluator):
    """Runs a program."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self._functions_running = 0
        self._loops_running = 0

    def run(self, block: list[ast.stmt]) -> _Exit:
        """Carry out statements until one of them leaves the block."""
        for statement in block:
            self.state.meter.step()
            self.state.here = statement
            try:
                left = _FORMS[type(statement)](self, statement)
            except Refusal as refusal:
                if refusal.where is None:
                    refusal.where = statement
                raise
            if left is not None:
                return left
        return None

    def call_function(self, function: Function, arguments: list[Any], named: dict[str, Any]) -> Any:
        """Call a function that the snippet defines."""
        self.state.meter.call()
        here = self.state.here
        outer = (self.locals, self.local_names, self._loops_running)
        self.locals = _bound(function, arguments, named)
        self.local_names = function.local_names
        self._loops_running = 0
        self._functions_running += 1
        for name, value in self.locals.items():
            if is_differentiable(value) and node_of(value) not in self.state.names:
                self.state.name(value, name)
        left = self.run(function.syntax.body)
        self._functions_running -= 1
        self.locals, self.local_names, self._loops_running = outer
        self.state.here = here
        self.state.meter.leave_call()
        return left.value if isinstance(left, _Return) else None

    # Values and names

    def expression(self, statement: ast.Expr) -> None:
        """An expression on a line of its own."""
        self._made(self.evaluate(statement.value))

    def assignment(self, statement: ast.Assign) -> None:
        """target = value"""
        value = self._leaf(self.evaluate(statement.value), statement.value)
        numbers = [] if self.locals is not None else self.numbers_of(statement.value)
        for target in statement.targets:
            self.assign(target, value)
            if isinstance(target, ast.Name):
                self.written.note(target.id, value, numbers)
                if isinstance(value, list):
                    self._name_items(value, target.id)
        self._made(value)

    def _leaf(self, value: Any, syntax: ast.expr) -> Any:
        """In plain arithmetic a number that gets a name becomes a leaf of the graph."""
        if isinstance(value, tuple) and isinstance(syntax, ast.Tuple):
            return tuple(map(self._leaf, value, syntax.elts))
        if self.state.dialect != "plain" or not is_number(value) or isinstance(value, bool):
            return value
        leaf = Value(value)
        self.state.meter.result(1)
        self.state.spans[leaf] = syntax
        self.state.write(leaf, self.numbers_of(syntax))
        return leaf

    def _name_items(self, values: list[Any], name: str) -> None:
        for number, value in enumerate(values[:100]):
            if is_differentiable(value) and node_of(value) not in self.state.names:
                self.state.name(value, f"{name}[{number}]")

    def _made(self, value: Any) -> None:
        if self._functions_running == 0 and is_differentiable(value) and node_of(value).parents:
            self.state.latest = value

    def update(self, statement: ast.AugAssign) -> None:
        """target += value: in place for tensors, as in PyTorch."""
        target = statement.target
        current, store = self._place(target)
        value = self.evaluate(statement.value)
        self.state.here = statement
        try:
            result = binary(self.state, type(statement.op), current, value)
        except (DomainError, ShapeError) as error:
            raise self._of_engine(error, statement) from None
        if isinstance(current, Tensor) and isinstance(result, Tensor):
            change(self.state, current, result)
            result = current
        store(self._leaf(result, statement.value) if isinstance(target, ast.Name) else result)
        self._made(result)

    def _place(self, target: ast.Name | ast.Attribute | ast.Subscript) -> Any:
        """What stands at a target now, and a function that puts something else there."""
        if isinstance(target, ast.Name):
            return self.evaluate(target_as_value(target)), lambda new: self.assign(target, new)
        owner = self.evaluate(target.value)
        if isinstance(target, ast.Attribute):
            current = member(self.state, owner, target.attr)
            return current, lambda new: set_member(self.state, owner, target.attr, new)
        index = self._list_index(owner, target)
        return item(owner, index), lambda new: owner.__setitem__(index, new)

    def _list_index(self, owner: Any, target: ast.Subscript) -> int:
        if not isinstance(owner, list):
            raise Refusal(
                gettext_noop("Parts of %(kind)s cannot be changed here."),
                gettext_noop("Build a new one instead."),
                target,
                kind=kind(owner),
            )
        index = whole(self.index(target.slice), "[ ]")
        item(owner, index)
        return index

    def assign_part(self, target: ast.expr, value: Any) -> None:
        """owner.name = value, or owner[index] = value."""
        if isinstance(target, ast.Attribute):
            set_member(self.state, self.evaluate(target.value), target.attr, value)
        elif isinstance(target, ast.Subscript):
            owner = self.evaluate(target.value)
            owner_index = self._list_index(owner, target)
            owner[owner_index] = value
        else:
            raise Refusal(gettext_noop("This cannot stand left of =."), "", target)

    # Blocks

    def loop(self, statement: ast.For) -> _Exit:
        """for target in elements:"""
        self._loops_running += 1
        for element in self.elements(statement.iter):
            self.state.here = statement.target
            self.state.meter.turn()
            self.assign(statement.target, element)
            left = self.run(statement.body)
            if left is _Leave.BREAK:
                break
            if isinstance(left, _Return):
                self._loops_running -= 1
                return left
        self._loops_running -= 1
        return None

    def condition(self, statement: ast.If) -> _Exit:
        """if, elif and else."""
        held = truth(self.evaluate(statement.test))
        return self.run(statement.body if held else statement.orelse)

    def context(self, statement: ast.With) -> _Exit:
        """with torch.no_grad():"""
        for entry in statement.items:
            if self.evaluate(entry.context_expr) is not NO_GRAD or entry.optional_vars:
                raise Refusal(
                    gettext_noop("`with` is only for torch.no_grad() here."),
                    gettext_noop("Write with torch.no_grad():"),
                    entry.context_expr,
                )
        outer, self.state.recording = self.state.recording, False
        left = self.run(statement.body)
        self.state.recording = outer
        return left

    def leave(self, statement: ast.Break | ast.Continue) -> _Exit:
        """break and continue."""
        if not self._loops_running:
            raise Refusal(gettext_noop("There is no loop here to leave."))
        return _Leave.BREAK if isinstance(statement, ast.Break) else _Leave.CONTINUE

    def result(self, statement: ast.Return) -> _Exit:
        """return"""
        if not self._functions_running:
            raise Refusal(gettext_noop("There is no function here to return from."))
        return _Return(None if statement.value is None else self.evaluate(statement.value))

    def nothing(self, statement: ast.Pass) -> None:
        """pass"""

    # Definitions

    def definition(self, statement: ast.FunctionDef) -> None:
        """def"""
        arguments = statement.args
        positional = [*arguments.posonlyargs, *arguments.args]
        with_default = positional[len(positional) - len(arguments.defaults) :]
        defaults = {
            parameter.arg: self.evaluate(default)
            for parameter, default in zip(with_default, arguments.defaults, strict=True)
        }
        for parameter, by_name in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
            if by_name is not None:
                defaults[parameter.arg] = self.evaluate(by_name)
        local_names = frozenset(bound_names(statement) - {statement.name})
        self.globals[statement.name] = Function(statement, defaults, local_names)

    def import_modules(self, statement: ast.Import) -> None:
        """import torch, import torch.nn.functional as F"""
        for alias in statement.names:
            self._imported(alias.name, statement)
            bound = alias.name if alias.asname else alias.name.split(".")[0]
            self.assign(
                ast.Name(alias.asname or bound), self._imported(bound, statement)
            )

    def import_names(self, statement: ast.ImportFrom) -> None:
        """from math import exp"""
        module = self._imported(statement.module or ".", statement)
        for alias in statement.names:
            value = member(self.state, module, alias.name)
            self.assign(ast.Name(alias.asname or alias.name), value)

    def _imported(self, name: str, statement: ast.stmt) -> Module:
        if name in IMPORTS:
            return IMPORTS[name]
        numpy = name.split(".")[0] == "numpy"
        raise Refusal(
            gettext_noop("The module %(name)s is not part of this room."),
            gettext_noop("NumPy is not part of this room; write torch.tensor([…]).")
            if numpy
            else gettext_noop("There are torch, torch.nn.functional, math and micrograd.engine."),
            statement,
            name=name[:40],
        )


def target_as_value(target: ast.Name) -> ast.Name:
    """The name on the left of += as it is read before it is written."""
    return ast.copy_location(ast.Name(target.id, ast.Load()), target)


def _bound(function: Function, arguments: list[Any], named: dict[str, Any]) -> dict[str, Any]:
    """The parameters of a function with the values that a call gives them."""
    syntax = function.syntax.args
    positional = [one.arg for one in (*syntax.posonlyargs, *syntax.args)]
    everyone = [*positional, *(one.arg for one in syntax.kwonlyargs)]
    by_place = dict(zip(positional, arguments, strict=False))
    fits = len(arguments) <= len(positional) and not by_place.keys() & named.keys()
    bound = {**function.defaults, **by_place, **named}
    if not fits or bound.keys() != set(everyone):
        raise Refusal(
            gettext_noop("%(name)s cannot be called with these arguments."),
            gettext_noop("Write %(form)s."),
            name=function.name,
            form=f"{function.name}({', '.join(everyone)})",
        )
    return {name: bound[name] for name in everyone}


_FORMS: dict[type[ast.stmt], Callable[[Interpreter, Any], _Exit]] = {
    ast.Expr: Interpreter.expression,
    ast.Assign: Interpreter.assignment,
    ast.AugAssign: Interpreter.update,
    ast.For: Interpreter.loop,
    ast.If: Interpreter.condition,
    ast.With: Interpreter.context,
    ast.Break: Interpreter.leave,
    ast.Continue: Interpreter.leave,
    ast.Return: Interpreter.result,
    ast.Pass: Interpreter.nothing,
    ast.FunctionDef: Interpreter.definition,
    ast.Import: Interpreter.import_modules,
    ast.ImportFrom: Interpreter.import_names,
}
