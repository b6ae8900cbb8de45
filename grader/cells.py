"""Cells of a table that a spreadsheet or an LMS will open.

Covered: a text that a spreadsheet would take for a formula is shown as text (an apostrophe before it, as OWASP's page
"CSV Injection" advises, read 2026-11); commas, quotes, accents and emoji stay; line breaks and control characters
become spaces. An identifier must stay as it is, or the LMS matches nobody, so one that could run as a formula is none.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

__all__ = ["key_cell", "number_cell", "one_line", "table_text", "text_cell"]

_RUNS = tuple("=+-@＝＋－＠")  # noqa: RUF001  # spreadsheets take the wide ones for the narrow
# A sign before letters and digits alone can call nothing.
_HARMLESS = re.compile(r"[+\-@]?[\w.@+-]*\Z")
BOM = "\ufeff"


def text_cell(text: str) -> str:
    """A name, or any other text that only people read."""
    line = one_line(text)
    return f"'{line}" if line.startswith(_RUNS) else line


def key_cell(text: str) -> str | None:
    """An identifier, unchanged; None for one that a spreadsheet could run, or that holds more than one line."""
    if text != one_line(text):
        return None
    return text if not text.startswith(_RUNS) or _HARMLESS.match(text) else None


def number_cell(value: float) -> str:
    """Points with at most five decimals, as many as Moodle keeps."""
    return f"{value:.5f}".rstrip("0").rstrip(".") or "0"


def table_text(rows: Iterable[Sequence[str]], mark: bool) -> str:
    """Rows as CSV (RFC 4180). `mark` puts a byte order mark in front, without which Excel takes UTF-8 for another
    encoding and spoils accents."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return (BOM if mark else "") + text.getvalue()


def one_line(text: str) -> str:
    """The text in one line, without control characters; what joins emoji stays."""
    shown = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text)
    return " ".join(shown.split())
