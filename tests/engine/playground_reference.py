"""TensorFlow Playground's arithmetic, number by number: an example, a neuron, a link at a time.

Written from the description of its ``nn.ts``, as the yardstick for our half-squared tanh network.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Regularization = Literal["none", "L1", "L2"]


@dataclass
class Link:
    """A weight, and what its examples have asked of it since the last update."""

    weight: float
    dead: bool = False
    asked: float = 0.0


@dataclass
class Node:
    """A neuron with the links that enter it."""

    bias: float
    links: list[Link]
    output: float = 0.0
    delta: float = 0.0
    asked: float = 0.0


@dataclass
class Playground:
    """Layers of tanh neurons, trained on half the squared error.

    Attributes:
        layers: of nodes, the first hidden layer first.
        waiting: examples seen since the last update.
    """

    layers: list[list[Node]]
    learning_rate: float
    regularization: Regularization
    regularization_rate: float
    waiting: int = 0
    inputs: Sequence[float] = field(default=())

    def forward(self, inputs: Sequence[float]) -> float:
        """The output for one example."""
        self.inputs = values = inputs
        for layer in self.layers:
            for node in layer:
                total = node.bias
                for link, value in zip(node.links, values, strict=True):
                    total += link.weight * value
                node.output = math.tanh(total)
            values = [node.output for node in layer]
        return values[0]

    def backward(self, target: float) -> None:
        """What one example asks of every weight and bias, added to what others have asked."""
        last = self.layers[-1][0]
        wishes = [last.output - target]
        for depth in range(len(self.layers) - 1, -1, -1):
            before = [n.output for n in self.layers[depth - 1]] if depth else list(self.inputs)
            passed_on = [0.0] * len(before)
            for node, wish in zip(self.layers[depth], wishes, strict=True):
                node.delta = wish * (1.0 - node.output * node.output)
                node.asked += node.delta
                for i, link in enumerate(node.links):
                    passed_on[i] += link.weight * node.delta
                    if not link.dead:
                        link.asked += node.delta * before[i]
            wishes = passed_on
        self.waiting += 1

    def update(self) -> None:
        """Move by the mean of what was asked, then by the penalty, taken at the old weight."""
        for node in (node for layer in self.layers for node in layer):
            node.bias -= self.learning_rate * node.asked / self.waiting
            node.asked = 0.0
            for link in node.links:
                if not link.dead:
                    self._move(link)
        self.waiting = 0

    def _move(self, link: Link) -> None:
        pull = {
            "none": 0.0,
            "L1": math.copysign(1.0, link.weight) if link.weight else 0.0,
            "L2": link.weight,
        }[self.regularization]
        link.weight -= self.learning_rate / self.waiting * link.asked
        pulled = link.weight - self.learning_rate * self.regularization_rate * pull
        if self.regularization == "L1" and link.weight * pulled < 0.0:
            link.weight, link.dead = 0.0, True
        else:
            link.weight = pulled
        link.asked = 0.0

    def epoch(self, X: Sequence[Sequence[float]], y: Sequence[float], batch_size: int) -> None:
        """All examples in their order; the batch size divides their number."""
        for number, (inputs, target) in enumerate(zip(X, y, strict=True), start=1):
            self.forward(inputs)
            self.backward(target)
            if number % batch_size == 0:
                self.update()
