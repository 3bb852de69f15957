"""Array autodiff: gradients against finite differences, the losses, and PyTorch's rules."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.array_operations import ARRAY_OPERATIONS, ShapeError
from engine.operations import DomainError, Fault
from engine.tape import Step
from engine.tensor import (
    GradientError,
    Tensor,
    binary_cross_entropy_with_logits,
    cross_entropy,
    elementwise,
    log_softmax,
    matmul,
    mean,
    mse_loss,
    reshape,
    select,
    softmax,
    stack,
    total,
)

Expression = Callable[..., Tensor]


def measured(expression: Expression, arrays: list[np.ndarray], position: int) -> np.ndarray:
    """The gradient of the sum of an expression's result by central differences."""
    gradient = np.zeros_like(arrays[position])
    step = 1e-6
    for place in np.ndindex(gradient.shape):
        sums = []
        for sign in (1.0, -1.0):
            moved = [array.copy() for array in arrays]
            moved[position][place] += sign * step
            sums.append(float(expression(*map(Tensor, moved)).data.sum()))
        gradient[place] = (sums[0] - sums[1]) / (2 * step)
    return gradient


def weighted(result: Tensor) -> Tensor:
    """A result whose elements count differently, so that a gradient at the wrong place shows."""
    weights = np.arange(1.0, result.data.size + 1.0).reshape(result.shape)
    return result * Tensor(weights)


CLASSES = Tensor(np.array([2, 0]))
CASES: dict[str, tuple[Expression, list[tuple[int, ...]]]] = {
    "broadcast add": (lambda a, b: a + b, [(2, 3), (3,)]),
    "broadcast mul": (lambda a, b: a * b, [(2, 1), (1, 3)]),
    "broadcast div": (lambda a, b: a / (b * b + 1.0), [(2, 3), ()]),
    "matmul": (matmul, [(2, 3), (3, 4)]),
    "matmul vector matrix": (matmul, [(3,), (3, 4)]),
    "matmul matrix vector": (matmul, [(2, 3), (3,)]),
    "matmul vectors": (matmul, [(3,), (3,)]),
    "sum": (total, [(2, 3)]),
    "sum axis": (lambda a: total(a, 1), [(2, 3)]),
    "sum keepdims": (lambda a: total(a, 0, keepdims=True), [(2, 3)]),
    "mean": (mean, [(2, 3)]),
    "mean axis": (lambda a: mean(a, -1), [(2, 3)]),
    "mean both axes": (lambda a: mean(a, (0, 1)), [(2, 3)]),
    "reshape": (lambda a: reshape(a, (3, -1)), [(2, 3)]),
    "transpose": (lambda a: a.T, [(2, 3)]),
    "select": (lambda a: select(a, (slice(None), 1)), [(2, 3)]),
    "stack": (lambda a, b: stack([a, b, a]), [(3,), (3,)]),
    "softmax": (lambda a: softmax(a, 1), [(2, 3)]),
    "log_softmax": (lambda a: log_softmax(a, 0), [(2, 3)]),
    "mse": (mse_loss, [(2, 3), (2, 3)]),
    "mse broadcast": (lambda a, b: mse_loss(a, b, "sum"), [(2, 1), (2,)]),
    "mse none": (lambda a, b: mse_loss(a, b, "none"), [(2, 3), (2, 3)]),
    "bce": (binary_cross_entropy_with_logits, [(2, 3), (2, 3)]),
    "bce sum": (lambda a, b: binary_cross_entropy_with_logits(a, b, "sum"), [(2,), (2,)]),
    "cross entropy": (lambda a: cross_entropy(a, CLASSES), [(2, 3)]),
    "cross entropy none": (lambda a: cross_entropy(a, CLASSES, "none"), [(2, 3)]),
    "cross entropy one example": (lambda a: cross_entropy(a, Tensor(1)), [(3,)]),
    "cross entropy of probabilities": (cross_entropy, [(2, 3), (2, 3)]),
    "pow": (lambda a: a**3, [(2, 3)]),
    "two layers": (
        lambda x, w, b, v: mean(elementwise("tanh", x @ w + b) @ v),
        [(4, 2), (2, 3), (3,), (3, 1)],
    ),
}


@pytest.mark.parametrize("name", CASES)
@given(seed=st.integers(0, 2**32 - 1))
@settings(deadline=None)
def test_gradient_is_the_finite_difference(name: str, seed: int) -> None:
    """Every array operation pulls back what small steps of its operands measure."""
    expression, shapes = CASES[name]
    rng = np.random.default_rng(seed)
    arrays = [np.asarray(rng.uniform(-1.5, 1.5, shape)) for shape in shapes]

    def loss(*tensors: Tensor) -> Tensor:
        return weighted(expression(*tensors))

    tensors = [Tensor(array, requires_grad=True) for array in arrays]
    total(loss(*tensors)).backward()
    for position, tensor in enumerate(tensors):
        assert tensor.grad is not None
        assert tensor.grad.shape == tensor.shape
        expected = measured(loss, arrays, position)
        np.testing.assert_allclose(tensor.grad.data, expected, rtol=1e-5, atol=1e-6)


def test_every_row_has_a_gradient_test() -> None:
    """No array operation is left out above."""
    used = {step.node.operation.name for name in CASES for step in _steps(name)}

    assert set(ARRAY_OPERATIONS) <= used


