"""Whether a command names a unit or a weight that the network has."""

from app.protocol import Gettext, Selected, check_whole
from engine.network import Network


def check_unit(field: str, place: tuple[int, int], network: Network, gettext: Gettext) -> None:
    """Refuses a unit (layer from 1, unit from 0) that is none of the network's.

    Raises:
        ProtocolError: it names the part of ``field`` that is too large.
    """
    layer, unit = place
    check_whole(f"{field}[0]", layer, 1, len(network.layers), gettext)
    check_whole(f"{field}[1]", unit, 0, network.layers[layer - 1].units - 1, gettext)


def check_weight(field: str, place: Selected, network: Network, gettext: Gettext) -> None:
    """Refuses a weight (layer from 1, from, to), or with from None a bias, that is none of its.

    Raises:
        ProtocolError: it names the part of ``field`` that is too large.
    """
    layer, from_, to = place
    check_whole(f"{field}[0]", layer, 1, len(network.layers), gettext)
    if from_ is not None:
        check_whole(f"{field}[1]", from_, 0, network.layers[layer - 1].n_in - 1, gettext)
    check_whole(f"{field}[2]", to, 0, network.layers[layer - 1].units - 1, gettext)
