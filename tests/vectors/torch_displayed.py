"""Every number that the page shows of one update, as PyTorch computes it. Needs torch."""

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from app.closeups import SIGNALS
from app.protocol import BinaryMessage, decode
from engine.arrays import Array
from engine.recipe import Recipe
from tests.vectors.displayed_cases import Case

VERSION = torch.__version__
Layers = Sequence[tuple[Tensor, ...]]
_NOTHING, _ONE = torch.tensor(torch.nan), torch.tensor(1.0)
_ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "linear": lambda z: z + 0.0,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
}
# The loss of each example.
_LOSSES: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "mse": lambda a, y: (a - y).square().mean(dim=1),
    "bce": lambda a, y: functional.binary_cross_entropy_with_logits(
        a, (y + 1.0) / 2.0, reduction="none"
    ).mean(dim=1),
}
_TARGETS: dict[str, Callable[[Tensor], Tensor]] = {
    "mse": lambda y: y,
    "bce": lambda y: (y + 1.0) / 2.0,
}
_PRESENTED: dict[str, Callable[[Tensor], Tensor]] = {
    "mse": lambda a: a,
    "bce": lambda a: 2.0 * torch.sigmoid(a) - 1.0,
}


class _Pass:
    """A pass forward and backward over some rows, every stage kept."""

    def __init__(self, net: "_Net", X: Tensor, y: Tensor) -> None:
        self.a, self.z = [X], [torch.zeros(0)]
        for (W, b), activation in zip(net.layers, net.activations, strict=True):
            z = self.a[-1] @ W + b
            a = _ACTIVATIONS[activation](z)
            z.retain_grad()
            a.retain_grad()
            self.z.append(z)
            self.a.append(a)
        self.targets = _TARGETS[net.loss](y)
        self.per_example = _LOSSES[net.loss](self.a[-1], y)
        self.loss = self.per_example.mean()
        net.forget()
        torch.autograd.backward(self.loss)
        self.gradient = net.flat(lambda parameter: parameter.grad)

    def slope(self, layer: int, activation: str) -> Tensor:
        """∂a/∂z of a layer, row by row, by autograd."""
        z = self.z[layer].detach().requires_grad_()
        (slope,) = torch.autograd.grad(_ACTIVATIONS[activation](z).sum(), z)
        return slope


class _Net:
    """Dense layers that start from our flat vector."""

    def __init__(self, case: Case) -> None:
        run = case.begun()
        network, self.recipe = run.trainer.network, run.trainer.recipe
        self.loss = self.recipe.loss
        self.activations = [spec.activation for spec in network.spec]
        self.layers = [
            tuple(torch.from_numpy(part.copy()).requires_grad_() for part in (layer.W, layer.b))
            for layer in network.layers
        ]

    def parameters(self) -> list[Tensor]:
        return [part for layer in self.layers for part in layer]

    def forget(self) -> None:
        for parameter in self.parameters():
            parameter.grad = None

    def flat(self, of: Callable[[Tensor], Tensor | None]) -> Tensor:
        """Something of every parameter, laid out as our vector."""
        parts = [of(parameter) for parameter in self.parameters()]
        return torch.cat([part.detach().reshape(-1).clone() for part in parts if part is not None])


