"""Small arrays that know where they came from: PyTorch's everyday tensors, in float64.

A ``Tensor`` is a name for an immutable ``Node``: what happens in place (``w -= lr * w.grad``) gives
the tensor another node, and the graph that was built before keeps the values it was built from.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from engine.array_operations import ARRAY_OPERATIONS, Array, Index, ShapeError
from engine.node import Node, as_float
from engine.operations import OPERATIONS, DomainError, Fault, evaluate
from engine.tape import Step, sweep

Axis = int | tuple[int, ...] | None


class GradientError(RuntimeError):
    """A gradient was asked for where there is none, in PyTorch's words."""


class Tensor:
    """An array in an expression graph, with the part of PyTorch's interface that lessons use.

    Attributes:
        node: what it stands for at present.
        grad: dL/dself, summed over every ``backward()``; None until the first.
    """

    __array_ufunc__ = None  # so that a NumPy array on the left leaves the operation to us

    def __init__(self, data: Any, requires_grad: bool = False) -> None:
        self.node = Node(_checked(data))
        self.grad: Tensor | None = None
        if requires_grad:
            self._become_parameter()

    @classmethod
    def of(cls, node: Node) -> "Tensor":
        """A tensor that stands for an existing node."""
        tensor = cls.__new__(cls)
        tensor.node = node
        tensor.grad = None
        return tensor

    @property
    def data(self) -> Any:
        """The numbers, read-only."""
        return self.node.data

    @property
    def shape(self) -> tuple[int, ...]:
        """The length of each axis; () for a single number."""
        return self.node.data.shape

    @property
    def ndim(self) -> int:
        """The number of axes."""
        return self.node.data.ndim

    @property
    def requires_grad(self) -> bool:
        """Whether a gradient flows into it."""
        return self.node.needs_gradient

    @property
    def is_leaf(self) -> bool:
        """Whether no operation with a gradient made it."""
        return not (self.node.needs_gradient and self.node.parents)

    @property
    def is_floating(self) -> bool:
        """Whether it holds real numbers, not integers or truth values."""
        return self.node.data.dtype.kind == "f"

    def item(self) -> float | int | bool:
        """The number in a tensor that holds one.

        Raises:
            ShapeError: it holds none, or several.
        """
        if self.data.size != 1:
            raise ShapeError("item", [self.shape], "a tensor with one element")
        number: float | int | bool = self.data.item()
        return number

    def backward(self, gradient: Any = None) -> list[Step]:
        """Add dself/dleaf to the ``grad`` of every leaf that asks for it.

        Args:
            gradient: dL/dself of the tensor's shape; 1 where the tensor holds one number.

        Returns:
            The stops of the pass, in their order.

        Raises:
            GradientError: nothing here requires a gradient, or none was given for an array.
            DomainError: a derivative is not finite; no ``grad`` has changed then.
        """
        if not self.requires_grad:
            raise GradientError(
                "element 0 of tensors does not require grad and does not have a grad_fn"
            )
        if gradient is None and self.data.size != 1:
            raise GradientError("grad can be implicitly created only for scalar outputs")
        seed = np.ones(self.shape) if gradient is None else as_float(_data_of(gradient))
        if seed.shape != self.shape:
            raise ShapeError("backward", [seed.shape], f"a gradient of shape {list(self.shape)}")
        steps = sweep(self.node, seed)
        for node, part, _ in steps:
            if node.owner is not None:
                node.owner.accumulate(part)
        return steps

    def retain_grad(self) -> None:
        """Collect in ``grad`` what arrives at this intermediate result too."""
        self.node.owner = self

    def detach(self) -> "Tensor":
        """The same numbers, outside the graph."""
        return Tensor.of(Node(self.data))

    def assign(self, data: Any) -> None:
        """Give a leaf other numbers of the same shape; graphs built before keep the old ones.

        Raises:
            ShapeError: the shape is another.
        """
        numbers = _checked(_data_of(data)).astype(self.data.dtype)
        if numbers.shape != self.shape:
            raise ShapeError("assign", [numbers.shape], f"shape {list(self.shape)}")
        parameter = self.requires_grad
        self.node = Node(numbers)
        if parameter:
            self._become_parameter()

    def _become_parameter(self) -> None:
        if not self.is_floating:
            raise GradientError("only Tensors of floating point dtype can require gradients")
        self.node.needs_gradient = True
        self.node.owner = self

    def accumulate(self, gradient: Array) -> None:
        """Add a gradient of this shape to ``grad``."""
        if self.grad is None:
            self.grad = Tensor(gradient)
        else:
            self.grad.assign(self.grad.data + gradient)

    def __add__(self, other: Any) -> "Tensor":
        return elementwise("add", self, other)

    def __radd__(self, other: Any) -> "Tensor":
        return elementwise("add", other, self)

    def __sub__(self, other: Any) -> "Tensor":
        return elementwise("sub", self, other)

    def __rsub__(self, other: Any) -> "Tensor":
        return elementwise("sub", other, self)

    def __mul__(self, other: Any) -> "Tensor":
        return elementwise("mul", self, other)

    def __rmul__(self, other: Any) -> "Tensor":
        return elementwise("mul", other, self)

    def __truediv__(self, other: Any) -> "Tensor":
        return elementwise("div", self, other)

    def __rtruediv__(self, other: Any) -> "Tensor":
        return elementwise("div", other, self)

    def __pow__(self, other: Any) -> "Tensor":
        if isinstance(other, Tensor):
            return elementwise("pow", self, other)
        return elementwise("pow", self, constants=(other,))

    def __rpow__(self, other: Any) -> "Tensor":
        return elementwise("pow", other, self)

    def __neg__(self) -> "Tensor":
        return elementwise("neg", self)

    def __abs__(self) -> "Tensor":
        return elementwise("abs", self)

    def __matmul__(self, other: "Tensor") -> "Tensor":
        return matmul(self, other)

    def __getitem__(self, index: Index) -> "Tensor":
        return select(self, index)

    @property
    def T(self) -> "Tensor":
        """Rows and columns exchanged."""
        return _array_operation("transpose", [self])

    def __repr__(self) -> str:
        return f"Tensor({self.data.tolist()}, requires_grad={self.requires_grad})"


