"""The updates whose every displayed number is PyTorch's too: of the examples to start from."""

from dataclasses import dataclass

from app.dissections import encode_dissection
from app.presets import presets
from app.protocol import Dissect
from app.run import Run
from engine.arrays import Array
from engine.microscope import next_examples

Rows = tuple[Array, Array]


@dataclass(frozen=True)
class Case:
    """One way to look at one update.

    Attributes:
        name: the vectors' files use it.
        preset: what is set up.
        updates: how many are made before the one that is looked at.
        place: which example of the batch is walked through; None for all, averaged.
        neuron: [layer, unit] of which the curve and each example's part are shown.
        weight: [layer, from, to] of which each example's contribution is shown.
    """

    name: str
    preset: str
    updates: int
    place: int | None
    neuron: tuple[int, int]
    weight: tuple[int, int | None, int]

    def begun(self) -> Run:
        """The run before its first update."""
        (experiment,) = (p.experiment for p in presets() if p.name == self.preset)
        return Run(1, experiment)

    def batches(self) -> list[Rows]:
        """X and y of each batch up to the one that is looked at, which is the last."""
        trainer, found = self.begun().trainer, []
        for _ in range(self.updates + 1):
            rows = next_examples(trainer)
            found.append((trainer.X[rows], trainer.y[rows]))
            trainer.advance(1)
        return found

    def message(self) -> bytes:
        """The server's answer to whoever looks."""
        run = self.begun()
        run.trainer.advance(self.updates)
        row = None if self.place is None else int(next_examples(run.trainer)[self.place])
        command = Dissect(
            command="dissect", example=row, neuron=self.neuron, weight=self.weight
        )
        return encode_dissection(run, command, str)


def all_cases() -> list[Case]:
    """The lesson; 2-2-1 with sigmoid and cross-entropy; Adam on a batch of 10; both ways each."""
    return [
        Case("hand", "lesson", 0, 0, (1, 0), (1, 0, 0)),
        Case("xor-example", "xor", 2, 1, (1, 1), (1, 1, 0)),
        Case("xor-batch", "xor", 2, None, (1, 0), (2, 1, 0)),
        Case("ten-example", "adam", 3, 0, (2, 1), (2, 3, 0)),
        Case("ten-batch", "adam", 3, None, (1, 2), (1, None, 2)),
    ]
