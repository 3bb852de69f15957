"""The engine's own errors in the reader's words."""

import ast

from app.snippet.errors import Phrase, Refusal, gettext_noop
from engine.array_operations import ShapeError
from engine.operations import DomainError, Fault
from engine.tensor import GradientError

_FAULTS: dict[Fault, str] = {
    Fault.LOGARITHM: gettext_noop("the logarithm needs a number above 0"),
    Fault.ROOT: gettext_noop("the square root needs a number that is not negative"),
    Fault.DIVISION: gettext_noop("division by zero"),
    Fault.FRACTIONAL_POWER: gettext_noop("a negative number has no real power of this kind"),
    Fault.NOT_FINITE: gettext_noop("an operand is not a finite number"),
    Fault.OVERFLOW: gettext_noop("the result is too large to be written as a number"),
    Fault.NO_SLOPE: gettext_noop("the derivative is not finite here"),
}


def domain_refusal(error: DomainError, where: ast.AST | None) -> Refusal:
    """An operation's operands that give no number, as the reader is told."""
    return Refusal(
        gettext_noop("%(operation)s(%(operands)s): %(fault)s.")
        if error.operands
        else gettext_noop("%(operation)s: %(fault)s."),
        _hint(error),
        where,
        operation=error.operation,
        operands=", ".join(f"{operand:.6g}" for operand in error.operands),
        fault=Phrase(_FAULTS[error.fault]),
    )


def _hint(error: DomainError) -> str:
    if error.operation == "pow" and error.position == 1:
        return gettext_noop("Write the exponent as a number, so that it needs no gradient.")
    return gettext_noop("The backward pass fails here.") if error.node is not None else ""


_MATMUL = gettext_noop(
    "A @ B needs as many columns in A as B has rows; B.T swaps the rows and columns of B."
)


def shape_refusal(error: ShapeError, where: ast.AST | None) -> Refusal:
    """Shapes that do not fit, as the reader is told."""
    return Refusal(
        gettext_noop("%(name)s got the shapes %(shapes)s, which do not fit."),
        _MATMUL if error.operation == "matmul" else "",
        where,
        name=error.operation,
        shapes=", ".join(str(list(shape)) for shape in error.shapes),
    )


def gradient_refusal(error: GradientError, where: ast.AST | None) -> Refusal:
    """A gradient that does not exist, as the reader is told."""
    for words, message, hint in _GRADIENT:
        if words in str(error):
            return Refusal(message, hint, where)
    return Refusal(gettext_noop("No gradient can be computed here."), "", where)


_GRADIENT = (
    (
        "does not require grad",
        gettext_noop("Nothing that this depends on requires a gradient."),
        gettext_noop("Write requires_grad=True where the parameter is made."),
    ),
    (
        "only for scalar outputs",
        gettext_noop("backward() starts from a single number."),
        gettext_noop("Take .sum() or .mean() of the tensor first."),
    ),
    (
        "floating point",
        gettext_noop("Only real numbers can require a gradient."),
        gettext_noop("Write the numbers with a point: 1.0 instead of 1."),
    ),
)
