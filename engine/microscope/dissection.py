"""Dissection: the trainer's next update, taken apart while the trainer stays as it is."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.batches import Batches
from engine.diagnosis import Finding, diagnose
from engine.losses import LOSSES, Loss
from engine.microscope.close_up import contributions, unit_signals
from engine.microscope.plan import Plan, Signals, make_plan
from engine.microscope.program import Program, Source, write
from engine.microscope.source import SCHEDULE_SOURCE
from engine.microscope.update import memory_names, take_apart
from engine.network import Network
from engine.recipe import Recipe
from engine.trace import Trace
from engine.training import Trainer

CURVE_POINTS = 161
# A unit's curve reaches at least so far, and a little beyond its examples' z.
CURVE_REACH = 6.0


class Outsider(NamedTuple):
    """An example that need not be among the trainer's.

    Attributes:
        x: (n_in,) inputs.
        y: its target as ``Loss.encode`` gives it: a number, or (n_out,).
    """

    x: npt.ArrayLike
    y: npt.ArrayLike


@dataclass(frozen=True)
class Look:
    """A pass forward and backward over some examples.

    Attributes:
        trace: its arrays; rows are examples, and 1/rows is in everything that is a gradient.
        targets: (rows, n_out) as the loss takes them.
        per_example: (rows,) the loss of each; its mean is what is optimized.
    """

    trace: Trace
    targets: Array
    per_example: Array

    @property
    def loss(self) -> float:
        return float(np.mean(self.per_example))


class Unit(NamedTuple):
    """One unit in a batch.

    Attributes:
        z, a, slope, da, delta: (rows,) for each example; da and delta without 1/rows.
        curve: (points, 3) its activation: z, a and slope, z rising.
    """

    z: Array
    a: Array
    slope: Array
    da: Array
    delta: Array
    curve: Array


@dataclass(frozen=True)
class Dissection:
    """One update in all its parts. Everything was computed before; nothing here changes.

    Attributes:
        step, epoch, batch: the trainer's, before the update.
        recipe: the trainer's.
        network: a copy, with the parameters before the update.
        memory: the optimizer's before the update, by the names of the lines; arrays (P,), t ().
        dead: (P,) the weights that L1 has stopped at zero.
        learning_rate: of this update.
        examples: (rows,) which of the trainer's examples make up the batch.
        place: the traced example's row of the batch; None where it is none of them.
        source: what is traced.
        whole: the pass over the batch, which makes the update.
        traced: the pass that is walked through, ``whole`` itself or one example's own.
        signals: what is walked through, unit by unit.
        update: the quantities of the update by the names of the lines that assign them.
        loss_after: of the batch, with the new parameters; traced_after: of what is traced.
        program: the lines of NumPy; plan: the stages.
        findings: what the pass over the batch shows to be wrong.
    """

    step: int
    epoch: int
    batch: int
    recipe: Recipe
    network: Network
    memory: dict[str, Array]
    dead: npt.NDArray[np.bool_]
    learning_rate: float
    examples: npt.NDArray[np.intp]
    place: int | None
    source: Source
    whole: Look
    traced: Look
    signals: Signals
    update: dict[str, Array]
    loss_after: float
    traced_after: float
    program: Program
    plan: Plan
    findings: list[Finding]

    def contributions(self, layer: int, from_: int | None, to: int) -> Array:
        """(rows,) what each example of the batch adds to dL/dW[from, to] of a layer (from 1), or
        for None to dL/db[to], 1/rows included."""
        return contributions(self.whole.trace, layer, from_, to)

    def contribution_sums(self, layer: int, from_: int | None, to: int) -> tuple[float, float]:
        """What those contributions come to that are above zero, and those that are below.

        Together they are the gradient: where it is much smaller than both, the examples cancel.
        """
        added = self.contributions(layer, from_, to)
        above, below = np.maximum(added, 0.0), np.minimum(added, 0.0)
        return float(above.sum()), float(below.sum())

    def unit(self, layer: int, unit: int) -> Unit:
        """What one unit (layer from 1, unit from 0) does for each example of the batch."""
        signals = unit_signals(self.whole.trace, layer, unit)
        z, rule = signals.z, self.network.layers[layer - 1].activation
        reach = max(CURVE_REACH, 1.2 * float(np.max(np.abs(z), initial=0.0, where=np.isfinite(z))))
        line = np.linspace(-reach, reach, CURVE_POINTS)[None, :]
        curve_a, curve_slope, scratch = (np.empty_like(line) for _ in range(3))
        with np.errstate(all="ignore"):
            rule.function(line, curve_a)
            rule.derivative(line, curve_a, curve_slope, scratch)
            curve = np.concatenate([line, curve_a, curve_slope]).T
            return Unit(*signals, curve)

    def givens(self) -> dict[str, object]:
        """What the program's lines need beside NumPy, by name."""
        recipe, layers = self.recipe, enumerate(self.network.layers, start=1)
        W, b = {}, {}
        for number, layer in layers:
            W[number], b[number] = layer.W.copy(), layer.b.copy()
        return {
            "X": self.traced.trace.X.copy(),
            "y": self.traced.targets.copy(),
            "W": W,
            "b": b,
            **{name: array.copy() for name, array in self.memory.items()},
            **({"dead": self.dead.copy()} if recipe.regularization == "L1" else {}),
            **self._numbers(),
            **self._others(),
        }

    def _numbers(self) -> dict[str, object]:
        recipe = self.recipe
        fields: dict[str, tuple[str, ...]] = {
            "momentum": ("momentum",),
            "nesterov": ("momentum",),
            "rmsprop": ("rho", "epsilon"),
            "adam": ("beta1", "beta2", "epsilon"),
            "adamw": ("beta1", "beta2", "epsilon", "weight_decay"),
        }
        names = list(fields.get(recipe.optimizer, ()))
        names += ["clip_limit"] if recipe.clipping != "none" else []
        names += ["regularization_rate"] if recipe.regularization != "none" else []
        numbers: dict[str, object] = {name: getattr(recipe, name) for name in names}
        if recipe.schedule == "constant":
            return {"learning_rate": self.learning_rate, **numbers}
        scheduled: dict[str, object] = {
            "base_rate": recipe.learning_rate,
            "epoch": self.epoch,
            "period": recipe.schedule_period,
            "gamma": recipe.schedule_gamma,
            "floor": recipe.schedule_floor,
        }
        formula = SCHEDULE_SOURCE[recipe.schedule]
        return {name: value for name, value in scheduled.items() if name in formula} | numbers

    def _others(self) -> dict[str, object]:
        gradient = self.whole.trace.gradient
        if self.source is Source.OUTSIDER:
            return {"batch_gradient": gradient.copy()}
        if self.source is Source.MEMBER:
            rows = self.whole.trace.batch
            return {
                "batch_rows": rows,
                "others": rows * gradient - self.traced.trace.gradient,
            }
        return {}


