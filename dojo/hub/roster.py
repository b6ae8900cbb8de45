"""Who is in the class: a CSV file with the columns `name` and `role`."""

from __future__ import annotations

import csv
import difflib
import re
from dataclasses import dataclass
from pathlib import Path

from dojo.errors import DojoError

__all__ = ["ROLES", "Person", "read_roster"]

ROLES = ("student", "instructor")
_COLUMNS = ("name", "role")
# What a hub's address, nbgrader's exchange (no + and *), and a line of /etc/passwd (no :) can all hold.
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}\Z")


@dataclass(frozen=True)
class Person:
    """One line of the roster; `name` is what the person logs in with, in small letters."""

    name: str
    role: str


def read_roster(path: Path) -> tuple[Person, ...]:
    """Everybody in the roster, in its order. A line that breaks a rule is a `DojoError` with its number."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [(row_number, row) for row_number, row in enumerate(csv.reader(file), start=1) if any(row)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DojoError(f"The roster {path} can't be read ({error}); save it as CSV in UTF-8.") from None
    if not rows:
        raise DojoError(f"The roster {path} is empty; its first line is name,role and each further line one person.")
    columns = [_column(path, word.strip().lower()) for word in rows[0][1]]
    if sorted(columns) != sorted(_COLUMNS):
        raise DojoError(f"The roster {path}, line 1: it needs the columns name and role once each: name,role.")
    people: dict[str, tuple[int, Person]] = {}
    for number, row in rows[1:]:
        person = _person(f"The roster {path}, line {number}", dict(zip(columns, map(str.strip, row), strict=False)))
        if person.name in people:
            raise DojoError(
                f"The roster {path}, line {number}: {person.name!r} stands in line {people[person.name][0]} already; "
                "give each person a name of their own (large and small letters count as one)."
            )
        people[person.name] = (number, person)
    found = tuple(person for _, person in people.values())
    if not any(person.role == "instructor" for person in found):
        raise DojoError(f"The roster {path} has no instructor; add a line such as teacher,instructor.")
    return found


def _column(path: Path, word: str) -> str:
    if word in _COLUMNS:
        return word
    near = difflib.get_close_matches(word, _COLUMNS, n=1)
    hint = f"did you mean {near[0]}?" if near else "the columns are name,role."
    raise DojoError(f"The roster {path}, line 1: the column {word!r} is unknown; {hint}")


def _person(where: str, row: dict[str, str]) -> Person:
    name, role = row.get("name", "").lower(), row.get("role", "").lower()
    if not _NAME.match(name):
        raise DojoError(
            f"{where}: the name {name!r} can't be logged in with; use up to 64 of a-z, 0-9 and . _ @ -, "
            "a letter or digit first."
        )
    if role not in ROLES:
        near = difflib.get_close_matches(role, ROLES, n=1, cutoff=0.5)
        raise DojoError(
            f"{where}: the role {role!r} is unknown; " + (f"did you mean {near[0]}?" if near else "use student.")
        )
    return Person(name, role)
