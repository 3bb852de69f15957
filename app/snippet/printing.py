"""Values as the program prints them: Python's numbers as Python does, tensors as PyTorch does.

Source of the tensor rules: PyTorch 2.13, torch/_tensor_str.py, with its default options.
"""

import math
from typing import Any

from app.snippet.errors import Refusal, gettext_noop
from app.snippet.limits import Meter
from app.snippet.values import Function, Marker, Module, Native, Size
from engine.array_operations import ArrayOperation
from engine.node import Node
from engine.scalar import Value
from engine.tensor import Tensor

_WIDTH = 80
_PREFIX = "tensor("

# The names that PyTorch's history shows, where they are not the operation's own name.
_GRADIENT_FUNCTIONS = {
    "max": "Maximum",
    "min": "Minimum",
    "matmul": "Mm",
    "reshape": "View",
    "transpose": "T",
    "select": "Select",
    "log_softmax": "LogSoftmax",
    "mse_loss": "MseLoss",
    "cross_entropy": "NllLoss",
    "binary_cross_entropy_with_logits": "BinaryCrossEntropyWithLogits",
}


def shown(value: Any, meter: Meter, inside: int = 0) -> str:
    """The text of a value; ``inside`` counts the lists around it.

    Raises:
        Refusal: the text would be too long.
    """
    meter.step()
    if isinstance(value, str):
        return repr(value) if inside else value
    if isinstance(value, Tensor):
        meter.step(value.data.size)
        return _tensor(value)
    if isinstance(value, Size):
        return f"torch.Size({list(value)})"
    if isinstance(value, (list, tuple)):
        return _sequence(value, meter, inside)
    if isinstance(value, (Value, int, float, range, type(None))):
        return repr(value)
    if isinstance(value, (Function, Native)):
        return f"<function {value.name}>"
    if isinstance(value, (Module, Marker)):
        return value.name
    raise Refusal(gettext_noop("This cannot be printed."))


def _sequence(value: list[Any] | tuple[Any, ...], meter: Meter, inside: int) -> str:
    if inside > 8:
        return "[…]"
    parts: list[str] = []
    length = 0
    for item in value:
        parts.append(shown(item, meter, inside + 1))
        length += len(parts[-1])
        meter.letters(length)
    if isinstance(value, list):
        return f"[{', '.join(parts)}]"
    return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"


def _tensor(tensor: Tensor) -> str:
    numbers = tensor.data.tolist()
    if tensor.data.size == 0:
        text = "[]"
        suffixes = [f"size={tensor.shape}"] if tensor.ndim != 1 else []
    else:
        text = _array(numbers, tensor.ndim, len(_PREFIX), _Format(tensor.data))
        suffixes = []
    if tensor.requires_grad:
        suffixes.append("requires_grad=True" if tensor.is_leaf else gradient_function(tensor.node))
    return _with_suffixes(_PREFIX + text, suffixes)


def gradient_function(node: Node) -> str:
    """PyTorch's suffix for a tensor with a history, such as "grad_fn=<MulBackward0>"."""
    operation = node.operation
    name = operation.name if operation else ""
    number = 0
    if isinstance(operation, ArrayOperation) and name in ("sum", "mean"):
        number = int(node.settings["axis"] is not None)
    elif name == "pow":
        number = 0 if node.constants else 1
    shown_name = _GRADIENT_FUNCTIONS.get(name, name.capitalize())
    if name == "matmul" and node.data.ndim == 0:
        shown_name = "Dot"
    elif name == "matmul" and node.data.ndim == 1:
        vector_first = node.parents[0].data.ndim == 1
        shown_name, number = ("Squeeze", 4) if vector_first else ("Mv", 0)
    return f"grad_fn=<{shown_name}Backward{number}>"


class _Format:
    """How the numbers of one tensor are written: all alike, and equally wide."""

    def __init__(self, data: Any) -> None:
        self._floating = data.dtype.kind == "f"
        self._scientific = False
        self._whole = True
        self.width = 1
        numbers = [float(number) for number in data.ravel() if number != 0]
        if self._floating and numbers:
            sizes = [abs(number) for number in numbers]
            self._whole = all(number == math.ceil(number) for number in numbers)
            self._scientific = (
                max(sizes) / min(sizes) > 1000.0 or max(sizes) > 1e8 or min(sizes) < 1e-4
            )
        elif not self._floating:
            numbers = data.ravel().tolist()
        self.width = max((len(self._plain(number)) for number in numbers), default=1)

    def _plain(self, number: Any) -> str:
        if not self._floating:
            return str(number)
        if self._scientific:
            return f"{number:.4e}"
        return f"{number:.0f}." if self._whole else f"{number:.4f}"

    def __call__(self, number: Any) -> str:
        return self._plain(number).rjust(self.width)


def _array(numbers: Any, axes: int, indent: int, form: _Format) -> str:
    if axes == 0:
        return form(numbers)
    if axes == 1:
        in_line = max(1, (_WIDTH - indent) // (form.width + 2))
        texts = [form(number) for number in numbers]
        lines = [
            ", ".join(texts[start : start + in_line]) for start in range(0, len(texts), in_line)
        ]
        return "[" + (",\n" + " " * (indent + 1)).join(lines) + "]"
    rows = [_array(row, axes - 1, indent + 1, form) for row in numbers]
    return "[" + ("," + "\n" * (axes - 1) + " " * (indent + 1)).join(rows) + "]"


def _with_suffixes(text: str, suffixes: list[str]) -> str:
    length = len(text) - text.rfind("\n") + 1
    for suffix in suffixes:
        if length + len(suffix) + 2 > _WIDTH:
            text += ",\n" + " " * len(_PREFIX) + suffix
            length = len(_PREFIX) + len(suffix)
        else:
            text += ", " + suffix
            length += len(suffix) + 2
    return text + ")"
