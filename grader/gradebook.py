"""nbgrader's gradebook, written by one writer, a submission at a time, each in one transaction.

Covered: a submission's marks are all there or none; manual points, extra credit and comments stay as people wrote them;
what asks for a person's eye, and late penalties, are as nbgrader's own steps leave them; the database may be open in
nbgrader or the formgrader meanwhile, whose locks are waited for.

Not covered: two graders at once (see `grader.lock`), and a database that another program holds locked for minutes.

nbgrader's own helpers commit after each field and ask for each cell by itself; the same rows are written here with a
few statements, because a class of hundreds waits for them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from dojo.errors import DojoError
from grader.coursefolder import unusable
from grader.lab import ReleasedCell
from grader.marks import Mark
from grader.penalty import Penalty

__all__ = ["Book", "GradebookLockedError", "Standing", "never_released"]

T = TypeVar("T")
_LOCK_WAIT_S = 20  # SQLite's own wait, tried three times
_TRIES = 3


class GradebookLockedError(DojoError):
    """Another program keeps the database locked, or it is damaged; no submission can be written now."""


@dataclass(frozen=True)
class Standing:
    """What the gradebook says of one submission.

    `points` are all, before `penalty` for being late; `manual` says that it waits for a person; `marks` are the
    automatic points by "notebook/cell"; `time` is when it was handed in, empty where nobody knows.
    """

    points: float
    max: float
    manual: bool
    penalty: float
    time: str
    marks: dict[str, float | None]


@dataclass(frozen=True)
class _Notebook:
    """A released notebook's id, and the ids of its cells by name: those that get a grade, those that get a comment."""

    id: str
    graded: dict[str, str]
    commented: dict[str, str]


