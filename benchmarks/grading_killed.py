"""Whether a class is graded whole though its processes are killed: a thousand submissions, ten times `kill -9`.

    python benchmarks/grading_killed.py [--students 1000] [--kills 10] [--seed 1]

One copy of the course is graded in peace, the other while a process of the grader (the main one, a worker, its
nursery, a child), drawn by chance, is killed now and then; the same command is run again whenever the main one was it.
At the end the two gradebooks and all executed notebooks must be equal.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from grading import HOME_SETTINGS, compare, hand_ins, prepare, say

from dojo import catalog
from dojo.catalog import Lab
from dojo.course import new_course

GRADE = """
import sys
from pathlib import Path
from grader.run import grade
refused = grade(Path(sys.argv[1]), sys.argv[2]).refused
print(*(f"{row.student}: {row.note}" for row in refused), sep="\\n")
sys.exit(len(refused) > 0)
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--students", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--lab", default="1")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    lab = catalog.find_lab(args.lab)
    with tempfile.TemporaryDirectory(prefix="dojo-benchmark-") as folder:
        os.environ.update(HOME_SETTINGS, HOME=folder)
        course = new_course(Path(folder, "class"))
        prepare(course, lab, heavy=False)
        hand_ins(course, lab, args.students, heavy=False)
        quiet = Path(shutil.copytree(course, Path(folder, "quiet")))
        begun = time.perf_counter()
        start(quiet, lab).wait()
        seconds = time.perf_counter() - begun
        say(f"In peace: {args.students} submissions in {seconds:.0f} s.")
        begun = time.perf_counter()
        killed = grade_under_fire(course, lab, args.kills, seconds, random.Random(args.seed))
        say(f"Under fire: {time.perf_counter() - begun:.0f} s; killed {', '.join(killed)}.")
        differences = compare(course, quiet, lab)
        odd = sorted(executed(course) ^ executed(quiet))
    say("\n".join([*differences[:20], *(name for name, _ in odd[:20])]) or "All marks and all notebooks are equal.")
    return 1 if differences or odd else 0


def start(course: Path, lab: Lab) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-P", "-c", GRADE, str(course), lab.name])


def grade_under_fire(course: Path, lab: Lab, kills: int, seconds: float, chance: random.Random) -> list[str]:
    """Grade, killing as often as asked; what was killed."""
    killed: list[str] = []
    main = start(course, lab)
    while True:
        try:
            code = main.wait(seconds * chance.uniform(0.2, 1.8) / max(1, kills) if len(killed) < kills else None)
        except subprocess.TimeoutExpired:
            family = [psutil.Process(main.pid), *psutil.Process(main.pid).children(recursive=True)]
            victim = chance.choice(family)
            killed.append(kind(victim, main.pid))
            try:
                os.kill(victim.pid, signal.SIGKILL)
            except ProcessLookupError:
                killed.pop()  # it had ended by itself
            continue
        if code == 0 and len(killed) >= kills:
            return killed
        if code == 0:
            say(f"It was done after {len(killed)} kills; run it with more submissions.")
            return killed
        main = start(course, lab)


def kind(process: psutil.Process, main: int) -> str:
    """What a process is, in a word."""
    try:
        words = " ".join(process.cmdline())
    except psutil.Error:
        return "one that was ending"
    if process.pid == main:
        return "main"
    for word in ("grader.worker", "bwrap", "grader.nursery"):
        if word in words:
            return word.removeprefix("grader.")
    return "child"


def executed(course: Path) -> set[tuple[str, str]]:
    """Every executed notebook's path and digest."""
    paths = (course / "autograded").rglob("*.ipynb")
    return {(path.relative_to(course).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths}


if __name__ == "__main__":
    raise SystemExit(main())
