"""The recent past of a run, kept so that one can go back to any update, exactly.

A state is kept now and then; what lies between two of them is found by training again from the
earlier one, with the recipe and data of that time, which gives the same bits.
"""

from typing import Any, NamedTuple

import numpy.typing as npt

from app.experiment import Experiment
from app.run import Run

MOST_MOMENTS = 64
FEWEST_MOMENTS = 8
MOST_BYTES = 8 * 2**20

State = dict[str, npt.NDArray[Any]]


class Moment(NamedTuple):
    """A run as it stood.

    Attributes:
        step: updates made.
        experiment: what it was trained by from here on.
        state: the trainer's.
        edited: whether somebody changed the run just before, so that no training leads here.
    """

    step: int
    experiment: Experiment
    state: State
    edited: bool


class History:
    """Moments in the order in which they were; the older, the fewer."""

    def __init__(self) -> None:
        self._moments: list[Moment] = []

    @property
    def oldest(self) -> int:
        """The first step that one can go back to."""
        return self._moments[0].step

    @property
    def moments(self) -> tuple[Moment, ...]:
        """All of them, to come back to."""
        return tuple(self._moments)

    def recall(self, moments: tuple[Moment, ...]) -> None:
        """Goes back to the moments that were kept at some time."""
        self._moments = list(moments)

    def begin(self, run: Run) -> None:
        """Forgets everything, and keeps this run's first moment."""
        self._moments = [_moment(run, edited=True)]

    def keep(self, run: Run) -> None:
        """Keeps this moment, unless one of this step is kept or a batch is half looked at."""
        if run.trainer.step > self._moments[-1].step and not run.trainer.sample:
            self._moments.append(_moment(run, edited=False))
            self._thin()

    def keep_edited(self, run: Run) -> None:
        """Keeps a moment at which the run was changed by hand."""
        self._moments.append(_moment(run, edited=True))
        self._thin()

    def go_back(self, step: int) -> Moment:
        """The newest moment from which training leads to ``step``; later ones are forgotten.

        Raises:
            ValueError: it is before the oldest.
        """
        if step < self.oldest:
            raise ValueError(f"expected a step from {self.oldest} on, got {step}")
        self._moments = [moment for moment in self._moments if moment.step <= step]
        return self._moments[-1]

    def _thin(self) -> None:
        """Drops a moment where there are too many: where others are close, and the old before the
        new. One after a change by hand stays, for what came before does not lead across it; where
        only such are left, the oldest goes."""
        moments = self._moments
        size = sum(array.nbytes for array in moments[-1].state.values())
        while len(moments) > max(FEWEST_MOMENTS, min(MOST_MOMENTS, MOST_BYTES // size)):
            now = moments[-1].step
            gaps = [
                ((moments[k + 1].step - moments[k - 1].step) / (now - moments[k].step + 1), k)
                for k in range(1, len(moments) - 1)
                if not moments[k].edited
            ]
            del moments[min(gaps)[1] if gaps else 0]


def _moment(run: Run, *, edited: bool) -> Moment:
    return Moment(run.trainer.step, run.experiment, run.trainer.state(), edited)
