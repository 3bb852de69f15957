"""The snippet language: what runs, what it gives, and how errors point at the text."""

import json
from typing import Any

import pytest

from app.graph.examples import EXAMPLES
from app.snippet import Limits, Result, SnippetError, run

EXAMPLE_CODES = {example.name: example.code for example in EXAMPLES}
LESSON, MICROGRAD = EXAMPLE_CODES["lesson"], EXAMPLE_CODES["micrograd"]

REMARK = "(这个地方具体是怎么操作的就很明显了)"
SGD = f'''def sgd(params, lr, batch_size):  #@save
    """小批量随机梯度下降"""
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size{REMARK}
            param.grad.zero_()
'''

TORCH = "import torch\nimport torch.nn.functional as F\n"


# What is tested here is not how fast the machine is.
SECONDS = 60.0


def ran(text: str, **limits: Any) -> Result:
    """The result of a program that runs."""
    result = run(text, Limits(seconds=SECONDS, **limits))
    assert isinstance(result, Result), result
    return result


def refused(text: str, **limits: Any) -> SnippetError:
    """The error of a program that does not."""
    result = run(text, Limits(seconds=SECONDS, **limits))
    assert isinstance(result, SnippetError), result
    return result


def marked(text: str, error: SnippetError) -> str:
    """The stretch of the text that an error points at."""
    lines = text.split("\n")
    end_line, end_column = error.end
    if end_line == error.line:
        return lines[error.line - 1][error.column : end_column]
    middle = lines[error.line : end_line - 1]
    first, last = lines[error.line - 1][error.column :], lines[end_line - 1][:end_column]
    return "\n".join([first, *middle, last])


def texts(result: Result) -> list[str]:
    """What a program printed."""
    return [line["text"] for line in result.printed]


def kinds(result: Result) -> list[str]:
    """The kinds of a result's notes."""
    return [note["kind"] for note in result.notes]


class TestLesson:
    """The lesson's own code."""

    def test_first_snippet_runs_as_it_stands(self) -> None:
        """It gives the gradients -30 and -10."""
        result = ran(LESSON)

        assert result.grads == {"w": -30.0, "b": -10.0}
        assert texts(result) == ["tensor(-30.)", "tensor(-10.)"]
        assert result.passes == [25.0]

    def test_its_comments_are_corrected(self) -> None:
        """A note points at each comment, and says what the sign means for the step."""
        notes = ran(LESSON).notes

        assert [(note["kind"], note["line"]) for note in notes] == [
            ("comment-differs", 15),
            ("comment-differs", 16),
        ]
        assert notes[0]["message"] == (
            "The comment says tensor(6.); the program gives tensor(-30.). "
            "The gradient is negative, so a descent step makes w larger."
        )
        line = LESSON.split("\n")[14]
        assert line[notes[0]["column"] : notes[0]["end_column"]] == "# tensor(6.)"

    def test_sgd_points_at_its_remark(self) -> None:
        """The words in brackets are marked, though nothing calls the function."""
        error = refused(SGD)

        assert marked(SGD, error) == REMARK
        assert error.line == 5
        assert "#" in error.hint

    def test_sgd_runs_without_its_remark(self) -> None:
        """One step moves both parameters against their gradients and clears these."""
        program = LESSON + SGD.replace(REMARK, "") + "sgd([w, b], 0.01, 1)\nprint(w, b, w.grad)\n"
        result = ran(program)

        assert texts(result)[2] == (
            "tensor(2.3000, requires_grad=True) tensor(-0.9000, requires_grad=True) tensor(0.)"
        )
        assert isinstance(ran(SGD.replace(REMARK, "")), Result)

    def test_sgd_without_import_gets_a_note(self) -> None:
        """torch is at hand without an import; the reader is told that Python would not have it."""
        program = "w = torch.tensor(2.0, requires_grad=True)\n(w * w).backward()\n"

        assert kinds(ran(program)) == ["import-missing"]


