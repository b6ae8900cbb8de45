"""What an export is made from, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass

from grader.classbook import ClassBook, Entry, Released
from grader.roster import Student

__all__ = ["MarkList", "Sheet"]


@dataclass(frozen=True)
class MarkList:
    """The marks of these students in these assignments."""

    students: tuple[Student, ...]
    assignments: tuple[Released, ...]
    book: ClassBook

    def entry(self, assignment: str, student: str) -> Entry | None:
        """A student's graded submission; None where there is none, which is not the same as 0 points."""
        return self.book.entries.get((assignment, student))


@dataclass(frozen=True)
class Sheet:
    """One table with its headings. `students` and `marks` are how many it holds; `notes` are sentences about what was
    left out; `mark` asks for a byte order mark."""

    rows: tuple[list[str], ...]
    students: int
    marks: int
    notes: tuple[str, ...]
    mark: bool
