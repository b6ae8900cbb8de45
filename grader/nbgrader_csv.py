"""nbgrader's own CSV, made by nbgrader's own exporter.

That exporter puts no quotes around a name with a comma, and writes in whatever encoding the system has. So it is given
numbers in place of texts, and the texts are put in afterwards. All else is as it does it: whoever handed in nothing has
0 points there, and no time. No byte order mark: programs read this file.
"""

from __future__ import annotations

import csv
import logging
import tempfile
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from grader.cells import key_cell, text_cell
from grader.marklist import MarkList, Sheet

__all__ = ["nbgrader_sheet"]

_NEVER = datetime.min
_KEYS, _TEXTS = ("assignment", "student_id", "email"), ("last_name", "first_name")


def nbgrader_sheet(marks: MarkList) -> Sheet:
    """The rows of the file that `nbgrader export` writes."""
    from nbgrader.plugins import CsvExportPlugin

    view = _View(marks)
    with tempfile.TemporaryDirectory(prefix="dojo-") as folder:
        target = Path(folder, "grades.csv")
        exporter = CsvExportPlugin()
        exporter.log = logging.getLogger("grader.quiet")
        exporter.to = str(target)
        exporter.export(view)
        with target.open(encoding="utf-8", newline="") as file:
            heads, *rows = csv.reader(file)
    texts = [heads, *([view.text(head, word) for head, word in zip(heads, row, strict=True)] for row in rows)]
    return Sheet(tuple(texts), len(view.students), len(rows) - view.missing, (), mark=False)


class _View:
    """As much of nbgrader's gradebook as its exporter asks for, with numbers for texts."""

    def __init__(self, marks: MarkList) -> None:
        self._marks = marks
        self._texts: list[str] = []
        self.missing = 0
        self.assignments = [
            SimpleNamespace(name=self._code(one.name), duedate=one.due, max_score=one.most)
            # As nbgrader sorts them, those without a date first.
            for one in sorted(marks.assignments, key=lambda one: (one.due is not None, one.due or _NEVER, one.name))
        ]
        self.students = [
            SimpleNamespace(
                id=self._code(one.id),
                last_name=self._code(one.last),
                first_name=self._code(one.first),
                email=self._code(one.email),
            )
            for one in sorted(marks.book.students, key=lambda one: (one.last, one.first, one.id))
        ]

    def find_submission(self, assignment: str, student: str) -> Any:
        """The submission behind two numbers."""
        from nbgrader.api import MissingEntry

        entry = self._marks.entry(self._texts[int(assignment)], self._texts[int(student)])
        if entry is None:
            self.missing += 1
            raise MissingEntry
        return SimpleNamespace(timestamp=entry.handed_in, score=entry.points, late_submission_penalty=entry.penalty)

    def text(self, head: str, word: str) -> str:
        """The cell as it is written."""
        if head not in (*_KEYS, *_TEXTS):
            return word
        text = self._texts[int(word)]
        key = key_cell(text) if head in _KEYS else None
        return text_cell(text) if key is None else key

    def _code(self, text: str) -> str:
        self._texts.append(text)
        return str(len(self._texts) - 1)
