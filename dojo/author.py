"""Prove a lab and its lesson: solved earns all, released earns none, each mistake costs its own exercise only.

Covered: roles, table, effort, hints and points; headings, words for pictures and links; the instructor's page; the
solved, released, mistaken and alternative runs; the words of every failure; leaks of solutions or hidden tests into the
release; the lab as a plain program; the round trip through jupytext; the lesson from top to bottom.

Not covered: whether the text is true, kind or clear. Read it aloud.
"""

from __future__ import annotations

import json
import os
import queue
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from dojo import catalog, notebook
from dojo.accessible import flaws
from dojo.catalog import Lab, Lesson
from dojo.check import Report, judge
from dojo.errors import DojoError
from dojo.run import Runner
from dojo.submission import Submission

__all__ = ["Finding", "prove_lab", "prove_lesson"]

MISTAKES_AT_LEAST = 5  # for each exercise
TEACH = (
    "Before class",
    "Timing",
    "Demo, and what will go wrong",
    "Five usual wrong answers",
    "Discussion",
    "Rubric",
    "Fast and slow finishers",
    "Accessibility",
)  # the sections of an instructor's page
AUTOMATIC_POINTS, WRITTEN_POINTS = 10, 4
_NOBODY = "http://127.0.0.1:9"  # the discard port: a plain program must do without a model
_PROGRAM_LIMIT_S = 120.0


@dataclass(frozen=True)
class Finding:
    """One thing that was proved (`fine`) or found wrong, in words."""

    fine: bool
    text: str


def prove_lab(lab: Lab, runners: Sequence[Runner]) -> Iterator[Finding]:
    """Prove one lab, cheapest proofs first; later ones are left out when the lab can't be read at all.

    The mistakes and alternatives are spread over the runners, each of which has a process of its own.
    """
    try:
        yield from _shape(lab)
        solved = _solved(lab)
    except DojoError as error:
        yield Finding(False, str(error))
        return
    yield from _round_trip(lab.source, "py:percent")
    yield from _readable(lab.source.name, [cell.source for cell in catalog.read(lab).cells if cell.kind == "markdown"])
    yield from _taught(lab)
    yield from _solved_earns_all(lab, solved, runners[0])
    yield from _released_earns_none(lab, runners[0])
    yield from _mistakes(lab, runners)
    yield from _alternatives(lab, runners)
    yield from _plain_program(lab)


def prove_lesson(lesson: Lesson, runner: Runner) -> Iterator[Finding]:
    """Run a lesson's cells from top to bottom, all but the live ones."""
    try:
        cells = notebook.read_lesson(lesson.source).cells
    except DojoError as error:
        yield Finding(False, str(error))
        return
    yield from _round_trip(lesson.source, "md")
    yield from _readable(lesson.source.name, [cell.source for cell in cells if cell.kind == "markdown"])
    code = [(cell.name, cell.source) for cell in cells if cell.kind == "code" and cell.role != "live"]
    broken = [one for one in runner.run(code, lesson.folder) if one.state != "passed"]
    for one in broken:
        yield Finding(False, f"cell {one.name!r} stopped: {one.error or one.state} {one.message}".strip())
    if not broken:
        yield Finding(True, f"{len(code)} cells run from top to bottom")


def _shape(lab: Lab) -> Iterator[Finding]:
    catalog.about(lab)
    for exercise in catalog.exercises(lab):
        if len(exercise.hints) != 3:
            yield Finding(False, f"exercise {exercise.name!r} has {len(exercise.hints)} hints; it needs three")
    cells = catalog.read(lab).cells
    automatic = sum(cell.points for cell in cells if cell.role == "tests")
    written = sum(cell.points for cell in cells if cell.role in ("answer", "task"))
    fine = (automatic, written) == (AUTOMATIC_POINTS, WRITTEN_POINTS)
    yield Finding(fine, f"{automatic} automatic points and {written} written ones (10 and 4 are due)")