def displayed(case: Case) -> dict[str, Array]:
    """The numbers of the case's message by the names of its arrays and scalars."""
    net, batches = _Net(case), [tuple(map(_tensor, batch)) for batch in case.batches()]
    optimizer = _optimizer(net)
    for X, y in batches[:-1]:
        _Pass(net, X, y)
        optimizer.step()
    X, y = batches[-1]
    rows = slice(None) if case.place is None else slice(case.place, case.place + 1)
    traced, before = _Pass(net, X[rows], y[rows]), net.flat(lambda parameter: parameter)
    memory = _memory(net, optimizer)
    layers = [tuple(part.detach().clone() for part in layer) for layer in net.layers]
    whole = _Pass(net, X, y)
    optimizer.step()
    after = net.flat(lambda parameter: parameter)
    message = decode(case.message())
    signals = _signals(net, traced)
    found = {
        "inputs": signals["a"][0],
        "targets": traced.targets,
        "presented": _PRESENTED[net.loss](traced.a[-1]),
        "per_example": whole.per_example,
        **{name: torch.cat(signals[name][1:]) for name in ("z", "a", "slope", "da", "delta")},
        "parameters": before,
        "share": traced.gradient,
        **{f"before.{name}": number for name, number in memory.items()},
        **_update(net, optimizer, whole, before, after),
        "loss": traced.loss,
        "batch_loss": whole.loss,
        "loss_after": _Pass(net, X[rows], y[rows]).loss,
        "batch_loss_after": _Pass(net, X, y).loss,
        "neuron": _unit(net, whole, case.neuron),
        "curve": _curve(net, case.neuron, message),
        "contributions": _contributions(whole, case.weight),
    }
    found["update.loss_after"] = found["loss_after"]
    added = found["contributions"]
    found["contribution_sums"] = torch.stack([added.clamp(min=0).sum(), added.clamp(max=0).sum()])
    found["numbers"] = _numbers(message, signals, layers, traced, found["loss_after"])
    return {name: np.array(tensor.detach().numpy()) for name, tensor in found.items()}


def _tensor(array: Array) -> Tensor:
    tensor = torch.from_numpy(np.array(array, np.float64))
    return tensor if tensor.ndim == 2 else tensor[:, None]


def _optimizer(net: _Net) -> torch.optim.Optimizer:
    recipe: Recipe = net.recipe
    if recipe.optimizer == "adam":
        betas = (recipe.beta1, recipe.beta2)
        return torch.optim.Adam(net.parameters(), recipe.learning_rate, betas, recipe.epsilon)
    return torch.optim.SGD(net.parameters(), recipe.learning_rate)