def dissect(trainer: Trainer, example: int | Outsider | None = None) -> Dissection:
    """Take the trainer's next update apart: that of its next batch, from the first example on.

    Args:
        trainer: left as it is.
        example: what is walked through: one of ``trainer.X`` by its row, one of one's own, or
            None for the whole batch, its examples averaged. The update is the batch's in any case.

    Raises:
        ValueError: there is no such example, or it does not fit the network.
    """
    stand_in = _stand_in(trainer)
    network, loss = stand_in.network, LOSSES[trainer.recipe.loss]
    state = trainer.state()
    with np.errstate(all="ignore"):
        whole = _observe(stand_in.trace, np.ascontiguousarray(stand_in.targets), loss)
        examples = next_examples(trainer)
        source, place, traced = _choose(trainer, network, loss, whole, examples, example)
        update = take_apart(
            trainer.recipe,
            trainer.learning_rate,
            state,
            network.parameters,
            network.is_weight(),
            whole.trace.gradient,
        )
        after = Network(network.n_in, network.spec, network.parameters.dtype)
        after.parameters[...] = update["new_parameters"]
        loss_after = _loss_of(after, whole, loss)
        traced_after = loss_after if traced is whole else _loss_of(after, traced, loss)
        update["loss_after"] = np.array(traced_after)
        signals = _signals(traced)
        program = write(network.spec, trainer.recipe, source)
        W = [np.empty((0, 0)), *(layer.W for layer in network.layers)]
        b = [np.empty(0), *(layer.b for layer in network.layers)]
        return Dissection(
            step=trainer.step,
            epoch=trainer.epoch,
            batch=trainer.batch,
            recipe=trainer.recipe,
            network=network,
            memory=_memory(trainer.recipe, state, network.parameters),
            dead=state["dead"].astype(bool),
            learning_rate=trainer.learning_rate,
            examples=examples,
            place=place,
            source=source,
            whole=whole,
            traced=traced,
            signals=signals,
            update=update,
            loss_after=loss_after,
            traced_after=traced_after,
            program=program,
            plan=make_plan(program, signals, W, b, traced_after),
            findings=diagnose(network, whole.trace),
        )