class TestMicrograd:
    """Code that was written for micrograd."""

    def test_readme_example(self) -> None:
        """The README's expression runs unchanged, and gives what it promises."""
        result = ran(MICROGRAD)

        assert texts(result) == ["24.7041", "138.8338", "645.5773"]
        assert result.dialect == "micrograd"

    @pytest.mark.parametrize(
        ("comment", "found"), [("24.7041", []), ("24.7042", ["comment-differs"])]
    )
    def test_a_number_in_a_comment_is_compared(self, comment: str, found: list[str]) -> None:
        """Where it is another one after rounding it gets a note."""
        text = MICROGRAD.replace("{g.data:.4f}')", f"{{g.data:.4f}}')  # {comment}")

        assert kinds(ran(text)) == found

    def test_assigning_data_is_a_step(self) -> None:
        """micrograd's descent step changes the leaf and leaves the shown graph as it was."""
        result = ran(
            "from micrograd.engine import Value\nw = Value(3.0)\nl = w * w\nl.backward()\n"
            "w.data -= 0.5 * w.grad\nprint(w.data)\n"
        )

        assert texts(result) == ["0.0"]
        assert result.graph is not None
        assert result.graph["nodes"][0]["value"] == 3.0


class TestPlain:
    """Arithmetic without a library."""

    def test_named_numbers_are_leaves_and_backward_starts_by_itself(self) -> None:
        """The last result is differentiated with respect to every number that has a name."""
        result = ran("a = 2\nb = -3.0\nc = a * b\nL = tanh(c / 6)\n")

        assert result.dialect == "plain"
        assert result.grads["a"] == pytest.approx(-3.0 / 6 * 0.41997434161402614)
        assert result.graph is not None
        assert result.graph["nodes"][result.graph["root"]]["label"] == "L"

    def test_a_leaf_can_count(self) -> None:
        """A whole number with a name still serves as a range's bound and in a condition."""
        result = ran(
            "n = 3\nx = 2.0\ny = x\nfor i in range(n):\n    if i > 0:\n        y = y * x\n"
        )

        assert result.grads["x"] == 12.0

    def test_expressions_over_several_lines_of_definitions(self) -> None:
        """def with defaults and return, tuples, lists and sum work on plain numbers."""
        result = ran(
            "def neuron(xs, ws, b=0.5):\n"
            "    return tanh(sum(x * w for x, w in zip(xs, ws)) + b)\n"
            "w1, w2 = 1.0, -2.0\n"
            "p = w1 * 1\nq = w2 * 1\n"
            "y = neuron([0.5, 0.25], [p, q])\n"
        )

        assert result.graph is not None
        assert result.graph["nodes"][result.graph["root"]]["value"] == pytest.approx(0.46211715726)

    def test_printing_shows_plain_numbers(self) -> None:
        """A number with a name prints as a number."""
        assert texts(ran("a = 2.5\nprint(a, f'{a:.2f}')\ny = a * a")) == ["2.5 2.50"]


