"""How many updates are owed, and when: paces, single steps, and pages that stop looking."""

import pytest

from app.agenda import NEVER, UNLIMITED, Agenda
from app.protocol import Pace


def play(pace: Pace, now: float = 0.0) -> Agenda:
    """An agenda that plays."""
    agenda = Agenda()
    agenda.play(pace, now)
    return agenda


def work_off(agenda: Agenda) -> int:
    """Makes all that is owed; says how many updates that was."""
    batches, agenda.batches = agenda.batches, 0
    return batches


@pytest.mark.parametrize("rate", [0.2, 1, 7, 50, 60, 90, 1000])
@pytest.mark.parametrize("hertz", [10, 60])
def test_updates_a_second_are_kept(rate: float, hertz: float) -> None:
    """Over ten seconds as many updates fall due as the pace says, whatever the frame rate."""
    agenda = play(Pace(unit="update", rate=rate))
    made, now = 0, 0.0
    while now < 10:
        if agenda.due_at() <= now:
            agenda.begin(now, 25, 25)
            made += work_off(agenda)
            agenda.fund()
        now += 1 / hertz
    tolerance = max(1, rate / hertz)

    assert made == pytest.approx(10 * rate, abs=1 + tolerance)


def test_the_first_update_comes_at_once() -> None:
    """At a slow pace nobody waits five seconds to see that it plays."""
    agenda = play(Pace(unit="update", rate=0.2), now=3.0)
    first = agenda.due_at()
    agenda.begin(3.0, 25, 25)

    assert first == 3.0
    assert work_off(agenda) == 1
    agenda.fund()
    assert agenda.due_at() == 8.0


def test_a_late_page_is_not_sent_through_the_past() -> None:
    """After ten seconds without a credit a quarter of a second is made up for, and no more."""
    agenda = play(Pace(unit="update", rate=100))
    agenda.begin(10.0, 25, 25)

    assert work_off(agenda) == 26


def test_without_a_frame_nothing_more_is_owed() -> None:
    """One frame pays for one frame's work."""
    for unit in ("update", "epoch", "full"):
        agenda = play(Pace.model_validate({"unit": unit}))
        agenda.begin(0.0, 25, 25)
        work_off(agenda)
        assert agenda.due_at() == NEVER
        agenda.begin(1.0, 25, 25)
        agenda.fund()
        assert agenda.due_at() < NEVER


def test_an_epoch_a_frame_ends_at_its_end() -> None:
    """From the middle of an epoch the first of the epochs is the rest of it."""
    agenda = play(Pace(unit="epoch", rate=3))
    agenda.begin(0.0, 18, 25)

    assert work_off(agenda) == 18 + 2 * 25


def test_full_speed_ends_with_the_slice() -> None:
    """What one slice could not make is not owed to the next."""
    agenda = play(Pace(unit="full"))
    agenda.begin(0.0, 25, 25)
    agenda.batches -= 400
    assert agenda.batches > UNLIMITED // 2
    agenda.end_slice()

    assert not agenda.pending


def test_steps_add_up_and_end_the_playing() -> None:
    """Two quick presses are two steps; an epoch's step reaches the end of an epoch."""
    agenda = play(Pace(unit="full"))
    agenda.begin(0.0, 25, 25)
    agenda.owe(batches=2)
    assert (agenda.pace, agenda.batches) == (None, 2)
    agenda.owe(batches=3)
    assert agenda.batches == 5
    agenda.owe_epochs(2, batch=1, batches_per_epoch=25)

    assert agenda.batches == 5 + 44
    assert agenda.due_at() == -NEVER


def test_steps_do_not_wait_for_frames() -> None:
    """What somebody asked for by the piece is made, looked at or not."""
    agenda = Agenda()
    agenda.owe(samples=3)

    assert agenda.due_at() == -NEVER


def test_stop_drops_what_is_owed() -> None:
    """A pause ends a long step too."""
    agenda = Agenda()
    agenda.owe(batches=10_000)
    agenda.stop()

    assert agenda.due_at() == NEVER
