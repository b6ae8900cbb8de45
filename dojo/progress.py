"""What a student has passed: one small file in the workspace, readable by people, never lost by a crash."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from dojo import catalog
from dojo.catalog import Belt
from dojo.check import Report
from dojo.files import write_whole

__all__ = ["LabProgress", "Progress", "read_progress", "write_progress"]

PASS_SHARE = 0.7  # of the automatic points; the written answer is for a person to mark


@dataclass
class LabProgress:
    """One lab: exercises passed at least once, best automatic points, hints seen, solutions read and why."""

    passed: list[str] = field(default_factory=list)
    points: int = 0
    possible: int = 0
    hints: dict[str, int] = field(default_factory=dict)
    tried: dict[str, str] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        """Whether the lab is passed: 70 % of its automatic points."""
        return self.possible > 0 and self.points >= PASS_SHARE * self.possible


@dataclass
class Progress:
    """Labs by name, the id that work is handed in under, and a remark if the file could not be read."""

    labs: dict[str, LabProgress] = field(default_factory=dict)
    student: str = ""
    remark: str = ""

    def lab(self, name: str) -> LabProgress:
        """This lab's entry, made if there is none."""
        return self.labs.setdefault(name, LabProgress())

    def note(self, report: Report) -> None:
        """Keep the best of what has been passed; a later bad day takes nothing away."""
        entry = self.lab(report.lab.name)
        passed = [result.exercise.name for result in report.results if result.passed]
        entry.passed += [name for name in passed if name not in entry.passed]
        entry.points, entry.possible = max(entry.points, report.points), report.possible

    def belts(self) -> list[Belt]:
        """The belts earned: every lab of the belt that this copy of the kit has is passed."""
        earned = []
        for belt in catalog.BELTS:
            names = [lab.name for lab in catalog.labs() if belt.holds(lab.number)]
            if names and all(name in self.labs and self.labs[name].done for name in names):
                earned.append(belt)
        return earned


def read_progress(path: Path) -> Progress:
    """Read the file; one that is broken is set aside under another name, and the remark says so."""
    if not path.exists():
        return Progress()
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        student = found.get("student", "")
        if not isinstance(student, str):
            raise TypeError("a student's id has another shape")
        return Progress({name: _entry(row) for name, row in found["labs"].items()}, student)
    except (ValueError, KeyError, TypeError, AttributeError, OSError):
        aside = path.with_name("progress-unreadable.json")
        number = 1
        while aside.exists():
            number += 1
            aside = path.with_name(f"progress-unreadable-{number}.json")
        path.rename(aside)
        return Progress(remark=f"{path.name} could not be read; it is kept as {aside.name} and a new one begun.")


def write_progress(path: Path, progress: Progress) -> None:
    """Write the file whole or not at all."""
    rows = {name: asdict(entry) for name, entry in sorted(progress.labs.items())}
    student = {"student": progress.student} if progress.student else {}
    write_whole(path, json.dumps({**student, "labs": rows}, indent=1, ensure_ascii=False) + "\n")


def _entry(row: dict[str, Any]) -> LabProgress:
    entry = LabProgress(**row)
    shapes = {"passed": list, "points": int, "possible": int, "hints": dict, "tried": dict}
    fine = all(isinstance(getattr(entry, name), kind) for name, kind in shapes.items())
    if not fine or any(number < 0 for number in entry.hints.values()):
        raise TypeError("a progress entry has another shape")
    return entry
