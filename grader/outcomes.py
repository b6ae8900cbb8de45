"""How each test of a graded notebook ended, and what the student wrote, as `autograded/` has it.

Read-only; a notebook that is gone or can't be read is told apart from one in which nothing passed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from grader.coursefolder import CourseFolder
from grader.graded_cell import dojo_of, list_of, name_of, role_of, source_of
from grader.page import STOPPED

__all__ = ["Ended", "Outcome", "read_outcome"]

_LARGEST = 60_000_000  # bytes of a graded notebook


@dataclass(frozen=True)
class Ended:
    """How one tests cell ended: the grader's verdict, the kind of the error, its words, and the four parts of a test
    that speaks (call, reply, wanted, think)."""

    verdict: str
    error: str = ""
    message: str = ""
    parts: tuple[str, ...] = ()

    @property
    def unwritten(self) -> bool:
        unanswered = bool(self.parts) and self.parts[1].startswith("has no answer yet")
        return self.error == "NotImplementedError" or unanswered

    @property
    def stopped(self) -> bool:
        return self.verdict in STOPPED

    @property
    def reason(self) -> str:
        """Why it failed, in one line: the call and the reply where the test speaks."""
        return " ".join((" ".join(self.parts[:2]) if self.parts else self.message or self.error).split())


@dataclass(frozen=True)
class Outcome:
    """One student's graded notebooks. `tests` are by (notebook, cell), `texts` the student's code by cell; `whole` is
    false where a notebook could not be read."""

    student: str
    tests: Mapping[tuple[str, str], Ended]
    texts: Mapping[str, str]
    whole: bool


def read_outcome(course: CourseFolder, assignment: str, student: str, notebooks: Iterable[str]) -> Outcome:
    """Read one student's notebooks of an assignment."""
    tests: dict[tuple[str, str], Ended] = {}
    texts: dict[str, str] = {}
    whole = True
    for notebook in notebooks:
        cells = _cells(course, assignment, student, notebook)
        whole = whole and cells is not None
        for cell in cells or ():
            role, name = role_of(cell), name_of(cell)
            if role == "tests":
                tests[notebook, name] = _ended(dojo_of(cell))
            elif role in ("solution", "extra", "") and cell.get("cell_type") == "code":
                texts[name if name not in texts else f"{notebook}/{name}"] = source_of(cell)
    return Outcome(student, tests, texts, whole)


def _cells(course: CourseFolder, assignment: str, student: str, notebook: str) -> list[dict[str, Any]] | None:
    path = course.path("autograded", student, assignment) / f"{notebook}.ipynb"
    try:
        if path.stat().st_size > _LARGEST:
            return None
        content = json.loads(path.read_text(encoding="utf-8", errors="replace"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(content, dict):
        return None
    return [cell for cell in list_of(content.get("cells")) if isinstance(cell, dict)]


def _ended(dojo: Mapping[str, Any]) -> Ended:
    parts = dojo.get("parts")
    spoken = isinstance(parts, list) and len(parts) == 4 and all(isinstance(part, str) for part in parts)
    verdict, error, message = (str(dojo.get(key) or "") for key in ("verdict", "error", "message"))
    return Ended(verdict, error, message, tuple(parts) if spoken and isinstance(parts, list) else ())