class Book:
    """The gradebook of one course; use it as a context manager."""

    def __init__(self, db_url: str, course_id: str, config: Any, root: Path) -> None:
        from nbgrader.api import Gradebook

        if db_url.startswith("sqlite:") and "?" not in db_url:
            db_url += f"?timeout={_LOCK_WAIT_S}"
        self._penalty = Penalty(config, root)
        self._layouts: dict[str, tuple[str, dict[str, _Notebook]]] = {}
        self._book: Any = self._patiently(lambda: Gradebook(db_url, course_id))
        self._db: Any = self._book.db

    def __enter__(self) -> Book:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._book.close()

    def released(self, assignment: str) -> dict[str, dict[str, ReleasedCell]]:
        """The cells of each notebook as they were released; a `DojoError` if they never were."""
        from nbgrader.api import MissingEntry

        try:
            found = self._book.find_assignment(assignment)
        except MissingEntry:
            raise never_released(assignment) from None
        self._layouts[assignment] = found.id, {one.name: _layout(one) for one in found.notebooks}
        return {notebook.name: _released_cells(notebook) for notebook in found.notebooks}

    def roster(self) -> dict[str, bool]:
        """The students that the gradebook knows, and whether it knows more of them than their id."""
        return {one.id: bool(one.first_name or one.last_name or one.email) for one in self._book.students}

    def standings(self, assignment: str, student: str | None = None) -> dict[str, Standing]:
        """What the gradebook says of each submission of the assignment, or of one student's, by student."""
        return self._patiently(lambda: self._standings(assignment, student))

    def record(
        self,
        assignment: str,
        student: str,
        handed_in: datetime | None,
        notebooks: Mapping[str, Sequence[Mark]],
        create_student: bool = True,
    ) -> Standing:
        """Write one submission's marks in one transaction; gives what the gradebook says of it afterwards."""
        from nbgrader.api import SubmittedAssignment

        def write() -> None:
            try:
                one = self._submission(assignment, student, create_student)
                if handed_in is not None:
                    table = SubmittedAssignment.__table__
                    self._db.execute(table.update().where(table.c.id == one).values(timestamp=handed_in))
                written = [self._write_marks(one, assignment, name, marks) for name, marks in notebooks.items()]
                self._assign_penalties(one, student, written)
                self._db.commit()
            except BaseException:
                self._db.rollback()
                raise

        self._patiently(write)
        return self.standings(assignment, student)[student]

    def _standings(self, assignment: str, student: str | None) -> dict[str, Standing]:
        marks_of, totals_of = self._questions[student is not None]
        told = {"assignment": assignment, "student": student}
        try:
            marks: dict[str, dict[str, float | None]] = {}
            for whose, notebook, cell, score in self._db.execute(marks_of, told).all():
                marks.setdefault(whose, {})[f"{notebook}/{cell}"] = score
            totals = self._db.execute(totals_of, told).all()
        finally:
            # A read that stays open would keep other programs from writing.
            self._db.rollback()
        return {
            whose: Standing(
                points=float(score or 0),
                max=float(most or 0),
                manual=bool(manual),
                penalty=float(penalty or 0),
                time=moment.isoformat() if moment else "",
                marks=marks.get(whose, {}),
            )
            for whose, score, most, manual, penalty, moment in totals
        }

    @cached_property
    def _questions(self) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
        """What asks for the marks and the totals of an assignment: of all students, and of one. Made once: SQLAlchemy
        takes longer over a question than SQLite over its answer."""
        from nbgrader.api import Assignment, BaseCell, Grade, Notebook, SubmittedAssignment, SubmittedNotebook
        from sqlalchemy import bindparam, select

        marks = (
            select(SubmittedAssignment.student_id, Notebook.name, BaseCell.name, Grade.auto_score)
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
            .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
            .join(BaseCell, BaseCell.id == Grade.cell_id)
            .where(Assignment.name == bindparam("assignment"))
        )
        totals = (
            select(
                SubmittedAssignment.student_id,
                SubmittedAssignment.score,
                SubmittedAssignment.max_score,
                SubmittedAssignment.needs_manual_grade,
                SubmittedAssignment.late_submission_penalty,
                SubmittedAssignment.timestamp,
            )
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .where(Assignment.name == bindparam("assignment"))
        )
        one = SubmittedAssignment.student_id == bindparam("student")
        return (marks, totals), (marks.where(one), totals.where(one))

    def _submission(self, assignment: str, student: str, create_student: bool) -> str:
        """The id of the student's submission, made with all its empty grades and comments if there is none yet."""
        from nbgrader.api import Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook, new_uuid
        from sqlalchemy import insert, select

        assignment_id, notebooks = self._layouts[assignment]
        wanted = (SubmittedAssignment.assignment_id == assignment_id, SubmittedAssignment.student_id == student)
        found = self._db.execute(select(SubmittedAssignment.id).where(*wanted)).scalar_one_or_none()
        if found is not None:
            return str(found)
        if self._db.execute(select(Student.id).where(Student.id == student)).first() is None:
            if not create_student:
                raise DojoError(f"{student} is in no list of students; add them with `nbgrader db student add`.")
            self._db.execute(insert(Student.__table__), [{"id": student}])
        one = str(new_uuid())
        row = {"id": one, "assignment_id": assignment_id, "student_id": student}
        self._db.execute(insert(SubmittedAssignment.__table__), [row])
        for notebook in notebooks.values():
            own = str(new_uuid())
            row = {"id": own, "assignment_id": one, "notebook_id": notebook.id}
            self._db.execute(insert(SubmittedNotebook.__table__), [row])
            for table, cells in ((Grade.__table__, notebook.graded), (Comment.__table__, notebook.commented)):
                rows = [{"cell_id": cell, "notebook_id": own} for cell in cells.values()]
                if rows:
                    self._db.execute(insert(table), rows)
        return one

    def _write_marks(self, submission: str, assignment: str, name: str, marks: Sequence[Mark]) -> str:
        """Write the fields that nbgrader's SaveAutoGrades writes, by its rules; a person's are left alone. Gives the
        id of the submitted notebook."""
        from nbgrader.api import Comment, Grade, SubmittedNotebook
        from sqlalchemy import bindparam, select, update

        notebook = self._layouts[assignment][1][name]
        wanted = (SubmittedNotebook.assignment_id == submission, SubmittedNotebook.notebook_id == notebook.id)
        own = str(self._db.execute(select(SubmittedNotebook.id).where(*wanted)).scalar_one())
        rows = self._db.execute(select(Grade.cell_id, Grade.manual_score).where(Grade.notebook_id == own)).all()
        manual = {cell: score is not None for cell, score in rows}
        grades, comments = Grade.__table__, Comment.__table__
        told = [
            {
                "cell": (cell := notebook.graded[mark.name]),
                "auto": mark.auto,
                # For a missing notebook nbgrader asks nobody; else a person's earlier points are to be looked at again.
                "asks": not mark.final and (manual.get(cell, False) or mark.auto is None),
            }
            for mark in marks
            if mark.graded and mark.touch and mark.name in notebook.graded
        ]
        if told:
            one = update(grades).where(grades.c.notebook_id == own, grades.c.cell_id == bindparam("cell"))
            values: dict[str, Any] = {"auto_score": bindparam("auto"), "needs_manual_grade": bindparam("asks")}
            self._db.connection().execute(one.values(values), told)
        said = [
            {"cell": notebook.commented[mark.name], "said": mark.comment}
            for mark in marks
            if mark.name in notebook.commented and not mark.final
        ]
        if said:
            one = update(comments).where(comments.c.notebook_id == own, comments.c.cell_id == bindparam("cell"))
            self._db.connection().execute(one.values(auto_comment=bindparam("said")), said)
        return own

    def _assign_penalties(self, submission: str, student: str, notebooks: Sequence[str]) -> None:
        from nbgrader.api import Assignment, SubmittedAssignment, SubmittedNotebook
        from sqlalchemy import select, update

        table, submitted = SubmittedNotebook.__table__, SubmittedAssignment.__table__
        self._db.execute(update(table).where(table.c.id.in_(notebooks)).values(late_submission_penalty=None))
        times = select(submitted.c.timestamp, submitted.c.extension, Assignment.__table__.c.duedate)
        times = times.join(Assignment.__table__, Assignment.__table__.c.id == submitted.c.assignment_id)
        late = _seconds_late(*self._db.execute(times.where(submitted.c.id == submission)).one())
        if late > 0:
            self._db.expire_all()
            for own in notebooks:
                notebook = self._db.get(SubmittedNotebook, own)
                notebook.late_submission_penalty = self._penalty.points(student, notebook, late)

    def _patiently(self, do: Callable[[], T]) -> T:
        """Do it; wait and try again while another program holds the database locked."""
        from sqlalchemy.exc import DatabaseError

        for number in range(_TRIES):
            try:
                return do()
            except DatabaseError as error:
                said = str(error.orig or error)
                if "locked" not in said and "busy" not in said:
                    raise GradebookLockedError(unusable(said)) from None
                time.sleep(0.2 * (number + 1))
        raise GradebookLockedError(
            "The gradebook was locked by another program for a minute; close that, run this again."
        )


def _seconds_late(handed_in: datetime | None, extension: timedelta | None, due: datetime | None) -> float:
    """As nbgrader's `SubmittedAssignment.total_seconds_late`."""
    if handed_in is None or due is None:
        return 0.0
    return max(0.0, (handed_in - due - (extension or timedelta())).total_seconds())


def never_released(assignment: str) -> DojoError:
    """What to say of an assignment that the gradebook does not know."""
    return DojoError(
        f"{assignment} was never released; run `dojo course release`, or `nbgrader generate_assignment {assignment}` "
        "for one of your own."
    )


def _layout(notebook: Any) -> _Notebook:
    graded = {cell.name: cell.id for cell in (*notebook.grade_cells, *notebook.task_cells)}
    commented = {cell.name: cell.id for cell in (*notebook.solution_cells, *notebook.task_cells)}
    return _Notebook(notebook.id, graded, commented)


def _released_cells(notebook: Any) -> dict[str, ReleasedCell]:
    points = {cell.name: float(cell.max_score) for cell in (*notebook.grade_cells, *notebook.task_cells)}
    return {
        cell.name: ReleasedCell(cell.cell_type, cell.source or "", cell.checksum or "", points.get(cell.name))
        for cell in notebook.source_cells
    }
