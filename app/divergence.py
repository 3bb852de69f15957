"""What a learner reads when the numbers stop being finite."""

from app.protocol import Gettext
from app.protocol.problems import gettext_noop
from engine.divergence import Diverged

QUANTITIES = {
    "z": gettext_noop("a weighted sum z"),
    "a": gettext_noop("an activation"),
    "loss": gettext_noop("the loss"),
    "delta": gettext_noop("an error signal δ"),
    "gradient": gettext_noop("a gradient"),
    "update": gettext_noop("an update"),
    "parameters": gettext_noop("a weight or bias"),
    "optimizer": gettext_noop("the optimizer's memory"),
}
MESSAGE = gettext_noop(
    "Training has stopped: at update %(step)s, %(quantity)s in layer %(layer)s was no longer a "
    "finite number. What you see is the last state before that."
)


def describe(diverged: Diverged, gettext: Gettext) -> str:
    """One or two sentences that name the update, the layer and what went first."""
    return gettext(MESSAGE) % {
        "step": diverged.step,
        "layer": diverged.layer,
        "quantity": gettext(QUANTITIES[diverged.quantity]),
    }
