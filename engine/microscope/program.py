"""One update as lines of NumPy: what each stage of it computes, ready to be run.

Matrices are kept in dictionaries by the layer's number, so that ``W[2]`` in a line is what a
textbook calls W of layer 2. All of the parameters in one vector are called ``parameters``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from engine.microscope.source import (
    FLATTEN,
    LOSS_SOURCE,
    SCHEDULE_SOURCE,
    SPLIT,
    function_name,
    loss_functions,
    mean_loss_function,
)
from engine.network import LayerSpec
from engine.recipe import Recipe

PHASES = ("forward", "loss", "backward", "update")
SETUP = "a, z, da, slope, delta, dW, db = {0: X}, {}, {}, {}, {}, {}, {}"


class Source(StrEnum):
    """Where the gradient of the update comes from.

    BATCH: what is traced is the batch. MEMBER: it is one example of the batch. OUTSIDER: it is an
    example that the update does not see.
    """

    BATCH = "batch"
    MEMBER = "member"
    OUTSIDER = "outsider"


@dataclass(frozen=True)
class Line:
    """One statement.

    Attributes:
        phase: an index of PHASES.
        layer: whose it is, from 1; 0 for a line of the whole network.
        name: the variable that it assigns, without the layer.
        text: the statement.
    """

    phase: int
    layer: int
    name: str
    text: str


@dataclass(frozen=True)
class Program:
    """Statements that compute one update, with the functions that they call.

    Run in order, after ``import numpy as np`` and the givens: definitions, setup, lines.
    """

    definitions: tuple[str, ...]
    setup: tuple[str, ...]
    lines: tuple[Line, ...]

    def text(self) -> str:
        """All of it as one piece."""
        return "\n".join([*self.definitions, *self.setup, *(line.text for line in self.lines)])


def write(spec: Sequence[LayerSpec], recipe: Recipe, source: Source) -> Program:
    """The program of one update of a network."""
    names = [layer.activation for layer in spec]
    definitions = (
        *loss_functions(recipe.loss, set(names)),
        mean_loss_function(recipe.loss, names),
        FLATTEN,
        SPLIT,
    )
    setup = [SETUP, "parameters = flatten(W, b)"]
    if recipe.regularization != "none":
        setup += [
            "weights = {layer: np.ones_like(W[layer]) for layer in W}",
            "biases = {layer: np.zeros_like(b[layer]) for layer in b}",
            "is_weight = flatten(weights, biases)",
        ]
    lines = (
        *_forward(names),
        *_loss(recipe, len(names)),
        *_backward(recipe, names),
        *_update(recipe, source),
    )
    return Program(definitions, tuple(setup), lines)


def _forward(names: list[str]) -> Iterator[Line]:
    for layer, name in enumerate(names, start=1):
        yield Line(0, layer, "z", f"z[{layer}] = a[{layer - 1}] @ W[{layer}] + b[{layer}]")
        yield Line(0, layer, "a", f"a[{layer}] = {function_name(name)}(z[{layer}])")


def _loss(recipe: Recipe, last: int) -> Iterator[Line]:
    formula = LOSS_SOURCE[recipe.loss][0].format(a=f"a[{last}]")
    yield Line(1, 0, "per_example", f"per_example = {formula}")
    yield Line(1, 0, "loss", "loss = np.mean(per_example)")


def _backward(recipe: Recipe, names: list[str]) -> Iterator[Line]:
    last = len(names)
    for layer in range(last, 0, -1):
        came_back = f"delta[{layer + 1}] @ W[{layer + 1}].T"
        if layer == last:
            came_back = LOSS_SOURCE[recipe.loss][1].format(a=f"a[{last}]")
        slope = f"d_{function_name(names[layer - 1])}(z[{layer}])"
        yield Line(2, layer, "da", f"da[{layer}] = {came_back}")
        yield Line(2, layer, "slope", f"slope[{layer}] = {slope}")
        yield Line(2, layer, "delta", f"delta[{layer}] = da[{layer}] * slope[{layer}]")
        yield Line(2, layer, "dW", f"dW[{layer}] = a[{layer - 1}].T @ delta[{layer}]")
        yield Line(2, layer, "db", f"db[{layer}] = delta[{layer}].sum(axis=0)")


_GRADIENT = {
    Source.BATCH: "flatten(dW, db)",
    Source.MEMBER: "(flatten(dW, db) + others) / batch_rows",
    Source.OUTSIDER: "batch_gradient",
}
_CLIPPING: dict[str, tuple[tuple[str, str], ...]] = {
    "none": (),
    "norm": (
        ("norm", "np.sqrt(gradient @ gradient)"),
        ("factor", "min(clip_limit / (norm + 1e-6), 1.0)"),
        ("clipped", "factor * gradient"),
    ),
    "value": (("clipped", "np.clip(gradient, -clip_limit, clip_limit)"),),
}
_VELOCITY = ("velocity", "momentum * velocity + {g}")
_ADAM = (
    ("t", "t + 1"),
    ("m", "beta1 * m + (1.0 - beta1) * {g}"),
    ("v", "beta2 * v + (1.0 - beta2) * {g} ** 2"),
    ("m_hat", "m / (1.0 - beta1**t)"),
    ("v_hat", "v / (1.0 - beta2**t)"),
    ("effective_rate", "learning_rate / (np.sqrt(v_hat) + epsilon)"),
)
# For each optimizer the lines up to the last one, the step that it proposes; {g} stands for the
# gradient.
_OPTIMIZER: dict[str, tuple[tuple[str, str], ...]] = {
    "sgd": (("proposed", "-learning_rate * {g}"),),
    "momentum": (_VELOCITY, ("proposed", "-learning_rate * velocity")),
    "nesterov": (
        _VELOCITY,
        ("ahead", "{g} + momentum * velocity"),
        ("proposed", "-learning_rate * ahead"),
    ),
    "rmsprop": (
        ("mean_square", "rho * mean_square + (1.0 - rho) * {g} ** 2"),
        ("effective_rate", "learning_rate / (np.sqrt(mean_square) + epsilon)"),
        ("proposed", "-effective_rate * {g}"),
    ),
    "adam": (*_ADAM, ("proposed", "-effective_rate * m_hat")),
    "adamw": (
        *_ADAM,
        ("adam_step", "-effective_rate * m_hat"),
        ("decay", "-learning_rate * weight_decay * parameters"),
        ("proposed", "adam_step + decay"),
    ),
}
_PENALTY: dict[str, tuple[tuple[str, str], ...]] = {
    "none": (),
    "L1": (
        ("pull", "-learning_rate * regularization_rate * np.sign(parameters) * is_weight"),
        ("moved", "parameters + proposed"),
        ("dead", "dead | (moved * (moved + pull) < 0.0)"),
        ("update", "np.where(dead, 0.0, moved + pull) - parameters"),
    ),
    "L2": (
        ("pull", "-learning_rate * regularization_rate * parameters * is_weight"),
        ("update", "proposed + pull"),
    ),
}


def _update(recipe: Recipe, source: Source) -> Iterator[Line]:
    used = "gradient" if recipe.clipping == "none" else "clipped"
    scheduled = () if recipe.schedule == "constant" else (SCHEDULE_SOURCE[recipe.schedule],)
    *explained, (_, proposal) = _OPTIMIZER[recipe.optimizer]
    # Without a penalty the optimizer's step is the update.
    last = "update" if recipe.regularization == "none" else "proposed"
    for name, formula in (
        ("gradient", _GRADIENT[source]),
        *_CLIPPING[recipe.clipping],
        *(("learning_rate", formula) for formula in scheduled),
        *explained,
        (last, proposal),
        *_PENALTY[recipe.regularization],
        ("new_parameters", "parameters + update"),
        ("loss_after", "mean_loss(*split(new_parameters))"),
    ):
        yield Line(3, 0, name, f"{name} = {formula.format(g=used)}")
