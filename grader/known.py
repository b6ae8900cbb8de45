"""Which of a lab's known mistakes a student's answer fails like.

The mistakes of the lab's `mistakes.py` go through the same engine as hand-ins, once: what comes of them is kept under
the course's `.dojo/` by content. A student's answer is *like* a mistake if the tests of that exercise fail in the same
places with the same words. That is no proof that the same thing is wrong in it: other code may fail the same way.

The mistakes are the kit's own code, so they run without the sandbox where there is none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dojo import catalog
from dojo.catalog import Exercise, Lab
from dojo.errors import DojoError, UsageError
from dojo.notebook import Variant, read_variants
from grader.assignment import Assignment, read_assignment
from grader.coursefolder import CourseFolder
from grader.gradebook import Book
from grader.job import Job, Result
from grader.outcomes import Ended, Outcome
from grader.pool import LocalPool, Marker, command
from grader.probe import sandbox_reason
from grader.rebuild import rebuild
from grader.results import Store
from grader.run import usual_jobs

__all__ = ["Known", "how", "kit_lab", "known_mistakes"]

_CELL_S = 20.0  # a mistake that never ends need not take a student's whole minute
_TOLD = 25  # mistakes between two words of progress
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
How = tuple[tuple[str, str, str, str], ...]  # (test, verdict, error, message) for each test of an exercise


@dataclass(frozen=True)
class Known:
    """The known mistakes of one lab: names by exercise and by how its tests fail. `problem` says why there are none,
    if they could not be run."""

    mistakes: Mapping[tuple[str, How], tuple[str, ...]]
    problem: str = ""


def kit_lab(assignment: str) -> Lab | None:
    """The lab of the kit that an assignment is, if it is one."""
    try:
        lab = catalog.find_lab(assignment)
    except UsageError:
        return None
    return lab if lab.name == assignment else None


def how(outcome: Outcome, exercise: Exercise) -> How | None:
    """How a student's answer fails; None where nothing does, or where it is not written or never ran."""
    ended = {cell: one for (_, cell), one in outcome.tests.items() if cell in exercise.tests}
    # Plain nbgrader leaves no verdicts.
    if set(ended) != set(exercise.tests) or any(not one.verdict for one in ended.values()):
        return None
    if all(one.verdict == "passed" for one in ended.values()):
        return None
    if all(one.unwritten or one.verdict == "not run" for one in ended.values()):
        return None
    return _how(ended)


def known_mistakes(
    course: CourseFolder, lab: Lab, exercises: Collection[str], say: Callable[[str], None], marker: Marker | None = None
) -> Known:
    """Run the mistakes of these exercises, those that were never run before; `marker` stands in for the workers."""
    variants = [one for one in read_variants(lab.folder / "mistakes.py", "mistake") if one.exercise in exercises]
    if not variants:
        return Known({})
    reason = sandbox_reason() if marker is None else ""
    store = Store(course.root)
    try:
        with Book(course.db_url, course.course_id, course.config, course.root) as book:
            assignment = read_assignment(course, lab.name, book, store, unsafe=bool(reason))
        jobs = list(_jobs(course, assignment, lab, variants))
        results = _results(course, assignment, store, jobs, say, marker)
    except DojoError as problem:
        return Known({}, str(problem))
    tests = {one.name: one.tests for one in catalog.exercises(lab)}
    found: dict[tuple[str, How], tuple[str, ...]] = {}
    for variant, _ in jobs:
        ended = {
            cell.name: Ended(cell.verdict, cell.error, cell.message)
            for cell in results[variant.name].cells
            if cell.name in tests[variant.exercise]
        }
        key = (variant.exercise, _how(ended))
        found[key] = (*found.get(key, ()), variant.name)
    return Known(found)


def _how(ended: Mapping[str, Ended]) -> How:
    """Objects' addresses differ from run to run."""
    return tuple(
        (name, one.verdict, one.error, _ADDRESS.sub("0x0", one.message.strip())) for name, one in sorted(ended.items())
    )


def _jobs(
    course: CourseFolder, assignment: Assignment, lab: Lab, variants: list[Variant]
) -> Iterator[tuple[Variant, Job]]:
    """The lab solved, but for one exercise each; cells of no role are left out, because no test needs them."""
    notebook = next((one for one in assignment.labs.values() if one.name == lab.name), None)
    if notebook is None:
        raise DojoError(f"{lab.name} is not the kit's notebook here; its known mistakes do not fit.")
    source = json.loads(Path(assignment.source, f"{lab.name}.ipynb").read_text(encoding="utf-8"))
    cells = [cell for cell in source["cells"] if cell["metadata"].get("nbgrader")]
    names = {cell["metadata"]["nbgrader"].get("grade_id") for cell in cells}
    limits = replace(assignment.settings.limits, cell_s=min(_CELL_S, assignment.settings.limits.cell_s))
    for variant in variants:
        if variant.exercise not in names:
            continue  # the instructor took that exercise out
        content = json.dumps({**source, "cells": [_with(cell, variant) for cell in cells]}).encode()
        steps = rebuild(notebook, content).steps
        yield variant, replace(assignment.job(notebook.name, steps), limits=limits)


def _with(cell: dict[str, Any], variant: Variant) -> dict[str, Any]:
    mine = cell["metadata"]["nbgrader"].get("grade_id") == variant.exercise
    return {**cell, "source": variant.source} if mine else cell


def _results(
    course: CourseFolder,
    assignment: Assignment,
    store: Store,
    jobs: list[tuple[Variant, Job]],
    say: Callable[[str], None],
    marker: Marker | None,
) -> dict[str, Result]:
    """What comes of each job, by the mistake's name; each is kept as soon as it is there."""
    results: dict[str, Result] = {}
    todo: list[tuple[str, str, Job]] = []
    for variant, job in jobs:
        digest = job.digest(assignment.engine)
        kept = store.result(digest)
        if kept is None:
            todo.append((variant.name, digest, job))
        else:
            results[variant.name] = kept
    if not todo:
        return results
    say(f"Running {len(todo)} known mistakes of {assignment.name}, once; stop with Ctrl-C, what is done is kept.")
    store.stage.mkdir(parents=True, exist_ok=True)
    own = marker or LocalPool(
        max(1, min(usual_jobs(), len(todo))), command(store.stage, assignment.unsafe, course.root)
    )
    try:
        futures = {own.submit(job): (name, digest) for name, digest, job in todo}
        for number, future in enumerate(as_completed(futures), start=1):
            name, digest = futures[future]
            results[name] = future.result()
            store.keep_result(digest, results[name])
            if number % _TOLD == 0 and number < len(todo):
                say(f"  {number} of {len(todo)}")
    finally:
        if marker is None:
            own.close()
    return results
