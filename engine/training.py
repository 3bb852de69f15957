"""Trainer: the textbook loop, advanced when it is told to, resumable at any point."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.batches import Batches
from engine.clipping import CLIPPINGS
from engine.divergence import Diverged, first_non_finite_part, first_non_finite_pass, is_finite
from engine.losses import CLASSIFICATION, LOSSES
from engine.network import Network
from engine.optimizers import OPTIMIZERS, Optimizer
from engine.recipe import Recipe
from engine.regularizers import REGULARIZERS, Pull
from engine.schedules import SCHEDULES
from engine.trace import Trace

__all__ = ["Diverged", "Evaluation", "Recipe", "Trainer"]

# Updates between two looks for numbers that are not finite.
_CHUNK = 256

State = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class Evaluation:
    """Loss without penalty, and the share of right answers, NaN in regression."""

    loss: float
    accuracy: float


class Trainer:
    """A network, its data and the state of a run.

    Attributes:
        trace: the newest pass; targets: (n_out, rows) its targets, as the loss takes them.
        step: updates made.
        epoch: epochs finished; batch: the next batch in the present one.
        sample: examples of that batch that single steps have already looked at.
        learning_rate: what the next update uses.
        gradient: (P,) of the newest pass: mean over its examples, data loss only.
        update: (P,) what was last added to the parameters, penalty and clipping included.
        applied: True when ``update`` was made from ``gradient``. False before the first update,
            after an edit and inside a batch; the gradient is then that of the batch to come, and
            ``update`` is zeros.
        parameters_before: (P,) what the newest pass was computed with.
    """

    def __init__(
        self, network: Network, X: npt.ArrayLike, y: npt.ArrayLike, recipe: Recipe
    ) -> None:
        """Begin a run.

        Args:
            network: its parameters are trained in place.
            X: (n, n_in) inputs, features already computed.
            y: targets as ``Loss.encode`` gives them: (n,) or (n, n_out).
            recipe: how to train.

        Raises:
            ValueError: inputs, targets or recipe do not fit.
        """
        self.network = network
        self.step = self.epoch = self.batch = self.sample = 0
        self.applied = False
        parameters = network.parameters
        self.gradient, self.update, self._clipped = (np.zeros_like(parameters) for _ in range(3))
        self.parameters_before = parameters.copy()
        self._pull = Pull(network.is_weight(), parameters)
        self.recipe = recipe
        self._optimizer: Optimizer = OPTIMIZERS[recipe.optimizer](parameters)
        self._set_recipe(recipe)
        self._set_data(recipe, X, y)

    # What is shown

    @property
    def batches_per_epoch(self) -> int:
        """Updates in an epoch, a short last one included."""
        return len(self._batches)

    @property
    def batch_rows(self) -> int:
        """Examples in the gradient shown."""
        return self.trace.batch

    @property
    def loss(self) -> float:
        """Loss of the examples in the gradient shown, before the update, penalty not included."""
        with np.errstate(all="ignore"):
            return self._loss.value(self.trace.passes[-1].a, self.targets)

    def plain_rate(self, index: int) -> float:
        """The rate with which -rate * gradient is, to the bit, the update shown of a parameter.

        NaN where it is not so simple: another optimizer than SGD, clipping, a penalty, a learning
        rate that was changed since, or no update made with the gradient shown.
        """
        if not self.applied or self.recipe.optimizer != "sgd":
            return math.nan
        # The rate of now is that of the next epoch where the update shown was an epoch's last.
        rates = (self._scheduled_rate(self.epoch - (self.batch == 0)), self.learning_rate)
        gradient, update = self.gradient[index], self.update[index]
        with np.errstate(all="ignore"):
            return next((rate for rate in rates if gradient * -rate == update), math.nan)

    def penalty(self) -> float:
        """What the regularizer adds to the loss that is being minimized, over all weights."""
        return self.recipe.regularization_rate * sum(
            self._regularizer.penalty(layer.W.ravel()) for layer in self.network.layers
        )

    def evaluate(self, X: npt.ArrayLike, y: npt.ArrayLike) -> Evaluation:
        """Loss and accuracy on X (n, n_in), y; both NaN when there are no examples."""
        if len(np.asarray(X)) == 0:
            return Evaluation(math.nan, math.nan)
        with np.errstate(all="ignore"):
            a = self.network.predict(X).T
            targets = self._loss.prepare(np.asarray(y, a.dtype), self.network.n_out)
            classifies = self.recipe.problem == CLASSIFICATION
            accuracy = self._loss.accuracy(a, targets) if classifies else math.nan
            return Evaluation(self._loss.value(a, targets), accuracy)

    # Training

    def advance(self, batches: int = 1) -> Diverged | None:
        """Make updates; a batch begun by single steps is completed by the first of them.

        Returns:
            None, or where the numbers stopped being finite; the run is then back in its last
            finite state.

        Raises:
            ValueError: a negative number of batches.
        """
        _check_count(batches)
        with np.errstate(all="ignore"):
            while batches > 0:
                chunk = min(batches, _CHUNK)
                start = self.state()
                self._make_updates(chunk)
                if not self._is_finite():
                    return self._replay(start, chunk)
                batches -= chunk
        return None

    def advance_epochs(self, epochs: int = 1) -> Diverged | None:
        """Train to the end of the present epoch, and ``epochs - 1`` more."""
        _check_count(epochs)
        return self.advance(max(epochs * self.batches_per_epoch - self.batch, 0))

    def advance_samples(self, samples: int = 1) -> Diverged | None:
        """Look at further examples; the update is made when a batch is complete."""
        _check_count(samples)
        seen = self.sample + samples
        while seen >= (rows := self._batches.rows[self.batch]):
            diverged = self.advance(1)
            if diverged is not None:
                return diverged
            seen -= rows
        if seen > 0:
            before = self.state()
            self.sample = seen
            self.refresh()
            place = first_non_finite_pass(self.trace, self.loss)
            if place is not None:
                self.restore(before)
                return Diverged(self.step + 1, *place)
        return None

    def _make_updates(self, count: int) -> None:
        """Updates of which only the last one's starting point is worth keeping."""
        for _ in range(count - 1):
            self._step()
        np.copyto(self.parameters_before, self.network.parameters)
        self._step()

    def _step(self) -> None:
        """One update: forward, loss, backward, update."""
        if self.batch == 0:
            self._batches.arrange(self.epoch)
        self._look(*self._rounds[self.batch])

        parameters = self.network.parameters
        gradient = self._clip(self.gradient, self.recipe.clip_limit, self._clipped)
        self._optimizer.step(self.recipe, self.learning_rate, gradient, self.update)
        if self._regularizes:
            strength = self.learning_rate * self.recipe.regularization_rate
            self._pull.bend(self._regularizer, strength, parameters, self.update)
        np.add(parameters, self.update, parameters)
        self._move_on()

    def _look(self, trace: Trace, rows: Array, targets: Array) -> None:
        """Forward, loss and backward over examples: inputs (n_in + 1, n), targets (n_out, n)."""
        self.trace, self.targets = trace, targets
        trace.rows = rows
        a = self.network.forward(trace)
        output = trace.passes[-1]
        self._loss.gradient(a, targets, output.da, output.delta)
        self.network.backward(trace)

    def _move_on(self) -> None:
        self.step += 1
        self.batch += 1
        self.sample = 0
        self.applied = True
        if self.batch == len(self._batches):
            self.batch = 0
            self.epoch += 1
            self.learning_rate = self._scheduled_rate(self.epoch)

    # Changes from outside

    def refresh(self) -> None:
        """After an edit of parameters: look again at the batch to come, without an update."""
        self._batches.arrange(self.epoch)
        self._pull.revive(self.network.parameters)
        np.copyto(self.parameters_before, self.network.parameters)
        self.update.fill(0.0)
        self.applied = False
        trace, rows, targets = self._rounds[self.batch]
        if self.sample:
            trace = self.network.trace(self.sample, self.gradient)
            rows, targets = rows[:, : self.sample], targets[:, : self.sample]
        with np.errstate(all="ignore"):
            self._look(trace, rows, targets)

    def replace(self, recipe: Recipe) -> None:
        """Go on by another recipe, with the same weights.

        The optimizer forgets only when it is another one, and L1's dead weights wake only when
        the regularization is another one; another batch size, order, loss or problem begins the
        epoch anew.

        Raises:
            ValueError: the recipe does not fit network or data; nothing has changed.
        """
        old = self.recipe
        if _arrangement(recipe) != _arrangement(old):
            self._set_data(recipe, self.X, self.y)
        if recipe.optimizer != old.optimizer:
            self._optimizer = OPTIMIZERS[recipe.optimizer](self.network.parameters)
        if recipe.regularization != old.regularization:
            self._pull.dead.fill(False)
        self._set_recipe(recipe)

    def replace_data(self, X: npt.ArrayLike, y: npt.ArrayLike) -> None:
        """Go on with other data, with the same weights; the epoch begins anew.

        Raises:
            ValueError: they do not fit the network; nothing has changed.
        """
        self._set_data(self.recipe, X, y)

    def _set_recipe(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self._clip = CLIPPINGS[recipe.clipping]
        self._regularizer = REGULARIZERS[recipe.regularization]
        self._regularizes = recipe.regularization != "none"
        self.learning_rate = self._scheduled_rate(self.epoch)

    def _set_data(self, recipe: Recipe, X: npt.ArrayLike, y: npt.ArrayLike) -> None:
        dtype = self.network.parameters.dtype
        inputs, labels = np.asarray(X, dtype), np.asarray(y, dtype)
        if inputs.ndim != 2 or inputs.shape[1] != self.network.n_in:
            raise ValueError(f"expected inputs (n, {self.network.n_in}), got {inputs.shape}")
        loss = LOSSES[recipe.loss]
        targets = loss.prepare(labels, self.network.n_out)
        self._batches = Batches(inputs, targets, recipe.batch_size, recipe.order_seed, self.epoch)
        self._loss, self.X, self.y = loss, inputs, labels
        traces = {n: self.network.trace(n, self.gradient) for n in set(self._batches.rows)}
        self._rounds = [
            (traces[rows.shape[1]], rows, targets)
            for rows, targets in zip(self._batches.inputs, self._batches.targets, strict=True)
        ]
        self.batch = self.sample = 0
        self.refresh()

    def _scheduled_rate(self, epoch: int) -> float:
        return self.recipe.learning_rate * SCHEDULES[self.recipe.schedule](self.recipe, epoch)

    # Checkpoints

    def state(self) -> State:
        """All that the run needs to go on bit for bit, given the same network, data and recipe."""
        position = [self.step, self.epoch, self.batch, self.sample, int(self.applied)]
        return {
            "position": np.array(position, dtype=np.int64),
            "parameters": self.network.parameters.astype(np.float64),
            "parameters_before": self.parameters_before.astype(np.float64),
            "update": self.update.astype(np.float64),
            "dead": self._pull.dead.astype(np.int64),
            **{f"optimizer.{name}": _widened(a) for name, a in self._optimizer.state.items()},
        }

    def restore(self, state: State) -> None:
        """Go back to what ``state()`` gave.

        Raises:
            ValueError: the state is of another network, data set or recipe; nothing has changed.
        """
        self._check_state(state)
        self.step, self.epoch, self.batch, self.sample, applied = map(int, state["position"])
        self.learning_rate = self._scheduled_rate(self.epoch)
        self.network.parameters[...] = state["parameters_before"]
        self._pull.dead[...] = state["dead"]
        for name, array in self._optimizer.state.items():
            array[...] = state[f"optimizer.{name}"]
        self._look_again(bool(applied))
        self.network.parameters[...] = state["parameters"]
        self.update[...] = state["update"]

    def _look_again(self, applied: bool) -> None:
        """Repeat the newest pass, with the parameters of that time."""
        if not applied:
            self.refresh()
            return
        finished = self.batch == 0
        batch = len(self._batches) - 1 if finished else self.batch - 1
        self._batches.arrange(self.epoch - 1 if finished else self.epoch)
        np.copyto(self.parameters_before, self.network.parameters)
        self.applied = True
        with np.errstate(all="ignore"):
            self._look(*self._rounds[batch])

    def _check_state(self, state: State) -> None:
        for name, mine in self.state().items():
            if name not in state or state[name].shape != mine.shape:
                got = state[name].shape if name in state else "nothing"
                raise ValueError(f"expected {name} of shape {mine.shape}, got {got}")
        step, epoch, batch, sample, applied = map(int, state["position"])
        fits = 0 <= batch < len(self._batches) and 0 <= sample < self._batches.rows[batch]
        if not fits or min(step, epoch) < 0 or (applied and (sample or not step)):
            raise ValueError(f"expected a position within the data, got {state['position']}")

    # Divergence

    def _is_finite(self) -> bool:
        numbers = (self.network.parameters, self.gradient, *self._optimizer.state.values())
        return is_finite(*numbers) and math.isfinite(self.loss)

    def _replay(self, start: State, batches: int) -> Diverged:
        """Repeat a chunk, looking after every update, and stop before the one that went wrong."""
        self.restore(start)
        for _ in range(batches):
            before = self.state()
            self._make_updates(1)
            place = self._first_non_finite()
            if place is not None:
                self.restore(before)
                return Diverged(self.step + 1, *place)
        raise RuntimeError("expected a replay to repeat the numbers that were not finite")

    def _first_non_finite(self) -> tuple[int, str] | None:
        place = first_non_finite_pass(self.trace, self.loss)
        for quantity, vector in (
            ("update", self.update),
            ("parameters", self.network.parameters),
            *(("optimizer", a) for a in self._optimizer.state.values() if a.size > 1),
        ):
            place = place or first_non_finite_part(self.network, quantity, vector)
        return place


def _arrangement(recipe: Recipe) -> tuple[object, ...]:
    """What, when it changes, begins the epoch anew."""
    return recipe.batch_size, recipe.order_seed, recipe.loss, recipe.problem


def _widened(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return array.astype(np.float64 if array.dtype.kind == "f" else np.int64)


def _check_count(count: int) -> None:
    if count < 0:
        raise ValueError(f"expected a number of steps from 0 on, got {count}")
