"""Draws texts that are mostly not what a snippet should be: noise, slips, and wrong programs."""

import re
import string
from random import Random

from tests.app.test_snippet import LESSON, MICROGRAD, SGD
from tests.snippet_programs import draw

TOKENS = [
    "x", "y", "w", "loss", "torch", "F", "Value", "math", "range", "print", "sum", "def", "f",
    "return", "for", "in", "if", "else", "with", "import", "from", "as", "lambda", "while", "not",
    "and", "torch.tensor(", "requires_grad=True", ".backward()", ".grad", ".zero_()", ".sum()",
    ".T", ".data", "torch.no_grad()", "F.cross_entropy(", "torch.softmax(", "(", ")", "[", "]",
    "{", "}", ",", ":", "=", "+=", "-=", "**=", "==", "<", "+", "-", "*", "/", "**", "@", "%",
    "//", ".", "1", "0", "2.5", "-3", "1e308", "1e-320", "10**9", "9" * 30, "0j", "'a'",
    "f'{x:.2f}'",
    "\n", "\n    ", "\n        ", " ", "\t", "#", "# tensor(6.)", "变", "（", "\\", "None", "True",
    "...", "\x00", "\ud800", "😀", "\r", "\x0c", "\u2028",
]  # fmt: skip

NAMES = [
    "x", "y", "w", "a", "n", "l", "loss", "torch", "F", "Value", "math", "k", "f", "g", "lr",
]  # fmt: skip
NUMBERS = ["0", "1", "2", "-1", "3.5", "0.0", "1e-3", "1e200", "10", "1000", "10**9", "True"]
OPERATORS = ["+", "-", "*", "/", "**", "@", "//", "%", "<", ">=", "==", "!=", "and", "or", "&"]
CALLS = [
    "torch.tensor({0}, requires_grad=True)", "torch.tensor([{0}, {1}])", "torch.tensor({0})",
    "torch.ones({0}, {1})", "torch.zeros({0}, requires_grad=True)", "torch.exp({0})",
    "torch.softmax({0}, dim={1})", "torch.matmul({0}, {1})", "torch.maximum({0}, {1})",
    "F.cross_entropy({0}, {1})", "F.mse_loss({0}, {1})", "torch.stack([{0}, {1}])",
    "F.binary_cross_entropy_with_logits({0}, {1})", "{0}.sum()", "{0}.mean({1})", "{0}.sum({1})",
    "{0}.backward()", "{0}.grad", "{0}.grad.zero_()", "{0}.T", "{0}.item()", "{0}.shape",
    "{0}.reshape({1})", "{0}.unsqueeze({1})", "{0}.clamp({1})", "{0}.detach()", "{0}.pow({1})",
    "{0}.sub_({1})", "{0}.retain_grad()", "{0}.requires_grad_()", "{0}.size({1})", "{0}.tolist()",
    "{0}[{1}]", "{0}[{1}:]", "{0}[:, {1}]", "{0}[::{1}]", "Value({0})", "exp({0})", "log({0})",
    "sqrt({0})", "tanh({0})", "max({0}, {1})", "min({0})", "sum({0})", "len({0})", "range({0})",
    "zip({0}, {1})", "enumerate({0})", "float({0})", "int({0})", "round({0}, {1})", "abs({0})",
    "f({0}, {1})", "g({0})", "print({0}, {1})", "[{0}, {1}]", "({0}, {1})", "[{0}] * {1}",
    "[i for i in {0} if {1}]", "f'{{{0}:.2f}}'", "({0} if {1} else {0})", "not {0}", "-{0}",
    "{0}.data", "{0}.append({1})", "math.sin({0})", "{0}({1})", "{0}.clone()", "{0}.float()",
]  # fmt: skip


PLAIN_CALLS = [call for call in CALLS if not re.search(r"torch|F\.|Value|math", call)]


def fuzzed(random: Random, bombs: list[str]) -> str:
    """A text: a wrong program, a right one with a slip, noise, or a bomb with a slip."""
    kind = random.random()
    if kind < 0.4:
        return _wrong_program(random)
    if kind < 0.7:
        return _slip(random, _right_program(random))
    if kind < 0.8:
        return "".join(random.choices(TOKENS, k=random.randint(1, 40)))
    if kind < 0.82:
        return "".join(random.choices(string.printable, k=random.randint(1, 80)))
    return _cut(random, random.choice([_right_program(random), random.choice(bombs)]))


