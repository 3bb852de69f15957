"""Scalar autodiff: micrograd's numbers, slopes against finite differences, and its faults."""

import doctest
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine.scalar
from engine.operations import OPERATIONS, DomainError, Fault, Operation, evaluate, slope
from engine.scalar import Value
from engine.tape import order

# Where each operation may be tested: within its domain and away from its kinks.
NUMBERS = st.floats(-3.0, 3.0)
POSITIVE = st.floats(0.1, 3.0)
DOMAINS: dict[str, tuple[st.SearchStrategy[float], ...]] = {
    "div": (NUMBERS, POSITIVE),
    "pow": (POSITIVE, NUMBERS),
    "log": (POSITIVE,),
    "sqrt": (POSITIVE,),
    "relu": (NUMBERS.filter(lambda a: abs(a) > 1e-3),),
    "abs": (NUMBERS.filter(lambda a: abs(a) > 1e-3),),
    "clamp": (NUMBERS.filter(lambda a: abs(abs(a) - 1.0) > 1e-3), st.just(-1.0), st.just(1.0)),
}


def test_a_value_carries_the_label_that_a_drawing_shows() -> None:
    """As in the lecture's own version of micrograd; the drawing code walks _prev and _op too."""
    a, b = Value(2.0, label="a"), Value(3.0)
    product = a * b
    product.label = "product"

    assert (a.label, b.label, product.label) == ("a", "", "product")
    assert (set(product._prev), product._op) == ({a, b}, "×")
    total = sum([a, b])
    assert isinstance(total, Value)
    assert total.data == 5.0


def test_readme_example_gives_micrograds_numbers() -> None:
    """The README expression of micrograd gives 24.7041 and the gradients 138.8338, 645.5773."""
    a = Value(-4.0)
    b = Value(2.0)
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    g.backward()

    assert f"{g.data:.4f}" == "24.7041"
    assert f"{a.grad:.4f}" == "138.8338"
    assert f"{b.grad:.4f}" == "645.5773"


def test_sanity_expression_gives_pytorchs_numbers() -> None:
    """micrograd's first test expression: x = -4 gives y = -20 and dy/dx = 46, exactly."""
    x = Value(-4.0)
    z = 2 * x + 2 + x
    q = z.relu() + z * x
    h = (z * z).relu()
    y = h + q + q * x
    y.backward()

    assert y.data == -20.0
    assert x.grad == 46.0


def test_draws_like_micrograd() -> None:
    """What micrograd's drawing code reads is there: data, grad, _prev and _op."""
    a, b = Value(2.0), Value(3.0)
    y = a * b

    assert y._prev == (a, b)
    assert y._op == "×"
    assert (a**3)._op == "**3"
    assert repr(y) == "Value(data=6.0, grad=0.0)"


def test_docstring_example_holds() -> None:
    """The example in the module's docstring prints what it says."""
    assert doctest.testmod(engine.scalar).failed == 0


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=lambda operation: operation.name)
@given(data=st.data())
@settings(deadline=None)
def test_slope_is_the_finite_difference(operation: Operation, data: st.DataObject) -> None:
    """Each row's local derivatives are what small steps of its operands measure."""
    count = len(operation.slopes)
    domain = DOMAINS.get(operation.name, (NUMBERS,) * count)
    operands = [data.draw(strategy) for strategy in domain]
    if operation.name in ("max", "min") and abs(operands[0] - operands[1]) < 1e-3:
        operands[1] += 0.5
    result = evaluate(operation, operands)
    step = 1e-6
    for position in range(count):
        high, low = list(operands), list(operands)
        high[position] += step
        low[position] -= step
        measured = (evaluate(operation, high) - evaluate(operation, low)) / (2 * step)

        analytic = slope(operation, position, operands, result)
        assert analytic == pytest.approx(measured, rel=1e-5, abs=1e-6)


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=lambda operation: operation.name)
def test_row_says_how_every_slope_is_written(operation: Operation) -> None:
    """A row shows as many derivatives as it has."""
    assert len(operation.slope_formulas) == len(operation.slopes)


@given(st.lists(st.floats(-2.0, 2.0), min_size=3, max_size=3))
@settings(deadline=None)
def test_gradient_of_an_expression_is_the_finite_difference(start: list[float]) -> None:
    """The chain rule over shared parts and every kind of method agrees with small steps."""

    def expression(numbers: list[float]) -> tuple[Value, list[Value]]:
        a, b, c = leaves = [Value(number) for number in numbers]
        shared = (a * b + c).tanh()
        rest = (shared * a).sigmoid() + shared.exp() / (b * b + 1.0) - (c.sin() * b.cos())
        return rest + (shared * shared + 0.5).log() + (2.0 - a) ** 2, leaves

    y, leaves = expression(start)
    y.backward()
    step = 1e-6
    for position, leaf in enumerate(leaves):
        high, low = list(start), list(start)
        high[position] += step
        low[position] -= step
        measured = (expression(high)[0].data - expression(low)[0].data) / (2 * step)

        assert leaf.grad == pytest.approx(measured, rel=1e-5, abs=1e-6)


