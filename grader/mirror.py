"""What may be shown of a notebook with hidden tests: only what a student says who never met one.

A student's code can keep what a hidden test calls it with, and print that from a later cell, or return it to a later
visible test; in a kernel, where the tests run beside it, it can keep their text. So a notebook with hidden tests is run
twice. The first run is for marks, and ends with the last test. The second has no hidden tests: what is shown of the
cells after the first hidden one is taken from there, verdicts and scores of tests are not. Where nothing would be
shown, there is no second run.
"""

from __future__ import annotations

from dataclasses import replace

from grader.job import CellResult, Job, Result, Step

__all__ = ["LOW_ASSURANCE", "for_marks", "reflected", "without_hidden"]

LOW_ASSURANCE = "The tests ran in the student's own process (low assurance)."
_OTHERWISE = "It went otherwise here than without the hidden tests, so nothing of it is shown."


def for_marks(job: Job) -> Job:
    """The notebook to run for marks: without the cells after its last tests, where the run for showing has them."""
    if not any(map(_is_hidden, job.steps)):
        return job
    last = max(at for at, step in enumerate(job.steps) if step.hidden or step.role == "tests")
    return replace(job, steps=job.steps[: last + 1])


def without_hidden(job: Job, result: Result) -> Job | None:
    """The notebook to run for showing, up to the last cell that needs it; None where nothing needs it. `result` is
    that of the run for marks."""
    needed = [cell.name for cell in _late(job, result) if _shows(cell)]
    needed += [step.name for step in _rest(job) if step.who != "nobody"]
    if not needed:
        return None
    steps: list[Step] = []
    for step in job.steps:
        if not _is_hidden(step):
            steps.append(step)
        if step.name == needed[-1]:
            break
    visible = any(step.who == "examiner" for step in steps)
    left = max(1.0, job.limits.total_s - sum(seconds for _, seconds in result.spent))
    # Where no test is left, a student alone will do.
    mode = job.mode if visible else "kernel"
    return replace(job, steps=tuple(steps), mode=mode, limits=replace(job.limits, total_s=left))


def reflected(job: Job, result: Result, mirror: Result) -> Result:
    """The result, with what its late cells show taken from the run without hidden tests."""
    seen = {cell.name: cell for cell in mirror.cells}
    late = {cell.name for cell in _late(job, result) if _shows(cell)}
    cells = [_shown(cell, seen.get(cell.name)) if cell.name in late else cell for cell in result.cells]
    rest = [seen[step.name] for step in _rest(job) if step.name in seen]
    notes = (*result.notes, *(note for note in mirror.notes if note not in (*result.notes, LOW_ASSURANCE)))
    # Cells that run there alone are the notebook's own work.
    whole = sum(seconds for _, seconds in mirror.spent)
    own = min(whole, sum(cell.seconds for cell in rest))
    spent = [(name, seconds + (own if name == "cells" else 0.0)) for name, seconds in result.spent]
    return Result((*cells, *rest), notes, (*spent, ("shown again", whole - own)))


def _rest(job: Job) -> tuple[Step, ...]:
    """What the run for marks leaves out."""
    return job.steps[len(for_marks(job).steps) :]


def _is_hidden(step: Step) -> bool:
    return step.hidden


def _late(job: Job, result: Result) -> list[CellResult]:
    """What came of the cells after the first hidden tests, but for hidden tests themselves."""
    names = [step.name for step in job.steps]
    first = next((at for at, step in enumerate(job.steps) if _is_hidden(step)), len(names))
    hidden = {step.name for step in job.steps if _is_hidden(step)}
    late = set(names[first + 1 :]) - hidden
    return [cell for cell in result.cells if cell.name in late]


def _shows(cell: CellResult) -> bool:
    """Whether something of it comes from the notebook's code: an output, or the words of an error."""
    return bool(cell.outputs or (cell.verdict == "failed" and (cell.message or cell.error or cell.parts)))


def _shown(cell: CellResult, seen: CellResult | None) -> CellResult:
    if seen is not None and seen.verdict == cell.verdict:
        return replace(cell, outputs=seen.outputs, error=seen.error, message=seen.message, parts=seen.parts)
    if cell.verdict in ("passed", "failed"):
        return replace(cell, outputs=(), error="", message=_OTHERWISE, parts=None)
    # It was stopped; these words are ours.
    return replace(cell, outputs=())