def _steps(name: str) -> list[Step]:
    expression, shapes = CASES[name]
    tensors = [Tensor(np.full(shape, 0.5), requires_grad=True) for shape in shapes]
    steps = total(expression(*tensors)).backward()
    return [step for step in steps if step.node.operation is not None]


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=6), st.floats(-1000, 1000))
@settings(deadline=None)
def test_softmax_ignores_a_shift(logits: list[float], shift: float) -> None:
    """Adding a number to all logits leaves the probabilities alone."""
    plain = softmax(Tensor(logits), 0).data
    moved = softmax(Tensor(logits) + shift, 0).data

    np.testing.assert_allclose(plain, moved, atol=1e-12)
    assert plain.sum() == pytest.approx(1.0)


def test_losses_are_stable_at_large_logits() -> None:
    """At ±1000 the losses are the exact differences and the gradients the exact probabilities."""
    z = Tensor([1000.0, -1000.0], requires_grad=True)
    loss = binary_cross_entropy_with_logits(z, Tensor([0.0, 1.0]), "sum")
    loss.backward()

    assert loss.item() == 2000.0
    assert z.grad is not None
    assert z.grad.data.tolist() == [1.0, -1.0]
    assert cross_entropy(Tensor([1000.0, 0.0]), Tensor(1)).item() == 1000.0


def test_in_place_assignment_leaves_the_old_graph_alone() -> None:
    """A graph keeps the values that it was built from; its gradients still reach the parameter."""
    w = Tensor(2.0, requires_grad=True)
    loss = w * w
    w.assign(5.0)
    loss.backward()

    assert w.item() == 5.0
    assert w.grad is not None
    assert w.grad.item() == 4.0


def test_gradients_accumulate_in_the_same_tensor() -> None:
    """The object that w.grad gave is the one that later passes add to, as in PyTorch."""
    w = Tensor([1.0, 2.0], requires_grad=True)
    total(w * 3.0).backward()
    kept = w.grad
    total(w * 3.0).backward()

    assert kept is w.grad
    assert kept is not None
    assert kept.data.tolist() == [6.0, 6.0]


def test_only_what_requires_a_gradient_gets_one() -> None:
    """Data and constants take none; an intermediate result takes one when asked to."""
    w, x = Tensor(2.0, requires_grad=True), Tensor(3.0)
    y = w * x
    y.retain_grad()
    (y + 1.0).backward()

    assert x.grad is None
    assert y.grad is not None
    assert y.grad.item() == 1.0


def test_detach_cuts_the_graph() -> None:
    """A detached tensor has the numbers and no history."""
    w = Tensor(2.0, requires_grad=True)

    assert not (w * 3.0).detach().requires_grad


def test_integers_stay_integers_where_pytorch_keeps_them() -> None:
    """Sums and products of integers are integers; quotients and means are not."""
    n = Tensor([1, 2, 3])

    assert (n * 2 + 1).data.dtype == np.int64
    assert total(n).data.dtype == np.int64
    assert (n / 2).is_floating
    assert (n * 2.0).is_floating
    assert (n**2).data.tolist() == [1, 4, 9]


@pytest.mark.parametrize(
    ("mistake", "operation"),
    [
        (lambda: Tensor([1.0, 2.0]) + Tensor([1.0, 2.0, 3.0]), "add"),
        (lambda: Tensor([[1.0, 2.0]]) @ Tensor([[1.0, 2.0]]), "matmul"),
        (lambda: Tensor(1.0) @ Tensor(2.0), "matmul"),
        (lambda: total(Tensor([1.0]), 1), "sum"),
        (lambda: mean(Tensor([])), "mean"),
        (lambda: reshape(Tensor([1.0, 2.0]), (3,)), "reshape"),
        (lambda: Tensor([1.0])[3], "select"),
        (lambda: stack([Tensor([1.0]), Tensor([1.0, 2.0])]), "stack"),
        (lambda: cross_entropy(Tensor([[1.0, 2.0]]), Tensor([2])), "cross_entropy"),
        (lambda: cross_entropy(Tensor([[1.0, 2.0]]), Tensor([1.0])), "cross_entropy"),
        (lambda: mse_loss(Tensor([1.0, 2.0]), Tensor([1.0, 2.0, 3.0])), "mse_loss"),
        (lambda: Tensor([1.0, 2.0]).item(), "item"),
    ],
)
def test_shapes_that_do_not_fit_are_named(mistake: Callable[[], object], operation: str) -> None:
    """A shape error says which operation met which shapes."""
    with pytest.raises(ShapeError) as caught:
        mistake()

    assert caught.value.operation == operation


def test_domain_error_gives_the_first_bad_element() -> None:
    """Of an array, the error shows the numbers at the place that failed."""
    with pytest.raises(DomainError) as caught:
        elementwise("log", Tensor([1.0, -2.0, 3.0]))

    assert caught.value.operands == (-2.0,)
    assert caught.value.fault is Fault.LOGARITHM


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        (lambda: Tensor(1.0).backward(), "does not require grad"),
        (lambda: Tensor([1.0, 2.0], requires_grad=True).backward(), "only for scalar outputs"),
        (lambda: Tensor(1, requires_grad=True), "floating point"),
    ],
)
def test_gradient_errors_use_pytorchs_words(mistake: Callable[[], object], words: str) -> None:
    """What PyTorch refuses is refused, in words that can be searched for."""
    with pytest.raises(GradientError, match=words):
        mistake()


def test_numpy_arrays_leave_the_operation_to_tensor() -> None:
    """An array on the left gives a tensor."""
    assert isinstance(np.ones(2) * Tensor([1.0, 2.0]), Tensor)
