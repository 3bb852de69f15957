"""Updates within a time: as many as fit, by the time that the last ones took."""

from collections.abc import Callable

from app.agenda import Agenda
from engine.training import Diverged, Trainer

CHUNK_S = 0.003
MOST_BATCHES = 256
FIRST_GUESS_S = 0.0005


class Stepper:
    """Works an agenda off. Where it pauses between updates changes no number."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Knows nothing yet of how long an update takes.

        Args:
            clock: monotonic seconds.
        """
        self._clock = clock
        self._batch_s = FIRST_GUESS_S

    def work(
        self, trainer: Trainer, agenda: Agenda, seconds: float, awaited: Callable[[], bool]
    ) -> Diverged | None:
        """Makes updates until nothing is owed, or for about ``seconds``; at least one is made.

        Args:
            trainer: makes them.
            agenda: what is owed.
            seconds: the longest time.
            awaited: whether a page waits for a frame: full speed then gives up half the time.
        """
        now = self._clock()
        end, half = now + seconds, now + seconds / 2
        agenda.begin(now, trainer.batches_per_epoch - trainer.batch, trainer.batches_per_epoch)
        diverged = None
        while agenda.pending and diverged is None and now < end:
            fitting = int(min(end - now, CHUNK_S) / self._batch_s)
            batches, diverged = _advance(trainer, agenda, max(1, min(fitting, MOST_BATCHES)))
            before, now = now, self._clock()
            self._batch_s = (self._batch_s + (now - before) / batches) / 2
            if now >= half and agenda.boundless and awaited():
                break
        agenda.end_slice()
        return diverged


def _advance(trainer: Trainer, agenda: Agenda, most: int) -> tuple[int, Diverged | None]:
    """Makes at most so many updates of those owed; says how many, about, those were."""
    if agenda.samples:
        samples = min(agenda.samples, most * trainer.recipe.batch_size)
        agenda.samples -= samples
        return max(1, samples // trainer.recipe.batch_size), trainer.advance_samples(samples)
    batches = min(agenda.batches, most)
    agenda.batches -= batches
    return batches, trainer.advance(batches)
