"""`dojo course export`: the marks as files that nbgrader's users, Canvas and Moodle read.

Covered:
- points as nbgrader counts them: a person's before the tests', extra credit added, late penalties off
- whoever has no mark has none in Canvas and Moodle either, which is not 0
- a student's name, id or address can neither break a row nor run as a formula
- each file is there whole or not at all, and its owner's alone
- what is left out, or not final yet, is said in a sentence each

Not covered: whether the LMS knows the same people; its import page shows what will change.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dojo.errors import DojoError, UsageError
from dojo.files import write_whole
from grader.canvas import canvas_sheet
from grader.cells import table_text
from grader.classbook import ClassBook, Released, read_book
from grader.coursefolder import CourseFolder, open_course
from grader.marklist import MarkList, Sheet
from grader.moodle import moodle_sheet
from grader.nbgrader_csv import nbgrader_sheet
from grader.quick import import_nbgrader
from grader.roster import with_table
from grader.submitted import find_hand_ins

__all__ = ["FORMATS", "Exported", "Written", "export"]

FORMATS: dict[str, Callable[[MarkList], Sheet]] = {
    "nbgrader": nbgrader_sheet,
    "canvas": canvas_sheet,
    "moodle": moodle_sheet,
}


@dataclass(frozen=True)
class Written:
    """One file: how many students it lists, and how many marks."""

    format: str
    path: str
    students: int
    marks: int


@dataclass(frozen=True)
class Exported:
    """All files, and sentences about what is not in them or not final."""

    files: tuple[Written, ...]
    notes: tuple[str, ...]

    @property
    def fine(self) -> bool:
        return not self.notes

    def table(self) -> dict[str, Any]:
        """Plain data, for `--json`."""
        return {"files": [asdict(one) for one in self.files], "notes": list(self.notes)}

    def lines(self) -> list[str]:
        """The table for a terminal."""
        wide = max(len(one.format) for one in self.files)
        told = [f"{one.format:<{wide}}  {one.marks} marks of {one.students} students: {one.path}" for one in self.files]
        return [*told, *self.notes]


def export(
    course: Path, assignment: str | None = None, formats: Sequence[str] = (), roster: Path | None = None
) -> Exported:
    """Write the marks of one assignment, or of all, into `exports/`; in all formats, or in those named. `roster` is a
    table that knows more of the students than the gradebook, such as their SIS ids and sections."""
    chosen = _formats(formats)
    import_nbgrader()
    opened = open_course(course)
    name = opened.find_assignment(assignment) if assignment is not None else ""
    book = read_book(opened)
    if not opened.assignments():
        raise UsageError(f"{opened.root} has no assignments yet; release one with `dojo course release 1`.")
    students = tuple(sorted(with_table(book.students, roster).students, key=lambda one: (one.last, one.first, one.id)))
    if not students:
        raise DojoError(
            f"Nobody is in the class yet: the gradebook of {opened.root} has no students; "
            "see `dojo course collect`, or name a table of them with --roster."
        )
    marks = MarkList(students, _released(opened, book, name), book)
    files, notes = [], _open_ends(opened, marks)
    for one in chosen:
        sheet = FORMATS[one](marks)
        path = opened.root / "exports" / (f"{name}-{one}.csv" if name else f"{one}.csv")
        write_whole(path, table_text(sheet.rows, sheet.mark), private=True)
        files.append(Written(one, str(path), sheet.students, sheet.marks))
        notes += sheet.notes
    return Exported(tuple(files), tuple(dict.fromkeys(notes)))


def _formats(words: Sequence[str]) -> list[str]:
    for word in words:
        if word not in FORMATS:
            near = difflib.get_close_matches(word, FORMATS, n=1)
            raise UsageError(
                f"There is no format {word!r}; "
                + (f"did you mean {near[0]}?" if near else f"there are {', '.join(FORMATS)}.")
            )
    return list(dict.fromkeys(words or FORMATS))


def _released(course: CourseFolder, book: ClassBook, name: str) -> tuple[Released, ...]:
    """The assignments to write, all with a mark in them if none is named."""
    graded = {assignment for assignment, _ in book.entries}
    found = tuple(one for one in book.released if one.name in graded and (not name or one.name == name))
    if not found:
        word = name or course.assignments()[0]
        raise DojoError(
            f"{name or 'Nothing'} is {'not ' if name else ''}graded yet; do it with `dojo course grade {word}`."
        )
    return found


def _open_ends(course: CourseFolder, marks: MarkList) -> list[str]:
    """What may still change the marks."""
    notes = []
    for one in marks.assignments:
        entries = marks.book.of(one.name)
        waits = [entry.student for entry in entries if entry.waits]
        if waits:
            notes.append(f"{one.name}: {_answers(len(waits))} for a person, so these marks may rise: {_listed(waits)}.")
        graded = {entry.student for entry in entries}
        rest = [hand_in.student for hand_in in find_hand_ins(course, one.name) if hand_in.student not in graded]
        if rest:
            notes.append(f"{one.name}: handed in and not graded, so without a mark here: {_listed(rest)}.")
    return notes


def _answers(count: int) -> str:
    return "the answers of 1 student wait" if count == 1 else f"the answers of {count} students wait"


def _listed(students: Sequence[str]) -> str:
    return ", ".join(students[:5]) + (f" and {len(students) - 5} more" if len(students) > 5 else "")
