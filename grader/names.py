"""Which names the examiner's cells may ask the student's side for, told from their text.

What a student's cells bind beside them, a picture of their own or a table, need not cross: it would be compared at each
call of a test from then on.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable
from contextlib import suppress
from types import CodeType

from grader.quickcell import is_plain

__all__ = ["asked"]

_WORD = re.compile(r"[^\W\d]\w*")
# Ways to a name that does not stand in the text.
_ANY = re.compile(
    r"\b(?:globals|locals|vars|dir|eval|exec|compile|user_ns|get_ipython|currentframe|_getframe|f_globals|stack"
    r"|doctest|unittest|i?pytest|timeit)\b|(?<!__name__ == [\"'])\b__main__\b"
)


def asked(cells: Iterable[str], files: Iterable[str] = ()) -> tuple[str, ...] | None:
    """The names that these cells use, in order; None where they, or a Python file of the assignment, may use any."""
    texts = list(cells)
    if any(map(_ANY.search, (*texts, *files))):
        return None
    return tuple(sorted(set().union(*map(_used, texts))))


def _used(text: str) -> set[str]:
    """The names that a cell may look up; more than those where it can't be compiled as it stands."""
    if is_plain(text):
        with suppress(SyntaxError, ValueError, RecursionError, MemoryError), warnings.catch_warnings(action="ignore"):
            return _looked_up(compile(text, "cell", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True))
    return set(_WORD.findall(text))


def _looked_up(code: CodeType) -> set[str]:
    inner = (one for one in code.co_consts if isinstance(one, CodeType))
    return set(code.co_names).union(*map(_looked_up, inner))
