"""What is graded, and what comes of it: the records that the grader's parts hand to each other.

A `Job` is all that the marks of one notebook depend on; a `Result` is all that comes of it. Both hold plain values, so
that they can be hashed, kept on disk and sent to another machine.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["CellResult", "Job", "Limits", "Result", "Step", "Verdict"]

Who = Literal["student", "examiner", "both", "nobody"]
# What a step came to. Points are given for "passed" alone; the others are five different stories.
Verdict = Literal["passed", "failed", "timed out", "died", "memory", "not run"]


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Seconds of wall time, bytes, and numbers of processes and open files."""

    cell_s: float = 60.0
    total_s: float = 300.0
    memory: int = 2 << 30  # of the student's processes together; the examiner has as much of its own
    processes: int = 64
    files: int = 256
    file_size: int = 64 << 20
    disk: int = 256 << 20
    output: int = 200_000  # kept of what one cell prints and shows, in bytes
    total_output: int = 2_000_000


@dataclass(frozen=True)
class Step:
    """One cell of the notebook that is graded, in its order.

    `text` is what runs or is shown: the lab's own for all but answers, plain cells and the student's additional cells.
    `who` runs it: student cells (answers, plain and additional ones) the student, locked ones both, tests the examiner,
    text and live cells nobody. `points` is the most that a tests cell can earn, None for one that earns nothing by
    itself. `gives` are names that the lab's own solution in this cell binds: only these may replace a name of the lab;
    `classes` are those among them that it binds to a class, on whose objects tests may use operators and methods.
    `imports` are the import statements of the lab's own solution, which the examiner runs too.
    """

    name: str
    kind: Literal["code", "markdown", "raw"]
    role: str  # as in dojo.notebook.ROLES, "" for a plain cell, "extra" for one that the student added
    text: str
    who: Who
    points: float | None = None
    gives: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    imports: str = ""
    hidden: bool = False  # it holds hidden tests: neither its text nor what it prints may reach the student


@dataclass(frozen=True)
class Job:
    """One notebook of one submission. `files` are the assignment's own data files, (relative path, sha256), found in
    the stage (see `grader.sandbox`); nothing that the student handed in beside the notebook is among them, unless the
    course says so: `theirs` are the paths of those. `mode` is how tests run: through handles, or, for labs from
    elsewhere, in the student's kernel. `heavy` are modules that are imported before the notebook begins; `asks` are the
    names of the student's that the examiner's cells may use, None for any."""

    assignment: str
    notebook: str
    student: str
    steps: tuple[Step, ...]
    files: tuple[tuple[str, str], ...] = ()
    mode: Literal["handles", "kernel"] = "handles"
    limits: Limits = field(default_factory=Limits)
    theirs: tuple[str, ...] = ()
    heavy: tuple[str, ...] = ()
    asks: tuple[str, ...] | None = None

    def digest(self, engine: str) -> str:
        """The address of the result: 64 hex digits of all that it depends on but the student's name. `engine` names the
        versions of the grader and of what it imports."""
        content = self.content()
        del content["student"]
        return hashlib.sha256(json.dumps([engine, content], sort_keys=True).encode()).hexdigest()

    def content(self) -> dict[str, Any]:
        """Its fields by name, as values that JSON knows; those within it are the job's own."""
        # Not `dataclasses.asdict`, which copies every text's list anew: each job is asked several times.
        return {**vars(self), "steps": [vars(step) for step in self.steps], "limits": vars(self.limits)}


@dataclass(frozen=True)
class CellResult:
    """What one step came to. `outputs` are nbformat outputs, safe to show to anybody who may see the cell: no markup,
    no script, within the limits. `score` is the plain number that was a tests cell's last value, None where it was
    none; `flawed` says that the last value was no usable score. `message` is the failed test's verdict in words,
    without a line of the test's code."""

    name: str
    verdict: Verdict
    outputs: tuple[dict[str, Any], ...] = ()
    score: float | None = None
    flawed: str = ""
    error: str = ""
    message: str = ""
    parts: tuple[str, str, str, str] | None = None  # NotYet's call, reply, wanted, think
    seconds: float = 0.0


@dataclass(frozen=True)
class Result:
    """What came of a job: a result for each step that somebody ran, in order; `notes` are sentences for the
    instructor's table; `spent` is where the time went, in seconds by name."""

    cells: tuple[CellResult, ...]
    notes: tuple[str, ...] = ()
    spent: tuple[tuple[str, float], ...] = ()
