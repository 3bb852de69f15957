"""The graph room: what it answers, how it lays out, folds, descends and exports."""

import ast
import asyncio
import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from app.experiment import Experiment, losses_of
from app.graph.answer import answer
from app.graph.descent import descend, written_number
from app.graph.examples import EXAMPLES
from app.graph.layout import FULL
from app.graph.of_network import ACTIVATIONS, program_of_network
from app.graph.requests import MOST_CHARACTERS, RunRequest
from app.graph.workers import TooBusyError, Workers
from app.main import create_app
from app.run import make_network, make_recipe
from app.settings import Settings
from engine.datasets import DEFAULT_SAMPLES, features
from engine.losses import LOSSES
from engine.training import Trainer

SQUARED_ERROR = EXAMPLES[0].code
LESSON = next(example.code for example in EXAMPLES if example.name == "lesson")
LOOP = "s = 0.1\nw = 0.3\nfor i in range(30):\n    s = tanh(s * w + 0.1)\nloss = s * s\n"
BOMBS = (
    "x = 10**10**10",
    "for i in range(10**9):\n    pass",
    "for i in range(9999):\n    for j in range(9999):\n        x = i * j",
    "x = [1]\nfor i in range(99):\n    x = x + x",
    "x = " + "(" * 5000 + "1" + ")" * 5000,
    "x = " + "-" * 9000 + "1",
    "a" * MOST_CHARACTERS,
    "def f(x):\n    return f(x)\ny = f(1.0)",
)


@pytest.fixture(scope="module")
def speaker() -> Iterator[TestClient]:
    """A client whose application has its worker processes."""
    with TestClient(create_app(Settings()), headers={"Accept-Language": ""}) as client:
        client.post("/graph/run", json={"text": "1.0"})
        yield client


def ran(text: str, folding: str = "auto", opened: tuple[str, ...] = ()) -> dict[str, Any]:
    """The answer to a text that runs."""
    found = answer(text, folding, opened, str)
    assert "error" not in found, found
    return found


class TestAnswers:
    """The addresses, as a page uses them."""

    def test_a_text_gets_its_graph_with_a_picture(self, speaker: TestClient) -> None:
        """Every node has a box, every box a place inside the picture."""
        found = speaker.post("/graph/run", json={"text": LESSON}).json()
        picture = found["picture"]

        assert found["grads"] == {"w": -30.0, "b": -10.0}
        assert {box["id"] for box in picture["boxes"]} == set(range(len(found["graph"]["nodes"])))
        for box in picture["boxes"]:
            assert box["width"] / 2 <= box["x"] <= picture["width"] - box["width"] / 2
            assert box["height"] / 2 <= box["y"] <= picture["height"] - box["height"] / 2

    @pytest.mark.parametrize(("language", "word"), [("en", "Python"), ("zh", "Python")])
    def test_an_error_has_its_place_and_the_readers_language(
        self, speaker: TestClient, language: str, word: str
    ) -> None:
        """Line and column stand beside a message, which is Chinese for a Chinese reader."""
        body = {"text": "x = 1.0\ny = x +* 2"}
        error = speaker.post(f"/graph/run?lang={language}", json=body).json()["error"]

        assert (error["line"], error["column"]) == (2, 7)
        assert word in error["message"]
        assert (language == "zh") == any("一" <= letter <= "鿿" for letter in error["message"])

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"text": 5},
            {"text": "1.0", "more": 1},
            {"text": "1.0", "folding": "maybe"},
            {"text": "x" * (MOST_CHARACTERS + 1)},
        ],
    )
    def test_what_is_no_request_is_refused(self, speaker: TestClient, body: object) -> None:
        """A wrong field or type gets 422 and a sentence, and nothing runs."""
        response = speaker.post("/graph/run", json=body)

        assert response.status_code == 422
        assert response.json()["error"]["message"]

    def test_a_megabyte_is_not_read_to_its_end(self, speaker: TestClient) -> None:
        """A body beyond all limits gets 413."""
        response = speaker.post("/graph/run", content=b'{"text": "' + b"1" * 1_000_000 + b'"}')

        assert response.status_code == 413
        assert "longer" in response.json()["error"]["message"]

    @pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb[:24])
    def test_a_bomb_is_a_typed_error(self, speaker: TestClient, bomb: str) -> None:
        """Whatever asks for too much is refused."""
        found = speaker.post("/graph/run", json={"text": bomb}).json()

        assert found["error"]["message"]

    def test_the_answer_travels_compressed(self, speaker: TestClient) -> None:
        """The worker compresses, so that the event loop need not."""
        with speaker.stream("POST", "/graph/run", json={"text": LESSON}) as response:
            assert response.headers["Content-Encoding"] == "gzip"
            assert len(b"".join(response.iter_raw())) < 5_000