class TestTorch:
    """PyTorch's everyday subset."""

    @pytest.mark.parametrize(
        ("lines", "printed"),
        [
            ("print(torch.tensor([1, 2, 3]))", "tensor([1, 2, 3])"),
            ("print(torch.tensor([[1., -2.5], [0., 3.]]))",
             "tensor([[ 1.0000, -2.5000],\n        [ 0.0000,  3.0000]])"),
            ("print(torch.tensor([0.00001, 1.0]))", "tensor([1.0000e-05, 1.0000e+00])"),
            ("print(torch.tensor(2.0).item())", "2.0"),
            ("print(torch.tensor([1., 2.]).shape)", "torch.Size([2])"),
            ("print(torch.tensor([1., 2.]) > 1)", "tensor([False,  True])"),
            ("w = torch.ones(2, requires_grad=True)\nprint((w * 2).sum())",
             "tensor(4., grad_fn=<SumBackward0>)"),
            ("print([torch.tensor(1.), 2, 'a'])", "[tensor(1.), 2, 'a']"),
            ("x = torch.tensor(1.0)\ny = x\ny += 1\nprint(x)", "tensor(2.)"),
            ("x = [1, 2]\nx[0] = 5\nx.append(3)\nprint(x, x[-1], x[:2])", "[5, 2, 3] 3 [5, 2]"),
            ("x = 3\nx **= 2\nprint(x if x > 8 else 0, not x, x == 9 and 1)", "9 False 1"),
            ("print(torch.clamp(torch.tensor([-2., 2.]), max=1.0))", "tensor([-2.,  1.])"),
            ("print(torch.stack([torch.ones(2), torch.zeros(2)]).mean(dim=0))",
             "tensor([0.5000, 0.5000])"),
            ("print(round(2.567, 1), int(2.9), len([1, 2]), max(1, 3), abs(-2))",
             "2.6 2 2 3 2"),
        ],
    )  # fmt: skip
    def test_prints_as_pytorch_does(self, lines: str, printed: str) -> None:
        """What print shows is what PyTorch shows."""
        assert texts(ran(TORCH + lines)) == [printed]

    def test_two_layers_over_a_batch(self) -> None:
        """A network over a batch runs, and the numbers are PyTorch's."""
        result = ran(
            TORCH + "X = torch.tensor([[0., 0.], [0., 1.], [1., 0.], [1., 1.]])\n"
            "y = torch.tensor([0, 1, 1, 0])\n"
            "W1 = torch.tensor([[0.5, -0.3, 0.2], [0.1, 0.4, -0.6]], requires_grad=True)\n"
            "b1 = torch.zeros(3, requires_grad=True)\n"
            "W2 = torch.tensor([[0.3, -0.2], [0.7, 0.1], [-0.5, 0.4]], requires_grad=True)\n"
            "loss = F.cross_entropy(torch.tanh(X @ W1 + b1) @ W2, y)\n"
            "loss.backward()\nprint(loss)\n"
        )

        assert texts(result) == ["tensor(0.7213, grad_fn=<NllLossBackward0>)"]
        assert result.grads["W1"][1][0] == pytest.approx(0.0542512259051172)

    def test_training_loop(self) -> None:
        """Descent in a loop lowers the loss; every pass is listed, the last one is shown."""
        result = ran(
            TORCH + "w = torch.tensor(2.0, requires_grad=True)\nfor i in range(3):\n"
            "    loss = (w - 1) ** 2\n    loss.backward()\n    with torch.no_grad():\n"
            "        w -= 0.1 * w.grad\n    w.grad.zero_()\n"
        )

        assert result.passes == pytest.approx([1.0, 0.64, 0.4096])
        assert result.notes == []
        assert result.graph is not None
        assert result.graph["nodes"][0]["value"] == pytest.approx(1.64)

    def test_backward_twice_accumulates_and_says_so(self) -> None:
        """Gradients that were not cleared add up, and a note says it."""
        result = ran(
            TORCH + "w = torch.tensor(1.0, requires_grad=True)\n(w * w).backward()\n"
            "(w * 3).backward()\nprint(w.grad)\n"
        )

        assert texts(result) == ["tensor(5.)"]
        assert kinds(result) == ["accumulated"]
        assert result.graph is not None
        leaf = result.graph["nodes"][0]
        assert (leaf["gradient"], leaf["accumulated"]) == (3.0, 5.0)

    def test_backward_twice_through_one_graph(self) -> None:
        """The same graph can be used again, with a note about retain_graph."""
        result = ran(
            TORCH + "w = torch.tensor(1.0, requires_grad=True)\ny = w * w\n"
            "y.backward()\ny.backward()\n"
        )

        assert result.grads == {"w": 4.0}
        assert kinds(result) == ["same-graph-again", "accumulated"]

    def test_in_place_outside_no_grad_is_refused(self) -> None:
        """Changing a leaf while gradients are recorded is PyTorch's error, with the way out."""
        text = TORCH + "w = torch.tensor(1.0, requires_grad=True)\nw -= 0.1\n"
        error = refused(text)

        assert marked(text, error) == "w -= 0.1"
        assert "torch.no_grad()" in error.hint

    def test_no_backward_shows_the_forward_graph(self) -> None:
        """Without backward() the graph is there, the gradients are not, and a note says so."""
        result = ran(TORCH + "w = torch.tensor(1.0, requires_grad=True)\ny = w * 2\n")

        assert kinds(result) == ["no-backward"]
        assert result.graph is not None
        assert result.graph["backward"] == []

    def test_loss_that_broadcasts_gets_a_note(self) -> None:
        """A column against a row is legal and seldom meant."""
        result = ran(TORCH + "l = F.mse_loss(torch.ones(3, 1), torch.ones(3))\n")

        assert "broadcast-loss" in kinds(result)


