"""What to write instead: hints for what the room does not know, and the names nearest to one."""

import difflib
from collections.abc import Collection

from app.snippet.errors import gettext_noop

# So many names can be read at a glance; a longer list is cut down to the nearest.
_FEW = 12
_NEAREST = 4

_LOOP = gettext_noop("Write for i in range(10): instead.")
_FUNCTION = gettext_noop("Write a function with def instead.")
_LISTS = gettext_noop("Write a list, or one name for each value.")
_NO_FAILING = gettext_noop("Leave it out: errors are shown in the text as you type.")

# Python's names for what is outside, and what to write instead.
OUTSIDE: dict[str, tuple[str, str]] = {
    "While": ("while", _LOOP),
    "AsyncFor": ("async for", _LOOP),
    "ClassDef": ("class", _FUNCTION),
    "Lambda": ("lambda", _FUNCTION),
    "AsyncFunctionDef": ("async def", _FUNCTION),
    "Await": ("await", ""),
    "AsyncWith": ("async with", ""),
    "Yield": ("yield", gettext_noop("Write return instead.")),
    "YieldFrom": ("yield from", gettext_noop("Write return instead.")),
    "Try": ("try", _NO_FAILING),
    "TryStar": ("try", _NO_FAILING),
    "Raise": ("raise", _NO_FAILING),
    "Assert": ("assert", gettext_noop("Write print(…) to look at a value.")),
    "Delete": ("del", gettext_noop("Leave it out.")),
    "Global": ("global", gettext_noop("Hand the value to the function, and return the new one.")),
    "Nonlocal": ("nonlocal", gettext_noop("Hand the value in, and return the new one.")),
    "Dict": ("{ : }", _LISTS),
    "Set": ("{ }", _LISTS),
    "DictComp": ("{ : for }", _LISTS),
    "SetComp": ("{ for }", _LISTS),
    "NamedExpr": (":=", gettext_noop("Write = on a line of its own.")),
    "Starred": ("*", gettext_noop("Write the items out, separated by commas.")),
    "AnnAssign": (": …", gettext_noop("Write name = value, without the type.")),
    "Match": ("match", gettext_noop("Write if and elif instead.")),
}

# Names that stand for nothing, as they are written by habit.
NAMES = {
    "F": gettext_noop("Add the line: import torch.nn.functional as F"),
    "nn": gettext_noop("Add the line: import torch.nn as nn"),
    "ln": gettext_noop("The natural logarithm is called log: log(x)."),
    "true": gettext_noop("Write it with a capital letter: True."),
    "false": gettext_noop("Write it with a capital letter: False."),
    "none": gettext_noop("Write it with a capital letter: None."),
    "tensor": gettext_noop("Write torch.tensor(…)."),
    "math": gettext_noop("Add the line: import math"),
    "np": gettext_noop("NumPy is not part of this room; write torch.tensor([…])."),
    "input": gettext_noop("Write the number into the text, and change it there."),
}

_LISTED = gettext_noop("Write the numbers out: torch.tensor([…]).")
_SQUARE = gettext_noop("Write x ** 2.")
_NEGATIVE = gettext_noop("Write -x.")
_DEVICE = gettext_noop("Leave it out: everything is computed in one place here.")
# After the dot of a tensor.
NOT_OF_TENSORS = {
    "square": _SQUARE, "neg": _NEGATIVE, "negative": _NEGATIVE,
    "cuda": _DEVICE, "cpu": _DEVICE, "to": _DEVICE, "numpy": gettext_noop("Write x.tolist()."),
}  # fmt: skip

_RANDOM = gettext_noop("Write the numbers out, so that everyone sees the same: torch.tensor([…]).")
# After the dot of a module.
MISSING = {
    "randn": _RANDOM, "rand": _RANDOM, "randint": _RANDOM, "manual_seed": _RANDOM,
    "Linear": gettext_noop("Write the layer out: x @ W + b."),
    "Sequential": gettext_noop("Write the layers out, one line each."),
    "Module": gettext_noop("Write a function with def instead."),
    "optim": gettext_noop("Write the step out: w -= lr * w.grad, inside torch.no_grad()."),
    "Tensor": gettext_noop("Write torch.tensor(…), with a small t."),
    "arange": _LISTED,
    "linspace": _LISTED,
    "autograd": gettext_noop("Call loss.backward(), and read w.grad."),
    "square": _SQUARE,
    "neg": _NEGATIVE,
    "MSELoss": gettext_noop("Write torch.nn.functional.mse_loss(prediction, target)."),
    "CrossEntropyLoss": gettext_noop("Write torch.nn.functional.cross_entropy(logits, target)."),
    "ReLU": gettext_noop("Write torch.relu(x)."),
    "Tanh": gettext_noop("Write torch.tanh(x)."),
    "Sigmoid": gettext_noop("Write torch.sigmoid(x)."),
    "Parameter": gettext_noop("Write torch.tensor(…, requires_grad=True)."),
}


def close_name(name: str, names: Collection[str]) -> str | None:
    """The name that was probably meant: one that differs in capitals only, or in few letters."""
    for known in names:
        if known.lower() == name.lower():
            return known
    return next(iter(difflib.get_close_matches(name, names, 1)), None)


def few(name: str, names: Collection[str]) -> list[str]:
    """All the names if they are few, else those nearest to one; first the likeliest."""
    if len(names) <= _FEW:
        return sorted(names)
    near = difflib.get_close_matches(name.lower(), sorted(names), _NEAREST, 0.5)
    same_letter = sorted(known for known in names if known[0].lower() == name[0].lower())
    return near or same_letter[:_NEAREST]
