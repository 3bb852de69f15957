"""What a frame also carries of the one weight, or unit with its bias, that a page has selected."""

from dataclasses import dataclass

from app.protocol.binary import Tensor

MAX_EXAMPLES = 64
CLOSE_UP_SCALARS = (
    "positive_count",
    "positive_sum",
    "negative_count",
    "negative_sum",
    "plain_rate",
)
CLOSE_UP_COLUMNS = ("source", "z", "a", "slope", "da", "delta", "contribution")
ANSWER_COLUMNS = ("target", "presented")

Selected = tuple[int, int | None, int]


@dataclass(frozen=True)
class CloseUpShape:
    """Which arrays there are, and how large they are.

    Attributes:
        selected: layer (from 1); the unit that a weight comes from, or None for the bias and with
            it all of the unit; the unit (both from 0).
        rows: examples that there is room for.
        n_in: units of the layer before.
        n_next: units of the layer after; None where there is none.
    """

    selected: Selected
    rows: int
    n_in: int
    n_next: int | None

    def tensors(self) -> list[Tensor]:
        """The arrays; docs/reference/protocol.md says what each means."""
        selected = Tensor("selected", "F32", (self.rows, len(CLOSE_UP_COLUMNS)))
        if self.selected[1] is not None:
            return [selected]
        came_in = [
            Tensor("incoming", "F32", (self.n_in + 1,)),
            Tensor("incoming_a", "F32", (self.rows, self.n_in)),
        ]
        if self.n_next is None:
            return [selected, *came_in, Tensor("answer", "F32", (self.rows, len(ANSWER_COLUMNS)))]
        went_out = [
            Tensor("outgoing", "F32", (self.n_next,)),
            Tensor("outgoing_delta", "F32", (self.rows, self.n_next)),
        ]
        return [selected, *came_in, *went_out]

    def metadata(self) -> dict[str, str]:
        """What the header says of them."""
        parts = ("" if part is None else str(part) for part in self.selected)
        return {"selected": ",".join(parts), "signals": ",".join(CLOSE_UP_COLUMNS)}
