"""Canvas's gradebook as a CSV file that its *Import* reads.

The rules, from lib/gradebook_importer.rb of instructure/canvas-lms (commit 00b222d, read 2026-11-28):
- the first row begins with a column whose name holds "Student" and one whose name holds "ID"; then "SIS User ID" and
  "SIS Login ID"; the last column before the assignments is "Section"
- a student is found by Canvas's own number under "ID", which is read as a whole number ("12ab" would be student 12);
  else by SIS User ID, SIS Login ID, and last by name
- a row whose first cell holds "Points Possible" gives the points of each assignment and is no student
- an assignment is found by "Title (123)" or its title; any other column is offered as a new assignment; one whose name
  holds "Current Score", "Final Grade" or the like is left aside without a word
- a cell that is a number with dots or commas is rewritten as a number, identifiers too
- an empty cell where Canvas has a grade counts as a change: the import's own page shows it before anything is done
- whether commas or semicolons separate is read off the first three lines, so no cell may hold a line break
The importer looks for names within the first cell, so a byte order mark before it does no harm, and Excel needs one.
"""

from __future__ import annotations

import re

from grader.cells import key_cell, number_cell, text_cell
from grader.classbook import Released
from grader.marklist import MarkList, Sheet
from grader.roster import Student

__all__ = ["canvas_sheet"]

_HEADS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_RESERVED = re.compile("(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")
_ENDS_WITH_ID = re.compile(r"\(\d+\)\s*\Z")
_REWRITTEN = re.compile(r"-?[0-9.,]*[.,][0-9.,]*%?\Z")


def canvas_sheet(marks: MarkList) -> Sheet:
    """The rows, and what was left out or will surprise."""
    notes: list[str] = []
    columns = [one for one in marks.assignments if _usable(one, notes)]
    rows = [
        [*_HEADS, *(text_cell(one.name) for one in columns)],
        ["    Points Possible", "", "", "", "", *(number_cell(one.most) for one in columns)],
    ]
    count = 0
    for student in marks.students:
        keys = _keys(student)
        if keys is None:
            notes.append(f"{student.id!r} is not in Canvas's file: a spreadsheet or Canvas would change that id.")
            continue
        entries = [marks.entry(one.name, student.id) for one in columns]
        rows.append([_name(student), *keys, *("" if one is None else number_cell(one.total) for one in entries)])
        count += sum(one is not None for one in entries)
    return Sheet(tuple(rows), len(rows) - 2, count, tuple(notes), mark=True)


def _name(student: Student) -> str:
    """Last name first, as Canvas writes it itself; never the words that make a row one of points."""
    names = [name for name in (student.last, student.first) if name.strip()]
    return text_cell(", ".join(names) or student.id).replace("Points Possible", "Points\u00a0Possible")


def _keys(student: Student) -> list[str] | None:
    """ID, SIS User ID, SIS Login ID and section; None where the login can't be written unchanged."""
    login = key_cell(student.id)
    if login is None or _REWRITTEN.match(login):
        return None
    number = student.lms if student.lms.isdecimal() else ""
    # What is no number of Canvas's own is the institution's.
    sis = key_cell(student.sis or ("" if number else student.lms)) or ""
    return [number, "" if _REWRITTEN.match(sis) else sis, login, text_cell(student.section)]


def _usable(one: Released, notes: list[str]) -> bool:
    if _RESERVED.search(one.name) or _ENDS_WITH_ID.search(one.name):
        notes.append(f"{one.name} is not in Canvas's file: Canvas would take that name for a column of its own.")
        return False
    return True
