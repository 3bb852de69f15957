"""One update as a script in PyTorch: autograd finds the gradients, torch.optim the next weights."""

from typing import Any

import numpy as np
import numpy.typing as npt

from app.exports.literals import INDENT, blocks, comment, dtype_name, literal
from app.exports.numpy_script import head
from app.protocol import Gettext
from app.run import Run
from engine.activations import LEAKY_SLOPE
from engine.microscope import Dissection, dissect
from engine.microscope.source import SCHEDULE_SOURCE
from engine.recipe import Recipe

Array = npt.NDArray[Any]

# For each activation, a of z.
ACTIVATIONS: dict[str, str] = {
    "relu": "torch.relu(z)",
    "tanh": "torch.tanh(z)",
    "sigmoid": "torch.sigmoid(z)",
    "linear": "z",
    "leaky-relu": f"functional.leaky_relu(z, {LEAKY_SLOPE})",
    "elu": "functional.elu(z)",
    "gelu": 'functional.gelu(z, approximate="tanh")',
    "silu": "functional.silu(z)",
    # From its threshold on PyTorch returns z itself; 20, its own, is seen in the tenth digit.
    "softplus": "functional.softplus(z, threshold=40)",
    "sine": "torch.sin(z)",
    "step": "(z >= 0.0).to(z.dtype) + 0.0 * z",
}

LOSSES: dict[str, str] = {
    "half-squared": "0.5 * (a - y).square().sum(dim=1).mean()",
    "mse": "functional.mse_loss(a, y)",
    "huber": "functional.huber_loss(a, y)",
    "bce": "functional.binary_cross_entropy_with_logits(a, y)",
    "softmax": "functional.cross_entropy(a, y)",
    "hinge": "torch.clamp(1.0 - y * a, min=0.0).mean()",
}

_BETAS = "betas=({beta1!r}, {beta2!r}), eps={epsilon!r}"
OPTIMIZERS: dict[str, str] = {
    "sgd": "torch.optim.SGD(parameters, lr=learning_rate)",
    "momentum": "torch.optim.SGD(parameters, lr=learning_rate, momentum={momentum!r})",
    "nesterov": (
        "torch.optim.SGD(parameters, lr=learning_rate, momentum={momentum!r}, nesterov=True)"
    ),
    "rmsprop": (
        "torch.optim.RMSprop(parameters, lr=learning_rate, alpha={rho!r}, eps={epsilon!r})"
    ),
    "adam": f"torch.optim.Adam(parameters, lr=learning_rate, {_BETAS})",
    "adamw": (
        f"torch.optim.AdamW(\n    parameters, lr=learning_rate, {_BETAS},\n"
        "    weight_decay={weight_decay!r},\n)"
    ),
}
# PyTorch's names for what the optimizer remembers of each parameter.
MEMORY = {
    "velocity": "momentum_buffer",
    "mean_square": "square_avg",
    "m": "exp_avg",
    "v": "exp_avg_sq",
}

PRINT_GRADIENTS = """\
print("loss =", loss.item())
for layer in W:
    print(f"dW[{layer}] =", W[layer].grad.tolist())
    print(f"db[{layer}] =", b[layer].grad.tolist())"""
PRINT_WEIGHTS = """\
for layer in W:
    print(f"new W[{layer}] =", W[layer].tolist())
    print(f"new b[{layer}] =", b[layer].tolist())
print("loss after =", loss_of(forward(X)).item())"""

_PULL = {
    "L1": "learning_rate * {rate!r} * torch.sign(old)",
    "L2": "learning_rate * {rate!r} * old",
}


