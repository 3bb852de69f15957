"""Snippets of arithmetic or everyday PyTorch, interpreted into a graph with its chain rule.

``run(text)`` gives a ``Result`` or a ``SnippetError``. ``Result.to_json()``:

    dialect   "plain" | "torch" | "micrograd". In plain arithmetic every number that gets a name is
              a leaf, and the backward pass starts by itself from the last result.
    graph     null, or the graph of the last backward pass:
      root      id of the node L that the gradients belong to
      nodes     in forward order; a node's id is its place in the list
        id, kind      kind "variable" (a leaf with a name), "constant" (without) or "result"
        op            name of the operation ("mul", "cross_entropy", ...); null for leaves
        symbol        what to draw for it ("×", "^2", "ReLU"); null for leaves
        formula       of the result; operands a, b (A, B for whole arrays); null for leaves
        constants     operands that are no nodes, such as the exponent of ^2; null for an end of
                      clamp that is left open
        label, names  the first of its names, or null; all of its names
        shape         [] for a number, [rows, columns] for a matrix
        value         a number, or nested lists; null above 64 elements
        range         [smallest, largest] of an array; null for a number
        gradient      dL/dnode of this pass, in the shape of value; null where none flows
        accumulated   a leaf's .grad after the pass: differs from gradient when passes add up
        parents       ids of its operands, in order (twice the same id in a * a)
        span          where it was written {line, column, end_line, end_column}, or null
        literals      where the numbers that a leaf holds were written, row by row, and null for one
                      that was not; null where none was: they can be dragged
      edges     one for each operand of each result
        id, from, to, operand   from the operand (its place, from 0) to the result
        formula       of the local derivative: operands a, b and result y; for whole arrays what
                      the operand receives, with G for dL/dresult
        local         the local derivative's value, which may broadcast; null for whole arrays
        contribution  what the operand receives on this edge: the sum of an operand's
                      contributions is its gradient
      forward   ids in the order of the forward pass
      backward  ids in the order of the backward pass: at each its gradient is complete, and its
                edges deliver their contributions; empty when there was no backward()
    printed   [{line, text}], with tensors as PyTorch prints them
    grads     {name: .grad at the end} of the leaves that have a name and a gradient
    passes    value of the root of each backward pass: a training loop's losses
    notes     [{kind, line, column, end_line, end_column, message}]; kinds: "comment-differs",
              "accumulated", "same-graph-again", "import-missing", "intermediate-gradient",
              "broadcast-loss", "no-backward"

Everything is computed in float64, where PyTorch's default is float32. What PyTorch shares as a
view (``w[0]``, ``w.T``) is a value of its own here: a later change of ``w`` in place does not
reach it.

Lines count from 1. Columns count characters (code points) from 0; ends are exclusive.
"""

from app.snippet.errors import SnippetError
from app.snippet.limits import Limits
from app.snippet.program import Result, run

__all__ = ["Limits", "Result", "SnippetError", "run"]
