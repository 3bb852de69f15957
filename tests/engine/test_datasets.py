"""Data sets: the Playground's geometry, noise and labels, and what noise leaves alone."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.datasets import DATASETS, FEATURES, features, from_points, make, split, stream
from engine.datasets.generators import BUMPS

SEED = "0.31415"
MANY = 5000
LABELLED_AT_NOISE = ("circle", "xor", "checkerboard", "reg-plane", "reg-gauss")
MOVED_BY_NOISE = ("spiral", "moons", "rings")
WIDENED_BY_NOISE = ("gauss", "blobs")

Array = npt.NDArray[np.float64]


def radii(points: Array) -> Array:
    """Distances from the origin."""
    return np.hypot(points[:, 0], points[:, 1])


@given(
    st.sampled_from(sorted(DATASETS)),
    st.integers(1, 300),
    st.floats(0, 0.8),
    st.text(max_size=9),
    st.integers(2, 6),
)
def test_every_set_has_the_size_that_was_asked_for(
    name: str, samples: int, noise: float, seed: str, classes: int
) -> None:
    """Any size, odd ones too, finite, with labels of the set's kind."""
    data = make(name, samples, noise, seed, classes)

    assert ((samples, 2), (samples,)) == (data.points.shape, data.targets.shape)
    assert np.isfinite(data.points).all()
    assert np.isfinite(data.targets).all()
    if DATASETS[name].problem == "classification":
        many = name == "blobs" and classes > 2
        assert set(data.targets) <= (set(range(classes)) if many else {-1.0, 1.0})


@pytest.mark.parametrize("name", sorted(DATASETS))
def test_a_seed_repeats(name: str) -> None:
    """The same seed gives the same bits, another seed other points, but for the clean spiral."""
    first, again, other = (make(name, 100, 0.1, seed) for seed in ("a", "a", "b"))

    assert np.array_equal(first.points, again.points)
    assert np.array_equal(first.targets, again.targets)
    assert not np.array_equal(first.points, other.points)


def test_streams_are_stable() -> None:
    """A seed means the same numbers in every process: these were drawn in another one."""
    assert stream(SEED, "points").integers(0, 10, 5).tolist() == [9, 2, 1, 5, 5]


@pytest.mark.parametrize("name", LABELLED_AT_NOISE)
def test_noise_moves_only_where_the_label_is_read(name: str) -> None:
    """More noise leaves every point where it was drawn and changes only labels."""
    clean, noisy = make(name, 1000, 0.0, SEED), make(name, 1000, 0.5, SEED)

    assert np.array_equal(clean.points, noisy.points)
    assert not np.array_equal(clean.targets, noisy.targets)


@pytest.mark.parametrize("name", MOVED_BY_NOISE)
def test_noise_moves_the_same_points_farther(name: str) -> None:
    """Twice the noise is twice the way in the same direction, and labels stay."""
    clean, some, more = (make(name, 500, noise, SEED) for noise in (0.0, 0.2, 0.4))

    assert np.allclose(2 * (some.points - clean.points), more.points - clean.points)
    assert np.array_equal(clean.targets, more.targets)


@pytest.mark.parametrize("name", WIDENED_BY_NOISE)
def test_noise_widens_the_same_clouds(name: str) -> None:
    """Noise of 0.5 gives a variance of 4 instead of 0.5, so every offset grows by sqrt(8)."""
    clean, noisy = make(name, 500, 0.0, SEED), make(name, 500, 0.5, SEED)
    centre = {"gauss": 2.0, "blobs": 3.5}[name]
    middle = clean.targets[:, None] * ([[centre, centre]] if name == "gauss" else [[0, centre]])

    assert np.allclose(np.sqrt(8) * (clean.points - middle), noisy.points - middle)


def test_circle() -> None:
    """A disc to 2.5 of class 1, a ring from 3.5 to 5 of class -1, half of the examples each."""
    data = make("circle", MANY, 0.0, SEED)
    r = radii(data.points)
    inner = data.targets > 0

    assert inner.sum() == MANY // 2
    assert r[inner].max() <= 2.5
    assert 3.5 <= r[~inner].min() <= r[~inner].max() <= 5.0
    # Radius and angle are uniform, not the area: the means are the middles.
    assert r[inner].mean() == pytest.approx(1.25, abs=0.05)
    assert r[~inner].mean() == pytest.approx(4.25, abs=0.03)
    assert np.abs(data.points.mean(axis=0)).max() < 0.15


def test_circle_labels_flip_at_the_noisy_position() -> None:
    """At noise 0.5 a point far outside the noise's reach of the border keeps its label."""
    data = make("circle", MANY, 0.1, SEED)
    r = radii(data.points)
    reach = 5 * 0.1 * np.sqrt(2)

    assert (data.targets[r < 2.5 - reach] == 1).all()
    assert (data.targets[r > 2.5 + reach] == -1).all()


def test_xor() -> None:
    """Uniform to 5, pushed 0.3 away from each axis, labelled by the product's sign."""
    data = make("xor", MANY, 0.0, SEED)

    assert np.abs(data.points).min() >= 0.3
    assert 5.2 < np.abs(data.points).max() <= 5.3
    assert np.array_equal(np.sign(data.points.prod(axis=1)), data.targets)
    assert data.targets.mean() == pytest.approx(0, abs=0.06)


