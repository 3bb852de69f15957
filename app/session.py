"""One learner: commands in, newest frame out.

A session computes in whichever thread calls it, one call at a time; it knows no socket and no
event loop. Whoever drives it asks what is due, and calls ``train``, ``frame`` or ``checkpoint``.
"""

from collections.abc import Callable
from time import perf_counter
from typing import Literal, assert_never

from app import announcements, protocol
from app.agenda import NEVER, Agenda
from app.announcements import Reply
from app.checkpoint import decode_checkpoint, encode_checkpoint
from app.closeups import encode_closeup
from app.dissections import encode_dissection
from app.edits import draw_anew, set_parameter
from app.experiment import Experiment, changes
from app.exports import export
from app.frames import Camera, encode_data
from app.history import History, State
from app.news import News
from app.places import check_unit, check_weight
from app.playground_link import from_link
from app.proofs import Proof
from app.protocol import (
    Command,
    Detail,
    Event,
    Gettext,
    MessageTooLarge,
    Pace,
    Problem,
    ProtocolError,
    show,
)
from app.run import DATA_FIELDS, Run, new_number
from app.stepper import Stepper
from app.trial import Trial, check_action
from engine.training import Diverged


class Session:
    """The state of one learner between commands.

    Attributes:
        run: what is being trained; None until an Experiment was chosen.
    """

    def __init__(self, gettext: Gettext, clock: Callable[[], float] = perf_counter) -> None:
        """Starts without a run.

        Args:
            gettext: translates what the learner reads.
            clock: monotonic seconds.
        """
        self.run: Run | None = None
        self._gettext = gettext
        self._clock = clock
        self._agenda = Agenda()
        self._pace = Pace(unit="full")
        self._detail = Detail(command="detail")
        self._camera: Camera | None = None
        self._stepper = Stepper(clock)
        self._history = History()
        self._trial: Trial | None = None
        self._proof: Proof | None = None
        self._news = News(clock)

    # What is due

    def frame_due(self) -> bool:
        """Whether the newest frame that the page could have would show something new."""
        return self._news.frame_due(pending=self._agenda.pending)

    def work_due_at(self) -> float:
        """When there are updates to make: a time that has passed, one to come, or never."""
        agenda = self._agenda
        if agenda.pace is not None and agenda.pending and self._news.frame_overdue:
            return NEVER  # A page that takes no frames is not worked for.
        return agenda.due_at()

    def checkpoint_due_at(self) -> float:
        """When the page's checkpoint wants replacing: a time passed, one to come, or never."""
        return self._news.checkpoint_due_at()

    # What is made

    def train(self, seconds: float, awaited: Callable[[], bool]) -> list[Event]:
        """Makes updates for about so long, as far as the pace and the steps asked for go.

        Args:
            seconds: the longest time.
            awaited: whether the page waits for a frame by now; may be asked from any thread.
        """
        run, agenda = self._started(), self._agenda
        self._history.keep(run)
        diverged = self._stepper.work(run.trainer, agenda, seconds, awaited)
        self._news.in_run(save_soon=agenda.pace is None and not agenda.pending)
        return [] if diverged is None else self._stop_at(run, diverged)

    @property
    def proving(self) -> bool:
        """Whether a gradient check was asked for and is not finished."""
        return self._proof is not None

    def prove(self, seconds: float) -> list[bytes]:
        """Goes on with the gradient check for about so long; its message, when it is finished."""
        message = None if self._proof is None else self._proof.work(seconds)
        if message is None:
            return []
        self._proof = None
        return [message]

    def frame(self) -> bytes:
        """The newest frame; it pays for the work up to the next."""
        run = self._started()
        if self._camera is None:
            self._camera = Camera(run, self._detail)
        frame = self._camera.take(playing=self._agenda.pace is not None)
        self._news.framed()
        self._agenda.fund()
        return frame

    def checkpoint(self) -> bytes:
        """Everything that the run needs to go on."""
        self._news.saved()
        return encode_checkpoint(self._started())

    # Commands

    def apply(self, command: Command) -> Reply:
        """Obeys a command.

        Returns:
            Messages for the client, in order. A command with an id is always answered.

        Raises:
            ProtocolError: it cannot be obeyed now; nothing has changed.
        """
        before = self._agenda.pace, self._trial
        try:
            reply = self._obey(command)
        except ProtocolError as error:
            raise ProtocolError(error.problems, command.command, command.id) from error
        configured = any(isinstance(part, Event) for part in reply)
        if (self._agenda.pace, self._trial) != before or (
            command.id is not None and not configured
        ):
            reply.append(self._state())
        return announcements.addressed(reply, command.id)

    def resume(self, message: bytes) -> Reply:
        """Goes on from a checkpoint, paused.

        Raises:
            MessageTooLarge: it is longer than any checkpoint.
            ProtocolError: it is none that we can go on from; nothing has changed.
        """
        try:
            run = decode_checkpoint(message, self._gettext)
        except MessageTooLarge:
            raise
        except ProtocolError as error:
            raise ProtocolError(error.problems, "checkpoint") from error
        told = self._agenda.pace is not None or self._trial is not None
        self._agenda.stop()
        self._install(run)
        reply: Reply = [
            announcements.configured(run, ("checkpoint",), reset=False),
            self._data(),
        ]
        return [*reply, self._state()] if told else reply

    def _obey(self, command: Command) -> Reply:  # noqa: C901 - a table of commands
        match command:
            case protocol.Hello():
                self._agenda.stop()
                return self._begin(Experiment())
            case protocol.Configure():
                return self._configure(command.experiment)
            case protocol.Open():
                experiment, problems = from_link(command.link, self._gettext)
                return self._configure(experiment, problems)
            case protocol.Reset():
                self._agenda.stop()
                return self._begin(self._started().experiment)
            case protocol.Reseed():
                self._agenda.stop()
                return self._draw_anew("weight_seed")
            case protocol.Regenerate():
                return self._draw_anew("data_seed")
            case protocol.Play():
                self._play(command.pace)
            case protocol.Pause():
                self._pause()
            case protocol.Step():
                self._step(command)
            case protocol.SetParameter():
                self._set_parameter(command)
            case protocol.Detail():
                return self._look_closer(command)
            case protocol.Checkpoint():
                return [self.checkpoint()]
            case protocol.Dissect():
                return [encode_dissection(self._started(), command, self._gettext)]
            case protocol.CloseUp():
                return [encode_closeup(self._started(), command, self._gettext)]
            case protocol.Gradcheck():
                self._proof = Proof(self._started(), command.id, self._clock)
            case protocol.Back():
                return self._go_back(command.count)
            case protocol.Try():
                return self._try(command.action)
            case protocol.Export():
                return self._export(command.format)
            case protocol.Credit():
                raise TypeError("expected the connection to count credits")
            case _:
                assert_never(command)
        return []

    def _configure(self, experiment: Experiment, problems: list[Problem] | None = None) -> Reply:
        """Takes an Experiment over, with a new run only where that must be."""
        if self.run is None:
            return self._begin(experiment, problems=problems)
        reset, because = changes(self.run.experiment, experiment)
        if reset:
            return self._begin(experiment, because, problems)
        recipe = self.run.trainer.recipe
        reply = self._adopt(self.run, experiment, because, problems)
        if self.run.trainer.recipe != recipe or set(because) & set(DATA_FIELDS):
            self._history.keep_edited(self.run)
        return reply

    def _adopt(
        self,
        run: Run,
        experiment: Experiment,
        because: list[str],
        problems: list[Problem] | None = None,
    ) -> Reply:
        """Takes live changes over."""
        other_data = run.adopt(experiment)
        self._camera = None
        self._news.in_run()
        configured = announcements.configured(run, tuple(because), reset=False, problems=problems)
        return [configured, self._data()] if other_data else [configured]

    def _begin(
        self,
        experiment: Experiment,
        because: list[str] | None = None,
        problems: list[Problem] | None = None,
    ) -> Reply:
        """Starts a new run, at the pace of the old one."""
        previous = 0 if self.run is None else self.run.number
        run = Run(new_number(previous), experiment)
        self._install(run)
        self._agenda.restart(self._clock())
        reasons = tuple(because or ())
        configured = announcements.configured(run, reasons, reset=True, problems=problems)
        return [configured, self._data()]

    def _draw_anew(self, seed: str) -> Reply:
        """A new run that differs in one seed."""
        experiment = self._started().experiment
        return self._begin(draw_anew(experiment, seed), [seed])

    def _install(self, run: Run) -> None:
        """Puts a run in the place of the present one."""
        self.run = run
        self._history.begin(run)
        self._trial = None
        self._proof = None
        self._camera = None
        if self._detail.focus is not None and not run.has_unit(self._detail.focus):
            self._detail = self._detail.model_copy(update={"focus": None})
        if self._detail.selected is not None and not run.has_weight(*self._detail.selected):
            self._detail = self._detail.model_copy(update={"selected": None})
        self._news.in_run()
        self._news.want_frame()

    def _play(self, pace: Pace) -> None:
        self._started()
        self._pace = pace
        self._agenda.play(pace, self._clock())

    def _pause(self) -> None:
        self._started()
        self._agenda.stop()
        self._news.in_run(save_soon=True)

    def _step(self, command: protocol.Step) -> None:
        trainer = self._started().trainer
        self._agenda.owe_step(command, trainer.batch, trainer.batches_per_epoch)

    def _set_parameter(self, command: protocol.SetParameter) -> None:
        run = self._started()
        set_parameter(run, command, self._gettext)
        self._history.keep_edited(run)
        self._news.in_run(save_soon=True)

    def _go_back(self, count: int) -> Reply:
        """Pauses at an earlier update; what lies between it and a kept moment is made again."""
        run, agenda = self._started(), self._agenda
        reached = run.trainer.step + (agenda.batches if agenda.pace is None else 0)
        reach = reached - self._history.oldest
        if count > reach:
            got, context = show(count), {"count": reach, "oldest": self._history.oldest}
            problem = protocol.make_problem("reach", "count", got, self._gettext, context)
            raise ProtocolError([problem])
        moment = self._history.go_back(reached - count)
        reply = self._return_to(moment.experiment, moment.state, "back")
        agenda.owe(batches=reached - count - moment.step)
        self._news.save_soon(not agenda.pending)
        # The way there is not shown, unless it is long.
        self._news.hold_frame()
        return reply

    def _try(self, action: Literal["begin", "undo", "keep"]) -> Reply:
        """Begins a trial, undoes everything since it began, or lets that moment go."""
        run, trial = self._started(), self._trial
        check_action(action, on=trial is not None, gettext=self._gettext)
        self._trial = None
        if trial is None:
            self._pause()
            self._trial = Trial(run, self._history)
        elif action == "undo":
            self._history.recall(trial.past)
            return self._return_to(trial.experiment, trial.state, "trial")
        return []

    def _return_to(self, experiment: Experiment, state: State, because: str) -> Reply:
        """Pauses with a state that the run was in, and the Experiment of that time but for what
        is only shown."""
        run = self._started()
        self._agenda.stop()
        shown = {name: getattr(run.experiment, name) for name in ("view", "hidden", "hide_text")}
        then = experiment.model_copy(update=shown)
        reply = self._adopt(run, then, [because]) if then != run.experiment else []
        run.trainer.restore(state)
        self._news.in_run(save_soon=True)
        return reply

    def _export(self, kind: str) -> Reply:
        if kind == "checkpoint":
            return [self.checkpoint()]
        made = export(self._started(), kind, self._gettext)
        return [protocol.Exported(format=kind, filename=made.filename, text=made.text)]

    def _look_closer(self, detail: Detail) -> Reply:
        run = self._started()
        network = run.trainer.network
        if detail.focus is not None:
            check_unit("focus", detail.focus, network, self._gettext)
        if detail.selected is not None:
            check_weight("selected", detail.selected, network, self._gettext)
        finer = detail.map != self._detail.map
        self._detail = detail
        self._camera = None
        self._news.in_picture()
        return [self._data()] if finer else []

    # Parts

    def _stop_at(self, run: Run, diverged: Diverged) -> list[Event]:
        """Pauses at the last finite state, and says what went wrong."""
        playing = self._agenda.pace is not None
        self._agenda.stop()
        self._news.save_soon()
        event = announcements.diverged(run, diverged, self._gettext)
        return [event, self._state()] if playing else [event]

    def _data(self) -> bytes:
        return encode_data(self._started(), self._detail.map)

    def _state(self) -> Event:
        trial = None if self._trial is None else self._trial.bookmark
        return protocol.State(playing=self._agenda.pace is not None, pace=self._pace, trial=trial)

    def _started(self) -> Run:
        """The run, or a refusal where none was begun."""
        if self.run is None:
            nothing = self._gettext("nothing")
            problem = protocol.make_problem("started", "command", nothing, self._gettext)
            raise ProtocolError([problem])
        return self.run
