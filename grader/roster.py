"""Who is in the class, and which of them a name that an LMS wrote means."""

from __future__ import annotations

import csv
import difflib
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from dojo.errors import DojoError
from dojo.manifest import plain_id
from grader.coursefolder import CourseFolder

__all__ = ["Match", "Roster", "Student", "read_roster", "with_table"]


@dataclass(frozen=True)
class Student:
    """One student as the gradebook knows them; `lms` is their number in the LMS. `sis` (the SIS User ID) and `section`
    are Canvas's, and known from a table alone."""

    id: str
    first: str = ""
    last: str = ""
    email: str = ""
    lms: str = ""
    sis: str = ""
    section: str = ""

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}".strip() or self.id

    @property
    def names(self) -> tuple[str, ...]:
        """All that may stand for the student in a file's name."""
        login = self.email.partition("@")[0]
        return (self.id, self.email, login, f"{self.first} {self.last}", f"{self.last} {self.first}")


@dataclass(frozen=True)
class Match:
    """The student that was meant, or "" and the reason why none was found."""

    student: str
    reason: str = ""


class Roster:
    """The students of a class, and whom a word means. False where there are none."""

    def __init__(self, students: Iterable[Student]) -> None:
        self.students = tuple(students)
        self._exact: dict[str, list[Student]] = {}
        self._loose: dict[str, list[Student]] = {}
        for one in self.students:
            for word in {one.id, one.lms, one.email} - {""}:
                self._exact.setdefault(word, []).append(one)
            for word in {_squeezed(name) for name in one.names} - {""}:
                self._loose.setdefault(word, []).append(one)

    def __bool__(self) -> bool:
        return bool(self.students)

    def __contains__(self, student: str) -> bool:
        return any(one.id == student for one in self._exact.get(student, ()))

    def find(self, words: Iterable[str]) -> Match:
        """The student that these words mean, best word first: an id, an LMS number, an e-mail address, a name."""
        words = [word.strip() for word in words if word.strip()]
        for word in words:
            for found in (self._exact.get(word, []), self._loose.get(_squeezed(word), [])):
                if len(found) == 1:
                    return Match(found[0].id)
                if found:
                    names = " and ".join(one.id for one in found[:3])
                    return Match("", f"{word!r} may be {names}; rename it to the student's id and collect again")
        shown = words[-1] if words else "it"
        if not self:
            why = "the gradebook has no students; add them, or name a table of them with --roster"
            return Match("", f"{shown!r} is nobody yet: {why}")
        known = [one.id for one in self.students] + [one.name for one in self.students]
        near = difflib.get_close_matches(shown, known, n=1, cutoff=0.7)
        hint = f"did you mean {near[0]}?" if near else "add the student with `nbgrader db student add`"
        return Match("", f"{shown!r} is in no roster; {hint}")


# What nbgrader's own table, Moodle's and Canvas's call each column. Canvas has its own number under "ID".
_COLUMNS = {
    "id": ("sis login id", "username", "id", "student_id", "student id", "id number"),
    "first": ("first_name", "first name", "firstname", "given name"),
    "last": ("last_name", "last name", "lastname", "surname", "family name"),
    "email": ("email", "email address", "e-mail", "e-mail address"),
    "lms": ("lms_user_id", "canvas user id", "id", "id number", "idnumber"),
    "sis": ("sis user id",),
    "section": ("section",),
}
_LARGEST = 20_000_000  # bytes of a table of students


def read_roster(course: CourseFolder, file: Path | None = None) -> Roster:
    """The students of the gradebook, and those of a CSV table if one is named."""
    known: dict[str, Student] = {}
    if course.has_gradebook():
        with course.gradebook() as gradebook:
            for one in gradebook.students:
                words = (one.first_name, one.last_name, one.email, one.lms_user_id)
                known[one.id] = Student(one.id, *(str(word or "") for word in words))
    return with_table(known.values(), file)


def with_table(students: Iterable[Student], file: Path | None) -> Roster:
    """These students, and those of a CSV table if one is named."""
    known = {one.id: one for one in students}
    if file:
        for one in _read_table(file):
            known[one.id] = _filled(one, known.get(one.id, one))
    return Roster(known.values())


def _filled(student: Student, before: Student) -> Student:
    """What a table says of a student, and where it says nothing, what was known before."""
    words = {field.name: getattr(student, field.name) or getattr(before, field.name) for field in fields(Student)}
    return Student(**words)


def _squeezed(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word).casefold()
    return "".join(char for char in plain if char.isalnum())


def _read_table(file: Path) -> list[Student]:
    try:
        if file.stat().st_size > _LARGEST:
            raise DojoError(f"{file} is too large for a table of students; name a CSV file.")
        # -sig: spreadsheets put a mark in front of the text.
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DojoError(f"{file} can't be read ({error}); save the table as CSV, UTF-8.") from None
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise DojoError(f"{file} is no CSV table ({error}); save it as CSV, UTF-8.") from None
    columns = _find_columns(rows[0] if rows else [])
    if "id" not in columns:
        raise DojoError(f"{file} has no column for ids; call it `id`, as `nbgrader db student import` does.")
    found: dict[str, Student] = {}
    for row in rows[1:]:
        one = _student(row, columns)
        if one.id in found:
            raise DojoError(
                f"{file} gives the id {one.id!r} to {found[one.id].name} and to {one.name}; give each student an id of "
                "their own, once."
            )
        if one.id:
            found[one.id] = one
    return list(found.values())


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _find_columns(heads: list[str]) -> dict[str, int]:
    """Which column holds which of a student's fields, the best-known name of a column first."""
    names = [re.sub(r"\s+", " ", head).strip().casefold() for head in heads]
    found: dict[str, int] = {}
    for field, known in _COLUMNS.items():
        for name in known:
            if name in names and field not in found and names.index(name) not in found.values():
                found[field] = names.index(name)
    return found


def _student(row: list[str], columns: Mapping[str, int]) -> Student:
    words = {field.name: "" for field in fields(Student)}
    for field, at in columns.items():
        words[field] = row[at].strip() if at < len(row) else ""
    if words["id"] and not plain_id(words["id"]):
        raise DojoError(f"The roster's id {words['id']!r} can't name a folder; give that student another id.")
    return Student(**words)
