"""A program as a row of words in which names, comments and layout no longer matter.

A name that the writer chose becomes one word for all; what a writer can't rename stays: keywords, built-in functions,
attributes, numbers, and the names that the lab gave. Strings are one word too; comments, blank space and strings that
stand alone (docstrings) are left out. Any text can be read, whole Python or not.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Collection
from dataclasses import dataclass

__all__ = ["Token", "tokens"]

_PIECES = re.compile(
    r"""(?P<space>\#[^\n]*|[ \t\f\r]+|\\\n)
      | (?P<line>\n)
      | (?P<text>(?:[rbfut]|rb|br|rf|fr|rt|tr)?(?:\"\"\"[\s\S]*?\"\"\"|'''[\s\S]*?'''
            |"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'))
      | (?P<number>(?:\d[\w.]*|\.\d\w*))
      | (?P<name>[^\W\d]\w*)
      | (?P<sign>\*\*=?|//=?|->|:=|[-+*/%&|^@=<>!]=|<<=?|>>=?|\.\.\.|[\s\S])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ENDS = re.compile(r"[ \t]*(#[^\n]*)?(\n|\Z)")
_FIXED = {*keyword.kwlist, *dir(builtins), "self", "cls", "match", "case"} - {"_"}
_NAME, _TEXT = "a name", "a text"


@dataclass(frozen=True)
class Token:
    """One word as it is compared, and the lines (from 1) on which it begins and ends."""

    word: str
    line: int
    last: int


def tokens(text: str, given: Collection[str] = ()) -> list[Token]:
    """The words of a program; `given` are names that the lab gave, which stay as they are."""
    found: list[Token] = []
    line, fresh, before = 1, True, ""
    for piece in _PIECES.finditer(text):
        kind, said = piece.lastgroup or "", piece[0]
        last = line + said.count("\n")
        if kind == "line":
            fresh = True
        elif kind == "text" and fresh and _ENDS.match(text, piece.end()):
            fresh = False  # a docstring
        elif kind != "space":
            word = _NAME if kind == "name" and not _stays(said, before, given) else _TEXT if kind == "text" else said
            found.append(Token(word, line, last))
            fresh, before = False, said
        line = last
    return found


def _stays(name: str, before: str, given: Collection[str]) -> bool:
    return before == "." or name in _FIXED or name in given
