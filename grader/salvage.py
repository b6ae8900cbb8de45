"""What a cell that broke may still have bound: its definitions, which would be there in a kernel."""

from __future__ import annotations

import ast
from functools import lru_cache

__all__ = ["definitions"]

_KINDS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@lru_cache(maxsize=512)  # a class fails the same tests
def definitions(text: str) -> str:
    """The cell's top-level imports, functions, classes, and names for values that nothing is called for.

    Empty where there are none, or where the text is no Python.
    """
    lines = [line for line in text.splitlines() if not line.startswith(("%", "!"))]
    try:
        body = ast.parse("\n".join(lines)).body
        return "\n".join(ast.unparse(node) for node in body if isinstance(node, _KINDS) or _names_a_value(node))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""


def _names_a_value(node: ast.stmt) -> bool:
    if not isinstance(node, (ast.Assign, ast.AnnAssign)) or node.value is None:
        return False
    quick = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.BinOp, ast.Subscript, ast.Attribute, ast.comprehension)
    return not any(isinstance(part, quick) for part in ast.walk(node.value))