class TestWorkers:
    """The processes beside the server."""

    def test_a_dead_worker_is_replaced(self) -> None:
        """The request under way is told to try again, and the next one is answered."""

        async def scenario() -> bytes:
            workers = Workers()
            try:
                await workers.answer(RunRequest(text="1.0"), "en")
                pool = workers._started()
                for process in list(pool._processes.values()):
                    process.kill()
                    process.join()
                with pytest.raises(TooBusyError):
                    await workers.answer(RunRequest(text="1.0"), "en")
                return await workers.answer(RunRequest(text="1.0"), "en")
            finally:
                workers.close()

        assert asyncio.run(scenario())


class TestPicture:
    """Layers, crossings, folds."""

    @pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
    def test_operands_stand_to_the_left_and_no_two_boxes_touch(self, example: Any) -> None:
        """In every example each line runs to the right, and boxes of a column keep apart."""
        picture = ran(example.code)["picture"]
        places = {box["id"]: box for box in picture["boxes"]}

        for line in picture["lines"]:
            assert places[line["from"]]["layer"] < places[line["to"]]["layer"]
        columns: dict[int, list[Any]] = {}
        for box in picture["boxes"]:
            columns.setdefault(box["layer"], []).append(box)
        for column in columns.values():
            column.sort(key=lambda box: box["y"])
            for upper, lower in pairwise(column):
                assert lower["y"] - upper["y"] >= upper["height"]

    def test_a_tree_has_no_crossings(self) -> None:
        """Where a drawing without crossings exists, igraph finds it in the example."""
        picture = ran(SQUARED_ERROR)["picture"]
        places = {box["id"]: box for box in picture["boxes"]}
        lines = [(places[line["from"]], places[line["to"]]) for line in picture["lines"]]

        for a, b in lines:
            for c, d in lines:
                if a["layer"] == c["layer"] and b["layer"] == d["layer"]:
                    assert (a["y"] - c["y"]) * (b["y"] - d["y"]) >= 0

    def test_many_uses_of_a_number_share_a_trunk(self) -> None:
        """A weight that a loop uses thirty times needs less than a row for each use."""
        picture = ran(LOOP, "off")["picture"]
        w = next(node["id"] for node in ran(LOOP)["graph"]["nodes"] if node["label"] == "w")
        ways = [line["points"] for line in picture["lines"] if line["from"] == w]
        trunk = max(ways, key=lambda points: points[-1][0] if points else 0)
        rows = {tuple(point) for points in ways for point in points}

        assert len(ways) == 30
        assert rows <= {(x, y) for x, _ in rows for _, y in trunk}
        assert picture["height"] < len(ways) * FULL.row

    def test_a_loop_folds_and_unfolds(self) -> None:
        """The middle turns are one box; opened by its key, all nodes are there."""
        folded = ran(LOOP)
        (fold,) = folded["picture"]["folds"].values()
        opened = ran(LOOP, "auto", (fold["key"],))

        assert fold["kind"] == "turns"
        assert fold["count"] == 28
        assert len(folded["picture"]["boxes"]) < 15
        assert len(opened["picture"]["boxes"]) == len(opened["graph"]["nodes"])
        assert ran(LOOP, "off")["picture"]["folds"] == {}

    def test_small_graphs_stay_unfolded(self) -> None:
        """Ten sigmoids are there to be seen, unless the reader wants them folded."""
        vanishing = next(example for example in EXAMPLES if example.name == "vanishing").code

        assert ran(vanishing)["picture"]["folds"] == {}
        assert ran(vanishing)["picture"]["foldable"]
        assert len(ran(vanishing, "on")["picture"]["folds"]) == 1

    @given(st.integers(1, 60), st.integers(1, 4), st.booleans())
    def test_every_node_is_in_one_box(self, turns: int, width: int, carried: bool) -> None:
        """Folding loses no node and no edge that leads out of a box, and draws no circle."""
        body = "\n".join(f"    v{i} = tanh(v{i} * w + {'v0' if carried else i})"
                         for i in range(width))
        starts = "\n".join(f"v{i} = 0.{i + 1}" for i in range(width))
        total = " + ".join(f"v{i}" for i in range(width))
        found = ran(f"w = 0.5\n{starts}\nfor i in range({turns}):\n{body}\nL = {total}\n", "on")
        picture = found["picture"]
        members = [member for fold in picture["folds"].values() for member in fold["members"]]
        single = [box["id"] for box in picture["boxes"] if isinstance(box["id"], int)]

        assert sorted(members + single) == list(range(len(found["graph"]["nodes"])))
        places = {box["id"]: box["layer"] for box in picture["boxes"]}
        assert all(places[line["from"]] < places[line["to"]] for line in picture["lines"])

    def test_totals_add_up_to_the_gradient(self) -> None:
        """The last arrival at a node carries its whole gradient, arrays included."""
        for example in EXAMPLES:
            graph = ran(example.code)["graph"]
            last = {edge["from"]: edge for edge in graph["edges"] if edge["arrival"]}
            for edge in graph["edges"]:
                if edge["arrival"] and edge["arrival"] >= last[edge["from"]]["arrival"]:
                    last[edge["from"]] = edge
            for node, edge in last.items():
                whole = graph["nodes"][node]["gradient"]
                assert np.ravel(edge["total"]) == pytest.approx(np.ravel(whole))


