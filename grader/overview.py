"""What a report says of one lab in one class: records, and their words for a terminal."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field, is_dataclass
from datetime import datetime
from statistics import median
from typing import Any

from grader.classbook import Entry
from grader.inert import one_line
from grader.items import Item
from grader.page import number
from grader.similar import Pair

__all__ = ["Like", "Overview", "Tally", "Waiting"]

_REASONS = 3  # of each test, the most frequent
_SHORT = 160  # characters of a reason


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

    @property
    def often(self) -> list[tuple[str, int]]:
        """The most frequent reasons, short."""
        told = self.reasons.most_common(_REASONS)
        return [(text if len(text) <= _SHORT else f"{text[:_SHORT]} ...", times) for text, times in told]


@dataclass(frozen=True)
class Like:
    """Students whose answer to an exercise fails as known mistakes do: one, or several that fail alike."""

    part: str
    mistakes: tuple[str, ...]
    students: tuple[str, ...]


@dataclass(frozen=True)
class Waiting:
    """A part of the lab that a person has to mark, for these students."""

    part: str
    students: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """One assignment in one class. `entries` are the graded submissions; `unlike` counts answers that fail like no
    known mistake; `unread` are students whose graded notebook can't be read; `notes` say what is not known."""

    assignment: str
    title: str
    possible: float
    due: datetime | None
    released: datetime | None
    entries: tuple[Entry, ...]
    ungraded: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    tallies: tuple[Tally, ...] = ()
    items: tuple[Item, ...] = ()
    likes: tuple[Like, ...] = ()
    unlike: int = 0
    pairs: tuple[Pair, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def totals(self) -> list[float]:
        """The points that count, lowest first."""
        return sorted(entry.total for entry in self.entries)

    @property
    def late(self) -> list[Entry]:
        """Late submissions, the latest first."""
        return sorted((one for one in self.entries if one.late_s > 0), key=lambda one: (-one.late_s, one.student))

    @property
    def days(self) -> list[float]:
        """Days from the release to each hand-in, where both are known, in order."""
        if self.released is None:
            return []
        moments = (one.handed_in for one in self.entries)
        return sorted((one - self.released).total_seconds() / 86_400 for one in moments if one and one >= self.released)

    @property
    def waits(self) -> tuple[str, ...]:
        return tuple(entry.student for entry in self.entries if entry.waits)

    def table(self) -> dict[str, Any]:
        """Plain data, for `--json`."""
        marks = [
            {
                "student": one.student,
                "points": one.total,
                "penalty": one.penalty,
                "waits": one.waits,
                "handed_in": one.handed_in,
                "late_s": one.late_s,
            }
            for one in self.entries
        ]
        tests = [{**asdict(one), "reasons": one.often} for one in self.tallies]
        rest = {name: value for name, value in vars(self).items() if name not in ("entries", "tallies")}
        plain = {name: _plain(value) for name, value in rest.items()}
        return {**plain, "days": self.days, "marks": marks, "tests": tests}

    def lines(self) -> list[str]:
        """The short report for a terminal."""
        lines = [f"{self.assignment}: {_students(len(self.entries))} graded, {len(self.silent)} handed in nothing."]
        if self.entries:
            totals = self.totals
            low, middle, high = (number(one) for one in (totals[0], median(totals), totals[-1]))
            lines.append(
                f"Points: from {low} to {high} of {number(self.possible)}; the middle of the class has {middle}."
            )
        told = (
            ("Wait for a person", self.waits),
            ("Not graded", self.ungraded),
            ("Late", tuple(one.student for one in self.late)),
            ("Similar", tuple(f"{one.left} and {one.right}" for one in self.pairs)),
        )
        for text, students in told:
            if students:
                more = f" and {len(students) - 5} more" if len(students) > 5 else ""
                lines.append(f"{text}: {', '.join(students[:5])}{more}.")
        lines += [
            f"{student}: the graded notebook is not there or can't be read; grade it again." for student in self.unread
        ]
        return [one_line(one) for one in (*lines, *self.notes)]


def _plain(value: Any) -> Any:
    """Records within tuples as dictionaries."""
    return (
        [asdict(one) if is_dataclass(one) and not isinstance(one, type) else one for one in value]
        if isinstance(value, tuple)
        else value
    )


def _students(count: int) -> str:
    return f"{count} student" if count == 1 else f"{count} students"
