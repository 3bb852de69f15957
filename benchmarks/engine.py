"""Training steps a second: this engine, PyTorch eager and scikit-learn, one thread each, one run.

``python benchmarks/engine.py`` prints a table. A peer that is not installed is left out.
"""

import os

for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"

import importlib.util
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np

from engine.arrays import Array
from engine.network import LayerSpec, Network
from engine.training import Recipe, Trainer

EXAMPLES = 250
LEARNING_RATE = 0.03
REPEATS = 5
EPOCHS = 4
SECONDS = 0.4


@dataclass(frozen=True)
class Setting:
    """A network 2-hidden-1, trained with plain SGD on half the squared error."""

    label: str
    hidden: tuple[int, ...]
    activation: str
    batch: int


SETTINGS = (
    Setting("2-4-2-1 tanh, batch 10", (4, 2), "tanh", 10),
    Setting("2-4-2-1 tanh, batch 1", (4, 2), "tanh", 1),
    Setting("2-8×6-1 ReLU, batch 10", (8,) * 6, "relu", 10),
    Setting("2-32-32-1 tanh, batch 10", (32, 32), "tanh", 10),
    Setting("2-64×3-1 tanh, batch 32", (64,) * 3, "tanh", 32),
)

# Called with a number of epochs.
Training = Callable[[int], object]


def data() -> tuple[Array, Array]:
    """Inputs (250, 2) and targets of ±1, as in xor."""
    X = np.random.default_rng(0).uniform(-5.0, 5.0, (EXAMPLES, 2))
    return X, np.where(X[:, 0] * X[:, 1] > 0.0, 1.0, -1.0)


def engine(setting: Setting) -> Training:
    """Ours: float64, reshuffled every epoch."""
    layers = [LayerSpec(units, setting.activation) for units in setting.hidden]
    network = Network(2, [*layers, LayerSpec(1, "tanh")])
    network.initialize("playground", 1.0, np.random.default_rng(1))
    trainer = Trainer(
        network, *data(), Recipe(batch_size=setting.batch, learning_rate=LEARNING_RATE)
    )
    return trainer.advance_epochs


def torch_eager(setting: Setting) -> Training:
    """The loop that PyTorch's tutorials teach: float32, with no reshuffle to pay for."""
    import torch
    from torch import nn

    torch.set_num_threads(1)
    widths = (2, *setting.hidden, 1)
    modules: list[nn.Module] = []
    for position, (before, after) in enumerate(pairwise(widths)):
        hidden = position < len(setting.hidden)
        modules.append(nn.Linear(before, after))
        modules.append(nn.ReLU() if hidden and setting.activation == "relu" else nn.Tanh())
    model = nn.Sequential(*modules)
    optimizer = torch.optim.SGD(model.parameters(), LEARNING_RATE)
    X, y = (torch.tensor(array, dtype=torch.float32) for array in data())
    batches = list(zip(X.split(setting.batch), y[:, None].split(setting.batch), strict=True))

    def train(epochs: int) -> None:
        for _ in range(epochs):
            for inputs, targets in batches:
                optimizer.zero_grad()
                loss = 0.5 * (model(inputs) - targets).square().mean()
                loss.backward()
                optimizer.step()

    return train


def scikit_learn(setting: Setting) -> Training:
    """MLPRegressor.partial_fit over the whole data, which it cuts into batches itself."""
    from sklearn.neural_network import MLPRegressor

    model = MLPRegressor(
        hidden_layer_sizes=setting.hidden,
        activation=setting.activation,
        solver="sgd",
        batch_size=setting.batch,
        learning_rate_init=LEARNING_RATE,
        momentum=0.0,
        nesterovs_momentum=False,
        alpha=0.0,
        random_state=0,
    )
    X, y = data()

    def train(epochs: int) -> None:
        for _ in range(epochs):
            model.partial_fit(X, y)

    return train


PEERS: dict[str, tuple[str, Callable[[Setting], Training]]] = {
    "PyTorch eager": ("torch", torch_eager),
    "scikit-learn": ("sklearn", scikit_learn),
}


def updates_a_second(train: Training, updates: int) -> float:
    """Whole epochs, for SECONDS of the processor: a busy machine then spoils less."""
    start, epochs = time.process_time(), 0
    while (elapsed := time.process_time() - start) < SECONDS:
        train(EPOCHS)
        epochs += EPOCHS
    return epochs * updates / elapsed


def medians(contestants: dict[str, Training], updates: int) -> dict[str, float]:
    """In turns, so that a busy moment of the machine does not hit only one."""
    rates: dict[str, list[float]] = {name: [] for name in contestants}
    for train in contestants.values():
        train(1)
    for _ in range(REPEATS):
        for name, train in contestants.items():
            rates[name].append(updates_a_second(train, updates))
    return {name: statistics.median(values) for name, values in rates.items()}


def main() -> None:
    """Print the table, in Markdown."""
    peers = {n: make for n, (module, make) in PEERS.items() if importlib.util.find_spec(module)}
    print(
        f"Training steps a second, one thread, median of {REPEATS} runs of {SECONDS} s CPU time\n"
    )
    header = ["network", "this engine", "µs a step"]
    for name in peers:
        header += [name, "ratio"]
    print("| " + " | ".join(header) + " |")
    print("|---" + "|---:" * (len(header) - 1) + "|")
    for setting in SETTINGS:
        updates = -(-EXAMPLES // setting.batch)
        contestants = {"engine": engine(setting), **{n: make(setting) for n, make in peers.items()}}
        rates = medians(contestants, updates)
        ours = rates.pop("engine")
        cells = [setting.label, f"{ours:,.0f}", f"{1e6 / ours:.1f}"]
        for rate in rates.values():
            cells += [f"{rate:,.0f}", f"{ours / rate:.1f}×"]
        print("| " + " | ".join(cells) + " |")
    for name in PEERS.keys() - peers.keys():
        print(f"\n{name} is not installed here and was left out.")


if __name__ == "__main__":
    main()