class TestGraph:
    """The graph as the page receives it."""

    def test_is_json_with_finite_numbers(self) -> None:
        """Every part of a result can be written as JSON."""
        text = json.dumps(ran(LESSON).to_json(), allow_nan=False)

        assert json.loads(text)["graph"]["root"] == 7

    def test_edges_carry_local_derivatives_and_contributions(self) -> None:
        """(y - 10)^2 passes 2 (y - 10) = -10 back, and the product passes x of it to w."""
        graph = ran(LESSON).graph
        assert graph is not None
        nodes, edges = graph["nodes"], graph["edges"]
        labels = {node["label"]: node for node in nodes}
        (into_w,) = [edge for edge in edges if edge["from"] == labels["w"]["id"]]

        assert into_w["local"] == 3.0
        assert into_w["contribution"] == -30.0
        assert into_w["formula"] == "b"
        assert (labels["loss"]["symbol"], labels["loss"]["constants"]) == ("^2", [2.0])
        assert [labels[name]["gradient"] for name in ("w", "b", "x", "y_pred")] == [
            -30.0, -10.0, None, -10.0,
        ]  # fmt: skip

    def test_contributions_add_up_to_the_gradient(self) -> None:
        """At a node with several consumers the incoming contributions are its gradient."""
        graph = ran("a = 3.0\nb = a * a + a * 2\n").graph
        assert graph is not None
        for node in graph["nodes"]:
            if node["id"] != graph["root"]:
                arriving = [e["contribution"] for e in graph["edges"] if e["from"] == node["id"]]
                assert node["gradient"] == sum(arriving)

    def test_orders_are_those_of_the_passes(self) -> None:
        """Forward, operands come first; backward, consumers do."""
        graph = ran(MICROGRAD).graph
        assert graph is not None
        forward = {node: place for place, node in enumerate(graph["forward"])}
        backward = {node: place for place, node in enumerate(graph["backward"])}
        for edge in graph["edges"]:
            assert forward[edge["from"]] < forward[edge["to"]]
            assert backward[edge["to"]] < backward[edge["from"]]

    def test_spans_and_literals_point_into_the_text(self) -> None:
        """A leaf says where its number is written, a result where its expression is."""
        text = "长 = -1.5\nb = 长 * 2.0 + 1\n"
        graph = ran(text).graph
        assert graph is not None
        lines = text.split("\n")

        def cut(span: dict[str, int]) -> str:
            return lines[span["line"] - 1][span["column"] : span["end_column"]]

        assert [[cut(span) for span in node["literals"] or []] for node in graph["nodes"]] == [
            ["-1.5"], ["2.0"], [], ["1"], [],
        ]  # fmt: skip
        assert [cut(node["span"]) for node in graph["nodes"] if node["op"]] == [
            "长 * 2.0",
            "长 * 2.0 + 1",
        ]

    def test_the_numbers_of_an_array_point_into_its_lists(self) -> None:
        """Row by row; what is computed inside a list has no number to drag."""
        text = "W = torch.tensor([[1.5, -2], [2 * 3, 4.0]])\nv = torch.tensor([w + 1])\n"
        text += "(W * v).sum()"
        graph = ran(f"{TORCH}w = 2.0\n{text}").graph
        assert graph is not None
        lines = f"{TORCH}w = 2.0\n{text}".split("\n")
        found = {
            node["label"]: [
                span and lines[span["line"] - 1][span["column"] : span["end_column"]]
                for span in node["literals"] or []
            ]
            for node in graph["nodes"]
            if node["label"]
        }

        assert found == {"W": ["1.5", "-2", None, "4.0"], "v": []}

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("x = 3.0\nw = torch.tensor(x)\nw * 2.0", {"w": ["3.0"], None: ["2.0"]}),
            (
                "x = 3.0\ny = x\nw = torch.tensor([y, 1.0])\nw * y",
                {"w": ["3.0", "1.0"], None: ["3.0"]},
            ),
            ("d = [[1.0, -2.0]]\nw = torch.tensor(d)\nw.sum()", {"w": ["1.0", "-2.0"]}),
            ("d = [1.0, 2.0]\nd[0] = 5.0\nw = torch.tensor(d)\nw.sum()", {"w": [None, "2.0"]}),
            ("x = 3.0\nx = x + 1\nw = torch.tensor(x)\nw * w", {"w": []}),
            ("x = 3.0\nfor x in range(4):\n    pass\nw = torch.tensor(x)\nw * w", {"w": []}),
            (
                "x = 3.0\ndef f(x):\n    return torch.tensor(x)\nw = f(3.0)\nw * w",
                {"w": []},
            ),
        ],
    )
    def test_a_number_that_has_a_name_is_dragged_where_it_stands(
        self, text: str, found: dict[str | None, list[str | None]]
    ) -> None:
        """In PyTorch's dialect names for plain numbers lead to them, unless they have changed."""
        graph = ran(TORCH + text).graph
        assert graph is not None
        lines = (TORCH + text).split("\n")
        assert {
            node["label"]: [
                span and lines[span["line"] - 1][span["column"] : span["end_column"]]
                for span in node["literals"] or []
            ]
            for node in graph["nodes"]
            if not node["op"]
        } == found

    def test_large_arrays_are_described(self) -> None:
        """Above 64 elements a node has its shape and range, not its numbers."""
        graph = ran(TORCH + "w = torch.ones(10, 10, requires_grad=True)\nw.sum().backward()").graph
        assert graph is not None
        leaf = graph["nodes"][0]

        assert (leaf["shape"], leaf["value"], leaf["range"]) == ([10, 10], None, [1.0, 1.0])


