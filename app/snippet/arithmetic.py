"""Operators of a snippet over numbers, lists, Values and tensors."""

import ast
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from app.snippet.errors import Refusal, gettext_noop
from app.snippet.state import State, node_of
from app.snippet.values import checked, is_differentiable, is_number, kind
from engine.operations import DomainError, Fault
from engine.tensor import Tensor

Operator = tuple[str, Callable[[Any, Any], Any]]

BINARY: dict[type[ast.operator], Operator] = {
    ast.Add: ("+", operator.add),
    ast.Sub: ("-", operator.sub),
    ast.Mult: ("*", operator.mul),
    ast.Div: ("/", operator.truediv),
    ast.Pow: ("**", operator.pow),
    ast.MatMult: ("@", operator.matmul),
    ast.FloorDiv: ("//", operator.floordiv),
    ast.Mod: ("%", operator.mod),
}

COMPARISONS: dict[type[ast.cmpop], Operator] = {
    ast.Lt: ("<", operator.lt),
    ast.LtE: ("<=", operator.le),
    ast.Gt: (">", operator.gt),
    ast.GtE: (">=", operator.ge),
    ast.Eq: ("==", operator.eq),
    ast.NotEq: ("!=", operator.ne),
}


def binary(state: State, kind_of: type[ast.operator], left: Any, right: Any) -> Any:
    """left OP right, counted and placed.

    Raises:
        Refusal: the operator is not known, or does not join these two.
    """
    if kind_of not in BINARY:
        raise Refusal(
            gettext_noop("This operator is not part of this room."),
            gettext_noop("For a power write ** as in x ** 2.")
            if kind_of is ast.BitXor
            else gettext_noop("The operators are + - * / ** @ // and %%."),
        )
    sign, apply = BINARY[kind_of]
    if sign == "**":
        _check_exponent(state, right)
    if is_number(left) and is_number(right):
        return _numbers(sign, apply, left, right)
    if is_differentiable(left) or is_differentiable(right):
        return _graph(state, sign, apply, left, right)
    return _sequences(state, sign, left, right)


def _check_exponent(state: State, exponent: Any) -> None:
    if is_differentiable(exponent):
        size = float(np.max(np.abs(exponent.data), initial=0.0))
    else:
        size = abs(exponent) if is_number(exponent) else 0
    if size > state.meter.limits.exponent:
        raise Refusal(
            gettext_noop("The exponent is too large: it may be up to %(limit)s."),
            limit=f"{state.meter.limits.exponent:,.0f}",
        )


def _numbers(sign: str, apply: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    try:
        result = apply(left, right)
    except ZeroDivisionError:
        raise DomainError("div", (left, right), Fault.DIVISION) from None
    except OverflowError:
        raise Refusal(gettext_noop("The result is too large to be written as a number.")) from None
    except TypeError:
        raise _unjoined(sign, left, right) from None
    if isinstance(result, complex):
        raise DomainError("pow", (left, right), Fault.FRACTIONAL_POWER)
    return checked(result)


def _graph(state: State, sign: str, apply: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    plain = [value for value in (left, right) if is_number(value)]
    types = {type(value) for value in (left, right) if is_differentiable(value)}
    joined = len(plain) + sum(is_differentiable(value) for value in (left, right)) == 2
    known = sign not in ("//", "%") and (sign != "@" or (types == {Tensor} and not plain))
    if not joined or not known or len(types) > 1:
        raise _unjoined(sign, left, right)
    result = state.computed(apply(left, right))
    if is_number(left):
        state.reflected.add(node_of(result))
    return result


def _sequences(state: State, sign: str, left: Any, right: Any) -> Any:
    if sign == "+" and isinstance(left, str) and isinstance(right, str):
        state.meter.letters(len(left) + len(right))
        return left + right
    if sign == "+" and isinstance(left, list) and isinstance(right, list):
        state.meter.elements(len(left) + len(right))
        state.meter.step(len(left) + len(right))
        return left + right
    if sign == "*" and isinstance(left, list) and isinstance(right, int):
        state.meter.elements(len(left) * max(right, 0))
        state.meter.step(len(left) * max(right, 0))
        return left * right
    raise _unjoined(sign, left, right)


def _unjoined(sign: str, left: Any, right: Any) -> Refusal:
    hint = ""
    if left is None or right is None:
        hint = gettext_noop("A gradient exists only after backward().")
    elif any(isinstance(value, Tensor) for value in (left, right)):
        hint = gettext_noop("A tensor is joined with a tensor or a number: write torch.tensor(…).")
    elif any(isinstance(value, tuple) for value in (left, right)):
        hint = gettext_noop("A comma makes a tuple of a number: x = 3, is (3,). Leave it out.")
    elif isinstance(left, str) and sign == "%":
        hint = gettext_noop("Write an f-string: f'{x:.4f}'.")
    return Refusal(
        gettext_noop("%(sign)s does not join %(left)s and %(right)s."),
        hint,
        sign=sign,
        left=kind(left),
        right=kind(right),
    )


def negated(state: State, value: Any) -> Any:
    """-value."""
    if is_differentiable(value):
        return state.computed(-value)
    if is_number(value):
        return -value
    raise Refusal(
        gettext_noop("%(sign)s needs a number, and got %(kind)s."), sign="-", kind=kind(value)
    )


def compared(kind_of: type[ast.cmpop], left: Any, right: Any) -> Any:
    """left OP right: a truth value, or a tensor of them; no gradient flows through it."""
    if kind_of in (ast.Is, ast.IsNot):
        if left is None or right is None:
            return (left is right) == (kind_of is ast.Is)
        raise Refusal(gettext_noop("`is` only asks for None here."), gettext_noop("Write ==."))
    if kind_of not in COMPARISONS:
        raise Refusal(
            gettext_noop("`in` is not part of this room."),
            gettext_noop("Compare with == < > <= >= or !=."),
        )
    sign, apply = COMPARISONS[kind_of]
    numbers = [value.data if is_differentiable(value) else value for value in (left, right)]
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        if not all(is_number(value) or isinstance(value, Tensor) for value in (left, right)):
            raise _unjoined(sign, left, right)
        return Tensor(_elements_compared(sign, apply, numbers))
    both_texts = isinstance(left, str) and isinstance(right, str)
    if not both_texts and not all(is_number(number) for number in numbers):
        raise _unjoined(sign, left, right)
    return bool(apply(*numbers))


def _elements_compared(sign: str, apply: Callable[[Any, Any], Any], numbers: list[Any]) -> Any:
    try:
        return apply(*map(np.asarray, numbers))
    except ValueError:
        raise Refusal(gettext_noop("%(sign)s compares tensors of one shape."), sign=sign) from None


def truth(value: Any) -> bool:
    """What `if` sees in a value.

    Raises:
        Refusal: it is neither true nor false.
    """
    if isinstance(value, Tensor) and value.data.size == 1:
        return bool(value.item())
    if value is None or is_number(value) or isinstance(value, (str, list, tuple, range)):
        return bool(value)
    raise Refusal(
        gettext_noop("A condition needs one number, and got %(kind)s."),
        gettext_noop("Compare it: x > 0."),
        kind=kind(value),
    )
