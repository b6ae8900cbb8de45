"""The page of a course report: its records put into HTML."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from grader.classbook import Entry
from grader.inert import clean
from grader.items import AT_LEAST
from grader.overview import Overview
from grader.page import number
from grader.plots import bars, bins, columns

if TYPE_CHECKING:
    from grader.course_report import CourseReport

__all__ = ["render"]

_TEMPLATES = Path(__file__).parent / "templates"
_NAMES = 15  # of one list; the rest is counted
_PAIRS = 25  # of one lab, the most surprising
_PASSAGES = 12  # of one pair


def render(report: CourseReport) -> str:
    """The page as HTML."""
    template, style = _template()
    # The policy lets this very style through, and nothing else.
    style_hash = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    names = {one.id: f"{one.name} ({one.id})" if one.name != one.id else one.id for one in report.students}

    def who(student: str) -> str:
        return clean(names.get(student, student), 200)

    def listed(students: Sequence[str]) -> str:
        rest = len(students) - _NAMES
        return ", ".join(who(one) for one in students[:_NAMES]) + (f" and {rest} more" if rest > 0 else "")

    entries = {lab.assignment: {one.student: one for one in lab.entries} for lab in report.labs}
    return str(
        template.render(
            report=report,
            who=who,
            listed=listed,
            number=number,
            place=lambda lab, student: _place(lab, entries[lab.assignment], student),
            together=lambda student: number(sum(one[student].total for one in entries.values() if student in one)),
            marks=_marks,
            hard=_hard,
            apart=_apart,
            shown=_shown,
            quarters=_quarters,
            lateness=_lateness,
            moment=_moment,
            middle=lambda lab: number(median(lab.totals)) if lab.entries else "",
            at_least=AT_LEAST,
            most_pairs=_PAIRS,
            most_passages=_PASSAGES,
            style=style,
            style_hash=style_hash,
        )
    )


@cache
def _template() -> tuple[Any, Any]:
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["clean"] = clean
    style = (_TEMPLATES / "report.css").read_text(encoding="utf-8")
    return environment.from_string((_TEMPLATES / "report.html").read_text(encoding="utf-8")), Markup(style)


def _place(lab: Overview, entries: Mapping[str, Entry], student: str) -> tuple[str, tuple[str, ...]]:
    """What stands in the table of the class: points, or what there is instead, and remarks."""
    entry = entries.get(student)
    if entry is None:
        return ("", ("not graded",)) if student in lab.ungraded else ("", ("nothing",))
    remarks = (("waits", entry.waits), ("late", entry.late_s > 0))
    return number(entry.total), tuple(word for word, true in remarks if true)


def _marks(lab: Overview, at: int) -> tuple[Any, list[tuple[str, str, int]]]:
    """The distribution of marks: a plot, and its numbers."""
    ranges = bins(lab.totals, lab.possible)
    title = f"How many students have how many of {number(lab.possible)} points; the table below has the numbers."
    return columns(f"marks-{at}", title, [(label, count) for label, _, count in ranges]), ranges


def _hard(lab: Overview, at: int) -> Any:
    title = "The share of its points that the class got in each exercise; the table below has the numbers."
    return bars(f"hard-{at}", title, [(one.title, one.share, _shown(one.share)) for one in lab.items])


def _apart(lab: Overview, at: int) -> Any:
    title = "How each exercise's points go with the rest of the lab; the table below has the numbers."
    return bars(f"apart-{at}", title, [(one.title, one.rest, _shown(one.rest)) for one in lab.items], signed=True)


def _shown(value: float | None) -> str:
    """A share or a correlation with two decimals."""
    return "not defined" if value is None else f"{value + 0.0:.2f}".replace("-0.00", "0.00")


def _quarters(days: Sequence[float]) -> list[tuple[str, str]]:
    """When the first, a quarter, half, three quarters and the last of the class had handed in."""
    names = ("the first", "a quarter", "half", "three quarters", "the last")
    at = [round(part * (len(days) - 1)) for part in (0, 0.25, 0.5, 0.75, 1)]
    return [(name, f"{days[place]:.1f}") for name, place in zip(names, at, strict=True)]


def _lateness(entry: Entry) -> str:
    hours = entry.late_s / 3600
    return (
        f"{hours / 24:.1f} days" if hours >= 48 else f"{hours:.1f} hours" if hours >= 1 else f"{hours * 60:.0f} minutes"
    )


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "not known"
