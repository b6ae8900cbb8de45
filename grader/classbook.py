"""The gradebook of a whole course, read at once: who is in it, what was released, what everybody has.

Covered: nothing is written, whatever state the gradebook is in; a few questions to the database, however many students;
points, penalties and what waits for a person are nbgrader's own sums. A gradebook that another program keeps locked, an
older nbgrader's, or a damaged one is a sentence.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dojo.errors import DojoError
from grader.coursefolder import CourseFolder, unusable
from grader.roster import Student

__all__ = ["ClassBook", "Entry", "Grade", "Released", "read_book"]

_PATIENCE_S = 10  # for another program to let go of the gradebook


@dataclass(frozen=True)
class Grade:
    """The points of one cell, as nbgrader counts them: a person's before the tests', extra credit added."""

    points: float
    waits: bool = False


@dataclass(frozen=True)
class Entry:
    """One student's submission. Times are UTC without a zone, as nbgrader keeps them; `due` counts an extension.
    `grades` are by (notebook, cell)."""

    student: str
    assignment: str
    handed_in: datetime | None = None
    due: datetime | None = None
    penalty: float = 0.0
    grades: Mapping[tuple[str, str], Grade] = field(default_factory=dict)

    @property
    def points(self) -> float:
        """All points, before the penalty."""
        return math.fsum(grade.points for grade in self.grades.values())

    @property
    def total(self) -> float:
        """What counts, as nbgrader's exporter counts it: the penalty off, never below 0."""
        return max(0.0, self.points - self.penalty)

    @property
    def waits(self) -> bool:
        """Whether a person has something to mark in it."""
        return any(grade.waits for grade in self.grades.values())

    @property
    def late_s(self) -> float:
        """Seconds after it was due; 0 where either time is not known."""
        if self.handed_in is None or self.due is None:
            return 0.0
        return max(0.0, (self.handed_in - self.due).total_seconds())


@dataclass(frozen=True)
class Released:
    """An assignment that the gradebook knows. `cells` are the points of its graded cells by (notebook, cell)."""

    name: str
    due: datetime | None
    cells: Mapping[tuple[str, str], float]

    @property
    def most(self) -> float:
        return math.fsum(self.cells.values())


@dataclass(frozen=True)
class ClassBook:
    """The whole gradebook; `entries` are by (assignment, student)."""

    students: tuple[Student, ...]
    released: tuple[Released, ...]
    entries: Mapping[tuple[str, str], Entry]

    def of(self, assignment: str) -> list[Entry]:
        """All submissions of an assignment, by student."""
        return [self.entries[key] for key in sorted(self.entries) if key[0] == assignment]


def read_book(course: CourseFolder) -> ClassBook:
    """Read it; an empty one where the course has no gradebook yet."""
    if not course.has_gradebook():
        return ClassBook((), (), {})
    from sqlalchemy import create_engine
    from sqlalchemy.orm import Session

    url = course.db_url
    if url.startswith("sqlite:") and "?" not in url:
        url += f"?timeout={_PATIENCE_S}"
    engine = create_engine(url)
    try:
        # nbgrader's own Gradebook would make missing tables and write them.
        with _errors(), Session(engine) as session:
            released = _released(session)
            return ClassBook(_students(session), released, _entries(session))
    finally:
        engine.dispose()


@contextmanager
def _errors() -> Iterator[None]:
    """Turn what a database may say into a `DojoError` of one sentence."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except DBAPIError as error:
        said = str(error.orig or error).splitlines()[0]
        if "locked" in said or "busy" in said:
            raise DojoError("The gradebook is locked by another program; close that, and run this again.") from None
        raise DojoError(unusable(said)) from None


def _students(session: Any) -> tuple[Student, ...]:
    from nbgrader.api import Student as Row
    from sqlalchemy import select

    rows = session.execute(select(Row.id, Row.first_name, Row.last_name, Row.email, Row.lms_user_id)).all()
    return tuple(sorted((Student(*(str(word or "") for word in row)) for row in rows), key=lambda one: one.id))


def _released(session: Any) -> tuple[Released, ...]:
    from nbgrader.api import Assignment, GradeCell, Notebook, TaskCell
    from sqlalchemy import select

    cells: dict[str, dict[tuple[str, str], float]] = {}
    for table in (GradeCell, TaskCell):
        rows = session.execute(
            select(Notebook.assignment_id, Notebook.name, table.name, table.max_score).join(
                Notebook, Notebook.id == table.notebook_id
            )
        )
        for assignment, notebook, cell, most in rows:
            cells.setdefault(assignment, {})[notebook, cell] = float(most or 0.0)
    wanted = select(Assignment.id, Assignment.name, Assignment.duedate)
    found = [Released(name, due, cells.get(one, {})) for one, name, due in session.execute(wanted)]
    return tuple(sorted(found, key=lambda one: one.name))


def _entries(session: Any) -> dict[tuple[str, str], Entry]:
    from nbgrader.api import Assignment, SubmittedAssignment, SubmittedNotebook
    from sqlalchemy import func, select

    grades = _grades(session)
    penalties = dict(
        session.execute(
            select(SubmittedNotebook.assignment_id, func.sum(SubmittedNotebook.late_submission_penalty)).group_by(
                SubmittedNotebook.assignment_id
            )
        ).all()
    )
    one = SubmittedAssignment
    rows = session.execute(
        select(one.id, one.student_id, Assignment.name, one.timestamp, Assignment.duedate, one.extension).join(
            Assignment, Assignment.id == one.assignment_id
        )
    )
    found = {}
    for key, student, assignment, moment, due, extension in rows:
        if due is not None and extension is not None:
            due = due + extension
        penalty = float(penalties.get(key) or 0.0)
        found[assignment, student] = Entry(student, assignment, moment, due, penalty, grades.get(key, {}))
    return found


def _grades(session: Any) -> dict[str, dict[tuple[str, str], Grade]]:
    """Every grade, by the submission's id."""
    from nbgrader.api import BaseCell, Notebook, SubmittedNotebook
    from nbgrader.api import Grade as Row
    from sqlalchemy import select

    rows = session.execute(
        select(SubmittedNotebook.assignment_id, Notebook.name, BaseCell.name, Row.score, Row.needs_manual_grade)
        .join(SubmittedNotebook, SubmittedNotebook.id == Row.notebook_id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .join(BaseCell, BaseCell.id == Row.cell_id)
    )
    found: dict[str, dict[tuple[str, str], Grade]] = {}
    for submission, notebook, cell, score, waits in rows:
        found.setdefault(submission, {})[notebook, cell] = Grade(float(score or 0.0), bool(waits))
    return found
