"""A file for Moodle's *Import > CSV file*.

The rules, from grade/import/csv/classes/load_data.php and lib/csvlib.class.php of moodle/moodle (commits 0289d8c and
117bd74) and https://docs.moodle.org/311/en/Grade_import (all read 2026-11-28):
- the teacher says which column tells who it is: user id, username, ID number or e-mail address, exactly as Moodle has
  it, capitals too; somebody whom Moodle does not know ends the whole import
- a row whose identifier is empty is counted for the student of the row before it: so a column of identifiers is
  written only where everybody has one of their own
- a grade column is mapped to a grade item, or makes a new one; "-" is no grade in both cases, while an empty cell would
  be 0 in a new item
- a grade above 100 ends the import, unless the site allows such grades
- every line has as many cells as the first; a byte order mark is taken off, and Excel needs one
"""

from __future__ import annotations

from collections.abc import Callable

from grader.cells import key_cell, number_cell, text_cell
from grader.marklist import MarkList, Sheet
from grader.roster import Student

__all__ = ["MISSING", "moodle_sheet"]

MISSING = "-"
_MOST = 100.0  # Moodle's gradepointmax as it comes
_KEYS: tuple[tuple[str, Callable[[Student], str]], ...] = (
    ("Username", lambda one: one.id),
    ("ID number", lambda one: one.lms),
    ("Email address", lambda one: one.email),
)


def moodle_sheet(marks: MarkList) -> Sheet:
    """The rows, and what was left out or will surprise."""
    notes: list[str] = []
    students = []
    for student in marks.students:
        if key_cell(student.id) is None:
            notes.append(f"{student.id!r} is not in Moodle's file: a spreadsheet would change that id.")
        else:
            students.append(student)
    keys = [(head, of) for head, of in _KEYS if _usable(head, [of(one) for one in students], notes)]
    rows = [
        ["First name", "Last name", *(head for head, _ in keys), *(text_cell(one.name) for one in marks.assignments)]
    ]
    count = 0
    for student in students:
        entries = [marks.entry(one.name, student.id) for one in marks.assignments]
        points = [MISSING if one is None else number_cell(one.total) for one in entries]
        rows.append([text_cell(student.first), text_cell(student.last), *(of(student) for _, of in keys), *points])
        count += sum(one is not None for one in entries)
        if any(one is not None and one.total > _MOST for one in entries):
            notes.append(f"{student.id} has more than {_MOST:g} points in a lab, which Moodle refuses as it is set up.")
    return Sheet(tuple(rows), len(students), count, tuple(notes), mark=True)


def _usable(head: str, values: list[str], notes: list[str]) -> bool:
    """Whether the column tells all students apart; a note where it tells some."""
    whole = all(value and key_cell(value) is not None for value in values) and len(set(values)) == len(values)
    if not whole and any(values):
        notes.append(
            f"Moodle's file has no column {head!r}: it is missing, doubled or unusable for {_short(values)}; "
            "a row without one would count for the student above it."
        )
    return whole


def _short(values: list[str]) -> str:
    bad = sum(not value or key_cell(value) is None or values.count(value) > 1 for value in values)
    return "1 student" if bad == 1 else f"{bad} students"