def elementwise(name: str, *operands: Any, constants: tuple[float, ...] = ()) -> Tensor:
    """Apply a row of ``OPERATIONS``, element by element, with broadcasting.

    Args:
        name: such as "mul" or "tanh".
        operands: tensors, numbers or nested lists; they become nodes.
        constants: further operands that do not, such as an exponent.

    Raises:
        DomainError: a result is not finite.
        ShapeError: the shapes do not broadcast.
    """
    operation = OPERATIONS[name]
    nodes = tuple(_node_of(operand) for operand in operands)
    arrays = [node.data for node in nodes]
    try:
        np.broadcast_shapes(*(array.shape for array in arrays))
    except ValueError:
        shapes = [array.shape for array in arrays]
        raise ShapeError(name, shapes, "shapes that are equal or broadcast") from None
    result = np.asarray(evaluate(operation, (*map(as_float, arrays), *constants)))
    whole = operation.keeps_integers and not any(isinstance(number, float) for number in constants)
    return Tensor.of(
        Node(_typed(result, arrays, whole), nodes, operation, tuple(map(float, constants)))
    )


def matmul(left: Tensor, right: Tensor) -> Tensor:
    """Matrix product of vectors and matrices: (n, k) @ (k, m), (k,) @ (k, m), (n, k) @ (k,).

    Raises:
        ShapeError: the inner sizes differ, or a number or a larger array is given.
    """
    shapes = [left.shape, right.shape]
    fits = all(1 <= len(shape) <= 2 for shape in shapes) and left.shape[-1] == right.shape[0]
    if not fits:
        raise ShapeError("matmul", shapes, "vectors or matrices with equal inner sizes")
    return _array_operation("matmul", [left, right])


def total(tensor: Tensor, axis: Axis = None, keepdims: bool = False) -> Tensor:
    """The sum of all elements, or along an axis."""
    _check_axis("sum", tensor, axis)
    return _array_operation("sum", [tensor], axis=axis, keepdims=keepdims)


def mean(tensor: Tensor, axis: Axis = None, keepdims: bool = False) -> Tensor:
    """The mean of all elements, or along an axis."""
    _check_axis("mean", tensor, axis)
    if tensor.data.size == 0:
        raise ShapeError("mean", [tensor.shape], "at least one element")
    return _array_operation("mean", [tensor], axis=axis, keepdims=keepdims)


def reshape(tensor: Tensor, shape: tuple[int, ...]) -> Tensor:
    """The same elements in another shape; one length may be -1."""
    try:
        return _array_operation("reshape", [tensor], shape=shape)
    except ValueError:
        raise ShapeError("reshape", [tensor.shape], f"elements for {list(shape)}") from None


def select(tensor: Tensor, index: Index) -> Tensor:
    """A part of a tensor, by integers and slices."""
    try:
        return _array_operation("select", [tensor], index=index)
    except (IndexError, ValueError):
        raise ShapeError("select", [tensor.shape], "an index inside the tensor") from None


def stack(tensors: Sequence[Tensor]) -> Tensor:
    """Tensors of one shape as the rows of a larger one."""
    shapes = [tensor.shape for tensor in tensors]
    if len(set(shapes)) != 1:
        raise ShapeError("stack", shapes, "one or more tensors of one shape")
    return _array_operation("stack", tensors)


def softmax(tensor: Tensor, axis: int) -> Tensor:
    """e^x, scaled to add up to 1 along an axis; stable for large x."""
    _check_axis("softmax", tensor, axis)
    return _array_operation("softmax", [tensor], axis=axis)


