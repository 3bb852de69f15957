"""Draws random programs that mean the same in PyTorch and in our snippets."""

from dataclasses import dataclass, field
from random import Random

Shape = tuple[int, ...]

_HEADER = "import torch\nimport torch.nn.functional as F\n"
_SMOOTH = ("tanh", "sigmoid", "sin", "cos")
_BENT = ("relu", "abs")


@dataclass
class _Program:
    """A program in the making: its lines, and the shape of every name."""

    random: Random
    lines: list[str] = field(default_factory=list)
    shapes: dict[str, Shape] = field(default_factory=dict)
    parameters: list[str] = field(default_factory=list)
    functions: list[str] = field(default_factory=list)

    def add(self, expression: str, shape: Shape) -> str:
        name = f"v{len(self.shapes)}"
        self.lines.append(f"{name} = {expression}")
        self.shapes[name] = shape
        return name

    def pick(self, axes: int | None = None) -> str | None:
        names = [
            name for name, shape in self.shapes.items() if axes is None or len(shape) == axes
        ]
        return self.random.choice(names) if names else None


def draw(random: Random) -> str:
    """A program of a few parameters, a dozen operations, a loss, backward() and prints.

    Its numbers stay moderate and inside every operation's domain, whatever is drawn.
    """
    program = _Program(random)
    _leaves(program)
    if random.random() < 0.3:
        _function(program)
    for _ in range(random.randint(3, 9)):
        random.choice(_STEPS)(program)
    loss = _loss(program)
    program.lines.append(f"{loss}.backward()")
    program.lines.append(f"print({loss})")
    program.lines.append(f"print({program.pick()}.detach())")
    if random.random() < 0.4:
        _second_pass(program)
    program.lines += [f"print({name}.grad)" for name in program.parameters]
    return _HEADER + "\n".join(program.lines) + "\n"


def _leaves(program: _Program) -> None:
    random = program.random
    rows, columns = random.randint(1, 3), random.randint(1, 3)
    for number in range(random.randint(2, 4)):
        shape = random.choice([(), (columns,), (rows, columns), (columns, rows)])
        wanted = number == 0 or random.random() < 0.6
        suffix = ", requires_grad=True" if wanted else ""
        name = program.add(f"torch.tensor({_numbers(random, shape)}{suffix})", shape)
        if wanted:
            program.parameters.append(name)


def _numbers(random: Random, shape: Shape) -> str:
    if not shape:
        return f"{random.uniform(-2, 2):.2f}"
    return "[" + ", ".join(_numbers(random, shape[1:]) for _ in range(shape[0])) + "]"


def _function(program: _Program) -> None:
    body = program.random.choice(
        ["torch.tanh(a * 0.5) + c", "(a * c).sigmoid()", "a / (a * a + c * c + 1.0)"]
    )
    program.lines += ["def f(a, c=0.5):", f"    t = {body}", "    return t"]
    program.functions.append("f")


def _unary(program: _Program) -> None:
    name, function = program.pick(), program.random.choice(_SMOOTH + _BENT)
    form = program.random.choice(["torch.{0}({1})", "{1}.{0}()"])
    program.add(form.format(function, name), program.shapes[str(name)])


def _guarded(program: _Program) -> None:
    name = program.pick()
    form = program.random.choice(
        [
            "torch.exp(torch.tanh({0}))",
            "({0} * {0} + 1.0).log()",
            "torch.sqrt({0} * {0} + 0.5)",
            "({0} * {0} + 1.0) ** 0.5",
            "1.5 / ({0} * {0} + 1.0)",
            "{0}.clamp(-1.0, 1.0)",
            "2.0 - {0}",
            "-{0}",
            "torch.tanh({0}) ** 3",
            "torch.tanh({0}).pow(2)",
            "2.0 ** torch.sigmoid({0})",
        ]
    )
    program.add(form.format(name), program.shapes[str(name)])


