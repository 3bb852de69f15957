"""PyTorch's side of the parity cases. The only module of the tests that needs torch."""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim import lr_scheduler

from engine.arrays import Array
from engine.recipe import Recipe
from tests.vectors.parity import BATCH, EXAMPLES, STEPS, Case

VERSION = torch.__version__


def _step(z: Tensor) -> Tensor:
    return (z >= 0.0).to(z.dtype) + 0.0 * z


_ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "relu": functional.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "linear": lambda z: z,
    "leaky-relu": functional.leaky_relu,
    "elu": functional.elu,
    "gelu": lambda z: functional.gelu(z, approximate="tanh"),
    "silu": functional.silu,
    "softplus": functional.softplus,
    "sine": torch.sin,
    "step": _step,
}

_LOSSES: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "half-squared": lambda a, y: 0.5 * (a - y).square().sum(dim=1).mean(),
    "mse": functional.mse_loss,
    "huber": functional.huber_loss,
    "bce": lambda a, y: functional.binary_cross_entropy_with_logits(a, (y + 1.0) / 2.0),
    "softmax": lambda a, y: functional.cross_entropy(a, y[:, 0].long()),
    "hinge": lambda a, y: torch.clamp(1.0 - y * a, min=0.0).mean(),
}


class _Net:
    """A 2-4-K network with our parameters in it."""

    def __init__(self, case: Case, parameters: Array) -> None:
        n_in, hidden, outputs = case.shape
        self.first = nn.Linear(n_in, hidden, dtype=torch.float64)
        self.second = nn.Linear(hidden, outputs, dtype=torch.float64)
        self._hidden = _ACTIVATIONS[case.activation]
        self._output = _ACTIVATIONS[case.output_activation]
        cut = (n_in + 1) * hidden
        blocks = (parameters[:cut].reshape(-1, hidden), parameters[cut:].reshape(-1, outputs))
        with torch.no_grad():
            for layer, block in zip((self.first, self.second), blocks, strict=True):
                layer.weight.copy_(torch.from_numpy(block[:-1].T.copy()))
                layer.bias.copy_(torch.from_numpy(block[-1].copy()))

    def __call__(self, X: Tensor) -> Tensor:
        return self._output(self.second(self._hidden(self.first(X))))

    def parameters(self) -> list[Tensor]:
        """Weight and bias of both layers."""
        return [*self.first.parameters(), *self.second.parameters()]

    def zero_grad(self) -> None:
        for parameter in self.parameters():
            parameter.grad = None

    def flat(self, of: Callable[[Tensor], Tensor]) -> Array:
        """Something of every parameter, laid out as our vector."""
        parts = [
            part
            for layer in (self.first, self.second)
            for part in (of(layer.weight).T.ravel(), of(layer.bias).ravel())
        ]
        return np.array(torch.cat(parts).detach().numpy())


def _optimizer(recipe: Recipe, net: _Net) -> torch.optim.Optimizer:
    rate, betas = recipe.learning_rate, (recipe.beta1, recipe.beta2)
    parameters = net.parameters()
    if recipe.regularization == "L2":
        groups = [
            {"params": [p for p in parameters if p.ndim == 2], "weight_decay": 0.1},
            {"params": [p for p in parameters if p.ndim == 1], "weight_decay": 0.0},
        ]
        return torch.optim.SGD(groups, rate)
    rows: dict[str, Callable[[], torch.optim.Optimizer]] = {
        "sgd": lambda: torch.optim.SGD(parameters, rate),
        "momentum": lambda: torch.optim.SGD(parameters, rate, recipe.momentum),
        "nesterov": lambda: torch.optim.SGD(parameters, rate, recipe.momentum, nesterov=True),
        "rmsprop": lambda: torch.optim.RMSprop(parameters, rate, recipe.rho, recipe.epsilon),
        "adam": lambda: torch.optim.Adam(parameters, rate, betas, recipe.epsilon),
        "adamw": lambda: torch.optim.AdamW(
            parameters, rate, betas, recipe.epsilon, recipe.weight_decay
        ),
    }
    return rows[recipe.optimizer]()


def _scheduler(recipe: Recipe, optimizer: torch.optim.Optimizer) -> lr_scheduler.LRScheduler:
    period, gamma = recipe.schedule_period, recipe.schedule_gamma
    lowest = recipe.learning_rate * recipe.schedule_floor
    rows: dict[str, Callable[[], lr_scheduler.LRScheduler]] = {
        "constant": lambda: lr_scheduler.ConstantLR(optimizer, 1.0),
        "step": lambda: lr_scheduler.StepLR(optimizer, period, gamma),
        "exponential": lambda: lr_scheduler.ExponentialLR(optimizer, gamma),
        "cosine": lambda: lr_scheduler.CosineAnnealingLR(optimizer, period, lowest),
        "warmup": lambda: lr_scheduler.LinearLR(optimizer, 1.0 / period, 1.0, period - 1),
    }
    return rows[recipe.schedule]()


def _clip(recipe: Recipe, net: _Net) -> None:
    if recipe.clipping == "norm":
        nn.utils.clip_grad_norm_(net.parameters(), recipe.clip_limit)
    elif recipe.clipping == "value":
        nn.utils.clip_grad_value_(net.parameters(), recipe.clip_limit)


def _gradient(parameter: Tensor) -> Tensor:
    return torch.zeros_like(parameter) if parameter.grad is None else parameter.grad


def train(case: Case, given: dict[str, Array]) -> dict[str, Array]:
    """PyTorch's gradient over all examples, and its parameters after 100 steps."""
    X, y = torch.from_numpy(given["X"]), torch.from_numpy(given["y"])[:, None]
    net, loss = _Net(case, given["parameters"]), _LOSSES[case.recipe.loss]
    torch.autograd.backward(loss(net(X), y))
    gradient = net.flat(_gradient)

    optimizer = _optimizer(case.recipe, net)
    scheduler = _scheduler(case.recipe, optimizer)
    for step in range(STEPS):
        start = step * BATCH % EXAMPLES
        net.zero_grad()
        rows = slice(start, start + BATCH)
        torch.autograd.backward(loss(net(X[rows]), y[rows]))
        _clip(case.recipe, net)
        optimizer.step()
        if start + BATCH == EXAMPLES:
            scheduler.step()
    return {"gradient": gradient, "parameters": net.flat(lambda parameter: parameter)}
