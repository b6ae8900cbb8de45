"""How fast the grader is: one class of lab 1 and one of a vision lab, graded by nbgrader and by us, marks compared.

    python benchmarks/grading.py [--students 60] [--jobs N] [--labs 1,9] [--otter PYTHON]

Every submission is another text: solved, as released, or one of the lab's known mistakes. The vision lab also imports
torch and ultralytics in a locked cell, as labs with a detector do. Marks are compared cell by cell before any time is
printed; a difference ends the benchmark. Ours grades the class twice, before nbgrader and after it, and the mean of
both is set against nbgrader's: a machine's speed changes within the minutes that nbgrader takes. With `--otter`, a
Python that has otter-grader runs one solved submission.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

import nbformat
import psutil

from dojo import catalog, notebook
from dojo.catalog import Lab
from dojo.course import new_course, release_lab
from grader.progress import Silent
from grader.rows import Row
from grader.run import grade

HEAVY = "import cv2\nimport torch\nimport ultralytics"
# What the goals of this benchmark are counted in.
GOALS = {1: 15.0, 9: 40.0}
# nbgrader runs `alembic` from the PATH; Jupyter warns about its own old folders without the other.
HOME_SETTINGS = {
    "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
    "JUPYTER_PLATFORM_DIRS": "1",
}
OVERHEAD_S, MEMORY = 0.080, 3 << 30


@dataclass
class Stamps(Silent):
    """When each submission was done."""

    done: list[float] = field(default_factory=list)

    def finished(self, row: Row) -> None:
        self.done.append(time.perf_counter())

    @property
    def steady(self) -> float:
        """Seconds for each further submission, once the first is done."""
        return (self.done[-1] - self.done[0]) / max(1, len(self.done) - 1)


@dataclass(frozen=True)
class Ours:
    """One run of our grader: seconds for the class, and for each submission after the first; seconds by part."""

    seconds: float
    steady: float
    spent: dict[str, float]


@dataclass
class Peak:
    """The most memory that this process and all its children had at one moment, shared pages counted once."""

    bytes: int = 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--students", type=int, default=60)
    parser.add_argument("--jobs", type=int, default=None)
    parser.add_argument("--labs", default="1,9")
    parser.add_argument("--otter", default="", help="a Python that has otter-grader installed")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dojo-benchmark-") as folder:
        os.environ.update(HOME_SETTINGS, HOME=folder)  # nbgrader keeps its exchange's cache under the home
        pages = [one_lab(int(number), args, Path(folder)) for number in args.labs.split(",")]
    say("\n\n".join(pages))
    return 0


def one_lab(number: int, args: argparse.Namespace, folder: Path) -> str:
    """Grade one class of this lab by us, by nbgrader and by us again; the report as Markdown."""
    lab = catalog.find_lab(str(number))
    heavy = number != 1
    course = new_course(folder / f"class-{number}")
    prepare(course, lab, heavy)
    hand_ins(course, lab, args.students, heavy)
    later, theirs = (Path(shutil.copytree(course, f"{course}-{name}")) for name in ("later", "nbgrader"))
    config = (theirs / "nbgrader_config.py").read_text(encoding="utf-8")
    plain = "\n".join(line for line in config.splitlines() if "grader." not in line.partition("=")[2])
    (theirs / "nbgrader_config.py").write_text(plain, encoding="utf-8")
    with peak_memory() as peak:
        first = ours(course, lab, args.jobs)
    seconds, steady = nbgrader(theirs, lab)
    runs = (first, ours(later, lab, args.jobs))
    differences = [*compare(course, theirs, lab), *compare(later, theirs, lab)]
    if differences:
        say("\n".join(differences))
        raise SystemExit(f"{len(differences)} marks of {lab.name} differ from nbgrader's; no time is worth printing.")
    otter = run_otter(args.otter, lab, folder, heavy) if args.otter else None
    return page(lab, args.students, runs, peak, seconds, steady, otter)


def prepare(course: Path, lab: Lab, heavy: bool) -> None:
    """Release the lab in the course, with the heavy imports where they are wanted."""
    list(release_lab(course, lab))
    if not heavy:
        return
    path = course / "source" / lab.name / f"{lab.name}.ipynb"
    node = nbformat.read(path, as_version=4)
    own = {"grade": False, "locked": True, "solution": False, "task": False, "grade_id": "heavy", "schema_version": 3}
    node.cells.insert(0, nbformat.v4.new_code_cell(HEAVY, id="heavy", metadata={"nbgrader": own}))
    nbformat.write(node, path)
    run(course, "generate_assignment", lab.name, "--force")


def hand_ins(course: Path, lab: Lab, count: int, heavy: bool) -> None:
    """Hand in `count` different notebooks: a third solved, a third as released, the others with one mistake each."""
    solved = {cell.name: cell.source for cell in catalog.read(lab).cells if cell.role == "solution"}
    mistakes = notebook.read_variants(lab.folder / "mistakes.py", "mistake")
    # One that reads the clock shows another number each time.
    mistakes = [one for one in mistakes if "import time" not in one.source]
    for number in range(count):
        texts = dict(solved) if number % 3 != 1 else {}
        if number % 3 == 2:
            mistake = mistakes[number // 3 % len(mistakes)]
            texts[mistake.exercise] = mistake.source
        folder = course / "submitted" / f"student{number:04}" / lab.name
        shutil.copytree(course / "release" / lab.name, folder)
        path = folder / f"{lab.name}.ipynb"
        content = json.loads(path.read_text(encoding="utf-8"))
        for cell in content["cells"]:
            own = cell["metadata"].get("nbgrader", {})
            if own.get("solution") and not own.get("grade"):
                text = texts.get(own["grade_id"], "".join(cell["source"]))
                # Equal notebooks would be run once.
                cell["source"] = f"{text}\n# student {number}"
        path.write_text(json.dumps(content), encoding="utf-8")


def ours(course: Path, lab: Lab, jobs: int | None) -> Ours:
    """Grade the class."""
    stamps = Stamps()
    report = grade(course, lab.name, jobs=jobs, progress=stamps)
    return Ours(report.seconds, stamps.steady, dict(report.spent))


def nbgrader(course: Path, lab: Lab) -> tuple[float, float]:
    """Seconds that `nbgrader autograde` takes for the class, and for each submission after the first."""
    begun = time.perf_counter()
    run(course, "autograde", lab.name)
    seconds = time.perf_counter() - begun
    made = sorted(path.stat().st_mtime for path in (course / "autograded").glob(f"*/{lab.name}/{lab.name}.ipynb"))
    return seconds, (made[-1] - made[0]) / max(1, len(made) - 1)


def run(course: Path, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "nbgrader", *words], cwd=course, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"nbgrader {words[0]} stopped:\n{done.stderr[-2000:]}")


def compare(ours: Path, theirs: Path, lab: Lab) -> list[str]:
    """Where the two gradebooks differ, a line each."""
    one, two = marks(ours, lab), marks(theirs, lab)
    return [
        f"{student} {cell}: ours {one.get((student, cell))}, nbgrader's {two.get((student, cell))}"
        for student, cell in sorted(set(one) | set(two))
        if one.get((student, cell), "none") != two.get((student, cell), "none")
    ]


def marks(course: Path, lab: Lab) -> dict[tuple[str, str], float | None]:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        return {
            (one.student.id, grade.name): grade.auto_score
            for one in book.assignment_submissions(lab.name)
            for notebook in one.notebooks
            for grade in notebook.grades
        }


def run_otter(python: str, lab: Lab, folder: Path, heavy: bool) -> float:
    """Seconds of `otter run` for one solved submission of the lab, its tests turned into Otter's."""
    place = folder / f"otter-{lab.number}"
    tests = place / "tests"
    tests.mkdir(parents=True)
    node = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "P", "language": "python"}}
    )
    if heavy:
        node.cells.append(nbformat.v4.new_code_cell(HEAVY))
    for cell in catalog.read(lab).cells:
        if cell.kind == "code" and cell.role in ("", "locked", "solution"):
            node.cells.append(nbformat.v4.new_code_cell(cell.source))
        elif cell.role == "tests":
            body = "\n".join(f"    {line}" for line in cell.source.splitlines()) or "    pass"
            text = (
                "OK_FORMAT = False\nfrom otter.test_files import test_case\n"
                f"name = {cell.name!r}\npoints = {cell.points}\n\n"
                f"@test_case(points=None, hidden=False)\ndef test_it(env):\n    globals().update(env)\n{body}\n"
            )
            (tests / f"{cell.name}.py").write_text(text, encoding="utf-8")
    nbformat.write(node, place / "lab.ipynb")
    (place / "otter_config.json").write_text("{}", encoding="utf-8")
    if (lab.folder / "data").exists():
        shutil.copytree(lab.folder / "data", place / "data")
    shutil.make_archive(str(place / "autograder"), "zip", place, "tests")
    subprocess.run(["zip", "-q", "autograder.zip", "otter_config.json"], cwd=place, check=False)
    begun = time.perf_counter()
    done = subprocess.run(
        [python, "-m", "otter", "run", "-a", "autograder.zip", "lab.ipynb"],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(catalog.course_root())},
    )
    if done.returncode:
        say(f"otter run stopped: {done.stderr[-500:]}")
        return float("nan")
    return time.perf_counter() - begun


