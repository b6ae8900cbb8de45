"""Which lessons and labs there are, and what a lab's first cell says about it."""

from __future__ import annotations

import difflib
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from dojo import notebook
from dojo.errors import DojoError, UsageError

__all__ = [
    "BELTS",
    "RELEASED",
    "About",
    "Belt",
    "Exercise",
    "Lab",
    "Lesson",
    "about",
    "exercises",
    "find_exercise",
    "find_lab",
    "find_lesson",
    "released_only",
]


@dataclass(frozen=True)
class Belt:
    """Four labs that belong together, from lab number `first`."""

    name: str
    verb: str
    first: int

    def holds(self, number: int) -> bool:
        """Whether the lab with this number is one of the belt's four."""
        return self.first <= number < self.first + 4


BELTS = (
    Belt("White", "Speak", 1),
    Belt("Yellow", "Feed", 5),
    Belt("Green", "See", 9),
    Belt("Brown", "Measure", 13),
    Belt("Black", "Build", 17),
)


@dataclass(frozen=True)
class Lesson:
    """A lesson's folder; `name` is like 01-first-bow."""

    number: int
    name: str
    folder: Path

    @property
    def source(self) -> Path:
        return self.folder / "lesson.md"


@dataclass(frozen=True)
class Lab:
    """A lab's folder; `name` is like 01-first-bow and is also the nbgrader assignment's name."""

    number: int
    name: str
    folder: Path

    @property
    def source(self) -> Path:
        return self.folder / "lab.py"

    @property
    def belt(self) -> Belt:
        return next(belt for belt in BELTS if belt.holds(self.number))


@dataclass(frozen=True)
class About:
    """What a lab's first cell says: its title, and the rows of its table."""

    title: str
    rows: dict[str, str]


@dataclass(frozen=True)
class Exercise:
    """One exercise: the names of its solution and tests cells, points by tests cell, and what its prose says."""

    name: str
    title: str
    difficulty: int
    minutes: int
    hints: tuple[str, ...]
    tests: dict[str, int]


ABOUT_ROWS = ("Belt", "You build", "Minutes", "Needs", "You will be able to", "Out of scope")
_Kind = TypeVar("_Kind", Lab, Lesson)
RELEASED = "released.txt"  # stands beside labs that have no solutions and no hidden tests
_FOLDER = re.compile(r"(\d\d)-[a-z0-9-]+\Z")
_HINT = re.compile(r"<details><summary>Hint (\d)</summary>\n(.*?)</details>", re.S)
_EFFORT = re.compile(r"Difficulty (\d) of 5\. Up to (\d+) minutes\.")


def course_root() -> Path:
    """The folder that holds `lessons/` and `labs/`: the clone this package runs from, or, where the kit was installed
    from a wheel, the folder that its environment lies in."""
    clone = Path(__file__).resolve().parent.parent
    beside = Path(sys.prefix).parent
    return beside if not (clone / "labs").is_dir() and (beside / "labs").is_dir() else clone


def released_only(root: Path | None = None) -> bool:
    """Whether this copy has the labs as students get them: no solutions, no hidden tests."""
    return (root or course_root()).joinpath("labs", RELEASED).exists()


def labs(root: Path | None = None) -> list[Lab]:
    """Every lab, by number."""
    return [Lab(number, folder.name, folder) for number, folder in _numbered(root, "labs", "lab.py")]


def lessons(root: Path | None = None) -> list[Lesson]:
    """Every lesson, by number."""
    return [Lesson(number, folder.name, folder) for number, folder in _numbered(root, "lessons", "lesson.md")]


def find_lab(word: str, root: Path | None = None) -> Lab:
    """The lab that `1`, `01`, `first-bow` or `01-first-bow` means; `UsageError` with the nearest name if none."""
    return _find(word, labs(root), "lab")


def find_lesson(word: str, root: Path | None = None) -> Lesson:
    """The lesson that a word means, as for `find_lab`."""
    return _find(word, lessons(root), "lesson")


