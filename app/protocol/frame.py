"""The frame: which numbers of a run it carries, and where they stand in the binary message."""

from app.protocol.binary import FrameLayout, Tensor
from app.protocol.close_up import CLOSE_UP_SCALARS, CloseUpShape
from engine.diagnosis import AILMENTS
from engine.statistics import STATISTICS

SCALARS = (
    "run",
    "step",
    "epoch",
    "batch",
    "batches",
    "batch_rows",
    "sample",
    "applied",
    "learning_rate",
    "loss",
    "train_loss",
    "test_loss",
    "penalty",
    "train_accuracy",
    "test_accuracy",
    "playing",
)


def frame_layout(
    *,
    parameters: int,
    units: int,
    layers: int,
    outputs: int,
    map_resolution: int,
    output_resolution: int,
    focus: tuple[int, int] | None = None,
    probe: bool = False,
    close_up: CloseUpShape | None = None,
) -> FrameLayout:
    """The layout of a "frame"; docs/reference/protocol.md says what each array means.

    Args:
        parameters: weights and biases of the network.
        units: neurons of all layers, the output layer included.
        layers: layers, the output layer included.
        outputs: neurons of the output layer.
        map_resolution: cells along a side of a neuron's map.
        output_resolution: cells along a side of an output's map.
        focus: layer (from 1) and unit (from 0) whose map is sent at the output's resolution.
        probe: whether every neuron's activation at the pointer's point is sent.
        close_up: the arrays about what is selected, or None.
    """
    scalars = SCALARS if close_up is None else (*SCALARS, *CLOSE_UP_SCALARS)
    r, R = map_resolution, output_resolution
    tensors = [
        Tensor("scalars", "F64", (len(scalars),)),
        Tensor("parameters", "F32", (parameters,)),
        Tensor("gradient", "F32", (parameters,)),
        Tensor("update", "F32", (parameters,)),
        Tensor("delta", "F32", (units,)),
        Tensor("delta_rms", "F32", (units,)),
        Tensor("activation", "F32", (units,)),
        Tensor("statistics", "F32", (layers, len(STATISTICS))),
        Tensor("scales", "F32", (units,)),
        Tensor("unit_ailments", "U8", (units,)),
        Tensor("layer_ailments", "U8", (layers,)),
        Tensor("maps", "U8", (units, r, r)),
        Tensor("outputs", "U8", (outputs, R, R)),
    ]
    metadata = {
        "scalars": ",".join(scalars),
        "statistics": ",".join(STATISTICS),
        "ailments": ",".join(AILMENTS),
    }
    if probe:
        tensors.append(Tensor("probe", "F32", (units,)))
    if focus is not None:
        tensors.append(Tensor("focus", "U8", (R, R)))
        metadata["focus"] = f"{focus[0]},{focus[1]}"
    if close_up is not None:
        tensors += close_up.tensors()
        metadata |= close_up.metadata()
    return FrameLayout("frame", tensors, metadata)
