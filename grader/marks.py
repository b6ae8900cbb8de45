"""Points from evidence, by nbgrader's rules.

A tests cell that passed earns its points, or its last value where that is a number (partial credit); one that did
anything else earns none. An answer that is as it was released earns 0 without asking a person; other written answers
wait for one. Tasks are a person's alone.

Covered, where nbgrader harms honest students or rewards others, and this differs on purpose: output on stderr is no
failure; a score that is NaN, negative, above the cell's points or no number is 0 and flagged; a tests cell that was not
run to its end is 0, whatever the reason; a removed tests cell runs all the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from grader.job import CellResult, Result, Step
from grader.lab import LabCell, LabNotebook

__all__ = ["Mark", "mark_notebook", "notes_of", "zeros"]

_ROUNDING = 1e-9  # thirds add up to a little more than one
_TOLD = {
    "timed out": "{} ran longer than its time limit",
    "died": "{} ended its Python process",
    "memory": "{} used up the memory it may have",
    "not run": "{} was not run, because the time for the whole notebook was used up",
}


@dataclass(frozen=True)
class Mark:
    """What the gradebook is told of one cell. `graded` is false for an autograded answer, which earns nothing itself.

    `auto` are the automatic points, None where a person must mark; `touch` is false for a task, whose grade is a
    person's; `final` says that nobody need look, even at points that a person gave before; `comment` is nbgrader's
    automatic comment; `flaw` says why a last value was no score.
    """

    name: str
    graded: bool
    auto: float | None = None
    touch: bool = True
    final: bool = False
    comment: str | None = None
    flaw: str = ""


def mark_notebook(lab: LabNotebook, steps: tuple[Step, ...], result: Result, missing: tuple[str, ...]) -> list[Mark]:
    """The marks of one notebook that was handed in."""
    texts = {step.name: step.text for step in steps}
    came = {cell.name: cell for cell in result.cells}
    marks = []
    for cell in lab.cells:
        if cell.role in ("solution", "answer"):
            untouched = cell.name not in missing and _checksum(cell, texts[cell.name]) == cell.checksum
            comment = "No response." if untouched else None
            auto = 0.0 if cell.role == "answer" and untouched else None
            marks.append(Mark(cell.name, cell.role == "answer", auto, comment=comment))
        elif cell.role == "task":
            marks.append(Mark(cell.name, graded=True, touch=False))
        elif cell.role == "tests" and cell.kind != "code":
            marks.append(Mark(cell.name, graded=True))
        elif cell.role == "tests":
            points, flaw = _earned(cell.points or 0.0, came.get(cell.name))
            marks.append(Mark(cell.name, graded=True, auto=points, flaw=flaw))
    return marks


def zeros(lab: LabNotebook) -> list[Mark]:
    """The marks of a notebook that was not handed in: nothing, and nothing for a person to do."""
    graded = [cell for cell in lab.cells if cell.role in ("tests", "answer", "task")]
    return [Mark(cell.name, graded=True, auto=0.0, final=True) for cell in graded]


def notes_of(marks: list[Mark], result: Result) -> list[str]:
    """Sentences for the instructor about cells that did not end as cells do."""
    notes = []
    for verdict, told in _TOLD.items():
        names = [cell.name for cell in result.cells if cell.verdict == verdict]
        # Whoever ran the notebook may have told it with more detail.
        names = [name for name in names if not any(note.startswith(f"{name}: ") for note in result.notes)]
        if names:
            rest = f" (as {len(names) - 1} more)" if len(names) > 1 else ""
            notes.append(told.format(f"{names[0]!r}{rest}") + ".")
    for flaw in dict.fromkeys(mark.flaw for mark in marks if mark.flaw):
        names = [mark.name for mark in marks if mark.flaw == flaw]
        rest = f" (as {len(names) - 1} more)" if len(names) > 1 else ""
        notes.append(f"{names[0]!r}{rest} earns 0, because {flaw}.")
    return notes


def _earned(points: float, cell: CellResult | None) -> tuple[float, str]:
    """The points that a tests cell earns, and why its last value was no score, if it was none."""
    if cell is None or cell.verdict != "passed":
        return 0.0, ""
    if cell.flawed:
        return 0.0, f"its score is unusable: {cell.flawed.rstrip('.')}"
    if cell.score is None:
        return points, ""
    if not math.isfinite(cell.score) or cell.score < 0:
        return 0.0, f"its score is {cell.score:g}"
    if cell.score > points * (1 + _ROUNDING):
        return 0.0, f"its score is {cell.score:g}, more than the cell's {points:g} points"
    return min(float(cell.score), points), ""


def _checksum(cell: LabCell, text: str) -> str:
    """nbgrader's own checksum of this cell with the student's text."""
    from nbformat.notebooknode import from_dict
    from nbgrader.utils import compute_checksum

    node = {"cell_type": cell.kind, "source": text, "metadata": {"nbgrader": dict(cell.metadata["nbgrader"])}}
    return str(compute_checksum(from_dict(node)))