def _find(word: str, known: list[_Kind], kind: str) -> _Kind:
    for one in known:
        if word in (one.name, one.name[3:], str(one.number), f"{one.number:02}"):
            return one
    if not known:
        raise UsageError(f"This copy of the kit has no {kind}s; run dojo from a clone of the course.")
    words = [one.name for one in known] + [one.name[3:] for one in known]
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.5)
    names = ", ".join(one.name for one in known)
    raise UsageError(
        f"There is no {kind} {word!r}" + (f"; did you mean {near[0]}?" if near else f"; there are {names}.")
    )


@cache
def read(lab: Lab) -> notebook.Notebook:
    """The lab's cells."""
    return notebook.read_lab(lab.source)


def about(lab: Lab) -> About:
    """The lab's title and table; a `DojoError` names a row that is missing."""
    # Read as text: `dojo list` must not wait for jupytext.
    parts = lab.source.read_text(encoding="utf-8", errors="replace").split('"""')
    first = parts[1] if len(parts) > 2 else ""
    title = re.search(r"^# Lab \d+\. (.+)$", first, re.M)
    if not title:
        raise DojoError(f"{lab.source}, cell 1: it needs a heading like '# Lab {lab.number}. Title'.")
    rows = {key.strip(): value.strip() for key, value in re.findall(r"^\|([^|]+)\|(.+)\|\s*$", first, re.M)}
    missing = [row for row in ABOUT_ROWS if row not in rows]
    if missing:
        raise DojoError(f"{lab.source}, cell 1: its table has no row {missing[0]!r}.")
    return About(title[1].strip(), {row: rows[row] for row in ABOUT_ROWS})


def exercises(lab: Lab) -> list[Exercise]:
    """The lab's exercises, in order; a solution without tests, or prose without effort or hints, is a `DojoError`."""
    found: list[Exercise] = []
    prose = ""
    for cell in read(lab).cells:
        if cell.kind == "markdown":
            prose = cell.source if re.search(r"^## Exercise \d", cell.source, re.M) else prose
        elif cell.role == "solution":
            found.append(_exercise(lab, cell, prose))
        elif cell.role == "tests":
            if not found:
                raise DojoError(f"{lab.source}, cell {cell.number}: tests stand after the solution they test.")
            found[-1].tests[cell.name] = cell.points
    for exercise in found:
        if not exercise.tests:
            raise DojoError(f"{lab.source}: the exercise {exercise.name!r} has no tests cell.")
    return found


def find_exercise(lab: Lab, word: str) -> Exercise:
    """The exercise that its number or name means; `UsageError` with the names if none."""
    known = exercises(lab)
    for number, exercise in enumerate(known, start=1):
        if word in (exercise.name, str(number)):
            return exercise
    names = ", ".join(f"{number} {exercise.name}" for number, exercise in enumerate(known, start=1))
    raise UsageError(f"Lab {lab.number} has no exercise {word!r}; it has {names}.")


def _exercise(lab: Lab, cell: notebook.Cell, prose: str) -> Exercise:
    heading = re.search(r"^## Exercise \d+\. (.+)$", prose, re.M)
    effort = _EFFORT.search(prose)
    if not heading or not effort:
        raise DojoError(
            f"{lab.source}, cell {cell.number - 1}: the exercise {cell.name!r} needs '## Exercise N. Title' "
            "and 'Difficulty 2 of 5. Up to 10 minutes.'"
        )
    hints = tuple(text.strip() for _, text in sorted(_HINT.findall(prose)))
    return Exercise(cell.name, heading[1].strip(), int(effort[1]), int(effort[2]), hints, {})


def _numbered(root: Path | None, kind: str, wanted: str) -> list[tuple[int, Path]]:
    folders = sorted((root or course_root()).joinpath(kind).glob("*"))
    return [(int(match[1]), f) for f in folders if (match := _FOLDER.match(f.name)) and (f / wanted).exists()]