def log_softmax(tensor: Tensor, axis: int) -> Tensor:
    """The logarithm of the softmax, exact where the softmax itself would round to 0."""
    _check_axis("log_softmax", tensor, axis)
    return _array_operation("log_softmax", [tensor], axis=axis)


def mse_loss(prediction: Tensor, target: Tensor, reduction: str = "mean") -> Tensor:
    """Squared error, averaged over all elements; shapes may broadcast.

    Args:
        prediction: any shape.
        target: the same shape, or one that broadcasts with it.
        reduction: "mean", "sum" or "none", as in PyTorch.
    """
    try:
        np.broadcast_shapes(prediction.shape, target.shape)
    except ValueError:
        shapes = [prediction.shape, target.shape]
        raise ShapeError("mse_loss", shapes, "shapes that are equal or broadcast") from None
    return _array_operation("mse_loss", [prediction, target], reduction=reduction)


def binary_cross_entropy_with_logits(
    logits: Tensor, target: Tensor, reduction: str = "mean"
) -> Tensor:
    """Cross-entropy of the sigmoid of the logits against targets between 0 and 1; same shapes."""
    name = "binary_cross_entropy_with_logits"
    if logits.shape != target.shape:
        raise ShapeError(name, [logits.shape, target.shape], "two equal shapes")
    return _array_operation(name, [logits, target], reduction=reduction)


def cross_entropy(logits: Tensor, target: Tensor, reduction: str = "mean") -> Tensor:
    """Cross-entropy of the softmax of the logits.

    Args:
        logits: (batch, classes), or (classes,) for one example.
        target: integer class indices (batch,), or probabilities in the logits' shape.
        reduction: "mean" over the batch, "sum" or "none".

    Raises:
        ShapeError: the shapes do not fit, or a class index is not below ``classes``.
    """
    shapes = [logits.shape, target.shape]
    by_index = not target.is_floating
    if logits.ndim not in (1, 2) or logits.data.size == 0:
        raise ShapeError("cross_entropy", shapes, "logits (batch, classes) or (classes,)")
    if target.shape != (logits.shape[:-1] if by_index else logits.shape):
        expected = "class indices (integers), or probabilities in the shape of the logits"
        raise ShapeError("cross_entropy", shapes, expected)
    if by_index and not ((target.data >= 0) & (target.data < logits.shape[-1])).all():
        raise ShapeError("cross_entropy", shapes, f"class indices from 0 to {logits.shape[-1] - 1}")
    return _array_operation("cross_entropy", [logits, target], reduction=reduction)


def _array_operation(name: str, tensors: Sequence[Tensor], **settings: Any) -> Tensor:
    operation = ARRAY_OPERATIONS[name]
    nodes = tuple(tensor.node for tensor in tensors)
    arrays = [node.data for node in nodes]
    with np.errstate(all="ignore"):
        result = np.asarray(operation.forward([as_float(array) for array in arrays], settings))
    if not np.isfinite(result).all():
        raise DomainError(name, (), Fault.OVERFLOW)
    data = _typed(result, arrays, operation.keeps_integers)
    return Tensor.of(Node(data, nodes, operation, settings=settings))


def _typed(result: Array, operands: Sequence[Any], keeps_integers: bool) -> Any:
    """The result as integers where PyTorch would give integers and they are exact."""
    whole = keeps_integers and all(array.dtype.kind in "bi" for array in operands)
    exact = whole and bool((np.abs(result) < 2**53).all() and (result == np.floor(result)).all())
    return result.astype(np.int64) if exact else result


def _data_of(operand: Any) -> Any:
    return operand.data if isinstance(operand, Tensor) else operand


def _node_of(operand: Any) -> Node:
    return operand.node if isinstance(operand, Tensor) else Node(_checked(operand))


def _checked(data: Any) -> Any:
    """Data as a new float64, int64 or bool array of finite numbers."""
    array = np.array(data)
    if array.dtype.kind == "u" or (array.dtype.kind == "f" and array.dtype != np.float64):
        array = array.astype(np.float64)
    if array.size == 0 and array.dtype.kind != "f":
        array = array.astype(np.float64)
    if array.dtype.kind not in "bif":
        raise TypeError(f"a tensor holds numbers, got {array.dtype}")
    if not np.isfinite(array).all():
        place = [float(number) for number in array.ravel() if not math.isfinite(number)]
        raise DomainError("tensor", place[:1], Fault.NOT_FINITE)
    return array


def _check_axis(name: str, tensor: Tensor, axis: Axis) -> None:
    axes = () if axis is None else axis if isinstance(axis, tuple) else (axis,)
    places = [one % tensor.ndim for one in axes if -tensor.ndim <= one < tensor.ndim]
    if len(set(places)) != len(axes):
        raise ShapeError(name, [tensor.shape], f"distinct axes below {tensor.ndim}")
