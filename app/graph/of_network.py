"""A neuron of the playground, or its whole network, as a program for one example."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from app.experiment import Experiment
from app.run import make_network
from app.snippet.errors import Gettext, gettext_noop
from engine.activations import LEAKY_SLOPE
from engine.datasets import features
from engine.losses import LOSSES

# For each activation, a of z; a step has no gradient to show.
ACTIVATIONS: dict[str, str] = {
    "relu": "relu({z})",
    "tanh": "tanh({z})",
    "sigmoid": "sigmoid({z})",
    "linear": "{z}",
    "leaky-relu": f"max({{z}}, {LEAKY_SLOPE} * {{z}})",
    "elu": "max({z}, 0) + exp(min({z}, 0)) - 1",
    "gelu": f"0.5 * {{z}} * (1 + tanh({math.sqrt(2 / math.pi):.12g}"
    " * ({z} + 0.044715 * {z}**3)))",
    "silu": "{z} * sigmoid({z})",
    "softplus": "log(1 + exp({z}))",
    "sine": "sin({z})",
}
_FEATURES = {
    "x": "x1",
    "y": "x2",
    "xSquared": "x1 * x1",
    "ySquared": "x2 * x2",
    "xTimesY": "x1 * x2",
    "sinX": "sin(x1)",
    "sinY": "sin(x2)",
}
_MOST_PARAMETERS = 400

_NO_SLOPE = gettext_noop("The step function has no gradient to pass on, so there is no graph.")
_TOO_LARGE = gettext_noop(
    "This network has %(count)s parameters; up to %(limit)s can be shown as a graph. Select a "
    "neuron instead."
)
_UNFIT = gettext_noop("These parameters do not belong to this network.")


def program_of_network(
    experiment: Experiment,
    parameters: Sequence[float],
    point: Sequence[float],
    target: float,
    neuron: tuple[int, int] | None,
    gettext: Gettext,
) -> dict[str, Any]:
    """Write a program whose graph is a neuron or a network.

    Args:
        experiment: names the network.
        parameters: flat, as in ``Network.parameters``.
        point: (x1, x2) of the example.
        target: as the data set writes it: -1 or 1, a class from 0, or a value.
        neuron: (layer from 1, unit from 0) of the neuron alone; None for the network with its loss.
        gettext: into the reader's language.

    Returns:
        ``{"text"}``, or ``{"error"}`` with a ``message``.
    """
    network = make_network(experiment)
    shown = [layer.activation for layer in network.layers]
    if neuron is not None:
        if neuron[0] > len(network.layers) or neuron[1] >= network.layers[neuron[0] - 1].units:
            return {"error": {"message": gettext(_UNFIT)}}
        shown = [shown[neuron[0] - 1]]
    if len(parameters) != network.parameters.size:
        return {"error": {"message": gettext(_UNFIT)}}
    if any(activation.name not in ACTIVATIONS for activation in shown):
        return {"error": {"message": gettext(_NO_SLOPE)}}
    if neuron is None and len(parameters) > _MOST_PARAMETERS:
        values = {"count": len(parameters), "limit": _MOST_PARAMETERS}
        return {"error": {"message": gettext(_TOO_LARGE) % values}}
    network.parameters[:] = parameters
    if neuron is not None:
        return {"text": _neuron(experiment, network, point, neuron)}
    lines = _layers(experiment, network, point)
    names = [f"a{len(network.layers)}_{unit + 1}" for unit in range(network.layers[-1].units)]
    return {"text": "\n".join([*lines, "", *_loss(experiment, names, target), ""])}


def _neuron(
    experiment: Experiment, network: Any, point: Sequence[float], neuron: tuple[int, int]
) -> str:
    """The neuron with the numbers that its inputs have for the example."""
    layer, unit = network.layers[neuron[0] - 1], neuron[1]
    X = features(np.array([point]), experiment.features).astype(network.parameters.dtype)
    trace = network.trace(1)
    trace.X[:] = X
    network.forward(trace)
    inputs = X[0] if neuron[0] == 1 else trace.a[neuron[0] - 1][0]
    count = len(inputs)
    lines = [f"x{i + 1} = {_number(value)}" for i, value in enumerate(inputs)]
    lines += [f"w{i + 1} = {_number(layer.W[i, unit])}" for i in range(count)]
    lines += [f"b = {_number(layer.b[unit])}", ""]
    total = " + ".join(f"w{i + 1} * x{i + 1}" for i in range(count))
    lines += [f"z = {total} + b", f"a = {ACTIVATIONS[layer.activation.name].format(z='z')}", ""]
    return "\n".join(lines)


def _layers(experiment: Experiment, network: Any, point: Sequence[float]) -> list[str]:
    """Inputs, weights and neurons, layer by layer."""
    lines = [f"x1 = {_number(point[0])}", f"x2 = {_number(point[1])}"]
    before = []
    for name in experiment.features:
        written = _FEATURES[name]
        if written in ("x1", "x2"):
            before.append(written)
        else:
            before.append(f"f{len(before) + 1}")
            lines.append(f"{before[-1]} = {written}")
    for number, layer in enumerate(network.layers, 1):
        lines.append("")
        names = []
        results = []
        for unit in range(layer.units):
            here = f"{number}_{unit + 1}"
            weights = [f"w{number}_{i + 1}_{unit + 1}" for i in range(len(before))]
            lines += [
                f"{weight} = {_number(layer.W[i, unit])}" for i, weight in enumerate(weights)
            ]
            lines.append(f"b{here} = {_number(layer.b[unit])}")
            terms = [f"{weight} * {a}" for weight, a in zip(weights, before, strict=True)]
            results.append(f"z{here} = {' + '.join([*terms, f'b{here}'])}")
            names.append(f"a{here}")
            written = ACTIVATIONS[layer.activation.name].format(z=f"z{here}")
            results.append(f"{names[-1]} = {written}")
        lines += results
        before = names
    return lines


def _loss(experiment: Experiment, outputs: list[str], target: float) -> list[str]:
    """The example's loss, without the penalty."""
    loss = LOSSES[experiment.loss]
    wanted = loss.encode([target], experiment.problem, experiment.class_count)
    if experiment.loss == "softmax":
        total = " + ".join(f"exp({output})" for output in outputs)
        return [f"loss = log({total}) - {outputs[int(np.ravel(wanted)[0])]}"]
    targets = np.ravel(wanted)
    if len(outputs) > 1 and len(targets) == 1:
        targets = (np.arange(len(outputs)) == int(targets[0])).astype(np.float64)
    lines = [f"target{i + 1} = {_number(value)}" for i, value in enumerate(targets)]
    parts = [
        _LOSSES[experiment.loss](output, f"target{i + 1}", float(targets[i]))
        for i, output in enumerate(outputs)
    ]
    share = "" if experiment.loss == "half-squared" or len(parts) == 1 else f" / {len(parts)}"
    whole = " + ".join(parts)
    return [*lines, f"loss = ({whole}){share}" if share else f"loss = {whole}"]


def _huber(a: str, t: str, _target: float) -> str:
    return f"min(abs({a} - {t}), 1) * (abs({a} - {t}) - 0.5 * min(abs({a} - {t}), 1))"


_LOSSES: dict[str, Callable[[str, str, float], str]] = {
    "half-squared": lambda a, t, _: f"0.5 * ({a} - {t})**2",
    "mse": lambda a, t, _: f"({a} - {t})**2",
    "huber": _huber,
    # Of the two forms of -log p the one that the target leaves standing.
    "bce": lambda a, _t, target: f"log(1 + exp({'-' if target > 0 else ''}{a}))",
    "hinge": lambda a, t, _: f"max(0, 1 - {t} * {a})",
}


def _number(value: float | np.floating[Any]) -> str:
    """The shortest decimal that is the same float32, which is what the page was sent."""
    text = str(np.float32(value))
    return text if set(text) & set(".en") else f"{text}.0"
