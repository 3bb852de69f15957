"""Fair slices of compute among the sessions: one worker thread, whose time is shared evenly.

The event loop never computes. Whoever wants the engine asks for a turn here; when the thread is
free the next turn goes to the seat that has had the least of it.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import TypeVar

RECENT_S = 0.25
SHORTEST_SLICE_S = 0.004
LARGEST_CLAIM_S = 0.05

T = TypeVar("T")


class Seat:
    """One session's place at the worker.

    Attributes:
        spent_s: seconds of the worker's time that this seat has had; only differences count.
        served_at: when its newest turn ended, on the scheduler's clock.
    """

    __slots__ = ("served_at", "spent_s")

    def __init__(self) -> None:
        self.spent_s = 0.0
        self.served_at = float("-inf")


class Scheduler:
    """Gives turns on the worker thread, least served first."""

    def __init__(self, slice_s: float, clock: Callable[[], float] = perf_counter) -> None:
        """Starts without any seat.

        Args:
            slice_s: seconds that a session may compute in one turn when it is alone.
            clock: monotonic seconds.
        """
        self._slice_s = slice_s
        self._clock = clock
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="engine")
        self._seats: set[Seat] = set()
        self._waiting: list[tuple[Seat, asyncio.Future[None]]] = []
        self._busy = False
        self._floor_s = 0.0

    @property
    def seats(self) -> int:
        """How many sessions have a seat."""
        return len(self._seats)

    def join(self) -> Seat:
        """A seat for a new session."""
        seat = Seat()
        self._seats.add(seat)
        return seat

    def leave(self, seat: Seat) -> None:
        """Gives a seat back."""
        self._seats.discard(seat)

    def close(self) -> None:
        """Ends the worker thread after its current turn."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    def slice_s(self) -> float:
        """Seconds of training that a turn may take now: the whole slice alone, less in company."""
        now = self._clock()
        busy = sum(now - seat.served_at < RECENT_S for seat in self._seats)
        return min(self._slice_s, max(self._slice_s / max(busy, 1), SHORTEST_SLICE_S))

    async def run(self, seat: Seat, work: Callable[[], T]) -> T:
        """Runs ``work`` in the worker thread when it is this seat's turn; its errors come back."""
        await self._turn(seat)
        started = self._clock()
        job = asyncio.get_running_loop().run_in_executor(self._worker, work)
        job.add_done_callback(lambda _: self._finish(seat, started))
        return await job

    async def _turn(self, seat: Seat) -> None:
        # Whoever paused for a moment has its claim; nobody saves up time to shut the others out.
        seat.spent_s = max(seat.spent_s, self._floor_s - LARGEST_CLAIM_S)
        if not self._busy:
            self._admit(seat)
            return
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((seat, place))
        try:
            await place
        except asyncio.CancelledError:
            if place.cancelled():
                self._waiting.remove((seat, place))
            else:
                self._pass_on()
            raise

    def _admit(self, seat: Seat) -> None:
        self._busy = True
        self._floor_s = seat.spent_s

    def _finish(self, seat: Seat, started: float) -> None:
        seat.served_at = self._clock()
        seat.spent_s += seat.served_at - started
        # Later, so that the seat that was served can ask again before the next one is chosen:
        # otherwise two seats would get turn for turn, however long each of them takes.
        asyncio.get_running_loop().call_soon(self._pass_on)

    def _pass_on(self) -> None:
        self._busy = False
        # A turn that was cancelled a moment ago is still listed until its own task has run.
        waiting = [turn for turn in self._waiting if not turn[1].done()]
        if waiting:
            seat, place = min(waiting, key=lambda turn: turn[0].spent_s)
            self._waiting.remove((seat, place))
            self._admit(seat)
            place.set_result(None)
