"""Where the numbers of a leaf stand in a snippet, so that they can be dragged there."""

import ast


def written_numbers(syntax: ast.expr) -> list[ast.expr | None]:
    """The numbers in nested lists, row by row; None for one that is not simply written there."""
    if isinstance(syntax, (ast.List, ast.Tuple)):
        return [number for item in syntax.elts for number in written_numbers(item)]
    return [syntax if _is_written(syntax) else None]


def _is_written(syntax: ast.expr) -> bool:
    """Whether an expression is a number as it is written, with or without a sign."""
    if isinstance(syntax, ast.UnaryOp) and isinstance(syntax.op, (ast.USub, ast.UAdd)):
        syntax = syntax.operand
    return isinstance(syntax, ast.Constant) and type(syntax.value) in (int, float)
