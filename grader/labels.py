"""What the name of a file or folder says about who handed it in, as Moodle, Canvas and Blackboard write it.

Moodle      Ada Lovelace_12345_assignsubmission_file_/lab.ipynb, or all of it in the file's name
Canvas      lovelaceada_LATE_12345_67890_lab-1.ipynb: name, number of the student, number of the file
Blackboard  Lab 1_ada_attempt_2026-01-30-15-00-00_lab.ipynb
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

__all__ = ["Label", "read_label"]


@dataclass(frozen=True)
class Label:
    """The words that may name the student, best first; the file's own name; what the LMS says of the time."""

    who: tuple[str, ...]
    file: str
    note: str = ""
    when: datetime | None = None


_MOODLE = re.compile(r"(?P<who>.+?)_(?P<number>\d+)_assignsubmission_[a-z]+(?:_(?P<file>.*))?\Z")
_CANVAS = re.compile(r"(?P<who>[^_/]+)_(?P<late>LATE_)?(?P<number>\d+)_\d+_(?P<file>.+)\Z")
_BLACKBOARD = re.compile(r"[^/]+_(?P<who>[^_/]+)_attempt_(?P<when>\d{4}(?:-\d\d){5})(?:_(?P<file>.+))?\Z")


def read_label(name: str) -> Label | None:
    """What this one part of a path says, or None if no LMS wrote it."""
    if match := _MOODLE.match(name):
        # The number is Moodle's own for this hand-in, not the student's.
        return Label((match["who"],), match["file"] or "")
    if match := _BLACKBOARD.match(name):
        return Label((match["who"],), match["file"] or "", when=_time(match["when"]))
    if match := _CANVAS.match(name):
        note = "Canvas marks it as late." if match["late"] else ""
        return Label((match["number"], match["who"]), match["file"], note)
    return None


def _time(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d-%H-%M-%S").astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None
