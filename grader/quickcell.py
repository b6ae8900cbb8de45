"""Answers about a cell's text that IPython finds by reading it token by token, found sooner for most cells.

That reading takes longer than most cells of a lab do. Each function here may say that it does not know, and IPython is
asked then; where one does say something, IPython would have said the same.
"""

from __future__ import annotations

import re

__all__ = ["is_plain", "may_await", "may_end_quietly"]

# Whatever may be a magic, a call to the system, a question for help or a prompt: at a line's start or end, or assigned.
# And a line of blanks, which IPython empties, within a text too.
_SPECIAL = re.compile(r"^[ \t\f]*(?:[%!?,;/]|>>>|\.\.\.|In\b)|\?[ \t]*(?:#.*)?$|=[ \t\\]*[%!]|^[ \t]+$", re.MULTILINE)


def is_plain(text: str) -> bool:
    """Whether IPython would certainly leave the text as it is, but for a line break at its end."""
    return not text[:1].isspace() and "\r" not in text and _SPECIAL.search(text) is None


def may_await(text: str) -> bool:
    """Whether a statement outside of all functions may wait for something."""
    return "await" in text or "async" in text


def may_end_quietly(text: str) -> bool:
    """Whether the text may end in a semicolon, so that its last value is not shown."""
    for line in reversed(text.splitlines()):
        if ";" in line:
            return True
        if line.strip() and not line.lstrip().startswith("#"):
            return False
    return False
