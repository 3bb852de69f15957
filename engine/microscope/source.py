"""The engine's formulas once more, as NumPy that a beginner can read.

The engine computes into arrays that it has allocated before, which is fast and hard to read. What
stands here computes the same; tests run it and compare. Functions take z, (rows, units) or one row.
"""

from engine.activations import LEAKY_SLOPE
from engine.losses import HUBER_DELTA

# For each activation, its function and the derivative of that.
ACTIVATION_SOURCE: dict[str, tuple[str, str]] = {
    "relu": (
        "def relu(z):\n    return np.maximum(z, 0.0)",
        "def d_relu(z):\n    return np.where(z > 0.0, 1.0, 0.0)",
    ),
    "tanh": (
        "def tanh(z):\n    return np.tanh(z)",
        "def d_tanh(z):\n    return 1.0 - np.tanh(z) ** 2",
    ),
    "sigmoid": (
        # Below -88 a float32 has no exp(-z).
        "def sigmoid(z):\n    return 1.0 / (1.0 + np.exp(-np.maximum(z, -88.0)))",
        "def d_sigmoid(z):\n    return sigmoid(z) * (1.0 - sigmoid(z))",
    ),
    "linear": (
        "def linear(z):\n    return z",
        "def d_linear(z):\n    return np.ones_like(z)",
    ),
    "leaky-relu": (
        f"def leaky_relu(z):\n    return np.maximum(z, {LEAKY_SLOPE} * z)",
        f"def d_leaky_relu(z):\n    return np.where(z > 0.0, 1.0, {LEAKY_SLOPE})",
    ),
    "elu": (
        "def elu(z):\n    return np.where(z > 0.0, z, np.expm1(np.minimum(z, 0.0)))",
        "def d_elu(z):\n    return np.exp(np.minimum(z, 0.0))",
    ),
    "gelu": (
        "def gelu(z):\n"
        "    t = np.tanh(np.sqrt(2.0 / np.pi) * (z + 0.044715 * z**3))\n"
        "    return 0.5 * z * (1.0 + t)",
        "def d_gelu(z):\n"
        "    t = np.tanh(np.sqrt(2.0 / np.pi) * (z + 0.044715 * z**3))\n"
        "    d_t = (1.0 - t**2) * np.sqrt(2.0 / np.pi) * (1.0 + 3 * 0.044715 * z**2)\n"
        "    return 0.5 * (1.0 + t) + 0.5 * z * d_t",
    ),
    "silu": (
        "def silu(z):\n    return z * sigmoid(z)",
        "def d_silu(z):\n    return sigmoid(z) * (1.0 + z - silu(z))",
    ),
    "softplus": (
        "def softplus(z):\n    return np.logaddexp(z, 0.0)",
        "def d_softplus(z):\n    return sigmoid(z)",
    ),
    "sine": (
        "def sine(z):\n    return np.sin(z)",
        "def d_sine(z):\n    return np.cos(z)",
    ),
    "step": (
        "def step(z):\n    return np.where(z >= 0.0, 1.0, 0.0)",
        "def d_step(z):\n    return np.zeros_like(z)",
    ),
}
_CALLS_SIGMOID = ("silu", "softplus")

# For each loss, that of every example, and dL/da of their mean; {a} stands for the outputs.
LOSS_SOURCE: dict[str, tuple[str, str]] = {
    "half-squared": ("0.5 * np.sum(({a} - y) ** 2, axis=1)", "({a} - y) / len(y)"),
    "mse": ("np.mean(({a} - y) ** 2, axis=1)", "2.0 * ({a} - y) / y.size"),
    "huber": (
        "np.mean(huber({a} - y), axis=1)",
        f"np.clip({{a}} - y, -{HUBER_DELTA}, {HUBER_DELTA}) / y.size",
    ),
    "bce": (
        "np.mean(np.logaddexp({a}, 0.0) - y * {a}, axis=1)",
        "(sigmoid({a}) - y) / y.size",
    ),
    "softmax": ("-np.sum(y * log_softmax({a}), axis=1)", "(np.exp(log_softmax({a})) - y) / len(y)"),
    "hinge": (
        "np.mean(np.maximum(1.0 - y * {a}, 0.0), axis=1)",
        "np.where(y * {a} < 1.0, -y, 0.0) / y.size",
    ),
}
_LOSS_FUNCTIONS: dict[str, tuple[str, ...]] = {
    "huber": (
        "def huber(error):\n"
        f"    near = np.minimum(np.abs(error), {HUBER_DELTA})\n"
        "    return near * (np.abs(error) - 0.5 * near)",
    ),
    "bce": (ACTIVATION_SOURCE["sigmoid"][0],),
    "softmax": (
        "def log_softmax(logits):\n"
        "    shifted = logits - logits.max(axis=1, keepdims=True)\n"
        "    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
    ),
}

# For each schedule, the learning rate of the present epoch.
SCHEDULE_SOURCE: dict[str, str] = {
    "constant": "base_rate",
    "step": "base_rate * gamma ** (epoch // period)",
    "exponential": "base_rate * gamma**epoch",
    "cosine": (
        "base_rate * (floor + (1 - floor) * (1 + np.cos(np.pi * min(epoch / period, 1))) / 2)"
    ),
    "warmup": "base_rate * min((epoch + 1) / period, 1)",
}

FLATTEN = (
    "def flatten(W, b):\n"
    "    blocks = [np.vstack([W[layer], b[layer]]) for layer in sorted(W)]\n"
    "    return np.concatenate([block.ravel() for block in blocks])"
)
SPLIT = (
    "def split(parameters):\n"
    "    new_W, new_b, start = {}, {}, 0\n"
    "    for layer in sorted(W):\n"
    "        n_in, units = W[layer].shape\n"
    "        block = parameters[start : start + (n_in + 1) * units].reshape(n_in + 1, units)\n"
    "        new_W[layer], new_b[layer] = block[:-1], block[-1]\n"
    "        start += block.size\n"
    "    return new_W, new_b"
)


def function_name(activation: str) -> str:
    """What an activation is called in Python."""
    return activation.replace("-", "_")


def loss_functions(loss: str, activations: set[str]) -> tuple[str, ...]:
    """The functions that a loss and the activations call, each once, callees first."""
    found = list(_LOSS_FUNCTIONS.get(loss, ()))
    for name in sorted(activations, key=list(ACTIVATION_SOURCE).index):
        if name in _CALLS_SIGMOID:
            found.append(ACTIVATION_SOURCE["sigmoid"][0])
        found += ACTIVATION_SOURCE[name]
    return tuple(dict.fromkeys(found))


def mean_loss_function(loss: str, activations: list[str]) -> str:
    """The function ``mean_loss(W, b)`` of a network with these activations, on X and y."""
    body = ["def mean_loss(W, b):", "    a = X"]
    body += [
        f"    a = {function_name(name)}(a @ W[{layer}] + b[{layer}])"
        for layer, name in enumerate(activations, start=1)
    ]
    body.append(f"    return np.mean({LOSS_SOURCE[loss][0].format(a='a')})")
    return "\n".join(body)
