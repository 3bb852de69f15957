"""Scripts that are taken away compute what the page shows: they are run, and compared."""

import ast
import io
import json
import re
import subprocess
import sys
from contextlib import redirect_stdout
from itertools import cycle, product
from typing import Any

import numpy as np
import pytest

from app.experiment import Experiment
from app.exports import EXPORTS, export, numpy_script, torch_script
from app.languages import translations
from app.run import Run
from engine.activations import ACTIVATIONS
from engine.clipping import CLIPPINGS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.regularizers import REGULARIZERS
from engine.schedules import SCHEDULES

CHINESE = translations("zh-Hans").gettext


def make_run(updates: int = 30, **fields: Any) -> Run:
    """A run after some updates, in its second epoch, with a short batch at the end of each."""
    layers = [{"units": 3, "activation": fields.pop("activation", "tanh")}, {"units": 2}]
    run = Run(1, Experiment.model_validate({"layers": layers, "batch_size": 9, **fields}))
    assert run.trainer.advance(updates) is None
    return run


def _cover() -> list[dict[str, Any]]:
    """Each activation with each loss, and each optimizer with each clipping and penalty."""
    optimizers, schedules = cycle(OPTIMIZERS), cycle(SCHEDULES)
    activations, losses = cycle(ACTIVATIONS), cycle(LOSSES)
    first = [
        {"activation": a, "loss": loss, "optimizer": {"name": next(optimizers)}}
        for a, loss in product(ACTIVATIONS, LOSSES)
    ]
    second = [
        {
            "activation": next(activations),
            "loss": next(losses),
            "optimizer": {"name": optimizer},
            "clipping": {"name": clipping, "limit": 0.05},
            "regularization": regularization,
            "regularization_rate": 0.3,
            "schedule": {"name": next(schedules), "period": 3, "gamma": 0.8, "floor": 0.1},
        }
        for optimizer, clipping, regularization in product(OPTIMIZERS, CLIPPINGS, REGULARIZERS)
    ]
    others = [
        {"dataset": "blobs", "classes": 4, "loss": loss} for loss in ("softmax", "bce", "mse")
    ]
    regression = [
        {"problem": "regression", "loss": loss, "optimizer": {"name": optimizer}}
        for loss, optimizer in zip(("huber", "mse", "half-squared"), OPTIMIZERS, strict=False)
    ]
    features = {"features": ["x", "xTimesY", "sinY"], "loss": "hinge", "noise": 20}
    return [*first, *second, *others, *regression, features, {"layers": []}]


COVER = _cover()


def read(output: str) -> dict[str, Any]:
    """What a script printed, by the names that it printed."""
    pairs = (line.partition(" = ") for line in output.splitlines())
    return {name: ast.literal_eval(value) for name, _, value in pairs}


def run_here(script: str) -> dict[str, Any]:
    """The output of a script that is run in this process."""
    output = io.StringIO()
    with redirect_stdout(output):
        exec(compile(script, "script.py", "exec"), {"__name__": "__main__"})
    return read(output.getvalue())


