"""Turns on the worker thread: fair in time, and never in the event loop's way."""

import asyncio
import threading
from functools import partial

import pytest

from app.scheduler import Scheduler, Seat


class Clock:
    """Seconds that pass only when somebody works."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def work(self, seconds: float) -> float:
        """Takes so long."""
        self.now += seconds
        return seconds


async def take_turns(scheduler: Scheduler, seat: Seat, clock: Clock, turn_s: float) -> float:
    """Asks for one turn after the other until it is 10 o'clock; says how long they were in all."""
    spent_s = 0.0
    while clock.now < 10:
        spent_s += await scheduler.run(seat, partial(clock.work, turn_s))
    return spent_s


def test_seats_share_time_and_not_turns() -> None:
    """Whoever takes long turns gets fewer: after 10 s nobody is a turn ahead of anybody."""

    async def main() -> list[float]:
        clock = Clock()
        scheduler = Scheduler(0.012, clock)
        turns_s = (0.001, 0.004, 0.05)
        spent_s = await asyncio.gather(
            *(take_turns(scheduler, scheduler.join(), clock, turn_s) for turn_s in turns_s)
        )
        scheduler.close()
        return spent_s

    spent_s = asyncio.run(main())

    assert sum(spent_s) == pytest.approx(10, abs=0.06)
    assert max(spent_s) - min(spent_s) < 0.11


def test_an_idle_seat_saves_nothing_up() -> None:
    """A seat that comes late shares from then on; it does not shut the others out."""

    async def main() -> list[float]:
        clock = Clock()
        scheduler = Scheduler(0.012, clock)
        early, late = scheduler.join(), scheduler.join()
        while clock.now < 5:
            await scheduler.run(early, partial(clock.work, 0.01))
        spent_s = await asyncio.gather(
            *(take_turns(scheduler, seat, clock, 0.01) for seat in (early, late))
        )
        scheduler.close()
        return spent_s

    first, second = asyncio.run(main())

    assert first + second == pytest.approx(5, abs=0.03)
    assert second - first < 0.08


def test_slices_shrink_in_company() -> None:
    """Alone a session computes for the whole slice, among three for a third, never below 4 ms."""

    async def main() -> list[float]:
        clock = Clock()
        scheduler = Scheduler(0.012, clock)
        slices = []
        for _ in range(4):
            await scheduler.run(scheduler.join(), partial(clock.work, 0.001))
            slices.append(scheduler.slice_s())
        clock.work(1.0)
        slices.append(scheduler.slice_s())
        scheduler.close()
        return slices

    assert asyncio.run(main()) == pytest.approx([0.012, 0.006, 0.004, 0.004, 0.012])


def test_work_leaves_the_event_loop_alone() -> None:
    """While a turn lasts, the event loop goes on: here it is what ends the turn."""

    async def main() -> bool:
        scheduler = Scheduler(0.012)
        ended = threading.Event()
        turn = asyncio.create_task(scheduler.run(scheduler.join(), partial(ended.wait, 20)))
        await asyncio.sleep(0)
        asyncio.get_running_loop().call_soon(ended.set)
        result = await turn
        scheduler.close()
        return result

    assert asyncio.run(main())


def test_errors_come_back_to_whoever_asked() -> None:
    """An error in one session's turn is that session's alone; the next turn is given."""

    async def main() -> tuple[int, int]:
        scheduler = Scheduler(0.012)
        first, second = scheduler.join(), scheduler.join()
        with pytest.raises(ZeroDivisionError):
            await scheduler.run(first, partial(divmod, 1, 0))
        result: tuple[int, int] = await scheduler.run(second, partial(divmod, 7, 2))
        scheduler.close()
        return result

    assert asyncio.run(main()) == (3, 1)


def test_a_cancelled_turn_is_passed_on() -> None:
    """Clients that leave while they wait hold nobody up, whenever they leave."""

    async def main() -> int:
        scheduler = Scheduler(0.012)
        gate = threading.Event()
        running = asyncio.create_task(scheduler.run(scheduler.join(), partial(gate.wait, 20)))
        await asyncio.sleep(0)
        waiting = [
            asyncio.create_task(scheduler.run(scheduler.join(), partial(int, "1")))
            for _ in range(4)
        ]
        await asyncio.sleep(0)
        waiting[0].cancel()
        gate.set()
        await running
        waiting[1].cancel()
        results = await asyncio.gather(*waiting, return_exceptions=True)
        scheduler.close()
        return sum(result for result in results if isinstance(result, int))

    assert asyncio.run(main()) == 2


def test_seats_are_given_back() -> None:
    """The number of seats is what the limit of sessions is held against."""
    scheduler = Scheduler(0.012)
    seat = scheduler.join()
    scheduler.join()
    scheduler.leave(seat)
    scheduler.close()

    assert scheduler.seats == 1
