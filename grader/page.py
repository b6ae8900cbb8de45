"""What stands on a feedback page: records, ready to be put into HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from grader.scores import Score

__all__ = [
    "FAILED",
    "MARKED",
    "PARTLY",
    "PASSED",
    "STOPPED",
    "UNANSWERED",
    "UNWRITTEN",
    "WAITS",
    "Code",
    "Page",
    "Section",
    "Shown",
    "State",
    "Test",
    "Written",
    "number",
]


@dataclass(frozen=True)
class State:
    """How something stands: words, a sign beside them that says nothing more, and a name for its colour."""

    words: str
    sign: str
    kind: str


PASSED = State("passed", "\N{CHECK MARK}", "good")
PARTLY = State("partly right", "\N{CIRCLE WITH LEFT HALF BLACK}", "some")
UNWRITTEN = State("not written yet", "\N{WHITE CIRCLE}", "none")
UNANSWERED = State("not answered", "\N{WHITE CIRCLE}", "none")
FAILED = State("not yet", "\N{WHITE CIRCLE}", "none")
WAITS = State("waits for a person to mark it", "\N{HORIZONTAL ELLIPSIS}", "some")
MARKED = State("marked by a person", "\N{LOWER RIGHT PENCIL}", "some")
STOPPED = {
    "timed out": State("stopped: it took too long", "\N{WHITE CIRCLE}", "none"),
    "died": State("stopped: the program ended", "\N{WHITE CIRCLE}", "none"),
    "memory": State("stopped: it used too much memory", "\N{WHITE CIRCLE}", "none"),
    "not run": State("did not run", "\N{WHITE CIRCLE}", "none"),
}


@dataclass(frozen=True)
class Shown:
    """One output: text, an error's last line, or a picture's address."""

    kind: str  # "text", "error" or "picture"
    text: str


@dataclass(frozen=True)
class Code:
    """The student's answer in one cell, with what it showed; `problem` says why it stopped, if it did."""

    name: str
    source: str
    outputs: tuple[Shown, ...]
    problem: str = ""
    note: str = ""
    comment: Any = None  # the marker's, as Markup


@dataclass(frozen=True)
class Test:
    """One tests cell. `rows` are the message's parts with their labels, or the message alone under the label ""."""

    __test__ = False  # not a test of ours, though pytest would take its name for one

    name: str
    state: State
    score: Score
    rows: tuple[tuple[str, str], ...]
    hidden: bool
    note: str = ""
    printed: tuple[Shown, ...] = ()


@dataclass(frozen=True)
class Written:
    """A written answer or a task; `answer` is Markup, or None where the student's own cells below are the answer."""

    name: str
    state: State
    score: Score
    answer: Any
    code: Code | None
    comment: Any
    note: str = ""
    is_task: bool = False


@dataclass
class Section:
    """One exercise: its title, and what belongs to it in the notebook's order."""

    title: str
    anchor: str = ""
    tests: list[Test] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)  # about cells around the exercise, in sentences

    @property
    def marked(self) -> list[Test | Written]:
        """All that carries points."""
        return [*self.tests, *self.written]

    @property
    def points(self) -> float:
        return sum(one.score.points for one in self.marked)

    @property
    def possible(self) -> float:
        return sum(one.score.most for one in self.marked)

    @property
    def open(self) -> float:
        """The points that its tests have left to win."""
        return sum(one.score.most - one.score.points for one in self.tests if not one.score.full)

    @property
    def state(self) -> State:
        """The section in a word, for the table at the top."""
        states = [one.state for one in self.marked]
        if any(one == WAITS for one in states):
            return WAITS
        if self.tests and all(one.score.full for one in self.marked):
            return PASSED
        if self.points > 0:
            return MARKED if not self.tests else PARTLY
        return states[0] if states and all(one == states[0] for one in states) else FAILED


@dataclass(frozen=True)
class Page:
    """Everything on the page, ready to be put into words and scores."""

    title: str
    student: str
    assignment: str
    handed_in: str
    points: float
    possible: float
    penalty: float
    sections: tuple[Section, ...]
    elsewhere: tuple[str, ...]  # remarks about cells outside the exercises
    notes: tuple[str, ...]
    waiting: int

    @property
    def total(self) -> float:
        """What counts, as nbgrader counts it: never below 0."""
        return max(0.0, self.points - self.penalty)

    @property
    def hides(self) -> bool:
        """Whether some of its tests are hidden from the student."""
        return any(test.hidden for section in self.sections for test in section.tests)

    @property
    def next_section(self) -> Section | None:
        """The first exercise whose tests have points left to win."""
        return next((one for one in self.sections if not all(test.score.full for test in one.tests)), None)

    @property
    def unanswered(self) -> Section | None:
        """The first section with a question to which nothing was written."""
        return next((one for one in self.sections if any(text.state == UNANSWERED for text in one.written)), None)

    @property
    def next_thought(self) -> str:
        """What that exercise's first open test asks the student to think about."""
        tests = self.next_section.tests if self.next_section else []
        for test in tests:
            if not test.score.full:
                return dict(test.rows).get("Think", "")
        return ""


def number(value: float) -> str:
    """Points as a person writes them: 2, 2.5, 0.33."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
