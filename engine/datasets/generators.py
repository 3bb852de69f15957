"""The synthetic data sets: a row of DATASETS is a problem and a rule for drawing points.

Circle, xor, gauss, spiral, reg-plane and reg-gauss follow TensorFlow Playground's geometry, noise
and labels; the numbers drawn are our own. Clean positions and noise come from two streams, so that
more noise moves the same examples farther and draws nothing anew.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.datasets.seeds import stream

Array = npt.NDArray[np.float64]

CLASSIFICATION = "classification"
REGRESSION = "regression"
DEFAULT_SAMPLES = {CLASSIFICATION: 500, REGRESSION: 1200}
MAX_NOISE = 0.8

RADIUS = 5.0
REGRESSION_RADIUS = 6.0
XOR_PADDING = 0.3
BLOB_RADIUS = 3.5
RINGS = ((0.0, 1.2), (2.1, 3.3), (4.2, 5.4))
SQUARE = 3.0
BUMPS = np.array(
    [(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)]
)


@dataclass(frozen=True)
class Dataset:
    """Examples on the plane.

    Attributes:
        points: (n, 2) positions; what is drawn lies within about -6 to 6.
        targets: (n,) values in regression, else classes: -1 and 1 for two, 0 to K - 1 for more.
    """

    points: Array
    targets: Array


@dataclass(frozen=True)
class Draws:
    """What a rule may draw from.

    Attributes:
        n: number of examples.
        rng: for clean positions.
        shake: (n, 2) uniform in -1 to 1, from the noise's own stream, already times the noise.
        noise: 0 to 0.8.
        classes: number of classes, for the sets that can have more than two.
    """

    n: int
    rng: np.random.Generator
    shake: Array
    noise: float
    classes: int


@dataclass(frozen=True)
class Generator:
    """A row of DATASETS."""

    problem: str
    draw: Callable[[Draws], Dataset]


def make(name: str, samples: int, noise: float, seed: str, classes: int = 2) -> Dataset:
    """Draws a data set; class by class, not shuffled (see ``split``).

    Args:
        name: a key of DATASETS.
        samples: number of examples, at least 1.
        noise: 0 to 0.8, TensorFlow Playground's percentage divided by 100.
        seed: any text.
        classes: 2 or more; only "blobs" heeds it.

    Raises:
        KeyError: the name is not in DATASETS.
        ValueError: a number is out of range.
    """
    if samples < 1 or not 0 <= noise <= MAX_NOISE or classes < 2:
        raise ValueError(
            "expected samples >= 1, noise from 0 to 0.8 and classes >= 2, "
            f"got {samples}, {noise} and {classes}"
        )
    shake = noise * stream(seed, "noise").uniform(-1.0, 1.0, (samples, 2))
    return DATASETS[name].draw(Draws(samples, stream(seed, "points"), shake, noise, classes))


def from_points(points: Sequence[Sequence[float]]) -> Dataset:
    """A data set of given points [x1, x2, target]; noise does not touch what a person drew.

    Raises:
        ValueError: there is none, or one is not three numbers.
    """
    rows = np.asarray(points, dtype=np.float64)
    if rows.ndim != 2 or rows.shape[1] != 3 or not len(rows):
        raise ValueError(f"expected rows of x1, x2 and target, got an array of {rows.shape}")
    return Dataset(rows[:, :2].copy(), rows[:, 2].copy())


def _halves(n: int) -> Array:
    """(n,) targets: the first half, rounded up, is 1, the rest -1."""
    return np.where(np.arange(n) < (n + 1) // 2, 1.0, -1.0)


def _polar(r: Array, angle: Array) -> Array:
    """(n, 2) positions; an angle of 0 points up and grows clockwise, as in the Playground."""
    return np.column_stack([r * np.sin(angle), r * np.cos(angle)])


def _circle(draws: Draws) -> Dataset:
    """A disc within a ring. The label is decided where noise moves a point, drawn where it was."""
    inner = _halves(draws.n) > 0
    low, high = np.where(inner, 0.0, 0.7 * RADIUS), np.where(inner, 0.5 * RADIUS, RADIUS)
    points = _polar(draws.rng.uniform(low, high), draws.rng.uniform(0, 2 * np.pi, draws.n))
    seen = points + RADIUS * draws.shake
    return Dataset(points, np.where(np.hypot(*seen.T) < 0.5 * RADIUS, 1.0, -1.0))


def _xor(draws: Draws) -> Dataset:
    """Four squares, kept off the axes; the label is decided at the noisy position."""
    points = draws.rng.uniform(-RADIUS, RADIUS, (draws.n, 2))
    points += np.where(points > 0, XOR_PADDING, -XOR_PADDING)
    seen = points + RADIUS * draws.shake
    return Dataset(points, np.where(seen[:, 0] * seen[:, 1] >= 0, 1.0, -1.0))


def _variance(noise: float) -> float:
    """The Playground's scale for its Gaussians: 0.5 at no noise, 4 at 0.5."""
    return 0.5 + 7.0 * noise


