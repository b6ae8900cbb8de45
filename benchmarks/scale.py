"""How grading grows with workers: a class on a Dask cluster of 1, 2 and 4 workers, and a plan for 10,000 students.

    python benchmarks/scale.py [--students 48] [--workers 1,2,4] [--lab 1] [--write]

Scheduler and workers are processes of their own on this machine, as on a cluster. Every submission is another text. A
quarter of the class is graded first, so that starting up is in no figure. The plan is made from CPU time, which says
the same on a busy machine; the rates beside it are the clock's. `--write` puts the tables into deploy/scale.md, where
a test works the plan out again from the measured figures.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import psutil
from grading import HOME_SETTINGS, Stamps, hand_ins, prepare, say

from dojo import catalog
from dojo.course import new_course
from grader.run import grade

PAGE = Path(__file__).resolve().parent.parent / "deploy" / "scale.md"
BEGIN, END = "<!-- begin: benchmarks/scale.py -->", "<!-- end: benchmarks/scale.py -->"
MANY = 10_000
PLANNED = (2, 8, 32, 128)  # cores
WORTH = 1.25  # workers have stopped helping where twice as many bring less than this
_WAIT_S = 120


@dataclass(frozen=True)
class Measured:
    """One run: submissions a second; for each submission, CPU seconds of the workers and of the one process that writes
    the gradebook, and bytes that grading keeps."""

    workers: int
    rate: float
    worker_s: float
    writer_s: float
    bytes: int


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--students", type=int, default=48)
    parser.add_argument("--workers", default="1,2,4")
    parser.add_argument("--lab", default="1")
    parser.add_argument("--write", action="store_true", help="put the tables into deploy/scale.md")
    args = parser.parse_args()
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="dojo-scale-") as folder:
        os.environ.update(HOME_SETTINGS, HOME=folder)
        lab = catalog.find_lab(args.lab)
        course = new_course(Path(folder) / "class")
        prepare(course, lab, heavy=False)
        hand_ins(course, lab, args.students, heavy=False)
        found = [run(course, lab.name, args.students, int(count)) for count in args.workers.split(",")]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    head = (
        f"Lab {lab.number}, {args.students} submissions, {date.today()}, {platform.machine()}, {cores} cores, "
        f"Python {platform.python_version()}, load before {before:.1f}."
    )
    if before > cores:
        head += (
            " Others were at work on it: the rates say how much of the machine more workers won from them, and only "
            "the CPU columns say what a submission costs."
        )
    text = f"{head}\n\n{measured_table(found)}\n\n{plan(found)}"
    say(text)
    if args.write:
        write(PAGE, text)
    return 0


def run(course: Path, assignment: str, students: int, workers: int) -> Measured:
    """Grade a fresh copy of the course on a cluster of this size."""
    copy = Path(shutil.copytree(course, course.with_name(f"class-{workers}")))
    before, stamps = size(copy), Stamps()
    names = sorted(path.name for path in (copy / "submitted").iterdir())
    first, rest = names[: students // 4], names[students // 4 :]
    with cluster(copy.parent / f"dask-{workers}", workers) as (address, processes):
        grade(copy, assignment, first, cluster=address)
        theirs, own = cpu(processes), time.process_time()
        report = grade(copy, assignment, rest, cluster=address, progress=stamps)
        theirs, own = cpu(processes) - theirs, time.process_time() - own
    if report.refused:
        raise SystemExit(f"{len(report.refused)} submissions were refused, as: {report.refused[0].note}")
    kept = (size(copy) - before) // students
    return Measured(workers, 1 / stamps.steady, theirs / len(rest), own / len(rest), kept)


def cpu(processes: Sequence[subprocess.Popen[bytes]]) -> float:
    """CPU seconds of these processes and of all that they started, the ones that have ended too."""
    total = 0.0
    for process in processes:
        for one in (psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)):
            with suppress(psutil.Error):
                times = one.cpu_times()
                total += times.user + times.system + times.children_user + times.children_system
    return total


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and workers on this machine; gives its address, and the workers, once all of them are there."""
    from distributed import Client

    folder.mkdir()
    note = folder / "scheduler.json"
    started = [_start(folder, "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")]
    try:
        _until(note.exists)
        one = ("--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard")
        started += [_start(folder, "dask_worker", *one) for _ in range(workers)]
        address = str(json.loads(note.read_text(encoding="utf-8"))["address"])
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=_WAIT_S)
        yield address, started[1:]
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()


def _start(folder: Path, module: str, *words: str) -> subprocess.Popen[bytes]:
    note = str(folder / "scheduler.json")
    line = [sys.executable, "-m", f"distributed.cli.{module}", "--scheduler-file", note, *words]
    return subprocess.Popen(line, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _until(met: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _WAIT_S
    while not met():
        if time.monotonic() > deadline:
            raise SystemExit("The Dask scheduler did not start.")
        time.sleep(0.1)


def size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())


def measured_table(found: Sequence[Measured]) -> str:
    """What was measured, a row for each number of workers."""
    lines = [
        "| workers | submissions a second | times one worker | workers, CPU ms each | writer, CPU ms each | kB each |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for one in found:
        times = round(one.rate, 2) / round(found[0].rate, 2)
        cpu_ms = f"{one.worker_s * 1000:.0f} | {one.writer_s * 1000:.0f}"
        lines.append(f"| {one.workers} | {one.rate:.2f} | {times:.2f} | {cpu_ms} | {one.bytes / 1000:.0f} |")
    return "\n".join(lines)


def read_table(text: str) -> list[Measured]:
    """The figures of a measured table, as exact as it shows them."""
    rows = re.findall(r"^\| (\d+) \| ([\d.]+) \| [\d.]+ \| (\d+) \| (\d+) \| (\d+) \|$", text, re.M)
    return [
        Measured(int(row[0]), float(row[1]), int(row[2]) / 1000, int(row[3]) / 1000, int(row[4]) * 1000) for row in rows
    ]


def plan(found: Sequence[Measured]) -> str:
    """What 10,000 students take, worked out from the shown figures."""
    shown = read_table(measured_table(found))
    worker, writer = (max(getattr(one, name) for one in shown) for name in ("worker_s", "writer_s"))
    disk = MANY * max(one.bytes for one in shown) / 1e9
    lines = [
        _growth(shown),
        "",
        f"A submission takes {worker * 1000:.0f} ms of a worker's CPU, and {writer * 1000:.0f} ms of the one process "
        f"that writes the gradebook: a core marks {1 / worker:.1f} a second, and beyond {worker / writer:.0f} cores "
        f"more of them wait for the writer. So {MANY:,} submissions take {MANY:,} times {worker:.3f} s / cores, or "
        f"{writer:.3f} s where that is more, and {disk:.1f} GB of disk for what grading keeps.",
        "",
        f"| cores | submissions a second | {MANY:,} students, at least |",
        "|---:|---:|---:|",
    ]
    for cores in PLANNED:
        each = max(worker / cores, writer)
        lines.append(f"| {cores} | {1 / each:.1f} | {MANY * each / 60:.0f} min |")
    return "\n".join(lines)


def _growth(shown: Sequence[Measured]) -> str:
    """Where more workers stopped helping on the machine that was measured."""
    for before, after in pairwise(shown):
        if after.rate < WORTH * before.rate:
            change = f"{after.rate / before.rate:.2f} times the rate of {before.workers}"
            return f"Here it stops growing at {before.workers}: {after.workers} workers reach {change}."
    return f"Here it still grew at {shown[-1].workers} workers."


def write(page: Path, text: str) -> None:
    """Put the tables between the two marks of the page."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    raise SystemExit(main())
