"""The "closeup" message: more of one unit and of one weight of the next update.

A dissection holds the same beside all else. A walk that goes from unit to unit asks for close-ups,
which are a fraction of its bytes, and whose making is half of its work.
"""

import numpy as np
import numpy.typing as npt

from app.places import check_unit, check_weight
from app.protocol import CloseUp, Dissect, Gettext, encode
from app.run import Run
from engine.microscope import Dissection, dissect

KIND = "closeup"
SCALARS = ("run", "step")
SIGNALS = ("z", "a", "slope", "da", "delta")

Array = npt.NDArray[np.float64]


def encode_closeup(run: Run, command: CloseUp, gettext: Gettext) -> bytes:
    """The message that answers ``command``.

    Args:
        run: left as it is.
        command: what is to be looked at.
        gettext: translates a refusal into the reader's language.

    Raises:
        ProtocolError: the run has no such neuron or weight.
    """
    check_chosen(run, command, gettext)
    with np.errstate(all="ignore"):
        arrays = chosen_arrays(dissect(run.trainer), command)
    arrays["scalars"] = np.array([run.number, run.trainer.step], np.float64)
    metadata = {
        "run": str(run.number),
        "choice": command.model_dump_json(include={"neuron", "weight"}),
        "scalars": ",".join(SCALARS),
        "signals": ",".join(SIGNALS),
    }
    if command.id is not None:
        metadata["id"] = str(command.id)
    return encode(KIND, arrays, metadata)


def check_chosen(run: Run, command: CloseUp | Dissect, gettext: Gettext) -> None:
    """Refuses a neuron or a weight that the run has not.

    Raises:
        ProtocolError: it names the part that is too large.
    """
    network = run.trainer.network
    if command.neuron is not None:
        check_unit("neuron", command.neuron, network, gettext)
    if command.weight is not None:
        check_weight("weight", command.weight, network, gettext)


def chosen_arrays(dissection: Dissection, command: CloseUp | Dissect) -> dict[str, Array]:
    """What the batch's examples do at the neuron, and what they add to the weight's gradient."""
    arrays = {}
    if command.neuron is not None:
        unit = dissection.unit(*command.neuron)
        arrays["neuron"] = _wide(np.stack([getattr(unit, name) for name in SIGNALS], axis=1))
        arrays["curve"] = _wide(unit.curve)
    if command.weight is not None:
        arrays["contributions"] = _wide(dissection.contributions(*command.weight))
        arrays["contribution_sums"] = _wide(dissection.contribution_sums(*command.weight))
    return arrays


def _wide(array: npt.ArrayLike) -> Array:
    return np.asarray(array, np.float64)
