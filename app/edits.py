"""Changes by hand: another seed, another weight."""

import secrets

from app.experiment import Experiment
from app.protocol import Gettext, SetParameter, check_whole
from app.run import Run

SEEDS = 100_000


def draw_anew(experiment: Experiment, seed: str) -> Experiment:
    """The Experiment with another ``data_seed`` or ``weight_seed``."""
    old = getattr(experiment, seed)
    drawn = [secrets.randbelow(SEEDS) for _ in range(2)]
    texts = [f"0.{number:05d}" if seed == "data_seed" else number for number in drawn]
    new = next((text for text in texts if text != old), texts[0])
    # Weights that were given make way for drawn ones.
    given = {"parameters": None} if seed == "weight_seed" else {}
    return experiment.model_copy(update={seed: new, **given})


def set_parameter(run: Run, command: SetParameter, gettext: Gettext) -> None:
    """Sets one weight or bias; everything shown is computed anew.

    Raises:
        ProtocolError: the network has no such weight or bias; nothing has changed.
    """
    layers = run.trainer.network.layers
    check_whole("layer", command.layer, 1, len(layers), gettext)
    layer = layers[command.layer - 1]
    check_whole("to", command.to, 0, layer.units - 1, gettext)
    if command.from_ is None:
        layer.b[command.to] = command.value
    else:
        check_whole("from", command.from_, 0, layer.n_in - 1, gettext)
        layer.W[command.from_, command.to] = command.value
    run.trainer.refresh()
