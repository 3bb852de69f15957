"""What a session owes its learner: how many updates, and when."""

from app.protocol import Pace, Step

LATE_S = 0.25
UNLIMITED = 2**62
NEVER = float("inf")


class Agenda:
    """The work of one session. It knows the time only from its callers.

    While the run plays, a frame that was taken pays for the work up to the next one: nothing is
    computed for a page that has stopped looking. Single steps are owed without that.

    Attributes:
        pace: how fast the run plays; None while it is paused.
        batches: updates still to make before the next frame.
        samples: single examples still to look at before the next frame.
    """

    def __init__(self) -> None:
        self.pace: Pace | None = None
        self.batches = 0
        self.samples = 0
        self._funded = False
        self._next_s = 0.0

    @property
    def pending(self) -> bool:
        """Whether work was begun that is not done."""
        return self.batches > 0 or self.samples > 0

    @property
    def boundless(self) -> bool:
        """Whether it is full speed's work, which is as much as there is time for."""
        return self.batches > UNLIMITED // 2

    def play(self, pace: Pace, now: float) -> None:
        """Plays from now on, the first update at once."""
        self.pace = pace
        self.restart(now)

    def restart(self, now: float) -> None:
        """Drops what was owed, and plays on as if play had been pressed now, if it was."""
        self.batches = self.samples = 0
        self._funded = True
        self._next_s = now

    def stop(self) -> None:
        """Pauses, and drops what was owed."""
        self.pace = None
        self.batches = self.samples = 0

    def owe(self, batches: int = 0, samples: int = 0) -> None:
        """Pauses, and owes single steps besides those that are still owed."""
        if self.pace is not None:
            self.stop()
        self.batches += batches
        self.samples += samples

    def owe_step(self, step: Step, batch: int, batches_per_epoch: int) -> None:
        """Pauses, and owes what a step command asks for.

        Args:
            step: the command.
            batch: the next batch in the present epoch.
            batches_per_epoch: updates in an epoch.
        """
        if step.unit == "sample":
            self.owe(samples=step.count)
        elif step.unit == "batch":
            self.owe(batches=step.count)
        else:
            self.owe_epochs(step.count, batch, batches_per_epoch)

    def owe_epochs(self, epochs: int, batch: int, batches_per_epoch: int) -> None:
        """Pauses, and owes the updates up to the end of an epoch.

        Args:
            epochs: how many ends of epochs to reach.
            batch: the next batch in the present epoch.
            batches_per_epoch: updates in an epoch.
        """
        if self.pace is not None:
            self.stop()
        reached = (batch + self.batches) % batches_per_epoch
        self.owe(batches=epochs * batches_per_epoch - reached)

    def fund(self) -> None:
        """A frame was taken: the work for the next one may begin."""
        self._funded = True

    def due_at(self) -> float:
        """The time from which on there is work: one that has passed, one to come, or never."""
        if self.pending:
            return -NEVER
        if self.pace is None or not self._funded:
            return NEVER
        return self._next_s if self.pace.unit == "update" else -NEVER

    def begin(self, now: float, batches_to_boundary: int, batches_per_epoch: int) -> None:
        """Takes on the work up to the next frame, if none is pending.

        Args:
            now: seconds, on the clock of ``play``.
            batches_to_boundary: updates until the current epoch is finished.
            batches_per_epoch: updates in an epoch.
        """
        if self.pending or self.pace is None:
            return
        self._funded = False
        if self.pace.unit == "update":
            self.batches = self._take_due(now, self.pace.rate)
        elif self.pace.unit == "epoch":
            epochs = round(self.pace.rate)
            self.batches = batches_to_boundary + (epochs - 1) * batches_per_epoch
        else:
            self.batches = UNLIMITED

    def end_slice(self) -> None:
        """At full speed one slice is one frame's work, however far it came."""
        if self.boundless:
            self.batches = 0

    def _take_due(self, now: float, rate: float) -> int:
        """How many updates have fallen due; those missed long ago are let go."""
        self._next_s = max(self._next_s, now - max(LATE_S, 1 / rate))
        due = 1 + int(max(now - self._next_s, 0.0) * rate)
        self._next_s += due / rate
        return due