def torch_script(run: Run, gettext: Gettext) -> str:
    """A script that makes the run's next update with PyTorch, and prints the same numbers.

    Args:
        run: left as it is.
        gettext: translates the comments.
    """
    dissection = dissect(run.trainer)
    parts = [
        _imports(head(run, gettext), dissection),
        *_givens(dissection, gettext),
        _functions(dissection),
        _backward(gettext),
        _rate(dissection, gettext),
        _optimizer(dissection, gettext),
        _step(dissection, gettext),
        PRINT_WEIGHTS,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _imports(title: str, dissection: Dissection) -> str:
    names = [layer.activation for layer in dissection.network.spec]
    used = [*(ACTIVATIONS[name] for name in names), LOSSES[dissection.recipe.loss]]
    lines = [title, "", "import torch"]
    if any("functional." in formula for formula in used):
        lines.append("from torch.nn import functional")
    dtype = dtype_name(dissection.network.parameters)
    return "\n".join([*lines, "", f"torch.set_default_dtype(torch.{dtype})"])


def _givens(dissection: Dissection, gettext: Gettext) -> list[str]:
    batch = gettext("The batch: %(count)s examples, a row each, and their targets.")
    parameters = gettext(
        "The weights and biases before the update: W[layer] has a row for each input and a "
        "column for each unit."
    )
    look = dissection.traced
    layers = list(enumerate(dissection.network.layers, start=1))
    return [
        "\n".join(
            [
                comment(batch % {"count": len(dissection.examples)}),
                f"X = {_tensor(look.trace.X)}",
                f"y = {_tensor(look.targets)}",
            ]
        ),
        "\n".join(
            [
                comment(parameters),
                _layers("W", [(number, layer.W) for number, layer in layers]),
                _layers("b", [(number, layer.b) for number, layer in layers]),
                "parameters = [*W.values(), *b.values()]",
            ]
        ),
    ]


def _tensor(array: Array) -> str:
    return f"torch.tensor({literal(array)})"


def _layers(name: str, arrays: list[tuple[int, Array]]) -> str:
    entries = [
        f"{INDENT}{layer}: torch.tensor({literal(array)}, requires_grad=True),".replace(
            "\n", f"\n{INDENT}"
        )
        for layer, array in arrays
    ]
    return "\n".join([f"{name} = {{", *entries, "}"])


def _functions(dissection: Dissection) -> str:
    lines = ["", "def forward(X):", "    a = X"]
    for layer, spec in enumerate(dissection.network.spec, start=1):
        lines.append(f"    z = a @ W[{layer}] + b[{layer}]")
        lines.append(f"    a = {ACTIVATIONS[spec.activation]}")
    lines += ["    return a", "", "", "def loss_of(a):"]
    lines += [f"    return {LOSSES[dissection.recipe.loss]}", ""]
    return "\n".join(lines)


def _backward(gettext: Gettext) -> str:
    text = gettext("Forward, the mean loss over the batch, and backward: autograd fills in .grad.")
    lines = [comment(text), "loss = loss_of(forward(X))", "loss.backward()"]
    return "\n".join([*lines, PRINT_GRADIENTS])


def _rate(dissection: Dissection, gettext: Gettext) -> str:
    recipe = dissection.recipe
    if recipe.schedule == "constant":
        return f"learning_rate = {recipe.learning_rate!r}"
    text = gettext(
        "The learning rate of epoch %(epoch)s, counted from 0, by the schedule %(name)s:"
    )
    values = {"epoch": dissection.epoch, "name": recipe.schedule}
    return "\n".join(
        [
            comment(text % values),
            comment(SCHEDULE_SOURCE[recipe.schedule]),
            f"learning_rate = {dissection.learning_rate!r}",
        ]
    )


def _optimizer(dissection: Dissection, gettext: Gettext) -> str:
    recipe = dissection.recipe
    lines = []
    if recipe.clipping != "none":
        function = {"norm": "clip_grad_norm_", "value": "clip_grad_value_"}[recipe.clipping]
        lines.append(comment(gettext("Clipping: what is too large is made smaller.")))
        lines.append(f"torch.nn.utils.{function}(parameters, {recipe.clip_limit!r})")
    lines.append(f"optimizer = {OPTIMIZERS[recipe.optimizer].format(**vars(recipe))}")
    memory = {
        MEMORY[name]: array
        for name, array in dissection.memory.items()
        if name in MEMORY and array.any()
    }
    if memory:
        lines.append(comment(gettext("What the optimizer remembers of the updates before.")))
        count = float(dissection.memory.get("t", np.array(0.0)))
        lines += _memory(dissection, recipe, memory, count)
    return "\n".join(lines)


def _memory(
    dissection: Dissection, recipe: Recipe, memory: dict[str, Array], count: float
) -> list[str]:
    shapes = [(layer.n_in, layer.units) for layer in dissection.network.layers]
    split = {name: blocks(array, shapes) for name, array in memory.items()}
    lines = []
    for number in range(2 * len(shapes)):
        owner = f"{'Wb'[number % 2]}[{number // 2 + 1}]"
        lines.append(f"optimizer.state[{owner}] = {{")
        if recipe.optimizer not in ("momentum", "nesterov"):
            lines.append(f'{INDENT}"step": torch.tensor({count!r}),')
        for name, parts in split.items():
            entry = f'{INDENT}"{name}": {_tensor(parts[number])},'
            lines.append(entry.replace("\n", f"\n{INDENT}"))
        lines.append("}")
    return lines


def _step(dissection: Dissection, gettext: Gettext) -> str:
    recipe = dissection.recipe
    if recipe.regularization == "none":
        return "optimizer.step()"
    text = gettext(
        "The penalty pulls each weight by its value before the step; biases are spared. (PyTorch's "
        "own weight_decay would add it to the gradient instead.)"
    )
    pull = _PULL[recipe.regularization].format(rate=recipe.regularization_rate)
    lines = ["before = {layer: W[layer].detach().clone() for layer in W}", "optimizer.step()"]
    lines += [comment(text), "with torch.no_grad():", "    for layer, old in before.items():"]
    if recipe.regularization == "L2":
        lines.append(f"        W[layer] -= {pull}")
        return "\n".join(lines)
    stops = gettext("A weight that is pulled across zero stops there, and stays.")
    moved = [
        f"        pulled = W[layer] - {pull}",
        f"        {comment(stops)}",
        "        gone = dead[layer] | (W[layer] * pulled < 0.0)",
        "        W[layer].copy_(torch.where(gone, 0.0, pulled))",
    ]
    return "\n".join([_dead(dissection), *lines, *moved])


def _dead(dissection: Dissection) -> str:
    """The weights that have stopped already."""
    if not dissection.dead.any():
        return "dead = {layer: torch.zeros_like(W[layer], dtype=torch.bool) for layer in W}"
    shapes = [(layer.n_in, layer.units) for layer in dissection.network.layers]
    weights = blocks(dissection.dead, shapes)[::2]
    entries = [
        f"{INDENT}{layer}: {_tensor(mask)},".replace("\n", f"\n{INDENT}")
        for layer, mask in enumerate(weights, start=1)
    ]
    return "\n".join(["dead = {", *entries, "}"])
