"""What a session tells of its run: events, made from a run as it stands."""

from app.divergence import describe
from app.playground_link import to_link
from app.protocol import Configured, Diverged, Event, Gettext, Problem
from app.run import Run
from engine import divergence

# What is sent, in order: events, and binary messages.
Reply = list[Event | bytes]


def configured(
    run: Run,
    because: tuple[str, ...] = (),
    *,
    reset: bool,
    problems: list[Problem] | None = None,
) -> Configured:
    """That a run begins, or changes.

    Args:
        run: which one.
        because: the fields that differ, or what else led here.
        reset: whether it begins anew.
        problems: what in a link could not be used.
    """
    network = run.trainer.network
    return Configured(
        run=run.number,
        experiment=run.experiment,
        link=to_link(run.experiment),
        shape=(network.n_in, *(layer.units for layer in network.layers)),
        activations=tuple(layer.activation for layer in network.spec),
        reset=reset,
        because=because,
        problems=tuple(problems or ()),
        parameters=network.parameters.size,
        train=run.examples.train,
        test=len(run.examples.points) - run.examples.train,
    )


def diverged(run: Run, outcome: divergence.Diverged, gettext: Gettext) -> Diverged:
    """That a run's numbers are no longer finite, and where that began."""
    return Diverged(
        run=run.number,
        step=outcome.step,
        layer=outcome.layer,
        quantity=outcome.quantity,
        message=describe(outcome, gettext),
    )


def addressed(reply: Reply, number: int | None) -> Reply:
    """The reply, its first event marked as the answer to a command with an id."""
    if number is None:
        return reply
    first = next(place for place, part in enumerate(reply) if isinstance(part, Event))
    return [
        part.model_copy(update={"id": number})
        if place == first and isinstance(part, Event)
        else part
        for place, part in enumerate(reply)
    ]