def _right_program(random: Random) -> str:
    sgd = SGD.replace("(这个地方具体是怎么操作的就很明显了)", "") + "sgd([w, b], 0.1, 1)\n"
    return random.choice([LESSON, LESSON + sgd, MICROGRAD, draw(random), draw(random)])


def _expression(random: Random, depth: int) -> str:
    if depth == 0 or random.random() < 0.25:
        return random.choice([random.choice(NAMES[:6]), f"({random.choice(NUMBERS)})"])
    inner = [_expression(random, depth - 1) for _ in range(2)]
    if random.random() < 0.4:
        return f"({inner[0]} {random.choice(OPERATORS)} {inner[1]})"
    return random.choice(random.choice([CALLS, PLAIN_CALLS])).format(*inner)


def _statement(random: Random, indent: str, depth: int) -> list[str]:
    value = _expression(random, random.randint(1, 3))
    name = random.choice(NAMES[:6])
    kind = random.randint(0, 9)
    if kind < 4 or depth == 0:
        return [f"{indent}{name} = {value}"]
    if kind < 6:
        target = random.choice([name, "w.data", "w.grad", "l[0]"])
        return [f"{indent}{target} {random.choice('+-*/')}= {value}"]
    heads = [
        f"for i in range({random.choice(NUMBERS)}):", f"for {name} in {value}:", f"if {value}:",
        "with torch.no_grad():",
    ]  # fmt: skip
    if kind == 6:
        return [f"{indent}{value}"]
    body = [line for _ in range(2) for line in _statement(random, indent + "    ", depth - 1)]
    leave = random.choice(["break", "continue", "pass", f"return {name}"])
    return [f"{indent}{random.choice(heads)}", *body, f"{indent}    {leave}"]


def _wrong_program(random: Random) -> str:
    """Syntax that is right, and kinds, shapes and orders that are drawn blindly."""
    imports = [
        "import torch", "import torch.nn.functional as F", "import math",
        "from micrograd.engine import Value", "from math import exp, log, sqrt, tanh",
    ]  # fmt: skip
    of_torch = random.random() < 0.7
    start = [
        "x = torch.ones(2, 3, requires_grad=True)" if of_torch else "x = Value(2.0)",
        "w = torch.tensor(1.5, requires_grad=True)" if of_torch else "w = Value(0.5)",
        "y = torch.tensor([[-1.0, 0.5, 2.0]])" if of_torch else "y = -1.0",
        "a = [1, 2, 3]", "n = 2", "l = [w, x, n]",
        "def f(x, y=2):", f"    z = {_expression(random, 2)}", "    return x * y",
        "def g(x):", *_statement(random, "    ", 1), f"    return {_expression(random, 2)}",
    ]  # fmt: skip
    body = [line for _ in range(random.randint(1, 5)) for line in _statement(random, "", 2)]
    program = [*imports, *start, *body]
    if random.random() < 0.2:
        plain = [line for line in program if not re.search(r"torch|F\.|Value|math", line)]
        program = ["x = 2.0", "w = 0.5", *plain]
    return "\n".join(program) + "\n"


def _slip(random: Random, text: str) -> str:
    """Some words and numbers exchanged for others of their class, or lines lost, doubled, moved."""
    for _ in range(random.randint(1, 3)):
        kind = random.random()
        if kind < 0.7:
            pattern, others = random.choice(
                [(r"\b[a-zA-Z_]\w*\b", NAMES), (r"\d+\.?\d*", NUMBERS), (r"[-+*/@]", OPERATORS)]
            )
            places = list(re.finditer(pattern, text))
            if places:
                place = random.choice(places)
                found = [*others, *(other.group() for other in places)]
                text = text[: place.start()] + random.choice(found) + text[place.end() :]
        else:
            lines = text.split("\n")
            line = lines.pop(random.randrange(len(lines)))
            for _ in range(random.randint(0, 2)):
                lines.insert(random.randrange(len(lines) + 1), line)
            text = "\n".join(lines)
    return text


def _cut(random: Random, text: str) -> str:
    for _ in range(random.randint(1, 4)):
        start = random.randrange(len(text) + 1)
        end = min(len(text), start + random.randint(0, 12))
        piece = random.choice(
            ["", text[start:end] * 2, random.choice(TOKENS), random.choice(text.split() or [""])]
        )
        text = text[:start] + piece + text[end:]
    return text
