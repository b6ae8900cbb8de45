"""A lab's own cells, compiled once for a whole class: by the supervisor, which runs none of them.

Parsing and compiling a lab's tests takes longer than running many of them. What goes to a child with the cell's text is
Python's own form of its code; only the supervisor speaks on that channel. A child that has been told to treat cells in
another way since (a transformer, an import from `__future__`) compiles the text itself.
"""

from __future__ import annotations

import ast
import base64
import hashlib
import marshal
import re
import warnings
from functools import lru_cache
from types import CodeType
from typing import Any

from grader.quickcell import is_plain, may_await

__all__ = ["code_name", "codes_of", "compiled", "two_codes", "without_magics"]

_MAGIC = re.compile(r"%([a-z_]\w*)(?: ([\w./=,-]+(?: [\w./=,-]+)*))?")


@lru_cache(maxsize=1024)
def compiled(text: str) -> str:
    """The cell's code as text; empty where IPython may have more to say about the cell, or Python warns of it."""
    plain = without_magics(text)
    if not is_plain(plain) or may_await(plain):
        return ""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            codes = two_codes(ast.parse(plain).body, code_name(text), _compile)
        except (SyntaxError, ValueError, RecursionError, MemoryError, Warning):
            return ""
    return base64.b64encode(marshal.dumps(codes)).decode() if codes else ""


def without_magics(text: str) -> str:
    """The cell with its first lines as IPython writes them for Python, where they are simple line magics. Further down
    such a line may be part of a text or of a bracket, which only IPython can tell."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        found = _MAGIC.fullmatch(line)
        if found is None:
            break
        lines[number] = f"get_ipython().run_line_magic({found[1]!r}, {found[2] or ''!r})"
    return "\n".join(lines)


def codes_of(text: str) -> list[CodeType]:
    """What `compiled` has made."""
    codes: list[CodeType] = marshal.loads(base64.b64decode(text))
    return codes


def code_name(text: str) -> str:
    """The file's name in such code, and in tracebacks."""
    return f"<ipython-input-lab-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}>"


def two_codes(statements: list[ast.stmt], name: str, compiler: Any) -> list[CodeType] | None:
    """A cell's code: all but a last expression, and that; None where a statement can't be compiled, or waits. Then
    those before it are still to be run."""
    last = statements[-1:] if statements and isinstance(statements[-1], ast.Expr) else []
    first = statements[: len(statements) - len(last)]
    try:
        codes = [compiler(ast.Module(first, []), name, "exec")] if first else []
        return [*codes, compiler(ast.Interactive(last), name, "single")] if last else codes
    except Exception:
        return None


def _compile(tree: ast.Module | ast.Interactive, name: str, mode: str) -> CodeType:
    code: CodeType = compile(tree, name, mode, dont_inherit=True)
    return code
