"""What a course's configuration says about grading: nbgrader's own options where it has them, `c.Grader` for the rest.

c.Grader.examiner = {"ps1": "kernel"}   # this assignment's tests run in the student's process, as nbgrader's do
c.Grader.total_seconds = 300            # for one notebook; without it, five times a cell's limit
c.Grader.memory_mb = 2048               # for one student's processes together
c.Execute.timeout = 60                  # for one cell, in seconds
c.Autograde.exclude_overwriting = {"ps1": ["helpers.py"]}   # files of the student's own that the notebook may use

A module or a pickle of the student's own is for the student's process alone: have an unlocked cell import it, or let
the tests run in the kernel.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Any, Literal

from dojo.errors import UsageError
from grader.job import Limits

__all__ = ["Settings", "read_settings"]

_KEYS = ("examiner", "total_seconds", "memory_mb", "unsafe")
_NO_LIMIT_S = 3600.0  # what "no limit" in nbgrader's own option comes to here


@dataclass(frozen=True)
class Settings:
    """For one assignment. `theirs` are names of files that the student may bring along beside the notebook; `unsafe`
    says that nbgrader's own commands may grade without the sandbox."""

    mode: Literal["handles", "kernel"]
    limits: Limits
    theirs: tuple[str, ...]
    create_students: bool
    unsafe: bool


def read_settings(config: Any, assignment: str) -> Settings:
    """The settings; a `UsageError` names an unknown key or a value that can't be used."""
    ours = dict(config.get("Grader", {}))
    for key in ours:
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, n=1)
            hint = f"did you mean c.Grader.{near[0]}?" if near else f"there are {', '.join(_KEYS)}."
            raise UsageError(f"nbgrader_config.py sets c.Grader.{key}, which is unknown; {hint}")
    examiner = ours.get("examiner", {})
    mode = examiner.get(assignment, "handles") if isinstance(examiner, dict) else examiner
    if mode not in ("handles", "kernel"):
        raise UsageError(f'c.Grader.examiner is {mode!r} for {assignment}; write "handles" or "kernel".')
    autograde = config.get("Autograde", {})
    theirs = autograde.get("exclude_overwriting", {}).get(assignment, [])
    return Settings(
        mode=mode,
        limits=_limits(config, ours),
        theirs=tuple(map(str, theirs)),
        create_students=bool(autograde.get("create_student", True)),
        unsafe=ours.get("unsafe") is True,
    )


def _limits(config: Any, ours: dict[str, Any]) -> Limits:
    usual = Limits()
    cell: Any = usual.cell_s
    for section in ("ExecutePreprocessor", "Execute"):
        if "timeout" in config.get(section, {}):
            cell = config[section]["timeout"]
    cell = _NO_LIMIT_S if cell is None or cell == -1 else _positive("c.Execute.timeout", cell)
    total = _positive("c.Grader.total_seconds", ours.get("total_seconds", 5 * cell))
    memory = _positive("c.Grader.memory_mb", ours.get("memory_mb", usual.memory / (1 << 20)))
    return Limits(cell_s=cell, total_s=total, memory=int(memory * (1 << 20)))


def _positive(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
        raise UsageError(f"{name} is {value!r} in nbgrader_config.py; it needs a number above 0.")
    return float(value)
