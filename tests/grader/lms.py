"""Canvas's and Moodle's import of grades, as their published rules have it (see grader/canvas.py, grader/moodle.py)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Imported:
    """What the LMS would take in: points by assignment, and marks by (student, assignment)."""

    possible: dict[str, str]
    marks: dict[tuple[str, str], str]
    unknown: list[str]


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def canvas_import(content: bytes, numbers: Mapping[str, str], logins: Mapping[str, str]) -> Imported:
    """`numbers` and `logins` give a student by Canvas's number and by SIS login."""
    lines = content.decode("utf-8-sig").split("\r\n")
    assert all(line.count('"') % 2 == 0 for line in lines), "a cell holds a line break"
    head, *rows = [[_number(cell) for cell in row] for row in _rows(content)]
    assert "Student" in head[0]
    assert "ID" in head[1]
    assert re.search(r"SIS\s+User\s+ID", head[2])
    assert re.search(r"SIS\s+Login\s+ID", head[3])
    assert "Section" in head[4]
    titles = head[5:]
    assert not [one for one in titles if re.search("Current Score|Final (Score|Points|Grade)", one)]
    possible: dict[str, str] = {}
    marks: dict[tuple[str, str], str] = {}
    unknown = []
    for row in rows:
        assert len(row) == len(head)
        if "Points Possible" in row[0]:
            possible = dict(zip(titles, row[5:], strict=True))
            continue
        student = numbers.get(str(int(re.match(r"\d*", row[1])[0] or 0))) or logins.get(row[3])  # type: ignore[index]
        if student is None:
            unknown.append(row[0])
        for title, mark in zip(titles, row[5:], strict=True):
            marks[student or row[0], title] = mark
    return Imported(possible, marks, unknown)


def moodle_import(content: bytes, column: str, known: Mapping[str, str]) -> Imported:
    """`known` gives a student by what stands in `column`. Somebody unknown ends the import, as in Moodle; an empty
    identifier is the student above."""
    head, *rows = _rows(content)
    titles = [one for one in head if one not in ("First name", "Last name", "Username", "ID number", "Email address")]
    marks: dict[tuple[str, str], str] = {}
    student = None
    for row in rows:
        assert len(row) == len(head), "Moodle refuses the whole file"
        cells = dict(zip(head, (cell.strip() for cell in row), strict=True))
        if cells[column]:
            student = known.get(cells[column])
        if student is None:
            return Imported({}, {}, [cells[column]])
        for title in titles:
            assert cells[title] == "-" or 0 <= float(cells[title]) <= 100
            marks[student, title] = cells[title]
    return Imported({}, marks, [])


def _number(cell: str) -> str:
    """Canvas rewrites what looks like a number, wherever it stands."""
    if not re.fullmatch(r"-?[0-9.,]+%?", cell):
        return cell
    *whole, last = re.split("[,.]", cell)
    return f"{''.join(whole)}.{last}" if whole else last