@contextmanager
def peak_memory() -> Iterator[Peak]:
    """Watch the memory of this process's children while the block runs."""
    peak, stop = Peak(), threading.Event()

    def watch() -> None:
        # Not often: the kernel walks through all tables of every process, in time that nbgrader's run does not lose.
        while not stop.wait(1.5):
            peak.bytes = max(peak.bytes, sum(map(_own, [psutil.Process(), *psutil.Process().children(recursive=True)])))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peak
    finally:
        stop.set()
        thread.join()


def _own(process: psutil.Process) -> int:
    """A process's memory, pages that it shares divided among those who share them."""
    try:
        # Not psutil's: it adds up thousands of mappings in Python, which would be measured too.
        for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
        return 0
    except OSError:
        try:
            return int(process.memory_info().rss)
        except psutil.Error:
            return 0


def page(
    lab: Lab,
    students: int,
    runs: tuple[Ours, Ours],
    peak: Peak,
    seconds: float,
    steady: float,
    otter: float | None,
) -> str:
    """The measured figures."""
    whole, each = (sum(one) / len(runs) for one in zip(*((run.seconds, run.steady) for run in runs), strict=True))
    spent = {part: sum(run.spent[part] for run in runs) / len(runs) for part in runs[0].spent}
    cells = spent.get("worker: cells", 0.0) / students
    goal = GOALS.get(lab.number, GOALS[9])
    width = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    parts_s = sum(value for name, value in spent.items() if name != "worker: cells") / students
    beyond = width * each - cells  # idle or not, the cores had nothing else to do
    times = " and ".join(f"{steady / run.steady:.1f}" for run in runs)
    lines = [
        f"## {lab.name}{'' if lab.number == 1 else ' with torch and ultralytics'}, {students} submissions",
        "",
        f"{date.today()}, {platform.machine()}, {width} cores, Python {platform.python_version()}, "
        f"nbgrader {metadata.version('nbgrader')}, load {os.getloadavg()[0]:.1f}. Marks are equal in every cell.",
        "",
        "| | whole class | each further submission |",
        "|---|---|---|",
        f"| nbgrader autograde | {seconds:.1f} s | {steady:.3f} s |",
        f"| dojo course grade | {whole:.1f} s | {each:.4f} s |",
        f"| times as fast | {seconds / whole:.1f} | {steady / each:.1f} (goal {goal:.0f}) |",
        f"| before nbgrader's run and after it | | {times} |",
    ]
    if otter is not None:
        lines.append(f"| otter run, one submission | | {otter:.1f} s |")
    lines += [
        "",
        f"Overhead of a submission beyond its own cells: {beyond * 1000:.0f} ms of the {width} cores' time (goal below "
        f"{OVERHEAD_S * 1000:.0f}), {parts_s * 1000:.0f} ms by the clock, waits for a core that another one has "
        f"included; its cells: {cells * 1000:.0f} ms. Memory of the whole grader: {peak.bytes / (1 << 30):.2f} GiB "
        f"(goal below {MEMORY / (1 << 30):.0f}).",
        "",
        "| part | ms a submission |",
        "|---|---|",
    ]
    parts = sorted(spent.items(), key=lambda item: -item[1])
    lines += [f"| {name} | {value / students * 1000:.1f} |" for name, value in parts]
    return "\n".join(lines)


def say(text: Any) -> None:
    print(text)  # noqa: T201 - a benchmark's product


if __name__ == "__main__":
    raise SystemExit(main())
