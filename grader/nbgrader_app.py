"""The formgrader's Autograde button, and `nbgrader autograde`, with this grader behind them.

A course's configuration names the class below as the exporter of nbgrader's Autograde step. nbgrader makes its
exporter once, after it has looked which hand-ins are meant and before it converts the first of them; at that moment the
grader does all of them, and nothing is left for nbgrader to convert.
"""

from __future__ import annotations

import fnmatch
import logging
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbgrader.converters.base import NbGraderException

from dojo.errors import DojoError
from grader.coursefolder import CourseFolder
from grader.inert import one_line
from grader.progress import Plain
from grader.rows import Report
from grader.run import grade_in
from grader.settings import read_settings
from grader.submitted import find_hand_ins

__all__ = ["GraderExporter"]


class GraderExporter(NotebookExporter):  # type: ignore[misc]  # nbconvert has no types
    """Grades what nbgrader's Autograde step was asked for, as soon as that step makes it."""

    def __init__(self, parent: Any = None, **kwargs: Any) -> None:
        super().__init__(parent=parent, **kwargs)
        if hasattr(parent, "coursedir") and hasattr(parent, "assignments"):
            # Whatever happens, nbgrader itself converts nothing.
            parent.assignments = {}
            _grade_for(parent)


def _grade_for(step: Any) -> None:
    """Grade for one of nbgrader's Autograde steps; what was refused becomes the error that nbgrader would raise."""
    coursedir, assignment = step.coursedir, step.coursedir.assignment_id
    course = CourseFolder.of(coursedir, step.config)
    hand_ins = find_hand_ins(course, assignment)
    out = [name.strip() for name in coursedir.student_id_exclude.split(",")]
    meant = [one.student for one in hand_ins if fnmatch.fnmatchcase(one.student, coursedir.student_id)]
    meant = [student for student in meant if student not in out]
    try:
        unsafe = read_settings(step.config, assignment).unsafe
        progress = Plain(_Lines(step.log))
        report = grade_in(course, assignment, meant, unsafe=unsafe, again=step.force, progress=progress)
    except DojoError as error:
        step.log.error(str(error))
        raise NbGraderException(str(error)) from None
    _tell(report, step.log)


def _tell(report: Report, log: logging.Logger) -> None:
    for note in report.notes:
        log.warning(note)
    for row in report.refused:
        log.error(one_line(f"{row.student}: {row.note}"))
    if report.refused:
        raise NbGraderException(one_line(" ".join(f"{row.student}: {row.note}" for row in report.refused)))


class _Lines:
    """A log, to be written to as to a text file."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log

    def write(self, text: str) -> int:
        for line in text.splitlines():
            self._log.info(line)
        return len(text)

    def flush(self) -> None: ...
