"""Recipe: how a network is trained, in numbers and names."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    """Everything that training needs besides network and data.

    Attributes:
        loss: a row of LOSSES.
        problem: "classification" or "regression"; decides whether an accuracy exists.
        batch_size: examples of one update; the last batch of an epoch may be shorter.
        learning_rate: before the schedule.
        optimizer: a row of OPTIMIZERS, with the numbers that it uses:
        momentum: share of the velocity that is kept (momentum, nesterov).
        rho: share of the mean square that is kept (rmsprop).
        beta1, beta2: shares of the first and second moment that are kept (adam, adamw).
        epsilon: added to the root of the second moment (rmsprop, adam, adamw).
        weight_decay: adamw's, of every parameter, in units of the learning rate.
        schedule: a row of SCHEDULES, with the numbers that it uses:
        schedule_period: in epochs: between steps, until the cosine's end, of the warm-up.
        schedule_gamma: factor of one step (step) or one epoch (exponential).
        schedule_floor: share of the learning rate at which the cosine ends.
        clipping: a row of CLIPPINGS; clip_limit: its largest norm or largest entry.
        regularization: a row of REGULARIZERS; regularization_rate: its factor.
        reshuffle: whether every epoch has an order of its own.
        shuffle_seed: 0..2**64-1; with the epoch's number it fixes that order.
    """

    loss: str = "half-squared"
    problem: str = "classification"
    batch_size: int = 10
    learning_rate: float = 0.03
    optimizer: str = "sgd"
    momentum: float = 0.9
    rho: float = 0.99
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    weight_decay: float = 0.01
    schedule: str = "constant"
    schedule_period: int = 100
    schedule_gamma: float = 0.5
    schedule_floor: float = 0.0
    clipping: str = "none"
    clip_limit: float = 1.0
    regularization: str = "none"
    regularization_rate: float = 0.0
    reshuffle: bool = True
    shuffle_seed: int = 0

    @property
    def order_seed(self) -> int | None:
        """What fixes the order of the examples; None where they keep the data's own."""
        return self.shuffle_seed if self.reshuffle else None
