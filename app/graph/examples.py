"""The examples that the editor offers, and what each is there to show."""

from dataclasses import dataclass

from app.snippet.errors import gettext_noop


@dataclass(frozen=True)
class Example:
    """A text to begin with.

    Attributes:
        name: in links.
        title: msgid.
        note: msgid of what to look at.
        code: the text.
    """

    name: str
    title: str
    note: str
    code: str


EXAMPLES = (
    Example(
        "squared-error",
        gettext_noop("w·x + b with squared error"),
        gettext_noop(
            "Step backward: every slip passes on local slope × what came back. Drag a number, or "
            "press Descend until the loss is 0."
        ),
        """x = 2.0
w = 3.0
b = 1.0
target = 9.0

y = w * x + b
loss = (y - target)**2
""",
    ),
    Example(
        "lesson",
        gettext_noop("The lesson's first snippet"),
        gettext_noop(
            "The lesson's code as it stands. Its comments promise 6 and 2; the program gives −30 "
            "and −10, so descent makes both w and b larger."
        ),
        """import torch

# 1. 定义两个可训练参数
w = torch.tensor(2.0, requires_grad=True)  # 权重
b = torch.tensor(-1.0, requires_grad=True)  # 偏置

# 2. 前向：y = wx + b
x = torch.tensor(3.0)
y_pred = w * x + b
loss = (y_pred - 10)**2  # 假设目标值是 10

# 3. 反向：自动链式法则
loss.backward()

print(w.grad)  # tensor(6.)  ← 告诉你要减小 w
print(b.grad)  # tensor(2.)  ← 告诉你要增大 b
""",
    ),
    Example(
        "micrograd",
        gettext_noop("micrograd's README"),
        gettext_noop("The expression that micrograd introduces itself with, unchanged."),
        """from micrograd.engine import Value

a = Value(-4.0)
b = Value(2.0)
c = a + b
d = a * b + b**3
c += c + 1
c += 1 + c + (-a)
d += d * 2 + (b + a).relu()
d += 3 * d + (b - a).relu()
e = c - d
f = e**2
g = f / 2.0
g += 10.0 / f
print(f'{g.data:.4f}')
g.backward()
print(f'{a.grad:.4f}')
print(f'{b.grad:.4f}')
""",
    ),
    Example(
        "neuron",
        gettext_noop("A neuron with tanh"),
        gettext_noop(
            "Two inputs, two weights, a bias. Where tanh is flat its slope is near 0, and little "
            "comes back to the weights: drag b and watch."
        ),
        """x1 = 2.0
x2 = 0.0
w1 = -3.0
w2 = 1.0
b = 6.88

z = w1 * x1 + w2 * x2 + b
a = tanh(z)
""",
    ),
    Example(
        "cross-entropy",
        gettext_noop("Sigmoid with cross-entropy"),
        gettext_noop(
            "The loss sends back −1/p, the sigmoid's slope is p·(1 − p): their product at z is "
            "p − 1, that is p − y. The terms cancel, so a confident mistake still learns."
        ),
        """x = 1.5
w = -2.0
b = -1.0
y = 1.0

z = w * x + b
p = sigmoid(z)
loss = -(y * log(p) + (1 - y) * log(1 - p))
""",
    ),
    Example(
        "network",
        gettext_noop("A two-layer network"),
        gettext_noop("Two tanh neurons and a linear one, for one example."),
        """x1 = 0.5
x2 = -1.0
target = 1.0

w11 = 0.8
w12 = -0.4
b1 = 0.1
w21 = -0.6
w22 = 0.9
b2 = 0.0
v1 = 1.2
v2 = -0.7
c = 0.2

h1 = tanh(w11 * x1 + w12 * x2 + b1)
h2 = tanh(w21 * x1 + w22 * x2 + b2)
y = v1 * h1 + v2 * h2 + c
loss = (y - target)**2
""",
    ),
    Example(
        "arrays",
        gettext_noop("A two-layer network over a batch, in PyTorch"),
        gettext_noop("The same idea with arrays: each box is a whole matrix."),
        """import torch
import torch.nn.functional as F

X = torch.tensor([[0.5, -1.0], [1.0, 0.3], [-0.7, 0.2]])
y = torch.tensor([[1.0], [0.0], [1.0]])
W1 = torch.tensor([[0.8, -0.6], [-0.4, 0.9]], requires_grad=True)
b1 = torch.tensor([0.1, 0.0], requires_grad=True)
W2 = torch.tensor([[1.2], [-0.7]], requires_grad=True)
b2 = torch.tensor([0.2], requires_grad=True)

h = torch.tanh(X @ W1 + b1)
logits = h @ W2 + b2
loss = F.binary_cross_entropy_with_logits(logits, y)
loss.backward()
print(W1.grad)
""",
    ),
    Example(
        "fan-out",
        gettext_noop("Fan-out: gradients add up"),
        gettext_noop(
            "x goes four ways. Each way sends a gradient back, and at x they are added."
        ),
        """x = 1.5
a = x * x
b = sin(x)
loss = a * b + x
""",
    ),
    Example(
        "vanishing",
        gettext_noop("A vanishing chain of ten sigmoids"),
        gettext_noop(
            "A sigmoid's slope is 1/4 at most. Ten of them in a row, and what comes back to x is "
            "less than a millionth."
        ),
        """x = 0.5
h = x
for i in range(10):
    h = sigmoid(h)
""",
    ),
    Example(
        "softmax",
        gettext_noop("Softmax with cross-entropy"),
        gettext_noop(
            "At each z the gradient is its probability, less 1 for the right class: p − y again."
        ),
        """z1 = 2.0
z2 = 1.0
z3 = -1.0

e1 = exp(z1)
e2 = exp(z2)
e3 = exp(z3)
total = e1 + e2 + e3
p1 = e1 / total
loss = -log(p1)
""",
    ),
)
