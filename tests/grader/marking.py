"""What the tests of sandbox and supervisor share: a supervisor with a stand-in for the child, and short notebooks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from grader.job import CellResult, Job, Limits, Result, Step
from grader.supervisor import Supervisor

INSIDE = Path(__file__).parent / "inside"


def supervisor(stage: Path, **settings: Any) -> Supervisor:
    """One whose children only exec, and that imports nothing first: it starts in half a second."""
    return Supervisor(stage, child="standin", shown=[INSIDE], warm=(), **settings)


def step(name: str, text: str, who: Any = "student", points: float | None = None, hidden: bool = False) -> Step:
    """One code cell."""
    role = {"student": "solution", "both": "locked", "examiner": "tests"}[who]
    return Step(name, "code", role, text, who, points, hidden=hidden)


def job(*steps: Step, data: tuple[tuple[str, str], ...] = (), mode: Any = "handles", **limits: Any) -> Job:
    """A notebook of these cells; `data` are its files in the stage, `limits` as in `Limits`, but shorter times."""
    return Job("lab", "lab", "ada", steps, data, mode, Limits(**{"cell_s": 20.0, "total_s": 60.0, **limits}))


def marked(one: Supervisor, *steps: Step, **settings: Any) -> Result:
    """What comes of a notebook of these cells."""
    return one.mark(job(*steps, **settings))


def told(result: CellResult) -> str:
    """What a cell printed, or its error where it failed."""
    assert result.verdict == "passed", result
    return "".join(output["text"] for output in result.outputs)


def said(one: Supervisor, text: str, who: str = "student", **settings: Any) -> str:
    """What one cell prints when it runs alone."""
    return told(marked(one, step("cell", text, who), **settings).cells[0])
