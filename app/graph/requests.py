"""What a page may ask of the graph room; everything else is refused before it is looked at."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.experiment import Experiment, class_labels

# The interpreter refuses texts above its own, smaller limit in the reader's language.
MOST_CHARACTERS = 100_000

Text = Annotated[str, Field(max_length=MOST_CHARACTERS)]
Key = Annotated[str, Field(max_length=80)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Folding = Literal["auto", "on", "off"]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    text: Text


class RunRequest(_Request):
    """Run a text and draw its graph.

    Attributes:
        text: the program.
        folding: which graphs are folded: large ones, all, none.
        opened: the folds that the reader opened.
    """

    folding: Folding = "auto"
    opened: Annotated[list[Key], Field(max_length=100)] = []


class DescendRequest(RunRequest):
    """Take steps of gradient descent on the numbers of a text.

    Attributes:
        rate: the learning rate.
        names: the leaves that may move.
        steps: how many.
    """

    rate: Finite
    names: Annotated[list[Key], Field(max_length=500)]
    steps: Annotated[int, Field(ge=1, le=100)] = 1


class ExportRequest(_Request):
    """Write a text's graph in another language."""

    language: Literal["dot", "pytorch", "micrograd"]


class NetworkRequest(BaseModel):
    """Write a neuron of the playground, or its whole network, as a program for one example.

    Attributes:
        experiment: names the network.
        parameters: flat, as in a frame.
        point: x1 and x2 of the example.
        target: as the data set writes it.
        neuron: layer from 1 and unit from 0; null for the whole network.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    experiment: Experiment
    parameters: Annotated[list[Finite], Field(max_length=20_000)]
    point: tuple[Finite, Finite]
    target: Finite
    neuron: tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(ge=0)]] | None = None

    @model_validator(mode="after")
    def _target_is_a_class(self) -> Self:
        labels = class_labels(self.experiment.class_count)
        if self.experiment.problem == "classification" and self.target not in labels:
            raise ValueError(f"target: expected one of {labels}, got {self.target:g}")
        return self


AnyRequest = RunRequest | DescendRequest | ExportRequest | NetworkRequest
