"""Network, layers and trace: one vector, views of it, and where the parameters start."""

import math

import numpy as np
import pytest
from hypothesis import given, settings

from engine.initializers import INITIALIZERS
from engine.network import LayerSpec, Network
from tests.strategies import Task, tasks


def small() -> Network:
    return Network(2, [LayerSpec(3, "tanh"), LayerSpec(1, "linear")])


def test_parameters_are_one_vector_of_blocks() -> None:
    """Each layer's stretch is W row by row, then b; its views write into the vector."""
    network = small()
    network.parameters[...] = np.arange(13.0)
    first, second = network.layers

    assert first.W.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert first.b.tolist() == [6, 7, 8]
    assert second.W.tolist() == [[9], [10], [11]]
    assert second.b.tolist() == [12]
    first.W[1, 2] = 50.0
    assert network.parameters[5] == 50.0
    assert np.flatnonzero(~network.is_weight()).tolist() == [6, 7, 8, 12]


@settings(max_examples=30, deadline=None)
@given(task=tasks())
def test_trace_holds_one_pass_in_the_fields_own_shapes(task: Task) -> None:
    """z = a_prev W + b, rows are examples, and predict agrees with forward."""
    network, examples = task.network, len(task.X)
    trace = network.trace(examples)
    trace.set_inputs(task.X)
    outputs = network.forward(trace)
    trace.passes[-1].da[...] = 1.0
    network.backward(trace)

    assert pytest.approx(network.predict(task.X), rel=1e-12, abs=1e-14) == outputs.T
    assert np.array_equal(trace.a[0], task.X)
    for number, layer in enumerate(network.layers, start=1):
        a_prev, delta = trace.a[number - 1], trace.delta[number]
        assert trace.z[number] == pytest.approx(a_prev @ layer.W + layer.b, rel=1e-12, abs=1e-14)
        assert delta == pytest.approx(trace.da[number] * trace.slope[number], rel=1e-14)
        assert trace.dW[number] == pytest.approx(a_prev.T @ delta, rel=1e-11, abs=1e-13)
        assert trace.db[number] == pytest.approx(delta.sum(axis=0), rel=1e-11, abs=1e-13)
        assert trace.dW[number].base is not None
        if number < len(network.layers):
            passed_on = trace.delta[number + 1] @ network.layers[number].W.T
            assert trace.da[number] == pytest.approx(passed_on, rel=1e-11, abs=1e-13)


def test_gradient_is_laid_out_as_the_parameters() -> None:
    """dW and db of a trace are views of its flat gradient at the layers' own places."""
    network = small()
    trace = network.trace(4)
    trace.gradient[...] = np.arange(13.0)

    assert trace.dW[1].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert trace.db[1].tolist() == [6, 7, 8]
    assert trace.db[2].tolist() == [12]
    assert (trace.dW[0].size, trace.db[0].size) == (0, 0)


@pytest.mark.parametrize(
    ("name", "deviation", "bias"),
    [
        ("playground", 1.0 / math.sqrt(12.0), 0.1),
        ("zeros", 0.0, 0.0),
        ("normal", 1.0, 0.0),
        ("glorot-uniform", math.sqrt(2.0 / 300.0), 0.0),
        ("glorot-normal", math.sqrt(2.0 / 300.0), 0.0),
        ("he-uniform", math.sqrt(2.0 / 100.0), 0.0),
        ("he-normal", math.sqrt(2.0 / 100.0), 0.0),
    ],
)
@pytest.mark.parametrize("scale", [1.0, 0.3])
def test_first_weights_have_the_published_spread(
    name: str, deviation: float, bias: float, scale: float
) -> None:
    """100 inputs and 200 units: mean 0, the rule's deviation times the scale, the rule's bias."""
    block = INITIALIZERS[name](np.random.default_rng(0), 100, 200, scale)

    assert block.shape == (101, 200)
    assert abs(block[:-1].mean()) < 0.03 * deviation * scale + 1e-12
    assert block[:-1].std() == pytest.approx(deviation * scale, rel=0.02)
    assert (block[-1] == bias).all()


@pytest.mark.parametrize(
    ("name", "limit"),
    [("playground", 0.5), ("glorot-uniform", math.sqrt(0.02)), ("he-uniform", math.sqrt(0.06))],
)
def test_uniform_rules_keep_within_their_limit(name: str, limit: float) -> None:
    """No weight beyond the limit, and some close to it."""
    weights = INITIALIZERS[name](np.random.default_rng(0), 100, 200, 1.0)[:-1]

    assert 0.99 * limit < np.abs(weights).max() <= limit


@pytest.mark.parametrize("name", INITIALIZERS)
def test_a_seed_gives_the_same_weights(name: str) -> None:
    """Reset repeats them bit for bit, and another seed gives others."""
    networks = [small(), small(), small()]
    for network, seed in zip(networks, (1, 1, 2), strict=True):
        network.initialize(name, 1.0, np.random.default_rng(seed))
    one, same, other = (network.parameters for network in networks)

    assert np.array_equal(one, same)
    assert (name == "zeros") == np.array_equal(one, other)


@pytest.mark.parametrize(
    ("n_in", "layers"), [(0, [LayerSpec(1, "tanh")]), (2, []), (2, [LayerSpec(0, "tanh")])]
)
def test_empty_networks_are_refused(n_in: int, layers: list[LayerSpec]) -> None:
    """A network has an input, a layer, and a unit in each layer."""
    with pytest.raises(ValueError, match="expected at least 1"):
        Network(n_in, layers)


def test_wrong_inputs_are_refused() -> None:
    """Inputs of another width say what was expected."""
    with pytest.raises(ValueError, match=r"expected inputs of shape \(n, 2\), got \(4, 3\)"):
        small().predict(np.zeros((4, 3)))