def _gauss(draws: Draws) -> Dataset:
    """Two normal clouds around (2, 2) and (-2, -2); noise widens them."""
    targets = _halves(draws.n)
    spread = np.sqrt(_variance(draws.noise)) * draws.rng.standard_normal((draws.n, 2))
    return Dataset(2.0 * targets[:, None] + spread, targets)


def _spiral(draws: Draws) -> Dataset:
    """Two arms of 1.75 turns, evenly spaced and never random but for the noise."""
    targets = _halves(draws.n)
    count = np.where(targets > 0, (draws.n + 1) // 2, max(draws.n // 2, 1))
    along = np.where(targets > 0, np.arange(draws.n), np.arange(draws.n) - (draws.n + 1) // 2)
    share = along / count
    angle = 1.75 * share * 2 * np.pi + np.where(targets > 0, 0.0, np.pi)
    return Dataset(_polar(share * RADIUS, angle) + draws.shake, targets)


def _moons(draws: Draws) -> Dataset:
    """Two half circles of radius 3 that reach into each other; noise moves the points."""
    targets = _halves(draws.n)
    angle = draws.rng.uniform(0, np.pi, draws.n)
    x1 = np.where(targets > 0, np.cos(angle) - 0.5, 0.5 - np.cos(angle))
    x2 = np.where(targets > 0, np.sin(angle) - 0.25, 0.25 - np.sin(angle))
    return Dataset(3.0 * np.column_stack([x1, x2]) + 2.0 * draws.shake, targets)


def _rings(draws: Draws) -> Dataset:
    """A disc and two rings around it, in turn of class 1, -1 and 1; noise moves the points."""
    ring = np.arange(draws.n) * len(RINGS) // draws.n
    low, high = np.array(RINGS)[ring].T
    points = _polar(draws.rng.uniform(low, high), draws.rng.uniform(0, 2 * np.pi, draws.n))
    return Dataset(points + 2.0 * draws.shake, np.where(ring % 2 == 0, 1.0, -1.0))


def _checkerboard(draws: Draws) -> Dataset:
    """Four by four squares of side 3; the label is decided at the noisy position."""
    points = draws.rng.uniform(-2 * SQUARE, 2 * SQUARE, (draws.n, 2))
    seen = np.floor((points + RADIUS * draws.shake) / SQUARE)
    return Dataset(points, np.where(seen.sum(axis=1) % 2 == 0, 1.0, -1.0))


def _blobs(draws: Draws) -> Dataset:
    """Normal clouds evenly around a circle, one a class; noise widens them as in gauss."""
    group = np.arange(draws.n) * draws.classes // draws.n
    centres = _polar(np.full(draws.n, BLOB_RADIUS), 2 * np.pi * group / draws.classes)
    spread = np.sqrt(_variance(draws.noise)) * draws.rng.standard_normal((draws.n, 2))
    labels = 1 - 2 * group if draws.classes == 2 else group
    return Dataset(centres + spread, labels.astype(np.float64))


def _plane(draws: Draws) -> Dataset:
    """A slope, (x1 + x2) / 10, read at the noisy position."""
    points = draws.rng.uniform(-REGRESSION_RADIUS, REGRESSION_RADIUS, (draws.n, 2))
    return Dataset(points, (points + REGRESSION_RADIUS * draws.shake).sum(axis=1) / 10.0)


def _bumps(draws: Draws) -> Dataset:
    """Six cones of radius 2 and height 1 or -1, read at the noisy position; the steepest wins."""
    points = draws.rng.uniform(-REGRESSION_RADIUS, REGRESSION_RADIUS, (draws.n, 2))
    away = (points + REGRESSION_RADIUS * draws.shake)[:, None, :] - BUMPS[None, :, :2]
    heights = BUMPS[:, 2] * np.clip(1.0 - np.hypot(away[..., 0], away[..., 1]) / 2.0, 0.0, 1.0)
    highest = np.argmax(np.abs(heights), axis=1)
    return Dataset(points, heights[np.arange(draws.n), highest])


DATASETS: dict[str, Generator] = {
    "circle": Generator(CLASSIFICATION, _circle),
    "xor": Generator(CLASSIFICATION, _xor),
    "gauss": Generator(CLASSIFICATION, _gauss),
    "spiral": Generator(CLASSIFICATION, _spiral),
    "moons": Generator(CLASSIFICATION, _moons),
    "rings": Generator(CLASSIFICATION, _rings),
    "checkerboard": Generator(CLASSIFICATION, _checkerboard),
    "blobs": Generator(CLASSIFICATION, _blobs),
    "reg-plane": Generator(REGRESSION, _plane),
    "reg-gauss": Generator(REGRESSION, _bumps),
}
