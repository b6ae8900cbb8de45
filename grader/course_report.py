"""`dojo course report`: a whole course, or one lab of it, as one page, a table and a few lines.

Covered:
- one HTML file with nothing to load and nothing that runs; what students wrote or are called is text wherever it stands
- the page and the table are the teacher's alone (mode 0600), each there whole or not at all
- nothing is written into the gradebook; where one notebook can't be read, the rest is reported all the same

Not covered: hours of work, which nobody measures; the report has the time from release to hand-in, and calls it that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dojo.errors import DojoError, UsageError
from dojo.files import write_whole
from dojo.release import release_times
from grader.cells import key_cell, number_cell, table_text, text_cell
from grader.classbook import ClassBook, Entry, Released, read_book
from grader.course_page import render
from grader.coursefolder import CourseFolder, open_course
from grader.overview import Overview
from grader.overview_build import overview
from grader.pool import Marker
from grader.quick import import_nbgrader
from grader.roster import Student

__all__ = ["CourseReport", "course_report"]

_HEADS = (
    "student",
    "last_name",
    "first_name",
    "assignment",
    "state",
    "points",
    "possible",
    "penalty",
    "waits_for_a_person",
    "handed_in_utc",
    "due_utc",
    "late_hours",
    "days_since_release",
)


@dataclass(frozen=True)
class CourseReport:
    """Everything that the page shows. `page` and `csv` are where it was written, "" before."""

    course: str
    made: datetime
    students: tuple[Student, ...]
    labs: tuple[Overview, ...]
    page: str = ""
    csv: str = ""

    @property
    def fine(self) -> bool:
        return not any(one.unread for one in self.labs)

    def table(self) -> dict[str, Any]:
        """Plain data, for `--json`."""
        labs = [one.table() for one in self.labs]
        return {"course": self.course, "made": self.made, "page": self.page, "csv": self.csv, "labs": labs}

    def lines(self) -> list[str]:
        """The short report for a terminal."""
        told = [line for one in self.labs for line in (*one.lines(), "")]
        return [*told, f"The report: {self.page}", f"Its table: {self.csv}"]


def course_report(
    course: Path,
    assignment: str | None = None,
    say: Callable[[str], None] = lambda _: None,
    marker: Marker | None = None,
) -> CourseReport:
    """Write the report on one assignment, or on all that were released, into `reports/`."""
    report, folder, name = _read(course, assignment, say, marker)
    page, table = folder / f"{name}.html", folder / f"{name}.csv"
    write_whole(page, render(report), private=True)
    write_whole(table, table_text([list(_HEADS), *_rows(report)], mark=True), private=True)
    return CourseReport(report.course, report.made, report.students, report.labs, str(page), str(table))


def _read(
    course: Path, assignment: str | None, say: Callable[[str], None], marker: Marker | None
) -> tuple[CourseReport, Path, str]:
    import_nbgrader()
    opened = open_course(course)
    name = opened.find_assignment(assignment) if assignment is not None else ""
    book = read_book(opened)
    released = _released(opened, book, name)
    times = release_times(opened.root)
    labs = tuple(overview(opened, book, one, times.get(one.name), say, marker) for one in released)
    known = {one.id: one for one in book.students}
    known |= {one: Student(one) for lab in labs for one in lab.ungraded if one not in known}
    students = sorted(known.values(), key=lambda one: (one.last.casefold(), one.first.casefold(), one.id))
    made = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    report = CourseReport(opened.course_id or opened.root.name, made, tuple(students), labs)
    return report, opened.root / "reports", name or "report"


def _released(course: CourseFolder, book: ClassBook, name: str) -> list[Released]:
    if not course.assignments():
        raise UsageError(f"{course.root} has no assignments yet; release one with `dojo course release 1`.")
    if not book.students:
        raise DojoError(
            f"Nobody is in the class yet: the gradebook of {course.root} has no students; see `dojo course collect` "
            "and `dojo course grade`."
        )
    found = [one for one in book.released if not name or one.name == name]
    if not any(book.of(one.name) for one in found):
        what = f"{name} is not" if name else "Nothing is"
        raise DojoError(f"{what} graded yet; do it with `dojo course grade {name or course.assignments()[0]}`.")
    return found


def _rows(report: CourseReport) -> list[list[str]]:
    """A row for each student and lab."""
    rows = []
    for lab in report.labs:
        entries = {one.student: one for one in lab.entries}
        for student in report.students:
            entry = entries.get(student.id)
            state = "not graded" if student.id in lab.ungraded else "nothing handed in"
            rows.append(
                [*_who(student), text_cell(lab.assignment), *(_marks(lab, entry) if entry else _none(lab, state))]
            )
    return rows


def _who(student: Student) -> list[str]:
    return [key_cell(student.id) or text_cell(student.id), text_cell(student.last), text_cell(student.first)]


def _none(lab: Overview, state: str) -> list[str]:
    return [state, "", number_cell(lab.possible), "", "", "", _moment(lab.due), "", ""]


def _marks(lab: Overview, entry: Entry) -> list[str]:
    moment = entry.handed_in
    days = (moment - lab.released).total_seconds() / 86_400 if moment and lab.released else None
    return [
        "graded",
        number_cell(entry.total),
        number_cell(lab.possible),
        number_cell(entry.penalty),
        "yes" if entry.waits else "no",
        _moment(moment),
        _moment(entry.due),
        number_cell(round(entry.late_s / 3600, 2)) if moment and entry.due else "",
        number_cell(round(days, 2)) if days is not None and days >= 0 else "",
    ]


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