class TestHabits:
    """What people type who come from mathematics, from PyTorch or from micrograd's lecture."""

    @pytest.mark.parametrize(
        ("text", "place", "hint"),
        [
            ("x = 2\ny = x^2", "x^2", "For a power write ** as in x ** 2."),
            ("x = 2\ny = x²", "²", "Write ** 2 instead."),
            ("y = 2x + 3", "2", "For a product write *, as in 2 * x."),
            ("x = 2\ny = ln(x)", "ln", "The natural logarithm is called log: log(x)."),
            ("x = 2\ny = X * 2", "X", "Did you mean x?"),
            ("w = tensor(2.0)", "tensor", "Write torch.tensor(…)."),
            (f"{TORCH}w = torch.tensor(2.0, requires_grad=true)", "true", "True"),
            (f"{TORCH}w = torch.Tensor([2.0])", "torch.Tensor", "with a small t"),
            (f"{TORCH}w = torch.arange(3)", "torch.arange", "torch.tensor([…])"),
            (f"{TORCH}f = torch.nn.MSELoss()", "torch.nn.MSELoss", "mse_loss("),
            (f"{TORCH}w = torch.ones(2).square()", "torch.ones(2).square", "x ** 2"),
            (f"{TORCH}w = torch.ones(2)\nw = 0.1 * w.grad", "0.1 * w.grad", "after backward()"),
        ],
    )
    def test_the_hint_says_what_to_write(self, text: str, place: str, hint: str) -> None:
        """Each is marked where it stands, with what belongs there instead."""
        error = refused(text)

        assert marked(text, error) == place
        assert hint in error.hint

    def test_values_have_labels(self) -> None:
        """As in the lecture on micrograd, when a Value is made or later."""
        text = "a = Value(2.0, label='a')\nb = a * a\nb.label = 'b'\nprint(a.label, b.label)"

        assert texts(ran(text)) == ["a b"]
        graph = ran("total = Value(2.0, label='x1') * 3\ntotal.backward()").graph
        assert graph is not None
        assert [node["label"] for node in graph["nodes"]] == ["x1", None, "total"]
        assert "label" in refused("a = Value(2.0, label=3)").hint

    def test_a_missing_import_is_said_once(self) -> None:
        """However often the name is used."""
        assert kinds(ran("a = Value(1.0)\nb = Value(2.0)\nc = a * b\nc.backward()")) == [
            "import-missing"
        ]

    def test_numbers_given_to_several_names_are_leaves(self) -> None:
        """x, y = 2, 3 is no other than two lines."""
        assert ran("x, y = 2.0, 3.0\nz = x * y").to_json()["grads"] == {"x": 3.0, "y": 2.0}

    @pytest.mark.parametrize(("kept", "told"), [("retain_graph=True", False), ("", True)])
    def test_a_kept_graph_is_not_said_to_be_freed(self, kept: str, told: bool) -> None:
        """PyTorch takes a second backward() through a graph that the first was told to keep."""
        text = f"{TORCH}w = torch.tensor(2.0, requires_grad=True)\ny = w ** 2\n"
        found = kinds(ran(f"{text}y.backward({kept})\ny.backward()"))

        assert ("same-graph-again" in found) is told
        assert "accumulated" in found


