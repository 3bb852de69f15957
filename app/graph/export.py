"""A graph in other people's languages: Graphviz DOT, PyTorch, micrograd."""

import keyword
import re
from collections import Counter
from typing import Any

from app.snippet import SnippetError, run
from app.snippet.errors import Gettext, gettext_noop

Node = dict[str, Any]

_ARRAYS = gettext_noop("Only graphs of single numbers can be written so; this one has arrays.")
_NO_GRAPH = gettext_noop("There is no graph yet: write an expression first.")
_BINARY = {"add": "+", "sub": "-", "mul": "*", "div": "/", "pow": "**"}
_MICROGRAD_KNOWS = {"add", "sub", "mul", "div", "pow", "neg", "relu"}
_SUFFIX = {"dot": "dot", "pytorch": "py", "micrograd": "py"}


def export(text: str, language: str, gettext: Gettext) -> dict[str, Any]:
    """A text's graph in another language.

    Args:
        text: the program.
        language: "dot", "pytorch" or "micrograd".
        gettext: into the reader's language.

    Returns:
        ``{"code", "file"}``, or ``{"error"}`` with a ``message``.
    """
    result = run(text, gettext=gettext)
    if isinstance(result, SnippetError):
        return {"error": {"message": result.message}}
    if result.graph is None:
        return {"error": {"message": gettext(_NO_GRAPH)}}
    has_arrays = any(node["shape"] for node in result.graph["nodes"])
    if language == "dot":
        code = dot(result.graph)
    elif result.dialect == language.replace("pytorch", "torch"):
        code = _with_import(text)
    elif has_arrays:
        return {"error": {"message": gettext(_ARRAYS)}}
    else:
        code = (_Torch if language == "pytorch" else _Micrograd)(result.graph).program()
    return {"code": code, "file": f"graph.{_SUFFIX[language]}"}


def _with_import(text: str) -> str:
    """A program for PyTorch as it stands, but complete: here torch is at hand without an import."""
    if "torch" in text and not re.search(r"^\s*(import|from)\s+torch", text, re.MULTILINE):
        return f"import torch\n\n{text}"
    return text


def dot(graph: dict[str, Any]) -> str:
    """The graph for Graphviz, in the manner of micrograd's draw_dot."""
    lines = ["digraph {", "  rankdir=LR;", "  node [shape=record, fontname=monospace];"]
    for node in graph["nodes"]:
        parts = [node["label"], node["symbol"], *_figures(node)]
        label = " | ".join(_escaped(part) for part in parts if part)
        lines.append(f'  n{node["id"]} [label="{{ {label} }}"];')
    lines += [f"  n{edge['from']} -> n{edge['to']};" for edge in graph["edges"]]
    return "\n".join([*lines, "}", ""])


def _figures(node: Node) -> list[str]:
    if node["shape"]:
        return [f"data {'x'.join(map(str, node['shape']))}"]
    figures = [f"data {node['value']:.6g}"]
    if node["gradient"] is not None:
        figures.append(f"grad {node['gradient']:.6g}")
    return figures


def _escaped(text: str) -> str:
    return re.sub(r'([\\"{}|<>])', r"\\\1", text)


class _Program:
    """A graph of numbers, written as a program: unnamed results stand inside the next one."""

    imports = ""
    leaf = ""
    clamp_ends = ("", "")

    def __init__(self, graph: dict[str, Any]) -> None:
        self._nodes: list[Node] = graph["nodes"]
        self._root = graph["root"]
        self._uses = Counter(parent for node in self._nodes for parent in node["parents"])
        self._texts: dict[int, str] = {}
        self._taken: set[str] = set(keyword.kwlist)

    def program(self) -> str:
        """The lines: imports, leaves, results, backward, and what it prints."""
        leaves, results = [], []
        for node in self._nodes:
            identifier = node["id"]
            if node["kind"] == "constant":
                self._texts[identifier] = repr(node["value"])
            elif node["kind"] == "variable":
                name = self._name(node)
                leaves.append(f"{name} = {self.leaf.format(number=repr(node['value']))}")
                self._texts[identifier] = name
            else:
                written = self._expression(node)
                if node["label"] or self._uses[identifier] != 1 or len(written) > 72:
                    name = self._name(node)
                    results.append(f"{name} = {written}")
                    written = name
                self._texts[identifier] = written
        root = self._texts[self._root]
        named = [node for node in self._nodes if node["kind"] == "variable"]
        shown = [f"print({self._texts[node['id']]}.grad)" for node in named]
        return "\n".join([self.imports, "", *leaves, *results, f"{root}.backward()", *shown, ""])

    def _name(self, node: Node) -> str:
        wanted = re.sub(r"\W+", "_", node["label"] or f"v{node['id']}").strip("_") or "v"
        name = wanted
        number = 2
        while name in self._taken:
            name, number = f"{wanted}_{number}", number + 1
        self._taken.add(name)
        return name

    def _expression(self, node: Node) -> str:
        operands = [self._operand(parent) for parent in node["parents"]]
        if node["op"] in _BINARY:
            constants = [f"{number!r}" for number in node["constants"]]
            left, right = [*operands, *constants]
            if all(self._nodes[parent]["kind"] == "constant" for parent in node["parents"]):
                left = self._as_leaf(left)
            return f"{left} {_BINARY[node['op']]} {right}"
        if node["op"] == "neg":
            return f"-{operands[0]}"
        first = self._nodes[node["parents"][0]]
        if first["kind"] == "constant":
            operands[0] = self._as_leaf(operands[0])
        return self._function(node, operands)

    def _operand(self, parent: int) -> str:
        written = self._texts[parent]
        return written if re.fullmatch(r"[\w.]+(\(.*\))?", written) else f"({written})"

    def _as_leaf(self, number: str) -> str:
        return self.leaf.format(number=number)

    def _function(self, node: Node, operands: list[str]) -> str:
        constants = [
            f"{end}={number!r}"
            for end, number in zip(self.clamp_ends, node["constants"], strict=False)
            if number is not None
        ]
        return f"{operands[0]}.{node['op']}({', '.join([*operands[1:], *constants])})"


class _Torch(_Program):
    imports = "import torch\n\ntorch.set_default_dtype(torch.float64)"
    leaf = "torch.tensor({number}, requires_grad=True)"
    clamp_ends = ("min", "max")

    def _as_leaf(self, number: str) -> str:
        return f"torch.tensor({number})"

    def _function(self, node: Node, operands: list[str]) -> str:
        if node["op"] in ("max", "min"):
            both = [
                self._as_leaf(operand) if self._nodes[parent]["kind"] == "constant" else operand
                for operand, parent in zip(operands, node["parents"], strict=True)
                if not operand.startswith("torch.tensor(")
            ]
            both = [*(o for o in operands if o.startswith("torch.tensor(")), *both]
            return f"torch.{node['op']}imum({', '.join(both)})"
        return super()._function(node, operands)


class _Micrograd(_Program):
    leaf = "Value({number})"
    clamp_ends = ("low", "high")

    def __init__(self, graph: dict[str, Any]) -> None:
        super().__init__(graph)
        used = {node["op"] for node in self._nodes if node["op"]}
        powers = [node for node in self._nodes if node["op"] == "pow" and not node["constants"]]
        if used <= _MICROGRAD_KNOWS and not powers:
            self.imports = "from micrograd.engine import Value"
        else:
            self.imports = "from engine.scalar import Value  # micrograd's interface, and more"
