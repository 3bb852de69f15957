"""What a page does not know yet of its run: whether a frame or a checkpoint of it is due."""

from collections.abc import Callable

from app.agenda import NEVER

CHECKPOINT_INTERVAL_S = 1.0
# A page may step as often as it draws; so many checkpoints as that it need not have.
PAUSED_CHECKPOINT_INTERVAL_S = 0.1
LONGEST_WITHOUT_FRAME_S = 0.1


class News:
    """Since when the newest frame and the newest checkpoint are out of date."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Nothing has happened yet.

        Args:
            clock: monotonic seconds.
        """
        self._clock = clock
        self._unseen = False
        self._framed_at = -NEVER
        self._unsaved = False
        self._save_soon = False
        self._saved_at = -NEVER

    def in_picture(self) -> None:
        """Frames look different from now on; the run is as it was."""
        self._unseen = True

    def in_run(self, *, save_soon: bool = False) -> None:
        """The run has changed.

        Args:
            save_soon: nothing more is to come for now: the page should have this state.
        """
        self._unseen = self._unsaved = True
        self._save_soon |= save_soon

    def save_soon(self, wanted: bool = True) -> None:
        """Whether the state as it is now is one to keep."""
        self._save_soon = wanted

    def want_frame(self) -> None:
        """The next frame is not waited for, be there work pending or not."""
        self._framed_at = -NEVER

    def framed(self) -> None:
        """A frame was made."""
        self._unseen = False
        self.hold_frame()

    def hold_frame(self) -> None:
        """The next frame waits for the work that is pending, unless that takes long."""
        self._framed_at = self._clock()

    def saved(self) -> None:
        """A checkpoint was made."""
        self._unsaved = self._save_soon = False
        self._saved_at = self._clock()

    def frame_due(self, *, pending: bool) -> bool:
        """Whether a frame would show something new.

        Args:
            pending: work was begun for one frame, which shows it when it is done or, if it is
                long, on the way.
        """
        return self._unseen and (not pending or self._late)

    @property
    def frame_overdue(self) -> bool:
        """Whether there is something new for so long that a page must have stopped looking."""
        return self._unseen and self._late

    def checkpoint_due_at(self) -> float:
        """When the page's checkpoint wants replacing: a time passed, one to come, or never."""
        if not self._unsaved:
            return NEVER
        interval = PAUSED_CHECKPOINT_INTERVAL_S if self._save_soon else CHECKPOINT_INTERVAL_S
        return self._saved_at + interval

    @property
    def _late(self) -> bool:
        return self._clock() >= self._framed_at + LONGEST_WITHOUT_FRAME_S
