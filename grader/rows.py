"""The table that grading ends with: one row a submission, one state a row.

In words nothing in it can move a terminal's cursor or begin a line of its own, whatever a hand-in is called.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from grader.inert import one_line

__all__ = ["Report", "Row", "State"]

State = Literal["graded", "graded with a note", "refused"]


@dataclass(frozen=True)
class Row:
    """One submission. `points` are all that the gradebook gives, late penalty taken off, None where nothing was graded;
    `manual` says that it waits for a person; `fresh` that it was worked on in this run; `assurance` is "" for the full
    protection, else what is missing from it."""

    student: str
    state: State
    points: float | None = None
    max: float | None = None
    manual: bool = False
    notes: tuple[str, ...] = ()
    fresh: bool = True
    assurance: str = ""

    @property
    def note(self) -> str:
        """All notes in one text."""
        return " ".join(self.notes)

    def in_words(self) -> str:
        """The row as a phrase: graded, 9 of 10."""
        points = "" if self.points is None or self.max is None else f", {self.points:g} of {self.max:g}"
        hand = ", waits for a person" if self.manual else ""
        told = f" ({self.note})" if self.notes else ""
        return one_line(f"{self.state}{points}{hand}{told}")


@dataclass(frozen=True)
class Report:
    """What came of grading one assignment: rows by student, notes about all of them, and where the seconds went, those
    of the workers added up."""

    assignment: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    spent: tuple[tuple[str, float], ...] = ()

    @property
    def refused(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.state == "refused")

    def table(self) -> list[tuple[str, ...]]:
        """Headings and rows as texts, for a terminal."""
        head = ("student", "state", "points", "by hand", "note")
        lines = [
            (
                one_line(row.student),
                row.state,
                "-" if row.points is None or row.max is None else f"{row.points:g}/{row.max:g}",
                "waits" if row.manual else "",
                one_line(" ".join(part for part in (row.assurance and f"[{row.assurance}]", row.note) if part)),
            )
            for row in self.rows
        ]
        return [head, *lines]

    def to_json(self) -> dict[str, Any]:
        """The report as plain JSON values."""
        return asdict(self)