class TestErrors:
    """Where an error points, and what it says."""

    @pytest.mark.parametrize(
        ("text", "stretch", "words"),
        [
            ("x = 1\nwhile x:\n    pass", "while x:\n    pass", "for i in range(10)"),
            ("f = lambda x: x", "lambda x: x", "def"),
            ("d = {1: 2}", "{1: 2}", "list"),
            ("class A:\n    pass", "class A:\n    pass", "def"),
            ("import numpy as np", "import numpy as np", "torch.tensor"),
            ("losss = 1\ny = loss * 2", "loss", "losss"),
            ("y = x * 2\nx = 1", "x", ""),
            ("x = -1.0\ny = 2 * log(x)", "log(x)", ""),
            ("x = 1.0\ny = x / 0", "x / 0", ""),
            ("x = 0.0\ny = sqrt(x)\nz = y * 2", "sqrt(x)", "backward"),
            ("a = -4.0\nn = 2\ny = a**n", "a**n", "exponent"),
            ("x ＝ 1", "＝", "="),
            ("print（1）", "（", "("),
            ("x =\u00a01", "\u00a0", "invisible"),
            ("x = (1", "(", "bracket"),
            ("x = 1 & 2", "1 & 2", "+ - *"),
            ("def f(a, b):\n    return a\nf(1)", "f(1)", "f(a, b)"),
            ("x = 2.0\ny = x(3)", "x(3)", "*"),
            (TORCH + "x = torch.randn(3)", "torch.randn", "torch.tensor"),
            (TORCH + "x = torch.ones(3) + torch.ones(2)", "torch.ones(3) + torch.ones(2)", ""),
            (TORCH + "w = torch.tensor(1, requires_grad=True)",
             "torch.tensor(1, requires_grad=True)", "1.0"),
            (TORCH + "x = torch.tensor(1.0)\nx.backward()", "x.backward()", "requires_grad=True"),
            (TORCH + "w = torch.ones(2, requires_grad=True)\nw.backward()", "w.backward()",
             ".sum()"),
            (TORCH + "w = torch.ones(2, requires_grad=True)\nw.grad.zero_()", "w.grad.zero_",
             "backward()"),
            (TORCH + "x = torch.exp(2.0)", "torch.exp(2.0)", "torch.tensor"),
            (TORCH + "x = torch.tensor([[1, 2], [3]])", "torch.tensor([[1, 2], [3]])", "row"),
            ("w = 1.0\ndef f():\n    w -= 0.1\nf()", "w", "parameter"),
            ("x = 1.0\nprint(f'{x:1000000f}')", "f'{x:1000000f}'", ".4f"),
            ("z = eval('1')", "eval", "abs, enumerate"),
            ("x = 1.0\nfor i in range(3000):\n    x = x * 1.0 + 1", "x * 1.0 + 1", "arrays"),
            ("x = 3,\nx * 2", "x * 2", "comma"),
            ("x = 1.0\nsin x", "x", "sin(x)"),
            ("y = |3|", "|", "abs(x)"),
            (TORCH + "A = torch.ones(1, 2)\nA @ A", "A @ A", "B.T"),
            (TORCH + 'w = torch.tensor(1.0, requires_grad="True")',
             'torch.tensor(1.0, requires_grad="True")', "quotation marks"),
            (TORCH + "x = torch.sigmod", "torch.sigmod", "sigmoid"),
            ("return 1", "return 1", ""),
            ("break", "break", ""),
            ("a, b = 1, 2, 3", "a, b", ""),
        ],
    )  # fmt: skip
    def test_marks_the_place_and_says_what_to_write(
        self, text: str, stretch: str, words: str
    ) -> None:
        """The marked stretch is the culprit, and the hint names the way out."""
        error = refused(text)

        assert marked(text, error) == stretch
        assert words in error.hint
        assert error.message

    @pytest.mark.parametrize("text", ["torch.sume", "torch.ones(2).sume", "torch.ones(2).qqq"])
    def test_no_more_than_a_few_near_names_are_listed(self, text: str) -> None:
        """A tensor has some forty names; the reader gets at most the four nearest."""
        hint = refused(TORCH + text).hint

        assert len(hint.split(", ")) <= 4
        assert ("sum" in hint) is ("sume" in text)

    def test_columns_count_characters(self) -> None:
        """Chinese before the place does not move the mark."""
        text = "长度 = 1.0\n高 = 长度 * 宽度"

        assert marked(text, refused(text)) == "宽度"

    def test_messages_go_through_gettext(self) -> None:
        """The reader's language reaches message, hint and the words inside them."""
        error = run("x = 2.0\ny = x(3)", gettext=lambda msgid: f"«{msgid}»")

        assert isinstance(error, SnippetError)
        assert error.message.startswith("«")
        assert "«a number of the graph»" in error.message
        assert error.hint.startswith("«")

    def test_nothing_reaches_python(self) -> None:
        """Python's own doors are names like any other: they stand for nothing."""
        for text in (
            "__import__('os')", "eval('1')", "open('/etc/passwd')", "import os", "exec('x=1')",
            "().__class__.__bases__", "print.__globals__", "[].append.__self__",
            "f'{print.__doc__}'", "from os import path", "import torch.os", "x = (1).real",
        ):  # fmt: skip
            assert isinstance(run(text), SnippetError), text
