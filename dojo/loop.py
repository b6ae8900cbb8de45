"""The learner's loop, for the terminal and the notebook alike: check, hint, solution; each keeps the progress file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from dojo import catalog
from dojo.catalog import Exercise, Lab
from dojo.check import Report, check
from dojo.errors import DojoError
from dojo.progress import Progress, read_progress, write_progress
from dojo.run import Runner
from dojo.workspace import Workspace

__all__ = ["check_and_note", "next_hint", "read_solution"]


def check_and_note(
    workspace: Workspace, lab: Lab, path: Path, runner: Runner, newer: Mapping[str, str] | None = None
) -> tuple[Report, Progress]:
    """Check the notebook at `path`, keep what it passes, and give both back."""
    report = check(lab, path, runner, newer)
    progress = read_progress(workspace.progress_file)
    progress.note(report)
    try:
        write_progress(workspace.progress_file, progress)
    except DojoError as problem:
        # A full disk or a folder without permission is no reason to hold the report back.
        progress.remark = str(problem)
    return report, progress


def next_hint(workspace: Workspace, lab: Lab, exercise: Exercise) -> str:
    """The next hint that the student has not seen; after the last, all of them again."""
    progress = read_progress(workspace.progress_file)
    seen = progress.lab(lab.name).hints
    number = min(seen.get(exercise.name, 0) + 1, len(exercise.hints))
    again = seen.get(exercise.name, 0) >= len(exercise.hints)
    seen[exercise.name] = number
    write_progress(workspace.progress_file, progress)
    if again:
        listed = "\n".join(f"Hint {n}. {hint}" for n, hint in enumerate(exercise.hints, start=1))
        return f"You have seen every hint for {exercise.title!r}:\n{listed}"
    return f"Hint {number} of {len(exercise.hints)} for {exercise.title!r}\n{exercise.hints[number - 1]}"


def read_solution(workspace: Workspace, lab: Lab, exercise: Exercise, ask: Callable[[str], str]) -> str:
    """The exercise's solution: at once when it has been passed, else after one honest question, answered by `ask`."""
    if catalog.released_only():
        raise DojoError("This copy of the course has no solutions in it; your teacher has them. Hints: `dojo hint`.")
    progress = read_progress(workspace.progress_file)
    entry = progress.lab(lab.name)
    if exercise.name not in entry.passed and exercise.name not in entry.tried:
        tried = ask(
            f"You have not passed {exercise.title!r} yet. What have you tried, and what happened? "
            "(One line, kept in your own progress file; an empty line goes back.) "
        ).strip()
        if not tried:
            raise DojoError("Nothing was shown. Run the check once more and read its message aloud; that often helps.")
        entry.tried[exercise.name] = tried
        write_progress(workspace.progress_file, progress)
    source = next(cell.source for cell in catalog.read(lab).cells if cell.name == exercise.name)
    return "\n".join(line for line in source.splitlines() if not re.search(r"### (BEGIN|END) SOLUTION", line))
