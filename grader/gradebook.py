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
        self._statements = _Statements()

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

        def write() -> None:
            try:
                one = self._submission(assignment, student, create_student)
                if handed_in is not None:
                    told = {"submission": one, "moment": handed_in}
                    self._db.connection().execute(self._statements.hand_in, told)
                written = [self._write_marks(one, assignment, name, marks) for name, marks in notebooks.items()]
                self._assign_penalties(one, student, written)
                self._db.commit()
            except BaseException:
                self._db.rollback()
                raise

        self._patiently(write)
        return self.standings(assignment, student)[student]

    def _standings(self, assignment: str, student: str | None) -> dict[str, Standing]:
        marks_of, totals_of = self._statements.standings[student is not None]
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

    def _submission(self, assignment: str, student: str, create_student: bool) -> str:
        """The id of the student's submission, made with all its empty grades and comments if there is none yet."""
        from nbgrader.api import new_uuid

        say, does = self._statements, self._db.connection().execute
        assignment_id, notebooks = self._layouts[assignment]
        whose = {"assignment": assignment_id, "whose": student}
        found = does(say.submission, whose).scalar_one_or_none()
        if found is not None:
            return str(found)
        if does(say.student, whose).first() is None:
            if not create_student:
                raise DojoError(f"{student} is in no list of students; add them with `nbgrader db student add`.")
            does(say.new_student, [{"id": student}])
        one = str(new_uuid())
        does(say.new_submission, [{"id": one, "assignment_id": assignment_id, "student_id": student}])
        for notebook in notebooks.values():
            own = str(new_uuid())
            does(say.new_notebook, [{"id": own, "assignment_id": one, "notebook_id": notebook.id}])
            for statement, cells in ((say.new_grade, notebook.graded), (say.new_comment, notebook.commented)):
                if cells:
                    does(statement, [{"cell_id": cell, "notebook_id": own} for cell in cells.values()])
        return one

    def _write_marks(self, submission: str, assignment: str, name: str, marks: Sequence[Mark]) -> str:
        """Write the fields that nbgrader's SaveAutoGrades writes, by its rules; a person's are left alone. Gives the
        id of the submitted notebook."""
        say, does = self._statements, self._db.connection().execute
        notebook = self._layouts[assignment][1][name]
        own = str(does(say.notebook, {"submission": submission, "notebook": notebook.id}).scalar_one())
        manual = {cell: score is not None for cell, score in does(say.manual, {"own": own}).all()}
        told = [
            {
                "own": own,
                "cell": (cell := notebook.graded[mark.name]),
                "auto": mark.auto,
                # For a missing notebook nbgrader asks nobody; else a person's earlier points are to be looked at again.
                "asks": not mark.final and (manual.get(cell, False) or mark.auto is None),
            }
            for mark in marks
            if mark.graded and mark.touch and mark.name in notebook.graded
        ]
        if told:
            does(say.grade, told)
        said = [
            {"own": own, "cell": notebook.commented[mark.name], "said": mark.comment}
            for mark in marks
            if mark.name in notebook.commented and not mark.final
        ]
        if said:
            does(say.comment, said)
        return own

    def _assign_penalties(self, submission: str, student: str, notebooks: Sequence[str]) -> None:
        from nbgrader.api import SubmittedNotebook

        say, does = self._statements, self._db.connection().execute
        if notebooks:
            does(say.no_penalty, [{"own": own} for own in notebooks])
        late = _seconds_late(*does(say.times, {"submission": submission}).one())
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


class _Statements:
    """What is asked of the gradebook and told to it, over and over: SQLAlchemy takes longer to put a statement together
    than SQLite to do what it says."""

    def __init__(self) -> None:
        from nbgrader.api import (
            Assignment,
            BaseCell,
            Comment,
            Grade,
            Notebook,
            Student,
            SubmittedAssignment,
            SubmittedNotebook,
        )
        from sqlalchemy import bindparam, insert, select, update

        students, submissions = Student.__table__.c, SubmittedAssignment.__table__.c
        notebooks, grades, comments = SubmittedNotebook.__table__.c, Grade.__table__.c, Comment.__table__.c
        assignments = Assignment.__table__.c

        self.new_student, self.new_submission = insert(Student.__table__), insert(SubmittedAssignment.__table__)
        self.new_notebook, self.new_grade = insert(SubmittedNotebook.__table__), insert(Grade.__table__)
        self.new_comment = insert(Comment.__table__)

        theirs = (submissions.assignment_id == bindparam("assignment"), submissions.student_id == bindparam("whose"))
        self.submission = select(submissions.id).where(*theirs)
        self.student = select(students.id).where(students.id == bindparam("whose"))
        this = submissions.id == bindparam("submission")
        self.hand_in = update(SubmittedAssignment.__table__).where(this).values(timestamp=bindparam("moment"))
        both = SubmittedAssignment.__table__.join(Assignment.__table__, assignments.id == submissions.assignment_id)
        times = select(submissions.timestamp, submissions.extension, assignments.duedate)
        self.times = times.select_from(both).where(this)

        within = (notebooks.assignment_id == bindparam("submission"), notebooks.notebook_id == bindparam("notebook"))
        self.notebook = select(notebooks.id).where(*within)
        no_penalty = update(SubmittedNotebook.__table__).where(notebooks.id == bindparam("own"))
        self.no_penalty = no_penalty.values(late_submission_penalty=None)
        self.manual = select(grades.cell_id, grades.manual_score).where(grades.notebook_id == bindparam("own"))
        of_cell = (grades.notebook_id == bindparam("own"), grades.cell_id == bindparam("cell"))
        values: dict[str, Any] = {"auto_score": bindparam("auto"), "needs_manual_grade": bindparam("asks")}
        self.grade = update(Grade.__table__).where(*of_cell).values(**values)
        of_cell = (comments.notebook_id == bindparam("own"), comments.cell_id == bindparam("cell"))
        self.comment = update(Comment.__table__).where(*of_cell).values(auto_comment=bindparam("said"))

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
        # Of all students, and of one.
        self.standings = ((marks, totals), (marks.where(one), totals.where(one)))


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
