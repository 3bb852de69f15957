"""How much a snippet may ask for, and the meter that counts it."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from app.snippet.errors import Refusal, gettext_noop


@dataclass(frozen=True)
class Limits:
    """Bounds on one run.

    Attributes:
        characters: length of the text.
        depth: syntax inside syntax; a long sum counts once.
        nodes: in the graph that is shown.
        results: tensors or Values computed in all.
        turns: of all loops together.
        calls: of functions inside each other.
        steps: expressions evaluated and elements looked at.
        exponent: size of the number after ``**``.
        elements: in an array or a list.
        letters: in a piece of text that the program makes, and in all its output.
        printed: lines of output.
        seconds: of processor time.
    """

    characters: int = 20_000
    depth: int = 60
    nodes: int = 2_000
    results: int = 20_000
    turns: int = 10_000
    calls: int = 16
    steps: int = 100_000
    exponent: float = 1_000.0
    elements: int = 1_000
    letters: int = 20_000
    printed: int = 200
    seconds: float = 0.15


# Evaluations inside each other. Each takes up to four Python frames, of which there are 1,000.
_NESTED = 150
# The clock is read once in so many steps.
_BETWEEN_READINGS = 64


class Meter:
    """Counts what a run uses, and refuses when it is too much.

    The clock is that of the thread's processor time, so that a busy machine refuses nothing that an
    idle one would run.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.thread_time) -> None:
        self.limits = limits
        self._clock = clock
        self._deadline = clock() + limits.seconds
        self._steps = 0
        self._reading = _BETWEEN_READINGS
        self._turns = 0
        self._results = 0
        self._printed = 0
        self._letters_printed = 0
        self._calls = 0
        self._nested = 0

    def step(self, count: int = 1) -> None:
        """Count expressions evaluated, or elements looked at."""
        self._steps += count
        self._reading -= count
        if self._steps > self.limits.steps:
            raise Refusal(
                gettext_noop("The program takes more than %(limit)s steps."),
                gettext_noop("Make the loops shorter or the arrays smaller."),
                limit=f"{self.limits.steps:,}",
            )
        if self._reading < 0:
            self._reading = _BETWEEN_READINGS
            self.check_time()

    def check_time(self) -> None:
        """Refuse a run that has used up its processor time."""
        if self._clock() > self._deadline:
            raise Refusal(
                gettext_noop("The program takes too long: more than %(milliseconds)s ms."),
                gettext_noop("Make the loops shorter or the arrays smaller."),
                milliseconds=round(self.limits.seconds * 1000),
            )

    def turn(self) -> None:
        """Count one turn of a loop."""
        self._turns += 1
        if self._turns > self.limits.turns:
            raise Refusal(
                gettext_noop("The loops make more than %(limit)s turns in all."),
                gettext_noop("Write a smaller number in range(…)."),
                limit=f"{self.limits.turns:,}",
            )

    def result(self, elements: int) -> None:
        """Count one computed tensor or Value of this many elements."""
        self.elements(elements)
        self._results += 1
        self.step(1 + elements // 16)
        if self._results > self.limits.results:
            raise Refusal(
                gettext_noop("The program computes more than %(limit)s results."),
                gettext_noop("Make the loops shorter."),
                limit=f"{self.limits.results:,}",
            )

    def elements(self, count: int) -> None:
        """Refuse an array or list that is too large."""
        if count > self.limits.elements:
            raise Refusal(
                gettext_noop(
                    "%(count)s elements are too many here: an array or list holds up to %(limit)s."
                ),
                count=f"{count:,}" if count < 10**15 else "…",
                limit=f"{self.limits.elements:,}",
            )

    def letters(self, count: int) -> None:
        """Refuse a piece of text that is too long."""
        if count > self.limits.letters:
            raise Refusal(
                gettext_noop("The program makes a text of more than %(limit)s characters."),
                limit=f"{self.limits.letters:,}",
            )

    def printed(self, letters: int) -> None:
        """Count one line of output."""
        self._printed += 1
        self._letters_printed += letters
        self.letters(self._letters_printed)
        if self._printed > self.limits.printed:
            raise Refusal(
                gettext_noop("The program prints more than %(limit)s lines."),
                limit=self.limits.printed,
            )

    def graph(self, nodes: int) -> None:
        """Refuse a graph that is too large to be shown, and count the walk through it."""
        if nodes > self.limits.nodes:
            raise Refusal(
                gettext_noop("The graph has %(count)s nodes; up to %(limit)s can be shown."),
                gettext_noop(
                    "Use fewer numbers or shorter loops, or arrays instead of single numbers."
                ),
                count=f"{nodes:,}",
                limit=f"{self.limits.nodes:,}",
            )
        self.step(nodes)
        self.check_time()

    def call(self) -> None:
        """Enter a function."""
        self._calls += 1
        if self._calls > self.limits.calls:
            raise Refusal(
                gettext_noop("Functions call each other more than %(limit)s deep."),
                gettext_noop(
                    "A function that calls itself needs an end; write `for` with range(…) instead."
                ),
                limit=self.limits.calls,
            )

    def leave_call(self) -> None:
        """Leave a function."""
        self._calls -= 1

    def enter(self) -> None:
        """Enter an expression inside another."""
        self._nested += 1
        if self._nested > _NESTED:
            raise too_deep()

    def leave(self) -> None:
        """Leave an expression."""
        self._nested -= 1


def too_deep() -> Refusal:
    """The refusal of syntax, or of calls, that are nested too deeply."""
    return Refusal(
        gettext_noop("This is nested too deeply."),
        gettext_noop("Give the inner parts names, on lines of their own."),
    )