def _round_trip(source: Path, form: str) -> Iterator[Finding]:
    if notebook.round_trip(source, form) == source.read_text(encoding="utf-8"):
        yield Finding(True, f"{source.name} survives JupyterLab: opened and saved, it is the same text")
    else:
        yield Finding(False, f"{source.name} changes when JupyterLab saves it; open it there once, save, and compare")


def _readable(name: str, texts: list[str]) -> Iterator[Finding]:
    wrong = list(flaws(texts))
    for text in wrong:
        yield Finding(False, f"{name}: {text}")
    if not wrong:
        yield Finding(True, f"{name}: headings in order, words for every picture, links that say where they lead")


def _taught(lab: Lab) -> Iterator[Finding]:
    """The instructor's page is there, with its sections in their order and something in each."""
    path = lab.folder / "teach.md"
    if not path.exists():
        yield Finding(False, "there is no teach.md, the instructor's page; see CONTRIBUTING.md for its sections")
        return
    text = path.read_text(encoding="utf-8")
    wrong = list(flaws([text]))
    parts = re.split(r"^## +(.+)$", text, flags=re.M)
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    if tuple(found) != TEACH:
        wrong.append(f"its sections are {', '.join(found) or 'none'}; due are {', '.join(TEACH)}")
    wrong += [f"the section {name!r} is empty" for name, body in found.items() if not body.strip()]
    for one in wrong:
        yield Finding(False, f"teach.md: {one}")
    if not wrong:
        yield Finding(True, "teach.md has all its sections")


def _solved(lab: Lab) -> Submission:
    cells = catalog.read(lab).cells
    return Submission({cell.name: cell.source for cell in cells if cell.role in ("", "solution")}, {}, ())


def _answered(lab: Lab, variant: notebook.Variant) -> Submission:
    """Solved, but for the variant's exercise; cells outside the exercises are empty, because no test needs them."""
    sources = {cell.name: cell.source if cell.role else "" for cell in catalog.read(lab).cells}
    return Submission({**sources, variant.exercise: variant.source}, {}, ())


def _solved_earns_all(lab: Lab, solved: Submission, runner: Runner) -> Iterator[Finding]:
    report = judge(lab, solved, runner, {})
    for line in _failures(report):
        yield Finding(False, f"solved, but {line}")
    for note in report.notes:
        yield Finding(False, f"solved, but {note}")
    if report.passed and not report.notes:
        yield Finding(True, f"solved earns {report.points} of {report.possible}")


def _released_earns_none(lab: Lab, runner: Runner) -> Iterator[Finding]:
    from dojo.release import write_release
    from dojo.submission import read_submission

    with tempfile.TemporaryDirectory(prefix="dojo-") as folder:
        path = write_release(lab, Path(folder))
        # A third hint may hold almost the line; everything else must not.
        text = re.sub(r"<details>.*?</details>", "", path.read_text(encoding="utf-8"), flags=re.S)
        released = read_submission(path, catalog.read(lab).cells)
    report = judge(lab, released, runner, {})
    for result in report.results:
        for test in result.tests:
            if test.passed:
                yield Finding(False, f"released, yet {test.name!r} passes")
    leaks = [line for line in _secrets(lab) if _in_notebook(line, text)]
    for line in leaks:
        yield Finding(False, f"the release shows a solution or hidden test: {line}")
    if not report.points and not leaks:
        yield Finding(True, "released earns 0, and shows no solution and no hidden test")


def _mistakes(lab: Lab, runners: Sequence[Runner]) -> Iterator[Finding]:
    mistakes = notebook.read_variants(lab.folder / "mistakes.py", "mistake")
    for exercise in catalog.exercises(lab):
        own = [one for one in mistakes if one.exercise == exercise.name]
        if len(own) < MISTAKES_AT_LEAST:
            yield Finding(False, f"exercise {exercise.name!r} has {len(own)} mistakes; {MISTAKES_AT_LEAST} are due")
    yield from _variants(lab, runners, mistakes, _not_caught, "mistakes lose points of their own exercise only")