def test_long_chain_needs_no_recursion() -> None:
    """100,000 additions in a row are one backward pass, and fan-out adds up."""
    x = Value(1.0)
    y = x
    for _ in range(100_000):
        y = y + x
    y.backward()

    assert y.data == 100_001.0
    assert x.grad == 100_001.0


def test_fan_out_adds_up() -> None:
    """A value used twice receives both gradients."""
    a = Value(3.0)
    y = a * a + a
    y.backward()

    assert a.grad == 7.0


def test_backward_twice_doubles_every_gradient() -> None:
    """A second pass adds the same gradients again, at leaves and between."""
    a = Value(3.0)
    middle = a * a
    y = middle * 2
    y.backward()
    y.backward()

    assert (a.grad, middle.grad, y.grad) == (24.0, 4.0, 2.0)


def test_parents_come_before_children() -> None:
    """The forward order lists each value after those that it needs."""
    a = Value(1.0)
    b = a * 2
    c = a + b
    ordered = order(c)

    assert ordered.index(a) < ordered.index(b) < ordered.index(c) == len(ordered) - 1


@pytest.mark.parametrize(
    ("compute", "operation", "operands", "fault"),
    [
        (lambda: Value(-1.0).log(), "log", (-1.0,), Fault.LOGARITHM),
        (lambda: Value(0.0).log(), "log", (0.0,), Fault.LOGARITHM),
        (lambda: Value(1.0) / 0, "div", (1.0, 0.0), Fault.DIVISION),
        (lambda: Value(0.0) ** -1, "pow", (0.0, -1.0), Fault.DIVISION),
        (lambda: Value(-8.0) ** 0.5, "pow", (-8.0, 0.5), Fault.FRACTIONAL_POWER),
        (lambda: Value(-4.0).sqrt(), "sqrt", (-4.0,), Fault.ROOT),
        (lambda: Value(1000.0).exp(), "exp", (1000.0,), Fault.OVERFLOW),
        (lambda: Value(1e308) * 10, "mul", (1e308, 10.0), Fault.OVERFLOW),
        (lambda: Value(math.nan) + 1, "add", (math.nan, 1.0), Fault.NOT_FINITE),
    ],
)
def test_domain_error_names_the_operation_and_its_operands(
    compute: object, operation: str, operands: tuple[float, ...], fault: Fault
) -> None:
    """A result that is no finite number is refused where it arises."""
    assert callable(compute)
    with pytest.raises(DomainError) as caught:
        compute()

    assert caught.value.operation == operation
    assert caught.value.operands == pytest.approx(operands, nan_ok=True)
    assert caught.value.fault is fault
    assert caught.value.position is None


def test_infinite_slope_is_an_error_that_changes_nothing() -> None:
    """The square root has no slope at 0: the pass stops and leaves every gradient as it was."""
    a, b = Value(0.0), Value(2.0)
    y = a.sqrt() * b
    with pytest.raises(DomainError) as caught:
        y.backward()

    assert (caught.value.operation, caught.value.position) == ("sqrt", 0)
    assert caught.value.fault is Fault.NO_SLOPE
    assert (a.grad, b.grad, y.grad) == (0.0, 0.0, 0.0)


def test_overflow_of_a_gradient_is_an_error() -> None:
    """A product of slopes that is too large is named at the node where it arises."""
    y = Value(1.0)
    for _ in range(5):
        y = y * 1e80 * 1e-80
    tiny = Value(1e-200)
    with pytest.raises(DomainError):
        ((tiny.log() * 1e200) * 1e-10).backward()


@pytest.mark.parametrize("other", ["3", None, [1.0], 1j])
def test_only_numbers_join(other: object) -> None:
    """What is no real number is our caller's mistake."""
    with pytest.raises(TypeError):
        Value(1.0) + other
    with pytest.raises(TypeError):
        Value(other)


@given(st.floats(-5, 5), st.floats(-5, 5))
@settings(max_examples=50, deadline=None)
def test_ties_and_limits_follow_pytorch(a: float, b: float) -> None:
    """max, min and clamp pass the gradient to what they chose; a tie is shared in halves."""
    for method, chosen in (("max", max), ("min", min)):
        left, right = Value(a), Value(b)
        y = getattr(left, method)(right)
        y.backward()

        assert y.data == chosen(a, b)
        assert left.grad + right.grad == 1.0
        assert left.grad == (0.5 if a == b else float(chosen(a, b) == a))
    limited = Value(a)
    limited.clamp(-1.0, 1.0).backward()

    assert limited.grad == float(-1.0 <= a <= 1.0)


def test_numpy_numbers_leave_the_operation_to_value() -> None:
    """A NumPy number on the left gives a Value, not an array of objects."""
    a = Value(3.0)
    y = np.float64(2.0) * a
    y.backward()

    assert isinstance(y, Value)
    assert a.grad == 2.0


def test_reflected_operators() -> None:
    """A number on the left of each operator gives the same as a Value there."""
    a = Value(4.0)

    assert (1 + a).data == 5.0
    assert (1 - a).data == -3.0
    assert (2 * a).data == 8.0
    assert (2 / a).data == 0.5
    assert (2**a).data == 16.0
    assert sum([a, a]).data == 8.0  # type: ignore[union-attr]
    assert abs(-a).data == 4.0
