"""Write ``microscope.safetensors``: every stage of one update, as PyTorch computes it.

Run from the repository's root, in an environment with torch, after a change of the cases:
``python -m tests.vectors.make_microscope_vectors``.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from torch import Tensor
from torch.nn import functional

from engine.arrays import Array
from tests.vectors.microscope_cases import Case, all_cases

VECTORS = Path(__file__).parent / "microscope.safetensors"
ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "linear": lambda z: z + 0.0,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "silu": functional.silu,
}
LOSSES: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "mse": functional.mse_loss,
    "bce": lambda a, y: functional.binary_cross_entropy_with_logits(a, (y + 1.0) / 2.0),
    "half-squared": lambda a, y: 0.5 * (a - y).square().sum(dim=1).mean(),
}


def main() -> None:
    """Make each case's updates; write down the last one."""
    found = {
        f"{case.name}/{name}": np.ascontiguousarray(array)
        for case in all_cases()
        for name, array in _stages(case).items()
    }
    save_file(found, VECTORS, metadata={"torch": torch.__version__})


def _blocks(case: Case) -> list[Tensor]:
    """(n_in, units) weights and (units,) biases in turn."""
    blocks, start, n_in = [], 0, case.X.shape[1]
    for layer in case.layers:
        end = start + (n_in + 1) * layer.units
        block = torch.from_numpy(case.parameters[start:end].reshape(n_in + 1, layer.units).copy())
        blocks += [block[:-1].clone().requires_grad_(), block[-1].clone().requires_grad_()]
        start, n_in = end, layer.units
    return blocks


def _stages(case: Case) -> dict[str, Array]:
    X, y = torch.from_numpy(case.X), torch.from_numpy(case.y)[:, None]
    blocks, recipe = _blocks(case), case.recipe
    rate, betas = recipe.learning_rate, (recipe.beta1, recipe.beta2)
    adam = recipe.optimizer == "adam"
    optimizer: torch.optim.Optimizer = (
        torch.optim.Adam(blocks, rate, betas, recipe.epsilon)
        if adam
        else torch.optim.SGD(blocks, rate)
    )
    for _ in range(case.updates + 1):
        optimizer.zero_grad()
        before = [block.detach().clone() for block in blocks]
        stages, loss = _forward(case, X, y, blocks)
        torch.autograd.backward(loss)
        optimizer.step()
    found = {"loss": loss.detach().reshape(1)}
    for name, stage in stages.items():
        found[name] = stage.detach()
        found["d" + name] = torch.zeros(0) if stage.grad is None else stage.grad
    found["gradient"] = _flat([block.grad for block in blocks])
    found["new_parameters"] = _flat([block.detach() for block in blocks])
    found["update"] = found["new_parameters"] - _flat(before)
    if adam:
        count, memory = case.updates + 1, [optimizer.state[block] for block in blocks]
        found["m"] = _flat([entry["exp_avg"] for entry in memory])
        found["v"] = _flat([entry["exp_avg_sq"] for entry in memory])
        found["m_hat"] = found["m"] / (1.0 - betas[0] ** count)
        found["v_hat"] = found["v"] / (1.0 - betas[1] ** count)
    found["loss_after"] = _forward(case, X, y, blocks)[1].detach().reshape(1)
    return {name: tensor.numpy() for name, tensor in found.items()}


def _forward(
    case: Case, X: Tensor, y: Tensor, blocks: list[Tensor]
) -> tuple[dict[str, Tensor], Tensor]:
    stages: dict[str, Tensor] = {}
    a = X
    for number, layer in enumerate(case.layers, start=1):
        z = a @ blocks[2 * number - 2] + blocks[2 * number - 1]
        a = ACTIVATIONS[layer.activation](z)
        z.retain_grad()
        a.retain_grad()
        stages |= {f"z.{number}": z, f"a.{number}": a}
    return stages, LOSSES[case.recipe.loss](a, y)


def _flat(blocks: list[Tensor]) -> Tensor:
    """Weights and biases of each layer in turn, as one vector like ours."""
    return torch.cat([block.reshape(-1) for block in blocks])


if __name__ == "__main__":
    main()