def run_alone(script: str) -> dict[str, Any]:
    """The output of a script that is run by a Python of its own, which does not know this one."""
    command = [sys.executable, "-I", "-W", "error", "-"]
    done = subprocess.run(
        command, input=script, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return read(done.stdout)


def assert_is_the_next_update(printed: dict[str, Any], run: Run, tolerance: float = 1e-9) -> None:
    """What was printed is what the trainer shows after it has made the update."""
    trainer = run.trainer
    trainer.advance(1)
    expected: dict[str, Any] = {"loss": trainer.loss}
    for layer, block in enumerate(trainer.network.layers, start=1):
        expected |= {
            f"dW[{layer}]": trainer.trace.dW[layer],
            f"db[{layer}]": trainer.trace.db[layer],
        }
        expected |= {f"new W[{layer}]": block.W, f"new b[{layer}]": block.b}

    assert printed.pop("loss after") > -np.inf
    assert printed.keys() == expected.keys()
    for name, value in expected.items():
        assert np.shape(printed[name]) == np.shape(value)
        assert np.max(np.abs(printed[name] - value)) <= tolerance, name


@pytest.mark.parametrize("fields", COVER, ids=str)
def test_numpy_scripts_make_the_next_update(fields: dict[str, Any]) -> None:
    """Loss, gradients and new weights agree with the trainer's to 1e-9."""
    run = make_run(**fields)

    assert_is_the_next_update(run_here(numpy_script(run, str)), run)


def run_torch(run: Run) -> dict[str, Any]:
    """The output of a run's PyTorch script, where PyTorch is installed."""
    torch = pytest.importorskip("torch")
    default = torch.get_default_dtype()
    try:
        return run_here(torch_script(run, str))
    finally:
        torch.set_default_dtype(default)


@pytest.mark.parametrize("fields", COVER, ids=str)
def test_pytorch_scripts_make_the_next_update(fields: dict[str, Any]) -> None:
    """The same by PyTorch's own losses, autograd and optimizers."""
    run = make_run(**fields)

    assert_is_the_next_update(run_torch(run), run)


@pytest.mark.parametrize("updates", [0, 1, 55])
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_numpy_scripts_need_nothing_of_ours(updates: int, optimizer: str) -> None:
    """A Python that has NumPy and not our modules runs the script, at any point of a run."""
    run = make_run(updates, optimizer={"name": optimizer})
    script = numpy_script(run, CHINESE)

    assert set(re.findall(r"^(?:import|from) (\w+)", script, re.M)) == {"numpy"}
    assert_is_the_next_update(run_alone(script), run)


def test_pytorch_scripts_import_torch_alone() -> None:
    """Nothing of ours, and no NumPy, is needed."""
    script = torch_script(make_run(), str)

    assert set(re.findall(r"^(?:import|from) (\w+)", script, re.M)) == {"torch"}
    compile(script, "script.py", "exec")


@pytest.mark.parametrize("write", [numpy_script, torch_script])
@pytest.mark.parametrize("samples", [0, 4])
def test_scripts_leave_the_run_alone(write: Any, samples: int) -> None:
    """A script of a run within a batch is that of the whole batch, and the run goes on the same."""
    run, other = make_run(), make_run()
    for each in (run, other):
        each.trainer.advance_samples(samples)
    script = write(run, str)

    assert script == write(other, str)
    assert "The batch: 9 examples" in script
    state = other.trainer.state()
    assert all(np.array_equal(run.trainer.state()[name], state[name]) for name in state)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_single_precision_stays_single(optimizer: str) -> None:
    """Scripts of a float32 run compute in float32, and agree to its precision."""
    run = make_run(precision="float32", optimizer={"name": optimizer})

    assert "torch.set_default_dtype(torch.float32)" in torch_script(run, str)
    assert_is_the_next_update(run_here(numpy_script(run, str)), run, 1e-6)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_pytorch_agrees_in_single_precision(optimizer: str) -> None:
    """The same of the PyTorch scripts."""
    run = make_run(precision="float32", optimizer={"name": optimizer})

    assert_is_the_next_update(run_torch(run), run, 1e-6)


def test_comments_are_in_the_readers_language() -> None:
    """The code is the same in every language; the comments are not."""
    run = make_run(regularization="L1", regularization_rate=0.1, schedule={"name": "step"})
    for write in (numpy_script, torch_script):
        english, chinese = write(run, str), write(run, CHINESE)
        assert english != chinese
        assert ast.dump(ast.parse(english)) == ast.dump(ast.parse(chinese))


def test_lines_fit_on_a_screen() -> None:
    """Only the link may be long."""
    run = make_run(
        layers=[{"units": 32, "activation": "gelu"}], optimizer={"name": "adamw"}, loss="softmax"
    )
    for write in (numpy_script, torch_script):
        lines = write(run, str).splitlines()
        assert max(len(line) for line in lines if not line.startswith("# #")) <= 110


def test_the_experiment_is_read_back() -> None:
    """The JSON is the Experiment, every field of it."""
    run = make_run(noise=12.5, loss="bce")
    kept = export(run, "experiment", str)

    assert Experiment.model_validate_json(kept.text) == run.experiment
    assert json.loads(kept.text)["noise"] == 12.5
    assert kept.filename.endswith(".json")


def test_files_are_named_after_the_step() -> None:
    """Each format has a name that a file system takes."""
    run = make_run()
    names = [export(run, kind, str).filename for kind in EXPORTS]

    assert len(set(names)) == len(EXPORTS)
    assert names[0] == "gradient-express-step-30-numpy.py"
    assert all(re.fullmatch(r"[\w.-]+", name) for name in names)
