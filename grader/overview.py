"""`dojo course report`: where a class stands in one assignment, test by test, and what went wrong most often."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from grader.coursefolder import CourseFolder, open_course
from grader.inert import one_line
from grader.page import STOPPED, UNWRITTEN, Page, Test, number
from grader.page_build import BARE, build_page
from grader.scores import graded_submissions, scores_of
from grader.submitted import find_hand_ins

__all__ = ["Overview", "Tally", "overview"]

_REASONS = 3  # of each test, the most frequent
_SHORT = 160  # characters of a reason in a terminal


@dataclass
class Tally:
    """How one test went for the class. `reasons` are messages with the number of students who got them."""

    part: str
    test: str
    points: float
    passed: int = 0
    unwritten: int = 0
    stopped: int = 0
    not_yet: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def students(self) -> int:
        return self.passed + self.unwritten + self.stopped + self.not_yet


@dataclass(frozen=True)
class Overview:
    """One assignment in one class. `totals` are the points that count, a student each, lowest first."""

    assignment: str
    possible: float
    totals: tuple[float, ...]
    waiting: tuple[str, ...]
    ungraded: tuple[str, ...]
    silent: tuple[str, ...]
    unread: tuple[str, ...]
    tallies: tuple[Tally, ...]

    def table(self) -> dict[str, Any]:
        """Plain data, for `--json`."""
        tests = [{**asdict(one), "reasons": one.reasons.most_common(_REASONS)} for one in self.tallies]
        rest = {name: value for name, value in asdict(self).items() if name != "tallies"}
        return {**rest, "tests": tests}

    def lines(self) -> list[str]:
        """The report for a terminal."""
        lines = [f"{self.assignment}: {_students(len(self.totals))} graded, {len(self.silent)} handed in nothing."]
        if self.totals:
            low, middle, high = (number(one) for one in (self.totals[0], median(self.totals), self.totals[-1]))
            lines.append(
                f"Points: from {low} to {high} of {number(self.possible)}; the middle of the class has {middle}."
            )
        named = (("Wait for a person", self.waiting), ("Not graded", self.ungraded), ("Nothing from", self.silent))
        for text, students in named:
            if students:
                lines.append(f"{text}: {', '.join(students)}.")
        lines += [
            f"{student}: the graded notebook is not there or can't be read; grade it again." for student in self.unread
        ]
        part = ""
        wide = max([len(one.test) for one in self.tallies] or [0])
        for one in self.tallies:
            lines += ["", one.part] if one.part != part else []
            part = one.part
            lines.append(f"  {one.test:<{wide}}  {one.passed} of {one.students} passed{_others(one)}")
            for reason, times in one.reasons.most_common(_REASONS):
                short = reason if len(reason) <= _SHORT else f"{reason[:_SHORT]} ..."
                lines.append(f"      {times} x  {short}")
        return [one_line(one) for one in lines]


def overview(course: Path, assignment: str) -> Overview:
    """Read what grading left behind; nothing is run and nothing written."""
    opened = open_course(course)
    name = opened.find_assignment(assignment)
    tallies: dict[tuple[str, str], Tally] = {}
    totals: list[float] = []
    waiting: list[str] = []
    unread: list[str] = []
    with graded_submissions(opened, name) as submissions:
        for submission in submissions:
            student = str(submission.student.id)
            pages = [_page(opened, student, notebook) for notebook in submission.notebooks]
            whole = [page for page in pages if page is not None]
            if len(whole) < len(pages):
                unread.append(student)
            # nbgrader's own sum: the penalty is taken from the whole.
            totals.append(max(0.0, float(submission.score or 0.0) - float(submission.late_submission_penalty or 0.0)))
            if any(page.waiting for page in whole):
                waiting.append(student)
            for page in whole:
                _count(page, tallies)
        possible = max([float(one.max_score or 0.0) for one in submissions] or [0.0])
        graded = {str(one.student.id) for one in submissions}
    handed_in = {one.student for one in find_hand_ins(opened, name)}
    return Overview(
        assignment=name,
        possible=possible,
        totals=tuple(sorted(totals)),
        waiting=tuple(waiting),
        ungraded=tuple(sorted(handed_in - graded)),
        silent=_silent(opened, handed_in | graded),
        unread=tuple(unread),
        tallies=tuple(tallies.values()),
    )


def _page(course: CourseFolder, student: str, notebook: Any) -> Page | None:
    scores = scores_of(notebook)
    path = course.path("autograded", student, scores.assignment) / f"{scores.notebook}.ipynb"
    try:
        content = json.loads(path.read_text(encoding="utf-8", errors="replace"))
    except (OSError, ValueError):
        return None
    return build_page(content, scores) if isinstance(content, dict) else None


def _count(page: Page, tallies: dict[tuple[str, str], Tally]) -> None:
    for section in page.sections:
        for test in section.tests:
            new = Tally(section.title, test.name, test.score.most)
            tally = tallies.setdefault((section.title, test.name), new)
            if test.score.full:
                tally.passed += 1
            elif test.state == UNWRITTEN:
                tally.unwritten += 1
            elif test.state in STOPPED.values():
                tally.stopped += 1
            else:
                tally.not_yet += 1
                if reason := _reason(test):
                    tally.reasons[reason] += 1


def _reason(test: Test) -> str:
    """A failed test's message in one line."""
    rows = dict(test.rows)
    if "Given" in rows:
        return " ".join(f"{rows['Given']} {rows.get('Came', '')}".split())
    return " ".join(rows.get("", "").replace(BARE, "").split())


def _silent(course: CourseFolder, heard: Iterable[str]) -> tuple[str, ...]:
    with course.gradebook() as gradebook:
        return tuple(sorted({str(one.id) for one in gradebook.students} - set(heard)))


def _students(count: int) -> str:
    return f"{count} student" if count == 1 else f"{count} students"


def _others(one: Tally) -> str:
    parts = ((one.not_yet, "not yet"), (one.unwritten, "not written"), (one.stopped, "stopped"))
    told = ", ".join(f"{count} {word}" for count, word in parts if count)
    return f"; {told}" if told else ""