def test_gauss() -> None:
    """Clouds of variance 0.5 around (2, 2) for class 1 and (-2, -2) for class -1."""
    data = make("gauss", MANY, 0.0, SEED)
    positive = data.points[data.targets > 0]

    assert positive.mean(axis=0) == pytest.approx([2, 2], abs=0.06)
    assert positive.var(axis=0) == pytest.approx([0.5, 0.5], abs=0.05)
    assert data.points[data.targets < 0].mean(axis=0) == pytest.approx([-2, -2], abs=0.06)


def test_spiral() -> None:
    """The Playground's formula, point by point: r = 5 i/n, t = 3.5 pi i/n, and half a turn more."""
    data = make("spiral", 500, 0.0, SEED)
    i = np.arange(250)
    r, t = i / 250 * 5, 1.75 * i / 250 * 2 * np.pi
    arm = np.column_stack([r * np.sin(t), r * np.cos(t)])

    assert np.allclose(arm, data.points[data.targets > 0])
    assert np.allclose(-arm, data.points[data.targets < 0])


def test_plane() -> None:
    """Uniform to 6; the value is a tenth of the coordinates' sum."""
    data = make("reg-plane", MANY, 0.0, SEED)

    assert 5.9 < np.abs(data.points).max() <= 6
    assert np.allclose(data.points.sum(axis=1) / 10, data.targets)


def test_bumps() -> None:
    """Six cones of radius 2: 1 or -1 at their tops, 0 away from them."""
    data = make("reg-gauss", MANY, 0.0, SEED)
    for x1, x2, sign in BUMPS:
        distance = np.hypot(*(data.points - [x1, x2]).T)
        near = distance < 1.0
        assert np.allclose(data.targets[near], sign * (1 - distance[near] / 2))
    far = np.min([np.hypot(*(data.points - top[:2]).T) for top in BUMPS], axis=0) >= 2

    assert (data.targets[far] == 0).all()


def test_rings() -> None:
    """Three bands that do not touch, of class 1, -1 and 1."""
    data = make("rings", MANY, 0.0, SEED)
    r = radii(data.points)

    assert (data.targets[r < 1.7] == 1).all()
    assert (data.targets[(r > 1.7) & (r < 3.8)] == -1).all()
    assert (data.targets[r > 3.8] == 1).all()
    assert r.max() <= 5.4


def test_checkerboard() -> None:
    """Neighbouring squares of side 3 differ."""
    data = make("checkerboard", MANY, 0.0, SEED)
    column, row = np.floor(data.points / 3).T

    assert np.array_equal(data.targets > 0, (column + row) % 2 == 0)


def test_moons() -> None:
    """Two half circles of radius 3, each other's mirror image through the origin."""
    data = make("moons", MANY, 0.0, SEED)
    up = data.points[data.targets > 0] - [-1.5, -0.75]
    down = data.points[data.targets < 0] - [1.5, 0.75]

    assert np.allclose(3, radii(up))
    assert np.allclose(3, radii(down))
    assert (up[:, 1] >= 0).all()
    assert (down[:, 1] <= 0).all()


@pytest.mark.parametrize("classes", range(2, 7))
def test_blobs(classes: int) -> None:
    """Equal clouds evenly around a circle of radius 3.5."""
    data = make("blobs", MANY, 0.0, SEED, classes)
    labels = [1, -1] if classes == 2 else range(classes)
    for number, label in enumerate(labels):
        cloud = data.points[data.targets == label]
        angle = 2 * np.pi * number / classes
        assert len(cloud) == pytest.approx(MANY / classes, abs=1)
        assert cloud.mean(axis=0) == pytest.approx(
            [3.5 * np.sin(angle), 3.5 * np.cos(angle)], abs=0.1
        )


def test_features() -> None:
    """Each feature is the function that its name says, in the order that was asked for."""
    X = features(np.array([[2.0, -3.0]]), list(FEATURES))

    assert X[0] == pytest.approx([2, -3, 4, 9, -6, np.sin(2), np.sin(-3)])
    assert features(np.array([[2.0, -3.0]]), ["y", "x"]).tolist() == [[-3.0, 2.0]]


@given(st.integers(1, 500), st.floats(10, 100), st.text(max_size=5))
def test_split_uses_each_row_once(n: int, percent: float, seed: str) -> None:
    """Floor of the share trains, at least one; the others test."""
    train, test = split(n, percent, seed)

    assert list(range(n)) == sorted([*train, *test])
    assert max(1, int(n * percent / 100)) == len(train)


def test_a_larger_share_only_moves_rows_over() -> None:
    """The order is the same for every percentage."""
    small, large = split(500, 20, SEED), split(500, 70, SEED)

    assert np.array_equal(small.train, large.train[:100])
    assert np.array_equal(small.test[250:], large.test)


def test_given_points_are_kept() -> None:
    """Points come back as they were drawn."""
    data = from_points([[1, 2, -1], [3.5, -4, 1]])

    assert data.points.tolist() == [[1, 2], [3.5, -4]]
    assert data.targets.tolist() == [-1, 1]


@pytest.mark.parametrize("points", [[], [[1, 2]], [[1, 2, 3, 4]]])
def test_points_must_be_rows_of_three(points: list[list[float]]) -> None:
    """Anything else is our caller's fault."""
    with pytest.raises(ValueError, match="expected rows"):
        from_points(points)


@pytest.mark.parametrize(
    ("samples", "noise", "classes"), [(0, 0, 2), (9, 0.81, 2), (9, -0.1, 2), (9, 0, 1)]
)
def test_numbers_out_of_range_are_refused(samples: int, noise: float, classes: int) -> None:
    """make says what it expected."""
    with pytest.raises(ValueError, match="expected samples"):
        make("circle", samples, noise, SEED, classes)