def _stand_in(trainer: Trainer) -> Trainer:
    """A trainer at the same place, with arrays of its own, that has looked at the whole batch."""
    network = Network(trainer.network.n_in, trainer.network.spec, trainer.network.parameters.dtype)
    network.parameters[...] = trainer.network.parameters
    stand_in = Trainer(network, trainer.X, trainer.y, trainer.recipe)
    stand_in.epoch, stand_in.batch = trainer.epoch, trainer.batch
    stand_in.refresh()
    return stand_in


def next_examples(trainer: Trainer) -> npt.NDArray[np.intp]:
    """(rows,) which examples the next batch is made of: those that the same order gives."""
    recipe = trainer.recipe
    numbers = np.arange(float(len(trainer.X)))
    batches = Batches(
        numbers[:, None], numbers[None], recipe.batch_size, recipe.order_seed, trainer.epoch
    )
    found: npt.NDArray[np.intp] = batches.targets[trainer.batch][0].astype(np.intp)
    return found


def _observe(trace: Trace, targets: Array, loss: Loss) -> Look:
    """The losses of a pass that was made; targets (n_out, rows)."""
    return Look(trace, targets.T, loss.per_example(trace.passes[-1].a, targets))


def _look(network: Network, X: Array, y: Array, loss: Loss) -> Look:
    """A pass over examples of one's own."""
    targets = loss.prepare(y, network.n_out)
    trace = network.trace(len(X))
    trace.set_inputs(X)
    output = trace.passes[-1]
    loss.gradient(network.forward(trace), targets, output.da, output.delta)
    network.backward(trace)
    return _observe(trace, targets, loss)


def _choose(
    trainer: Trainer,
    network: Network,
    loss: Loss,
    whole: Look,
    examples: npt.NDArray[np.intp],
    example: int | Outsider | None,
) -> tuple[Source, int | None, Look]:
    if example is None:
        return Source.BATCH, None, whole
    if isinstance(example, Outsider):
        x, y, places = example.x, example.y, np.empty(0, np.intp)
    elif 0 <= example < len(trainer.X):
        x, y = trainer.X[example], trainer.y[example]
        places = np.flatnonzero(examples == example)
    else:
        raise ValueError(f"expected an example from 0 to {len(trainer.X) - 1}, got {example}")
    dtype = network.parameters.dtype
    inputs, targets = np.asarray(x, dtype), np.asarray(y, dtype)
    if inputs.shape != (network.n_in,):
        raise ValueError(f"expected {network.n_in} inputs, got an array of {inputs.shape}")
    traced = _look(network, inputs[None, :], targets[None], loss)
    if places.size == 0:
        return Source.OUTSIDER, None, traced
    return Source.MEMBER, int(places[0]), traced


def _signals(look: Look) -> Signals:
    """One example's numbers as they are; of several, means of values and sums of gradients."""
    trace = look.trace
    return Signals(
        a=[array.mean(axis=0) for array in trace.a],
        z=[array.mean(axis=0) for array in trace.z],
        slope=[array.mean(axis=0) for array in trace.slope],
        da=[array.sum(axis=0) for array in trace.da],
        delta=[array.sum(axis=0) for array in trace.delta],
        dW=trace.dW,
        db=trace.db,
        loss=look.loss,
    )


def _loss_of(network: Network, look: Look, loss: Loss) -> float:
    a = network.predict(look.trace.X)
    return loss.value(np.ascontiguousarray(a.T), look.targets.T)


def _memory(
    recipe: Recipe, state: dict[str, npt.NDArray[np.float64]], like: Array
) -> dict[str, Array]:
    names = memory_names(recipe.optimizer)
    found = {name: state[f"optimizer.{key}"].astype(like.dtype) for key, name in names.items()}
    if "t" in found:
        found["t"] = found["t"].reshape(())
    return found