def _alternatives(lab: Lab, runners: Sequence[Runner]) -> Iterator[Finding]:
    others = notebook.read_variants(lab.folder / "alternatives.py", "alternative")
    yield from _variants(lab, runners, others, _not_passed, "right answers in another style pass")


def _variants(
    lab: Lab,
    runners: Sequence[Runner],
    variants: list[notebook.Variant],
    problems: Callable[[notebook.Variant, Report], Iterator[str]],
    claim: str,
) -> Iterator[Finding]:
    """Put each variant in its exercise's place, run the lab, and list what `problems` finds."""
    names = {exercise.name for exercise in catalog.exercises(lab)}
    free = queue.SimpleQueue[Runner]()
    for one in runners:
        free.put(one)

    def found(variant: notebook.Variant) -> list[str]:
        if variant.exercise not in names:
            return [f"the lab has no exercise {variant.exercise!r}"]
        runner = free.get()
        try:
            return list(problems(variant, judge(lab, _answered(lab, variant), runner, {})))
        finally:
            free.put(runner)

    fine = 0
    with ThreadPoolExecutor(len(runners)) as pool:
        for variant, said in zip(variants, pool.map(found, variants), strict=True):
            yield from (Finding(False, f"{variant.name!r}: {problem}") for problem in said)
            fine += not said
    yield Finding(fine == len(variants), f"{fine} of {len(variants)} {claim}")


def _not_caught(mistake: notebook.Variant, report: Report) -> Iterator[str]:
    """What is wrong with how a mistake fails; nothing when it fails as it should."""
    for result in report.results:
        own = result.exercise.name == mistake.exercise
        if own and result.passed:
            yield "every test passes"
        if not own and not result.passed:
            yield f"it costs exercise {result.exercise.name!r} points too"
        for test in result.tests:
            if own and not test.passed and not (test.given and test.wanted):
                yield f"{test.name!r} fails without words for a beginner: {test.came}"


def _not_passed(_: notebook.Variant, report: Report) -> Iterator[str]:
    return _failures(report)


def _failures(report: Report) -> Iterator[str]:
    for result in report.results:
        if result.problem:
            yield f"exercise {result.exercise.name!r} stopped: {result.problem}"
        for test in result.tests:
            if not test.passed:
                yield f"{test.name!r} fails: {test.given} {test.came}, but {test.wanted}"


def _secrets(lab: Lab) -> Iterator[str]:
    """Lines of solutions, hidden tests and model answers that say something of their own: in no released code."""
    shown: set[str] = set()
    hidden: list[str] = []
    for cell in catalog.read(lab).cells:
        inside = cell.role == "answer"
        for line in cell.source.splitlines():
            words = line.strip()
            if re.search(r"BEGIN (SOLUTION|HIDDEN TESTS|MARK SCHEME)", words):
                inside = True
            elif re.search(r"END (SOLUTION|HIDDEN TESTS|MARK SCHEME)", words):
                inside = False
            elif inside:
                hidden.append(words)
            elif cell.kind == "code":
                shown.add(words)
    yield from (line for line in hidden if len(line) > 15 and not any(line in other for other in shown))


def _in_notebook(line: str, text: str) -> bool:
    return json.dumps(line, ensure_ascii=False)[1:-1] in text


def _plain_program(lab: Lab) -> Iterator[Finding]:
    with tempfile.TemporaryDirectory(prefix="dojo-") as folder:
        try:
            done = subprocess.run(
                [sys.executable, str(lab.source)],
                cwd=folder,
                capture_output=True,
                text=True,
                encoding="utf-8",
                timeout=_PROGRAM_LIMIT_S,
                check=False,
                env={**os.environ, "OLLAMA_HOST": _NOBODY, "MPLBACKEND": "agg", "PYTHONIOENCODING": "utf-8"},
            )
        except subprocess.TimeoutExpired:
            yield Finding(False, f"python {lab.source.name} runs longer than {_PROGRAM_LIMIT_S:.0f} s")
            return
    words = done.stderr.strip().splitlines()
    yield Finding(done.returncode == 0, "runs as a plain program" + (f": {words[-1]}" if done.returncode else ""))