class TestDescent:
    """Steps on the numbers of a text."""

    def test_a_step_is_the_lessons_formula(self) -> None:
        """w ← w − η · ∂L/∂w, written where w stands; all else of the text stays."""
        found = descend(LESSON, 0.01, {"w", "b"}, 1, "auto", (), str)

        assert found["steps"][0]["loss"] == 25.0
        assert found["steps"][0]["moves"] == [
            {"name": "w", "before": 2.0, "gradient": -30.0, "after": 2.3},
            {"name": "b", "before": -1.0, "gradient": -10.0, "after": -0.9},
        ]
        assert found["text"] == LESSON.replace("2.0", "2.3").replace("-1.0", "-0.9")
        assert found["answer"]["passes"] == [pytest.approx(16.0)]

    def test_arrays_move_too(self) -> None:
        """Each number of a nested list gets its own part of the gradient."""
        text = next(example for example in EXAMPLES if example.name == "arrays").code
        found = descend(text, 0.5, {"W1", "b1", "W2", "b2"}, 20, "auto", (), str)
        losses = [step["loss"] for step in found["steps"]]

        assert len(found["steps"][0]["moves"]) == 9
        assert all(later < earlier for earlier, later in pairwise(losses))

    def test_too_large_a_rate_diverges_and_stops(self) -> None:
        """The loss grows until it is no number; the text keeps the last finite ones."""
        found = descend(SQUARED_ERROR, 1e30, {"w", "b"}, 100, "auto", (), str)

        assert found["stopped"]
        assert len(found["steps"]) < 100
        assert "error" not in found["answer"]
        assert found["answer"]["passes"][0] > found["steps"][0]["loss"]

    def test_a_step_beyond_all_numbers_is_not_written(self) -> None:
        """A rate that would give infinity stops descent before it reaches the text."""
        found = descend(SQUARED_ERROR, 1e308, {"w"}, 5, "auto", (), str)

        assert found["text"] == SQUARED_ERROR
        assert "larger than" in found["stopped"]

    def test_a_number_that_two_leaves_share_is_written_once(self) -> None:
        """It moves by the sum of their gradients: L = x⁴ at x = 2 has the slope 32."""
        text = "x = 2.0\nw = Value(x)\nv = Value(x)\nL = w * w * v * v\nL.backward()"
        found = descend(text, 0.01, {"w", "v"}, 1, "auto", (), str)

        assert found["text"] == text.replace("2.0", "1.68")
        assert [move["name"] for move in found["steps"][0]["moves"]] == ["w, v"]
        assert found["steps"][0]["moves"][0]["gradient"] == 32.0

    def test_a_number_stays_while_one_of_its_leaves_may_not_move(self) -> None:
        """To move w alone would move v with it."""
        text = "x = 2.0\nw = Value(x)\nv = Value(x)\nL = w * v\nL.backward()"
        found = descend(text, 0.01, {"w"}, 1, "auto", (), str)

        assert (found["text"], found["steps"]) == (text, [])
        assert found["stopped"]

    def test_without_a_number_to_move_it_says_so(self) -> None:
        """No name chosen, or no gradient: no step, and a reason."""
        assert descend(LESSON, 0.1, set(), 1, "auto", (), str)["stopped"]
        assert descend("import torch\nx = torch.tensor(1.0)", 0.1, {"x"}, 1, "auto", (), str)[
            "stopped"
        ]

    def test_slow_programs_take_fewer_steps(self) -> None:
        """However many are asked for, the clock ends them."""
        seconds = iter(range(1000))
        found = descend(
            LESSON, 0.01, {"w"}, 100, "auto", (), str, clock=lambda: float(next(seconds))
        )

        assert found["steps"] == []

    @given(st.floats(-1e300, 1e300))
    def test_a_written_number_is_read_as_a_float(self, value: float) -> None:
        """15 digits, and never a whole number's spelling."""
        written = written_number(value)

        assert isinstance(ast.literal_eval(written), float)
        assert float(written) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_brings_examples_and_words(speaker: TestClient, language: str) -> None:
    """Page and embed answer in the reader's language, with the same headers as the playground."""
    for path in ("/graph", "/graph/embed"):
        response = speaker.get(path, params={"lang": language})
        facts = json.loads(response.text.split('id="facts">')[1].split("</script>")[0])

        assert response.status_code == 200
        assert [example["name"] for example in facts["graph"]["examples"]] == [
            example.name for example in EXAMPLES
        ]
        assert response.headers["Content-Language"].startswith(language)


