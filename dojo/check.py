"""Run a student's notebook against its lab's tests, and say what passes and what to fix."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dojo import catalog
from dojo.catalog import Exercise, Lab
from dojo.run import Outcome, Runner
from dojo.submission import Submission, merged, read_submission

__all__ = ["ExerciseResult", "Report", "TestResult", "check", "judge"]

_VISIBLE_ONLY = (
    "These are the tests that your notebook shows. Your teacher has more, for unusual cases; the mark comes from there."
)


@dataclass(frozen=True)
class TestResult:
    """One tests cell and its points; when it failed, what was given, came, was wanted, and what to think about."""

    __test__ = False  # not a test of ours, though pytest would take its name for one

    name: str
    points: int
    passed: bool
    given: str = ""
    came: str = ""
    wanted: str = ""
    think: str = ""


@dataclass(frozen=True)
class ExerciseResult:
    """An exercise and its tests; `problem` says why its own cell did not run, if it did not.

    `number` counts the lab's exercises from 1.
    """

    number: int
    exercise: Exercise
    tests: tuple[TestResult, ...]
    problem: str = ""

    @property
    def passed(self) -> bool:
        return all(test.passed for test in self.tests)

    @property
    def points(self) -> int:
        return sum(test.points for test in self.tests if test.passed)

    @property
    def possible(self) -> int:
        return sum(test.points for test in self.tests)


@dataclass(frozen=True)
class Report:
    """What a check found in one notebook, for all exercises of the lab or for one."""

    lab: Lab
    results: tuple[ExerciseResult, ...]
    notes: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether this is about all exercises."""
        return len(self.results) == len(catalog.exercises(self.lab))

    @property
    def passed(self) -> bool:
        return all(result.passed for result in self.results)

    @property
    def points(self) -> int:
        return sum(result.points for result in self.results)

    @property
    def possible(self) -> int:
        return sum(result.possible for result in self.results)


def check(lab: Lab, path: Path, runner: Runner, newer: Mapping[str, str] | None = None) -> Report:
    """Check the notebook at `path`; `newer` holds answers the student has run but not saved, by cell name."""
    return judge(lab, read_submission(path, catalog.read(lab).cells), runner, newer or {})


def judge(lab: Lab, submission: Submission, runner: Runner, newer: Mapping[str, str]) -> Report:
    """Run the lab with these answers and sort what happened by exercise."""
    cells = merged(catalog.read(lab).cells, submission, newer)
    outcomes = {outcome.name: outcome for outcome in runner.run(cells, lab.folder)}
    numbered = enumerate(catalog.exercises(lab), start=1)
    results = tuple(_exercise_result(number, exercise, outcomes) for number, exercise in numbered)
    roles = {cell.name: cell.role for cell in catalog.read(lab).cells}
    others = [one for one in outcomes.values() if roles.get(one.name) not in ("solution", "tests")]
    if any(one.state == "timeout" for one in outcomes.values() if one not in others):
        # An answer that never ends holds up the cells that use it too; one complaint is enough.
        others = [one for one in others if one.state != "timeout"]
    notes = tuple(f"{_place(one.name)} stopped: {_words(one)}." for one in others if _broken(one))
    if catalog.released_only():
        notes += (_VISIBLE_ONLY,)
    return Report(lab, results, (*submission.notes, *notes))


def _place(name: str) -> str:
    """A cell that belongs to no exercise, in words."""
    if "+" in name:
        return f"Your own cell after {name.split('+')[0]!r}"
    unnamed = re.fullmatch(r"(.+)-\d+", name)
    return f"A cell of the lab below {unnamed[1]!r}" if unnamed else f"The cell {name!r}"


def _exercise_result(number: int, exercise: Exercise, outcomes: Mapping[str, Outcome]) -> ExerciseResult:
    own = outcomes[exercise.name]
    tests = tuple(_test_result(name, points, outcomes[name]) for name, points in exercise.tests.items())
    unwritten = own.error == "NotImplementedError"
    return ExerciseResult(number, exercise, tests, "" if own.state == "passed" or unwritten else _words(own))


def _test_result(name: str, points: int, outcome: Outcome) -> TestResult:
    if outcome.state == "passed":
        return TestResult(name, points, passed=True)
    if outcome.parts:
        return TestResult(name, points, False, *outcome.parts)
    return TestResult(name, points, False, came=_words(outcome))


def _broken(outcome: Outcome) -> bool:
    return outcome.state != "passed" and outcome.error != "NotImplementedError"


def _words(outcome: Outcome) -> str:
    """A cell's failure as a phrase."""
    if outcome.state == "timeout":
        return "the cell ran longer than its time limit; is there a loop that never ends"
    if outcome.state == "died":
        return "the cell ended its Python process; does it call os._exit or use up the memory"
    if outcome.error == "SystemExit":
        return "the cell called exit(); a function gives its answer back with return"
    if outcome.error == "EOFError":
        return "the cell waits for input(); nobody types while a check runs"
    where = f" (line {outcome.line} of the cell)" if outcome.line else ""
    text = outcome.message.splitlines()[0][:300] if outcome.message else ""
    if outcome.error in ("SyntaxError", "IndentationError", "TabError"):
        text = text.split(" (")[0]
    return outcome.error + (f": {text}" if text else "") + where
