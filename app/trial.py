"""A trial: a moment of the run that is kept while somebody tries what would be if."""

from app.history import History, Moment
from app.protocol import Bookmark, Gettext, ProtocolError, make_problem, show
from app.run import Run


class Trial:
    """The moment at which a trial began, exactly as it was, and the past that led to it.

    Attributes:
        experiment: what the run was trained by.
        state: the trainer's.
        past: what the history held.
    """

    def __init__(self, run: Run, history: History) -> None:
        """Keeps this moment; the run and the history go on without changing it."""
        trainer = run.trainer
        self.experiment = run.experiment
        self.state = trainer.state()
        self.past: tuple[Moment, ...] = history.moments
        loss = trainer.evaluate(trainer.X, trainer.y).loss
        self.bookmark = Bookmark(step=trainer.step, train_loss=loss)


def check_action(action: str, *, on: bool, gettext: Gettext) -> None:
    """Refuses to begin a second trial, and to end one that was not begun.

    Raises:
        ProtocolError: the action does not fit; nothing has changed.
    """
    if on == (action == "begin"):
        kind = "no_trial" if on else "trial"
        raise ProtocolError([make_problem(kind, "action", show(action), gettext)])
