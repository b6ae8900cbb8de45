"""What the gradebook says of one student's notebook: points, who gave them, and comments. Read, never written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from dojo.errors import DojoError
from grader.coursefolder import CourseFolder

__all__ = ["Score", "Scores", "graded_submissions", "scores_of"]


@dataclass(frozen=True)
class Score:
    """The points of one cell. `waits`: a person has yet to mark it. `person`: a person gave these points. `changed`:
    and they are not what the tests came to."""

    points: float
    most: float
    waits: bool = False
    person: bool = False
    changed: bool = False
    extra: float = 0.0

    @property
    def full(self) -> bool:
        """Whether nothing is left to win; six times a sixth is one."""
        return self.points >= self.most - 1e-6


@dataclass(frozen=True)
class Scores:
    """All of one notebook, by the name of its cells. `comments` are a person's, `remarks` the grader's own.
    `handed_in` is a time in words, or ""."""

    assignment: str
    notebook: str
    student: str
    grades: dict[str, Score]
    comments: dict[str, str]
    remarks: dict[str, str] = field(default_factory=dict)
    penalty: float = 0.0
    handed_in: str = ""


@contextmanager
def graded_submissions(course: CourseFolder, assignment: str) -> Iterator[list[Any]]:
    """nbgrader's submissions of an assignment, by student; a `DojoError` if nothing of it was ever graded."""
    again = f"grade it first with `dojo course grade {assignment}`."
    if not course.has_gradebook():
        raise DojoError(f"{course.root} has no gradebook yet; {again}")
    from nbgrader.api import MissingEntry

    with course.gradebook() as gradebook:
        try:
            gradebook.find_assignment(assignment)
        except MissingEntry:
            raise DojoError(f"{assignment} is not graded yet; {again}") from None
        yield sorted(gradebook.assignment_submissions(assignment), key=lambda one: str(one.student.id))


def scores_of(notebook: Any) -> Scores:
    """Read nbgrader's `SubmittedNotebook`."""
    submission, student = notebook.assignment, notebook.student
    name = f"{student.first_name or ''} {student.last_name or ''}".strip()
    return Scores(
        assignment=submission.name,
        notebook=notebook.name,
        student=f"{name} ({student.id})" if name else student.id,
        grades={grade.name: _score(grade) for grade in notebook.grades},
        comments={one.name: one.manual_comment for one in notebook.comments if one.manual_comment},
        remarks={
            one.name: one.auto_comment for one in notebook.comments if one.auto_comment and one.manual_comment is None
        },
        penalty=float(notebook.late_submission_penalty or 0.0),
        handed_in=f"{submission.timestamp:%Y-%m-%d %H:%M} UTC" if submission.timestamp else "",
    )


def _score(grade: Any) -> Score:
    manual, auto = grade.manual_score, grade.auto_score
    return Score(
        points=float(grade.score or 0.0),
        most=float(grade.max_score or 0.0),
        waits=bool(grade.needs_manual_grade) and manual is None,
        person=manual is not None,
        changed=manual is not None and auto is not None and manual != auto,
        extra=float(grade.extra_credit or 0.0),
    )
