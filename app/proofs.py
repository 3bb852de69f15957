"""The "gradcheck" message: a run's gradient against finite differences, worked out bit by bit."""

from collections.abc import Callable

import numpy as np

from app.protocol import encode
from app.run import Run
from engine.gradcheck import GradientCheck, check
from engine.losses import LOSSES
from engine.microscope import next_examples
from engine.network import Network

KIND = "gradcheck"
SCALARS = ("run", "step", "rows", "worst", "largest_error")
# The mean over these is a loss like any other: a mistake in its gradient would show.
MOST_EXAMPLES = 64
FIRST_GUESS_S = 0.0005


class Proof:
    """A gradient check of one moment of a run; later updates do not change it."""

    def __init__(self, run: Run, number: int | None, clock: Callable[[], float]) -> None:
        """Keeps what is to be checked.

        Args:
            run: its parameters, and the batch that it is about to learn from, are copied.
            number: the id of the command that asked.
            clock: monotonic seconds.
        """
        trainer = run.trainer
        rows = next_examples(trainer)[:MOST_EXAMPLES]
        self._network = Network(trainer.network.n_in, trainer.network.spec)
        self._network.parameters[...] = trainer.network.parameters
        self._X, self._y = trainer.X[rows], trainer.y[rows]
        self._loss = LOSSES[run.experiment.loss]
        self._run, self._step, self._number = run.number, trainer.step, number
        self._clock = clock
        self._parts: list[GradientCheck] = []
        self._next = 0
        self._parameter_s = FIRST_GUESS_S

    def work(self, seconds: float) -> bytes | None:
        """Checks parameters for about so long; the message when it has checked all of them."""
        size = self._network.parameters.size
        before = self._clock()
        count = min(max(int(seconds / self._parameter_s), 1), size - self._next)
        indices = range(self._next, self._next + count)
        self._parts.append(check(self._network, self._X, self._y, self._loss, indices))
        self._next += count
        self._parameter_s = (self._parameter_s + (self._clock() - before) / count) / 2
        return self._encode() if self._next == size else None

    def _encode(self) -> bytes:
        whole = _join(self._parts)
        worst = whole.worst
        values = {
            "run": self._run,
            "step": self._step,
            "rows": len(self._X),
            "worst": -1 if worst is None else worst,
            "largest_error": np.nan if worst is None else whole.relative_error[worst],
        }
        arrays = {
            "scalars": np.array([values[name] for name in SCALARS], np.float64),
            "analytic": whole.analytic,
            "numeric": whole.numeric,
            "relative_error": whole.relative_error,
            "at_kink": whole.at_kink.astype(np.uint8),
        }
        metadata = {"run": str(self._run), "scalars": ",".join(SCALARS)}
        if self._number is not None:
            metadata["id"] = str(self._number)
        return encode(KIND, arrays, metadata)


def _join(parts: list[GradientCheck]) -> GradientCheck:
    return GradientCheck(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("indices", "analytic", "numeric", "relative_error", "at_kink")
        )
    )
