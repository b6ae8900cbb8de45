"""A class's week, one command each: collect, grade, feedback, report, export, with times.

    python benchmarks/classweek.py [--students 120] [--lab 1]

Every student hands in by file, as `dojo submit` packs it: a third solved, a third as released, the others with one of
the lab's known mistakes. The zips lie in one download as Moodle names it, and beside them what happens: one student
uploads a friend's zip, another one that was changed. Both are to be set apart, and nobody's own work with them.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from grading import HOME_SETTINGS, hand_ins, prepare, say

from dojo import catalog
from dojo.catalog import Lab
from dojo.course import new_course
from dojo.submit import submit
from dojo.workspace import Workspace

VERBS = ("collect", "grade", "feedback", "report", "export")


@dataclass(frozen=True)
class Step:
    """One command: seconds by the clock, its exit code and its last line."""

    verb: str
    seconds: float
    code: int
    said: str


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--students", type=int, default=120)
    parser.add_argument("--lab", default="1")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dojo-week-") as folder:
        os.environ.update(HOME_SETTINGS, HOME=folder)
        lab = catalog.find_lab(args.lab)
        course = new_course(Path(folder) / "class")
        prepare(course, lab, heavy=False)
        hand_ins(course, lab, args.students, heavy=False)
        download = pack(course, lab, Path(folder))
        roster = Path(folder) / "students.csv"
        roster.write_text(table(args.students), encoding="utf-8")
        load = os.getloadavg()[0]
        steps = [run(verb, course, lab, download, roster) for verb in verbs()]
        marked = sum(1 for _ in (course / "autograded").glob(f"*/{lab.name}/{lab.name}.ipynb"))
    say(page(lab, args.students, steps, marked, load))
    return 0


def verbs() -> list[str]:
    """The verbs of `dojo course` that this copy of the kit has."""
    shown = subprocess.run(
        [sys.executable, "-m", "dojo", "course", "--help"], capture_output=True, text=True, check=True
    )
    return [verb for verb in VERBS if re.search(rf"^ +{verb}\b", shown.stdout, re.M)]


def table(students: int) -> str:
    """The class as an LMS exports it."""
    rows = [f"student{number:04},Given{number},Family{number}" for number in range(students)]
    return "\n".join(["id,first_name,last_name", *rows, ""])


def pack(course: Path, lab: Lab, folder: Path) -> Path:
    """Turn what was handed in into the LMS's download of hand-ins; what lay in `submitted/` goes."""
    workspace = Workspace(folder / "workspace")
    workspace.put_lab(lab)
    zips: list[tuple[int, bytes]] = []
    for number, path in enumerate(sorted((course / "submitted").glob(f"*/{lab.name}/{lab.name}.ipynb"))):
        shutil.copyfile(path, workspace.lab_notebook(lab))
        zips.append((number, submit(workspace, lab, path.parent.parent.name).path.read_bytes()))
    shutil.rmtree(course / "submitted")
    download = folder / "download.zip"
    with zipfile.ZipFile(download, "w") as packed:
        for number, content in [*zips, *_mishaps(zips)]:
            label = f"Given{number} Family{number}_{70000 + number}_assignsubmission_file_"
            taken = sum(name.startswith(f"{label}/") for name in packed.namelist())
            packed.writestr(f"{label}/hand-in-{taken}.zip", content)
    return download


def _mishaps(zips: list[tuple[int, bytes]]) -> list[tuple[int, bytes]]:
    """A friend's zip, and one that was changed; each beside the student's own."""
    if len(zips) < 2:
        return []
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(zips[1][1])) as whole, zipfile.ZipFile(changed, "w") as packed:
        for name in whole.namelist():
            packed.writestr(name, whole.read(name).replace(b"raise NotImplementedError()", b"return 42") + b" ")
    return [(0, zips[1][1]), (1, changed.getvalue())]


def run(verb: str, course: Path, lab: Lab, download: Path, roster: Path) -> Step:
    """One command of the week."""
    more = [str(download), "--roster", str(roster)] if verb == "collect" else []
    line = [sys.executable, "-m", "dojo", "course", verb, str(lab.number), *more, "--course", str(course)]
    begun = time.perf_counter()
    done = subprocess.run(line, cwd=course, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - begun
    lines = (done.stdout.strip() or done.stderr.strip()).splitlines()
    return Step(verb, seconds, done.returncode, lines[-1] if lines else "")


def page(lab: Lab, students: int, steps: list[Step], marked: int, load: float) -> str:
    """The figures, as Markdown."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    head = (
        f"## A week of {lab.name}, {students} students\n\n{date.today()}, {platform.machine()}, {cores} cores, "
        f"Python {platform.python_version()}, load before {load:.1f}. {marked} submissions were marked."
    )
    lines = ["| command | seconds | exit code | its last line |", "|---|---:|---:|---|"]
    for one in steps:
        said = json.dumps(one.said, ensure_ascii=False)[1:-1].replace("|", "/")[:110]
        lines.append(f"| `dojo course {one.verb}` | {one.seconds:.1f} | {one.code} | {said} |")
    missing = [verb for verb in VERBS if verb not in {one.verb for one in steps}]
    if missing:
        lines += ["", f"This copy of the kit has no `dojo course {missing[0]}`."]
    return "\n".join([head, "", *lines])


if __name__ == "__main__":
    raise SystemExit(main())
