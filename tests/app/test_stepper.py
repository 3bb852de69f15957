"""Updates within a time: slices end when they should, and where they end changes no number."""

import numpy as np
import pytest

from app.agenda import Agenda
from app.experiment import Experiment
from app.protocol import Pace
from app.run import Run
from app.stepper import Stepper

UPDATE_S = 1e-5


class Clock:
    """A clock on which every update of a trainer takes 10 µs."""

    def __init__(self, run: Run) -> None:
        self._trainer = run.trainer

    def __call__(self) -> float:
        return self._trainer.step * UPDATE_S


def run() -> Run:
    """A small run that has made no update."""
    return Run(1, Experiment.model_validate({"samples": 100}))


@pytest.mark.parametrize(("awaited", "least", "most"), [(False, 12, 12.1), (True, 6, 9.1)])
def test_full_speed_lasts_a_slice_or_half_of_it(awaited: bool, least: float, most: float) -> None:
    """With a page waiting for its frame, half the slice is enough; the rest is not owed."""
    made = run()
    agenda, stepper = Agenda(), Stepper(Clock(made))
    agenda.play(Pace(unit="full"), 0.0)
    for _ in range(3):
        before = made.trainer.step
        stepper.work(made.trainer, agenda, 0.012, lambda: awaited)
        agenda.fund()

    assert least <= (made.trainer.step - before) * UPDATE_S * 1000 <= most
    assert not agenda.pending


def test_steps_are_made_to_the_last() -> None:
    """However short the slices and whoever waits, all steps are made, and none too many."""
    made = run()
    agenda, stepper = Agenda(), Stepper(Clock(made))
    agenda.owe(batches=1234)
    slices = 0
    while agenda.pending:
        stepper.work(made.trainer, agenda, 0.001, lambda: True)
        slices += 1

    assert made.trainer.step == 1234
    assert slices > 10


def test_slices_change_no_number() -> None:
    """Many short slices and one call of the engine lead to the same bits."""
    sliced, whole = run(), run()
    agenda, stepper = Agenda(), Stepper(Clock(sliced))
    agenda.owe(batches=777, samples=0)
    while agenda.pending:
        stepper.work(sliced.trainer, agenda, 0.0003, lambda: False)
    whole.trainer.advance(777)

    assert np.array_equal(sliced.trainer.network.parameters, whole.trainer.network.parameters)


def test_divergence_ends_the_work() -> None:
    """The outcome is handed on, and the trainer stands at its last finite state."""
    made = Run(
        1,
        Experiment.model_validate(
            {
                "problem": "regression",
                "loss": "mse",
                "learning_rate": 100.0,
                "layers": [{"units": 3, "activation": "linear"}],
            }
        ),
    )
    agenda, stepper = Agenda(), Stepper(Clock(made))
    agenda.owe(batches=5000)
    diverged = None
    while agenda.pending and diverged is None:
        diverged = stepper.work(made.trainer, agenda, 0.01, lambda: False)

    assert diverged is not None
    assert diverged.step == made.trainer.step + 1
    assert np.isfinite(made.trainer.network.parameters).all()