def _binary(program: _Program) -> None:
    left, right = str(program.pick()), str(program.pick())
    shape = _broadcast(program.shapes[left], program.shapes[right])
    if shape is None:
        right, shape = left, program.shapes[left]
    form = program.random.choice(
        [
            "{0} + {1}", "{0} - {1}", "torch.tanh({0}) * {1}", "{0} / ({1} * {1} + 1.0)",
            "torch.maximum({0}, {1})", "torch.minimum({0}, {1})", "0.5 * {0} + {1} * 0.25",
        ]
    )  # fmt: skip
    program.add(form.format(left, right), shape)


def _broadcast(left: Shape, right: Shape) -> Shape | None:
    if len(left) < len(right):
        left, right = right, left
    padded = (1,) * (len(left) - len(right)) + right
    if any(a != b and 1 not in (a, b) for a, b in zip(left, padded, strict=True)):
        return None
    return tuple(max(a, b) for a, b in zip(left, padded, strict=True))


def _product(program: _Program) -> None:
    pairs = [
        (left, right)
        for left, first in program.shapes.items()
        for right, second in program.shapes.items()
        if first and second and first[-1] == second[0]
    ]
    if not pairs:
        return _unary(program)
    left, right = program.random.choice(pairs)
    shape = program.shapes[left][:-1] + program.shapes[right][1:]
    form = program.random.choice(["{0} @ {1}", "torch.matmul({0}, {1})"])
    program.add(form.format(left, right), shape)
    return None


def _array(program: _Program) -> None:
    name = program.pick(2)
    if name is None:
        return _binary(program)
    rows, columns = program.shapes[name]
    expression, shape = program.random.choice(
        [
            (f"{name}.sum(dim=0)", (columns,)),
            (f"{name}.mean(1, keepdim=True)", (rows, 1)),
            (f"torch.softmax({name}, dim=1)", (rows, columns)),
            (f"F.log_softmax({name}, dim=0)", (rows, columns)),
            (f"{name}.T", (columns, rows)),
            (f"{name}[0]", (columns,)),
            (f"{name}[:, 0]", (rows,)),
            (f"{name}.reshape(-1)", (rows * columns,)),
            (f"{name}.sum()", ()),
            (f"torch.stack([{name}[0], {name}[-1]])", (2, columns)),
        ]
    )
    program.add(expression, shape)
    return None


def _call(program: _Program) -> None:
    if not program.functions:
        return _guarded(program)
    name = program.pick()
    argument = program.random.choice(["", ", 0.25", ", c=-1.0"])
    program.add(f"f({name}{argument})", program.shapes[str(name)])
    return None


def _loop(program: _Program) -> None:
    name = program.pick()
    total = program.add(f"{name} * 0.5", program.shapes[str(name)])
    program.lines.append(f"for i in range({program.random.randint(1, 3)}):")
    program.lines.append(f"    {total} += torch.tanh({total}) * 0.5 ** i")


def _loss(program: _Program) -> str:
    name = str(program.pick())
    # Every parameter takes part, so that every one has a gradient.
    rest = " + ".join(f"(0.1 * {parameter}).sum()" for parameter in program.parameters)
    matrices = [one for one, shape in program.shapes.items() if len(shape) == 2]
    kind = program.random.choice(["mean", "mse", "bce", "ce"])
    shape = program.shapes[name]
    if kind == "ce" and matrices:
        name = program.random.choice(matrices)
        rows, columns = program.shapes[name]
        target = [program.random.randrange(columns) for _ in range(rows)]
        data = f"F.cross_entropy({name}, torch.tensor({target}))"
    elif kind == "bce":
        half = f"torch.ones_like({name}) * 0.75"
        data = f"F.binary_cross_entropy_with_logits({name}, {half})"
    elif kind == "mse":
        data = f"torch.nn.functional.mse_loss({name}, torch.zeros_like({name}))"
    else:
        data = f"{name}.mean()" if shape else name
    return program.add(f"{data} + {rest}", ())


def _second_pass(program: _Program) -> None:
    parameter = program.random.choice(program.parameters)
    program.lines += [
        "with torch.no_grad():",
        f"    {parameter} -= 0.1 * {parameter}.grad",
        program.random.choice([f"{parameter}.grad.zero_()", "k = 1"]),
        f"again = torch.tanh({parameter}).sum() * 2.0",
        "again.backward()",
    ]


_STEPS = (_unary, _unary, _guarded, _binary, _binary, _product, _array, _call, _loop)