def _memory(net: _Net, optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    """Adam's m, v and t; nothing of plain descent."""
    if not isinstance(optimizer, torch.optim.Adam):
        return {}
    state = optimizer.state
    return {
        "m": net.flat(lambda parameter: state[parameter]["exp_avg"]),
        "v": net.flat(lambda parameter: state[parameter]["exp_avg_sq"]),
        "t": torch.tensor(float(state[net.parameters()[0]]["step"])),
    }


def _update(
    net: _Net, optimizer: torch.optim.Optimizer, whole: _Pass, before: Tensor, after: Tensor
) -> dict[str, Tensor]:
    found = {"gradient": whole.gradient, "update": after - before, "new_parameters": after}
    memory, recipe = _memory(net, optimizer), net.recipe
    if memory:
        count = float(memory["t"])
        found |= memory
        found["m_hat"] = memory["m"] / (1.0 - recipe.beta1**count)
        found["v_hat"] = memory["v"] / (1.0 - recipe.beta2**count)
        root = found["v_hat"].sqrt() + recipe.epsilon
        found["effective_rate"] = recipe.learning_rate / root
    return {f"update.{name}": number for name, number in found.items()}


def _signals(net: _Net, traced: _Pass) -> dict[str, list[Tensor]]:
    """Unit by unit: means of values, sums of gradients; of one row both are the row itself."""
    slopes = [traced.slope(k, name) for k, name in enumerate(net.activations, start=1)]
    gradients = {
        name: [torch.zeros(0), *(_gradient(array).sum(dim=0) for array in arrays[1:])]
        for name, arrays in (("da", traced.a), ("delta", traced.z))
    }
    return {
        "a": [array.mean(dim=0) for array in traced.a],
        "z": [torch.zeros(0), *(array.mean(dim=0) for array in traced.z[1:])],
        "slope": [torch.zeros(0), *(array.mean(dim=0) for array in slopes)],
        **gradients,
    }


def _gradient(tensor: Tensor) -> Tensor:
    if tensor.grad is None:
        raise ValueError("expected a tensor that backward has reached")
    return tensor.grad


def _unit(net: _Net, whole: _Pass, neuron: tuple[int, int]) -> Tensor:
    """(rows, 5) z, a, slope, da and delta of a unit, the last two of each row's own loss."""
    layer, unit = neuron
    z, a, rows = whole.z[layer], whole.a[layer], len(whole.a[0])
    slope = whole.slope(layer, net.activations[layer - 1])
    columns = [z, a, slope, rows * _gradient(a), rows * _gradient(z)]
    return torch.stack([column[:, unit].detach() for column in columns], dim=1)


def _curve(net: _Net, neuron: tuple[int, int], message: BinaryMessage) -> Tensor:
    """The activation over the same z as ours."""
    z = torch.from_numpy(message.tensors["curve"][:, 0].copy()).requires_grad_()
    a = _ACTIVATIONS[net.activations[neuron[0] - 1]](z)
    (slope,) = torch.autograd.grad(a.sum(), z)
    return torch.stack([z.detach(), a.detach(), slope], dim=1)


def _contributions(whole: _Pass, weight: tuple[int, int | None, int]) -> Tensor:
    """What each row adds to the mean's gradient: a · δ, or δ for a bias."""
    layer, from_, to = weight
    delta = _gradient(whole.z[layer])[:, to]
    return delta if from_ is None else whole.a[layer - 1][:, from_].detach() * delta


def _numbers(
    message: BinaryMessage,
    signals: dict[str, list[Tensor]],
    layers: Layers,
    traced: _Pass,
    loss_after: Tensor,
) -> Tensor:
    """(S, 4) left, right, value and total of the message's stages, in their order."""
    acts = message.metadata["acts"].split(",")
    columns = message.metadata["stages"].split(",")
    shares = _blocks(traced.gradient, layers)
    rows = []
    for row in message.tensors["stages"]:
        stage = dict(zip(columns, map(int, row), strict=True))
        act, layer = acts[stage["act"]], stage["layer"]
        if layer == 0:
            numbers = [_NOTHING] * 2 + [_NOTHING if act == "line" else traced.loss] * 2
        elif act in ("term", "came_back"):
            numbers = _product(act, layer, stage["unit"], stage["term"], signals, layers)
        else:
            numbers = _rest(act, layer, stage["unit"], stage["term"], signals, layers, shares)
        rows.append(numbers)
    rows[-1][2:] = [loss_after, loss_after]
    return torch.stack([torch.stack([n.detach().to(torch.float64) for n in row]) for row in rows])


def _product(
    act: str, layer: int, unit: int, term: int, signals: dict[str, list[Tensor]], layers: Layers
) -> list[Tensor]:
    """One product of z, or of ∂L/∂a, and the sum so far; at the output ∂L/∂a itself."""
    if act == "term":
        lefts, rights = layers[layer - 1][0][:, unit], signals["a"][layer - 1]
    elif layer == len(layers):
        return [_NOTHING, _NOTHING, *[signals["da"][layer][unit]] * 2]
    else:
        lefts, rights = layers[layer][0][unit], signals["delta"][layer + 1]
    products = lefts * rights
    return [lefts[term], rights[term], products[term], products[: term + 1].sum()]


def _rest(
    act: str,
    layer: int,
    unit: int,
    term: int,
    signals: dict[str, list[Tensor]],
    layers: Layers,
    shares: Layers,
) -> list[Tensor]:
    """Any other stage of a unit."""
    z, a, slope, da, delta = (signals[name][layer][unit] for name in SIGNALS)
    bias, (dW, db) = layers[layer - 1][1][unit], shares[layer - 1]
    rows: dict[str, Callable[[], list[Tensor]]] = {
        "bias": lambda: [bias, _ONE, bias, z],
        "activation": lambda: [z, _NOTHING, a, a],
        "slope": lambda: [z, _NOTHING, slope, slope],
        "delta": lambda: [da, slope, delta, delta],
        "dW": lambda: [signals["a"][layer - 1][term], delta, dW[term, unit], dW[term, unit]],
        "db": lambda: [_ONE, delta, db[unit], db[unit]],
    }
    return rows[act]()


def _blocks(flat: Tensor, layers: Layers) -> list[tuple[Tensor, ...]]:
    """A flat vector as dW and db of each layer."""
    blocks: list[tuple[Tensor, ...]] = []
    start = 0
    for W, b in layers:
        middle, end = start + W.numel(), start + W.numel() + b.numel()
        blocks.append((flat[start:middle].reshape(W.shape), flat[middle:end]))
        start = end
    return blocks