def test_only_the_embed_may_be_framed(speaker: TestClient) -> None:
    """The room stays in its own site, its embed goes elsewhere."""
    page = speaker.get("/graph").headers["Content-Security-Policy"]
    embed = speaker.get("/graph/embed").headers["Content-Security-Policy"]

    assert "frame-ancestors 'self'" in page
    assert "frame-ancestors" not in embed


class TestNetwork:
    """The playground's neurons and networks as programs."""

    @pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
    @pytest.mark.parametrize(
        ("problem", "loss"),
        [(problem, loss) for problem in DEFAULT_SAMPLES for loss in losses_of(problem)],
    )
    def test_the_program_has_the_engines_loss_and_gradients(
        self, problem: str, loss: str, activation: str
    ) -> None:
        """Every loss and activation, over three features: as the engine has it, to 6 digits."""
        experiment = Experiment.model_validate(
            {
                "problem": problem,
                "loss": loss,
                "features": ["x", "xTimesY", "sinY"],
                "layers": [{"units": 3, "activation": activation}],
                "dataset": "reg-plane" if problem == "regression" else "circle",
            }
        )
        network = make_network(experiment)
        parameters = network.parameters.astype(np.float32)
        network.parameters[:] = parameters
        point, target = (float(np.float32(0.7)), float(np.float32(-1.3))), 1.0
        y = LOSSES[loss].encode([target], problem, experiment.class_count)
        X = features(np.array([point], dtype=np.float64), experiment.features)
        trainer = Trainer(network, X, y, make_recipe(experiment))
        found = program_of_network(experiment, parameters.tolist(), point, target, None, str)
        graph = ran(found["text"])["graph"]
        gradients = {node["label"]: node["gradient"] for node in graph["nodes"]}
        layer = trainer.trace.dW[1]

        assert graph["nodes"][graph["root"]]["value"] == pytest.approx(trainer.loss, rel=1e-5)
        for i in range(3):
            for j in range(3):
                wanted = float(layer[i, j])
                assert gradients[f"w1_{i + 1}_{j + 1}"] == pytest.approx(wanted, rel=1e-4, abs=1e-7)

    def test_a_neuron_gets_the_activations_that_come_to_it(self) -> None:
        """Its value is that of the whole network's program."""
        experiment = Experiment()
        parameters = make_network(experiment).parameters.tolist()
        whole = program_of_network(experiment, parameters, (0.5, -1.2), 1.0, None, str)
        alone = program_of_network(experiment, parameters, (0.5, -1.2), 1.0, (2, 1), str)
        values = {node["label"]: node["value"] for node in ran(whole["text"])["graph"]["nodes"]}
        graph = ran(alone["text"])["graph"]

        assert graph["nodes"][graph["root"]]["value"] == pytest.approx(values["a2_2"], rel=1e-5)

    def test_a_target_that_is_no_class_is_refused(self, speaker: TestClient) -> None:
        """Where the problem is to classify, the target is one of the data set's classes."""
        experiment = Experiment()
        body = {
            "experiment": experiment.model_dump(mode="json"),
            "parameters": make_network(experiment).parameters.tolist(),
            "point": [0.0, 1.0],
            "target": 7,
        }
        response = speaker.post("/graph/network", json=body)

        assert response.status_code == 422
        assert response.json()["error"]["message"]

    def test_what_has_no_graph_is_said(self, speaker: TestClient) -> None:
        """Foreign parameters, a step function, too large a network: a sentence each."""
        small = Experiment()
        step = Experiment.model_validate({"layers": [{"units": 2, "activation": "step"}]})
        large = Experiment.model_validate({"layers": [{"units": 32, "activation": "relu"}] * 2})
        for experiment, count in ((small, 3), (step, None), (large, None)):
            size = count or make_network(experiment).parameters.size
            body = {
                "experiment": experiment.model_dump(mode="json"),
                "parameters": [0.1] * size,
                "point": [0.0, 1.0],
                "target": 1,
                "neuron": None,
            }
            response = speaker.post("/graph/network", json=body)

            assert response.status_code == 200
            assert response.json()["error"]["message"]
